"""Disputed items of the letters of 2013, whose headings are sentences.

A numbered sentence decides (`1. The request for X is not medically necessary and appropriate.`),
or names what a block is about (`1) Regarding the request for X:`), or an issue is named and the
heading of its rationale decides (`... IS/WAS NOT MEDICALLY NECESSARY:`). What each side relied on
is told in sentences of its own.
"""

import re
from collections.abc import Iterable, Sequence

from reviews.reading.clean import Clean
from reviews.reading.outline import Block
from reviews.reading.sections import Mark
from reviews.reading.values import trimmed
from reviews.reading.verdict import last_verdict

_LONGEST = 1500
_NUMBER = r"(?<![\w.])(?P<number>\d{1,2})\s?[.)]\s*"
# `1) MAXIMUS Federal Services, Inc. has determined the request for X is medically necessary ...`
_DECIDED = re.compile(
    rf"{_NUMBER}(?:MAXIMUS\s*Federal\s*Services,?\s*(?:Inc\.?,?)?\s*has\s*determined\s*(?:that\s*)?)?"
    rf"[Tt]he\s*request\s*for\s*(?P<service>.{{2,{_LONGEST}}}?)\s*(?:is|are|was|were)\s*"
    r"(?P<outcome>(?P<not>not\s*)?medically\s*necessary(?:\s*and\s*appropriate)?)\s*\."
)
# `1. X is not medically necessary and appropriate.`, where the claims administrator follows.
_BARE = re.compile(
    rf"{_NUMBER}(?P<service>[^.:]{{2,{_LONGEST}}}?)\s*(?:is|are|was|were)\s*"
    r"(?P<outcome>(?P<not>not\s*)?medically\s*necessary(?:\s*and\s*appropriate)?)\s*\."
    r"(?=\s*The\s*Claims\s*Administrator)"
)
_REGARDING = re.compile(
    rf"{_NUMBER}Regarding\s*the\s*request\s*for\s*(?P<service>.{{2,{_LONGEST}}}?)\s*:"
    r"(?=\s*(?:Section\s*of|Medical\s*Treatment\s*Guideline|The\s*(?:Claims|Expert|Physician)))"
)
_ADMINISTRATOR = re.compile(r"The\s*Claims\s*Administrator\s*(?:based|did|found|cited|stated)")
_EXPERT = re.compile(
    r"The\s*(?:Expert|Physician)\s*Reviewer\s*(?:based|did|found|relied|cited|stated)"
)


def decisions_start(clean: Clean, end: int) -> int | None:
    """Where decisions are listed before the items, if they are."""
    match = _DECIDED.search(clean.text, 0, end)
    return match.start() if match else None


def blocks(clean: Clean, marks: Sequence[Mark]) -> list[Block]:
    """The items of an early letter; none when it has no such sentences."""
    text = clean.text
    regarding = _numbered(_REGARDING.finditer(text))
    if regarding:
        outcomes = {match["number"]: match for match in _DECIDED.finditer(text)}
        return [
            _block(clean, marks, match, regarding[n + 1 : n + 2], outcomes.get(match["number"]))
            for n, match in enumerate(regarding)
        ]
    opened = _opened(marks)
    items = _numbered(_DECIDED.finditer(text, opened)) or (
        _numbered(_BARE.finditer(text, opened)) if opened else []
    )
    if items:
        return [
            _block(clean, marks, match, items[n + 1 : n + 2], match)
            for n, match in enumerate(items)
        ]
    return _issue(clean, marks)


def _opened(marks: Sequence[Mark]) -> int:
    """Where the items' own part of the letter begins, if a heading says so."""
    return max((mark.end for mark in marks if mark.part == "issues"), default=0)


def _numbered(matches: Iterable[re.Match[str]]) -> list[re.Match[str]]:
    """The last numbering of 1, 2, 3 ...: a letter may list its decisions before its reasons."""
    runs: list[list[re.Match[str]]] = []
    for match in matches:
        number = int(match["number"])
        if number == 1:
            runs.append([match])
        elif runs and number == len(runs[-1]) + 1:
            runs[-1].append(match)
    return runs[-1] if runs else []


def _block(
    clean: Clean,
    marks: Sequence[Mark],
    match: re.Match[str],
    following: list[re.Match[str]],
    decided: re.Match[str] | None,
) -> Block:
    """An item from its own sentence to the next item's, or to the next part of the letter."""
    end = following[0].start() if following else len(clean.text)
    block = Block((match.start(), match.end()), match.span("service"), None)
    rationale = next(
        (m for m in marks if m.part == "rationale" and match.end() <= m.start < end), None
    )
    last = rationale.end if rationale else match.end()
    end = min([end, *(mark.start for mark in marks if mark.start >= last and _foreign(mark))])
    _sides(clean, block, match.end(), rationale.start if rationale else end)
    if rationale:
        block.parts["rationale"] = (rationale.end, end)
    _decide(clean, block, decided)
    return block


def _foreign(mark: Mark) -> bool:
    return mark.part not in ("rationale", "guidelines")


def _sides(clean: Clean, block: Block, start: int, end: int) -> None:
    """Each side's sentences: the administrator's first, then the reviewer's."""
    text = clean.text
    administrator = _ADMINISTRATOR.search(text, start, end)
    expert = _EXPERT.search(text, start, end)
    if administrator:
        stop = expert.start() if expert and expert.start() > administrator.start() else end
        block.parts["administrator"] = (administrator.start(), stop)
    if expert:
        stop = end
        if administrator and administrator.start() > expert.start():
            stop = administrator.start()
        block.parts["expert"] = (expert.start(), stop)


def _decide(clean: Clean, block: Block, decided: re.Match[str] | None) -> None:
    """The outcome: the numbered sentence's, else the rationale's own verdict."""
    if decided:
        block.outcome, block.upheld = decided.span("outcome"), bool(decided["not"])
    elif "rationale" in block.parts:
        verdict = last_verdict(clean.text, *block.parts["rationale"])
        if verdict:
            block.outcome, block.upheld = (verdict.start, verdict.end), verdict.upheld


def _issue(clean: Clean, marks: Sequence[Mark]) -> list[Block]:
    """The one item of a letter that names its issue at the head."""
    issue = next((mark for mark in marks if mark.part == "issue"), None)
    if issue is None:
        return []
    places: dict[str, tuple[int, int]] = {}
    for number, mark in enumerate(marks):
        stop = marks[number + 1].start if number + 1 < len(marks) else len(clean.text)
        places.setdefault(mark.part, (mark.end, stop))
    start, end = trimmed(clean.text, *places["issue"])
    while end > start and clean.text[end - 1] in ".:":
        end -= 1
    block = Block((issue.start, end), (start, end), None)
    if "guidelines" in places:
        block.parts["expert"] = places["guidelines"]
    if "rationale" in places:
        block.parts["rationale"] = places["rationale"]
        mark = next(mark for mark in marks if mark.part == "rationale")
        block.outcome = mark.start, mark.end
        block.upheld = bool(re.search(r"\bnot\b", clean.text[slice(*block.outcome)], re.IGNORECASE))
    return [block]
