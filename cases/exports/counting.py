"""How many rows an export will have: up to a limit and within a time, or exactly."""

from typing import Any

from django.db.models import QuerySet

from cases.counting import Budget
from cases.exports.kinds import Kind
from cases.filters import CaseFilter
from reviews.models import Citation

PATIENCE = 2.0  # seconds; what takes longer to count takes longer to write


def count_up_to(kind: Kind, found: CaseFilter, most: int) -> int | None:
    """The number of rows, or `most` + 1 when there are more: then no more rows are looked at.

    None when there was no time for it.
    """
    return Budget(PATIENCE, PATIENCE).ask(lambda: _rows(kind, found)[: most + 1].count())


def count(kind: Kind, found: CaseFilter) -> int:
    return _rows(kind, found).count()


def _rows(kind: Kind, found: CaseFilter) -> QuerySet[Any]:
    cases = found.qs.order_by()
    if kind.key == "cases":
        return cases
    items = found.items().filter(review__in=cases.values("review"))
    if kind.key == "items":
        return items
    citations = found.citations() if found.asks_for_citations() else Citation.objects.order_by()
    return citations.filter(item__in=items)
