"""How many cases each value of a filter would leave, under the other filters.

A facet is counted under the filter without its own parameter: what stands beside a value is what
one would find by choosing it. Few cases are gathered once and grouped. Of many each value is
counted by itself, up to a cap and within a time; what there is no time for has no number.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.core.cache import cache
from django.db.models import Count as Counted
from django.db.models import Exists, Func, OuterRef, QuerySet
from django.utils.crypto import salted_hmac

from cases import counting
from cases.counting import Among, Budget, Count, frequent
from cases.filters import CASE_OUTCOMES, CaseFilter
from cases.meeting import SIDES, citations_meeting, has_trait, item_conditions
from cases.models import Case
from reviews.models import Category, Citation, DisputedItem, Outcome, Review

ONCE = 1_000  # cases up to which counting is quick enough to be a part of the page
ITEM_OUTCOMES = [*Outcome.values, ""]  # the last: not read
PATIENCE = 2.0, 0.25  # seconds for all counts together, and for one of many cases
IMPATIENCE = 0.05  # seconds that a page waits for one query of its counts
KEPT, KEPT_UNFILTERED = 60, 600  # seconds that the counts of many cases are remembered
TOP = 12  # values of a long list that are counted among many cases

# How a facet's values are found: from the case, its items, or their citations.
ITEM_COLUMNS = {"item_outcome": "outcome", "category": "category", "treatment": "treatment"}
CITATION_COLUMNS = {"guideline": "guideline", "relied_on_by": "side"}
FACETS = ("outcome", *ITEM_COLUMNS, *CITATION_COLUMNS, "specialty", "sex", "flagged")


@dataclass(frozen=True)
class Facet:
    """Counts by value; `whole` when a value without a count has no case at all."""

    counts: dict[str, Count]
    whole: bool

    def count(self, value: str) -> Count | None:
        return self.counts.get(value, Count(0) if self.whole else None)


Facets = dict[str, Facet]


def facets_of(found: CaseFilter) -> Facets:
    """Every facet's counts, within `PATIENCE`."""
    if not found.is_valid():
        return {}
    facets = cache.get(_key(found))
    if facets is None:
        facets = _count(found, Budget(*PATIENCE))
        if not all(facet.whole for facet in facets.values()):
            cache.set(_key(found), facets, KEPT if found.chips() else KEPT_UNFILTERED)
    return facets


def facets_at_once(found: CaseFilter, cases: int = 0) -> Facets | None:
    """The same for a page that waits for them: None when there is more to count than a few.

    `cases` is how many the filter finds, as far as the page knows.
    """
    if not found.is_valid():
        return {}
    known: Facets | None = cache.get(_key(found))
    if known or cases > ONCE:
        return known
    return Budget(IMPATIENCE, IMPATIENCE).ask(lambda: _count_few(found))


def _count_few(found: CaseFilter) -> Facets | None:
    facets: Facets = {}
    for names, under in _filters(found):
        reviews = list(_reviews(under)[: ONCE + 1])
        if len(reviews) > ONCE:
            return None
        facets |= {name: _grouped(name, under, reviews) for name in names}
        if under is found:
            facets["items"] = _item_outcomes(found.items().filter(Among("review", reviews)))
    return facets


def _count(found: CaseFilter, budget: Budget) -> Facets:
    facets: Facets = {}
    for names, under in _filters(found):
        reviews = budget.first(_reviews(under), counting.MOST)
        if reviews is not None and len(reviews) > counting.MOST:
            reviews = None
        for name in names:
            facets[name] = _facet(name, under, found, reviews, budget)
        if under is found:
            facets["items"] = _items(found, reviews, budget)
    return facets


def _filters(found: CaseFilter) -> Iterator[tuple[list[str], CaseFilter]]:
    """Facets that nobody has chosen from share one filter, and so the cases gathered for it."""
    chosen = [name for name in FACETS if found.data.get(name)]
    yield [name for name in FACETS if name not in chosen], found
    for name in chosen:
        yield [name], found.without(name)


def _reviews(under: CaseFilter) -> QuerySet:
    return under.qs.order_by().values_list("review", flat=True)


def _facet(
    name: str, under: CaseFilter, found: CaseFilter, reviews: list[int] | None, budget: Budget
) -> Facet:
    if reviews is None:
        return _by_value(name, under, found, budget)
    return budget.ask(lambda: _grouped(name, under, reviews)) or Facet({}, False)


