"""Guideline blocks to citations: the label of each sentence, then the grammar of its source.

A block is a few statements that begin `Decision based on`, each labelled MTUS or Non-MTUS. What
one statement names is told apart by source: official disability guidelines, ACOEM, web
addresses, and works that no catalogue knows.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from reviews.reading import mentions, mtus, odg, others
from reviews.reading.clean import Clean
from reviews.reading.draft import Draft
from reviews.reading.types import Citation, Doubt
from reviews.reading.values import trimmed

# `Decision based on MTUS ...`, `Decision based on Non-MTUS Citation ...`, the label broken or
# glued at its hyphen.
_STATEMENT = re.compile(
    r"Decision\s*based\s*on\s*(?P<label>(?P<non>Non\s?[-–]?\s?)?MTUS\b"
    r"(?:\s*(?:Citations?|Guidelines?(?=\s*(?:Decision|Official|ODG|\.)))\b)?\s*:?)?"
    # a label that follows another statement without these words
    r"|(?<=[.;,]\s)(?:and\s+)?(?P<bare>Non\s?[-–]?\s?MTUS)(?:\s*(?:Citations?|Guidelines?)\b)?\s*:?",
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

_FOREIGN = re.compile(rf"{odg.NAME}|{others.MARKER}|(?:https?\s?://|www\.)\S+", re.IGNORECASE)
# Words before a name that name nothing. Example: `per the ODG`.
_LEAD = re.compile(r"\b(?:per|see|the|and|or|from|by|also|guidelines?)\b", re.IGNORECASE)
_PARTED = re.compile(r"(?:[,;:.]|\band)\s*\Z")
_ODG_ADDRESS = re.compile(r"(?:https?\s?://)?(?:www\.)?odg-?twc\.com", re.IGNORECASE)
_NOT_MTUS = re.compile(r"\bnot\s+(?:a\s+)?part\s+of\s+the\s+(?:MTUS|Medical\s+Treatment)")
# What leads on to the next name. Example: `..., page 80, and the MTUS`.
_LEADS_ON = re.compile(r"(?:[\s,;]|\b(?:and|the|MTUS|California|CA)\b)+\Z")


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
    if not citations and _words(clean.text, start, end):
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
        label = "outside" if match["non"] or match["bare"] else "mtus" if match["label"] else None
        begin, finish = trimmed(text, match.end(), stop)
        yield Statement(label, begin, finish)


def _words(text: str, start: int, end: int) -> bool:
    """Whether anything is said here beyond sentences that cite nothing."""
    return bool(re.search(r"\w", _NOTHING.sub("", text[start:end])))


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
    """A block of sentences without labels (2013), cut where a source or a guideline is named."""
    cuts = [(found.start(), "outside") for found in _FOREIGN.finditer(text, start, end)]
    cuts += [
        (mention.start, "acoem" if mention.rule == "mtus:acoem" else "mtus")
        for mention in mentions.mentions(text, start, end, prose=True)
        if mention.sure
    ]
    if not cuts:
        return mtus.read(text, start, end, prose=True)
    drafts: list[Draft] = []
    ordered = sorted(cuts)
    for number, (first, kind) in enumerate(ordered):
        stop = ordered[number + 1][0] if number + 1 < len(ordered) else end
        stop -= len(text[first:stop]) - len(_LEADS_ON.sub("", text[first:stop]))
        outside = kind == "outside" or _NOT_MTUS.search(text, first, stop)
        read = _outside_drafts if outside else mtus.read
        drafts.extend(read(text, first, stop))
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
            if drafts and last < end and not _PARTED.search(text, first, last):
                drafts[-1].unsure = "What these words name, right before another work, is not told."
    return drafts


def _cut(text: str, start: int, end: int) -> Iterator[tuple[str, int, int]]:
    """The sources of a statement, in order; what stands before the first is ODG's chapter or a
    work of its own."""
    cuts: list[tuple[str, int]] = []
    named = -1  # the end of the name before
    for match in _SOURCE.finditer(text, start, end):
        kind = match.lastgroup or "other"
        if not cuts and re.search(r"\w", _LEAD.sub(" ", text[start : match.start()])):
            chapter = odg.begins_with_chapter(text, start, match.start())
            cuts.append(("odg" if chapter else "other", start))
        again = cuts and cuts[-1][0] == kind == "odg" and named >= 0
        if again and not re.search(r"\w", _LEAD.sub(" ", text[named : match.start()])):
            named = match.end()
            continue
        if kind != "url" or not _belongs(text, match.start(), cuts):
            cuts.append((kind, match.start()))
        named = match.end()
    if not cuts:
        chapter = odg.begins_with_chapter(text, start, end)
        cuts.append(("odg" if chapter else "other", start))
    for number, (kind, first) in enumerate(cuts):
        yield kind, first, cuts[number + 1][1] if number + 1 < len(cuts) else end


def _belongs(text: str, at: int, cuts: list[tuple[str, int]]) -> bool:
    """Whether an address is only where the work named before it is found."""
    if not cuts:
        return False
    before, first = cuts[-1]
    if before == "other":
        return True
    if before == "odg" and _ODG_ADDRESS.match(text, at):
        return True
    return before != "url" and text[first:at].rstrip().endswith(("(", "from", "at", "["))
