"""A letter's pages as pictures, and where its words stand on them; the file is opened elsewhere."""

import base64
from typing import Any

from cases.extraction import ask
from cases.models import Letter
from cases.places import Place
from cases.transcript import TextPage, pages_of
from reviews.models import Transcript
from reviews.reading.sheets import boxes as sheet_boxes
from reviews.reading.sheets import unpacked

Spans = list[tuple[int, int]]
Rectangle = tuple[float, float, float, float]


def draw(letter: Letter, page: int) -> bytes:
    """The page, counted from 1, as a PNG. Raises Unreadable when it cannot be drawn."""
    return base64.b64decode(ask({"do": "draw", "page": page}, _bytes(letter))["png"])


def boxes(letter: Letter, transcript: Transcript, start: int, end: int) -> list[dict[str, Any]]:
    """Rectangles of the transcript's characters `start` up to `end`, a page after the other.

    Each has its page, and left, top, width and height in shares of the page. None are given for
    a text that does not come from the file's own characters, nor for a scan whose words' places
    were not kept.
    """
    found: list[dict[str, Any]] = []
    for page in pages_of(transcript):
        if _within(page, start, end):
            (rectangles,) = _found(letter, transcript, page, [(start, end)])
            found += [_box(page, each) for each in rectangles]
    return found


def value_boxes(
    letter: Letter, transcript: Transcript, number: int, places: list[Place]
) -> list[dict[str, Any]]:
    """The rectangles of all values on one page, each with the value's key; the smallest last."""
    page = next((page for page in pages_of(transcript) if page.number == number), None)
    if page is None:
        return []
    here = [place for place in places if _within(page, place.start, place.end)]
    here.sort(key=lambda place: place.start - place.end)
    found = _found(letter, transcript, page, [(place.start, place.end) for place in here])
    return [
        {"value": place.key, "long": place.long, **_box(page, each)}
        for place, rectangles in zip(here, found, strict=True)
        for each in rectangles
    ]


def _within(page: TextPage, start: int, end: int) -> bool:
    return max(start, page.start) < min(end, page.start + len(page.text))


def _found(
    letter: Letter, transcript: Transcript, page: TextPage, spans: Spans
) -> list[list[Rectangle]]:
    """Each span's rectangles on the page; spans are places in the whole transcript."""
    if letter.scan:
        if transcript.sheets is None:
            return [[] for _ in spans]
        if kept := transcript.sheets[page.number - 1]:
            sheet = unpacked(kept)
            return [sheet_boxes(sheet, transcript.text, *span) for span in spans]
    size = len(page.text)
    on_page = [(max(s - page.start, 0), min(e - page.start, size)) for s, e in spans]
    job = {"do": "boxes", "page": page.number, "text": page.text, "spans": on_page}
    found: list[list[Rectangle]] = ask(job, _bytes(letter))["boxes"]
    return found


def _box(page: TextPage, rectangle: Rectangle) -> dict[str, Any]:
    sides = zip(("left", "top", "width", "height"), rectangle, strict=True)
    return {"page": page.number, **dict(sides)}


def _bytes(letter: Letter) -> bytes:
    with letter.file.open("rb") as file:
        return file.read()