def _key(found: CaseFilter) -> str:
    """Of the cache: the words searched for are not readable in it."""
    asked = sorted((n, sorted(found.data.getlist(n))) for n in found.form.fields if n != "sort")
    return f"facets-{salted_hmac('cases.facets', repr(asked)).hexdigest()}"


def _items(found: CaseFilter, reviews: list[int] | None, budget: Budget) -> Facet:
    """The outcomes of the items found, not of cases."""
    if reviews is not None:
        few = found.items().filter(Among("review", reviews))
        return budget.ask(lambda: _item_outcomes(few)) or Facet({}, False)
    items = found.items().filter(Exists(found.cases().filter(review=OuterRef("review"))))
    counts = {each: budget.capped(items.filter(outcome=each)) for each in ITEM_OUTCOMES}
    return Facet({each: count for each, count in counts.items() if count}, False)


def exact_items(found: CaseFilter) -> Facet:
    """However long it takes."""
    return _item_outcomes(found.items().filter(review__in=found.cases().values("review")))


def _item_outcomes(items: QuerySet[DisputedItem]) -> Facet:
    numbers = items.order_by().values_list("outcome").annotate(Counted("pk"))
    return Facet({outcome: Count(number) for outcome, number in numbers}, True)


# Few: gathered, then grouped.
def _grouped(name: str, under: CaseFilter, reviews: list[int]) -> Facet:
    if name == "outcome":
        numbers = _tally(Case.objects.filter(Among("review", reviews)), "outcome", "pk")
    elif name == "specialty":
        numbers = _specialties(reviews)
    elif name in ITEM_COLUMNS:
        items = under.items().filter(Among("review", reviews))
        numbers = _tally(items, ITEM_COLUMNS[name], "review")
    elif name in CITATION_COLUMNS:
        numbers = _tally(_citations(under, reviews), CITATION_COLUMNS[name], "item__review")
    else:
        numbers = _tally(Review.objects.filter(Among("pk", reviews)), name, "pk")
    return Facet({_word(value): Count(number) for value, number in numbers if value != ""}, True)


def _word(value: Any) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def _tally(rows: QuerySet, column: str, each: str) -> Iterable[tuple[Any, int]]:
    return rows.order_by().values_list(column).annotate(Counted(each, distinct=True))


def _citations(under: CaseFilter, reviews: list[int]) -> QuerySet[Citation]:
    asked = under.asked()
    items = item_conditions(asked, "item__")
    return citations_meeting(asked).filter(Among("item__review", reviews), **items)


def _specialties(reviews: list[int]) -> Iterable[tuple[str, int]]:
    each = Func("specialties", function="unnest")
    rows = Review.objects.filter(Among("pk", reviews)).values_list(each, flat=True)
    return Counter(rows.order_by()).items()


# Many: each value by itself.
def _by_value(name: str, under: CaseFilter, found: CaseFilter, budget: Budget) -> Facet:
    values = VALUES[name] if name in VALUES else _common(name)
    counts = {
        value: budget.capped(_choosing(name, under, value))
        for value in dict.fromkeys([*found.data.getlist(name), *values])
    }
    return Facet({value: count for value, count in counts.items() if count is not None}, False)


VALUES = {
    "outcome": [value for value, _label in CASE_OUTCOMES],
    "item_outcome": Outcome.values,
    "category": Category.values,
    "relied_on_by": [str(side) for side in SIDES],
    "sex": ["female", "male"],
    "flagged": ["true", "false"],
}


def _choosing(name: str, under: CaseFilter, value: str) -> QuerySet[Case]:
    """The cases that choosing this value would find."""
    if name == "outcome":
        return under.qs.filter(outcome=value)
    if name == "flagged":
        return under.by_doubts(under.qs, name, value == "true")
    if name in ("specialty", "sex"):
        return under.qs.filter(has_trait(name, value))
    return under.with_items(**{name: [value] if name in ("item_outcome", "category") else value})


def _common(name: str) -> list[str]:
    """Of a list too long to count all of it, the values that most rows have."""
    if name == "specialty":
        return frequent(Review, "specialties", TOP, elements=True)
    if name == "treatment":
        return frequent(DisputedItem, "treatment_id", TOP)
    return frequent(Citation, "guideline_id", TOP)
