"""Several letters in one file, told apart, and whether a text is such a letter at all."""

from reviews.reading.reader import read
from reviews.reading.types import Determination, LetterText


def read_all(text: LetterText) -> list[Determination]:
    """Every letter in the text, in order; spans are places in this text."""
    return [read(text)]


def is_determination(determination: Determination) -> bool:
    """Whether this is a determination letter: it has items, or a recognised generation."""
    return bool(determination.items or determination.generation)
