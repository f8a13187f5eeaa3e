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
