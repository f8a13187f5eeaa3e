"""Statements that PostgreSQL plans once a connection: for those that every letter takes."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import psycopg
from django.db import connection


@contextmanager
def planned() -> Iterator["Planned"]:
    """Django's connection and transaction, and its errors, without its cursor: that one sends the
    values inside the statement, which then is another one every time."""
    connection.close_if_health_check_failed()
    connection.ensure_connection()
    session = connection.connection
    with connection.wrap_database_errors, psycopg.Cursor(session) as cursor:
        # Django sets None, with which nothing is prepared, whatever `execute` is told.
        session.prepare_threshold = 0
        try:
            yield Planned(cursor)
        finally:
            session.prepare_threshold = None


class Planned:
    """A cursor that prepares what it executes."""

    def __init__(self, cursor: psycopg.Cursor[Any]) -> None:
        self._cursor = cursor

    def execute(self, statement: str, values: dict[str, Any]) -> psycopg.Cursor[Any]:
        return self._cursor.execute(statement.encode(), values, prepare=True)
