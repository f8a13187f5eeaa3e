"""The cells of a review: where each value stands in its rows, to be read there and put there.

A cell is named by one word, such as `age`, `item-2`, `item-2-outcome` or `item-2-expert-1`. Values
are what JSON holds: dates as `2017-02-01`, lists of strings, a treatment's slug; of a citation, of
an item or of its details a dictionary.
"""

import re
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from reviews.models import Citation, DisputedItem, Review, Side
from reviews.reading.pages import ranges, whole
from reviews.reading.shape import plain_details
from reviews.reading.types import Details
from reviews.searchable import refresh
from reviews.whole_items import packed, unpacked

LABELS = {
    "case_number": "Case number",
    "date_of_injury": "Date of injury",
    "decision_date": "Decision date",
    "ur_denial_date": "UR denial date",
    "date_assigned": "Date assigned",
    "application_received": "Application received",
    "priority": "Priority",
    "licensed_in": "Reviewer licensed in",
    "specialties": "Reviewer's specialties",
    "age": "Worker's age",
    "sex": "Worker's sex",
    "diagnoses": "Diagnoses",
    "mechanism": "How the injury happened",
    "treatment_to_date": "Treatment to date",
    "clinical_summary": "Clinical case summary",
    "service": "Disputed treatment or service",
    "outcome": "Outcome",
    "category": "Category",
    "treatment": "Treatment",
    "requested": "Requested",
    "authorized": "Authorized already",
    "disputed": "Remaining in dispute",
    "rationale": "Rationale",
    "details": "Details",
}
DATES = (
    *("date_of_injury", "decision_date", "ur_denial_date", "date_assigned"),
    "application_received",
)
LISTS = ("licensed_in", "specialties", "diagnoses")
TEXTS = ("mechanism", "treatment_to_date", "clinical_summary")
REVIEW_FIELDS = ("case_number", *DATES, *LISTS, *TEXTS, "priority", "age", "sex")
ITEM_FIELDS = (
    *("service", "outcome", "category", "treatment"),
    *("requested", "authorized", "disputed", "rationale", "details"),
)
# What each detail is while the heading does not tell it; an item's row has only those told.
UNTOLD_DETAILS: dict[str, Any] = plain_details(Details())
CITED = ("guideline", "source", "title", "year", "sections", "printed_pages")
# What a citation that was removed needs on top, to come back as it was.
KEPT = ("pages", "receipt", "notices")
SIDES = (Side.ADMINISTRATOR.value, Side.EXPERT.value)
_CITATION = re.compile(rf"item-(\d{{1,4}})-({'|'.join(SIDES)})-(\d{{1,4}}|new)")
_ITEM = re.compile(rf"item-(\d{{1,4}})-({'|'.join(ITEM_FIELDS)})")
_WHOLE_ITEM = re.compile(r"item-(\d{1,4}|new)")

JSON = Any


class Gone(LookupError):
    """There is no such cell."""


@dataclass(frozen=True)
class Cell:
    """A field of a review; or of its item, counted from 1; or a citation of one side of it.

    The field `item` is the item itself.
    """

    field: str
    item: int | None = None
    side: str = ""
    citation: int | None = None

    @classmethod
    def named(cls, name: str) -> "Cell | None":
        if name in REVIEW_FIELDS:
            return cls(name)
        if found := _WHOLE_ITEM.fullmatch(name):
            return cls("item", None if found[1] == "new" else int(found[1]))
        if found := _ITEM.fullmatch(name):
            return cls(found[2], int(found[1]))
        if found := _CITATION.fullmatch(name):
            number = None if found[3] == "new" else int(found[3])
            return cls("citation", int(found[1]), found[2], number)
        return None

    def __str__(self) -> str:
        if self.is_item:
            return f"item-{self.item or 'new'}"
        if self.item is None:
            return self.field
        if self.field != "citation":
            return f"item-{self.item}-{self.field}"
        return f"item-{self.item}-{self.side}-{self.citation or 'new'}"

    @property
    def is_citation(self) -> bool:
        return self.field == "citation"

    @property
    def is_item(self) -> bool:
        return self.field == "item"

    @property
    def parts(self) -> tuple[str, ...]:
        """Of a dictionary the names under which each is corrected by itself; else none."""
        if self.is_citation:
            return CITED
        return tuple(UNTOLD_DETAILS) if self.field == "details" else ()

    @property
    def is_new(self) -> bool:
        """Where an item or a citation may be added."""
        if self.is_item:
            return self.item is None
        return self.is_citation and self.citation is None

    @property
    def label(self) -> str:
        """Its name for people: "Decision date", "Item 2, outcome", "Item 2, expert, citation 1"."""
        if self.is_item:
            return "Another item" if self.is_new else f"Item {self.item}"
        if self.item is None:
            return LABELS[self.field]
        if not self.is_citation:
            return f"Item {self.item}, {LABELS[self.field].lower()}"
        number = "another citation" if self.is_new else f"citation {self.citation}"
        return f"Item {self.item}, {self.side}, {number}"


