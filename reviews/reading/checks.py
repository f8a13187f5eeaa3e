"""Checks of citations against the catalogue. Each raises a notice that says "check".

Rows of low or medium confidence are recalled, not sourced: they raise no notice on their own.
"""

from dataclasses import replace
from datetime import date

from reviews.reading import catalogue
from reviews.reading.types import Citation, Determination, Doubt, Item, Side

_SURE = ("high", "sourced")


def checked(determination: Determination) -> Determination:
    """The determination with the notices of its citations, on each and among its own."""
    d = determination
    denied = d.ur_denial.value if d.ur_denial else None
    decided = d.decision.value if d.decision else None
    items = tuple(
        replace(
            item,
            administrator=_side(item.administrator, denied or decided),
            expert=_side(item.expert, decided),
        )
        for item in d.items
    )
    return replace(d, items=items, notices=(*d.notices, *_raised(items)))


def _raised(items: tuple[Item, ...]) -> list[Doubt]:
    return [
        notice
        for item in items
        for side in (item.administrator, item.expert)
        for citation in side.citations
        for notice in citation.notices
    ]


def _side(side: Side, day: date | None) -> Side:
    return replace(side, citations=tuple(_citation(one, day) for one in side.citations))


def _citation(citation: Citation, day: date | None) -> Citation:
    notices = [
        *citation.notices,
        *_pages(citation),
        *_topic(citation),
        *_chapter(citation),
        *_edition(citation, day),
        *_odg(citation),
    ]
    return replace(citation, notices=tuple(notices))


def _pages(citation: Citation) -> list[Doubt]:
    """A page outside the guideline as the catalogue knows it."""
    row = catalogue.guidelines().get(citation.guideline or "")
    if row is None or row.confidence not in _SURE or not row.first_page or not row.last_page:
        return []
    if citation.year not in (None, 2004, 2009):
        return []
    outside = [
        pages for pages in citation.pages if pages[0] < row.first_page or pages[1] > row.last_page
    ]
    if not outside:
        return []
    sentence = (
        f"Check the page: {row.title} runs from page {row.first_page} to {row.last_page}, "
        f"{_printed(outside)} is cited."
    )
    return [Doubt("page-outside-guideline", sentence, citation.span)]


def _topic(citation: Citation) -> list[Doubt]:
    """Pages of the chronic pain guidelines of 2009 that none of the topics named covers."""
    if citation.guideline != "mtus-chronic-pain" or citation.year not in (None, 2009):
        return []
    known = {catalogue.key(topic.name): topic for topic in catalogue.topics()}
    topics = [known.get(catalogue.key(section)) for section in citation.sections]
    sure = [topic for topic in topics if topic and topic.confidence in _SURE]
    if not citation.pages or not sure or len(sure) < len(topics):
        return []
    covered = any(
        first <= topic.last_page and last >= topic.first_page
        for first, last in citation.pages
        for topic in sure
    )
    if covered:
        return []
    topic = sure[0]
    sentence = (
        f"Check the page: {topic.name} is on pages {topic.first_page} to {topic.last_page}, "
        f"{_printed(citation.pages)} is cited."
    )
    return [Doubt("page-outside-topic", sentence, citation.span)]


def _chapter(citation: Citation) -> list[Doubt]:
    """A chapter's number and name that do not belong together."""
    row = catalogue.guidelines().get(citation.guideline or "")
    if citation.source != "MTUS" or citation.chapter is None or row is None:
        return []
    if row.chapter is None or row.chapter == citation.chapter:
        return []
    sentence = f"Check the chapter: {row.title} is chapter {row.chapter}, not {citation.chapter}."
    return [Doubt("chapter-name-differs", sentence, citation.span)]


def _edition(citation: Citation, day: date | None) -> list[Doubt]:
    """An edition that was not in force when the citing side decided."""
    if citation.source != "MTUS" or citation.year is None or day is None:
        return []
    if citation.year > day.year:
        sentence = f"Check the edition: {citation.year} is later than the decision."
        return [Doubt("edition-not-in-force", sentence, citation.span)]
    edition = catalogue.editions().get((citation.guideline or "", citation.year))
    if edition is None or edition.confidence not in _SURE:
        return []
    early = edition.begins is not None and day < edition.begins
    late = edition.ends is not None and day > edition.ends
    if not (early or late):
        return []
    sentence = f"Check the edition: that of {citation.year} was not in force on {day}."
    return [Doubt("edition-not-in-force", sentence, citation.span)]


def _odg(citation: Citation) -> list[Doubt]:
    if citation.source != "ODG" or not citation.pages:
        return []
    sentence = "Check the citation: the Official Disability Guidelines have no page numbers."
    return [Doubt("odg-with-pages", sentence, citation.span)]


def _printed(pages: tuple[tuple[int, int], ...] | list[tuple[int, int]]) -> str:
    return ", ".join(str(a) if a == b else f"{a}-{b}" for a, b in pages)
