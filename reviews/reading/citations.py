"""Guideline blocks to citations: the label of each sentence, then the grammar of its source.

A block is a few statements that begin `Decision based on`, each labelled MTUS or Non-MTUS. What
one statement names is told apart by source: official disability guidelines, ACOEM, web
addresses, and works that no catalogue knows.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from reviews.reading import mtus, odg, others
from reviews.reading.clean import Clean
from reviews.reading.draft import Draft
from reviews.reading.types import Citation, Doubt
from reviews.reading.values import trimmed

# `Decision based on MTUS ...`, `Decision based on Non-MTUS Citation ...`, the label broken or
# glued at its hyphen.
_STATEMENT = re.compile(
    r"Decision\s*based\s*on\s*(?P<label>(?P<non>Non\s?[-–]?\s?)?MTUS\b"
    r"(?:\s*(?:Citations?|Guidelines?(?=\s*(?:Decision|Official|ODG|\.)))\b)?\s*:?)?",
    re.IGNORECASE,
)
# Sentences that cite nothing.
_NOTHING = re.compile(
    r"(?:The\s+)?(?:Claims\s*Administrator|Expert\s*Reviewer|Physician\s*Reviewer)\s+"
    r"(?:did\s+not\s+cite\s+any[^.]{0,120}"
    r"|based\s+(?:its|their|his/her|his|her)\s+decision\s+on\s+recommendations?(?:\(s\))?\s+"
    r"outside\s+of\s+the\s+MTUS(?:\s+Guidelines?)?"
    r"|did\s+not\s+base\s+(?:its|their|his/her)\s+decision\s+on\s+the\s+MTUS(?:\s+Guidelines?)?)\s*\.?",
    re.IGNORECASE,
)
# Where another source begins inside one statement.
_SOURCE = re.compile(
    rf"(?P<odg>{odg.NAME})|(?P<acoem>{others.ACOEM})|(?P<other>{others.MARKER})"
    r"|(?P<url>(?:https?\s?://|www\.)\S+)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Statement:
    """Clean characters `start` up to `end` under one label: "mtus", "outside" or None."""

    label: str | None
    start: int
    end: int


def read_block(clean: Clean, start: int, end: int) -> tuple[tuple[Citation, ...], list[Doubt]]:
    """The citations of a guideline block and what is doubtful about them."""
    drafts: list[Draft] = []
    for statement in statements(clean.text, start, end):
        drafts.extend(_drafts(clean.text, statement))
    citations = tuple(draft.citation(clean) for draft in drafts)
    doubts = [doubt for draft in drafts for doubt in draft.doubts(clean)]
    if not citations and not _cites_nothing(clean.text, start, end):
        sentence = "No citation was recognised in this guideline block."
        doubts.append(Doubt("citation-unread", sentence, clean.span(start, end)))
    return citations, doubts


def statements(text: str, start: int, end: int) -> Iterator[Statement]:
    """The labelled statements of a block; a block without labels is one statement."""
    found = list(_STATEMENT.finditer(text, start, end))
    first = found[0].start() if found else end
    if _words(text, start, first):
        yield Statement(None, *trimmed(text, start, first))
    for number, match in enumerate(found):
        stop = found[number + 1].start() if number + 1 < len(found) else end
        label = "outside" if match["non"] else "mtus" if match["label"] else None
        begin, finish = trimmed(text, match.end(), stop)
        yield Statement(label, begin, finish)


def _words(text: str, start: int, end: int) -> bool:
    """Whether anything is said here beyond sentences that cite nothing."""
    return bool(re.search(r"\w", _NOTHING.sub("", text[start:end])))


def _cites_nothing(text: str, start: int, end: int) -> bool:
    return bool(_NOTHING.search(text, start, end)) and not _words(text, start, end)


def _drafts(text: str, statement: Statement) -> list[Draft]:
    start, end = statement.start, statement.end
    if statement.label == "mtus":
        return _mtus_drafts(text, start, end)
    if statement.label is None:
        return _prose_drafts(text, start, end)
    return _outside_drafts(text, start, end)


def _mtus_drafts(text: str, start: int, end: int) -> list[Draft]:
    """An MTUS statement; what it names of other sources is read as those."""
    foreign = re.compile(odg.NAME, re.IGNORECASE).search(text, start, end)
    stop = foreign.start() if foreign else end
    drafts = mtus.read(text, start, stop)
    if foreign:
        for draft in _outside_drafts(text, stop, end):
            draft.mislabelled = True
            drafts.append(draft)
    return drafts


def _prose_drafts(text: str, start: int, end: int) -> list[Draft]:
    """A block of sentences without labels (2013): every name that is known."""
    foreign = _SOURCE.search(text, start, end)
    stop = foreign.start() if foreign and foreign.lastgroup != "acoem" else end
    drafts = mtus.read(text, start, stop, prose=True)
    if stop < end:
        drafts.extend(_outside_drafts(text, stop, end))
    return drafts


def _outside_drafts(text: str, start: int, end: int) -> list[Draft]:
    """A Non-MTUS statement, cut where its sources change."""
    drafts: list[Draft] = []
    for kind, first, last in _cut(text, start, end):
        if kind == "odg":
            drafts.extend(odg.read(text, first, last))
        elif kind == "acoem":
            drafts.append(others.read_acoem(text, first, last))
        elif kind == "url":
            drafts.append(others.read_address(text, first, last))
        else:
            drafts.extend(others.read(text, first, last))
    return drafts


def _cut(text: str, start: int, end: int) -> Iterator[tuple[str, int, int]]:
    found = list(_SOURCE.finditer(text, start, end))
    if found and found[0].start() > start and not re.search(r"\w", text[start : found[0].start()]):
        start = found[0].start()
    leading = found[0].start() if found else end
    if leading > start:
        kind = "odg" if odg.begins_with_chapter(text, start, leading) else "other"
        yield kind, start, leading
    for number, match in enumerate(found):
        stop = found[number + 1].start() if number + 1 < len(found) else end
        kind = match.lastgroup or "other"
        following = found[number + 1].lastgroup if number + 1 < len(found) else None
        between = text[match.end() : stop]
        if kind == "other" and following == "url" and not re.search(r"\w", between):
            continue
        yield kind, match.start(), stop
