"""Scans are recognised in a child process too, page by page: its limits are those of a page.

Pages with a text layer of their own, in a PDF that was scanned in part, are taken as printed.
"""

from typing import Any

from cases.extraction import ask, extract
from reviews.reading.ocr import Page, Word
from reviews.reading.scan import letter_text
from reviews.reading.text import Unreadable
from reviews.reading.types import LetterText, Posture

FEWEST_LETTERS = 40  # fewer in a whole file: white sheets, photographs, another script


def recognise(data: bytes) -> LetterText:
    """The scan's text with its lines. Raises Unreadable with a code of `cases.codes`."""
    printed = _printed(data)
    pages: list[Page] = []
    while not pages or len(pages) < pages[0].pages:
        number = len(pages) + 1
        pages.append(printed.get(number) or _page(ask({"do": "recognise", "page": number}, data)))
    text = letter_text(pages)
    if sum(map(str.isalnum, text.text)) < FEWEST_LETTERS:
        raise Unreadable("no-text", "nothing was recognised")
    return text


def _printed(data: bytes) -> dict[int, Page]:
    """The pages that have a text layer, by number: of a scan none, of some PDFs all but a few."""
    try:
        text = extract(data)
    except Unreadable as trouble:
        if trouble.code == "no-text":
            return {}
        raise
    lines: dict[int, list[tuple[Word, ...]]] = {}
    for line in text.lines:
        if line.box and line.page not in text.pictures:
            word = Word(text.text[line.start : line.end].strip(), 100.0, line.box)
            lines.setdefault(line.page, []).append((word,))
    count = len(text.page_starts)
    return {number: Page(tuple(found), count, printed=True) for number, found in lines.items()}


def _page(reply: dict[str, Any]) -> Page:
    lines = tuple(
        tuple(Word(word["text"], word["confidence"], tuple(word["box"])) for word in line)
        for line in reply["lines"]
    )
    return Page(lines, reply["pages"], Posture(**reply["posture"]))
