"""The outline of a letter: which parts it has, and where each disputed item begins and ends.

An item is recognised by its labels (administrator, expert, rationale); its heading is what stands
between the part before and its first label, back to where the heading's paragraph begins.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from reviews.reading.clean import Clean
from reviews.reading.paragraphs import paragraph_start
from reviews.reading.sections import Mark

RANK = {"administrator": 0, "expert": 1, "rationale": 2}
# `: Upheld`, `is: Overturned`, `- Upheld.`, and the outcome alone on its line.
_OUTCOME = re.compile(
    r"(?P<is>\s+(?:is|are))?\s*(?P<colon>[:;]?)\s*[-–—]?\s*"
    r"(?P<outcome>Upheld|Overturned|UPHELD|OVERTURNED|upheld|overturned)\s*\.?\s*\Z"
)
_LOOSE_OUTCOME = re.compile(r"\s*:\s*(?P<outcome>Upheld|Overturned)\b")
# Another word where the outcome should be. Example: `: Modified`.
_STRANGE = re.compile(r":\s*(?P<outcome>[A-Z][A-Za-z]+(?: [A-Za-z]+){0,2})\s*\.?\s*\Z")
# What makes an outcome another one. Examples: `Partially Overturned`, `Upheld/Overturned`.
_PART_OF_IT = re.compile(
    r"(?:\b(?:partial|partially|partly|part|not|both|mostly)|\b(?:upheld|overturned)\s*(?:/|and|or|,))"
    r"\s*\Z",
    re.IGNORECASE,
)
_NOT_WHOLE = re.compile(r"(?P<outcome>[A-Za-z]+\s*[/,]?\s*(?:and\s+|or\s+)?[A-Za-z]+)\s*\.?\s*\Z")
# A sentence that concludes a rationale and is no heading. Example: `Therefore, the request is`.
_CONCLUDES = re.compile(
    r"(?:Therefore|Thus|Hence|As\s+such|In\s+(?:this|summary)|Based\s+on|For\s+th|Accordingly"
    r"|Consequently|Given)\b",
    re.IGNORECASE,
)
# A sentence where the outcome should be. Example: `1. X is not medically necessary.`
_DECIDES = re.compile(
    r"\s*\b(?:is|are|was|were)\s*(?P<outcome>(?P<not>not\s*)?medically\s*necessary"
    r"(?:\s*and\s*appropriate)?)\s*\.?\s*\Z"
)
_NUMBER = re.compile(r"\d{1,2}\s?[.)]\s*(?:[Tt]he\s*request\s*for\s*)?")
_LONGEST_TAIL = 90


@dataclass(slots=True)
class Block:
    """A disputed item's places in the clean text; (0, 0) is a part that the letter lacks."""

    heading: tuple[int, int]
    service: tuple[int, int]
    outcome: tuple[int, int] | None
    parts: dict[str, tuple[int, int]] = field(default_factory=dict)
    marks: dict[str, Mark] = field(default_factory=dict)
    sure: bool = True
    strange: tuple[int, int] | None = None
    upheld: bool | None = None  # where the outcome's words are not "Upheld" or "Overturned"


def blocks(clean: Clean, marks: Sequence[Mark], start: int, end: int) -> list[Block]:
    """The items between clean characters `start` and `end`."""
    groups = _groups([mark for mark in marks if mark.part in RANK and start <= mark.start < end])
    found: list[Block] = []
    before = start
    for group in groups:
        block = _headed(clean, before, group[0].start)
        if found and not (block.outcome or block.strange) and group[0].part != "administrator":
            _extend(found[-1], group)
        else:
            for mark in group:
                block.marks[mark.part] = mark
            found.append(block)
        before = group[-1].end
    _close(clean, found, start, end)
    return found


def _groups(marks: Sequence[Mark]) -> list[list[Mark]]:
    """Labels of one item together: a label that does not rank after the last opens the next."""
    groups: list[list[Mark]] = []
    last = len(RANK)
    for mark in marks:
        rank = RANK[mark.part]
        if not groups or rank <= last:
            groups.append([mark])
        else:
            groups[-1].append(mark)
        last = rank
    return groups


def _extend(block: Block, group: Sequence[Mark]) -> None:
    for mark in group:
        block.marks.setdefault(mark.part, mark)
    block.sure = False


def _headed(clean: Clean, before: int, end: int) -> Block:
    """The heading that ends at clean character `end`, back to no earlier than `before`."""
    text = clean.text
    tail = max(before, end - _LONGEST_TAIL)
    outcome = _OUTCOME.search(text, tail, end)
    decides = None if outcome else _DECIDES.search(text, tail, end)
    strange = None if outcome or decides else _STRANGE.search(text, tail, end)
    if outcome and _PART_OF_IT.search(text, tail, outcome.start("outcome")):
        outcome, strange = None, _NOT_WHOLE.search(text, tail, end)
    match = outcome or decides or strange
    stop = match.start() if match else end
    start, sure = paragraph_start(clean, before, stop)
    number = _NUMBER.match(text, start, stop) if decides else None
    sure &= not (decides and _CONCLUDES.match(text, start, stop))
    told = outcome or decides
    return Block(
        heading=(start, end),
        service=(number.end() if number else start, stop),
        outcome=told.span("outcome") if told else None,
        strange=strange.span("outcome") if strange else None,
        sure=sure,
        upheld=bool(decides["not"]) if decides else None,
    )


def _close(clean: Clean, found: list[Block], start: int, end: int) -> None:
    """Give every part its end: the next label, the next heading, or the end of the letter."""
    for number, block in enumerate(found):
        finish = found[number + 1].heading[0] if number + 1 < len(found) else end
        ordered = sorted(block.marks.values(), key=lambda mark: mark.start)
        for place, mark in enumerate(ordered):
            stop = ordered[place + 1].start if place + 1 < len(ordered) else finish
            block.parts[mark.part] = (mark.end, stop)
