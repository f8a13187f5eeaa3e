"""Put invented rows into the database by COPY, several processes at a time.

Indexes and foreign keys are taken off first and made again at the end: a row costs a fraction so.
Where the number of cases is a multiple of `INVENTED`, so many are invented and the others copied.
"""

import json
import multiprocessing
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from functools import partial
from typing import Any, NamedTuple

from django.apps import apps
from django.core.management.color import no_style
from django.db import connection, models, transaction

from cases.bench.copies import COPIED, copy
from cases.bench.rows import Batch, Columns, Inventor, unread_letters
from cases.reckon import reckon
from reviews.credentials import OF_ALL
from reviews.models import Review
from reviews.searchable import remember, vector

INVENTED = 200_000  # cases
PIECE = 2_000  # cases that a process makes at once
TABLES = {
    model._meta.db_table: model
    for model in (
        *apps.get_app_config("reviews").get_models(),
        *apps.get_app_config("cases").get_models(),
    )
}
TEXTS = ("services", "rationales", "cited")  # what comes with a review for its search column alone


def fill(
    cases: int,
    processes: int = 0,
    fullness: float = 1.0,
    tell: Callable[[int], object] = lambda done: None,
) -> None:
    """That many cases into empty tables, in this process and transaction if `processes` is 0.

    `tell` is called with the number of cases invented, now and then.
    """
    first = cases if cases % INVENTED else INVENTED
    inventor, starts = Inventor(first, fullness), range(1, first + 1, PIECE)
    with bare_tables(processes):
        with _pool(processes) as each:
            for done, _ in enumerate(each(partial(_one, inventor), starts), 1):
                tell(min(first, done * PIECE))
            for _ in each(partial(copy, first=first, cases=cases), COPIED):
                pass
        _copy(unread_letters(cases))
        _set_sequences()
    with connection.cursor() as cursor:
        cursor.execute(remember("(SELECT DISTINCT service FROM reviews_disputeditem) item"))
        cursor.execute(OF_ALL)
        cursor.execute("ANALYZE")  # or what follows goes through whole tables
    with _pool(processes) as each:
        for _ in each(_reckon, range(1, cases + 1, PIECE)):
            pass


@contextmanager
def _pool(processes: int) -> Iterator[Callable[[Callable, Iterable], Iterator]]:
    """A `map` over that many processes, each with a connection of its own; over none, here."""
    if not processes:
        yield map
        return
    connection.close()  # or the children would share it
    with multiprocessing.get_context("fork").Pool(processes) as pool:
        yield pool.imap_unordered


def _one(inventor: Inventor, start: int) -> None:
    _copy(inventor.piece(start, min(start + PIECE - 1, inventor.cases)))


def _reckon(start: int) -> None:
    """What the piece's decisions ask for, worked out as for any other case."""
    with transaction.atomic():
        reckon(range(start, start + PIECE))


def _copy(batch: Batch) -> None:
    for table, rows in batch.tables.items():
        if table == "reviews_review":
            _copy_reviews(rows)
        else:
            _send(table, *_lines(TABLES[table], rows))


def _send(table: str, columns: list[str], lines: Iterable[str]) -> None:
    names = ", ".join(columns)
    with connection.cursor() as cursor, cursor.copy(f"COPY {table} ({names}) FROM STDIN") as copy:
        copy.write("".join(lines).encode())


def _lines(
    model: type[models.Model], rows: list[tuple[Columns, Columns]], also: Iterable[str] = ()
) -> tuple[list[str], Iterator[str]]:
    """Columns and lines for COPY, with the model's own defaults for what the rows do not tell."""
    fields: dict[str, Any] = {str(each.column): each for each in model._meta.local_concrete_fields}
    varying, pattern = ([n for n in each if n in fields or n in also] for each in rows[0])
    left = fields.keys() - {*varying, *pattern}
    rest = {n: _default(each) for n, each in fields.items() if n in left and _is_ours(each)}
    ending = "".join(f"\t{_cell(value)}" for value in rest.values()) + "\n"
    endings = {
        id(shared): "".join(f"\t{_cell(shared[name])}" for name in pattern) + ending
        for _, shared in rows
    }
    return [*varying, *pattern, *rest], (
        "\t".join([_cell(row[name]) for name in varying]) + endings[id(shared)]
        for row, shared in rows
    )


