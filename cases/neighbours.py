"""The cases before and after one in a list, found without paging through the list.

Of few matches all keys are asked for, in the list's order: that tells the position too. Of many,
the rows beside the case are gone through along the index of the list's order, some at a time, and
tested by the filter: the row's own values say where to begin. A list may be left by what somebody
does to the case, such as correcting it; its neighbours are still those of its place.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from django.db.models import F, OrderBy, Q, QuerySet

from cases import counting
from cases.counting import Among, Budget
from cases.filters import CaseFilter
from cases.models import Case

SECONDS = 0.5  # for all of it: a page without its neighbours is better than a slow one
STEPS = (50, 500, 5_000, 20_000)  # rows looked at in all, beyond which no neighbour is looked for


@dataclass(frozen=True)
class Neighbours:
    """Keys of cases. `position` and `count` only where they are cheap and the list is whole;
    `position` is None for a case that the filter does not find. `late`: the time was up before
    one was found.
    """

    previous: int | None = None
    next: int | None = None
    position: int | None = None
    count: int | None = None
    late: bool = False


def neighbours(found: CaseFilter, case: Case) -> Neighbours:
    """Of the case in the list that the filter makes."""
    if not found.is_valid():
        return Neighbours()
    budget = Budget(SECONDS, SECONDS / 2)
    few = None if found.crowd else budget.ask(lambda: _few(found), budget.each)
    if few is None and found.sought and found.sought.too_long:
        return Neighbours(late=True)
    if few is None or len(few) > counting.MOST:
        return _beside(found, case, budget)
    listed = Case.objects.filter(Among("id", [*few, case.pk]))
    keys = list(listed.order_by(*found.order()).values_list("pk", flat=True))
    at = keys.index(case.pk)
    beside = Neighbours(
        previous=keys[at - 1] if at else None,
        next=keys[at + 1] if at + 1 < len(keys) else None,
    )
    if found.partly:
        return beside
    return replace(beside, position=at + 1 if len(keys) == len(few) else None, count=len(few))


def _few(found: CaseFilter) -> list[int]:
    return list(found.qs.order_by().values_list("pk", flat=True)[: counting.MOST + 1])


def _beside(found: CaseFilter, case: Case, budget: Budget) -> Neighbours:
    try:
        before, after = (_nearest(found, case, budget, back=back) for back in (True, False))
    except TimeoutError:
        return Neighbours(late=True)
    return Neighbours(before, after)


def _nearest(found: CaseFilter, case: Case, budget: Budget, *, back: bool) -> int | None:
    """The nearest case of the list before or after this one, unless it is far away."""
    matching = found.qs.order_by().values_list("pk", flat=True)
    beyond = _beyond(found.order(), case, back=back)
    before = 0
    for step in STEPS:
        keys = _first(beyond, step)[before:]
        matched = budget.first(matching.filter(Among("id", keys)), len(keys))
        if matched is None:
            raise TimeoutError
        there = set(matched)
        if nearest := next((key for key in keys if key in there), None):
            return nearest
        if len(keys) < step - before:
            return None
        before = step
    return None


def _first(stretches: list[QuerySet[Case]], most: int) -> list[int]:
    keys: list[int] = []
    for stretch in stretches:
        if len(keys) < most:
            keys += stretch.values_list("pk", flat=True)[: most - len(keys)]
    return keys


def _beyond(order: list[OrderBy], case: Case, *, back: bool) -> list[QuerySet[Case]]:
    """All cases before or after this one, nearest first, in stretches that are each one range of
    an index: those of the same value, those of other values, those whose value is unknown."""
    column = _column(order)
    if column is None:
        return []
    value, falls = getattr(case, column), order[0].descending != back
    stretches = []
    unknown_last = True if Case._meta.get_field(column).null else None
    for condition in _conditions(column, value, case.pk, falls=falls, back=back):
        ordered = [OrderBy(F(column), falls, nulls_last=unknown_last), OrderBy(F("pk"), falls)]
        stretches.append(Case.objects.filter(condition).order_by(*ordered))
    return stretches


def _column(order: list[OrderBy]) -> str | None:
    """The column of the case that the list is sorted by, its key to follow; None for any other."""
    name = getattr(order[0].expression, "name", "") if len(order) == 2 else ""
    return name if name in {field.name for field in Case._meta.concrete_fields} else None


def _conditions(column: str, value: Any, pk: int, *, falls: bool, back: bool) -> Iterator[Q]:
    way = "lt" if falls else "gt"
    unknown = Q(**{f"{column}__isnull": True})
    if value is None:
        yield unknown & Q(**{f"pk__{way}": pk})
        if back:
            yield ~unknown
        return
    yield Q(**{column: value, f"pk__{way}": pk})
    yield Q(**{f"{column}__{way}": value})
    if not back:
        yield unknown
