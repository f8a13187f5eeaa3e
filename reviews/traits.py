"""What filters ask of a review, in one small document that stands on its case: `Case.traits`.

    {"sex": "female", "specialties": ["Neurology"], "licensed_in": ["Texas"],
     "items": [["upheld", "dme", "cane", ["odg-knee-leg", "expert", "9", "10"]]]}

An item is its outcome, category and treatment, then a list for each guideline that a side cites:
which one, who, and the pages. What is not known stands nowhere, nor do citations inside a
rationale, which are no reliance. PostgreSQL's `@>` finds the documents with one item that has all
words asked for, and one citation in it that has all those about citations.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from reviews.models import Citation, DisputedItem, Review, Side
from reviews.reading.rows import Rows

Row = Mapping[str, Any]
Document = dict[str, Any]
OWN = ("sex", "specialties", "licensed_in")
ITEM = ("outcome", "category", "treatment_id")
CITATION = ("item_id", "side", "guideline_id", "pages")


def traits_read(rows: Rows) -> Document:
    """Of a reading that is to be written."""
    return traits(
        rows.review,
        [
            (item, [each for each in rows.citations if each["item_id"] == item["position"]])
            for item in rows.items
        ],
    )


def traits_of(review: Review) -> Document:
    """From the rows as they stand in the database: two queries."""
    cited: dict[int, list[Row]] = {}
    for row in Citation.objects.filter(item__review=review).values(*CITATION):
        cited.setdefault(row["item_id"], []).append(row)
    items = DisputedItem.objects.filter(review=review).order_by("position").values("id", *ITEM)
    own = {name: getattr(review, name) for name in OWN}
    return traits(own, [(item, cited.get(item["id"], [])) for item in items])


def traits(review: Row, items: Iterable[tuple[Row, Iterable[Row]]]) -> Document:
    """From a review's row and those of its items, each with its citations'."""
    own = {name: review[name] for name in OWN if review[name]}
    return own | {"items": [_item(row, citations) for row, citations in items]}


def _item(row: Row, citations: Iterable[Row]) -> list[Any]:
    """What a side cites of one guideline is put together: one page is asked for, never two."""
    pages: dict[tuple[str, str], set[int]] = {}
    for each in citations:
        if each["side"] != Side.RATIONALE:
            cited = pages.setdefault((each["guideline_id"] or "", each["side"]), set())
            cited.update(each["pages"])
    return [row[name] for name in ITEM if row[name]] + [
        [*filter(None, place), *map(str, sorted(found))] for place, found in sorted(pages.items())
    ]
