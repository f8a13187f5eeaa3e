"""What the planner is told for one query, because it cannot know."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection, transaction


@contextmanager
def by_index() -> Iterator[None]:
    """Within, rows are found by an index, not by going through all of them.

    Of the words searched for the planner knows little, and it takes testing a row's words for as
    cheap as testing a number, while each is unpacked from its place outside the row first. A
    bitmap of the index tests no row, as long as it fits into memory row by row.
    """
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute("SET LOCAL work_mem = '64MB'")
        yield
        cursor.execute("SET LOCAL enable_seqscan TO DEFAULT")
        cursor.execute("SET LOCAL work_mem TO DEFAULT")


@contextmanager
def one_by_one() -> Iterator[None]:
    """Within, the rows of a few keys are fetched by them and tested, whatever an index may know."""
    with _without("enable_hashjoin", "enable_mergejoin", "enable_bitmapscan"):
        yield


@contextmanager
def by_sorting() -> Iterator[None]:
    """Within, all matches are found and then sorted: no index is walked in its order."""
    with _without("enable_indexscan", "enable_indexonlyscan"):
        yield


@contextmanager
def _without(*ways: str) -> Iterator[None]:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("; ".join(f"SET LOCAL {way} = off" for way in ways))
        yield
        cursor.execute("; ".join(f"SET LOCAL {way} TO DEFAULT" for way in ways))
