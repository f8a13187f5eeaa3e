"""A database of its own, beside the real one, filled with invented cases."""

import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from urllib.parse import urlsplit

from django.db import connection

from cases.bench.fill import fill
from cases.models import Case

NAME = "imrsite_bench"
PROCESSES = 2


def address() -> str:
    """DATABASE_URL of the database that `invented` makes, for processes of its own."""
    return urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{NAME}").geturl()


@contextmanager
def invented(cases: int, tell: Callable[[str], object], keep: bool = False) -> Iterator[None]:
    """Within, the default connection goes to a database with that many cases.

    With `keep` it stays afterwards, and one that has stayed is used if it has as many cases.
    """
    connection.settings_dict.setdefault("TEST", {})["NAME"] = NAME
    real = connection.settings_dict["NAME"]
    connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False, keepdb=keep)
    try:
        if keep and Case.objects.exists() and Case.objects.count() != cases:
            connection.creation.destroy_test_db(real, verbosity=0)
            connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
        if cases and not Case.objects.exists():
            _fill(cases, tell)
        yield
    finally:
        connection.creation.destroy_test_db(real, verbosity=0, keepdb=keep)


def _fill(cases: int, tell: Callable[[str], object]) -> None:
    began = time.monotonic()
    tell(f"filling a database with {cases:,} invented cases …")
    fill(cases, PROCESSES, tell=lambda done: tell(f"{done:,}") if done % 100_000 == 0 else None)
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")
    tell(f"filled in {time.monotonic() - began:.0f} s")
