"""What filters ask of a review, in one small document that stands on its case: `Case.traits`.

    {"sex": "female", "specialties": ["Neurology"], "licensed_in": ["Texas"],
     "items": [["overturned", "dme", "cane", ["odg-knee-leg", "expert", "9", "10"]]],
     "overturned": ["dme", "cane"], "pages": {"odg-knee-leg": ["9", "10"]}}

An item is its outcome, category and treatment, then a list for each guideline that a side cites:
which one, who, and the pages. What is not known stands nowhere, nor do citations inside a
rationale, which are no reliance. PostgreSQL's `@>` finds the documents with one item that has all
words asked for, and one citation in it that has all those about citations.

An index knows which documents have each word, not which words stand together: that the items say
to whoever reads them. So `overturned` and `pages` say once more, for the index, which categories
and treatments were overturned, and which pages are of which guideline. Of those that were upheld,
which nearly all are, it is no use to know more.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from reviews.models import Citation, DisputedItem, Outcome, Review, Side
from reviews.reading.rows import Rows

Row = Mapping[str, Any]
Document = dict[str, Any]
Cited = dict[tuple[str, str], set[int]]  # pages by guideline and side
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
    said: list[list[Any]] = []
    overturned: set[str] = set()
    pages: dict[str, set[int]] = {}
    for row, citations in items:
        cited = _cited(citations)
        said.append([row[name] for name in ITEM if row[name]] + _lists(cited))
        if row["outcome"] == Outcome.OVERTURNED:
            overturned.update(filter(None, (row["category"], row["treatment_id"])))
        for (guideline, _), found in cited.items():
            pages.setdefault(guideline, set()).update(found)
    together = {
        "overturned": sorted(overturned),
        "pages": {
            guideline: [*map(str, sorted(found))]
            for guideline, found in pages.items()
            if guideline and found
        },
    }
    return own | {"items": said} | {name: found for name, found in together.items() if found}


def _cited(citations: Iterable[Row]) -> Cited:
    """What a side cites of one guideline is put together: one page is asked for, never two."""
    cited: Cited = {}
    for each in citations:
        if each["side"] != Side.RATIONALE:
            place = (each["guideline_id"] or "", each["side"])
            cited.setdefault(place, set()).update(each["pages"])
    return cited


def _lists(cited: Cited) -> list[list[str]]:
    return [
        [*filter(None, place), *map(str, sorted(found))] for place, found in sorted(cited.items())
    ]
