"""The rows of the list. Fetched as plain values: a page of fifty cases has a thousand rows."""

from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from cases.counting import Among
from cases.filters import SIDES, CaseFilter
from cases.models import Case
from cases.passages import Passage
from cases.words import guidelines
from reviews.models import Citation, DisputedItem

OF_CASE = ("pk", "number", "name", "checked", "corrected", "review")
OF_REVIEW = (
    *("flagged", "flags", "age", "sex", "date_of_injury", "decision_date"),
    *("specialties", "licensed_in"),
)
OF_ITEM = ("pk", "review", "service", "disputed", "outcome", "treatment__treatment_class")


@dataclass(frozen=True, slots=True)
class Row:
    """A case: its values and its review's, those of items by the names of `OF_ITEM`.

    `items` are those that the filter asks for, `others` counts the rest; `guidelines` are the
    names of all that either side cites, each once, in the letter's order. `passages` tell where
    the words of a search stand.
    """

    case: Any
    items: list[Any]
    others: int
    guidelines: list[str]
    passages: list[Passage]


def rows_of(keys: list[int], found: CaseFilter, told: dict[int, list[Passage]]) -> list[Row]:
    """A row for each of those cases, in that order; `told` has passages by the case's key."""
    columns = (*OF_CASE, *(f"review__{name}" for name in OF_REVIEW))
    cases = Case.objects.filter(Among("pk", keys)).values_list(*columns, named=True)
    by_key = {case.pk: case for case in cases}
    reviews = [case.review for case in by_key.values()]
    items, cited = _items(reviews), _guidelines(reviews)
    met = _met(reviews, found)
    rows = []
    for case in (by_key[key] for key in keys if key in by_key):
        shown = [item for item in items[case.review] if met is None or item.pk in met]
        others = len(items[case.review]) - len(shown)
        names, passages = list(cited[case.review]), told.get(case.pk, [])
        rows.append(Row(case, shown, others, names, passages))
    return rows


def _items(reviews: list[int]) -> dict[int, list[Any]]:
    by_review: dict[int, list[Any]] = defaultdict(list)
    items = DisputedItem.objects.filter(Among("review", reviews))
    for item in items.values_list(*OF_ITEM, named=True):
        by_review[item.review].append(item)
    return by_review


def _met(reviews: list[int], found: CaseFilter) -> set[int] | None:
    """The keys of the items that the filter asks for; None when it asks for none."""
    if not found.asks_for_items():
        return None
    return set(found.items().filter(Among("review", reviews)).values_list("pk", flat=True))


def _guidelines(reviews: list[int]) -> dict[int, dict[str, None]]:
    cited = Citation.objects.filter(Among("item__review", reviews), side__in=SIDES)
    in_order = cited.order_by("item__review", "item__position", "side", "position")
    names: dict[int, dict[str, None]] = defaultdict(dict)
    known = guidelines()
    for review, slug, source, title in in_order.values_list(
        "item__review", "guideline", "source", "title"
    ):
        names[review][str(known.get(slug) or f"{source}: {title}")] = None
    return names
