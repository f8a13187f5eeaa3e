"""The one SELECT behind every export, as PostgreSQL's COPY, with formulas defused in SQL.

The filter gives the cases and their order. Everything else is looked up row by row: LATERAL with
OFFSET 0 leaves the planner nothing but nested loops, which keep the order. So rows come as the
list shows them without a sort of wide rows, from the first byte on, in constant memory.
"""

from collections.abc import Callable
from typing import Any, NamedTuple

from django.db import connection
from django.db.models import QuerySet

from cases.exports.columns import Column
from cases.exports.kinds import Kind
from cases.filters import CaseFilter
from reviews.models import Citation, DisputedItem

# A cell that begins with one of these would be run as a formula by a spreadsheet.
FORMULA_STARTS = "=+-@\t\r\n\uff1d\uff0b\uff0d\uff20"

CHECKS = """SELECT string_agg(flag ->> 'sentence', '; ')
    FROM jsonb_array_elements(review.flags) AS flag"""
REVIEW = f"""SELECT review.*, CASE WHEN review.flagged THEN ({CHECKS}) END AS checks,
    letter.name AS file FROM reviews_review review
    LEFT JOIN cases_reading reading ON reading.review_id = review.id
    LEFT JOIN cases_letter letter ON letter.id = reading.letter_id
    WHERE review.id = c.review_id OFFSET 0"""
ITEMS_TOGETHER = """SELECT count(*) AS total,
    count(*) FILTER (WHERE outcome = 'upheld') AS upheld,
    count(*) FILTER (WHERE outcome = 'overturned') AS overturned,
    count(*) FILTER (WHERE outcome = '') AS unread,
    string_agg(service || ': ' || coalesce(nullif(outcome, ''), 'outcome not read'), '; '
        ORDER BY position) AS services,
    string_agg(nullif(administrator_cites, ''), '; ' ORDER BY position) AS administrator_cites,
    string_agg(nullif(expert_cites, ''), '; ' ORDER BY position) AS expert_cites
    FROM reviews_disputeditem item WHERE item.review_id = c.review_id"""
ITEM_EACH = """SELECT item.* FROM reviews_disputeditem item
    WHERE item.review_id = c.review_id {only} ORDER BY item.position OFFSET 0"""
TREATMENT = """LEFT JOIN LATERAL (SELECT name, treatment_class FROM reviews_treatment
    WHERE slug = i.treatment_id OFFSET 0) t ON true"""
CITATION_EACH = """CROSS JOIN LATERAL (SELECT citation.* FROM reviews_citation citation
    WHERE citation.item_id = i.id {only} ORDER BY citation.side, citation.position OFFSET 0) x
    LEFT JOIN LATERAL (SELECT title FROM reviews_guideline
    WHERE slug = x.guideline_id OFFSET 0) g ON true"""

Rows = tuple[str, tuple[Any, ...]]  # what a row is made of, and the values in it

# A line of JSON holds no control characters, so these never stand in one and nothing is quoted;
# the plain text format would double every backslash.
LINES = r"FORMAT csv, DELIMITER E'\x02', QUOTE E'\x01'"


class Statement(NamedTuple):
    """One COPY: its columns, the SELECT inside it, the values in that, and how rows are written."""

    columns: list[Column]
    select: str
    params: tuple[Any, ...]
    options: str

    def copy(self) -> str:
        """The whole COPY with its values in place: a utility statement takes no parameters."""
        sql = f"COPY ({self.select}) TO STDOUT WITH ({self.options})"
        return connection.ops.compose_sql(sql, self.params)  # type: ignore[attr-defined]


def as_csv(
    kind: Kind, found: CaseFilter, columns: list[Column], *, guard: bool = True
) -> Statement:
    cells = [_guarded(c.sql) if guard and c.guarded else c.sql for c in columns]
    return Statement(columns, *_select(kind, found, cells), "FORMAT csv")


def as_cells(kind: Kind, found: CaseFilter, columns: list[Column]) -> Statement:
    """For a program that gives every cell its type, so that no guard is needed."""
    return Statement(columns, *_select(kind, found, [c.sql for c in columns]), "FORMAT text")


def as_json(kind: Kind, found: CaseFilter, columns: list[Column]) -> Statement:
    """An object a row, its values typed, arrays as arrays."""
    cells = [f'{c.json or c.sql} AS "{c.key}"' for c in columns]
    select, params = _select(kind, found, cells)
    return Statement(columns, f"SELECT row_to_json(line) FROM ({select}) line", params, LINES)


def _select(kind: Kind, found: CaseFilter, cells: list[str]) -> Rows:
    inner, inner_params = _sql_of(found.qs.values("name", "review_id", "pk"))
    rows, params = ROWS[kind.key](found)
    select = f"""WITH c (name, review_id, id) AS MATERIALIZED ({inner})
    SELECT {", ".join(cells)} FROM c CROSS JOIN LATERAL ({REVIEW}) r CROSS JOIN LATERAL {rows}"""
    return select, (*inner_params, *params)


def _cases(found: CaseFilter) -> Rows:
    return f"({ITEMS_TOGETHER}) i", ()


def _items(found: CaseFilter) -> Rows:
    """Of each case those that the filter asks for, or all if it asks for none."""
    only, params = _only("item", found.items() if found.asks_for_items() else None)
    return f"({ITEM_EACH.format(only=only)}) i {TREATMENT}", params


def _citations(found: CaseFilter) -> Rows:
    """Of each such item the citations asked for, or all of them."""
    items, params = _items(found)
    asked = found.citations() if found.asks_for_citations() else None
    only, more = _only("citation", asked)
    return f"{items} {CITATION_EACH.format(only=only)}", (*params, *more)


def _only(
    name: str, wanted: QuerySet[DisputedItem] | QuerySet[Citation] | None
) -> tuple[str, tuple[Any, ...]]:
    if wanted is None:
        return "", ()
    sql, params = _sql_of(wanted.values("pk"))
    return f"AND {name}.id IN ({sql})", params


def _sql_of(wanted: QuerySet[Any, Any]) -> Rows:
    """Where Django sees that nothing can be found, a SELECT that finds nothing."""
    sql, params = wanted.query.get_compiler(connection=connection, elide_empty=False).as_sql()
    return sql, tuple(params)


ROWS: dict[str, Callable[[CaseFilter], Rows]] = {
    "cases": _cases,
    "items": _items,
    "citations": _citations,
}


def _guarded(sql: str) -> str:
    """The cell with an apostrophe in front where it would begin a formula."""
    starts = ", ".join(str(ord(c)) for c in FORMULA_STARTS)
    return f"CASE WHEN ascii({sql}) IN ({starts}) THEN '''' || {sql} ELSE {sql} END"
