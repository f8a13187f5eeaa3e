"""Where the parts of a letter begin, and the partition of its text into sections."""

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from reviews.reading import catalogue
from reviews.reading.clean import Clean
from reviews.reading.types import Section, Span

_LONG = 20  # capitals so many are no part of a sentence


@dataclass(frozen=True, slots=True)
class Mark:
    """A heading, label or introduction found in the clean text."""

    part: str
    kind: str
    generation: str | None
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Cut:
    """A section begins at clean character `start`."""

    start: int
    name: str


def marks(clean: Clean) -> list[Mark]:
    """Every known heading, label and introduction, in order, none inside another."""
    search, tell, known = _patterns()
    row_starts = clean.row_starts
    found = []
    for match in search.finditer(clean.text):
        told = tell.match(clean.text, match.start())
        heading = known[int(((told and told.lastgroup) or "h0")[1:])]
        if not _opens(clean, heading, match, row_starts):
            continue
        found.append(
            Mark(heading.part, heading.kind, heading.generation, match.start(), match.end())
        )
    return found


def partition(clean: Clean, cuts: list[Cut]) -> tuple[Section, ...]:
    """Sections that join to the whole text: each from its cut to the next, the first from 0.

    White space between two parts belongs to the first of them.
    """
    ordered = sorted(cuts, key=lambda cut: (cut.start, cut.name != "unclaimed"))
    if not ordered or ordered[0].start > 0:
        ordered.insert(0, Cut(0, "unclaimed"))
    starts = [clean.origin(cut.start) for cut in ordered[1:]]
    ends = [*starts, len(clean.letter.text)]
    sections: list[Section] = []
    start = 0
    for cut, end in zip(ordered, ends, strict=True):
        if end > start or (not sections and cut is ordered[-1]):
            sections.append(Section(cut.name, Span(start, end)))
            start = end
    return tuple(sections)


def _opens(
    clean: Clean, heading: catalogue.Heading, match: re.Match[str], row_starts: Sequence[int]
) -> bool:
    """Whether a heading's words are a heading here: at a line's start, or many capitals."""
    if heading.kind != "heading" or _begins_row(row_starts, match.start()):
        return True
    before = clean.text[match.start() - 1 : match.start()]
    return heading.printed.isupper() and len(heading.printed) > _LONG and not before.isalnum()


def _begins_row(row_starts: Sequence[int], at: int) -> bool:
    place = bisect_left(row_starts, at)
    return place < len(row_starts) and row_starts[place] == at


@cache
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str], tuple[catalogue.Heading, ...]]:
    """A pattern that finds any heading, one that tells which, and the headings by number.

    Two, because only alternatives without groups let `re` skip to their first letters.
    """
    known = catalogue.headings()
    loose = [_loose(heading.printed) for heading in known]
    told = (f"(?P<h{n}>{pattern})" for n, pattern in enumerate(loose))
    return re.compile("|".join(loose)), re.compile("|".join(told)), known


def _loose(printed: str) -> str:
    """A heading's pattern: any or no white space between words, `...` for words that vary, capital
    or small letters at the head of every word but the first (whose letter makes it fast)."""
    gap = r"[^:]{0,160}?"
    parts = [r"\s*".join(map(_word, part.split())) for part in printed.split("...")]
    loose = gap.join(parts).replace("'", "['’]")
    first = re.escape(printed[0])
    return first + loose.removeprefix(_word(printed[0]))


def _word(word: str) -> str:
    """A word, its first letter in either case, with room before a colon."""
    head = f"[{word[0].upper()}{word[0].lower()}]" if word[0].isalpha() else re.escape(word[0])
    return (head + re.escape(word[1:])).replace(":", r"\s*:")
