"""Locks of PostgreSQL's that belong to no row. Each lasts until the transaction's end."""

from django.db import connection

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
