"""Guidelines named inside rationales: a third kind of citation, mixed with neither side's."""

import re

from reviews.reading import mentions, odg, others, pages
from reviews.reading.clean import Clean
from reviews.reading.draft import Draft
from reviews.reading.types import Citation

# Words without which no guideline is named; the search for names starts only where one stands.
_TRIGGER = re.compile(r"ODG|Official\s*Disability|ACOEM|Guideline|Complaints|Disorders|Chapter")
_MTUS = re.compile(
    r"ACOEM|Complaints|Disorders|Chapter|[Cc]hronic\s*[Pp]ain|Treatment|Opioid|[Aa]cupuncture"
    r"|[Pp]ost-?surgical"
)
_ODG = re.compile(odg.NAME, re.IGNORECASE)
_SENTENCE = re.compile(r"[.!?][\"”'’)]*\s+(?=[A-Z\"“(])|\Z")
_FURTHEST = 90  # pages stand within so many characters of the name


def read(clean: Clean, start: int, end: int) -> tuple[Citation, ...]:
    """The guidelines that a rationale names, each once with the pages it gives."""
    drafts: dict[tuple[object, ...], Draft] = {}
    for first, last in _sentences(clean.text, start, end):
        for draft in _named(clean.text, first, last):
            key = (draft.source, draft.guideline, draft.year, tuple(draft.page_lists))
            drafts.setdefault(key, draft)
    return tuple(draft.citation(clean) for draft in drafts.values())


def _sentences(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """The sentences with a trigger."""
    found: list[tuple[int, int]] = []
    at = start
    while (trigger := _TRIGGER.search(text, at, end)) is not None:
        first = found[-1][1] if found else start
        for stop in _SENTENCE.finditer(text, first, trigger.start()):
            first = stop.end()
        last = _SENTENCE.search(text, trigger.end(), end)
        at = last.end() if last else end
        found.append((first, max(at, trigger.end())))
    return found


def _named(text: str, start: int, end: int) -> list[Draft]:
    drafts = []
    if _MTUS.search(text, start, end):
        drafts = [
            _draft(text, mention, end)
            for mention in mentions.mentions(text, start, end, prose=True)
            if mention.sure and mention.slug
        ]
    for match in _ODG.finditer(text, start, end):
        chapter = odg.chapter_after(text, match.end(), end)
        stop = chapter[1] if chapter else match.end()
        slug = chapter[0] if chapter else "odg"
        drafts.append(
            Draft("ODG", slug, text[match.start() : stop], match.start(), stop, "rationale:odg")
        )
    return sorted(drafts, key=lambda draft: draft.start)


def _draft(text: str, mention: mentions.Mention, end: int) -> Draft:
    draft = Draft("MTUS", mention.slug, mention.title, mention.start, mention.end, "rationale:mtus")
    draft.year, draft.chapter = mention.year, mention.chapter
    after = pages.PAGES.search(text, mention.end, min(end, mention.end + _FURTHEST))
    if after and not re.search(others.ACOEM, text[mention.end : after.start()]):
        draft.page_lists = [after["list"]]
        draft.end = after.end()
    return draft
