"""How many there are, told by some hundreds of rows instead of all.

The same blocks of a table are looked at each time, so that every page of a list agrees.
"""

import math
from collections import Counter
from collections.abc import Collection
from typing import Any, NamedTuple

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import Model, QuerySet
from django.db.models.expressions import RawSQL

from cases.models import Case
from cases.terms import Asked
from reviews.models import Review

REVIEWS, CASES = 500, 2_000  # rows looked at, each some five milliseconds
SMALL, SMALL_CASES = 3_000, 20_000  # reviews, cases among which finding all costs as little
BLOCK = '("cases_case".ctid::text::point)[0]'
SAMPLED = "TABLESAMPLE SYSTEM (%s) REPEATABLE (1)"
WORDS = (
    "SELECT count(*), count(*) FILTER (WHERE search @@ words), count(*) FILTER (WHERE search @@ "
    f"apart) FROM reviews_review {SAMPLED}, websearch_to_tsquery('english', %s) words, "
    "websearch_to_tsquery('english', %s) apart"
)


class Sample(NamedTuple):
    """Of all reviews those looked at, those that a search finds, and those that it would find
    if words in a row could stand anywhere."""

    total: float
    looked_at: int
    found: int
    apart: int

    @property
    def surely_found(self) -> float:
        return surely(self.found, self.total / max(1, self.looked_at))

    @property
    def perhaps_apart(self) -> float:
        return self.total * self.apart / max(1, self.looked_at)


def surely(found: int, each: float) -> float:
    """What there are more of, where each row found stands for so many: four deviations less.

    Compare it with twice the number that matters: rows of one block are of one time and source.
    """
    return each * (found - 4 * math.sqrt(found))


def surely_in(blocks: Collection[int], each: float) -> float:
    """The same where it is known how many were found in each block, whose rows may be alike.

    A block is looked at or not, with all its rows, so its square is what it adds to the variance.
    """
    return each * (sum(blocks) - 4 * math.hypot(*blocks))


def words(search: Asked) -> Sample | None:
    """None where there are few reviews, as far as the database knows."""
    total = _rows(Review)
    if total < SMALL:
        return None
    part = 100 * REVIEWS / total
    return Sample(total, *_asked(WORDS, [part, search.websearch, search.apart]))


def surely_more(cases: QuerySet[Case], most: int) -> bool:
    """Whether they are certainly more than that; False where it takes counting to tell."""
    total = _rows(Case)
    if total < SMALL_CASES:
        return False
    blocks = Counter(_sampled(cases.values_list(RawSQL(BLOCK, [])), total))
    return surely_in(blocks.values(), total / CASES) > most


def some_of(cases: QuerySet[Case], *columns: str) -> tuple[list[Any], float]:
    """Columns of some of the cases as the database gives them, and how many each stands for."""
    total = _rows(Case)
    if total < SMALL_CASES:
        return [], 0
    return _sampled(cases.values_list(*columns), total), total / CASES


def _sampled(cases: QuerySet[Case, Any], total: float) -> list[Any]:
    try:
        sql, values = cases.order_by().query.sql_with_params()
    except EmptyResultSet:  # nothing can be found, which Django knows without asking
        return []
    table = f'FROM "{Case._meta.db_table}"'
    with connection.cursor() as cursor:
        cursor.execute(sql.replace(table, f"{table} {SAMPLED}", 1), [100 * CASES / total, *values])
        return list(cursor.fetchall())


def _rows(model: type[Model]) -> float:
    """How many rows it has, as of when it was last analysed."""
    sql = "SELECT reltuples FROM pg_class WHERE oid = %s::regclass"
    return float(_asked(sql, [model._meta.db_table])[0])


def _asked(sql: str, values: list[Any]) -> tuple[Any, ...]:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        found: tuple[Any, ...] = cursor.fetchone()
        return found
