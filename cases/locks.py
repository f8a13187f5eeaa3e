"""Locks of PostgreSQL's that belong to no row, each until the transaction's end; and deadlocks."""

from collections.abc import Callable
from functools import wraps
from typing import ParamSpec, TypeVar

from django.db import OperationalError, connection
from psycopg.errors import DeadlockDetected

P = ParamSpec("P")
T = TypeVar("T")

SWEEP = 0x1E77E5  # any number that no other part of the system uses


def try_sweep_lock() -> bool:
    """True for one transaction at a time."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [SWEEP])
        return bool(cursor.fetchone()[0])


def lock_bytes(sha256: str) -> None:
    """Wait until nobody else stores or removes the file with these bytes."""
    number = int.from_bytes(bytes.fromhex(sha256)[:8], signed=True)
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [number])


def again_after_deadlock(work: Callable[P, T]) -> Callable[P, T]:
    """Of two transactions that wait for each other PostgreSQL breaks one off: it is done anew."""

    @wraps(work)
    def done(*args: P.args, **kwargs: P.kwargs) -> T:
        try:
            return work(*args, **kwargs)
        except OperationalError as error:
            if not isinstance(error.__cause__, DeadlockDetected):
                raise
            return work(*args, **kwargs)

    return done
