"""The parts of a letter in its clean text: which headings it has, and what each one opens."""

import re
from dataclasses import dataclass, field

from reviews.reading import early, outline, services
from reviews.reading.bounds import starts
from reviews.reading.clean import Clean
from reviews.reading.outline import Block
from reviews.reading.sections import Mark, marks
from reviews.reading.types import Doubt

Place = tuple[int, int]
# What ends the last rationale. Examples: `Sincerely,`, `cc: Department of Industrial Relations`.
_CLOSING = re.compile(r"(?:Sincerely,|Effect\s*of\s*the\s*Decision\b|cc:\s*Department\b)")

# Parts that may stand before the header, in a cover letter.
_BEFORE_HEADER = ("notice", "closing")


@dataclass(slots=True)
class Parts:
    """Places are clean characters, start and end; None is a part that the letter lacks."""

    marks: list[Mark]
    header_end: int
    credentials: Place | None = None
    licensed_in: Place | None = None
    specialties: Place | None = None
    summary: Place | None = None
    blocks: list[Block] = field(default_factory=list)
    with_surgery: bool = False
    flags: list[Doubt] = field(default_factory=list)
    items_start: int = 0
    decisions: int | None = None
    letters: int = 1


def find_parts(letter: Clean) -> Parts:
    """The parts of a letter."""
    found = marks(letter)
    end = len(letter.text)
    body = [mark for mark in found if mark.part not in _BEFORE_HEADER]
    parts = Parts(found, header_end=body[0].start if body else end)
    parts.credentials = _opened(found, ("reviewer",), end)
    parts.licensed_in = _opened(found, ("licensed-in",), end)
    parts.specialties = _opened(found, ("specialties",), end)
    _find_items(letter, parts, found)
    parts.summary = _summary(letter, parts, found)
    parts.letters = len(starts(letter, found))
    parts.with_surgery = any(_is_surgery(letter, block) for block in parts.blocks)
    return parts


def _opened(found: list[Mark], names: tuple[str, ...], end: int) -> Place | None:
    """From a part's last mark in a row (heading, then introduction) to the next other mark."""
    for place, mark in enumerate(found):
        if mark.part not in names:
            continue
        after = place + 1
        while after < len(found) and found[after].part in names:
            after += 1
        return found[after - 1].end, found[after].start if after < len(found) else end
    return None


def _find_items(letter: Clean, parts: Parts, found: list[Mark]) -> None:
    labels = [mark for mark in found if mark.part in ("administrator", "expert")]
    if not labels:
        parts.blocks = early.blocks(letter, found)
        parts.items_start = parts.blocks[0].heading[0] if parts.blocks else len(letter.text)
        parts.decisions = early.decisions_start(letter, parts.items_start)
        return
    labels = [mark for mark in found if mark.part in outline.RANK]
    before = [mark for mark in found if mark.end <= labels[0].start]
    start = before[-1].end if before else 0
    end = len(letter.text)
    if closing := _CLOSING.search(letter.text, labels[-1].end):
        end = closing.start()
        parts.marks = [*found, Mark("closing", "heading", None, end, end)]
    parts.blocks = outline.blocks(letter, found, start, end)
    parts.items_start = parts.blocks[0].heading[0] if parts.blocks else end
    # further on, other headings are words of a rationale
    own = (*outline.RANK, "closing")
    parts.marks = [m for m in parts.marks if m.start < parts.items_start or m.part in own]


def _summary(letter: Clean, parts: Parts, found: list[Mark]) -> Place | None:
    place = _opened(found, ("clinical-summary",), len(letter.text))
    if place and place[0] <= parts.items_start < place[1]:
        place = place[0], parts.items_start
    return place


def _is_surgery(letter: Clean, block: Block) -> bool:
    return services.kind(letter.text[slice(*block.service)]).category == "surgery"
