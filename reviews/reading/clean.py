"""A letter with its white space mended, and the way back to where each character stood.

Searching runs on the clean text: one space between words, hyphens at line ends closed up, page
headings and footings left out. `Clean.span` gives the place in the letter itself.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass

from reviews.reading.running import Running, running
from reviews.reading.spacing import paragraph_starts
from reviews.reading.types import LetterText, Line, Span

_WIDE = re.compile(r"\s{2,}|[^\S ]")


@dataclass(frozen=True, slots=True)
class Row:
    """A line with words on it: its place in the clean text and what stands before it."""

    start: int
    end: int
    bold: bool
    breaks: bool
    index: int


@dataclass(frozen=True, slots=True)
class Clean:
    """The clean text, its rows, and the map back: `starts[n]` stood at `origins[n]`."""

    text: str
    rows: tuple[Row, ...]
    row_starts: tuple[int, ...]
    starts: tuple[int, ...]
    origins: tuple[int, ...]
    letter: LetterText

    def span(self, start: int, end: int) -> Span:
        """The place in the letter of clean characters `start` up to `end`."""
        if end <= start:
            at = self.origin(start)
            return Span(at, at)
        return Span(self.origin(start), self.origin(end - 1) + 1)

    def origin(self, at: int) -> int:
        """Where in the letter the clean character `at` stood."""
        part = bisect_right(self.starts, at) - 1
        if part < 0:
            return 0
        return min(self.origins[part] + at - self.starts[part], len(self.letter.text))

    def page(self, at: int) -> int:
        """The page on which the clean character `at` stands."""
        return max(bisect_right(self.letter.page_starts, self.origin(at)), 1)

    def row_at(self, at: int) -> int:
        """The number of the row that holds the clean character `at`."""
        return max(bisect_right(self.row_starts, at) - 1, 0)


def clean(letter: LetterText) -> Clean:
    """The clean text of a letter."""
    edges = running(letter)
    breaks = paragraph_starts(letter, edges)
    building = _Building(letter.text)
    for index, line in enumerate(letter.lines):
        if index not in edges.lines:
            building.add(line, index, breaks=index in breaks, edges=edges)
    return building.finished(letter)


class _Building:
    """The clean text while it is put together, line by line."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.pieces: list[str] = []
        self.starts: list[int] = []
        self.origins: list[int] = []
        self.rows: list[Row] = []
        self.length = 0

    def add(self, line: Line, index: int, *, breaks: bool, edges: Running) -> None:
        first = -1
        for start, end in _words(self.text, line, edges):
            if self.pieces and not _closes_up(
                self.pieces[-1], self.text[start], new_line=first < 0
            ):
                self.pieces.append(" ")
                self.length += 1
            if first < 0:
                first = self.length
            self.starts.append(self.length)
            self.origins.append(start)
            self.pieces.append(self.text[start:end])
            self.length += end - start
        if first >= 0:
            self.rows.append(Row(first, self.length, line.bold, breaks, index))

    def finished(self, letter: LetterText) -> Clean:
        return Clean(
            "".join(self.pieces),
            tuple(self.rows),
            tuple(row.start for row in self.rows),
            tuple(self.starts),
            tuple(self.origins),
            letter,
        )


def _words(text: str, line: Line, edges: Running) -> Iterator[tuple[int, int]]:
    """Runs of a line without wide white space, and without what runs at a page's edge."""
    if not edges.places:
        return _runs(text, line.start, line.end)
    return _runs_around(text, line, edges)


def _runs_around(text: str, line: Line, edges: Running) -> Iterator[tuple[int, int]]:
    start = line.start
    for first, last in edges.places:
        if first < line.end and last > start:
            yield from _runs(text, start, max(first, start))
            start = min(last, line.end)
    yield from _runs(text, start, line.end)


def _runs(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    printed = text[start:end]
    stripped = printed.strip()
    if not stripped:
        return
    start += len(printed) - len(printed.lstrip())
    end = start + len(stripped)
    if "  " not in stripped and stripped.isprintable():
        yield start, end
        return
    for gap in _WIDE.finditer(text, start, end):
        yield start, gap.start()
        start = gap.end()
    yield start, end


def _closes_up(before: str, after: str, *, new_line: bool) -> bool:
    """Whether a line break follows a hyphen within a word. Examples: `non-` `certified`,
    `9792.20-` `.26`, `300-` `305`."""
    if not new_line or before[-1] not in "-–" or not (after.isalnum() or after == "."):
        return False
    return len(before) > 1 and before[-2].isalnum()
