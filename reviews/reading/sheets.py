"""Where the words of a scan stand on its pages, which may lie askew or on their side.

Recognition turns a page upright and makes its lines level; the boxes it gives are of that page.
Here they are turned back, to the page as it is drawn.
"""

import math
import re
from collections.abc import Iterator
from itertools import chain
from typing import Any

from reviews.reading.types import Posture, Sheet, SheetLine

Rectangle = tuple[float, float, float, float]
_LEVEL = 0.15  # degrees: the words of a line this level have one box


def boxes(sheet: Sheet, text: str, start: int, end: int) -> list[Rectangle]:
    """Left, top, width and height of the characters `start` up to `end`, in shares of the page.

    One box a line, or one a word where lines are askew. Words are marked whole.
    """
    found: list[Rectangle] = []
    for line in sheet.lines:
        if line.start >= end or line.end <= start:
            continue
        parts = list(_words(line, text, start, end))
        if parts and abs(sheet.posture.tilt) < _LEVEL:
            parts = [(parts[0][0], parts[-1][1])]
        found += [
            on_page(sheet.posture, left, line.bottom, right, line.top) for left, right in parts
        ]
    return found


def _words(line: SheetLine, text: str, start: int, end: int) -> Iterator[tuple[float, float]]:
    """Left and right of the line's words that are asked for; of the whole line where its words
    are not told apart."""
    if len(line.words) == 1:
        yield line.words[0]
        return
    printed = re.finditer(r"\S+", text[line.start : line.end])
    for word, sides in zip(printed, line.words, strict=False):
        if line.start + word.start() < end and line.start + word.end() > start:
            yield sides


def on_page(posture: Posture, left: float, bottom: float, right: float, top: float) -> Rectangle:
    """From points of the upright page to shares of the page as it is drawn."""
    corners = [_back(posture, x, posture.height - y) for x in (left, right) for y in (bottom, top)]
    across, down = zip(*corners, strict=True)
    low, high = min(across), min(down)
    return low, high, max(across) - low, max(down) - high


def _back(posture: Posture, x: float, y: float) -> tuple[float, float]:
    """A point of the upright page, from its upper left corner, turned back."""
    tilt = math.radians(posture.tilt)
    dx, dy = x - posture.width / 2, y - posture.height / 2
    u = (dx * math.cos(tilt) - dy * math.sin(tilt)) / posture.width + 0.5
    v = (dx * math.sin(tilt) + dy * math.cos(tilt)) / posture.height + 0.5
    return {0: (u, v), 1: (1 - v, u), 2: (1 - u, 1 - v), 3: (v, 1 - u)}[posture.quarters]


def packed(sheet: Sheet) -> dict[str, Any]:
    """The sheet as short JSON: tenths of points as whole numbers."""
    return {
        "posture": [sheet.posture.quarters, sheet.posture.tilt, *_tenths(*_size(sheet.posture))],
        "lines": [
            [line.start, line.end, *_tenths(line.bottom, line.top, *chain(*line.words))]
            for line in sheet.lines
        ],
    }


def unpacked(packed: dict[str, Any]) -> Sheet:
    """The sheet that `packed` made short."""
    quarters, tilt, width, height = packed["posture"]
    lines = []
    for start, end, *sides in packed["lines"]:
        bottom, top, *rest = (side / 10 for side in sides)
        lines.append(
            SheetLine(start, end, bottom, top, tuple(zip(rest[::2], rest[1::2], strict=True)))
        )
    return Sheet(Posture(quarters, tilt, width / 10, height / 10), tuple(lines))


def _size(posture: Posture) -> tuple[float, float]:
    return posture.width, posture.height


def _tenths(*points: float) -> list[int]:
    return [round(10 * point) for point in points]
