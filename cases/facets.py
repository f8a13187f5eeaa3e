"""How many cases each value of a filter would leave, under the other filters.

A facet is counted under the filter without its own parameter: what stands beside a value is what
one would find by choosing it. Few cases are gathered once and grouped. Of many each value is
counted by itself, up to a cap and within a time, unless some of the cases tell that there surely
are more; what there is no time for has no number.
"""

import json
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import NamedTuple

from django.core.cache import cache
from django.db.models import Count as Counted
from django.db.models import Exists, OuterRef, QuerySet
from django.utils.crypto import salted_hmac

from cases import counting
from cases.counting import Among, Budget, Count, frequent
from cases.filters import CASE_OUTCOMES, CaseFilter
from cases.meeting import SIDES, has_trait
from cases.models import Case
from cases.sampling import some_of, surely
from cases.tally import TOLD, Told, tally
from reviews.models import Category, Citation, DisputedItem, Outcome, Review

ONCE = 200  # cases up to which counting is quick enough to be a part of the page
ITEM_OUTCOMES = [*Outcome.values, ""]  # the last: not read
PATIENCE = 2.0, 0.25  # seconds for all counts together, and for one of many cases
IMPATIENCE = 0.05  # seconds that a page waits for one query of its counts
KEPT, KEPT_UNFILTERED = 60, 600  # seconds that the counts of many cases are remembered
TOP = 12  # values of a long list that are counted among many cases

FACETS = (
    *("outcome", "item_outcome", "category", "treatment", "guideline", "relied_on_by"),
    *("specialty", "sex", "flagged"),
)


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
    if found.partly:
        return _listed(found, _told(found))
    facets = cache.get(_key(found))
    if facets is None:
        facets = _count(found, Budget(*PATIENCE))
        if not all(facet.whole for facet in facets.values()):
            cache.set(_key(found), facets, KEPT if found.chips() else KEPT_UNFILTERED)
    return facets


def facets_at_once(found: CaseFilter, keys: list[int] | None) -> Facets | None:
    """The same for a page that waits for them: None when there is more to count than a few.

    `keys` are those of the cases that the filter finds, None for more than a page gathers.
    """
    if not found.is_valid():
        return {}
    if keys is not None and found.partly:
        return _listed(found, _told_of(keys))
    known: Facets | None = cache.get(_key(found))
    if known or keys is None or len(keys) > ONCE:
        return known
    return Budget(IMPATIENCE, IMPATIENCE).ask(lambda: _count_few(found, keys))


def _listed(found: CaseFilter, told: QuerySet) -> Facets:
    """Of a list that is a part, the items; what choosing a value would find, it cannot tell."""
    return _tallied(["items"], found, list(told))


def _count_few(found: CaseFilter, keys: list[int]) -> Facets | None:
    """None as soon as there is more than a few, before anything of them is read."""
    gathered = []
    for names, under in _filters(found):
        few = keys if under is found else _keys(under)
        if len(few) > ONCE:
            return None
        gathered.append(([*names, "items"] if under is found else names, under, few))
    facets: Facets = {}
    for names, under, few in gathered:
        facets |= _tallied(names, under, list(_told_of(few)))
    return facets


def _count(found: CaseFilter, budget: Budget) -> Facets:
    facets: Facets = {}
    for names, under in _filters(found):
        rows = None if under.crowd else budget.first(_told(under), counting.MOST)
        if rows is not None and len(rows) <= counting.MOST:
            facets |= _tallied([*names, "items"] if under is found else names, under, rows)
            continue
        seen = _seen(under)
        facets |= {name: _by_value(name, under, found, budget, seen) for name in names}
        if under is found:
            facets["items"] = _items(found, budget)
    return facets


def _filters(found: CaseFilter) -> Iterator[tuple[list[str], CaseFilter]]:
    """Facets that nobody has chosen from share one filter, and so the cases gathered for it."""
    chosen = [name for name in FACETS if found.data.get(name)]
    yield [name for name in FACETS if name not in chosen], found
    for name in chosen:
        under = found.without(name)
        if not under.partly:
            yield [name], under


def _told(under: CaseFilter) -> QuerySet:
    return under.qs.order_by().values_list(*TOLD)


def _keys(under: CaseFilter) -> list[int]:
    return list(under.qs.order_by().values_list("pk", flat=True)[: ONCE + 1])


def _told_of(keys: list[int]) -> QuerySet:
    return Case.objects.filter(Among("id", keys)).values_list(*TOLD)


def _key(found: CaseFilter) -> str:
    """Of the cache: the words searched for are not readable in it."""
    asked = sorted((n, sorted(found.data.getlist(n))) for n in found.form.fields if n != "sort")
    return f"facets-{salted_hmac('cases.facets', repr(asked)).hexdigest()}"


def _items(found: CaseFilter, budget: Budget) -> Facet:
    """The outcomes of the items found, not of cases."""
    items = found.items().filter(Exists(found.cases().filter(review=OuterRef("review"))))
    counts = {each: budget.capped(items.filter(outcome=each)) for each in ITEM_OUTCOMES}
    return Facet({each: count for each, count in counts.items() if count}, False)


def exact_items(found: CaseFilter) -> Facet:
    """However long it takes."""
    return _item_outcomes(found.items().filter(review__in=found.cases().values("review")))


def _item_outcomes(items: QuerySet[DisputedItem]) -> Facet:
    numbers = items.order_by().values_list("outcome").annotate(Counted("pk"))
    return Facet({outcome: Count(number) for outcome, number in numbers}, True)


# Few: gathered, then tallied.
def _tallied(names: Iterable[str], under: CaseFilter, rows: list[Told]) -> Facets:
    """A case counts once for each value that it, or any item asked for, has."""
    tallies = tally(under, rows)
    return {
        name: Facet({value: Count(number) for value, number in tallies[name].items()}, True)
        for name in names
    }


# Many: each value by itself.
class Seen(NamedTuple):
    """Of some of the cases how many have each value, by facet, and how many each stands for."""

    tallies: dict[str, Counter[str]]
    each: float

    def surely_many(self, name: str, value: str) -> bool:
        return surely(self.tallies[name][value], self.each) > 2 * counting.MOST


def _seen(under: CaseFilter) -> Seen:
    rows, each = some_of(under.qs, *TOLD)
    return Seen(tally(under, ((json.loads(traits), *rest) for traits, *rest in rows)), each)


def _by_value(name: str, under: CaseFilter, found: CaseFilter, budget: Budget, seen: Seen) -> Facet:
    values = VALUES[name] if name in VALUES else _common(name)
    counts = {
        value: Count(counting.MOST, True)
        if seen.surely_many(name, value)
        else budget.capped(_choosing(name, under, value))
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
