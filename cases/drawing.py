"""A letter's pages as pictures, and where its words stand on them; the file is opened elsewhere."""

import base64
from typing import Any

from cases.extraction import ask
from cases.models import Letter
from cases.transcript import pages_of
from reviews.models import Transcript


def draw(letter: Letter, page: int) -> bytes:
    """The page, counted from 1, as a PNG. Raises Unreadable when it cannot be drawn."""
    return base64.b64decode(ask({"do": "draw", "page": page}, _bytes(letter))["png"])


def boxes(letter: Letter, transcript: Transcript, start: int, end: int) -> list[dict[str, Any]]:
    """Rectangles of the transcript's characters `start` up to `end`, a page after the other.

    Each has its page, and left, top, width and height in shares of the page. None are given for
    a text that does not come from the file's own characters.
    """
    data = _bytes(letter)
    found: list[dict[str, Any]] = []
    for page in pages_of(transcript):
        first, last = max(start - page.start, 0), min(end - page.start, len(page.text))
        if first >= last:
            continue
        job = {"do": "boxes", "page": page.number, "text": page.text, "start": first, "end": last}
        for left, top, width, height in ask(job, data)["boxes"]:
            box = {"left": left, "top": top, "width": width, "height": height}
            found.append({"page": page.number, **box})
    return found


def _bytes(letter: Letter) -> bytes:
    with letter.file.open("rb") as file:
        return file.read()
