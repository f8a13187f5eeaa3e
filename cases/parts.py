"""The parts of a letter that search looks at: what each is called, and where it stands."""

from collections.abc import Iterator
from typing import Any, NamedTuple

from reviews.models import DisputedItem, Review

SIDES = {
    "administrator": "Claims administrator’s citations",
    "expert": "Expert reviewer’s citations",
}


class Part(NamedTuple):
    """Characters `start` up to, not including, `end` of the transcript.

    `says` is what search knows of it beyond its printed words: a guideline's name in the catalogue.
    """

    label: str
    start: int
    end: int
    says: tuple[str, ...] = ()


def parts_of(review: Review) -> list[Part]:
    """The parts with receipts, what matters most first: services before rationales."""
    items = list(review.items.all())
    named = [(item, f" of item {item.position}" if len(items) > 1 else "") for item in items]
    return [
        *_part("Case number", review.receipts.get("case_number")),
        *(part for item, of in named for part in _part(f"Service{of}", _at(item, "service"))),
        *_part("Summary", review.receipts.get("clinical_summary")),
        *(part for item, of in named for part in _part(f"Rationale{of}", _at(item, "rationale"))),
        *(part for item, of in named for part in _citations(item, of)),
    ]


def _at(item: DisputedItem, name: str) -> list[Any] | None:
    return item.receipts.get(name)


def _part(label: str, receipt: list[Any] | None, says: tuple[str, ...] = ()) -> Iterator[Part]:
    if receipt:
        yield Part(label, receipt[0], receipt[1], says)


def _citations(item: DisputedItem, of: str) -> Iterator[Part]:
    """Each side's citations as printed; those of the rationale stand within it."""
    for side, label in SIDES.items():
        cited = getattr(item, f"{side}_cites")
        yield from _part(
            f"{label}{of and of.replace(' of', ',')}",
            _at(item, f"{side}_text"),
            (cited,) if cited else (),
        )
