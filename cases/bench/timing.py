"""How long requests take through Django, and their SQL without it, with caches full or empty."""

import math
import os
import re
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg
from django.contrib.auth.models import User
from django.core.cache import cache
from django.core.management.base import CommandError
from django.db import DatabaseError, connection
from django.test import Client

Statement = tuple[str, Any]
LARGEST = 262_144  # buffers (2 GB) that are still emptied by reading something else
ROUNDS = 6  # a buffer that was used often outlives five
PARTS = 6  # tables to read instead: of one that is larger than a quarter, little is kept


def client_of(user: User) -> Client:
    client = Client(HTTP_HOST="localhost")
    client.force_login(user, "django.contrib.auth.backends.ModelBackend")
    return client


def request(client: Client, address: str) -> float:
    """Milliseconds until the page, or the first bytes of a file, are there."""
    began = time.perf_counter()
    response: Any = client.get(address, secure=True)
    if response.streaming:
        next(iter(response.streaming_content))
    took = time.perf_counter() - began
    response.close()
    if response.status_code != 200:
        raise CommandError(f"{address} answered {response.status_code}")
    return 1000 * took


def statements(client: Client, address: str) -> list[Statement]:
    """What the page asks the database."""
    found: list[Statement] = []

    def note(execute: Callable, sql: str, params: Any, many: bool, context: Any) -> Any:
        found.append((sql, params))
        return execute(sql, params, many, context)

    with connection.execute_wrapper(note):
        request(client, address)
    return found


class Bare:
    """The same statements through psycopg alone; what writes is left out."""

    def __init__(self) -> None:
        given = connection.get_connection_params()
        names = ("dbname", "user", "password", "host", "port", "options")
        self.connection = psycopg.connect(
            **{name: given[name] for name in names if name in given},
            autocommit=True,
            cursor_factory=psycopg.ClientCursor,
            prepare_threshold=None,
        )

    def run(self, found: list[Statement]) -> float:
        return sum(self.time(each) for each in found if each[0].startswith("SELECT"))

    def slowest(self, found: list[Statement]) -> str:
        """The statement that takes longest, shortened, with its milliseconds."""
        selects = [each for each in found if each[0].startswith("SELECT")]
        if not selects:
            return "none"
        took, sql = max((self.time(each), each[0]) for each in selects)
        told = re.sub(r"(%s, )+%s", "...", sql[sql.index(" FROM ") :])
        return f"{took:.0f} ms, SELECT ...{told[:300]}"

    def time(self, statement: Statement) -> float:
        began = time.perf_counter()
        self.connection.execute(*statement).fetchall()
        return 1000 * (time.perf_counter() - began)


@dataclass
class Cold:
    """Empties what caches it may; `meaning` says which."""

    meaning: str
    filler: list[str]
    files: list[Path]

    def __call__(self) -> None:
        cache.clear()
        with connection.cursor() as cursor:
            for table in self.filler * ROUNDS:
                cursor.execute(f"SELECT count(*) FROM {table}")
        for path in self.files:
            _forget(path)
        connection.close()


@contextmanager
def colds() -> Iterator[Cold]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT setting::int FROM pg_settings WHERE name = 'shared_buffers'")
        buffers = cursor.fetchone()[0]
        filler = [f"filler_{n}" for n in range(PARTS)] if buffers <= LARGEST else []
        for table in filler:
            _fill_pages(cursor, table, buffers * 9 // 40)
        files = _data_files(cursor)
    meaning = "a new connection and empty caches of the web process"
    if filler:
        meaning += ", PostgreSQL's buffers filled with something else"
    meaning += (
        ", the kernel's copy of its files dropped: all is read from the disk"
        if files
        else "; the kernel still holds the files in memory"
    )
    try:
        yield Cold(meaning, filler, files)
    finally:
        with connection.cursor() as cursor:
            for table in filler:
                cursor.execute(f"DROP TABLE {table}")


def _fill_pages(cursor: Any, table: str, pages: int) -> None:
    """A table of that many pages, with one row in each."""
    cursor.execute(f"DROP TABLE IF EXISTS {table}")
    cursor.execute(f"CREATE UNLOGGED TABLE {table} (stuff text)")
    cursor.execute(f"ALTER TABLE {table} ALTER stuff SET STORAGE PLAIN")  # one row, one page
    cursor.execute(
        f"INSERT INTO {table} SELECT repeat('x', 7000) FROM generate_series(1, %s)", [pages]
    )
    cursor.execute(f"VACUUM {table}")


def _data_files(cursor: Any) -> list[Path]:
    """The database's own files, if this process may open them and so have them forgotten."""
    if not hasattr(os, "posix_fadvise"):
        return []
    try:
        cursor.execute("CHECKPOINT")  # what is not yet on the disk cannot be forgotten
        cursor.execute(
            "SELECT current_setting('data_directory'), oid FROM pg_database "
            "WHERE datname = current_database()"
        )
        folder, oid = cursor.fetchone()
        files = [path for path in Path(folder, "base", str(oid)).iterdir() if path.is_file()]
        _forget(files[0])
    except (OSError, IndexError, DatabaseError):
        return []
    return files


def _forget(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.posix_fadvise(handle, 0, 0, os.POSIX_FADV_DONTNEED)
    finally:
        os.close(handle)


def percentile(times: list[float], share: float) -> float:
    """The least time that such a share of them does not exceed."""
    return sorted(times)[max(0, math.ceil(share * len(times)) - 1)]
