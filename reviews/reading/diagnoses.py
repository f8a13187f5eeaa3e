"""Diagnoses, from the sentences of the clinical summary that give them."""

from reviews.reading.clean import Clean
from reviews.reading.types import Found


def read(clean: Clean, start: int, end: int) -> tuple[Found[str], ...]:
    """The diagnoses that the summary names."""
    return ()
