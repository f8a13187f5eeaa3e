"""What stands at the edge of every page and belongs to no part: page numbers and footings."""

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass

from reviews.reading.types import LetterText

# What extractors and printers put at a page's edge. Example: `Page 2 of 5`.
_LINE = re.compile(
    r"(?:page\s*\d{1,3}(?:\s*(?:of|/)\s*\d{1,3})?"
    r"|-\s?\d{1,3}\s?-"
    r"|(?:final determination letter|imr final determination|maximus federal services)[^.:]{0,40}"
    r"(?:for )?(?:imr )?case (?:number|no\.?):? ?CM\d\d-\d{7}(?:\s+(?:page\s*)?\d{1,3})?)",
    re.IGNORECASE,
)
# The same inside a line, where an extractor runs lines together, or one word a line.
_WORDS = re.compile(
    r"Final\s+Determination\s+Letter\s+for\s+IMR\s+Case\s+Number\s+CM\d\d-\d{7}"
    r"(?:\s+(?:Page\s+)?\d{1,3}(?=[^\S\n]*(?:[\n\f]|\Z)))?"
)
_NUMBER = re.compile(r"\d{1,3}")
_FIRST = frozenset("-0123456789PpFfIiMm")  # with which such a line begins
_WIDEST = 120


@dataclass(frozen=True, slots=True)
class Running:
    """Lines that are nothing else, by number, and places inside other lines."""

    lines: frozenset[int]
    places: tuple[tuple[int, int], ...]


def running(letter: LetterText) -> Running:
    """The running headings and footings of a letter."""
    found = set()
    numbers: dict[int, list[int]] = {}  # alone at an edge, by how far ahead of the page they are
    lines = [n for n, line in enumerate(letter.lines) if line.end > line.start]
    for place, index in enumerate(lines):
        line = letter.lines[index]
        if line.end - line.start > _WIDEST:
            continue
        printed = letter.text[line.start : line.end].strip()
        if printed[:1] not in _FIRST:
            continue
        if _LINE.fullmatch(printed):
            found.add(index)
        elif _NUMBER.fullmatch(printed) and _at_edge(letter, lines, place):
            numbers.setdefault(int(printed) - line.page, []).append(index)
    for ahead, edges in numbers.items():
        if not ahead or len({letter.lines[index].page for index in edges}) > 1:
            found.update(edges)
    places = tuple(match.span() for match in _WORDS.finditer(letter.text))
    for start, end in places:
        first = bisect_left(letter.lines, start, key=lambda line: line.start)
        last = bisect_right(letter.lines, end, key=lambda line: line.end)
        found.update(range(first, last))
    return Running(frozenset(found), places)


def _at_edge(letter: LetterText, lines: list[int], place: int) -> bool:
    """Whether a line is the first or last of its page, where there are several."""
    line = letter.lines[lines[place]]
    if len(letter.page_starts) < 2:
        return False
    around = [letter.lines[lines[n]].page for n in (place - 1, place + 1) if 0 <= n < len(lines)]
    return len(around) < 2 or any(page != line.page for page in around)
