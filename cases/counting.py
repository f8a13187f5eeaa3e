"""Counts that cost little however many rows there are: capped, and broken off after a time."""

import math
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import Any, NamedTuple, TypeVar

from django.db import OperationalError, connection, transaction
from django.db.models import BooleanField, F, Func, Model, QuerySet, TextField, Value

T = TypeVar("T")
MOST = 10_000  # beyond it nobody turns pages, and the exact number is told when asked for


class Count(NamedTuple):
    """A number, or "at least that many"."""

    number: int
    more: bool = False

    def __str__(self) -> str:
        return f"{self.number:,}{'+' if self.more else ''}"


def capped(queryset: QuerySet) -> Count:
    number = queryset.order_by()[: MOST + 1].count()
    return Count(min(number, MOST), number > MOST)


class Budget:
    """Seconds that many queries share; each may take only a part, or one would use up all."""

    def __init__(self, seconds: float, each: float) -> None:
        self.ends, self.each = time.monotonic() + seconds, each

    def capped(self, queryset: QuerySet) -> Count | None:
        """The count, or None when there was no time for it."""
        return self.ask(lambda: capped(queryset), self.each)

    def first(self, values: QuerySet, most: int) -> list[Any] | None:
        """Up to one more than `most` of the values, or None when there was no time."""
        return self.ask(lambda: list(values[: most + 1]), self.each)

    def ask(self, ask: Callable[[], T], each: float = math.inf) -> T | None:
        """What the queries in `ask` find, or None when there was no time for one of them."""
        left = min(each, self.ends - time.monotonic())
        if left < 0.001:
            return None
        try:
            with _within(left):
                return ask()
        except OperationalError as error:
            if getattr(error.__cause__, "sqlstate", "") != QUERY_CANCELED:
                raise
            return None


QUERY_CANCELED = "57014"


@contextmanager
def _within(seconds: float) -> Iterator[None]:
    """PostgreSQL breaks off what runs longer, and only that: the connection stays good."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL statement_timeout = %s", [max(1, int(seconds * 1000))])
        yield
        cursor.execute("SET LOCAL statement_timeout TO DEFAULT")


class Among(Func):
    """`column = ANY(keys)`: one value to pass and one index to probe, however many keys.

    Passed as PostgreSQL writes an array: Django looks at each key of a list, 12 ms for 10,000.
    """

    template = "%(expressions)s::bigint[])"
    arg_joiner = " = ANY("
    output_field = BooleanField()

    def __init__(self, column: str, keys: Iterable[int], **extra: Any) -> None:
        array = Value(f"{{{','.join(map(str, keys))}}}", output_field=TextField())
        super().__init__(F(column), array, **extra)


def frequent(model: type[Model], column: str, most: int, elements: bool = False) -> list[str]:
    """The values that PostgreSQL's statistics hold for the most frequent ones, most first.

    Of an array column its `elements`. Nothing before the table was analysed for the first time.
    """
    values, parts = ("elems", "elem_freqs") if elements else ("vals", "freqs")
    with connection.cursor() as cursor:
        cursor.execute(
            f"""SELECT value FROM pg_stats, unnest(most_common_{values}::text::text[],
                most_common_{parts}) AS common (value, part)
                WHERE schemaname = current_schema() AND tablename = %s AND attname = %s
                AND value IS NOT NULL ORDER BY part DESC LIMIT %s""",
            [model._meta.db_table, column, most],
        )
        return [value for (value,) in cursor.fetchall()]
