"""Which generation of letters this is: by its headings, then by how it cites, then by its date."""

from reviews.reading.sections import Mark
from reviews.reading.types import Citation, Determination

_NEWEST = 2017  # editions of this year and later came into force in December 2017


def generation(marks: list[Mark], determination: Determination) -> str | None:
    """ "G1" to "G6"; None when there are no items to tell it by."""
    for mark in marks:
        if mark.generation:
            return mark.generation
    if not determination.items:
        return None
    cited = [
        citation
        for item in determination.items
        for side in (item.administrator, item.expert)
        for citation in side.citations
        if citation.source == "MTUS"
    ]
    return _by_citations(cited) or _by_date(determination)


def _by_citations(cited: list[Citation]) -> str | None:
    if any(_is_newest(citation) for citation in cited):
        return "G6"
    if any(citation.year and citation.rule == "mtus:name" for citation in cited):
        return "G4" if any(citation.pages for citation in cited) else "G5"
    if any(citation.pages or citation.chapter for citation in cited):
        return "G4"
    return None


def _is_newest(citation: Citation) -> bool:
    named = "Disorders" in citation.title
    return bool(citation.year and (citation.year >= _NEWEST or named))


def _by_date(determination: Determination) -> str | None:
    if determination.decision is None:
        return None
    year = determination.decision.value.year
    if year <= 2015:
        return "G4"
    return "G5" if year < _NEWEST + 1 else "G6"
