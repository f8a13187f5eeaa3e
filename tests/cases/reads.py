"""A reader that says something else than the usual one."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from unittest import mock

from cases import reader
from reviews.reading import read_all, text
from reviews.reading.rows import Rows, rows_of
from reviews.reading.types import Determination

Change = Callable[[Determination], Determination]


@contextmanager
def reads_otherwise(change: Change) -> Iterator[None]:
    """Within, every determination comes out changed."""

    def read(data: bytes, *, pictures: bool) -> list[Rows]:
        whole = text.from_bytes(data)
        return [rows_of(change(found), whole) for found in read_all(whole)]

    with mock.patch.object(reader, "read", read):
        yield
