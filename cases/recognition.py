"""Scans are recognised in a child process too, page by page: its limits are those of a page."""

from typing import Any

from cases.extraction import ask
from reviews.reading.ocr import Page, Word
from reviews.reading.scan import letter_text
from reviews.reading.text import Unreadable
from reviews.reading.types import LetterText

FEWEST_LETTERS = 40  # fewer in a whole file: white sheets, photographs, another script


def recognise(data: bytes) -> LetterText:
    """The scan's text with its lines. Raises Unreadable with a code of `cases.codes`."""
    pages: list[Page] = []
    while not pages or len(pages) < pages[0].pages:
        pages.append(_page(ask({"do": "recognise", "page": len(pages) + 1}, data)))
    text = letter_text(pages)
    if sum(map(str.isalnum, text.text)) < FEWEST_LETTERS:
        raise Unreadable("no-text", "nothing was recognised")
    return text


def _page(reply: dict[str, Any]) -> Page:
    lines = tuple(
        tuple(Word(word["text"], word["confidence"], tuple(word["box"])) for word in line)
        for line in reply["lines"]
    )
    return Page(lines, reply["pages"])
