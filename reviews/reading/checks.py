"""What the reading doubts about itself (flags) and what is odd about the letter (notices)."""

from dataclasses import replace

from reviews.reading.clean import Clean
from reviews.reading.parts import Parts
from reviews.reading.types import Determination


def checked(letter: Clean, parts: Parts, determination: Determination) -> Determination:
    """The determination with its flags and notices."""
    return replace(determination)
