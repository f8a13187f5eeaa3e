"""Statements labelled MTUS: guidelines with editions and sections (2016 on), ACOEM chapters and
regulation numbers with pages (2014-15), in one sentence and in any order.
"""

import re

from reviews.reading import pages, split
from reviews.reading.draft import Draft, tidy
from reviews.reading.mentions import (
    EFFECTIVE,
    FILLER,
    LEADING_YEAR,
    LISTED,
    REGULATION,
    Mention,
    bare,
    mentions,
)

# A section that is, or ends in, what may be pages. Examples: `300-301`, `Exercise 46`;
# not `Table 12-8`.
_BARE_NUMBER = re.compile(
    r"(?!Table|Figure|Algorithm|Part|Appendix)(?:.*\s)?\d{1,3}(?:\s?[-–]\s?\d{1,3})?", re.IGNORECASE
)

# What may be a misread edition. Examples: `2a18`, `0216`, `Treatment2 016`.
_NUMERAL = re.compile(
    r"\b(?!\d{1,3}[a-z]?\b)\d\w?\d{2,}\b|\b[a-z]\d{3}\b|\d\s\d{3}\b", re.IGNORECASE
)


def read(text: str, start: int, end: int, *, prose: bool = False) -> list[Draft]:
    """The citations of an MTUS statement at clean characters `start` up to `end`."""
    found = mentions(text, start, end, prose=prose)
    drafts: list[Draft] = []
    if not prose and (not found or re.search(r"\w", bare(text[start : found[0].start]))):
        stop = found[0].start if found else end
        drafts.extend(_unplaced(text, start, stop))
    for number, mention in enumerate(found):
        stop = found[number + 1].start if number + 1 < len(found) else end
        drafts.append(_draft(text, mention, stop))
    if found and (year := LEADING_YEAR.search(text, start, found[0].start)) and drafts:
        drafts[0].year = drafts[0].year or int(year[1])
    return drafts


def _draft(text: str, mention: Mention, stop: int) -> Draft:
    """A mention with the sections and pages that follow it."""
    end = _end(text, mention.end, stop)
    tail = text[mention.end : end]
    effective = EFFECTIVE.search(tail)
    tail = EFFECTIVE.sub(" ", tail)
    page_lists = [match["list"] for match in pages.PAGES.finditer(tail)]
    sections = pages.EMPTY.sub(" , ", pages.PAGES.sub(" , ", tail))
    year = mention.year or (int(effective["year"]) if effective else None)
    draft = Draft(
        "MTUS",
        mention.slug,
        _title(mention.title),
        mention.start,
        end,
        mention.rule,
        year=year,
        chapter=mention.chapter,
        sections=split.sections(_listed(sections)),
        page_lists=page_lists,
    )
    if mention.slug is None:
        draft.unsure = "The chapter of this guideline is not in the catalogue."
    else:
        draft.unsure = _unsure(draft, tail)
    return draft


def _unsure(draft: Draft, tail: str) -> str | None:
    """What makes a guideline's sections doubtful: they may hold a misspelt name or number."""
    listed = list(LISTED.finditer(tail))
    if not listed:
        if any(_BARE_NUMBER.fullmatch(name) for name in draft.sections):
            return "A bare number follows; it may be a page, or another chapter."
        if any(_NUMERAL.search(name) for name in draft.sections):
            return "A number follows that is not understood."
        return None
    if len(listed) > 1 or LEADING_YEAR.search(tail, listed[0].end()):
        return "Another guideline may be named among these sections."
    if draft.year is None or re.search(r"\w", _listed(tail[: listed[0].start()])):
        return "The edition of this guideline is not understood."
    return None


def _end(text: str, start: int, stop: int) -> int:
    """The tail's end: `stop`, less the words that lead over to the next guideline."""
    trailing = re.search(r"(?:[\s,;]|\b(?:and|the|MTUS|CA|California)\b)+\Z", text[start:stop])
    return start + trailing.start() if trailing else stop


def _listed(tail: str) -> str:
    """What is left for section names."""
    left = FILLER.sub(" ", REGULATION.sub(" ", tail))
    return re.sub(r"\bSections?\s?(?:\(s\))?\s?:", " , ", left, flags=re.IGNORECASE)


def _title(printed: str) -> str:
    """The name as printed, without the edition and the word "Guidelines" after it."""
    printed = re.sub(r"\s*\(?\s*[Rr]evised,?\s*(?:\d{4}\)?)?\s*\Z", "", printed)
    name = re.sub(r"\s*,?\s*\(?\b(?:19|20)\d\d\)?(?=\s*(?:Guidelines?)?\s*\Z)", "", printed)
    return tidy(re.sub(r"\s+(?:Medical\s+Treatment\s+)?Guidelines?\Z", "", name)) or printed


def _unplaced(text: str, start: int, stop: int) -> list[Draft]:
    """A statement that names no known guideline: kept as printed, and flagged."""
    printed = text[start:stop].strip()
    if not re.search(r"\w", printed):
        return []
    pages_found = [match["list"] for match in pages.PAGES.finditer(printed)]
    title = tidy(pages.PAGES.sub(" ", printed)) or printed
    draft = Draft("MTUS", None, title, start, stop, "mtus:unplaced", page_lists=pages_found)
    draft.unsure = "This MTUS citation names no guideline of the catalogue."
    return [draft]