def _is_ours(column: models.Field) -> bool:
    """Whether Django gives the column its value, not the database."""
    return not (column.primary_key or column.has_db_default() or column.generated)


def _default(column: models.Field) -> Any:
    value = column.get_default()
    return json.dumps(value) if isinstance(column, models.JSONField) else value


def _copy_reviews(rows: list[tuple[Columns, Columns]]) -> None:
    """By way of a table without the search column, which the database works out."""
    columns, lines = _lines(Review, rows, also=TEXTS)
    search = vector("case_number", "services", "clinical_summary", "rationales", "cited")
    names = ", ".join(name for name in columns if name not in ("search", *TEXTS))
    with connection.cursor() as cursor:
        cursor.execute(
            "CREATE TEMPORARY TABLE IF NOT EXISTS told "
            "(LIKE reviews_review INCLUDING DEFAULTS, services text, rationales text, cited text)"
        )
        _send("told", columns, lines)
        cursor.execute(
            f"INSERT INTO reviews_review ({names}, search) SELECT {names}, {search} FROM told"
        )
        cursor.execute("TRUNCATE told")


def _cell(value: Any) -> str:
    """A value as COPY's text format writes it; a list as an array."""
    if value is None:
        return r"\N"
    if isinstance(value, str):
        return value.replace("\\", "\\\\").replace("\n", "\\n").replace("\t", "\\t")
    if isinstance(value, list):
        return _cell("{" + ",".join(map(json.dumps, value)) + "}")
    return str(value)


@contextmanager
def bare_tables(processes: int) -> Iterator[None]:
    """Within, the tables have no indexes but their keys, and no foreign keys."""
    found = _definitions()
    with connection.cursor() as cursor:
        for each in (*found["f"], *found["u"], *found["i"]):
            cursor.execute(each.drop)
    yield
    _each(processes, [each.make for each in (*found["u"], *found["i"])])
    _each(processes, [each.make for each in found["f"]])


class Made(NamedTuple):
    """How an index or a constraint is dropped and made again."""

    drop: str
    make: str


DEFINITIONS = """
SELECT contype, format('ALTER TABLE %%s DROP CONSTRAINT %%I', conrelid::regclass, conname),
    format('ALTER TABLE %%s ADD CONSTRAINT %%I %%s', conrelid::regclass, conname,
        pg_get_constraintdef(oid))
FROM pg_constraint WHERE conrelid::regclass::text = ANY(%s) AND contype IN ('f', 'u')
UNION ALL
SELECT 'i', format('DROP INDEX %%I', indexname), indexdef FROM pg_indexes
WHERE tablename = ANY(%s) AND schemaname = current_schema()
    AND indexname NOT IN (SELECT conname FROM pg_constraint)
ORDER BY 3
"""


def _definitions() -> dict[str, list[Made]]:
    """Foreign keys (f), unique constraints (u) and indexes (i) of the tables that are filled."""
    found: dict[str, list[Made]] = {"f": [], "u": [], "i": []}
    with connection.cursor() as cursor:
        cursor.execute(DEFINITIONS, [list(TABLES), list(TABLES)])
        for kind, drop, make in cursor.fetchall():
            found[kind].append(Made(drop, make))
    return found


def _each(processes: int, statements: list[str]) -> None:
    with _pool(processes) as each:
        for _ in each(_execute, statements):
            pass


def _execute(statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET maintenance_work_mem = '512MB'")
        cursor.execute(statement)


def _set_sequences() -> None:
    """So that rows added later get keys of their own."""
    with connection.cursor() as cursor:
        for sql in connection.ops.sequence_reset_sql(no_style(), list(TABLES.values())):
            cursor.execute(sql)
