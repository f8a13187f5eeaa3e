"""Where a review's values stand in its letter, and the letter's text cut into their words.

The page gives each value the id `v-KEY`. A place is asked for as `START-END`: characters of the
transcript, half-open.
"""

import re
from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import Any, NamedTuple

from cases.facts import COURSE, diagnoses_of, facts_of
from cases.transcript import TextPage
from reviews.models import DisputedItem, Review

ITEM_VALUES = ("service", "outcome", "requested", "authorized", "disputed")
_ASKED = re.compile(r"(\d{1,9})-(\d{1,9})", re.ASCII)


class Place(NamedTuple):
    """The words of one value; `long` are whole paragraphs."""

    start: int
    end: int
    key: str
    long: bool = False


class Piece(NamedTuple):
    """Characters of a page that tell the same value, or none.

    `first` begins that value's words (of letters or digits), `begins` those that are asked for and
    `marked`.
    """

    text: str
    key: str
    long: bool
    first: bool
    marked: bool
    begins: bool


class MarkedPage(NamedTuple):
    number: int
    start: int
    pieces: list[Piece]


def asked_place(words: str | None) -> tuple[int, int] | None:
    """The place that an address asks for; None for what is no place."""
    found = _ASKED.fullmatch(words or "")
    return (int(found[1]), int(found[2])) if found else None


def places_of(review: Review) -> list[Place]:
    """Of every value that the page shows: needs the items with their citations."""
    facts = [*facts_of(review), *facts_of(review, COURSE), *diagnoses_of(review)]
    found = [_place(fact.key, fact.receipt) for fact in facts]
    found.append(_place("clinical_summary", review.receipts.get("clinical_summary"), long=True))
    for item in review.items.all():
        found += _item(item)
    return [place for place in found if place]


def _item(item: DisputedItem) -> Iterator[Place | None]:
    for name in ITEM_VALUES:
        yield _place(f"{item.position}-{name}", item.receipts.get(name))
    yield _place(f"{item.position}-rationale", item.receipts.get("rationale"), long=True)
    for detail in item.details_in_words:
        yield _place(f"{item.position}-details-{detail.key}", detail.receipt)
    for citation in item.citations.all():
        yield _place(f"cite-{citation.pk}", citation.receipt)


def _place(key: str, receipt: list[Any] | None, *, long: bool = False) -> Place | None:
    return Place(receipt[0], receipt[1], key, long) if receipt else None


def marked_pages(
    pages: Iterable[TextPage], places: list[Place], at: tuple[int, int] | None
) -> list[MarkedPage]:
    """The pages cut into pieces; of values within each other the shortest has the words."""
    seen = {""}
    return [
        MarkedPage(page.number, page.start, list(_pieces(page, places, at, seen))) for page in pages
    ]


def _pieces(
    page: TextPage, places: list[Place], at: tuple[int, int] | None, seen: set[str]
) -> Iterator[Piece]:
    owners: list[Place | None] = [None] * len(page.text)
    for place in sorted(places, key=lambda place: place.start - place.end):
        _paint(owners, page, place.start, place.end, place)
    marks = [False] * len(page.text)
    if at:
        _paint(marks, page, *at, True)
    begin = 0
    for (owner, marked), run in groupby(zip(owners, marks, strict=True)):
        end = begin + sum(1 for _ in run)
        key, long = (owner.key, owner.long) if owner else ("", False)
        begins = marked and at is not None and page.start + begin == at[0]
        text = page.text[begin:end]
        first = key not in seen and any(map(str.isalnum, text))
        yield Piece(text, key, long, first, marked, begins)
        if first:
            seen.add(key)
        begin = end


def _paint(row: list[Any], page: TextPage, start: int, end: int, value: Any) -> None:
    first, last = max(start - page.start, 0), min(end - page.start, len(row))
    if first < last:
        row[first:last] = [value] * (last - first)
