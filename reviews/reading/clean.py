"""A letter with its white space mended, and the way back to where each character stood.

Searching runs on the clean text: one space between words, hyphens at line ends closed up, page
headings and footings left out. `Clean.span` gives the place in the letter itself.
"""

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from reviews.reading.types import LetterText, Line, Span

_WIDE = re.compile(r"\s{2,}|[^\S ]")
# What extractors and printers put at a page's edge. Example: "Page 2 of 5".
_RUNNING = re.compile(
    r"(?:page\s*\d{1,3}(?:\s*(?:of|/)\s*\d{1,3})?"
    r"|-\s?\d{1,3}\s?-"
    r"|(?:final determination letter|imr final determination|maximus federal services)[^.:]{0,40}"
    r"(?:for )?(?:imr )?case (?:number|no\.?):? ?CM\d\d-\d{7}(?:\s+(?:page\s*)?\d{1,3})?)",
    re.IGNORECASE,
)
# The same where an extractor gives one word a line.
_RUNNING_WORDS = re.compile(
    r"^Final\s+Determination\s+Letter\s+for\s+IMR\s+Case\s+Number\s+CM\d\d-\d{7}"
    r"(?:\s+(?:Page\s+)?\d{1,3}(?!\S))?[^\S\n]*$",
    re.MULTILINE,
)
_PAGE_NUMBER = re.compile(r"\d{1,3}")


@dataclass(frozen=True, slots=True)
class Row:
    """A line with words on it: its place in the clean text and what stands before it."""

    start: int
    end: int
    bold: bool
    breaks: bool
    width: int
    index: int


@dataclass(frozen=True, slots=True)
class Clean:
    """The clean text, its rows, and the map back: `starts[n]` stood at `origins[n]`."""

    text: str
    rows: tuple[Row, ...]
    starts: tuple[int, ...]
    origins: tuple[int, ...]
    running: tuple[Span, ...]
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
        return max(bisect_right([row.start for row in self.rows], at) - 1, 0)


def clean(letter: LetterText) -> Clean:
    """The clean text of a letter."""
    text = letter.text
    running = _running_lines(letter)
    pieces: list[str] = []
    starts: list[int] = []
    origins: list[int] = []
    rows: list[Row] = []
    length = 0
    breaks = _paragraph_starts(letter, running)
    for index, line in enumerate(letter.lines):
        if index in running:
            continue
        row_start = -1
        for start, end in _words(text, line):
            if pieces and not _closes_up(pieces[-1], text[start], new_line=row_start < 0):
                pieces.append(" ")
                length += 1
            if row_start < 0:
                row_start = length
            starts.append(length)
            origins.append(start)
            pieces.append(text[start:end])
            length += end - start
        if row_start >= 0:
            rows.append(
                Row(row_start, length, line.bold, index in breaks, length - row_start, index)
            )
    return Clean(
        "".join(pieces),
        tuple(rows),
        tuple(starts),
        tuple(origins),
        tuple(Span(letter.lines[n].start, letter.lines[n].end) for n in sorted(running)),
        letter,
    )


def collapse(printed: str) -> str:
    """White space collapsed, a hyphen at a line's end closed up."""
    return " ".join(re.sub(r"(?<=\w)-\s*\n\s*(?=\w)", "-", printed).split())


def _words(text: str, line: Line) -> Iterator[tuple[int, int]]:
    """Runs of a line without wide white space."""
    printed = text[line.start : line.end]
    stripped = printed.strip()
    if not stripped:
        return
    start = line.start + len(printed) - len(printed.lstrip())
    end = start + len(stripped)
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


def _running_lines(letter: LetterText) -> set[int]:
    """Lines that only say which page this is."""
    found = set()
    lines = [n for n, line in enumerate(letter.lines) if line.end > line.start]
    for place, index in enumerate(lines):
        line = letter.lines[index]
        if line.end - line.start > 120:
            continue
        printed = letter.text[line.start : line.end].strip()
        if printed and (
            _RUNNING.fullmatch(printed)
            or (_PAGE_NUMBER.fullmatch(printed) and _at_edge(letter, lines, place, printed))
        ):
            found.add(index)
    for match in _RUNNING_WORDS.finditer(letter.text):
        starts = bisect_left(letter.lines, match.start(), key=lambda line: line.start)
        stops = bisect_right(letter.lines, match.end(), key=lambda line: line.end)
        found.update(range(starts, stops))
    return found


def _at_edge(letter: LetterText, lines: list[int], place: int, printed: str) -> bool:
    """A page's own number, alone at its edge."""
    line = letter.lines[lines[place]]
    if len(letter.page_starts) < 2 or int(printed) != line.page:
        return False
    around = [letter.lines[lines[n]].page for n in (place - 1, place + 1) if 0 <= n < len(lines)]
    return len(around) < 2 or any(page != line.page for page in around)


def _paragraph_starts(letter: LetterText, running: set[int]) -> set[int]:
    """Lines before which the letter leaves more room than between lines of a paragraph."""
    if letter.origin == "pdf":
        return _drawn_breaks(letter, running)
    gaps: dict[int, tuple[int, bool]] = {}
    blank, spaces = 0, False
    for index, line in enumerate(letter.lines):
        if index in running:
            continue
        printed = letter.text[line.start : line.end]
        if printed.strip():
            gaps[index] = (blank, spaces)
            blank, spaces = 0, False
        else:
            blank += 1
            spaces |= bool(printed)
    for index, (count, spaced) in list(gaps.items()):
        if _first_of_page(letter, index) and count and not spaced:
            gaps[index] = (0, False)  # room at a page's edge says nothing
    usual = Counter(count for count, _ in gaps.values()).most_common(1)
    if any(spaced for _, spaced in gaps.values()):
        return {index for index, (_, spaced) in gaps.items() if spaced}
    return {index for index, (count, _) in gaps.items() if usual and count > usual[0][0]}


def _first_of_page(letter: LetterText, index: int) -> bool:
    """Whether no line with words stands before this one on its page."""
    line = letter.lines[index]
    if line.page < 2:
        return False
    return not letter.text[letter.page_starts[line.page - 1] : line.start].strip()


def _drawn_breaks(letter: LetterText, running: set[int]) -> set[int]:
    """The same from the boxes: a gap of more than 0.6 of a line's height."""
    found = set()
    before: Line | None = None
    for index, line in enumerate(letter.lines):
        if index in running or line.box is None:
            continue
        if before is not None and before.box is not None and before.page == line.page:
            height = max(line.box[3] - line.box[1], 1.0)
            if before.box[1] - line.box[3] > 0.6 * height:
                found.add(index)
        before = line
    return found