class Cells:
    """A review with its items and citations: values are put in memory, `save` writes them."""

    def __init__(self, review: Review) -> None:
        self.review = review
        found = review.items.prefetch_related("citations__guideline").order_by("position")
        self.items = {item.position: item for item in found}
        self.cited = {position: list(i.citations.all()) for position, i in self.items.items()}
        self.services = {position: item.service for position, item in self.items.items()}
        self._taken = {
            Cell("citation", position, each.side, each.position)
            for position, cited in self.cited.items()
            for each in cited
        }
        self._touched: dict[int, set[str]] = {}
        self._removed: list[DisputedItem | Citation] = []

    def value(self, cell: Cell) -> JSON:
        """What stands there, or raises Gone."""
        if cell.is_item:
            return packed(self.item(cell), self.cited[self.item(cell).position])
        if cell.is_citation:
            return _of_citation(self.citation(cell))
        row: Review | DisputedItem = self.review if cell.item is None else self.item(cell)
        value = getattr(row, "treatment_id" if cell.field == "treatment" else cell.field)
        if cell.field == "details":
            return UNTOLD_DETAILS | value
        if isinstance(value, date):
            return value.isoformat()
        return (value or "") if cell.field == "treatment" else value

    def put(self, cell: Cell, value: JSON) -> Cell:
        """Set the value there and return where it now stands; None removes an item or citation.

        Of a dictionary the names that are not given stay as they are. An item is made of its
        service alone, or comes back as its value was.
        """
        if cell.is_item:
            return self._put_item(cell, value)
        if cell.is_citation:
            return self._put_citation(cell, value)
        if cell.field in DATES:
            value = date.fromisoformat(value) if value else None
        if cell.item is None:
            setattr(self.review, cell.field, value)
        elif cell.field == "treatment":
            self.item(cell).treatment_id = value or None
        elif cell.field == "details":
            told = self.value(cell) | value
            self.item(cell).details = {n: v for n, v in told.items() if v != UNTOLD_DETAILS[n]}
        else:
            setattr(self.item(cell), cell.field, value)
        if cell.item is not None:
            self._touched.setdefault(cell.item, set())
        return cell

    def item(self, cell: Cell) -> DisputedItem:
        if cell.item not in self.items:
            raise Gone(str(cell))
        return self.items[cell.item]

    def side(self, item: int, side: str) -> list[Citation]:
        return [each for each in self.cited.get(item, []) if each.side == side]

    def citation(self, cell: Cell) -> Citation:
        for each in self.side(cell.item or 0, cell.side):
            if each.position == cell.citation:
                return each
        raise Gone(str(cell))

    def save(self) -> None:
        """Write what was put, and the columns that follow from it."""
        for gone in self._removed:
            if gone.pk:
                gone.delete()
        self._removed.clear()
        for position, sides in self._touched.items():
            self._follow(position, sides)
        self.review.save(update_fields=(*REVIEW_FIELDS, "flags", "flagged", "corrected"))
        refresh([self.review.pk])

    def _put_item(self, cell: Cell, value: JSON) -> Cell:
        number = cell.item or self._free_item()
        if value is None:
            self._removed.append(self.item(cell))
            for rows in (self.items, self.cited, self.services, self._touched):
                rows.pop(number, None)
            self.reserve(cell)
            return cell
        item, cited = unpacked(value)
        item.review, item.position = self.review, number
        self.items[number], self.cited[number] = item, cited
        self.services[number] = item.service
        self._touched[number] = set(SIDES)
        return replace(cell, item=number)

    def _free_item(self) -> int:
        """After the last, and after those that were removed."""
        return max([0, *self.items, *(each.item or 0 for each in self._taken if each.is_item)]) + 1

    def _put_citation(self, cell: Cell, value: dict[str, JSON] | None) -> Cell:
        item = self.item(cell)
        self._touched.setdefault(item.position, set()).add(cell.side)
        try:
            citation = self.citation(cell)
        except Gone:
            if value is None:
                return cell
            citation = Citation(item=item, side=cell.side, position=self._free(cell))
            self.cited[item.position].append(citation)
            self.reserve(replace(cell, citation=citation.position))
        if value is None:
            self.cited[item.position].remove(citation)
            self._removed.append(citation)
        else:
            _set(citation, value)
        return replace(cell, citation=citation.position)

    def reserve(self, cell: Cell) -> None:
        """Let nothing be added where something was removed: it may come back."""
        self._taken.add(cell)

    def _free(self, cell: Cell) -> int:
        """Where a citation comes back to, or is added: after the last."""
        same = [e for e in self._taken if (e.item, e.side) == (cell.item, cell.side)]
        return cell.citation or max((each.citation or 0 for each in same), default=0) + 1

    def _follow(self, position: int, sides: set[str]) -> None:
        """The item's own columns about its citations, then all of its rows."""
        item = self.items[position]
        self.cited[position].sort(key=lambda each: (each.side, each.position))
        for side in sides:
            cited = self.side(position, side)
            setattr(item, f"{side}_basis", _basis(cited))
            setattr(item, f"{side}_cites", "; ".join(str(each) for each in cited))
        item.save()
        for each in self.cited[position]:
            if each.pk is None or each.side in sides:
                each.save()


def _basis(cited: list[Citation]) -> str:
    """As the reader says it: by the sources that a side cites."""
    sources = {each.source for each in cited}
    return "mtus" if "MTUS" in sources else "outside" if sources else "none"


def _of_citation(citation: Citation) -> dict[str, JSON]:
    value = {name: getattr(citation, name) for name in (*CITED, *KEPT)}
    return value | {"guideline": citation.guideline_id}


def _set(citation: Citation, value: dict[str, JSON]) -> None:
    for name, each in value.items():
        setattr(citation, "guideline_id" if name == "guideline" else name, each)
    if "printed_pages" in value and "pages" not in value:
        citation.pages = whole(ranges([value["printed_pages"]]))
