"""The filtered list as CSV, straight from PostgreSQL's COPY, with formulas defused in SQL.

The filter gives the cases and their order. Everything else is looked up row by row: LATERAL with
OFFSET 0 leaves the planner nothing but nested loops, which keep the order. So rows come as the
list shows them without a sort of wide rows, from the first byte on, in constant memory.
"""

import csv
import io
from collections.abc import Iterator
from typing import Any, NamedTuple

from django.db import connection

from cases.filters import CaseFilter
from cases.models import Export

BLOCK = 64 * 1024  # bytes a piece of the response
BOM = "\ufeff"  # or Excel takes UTF-8 for a Windows code page

# A cell that begins with one of these would be run as a formula by a spreadsheet.
FORMULA_STARTS = "=+-@\t\r\n\uff1d\uff0b\uff0d\uff20"


class Column(NamedTuple):
    """A heading in the field's words, its SQL, and whether its text comes out of a letter."""

    heading: str
    sql: str
    guarded: bool = False


OUTCOME = """CASE WHEN i.unread > 0 OR i.total = 0 THEN NULL
    WHEN i.overturned = 0 THEN 'upheld' WHEN i.upheld = 0 THEN 'overturned'
    ELSE 'partially overturned' END"""

CASE_COLUMNS = [
    Column("Case", "c.name", guarded=True),
    Column("Worker's age", "r.age"),
    Column("Worker's sex", "r.sex"),
    Column("Date of injury", "r.date_of_injury"),
    Column("Decision date", "r.decision_date"),
    Column("UR denial date", "r.ur_denial_date"),
    Column("Date assigned", "r.date_assigned"),
    Column("Application received", "r.application_received"),
    Column("Priority", "r.priority"),
    Column("Reviewer licensed in", "array_to_string(r.licensed_in, '; ')", guarded=True),
    Column("Reviewer's specialties", "array_to_string(r.specialties, '; ')", guarded=True),
    Column("Diagnoses", "array_to_string(r.diagnoses, '; ')", guarded=True),
    Column("Outcome", OUTCOME),
    Column("Items", "i.total"),
    Column("Items upheld", "i.upheld"),
    Column("Items overturned", "i.overturned"),
    Column("Disputed items", "i.services", guarded=True),
    Column("Claims administrator's guidelines", "i.administrator_cites", guarded=True),
    Column("Expert's guidelines", "i.expert_cites", guarded=True),
    Column("Clinical case summary", "r.clinical_summary", guarded=True),
    Column("To check", "r.checks", guarded=True),
    Column("File", "r.file", guarded=True),
]
ITEM_COLUMNS = [
    *CASE_COLUMNS[:5],
    Column("Item", "i.position"),
    Column("Disputed item", "i.service", guarded=True),
    Column("Outcome", "i.outcome"),
    Column("Category", "i.category"),
    Column("Treatment", "t.name"),
    Column("Treatment class", "t.treatment_class"),
    Column("Requested", "i.requested", guarded=True),
    Column("Authorized", "i.authorized", guarded=True),
    Column("Remaining in dispute", "i.disputed", guarded=True),
    Column("Claims administrator's basis", "i.administrator_basis"),
    Column("Claims administrator's guidelines", "i.administrator_cites", guarded=True),
    Column("Expert's basis", "i.expert_basis"),
    Column("Expert's guidelines", "i.expert_cites", guarded=True),
    Column("Rationale", "i.rationale", guarded=True),
    Column("To check", "r.checks", guarded=True),
    Column("File", "r.file", guarded=True),
]

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


class Statement(NamedTuple):
    """One COPY: its columns, the SELECT inside it, and the values for its placeholders."""

    columns: list[Column]
    select: str
    params: tuple[Any, ...]

    def copy(self) -> str:
        """The whole COPY with its values in place: a utility statement takes no parameters."""
        sql = f"COPY ({self.select}) TO STDOUT WITH (FORMAT csv)"
        return connection.ops.compose_sql(sql, self.params)  # type: ignore[attr-defined]


def case_statement(found: CaseFilter, guard: bool = True) -> Statement:
    """A row a case."""
    return _statement(found, CASE_COLUMNS, f"({ITEMS_TOGETHER}) i", (), guard)


def item_statement(found: CaseFilter, guard: bool = True) -> Statement:
    """A row an item: of each case those that the filter asks for, or all if it asks for none."""
    only, params = "", ()
    if found.asks_for_items():
        wanted, params = found.items().values("pk").query.sql_with_params()
        only = f"AND item.id IN ({wanted})"
    items = f"({ITEM_EACH.format(only=only)}) i {TREATMENT}"
    return _statement(found, ITEM_COLUMNS, items, params, guard)


def _statement(
    found: CaseFilter, columns: list[Column], items: str, params: tuple[Any, ...], guard: bool
) -> Statement:
    cases = found.qs.values("name", "review_id")
    inner, inner_params = cases.query.sql_with_params()
    cells = ", ".join(_guarded(c.sql) if guard and c.guarded else c.sql for c in columns)
    select = f"""WITH c (name, review_id) AS MATERIALIZED ({inner})
    SELECT {cells} FROM c CROSS JOIN LATERAL ({REVIEW}) r CROSS JOIN LATERAL {items}"""
    return Statement(columns, select, (*inner_params, *params))


def _guarded(sql: str) -> str:
    """The cell with an apostrophe in front where it would begin a formula."""
    starts = ", ".join(str(ord(c)) for c in FORMULA_STARTS)
    return f"CASE WHEN ascii({sql}) IN ({starts}) THEN '''' || {sql} ELSE {sql} END"


def stream(statement: Statement, record: Export | None = None) -> Iterator[bytes]:
    """The CSV in pieces: BOM, headings, rows. Notes the number of rows on the export's record.

    An error in the middle breaks the response off, which a browser reports as a failed download.
    """
    yield headings(statement)
    piece = bytearray()
    with connection.cursor() as cursor:
        with cursor.copy(statement.copy()) as rows:
            for row in rows:
                piece += row
                if len(piece) >= BLOCK:
                    yield bytes(piece)
                    piece.clear()
        yield bytes(piece)
        count = cursor.rowcount
    if record:
        Export.objects.filter(pk=record.pk).update(rows=count)


def headings(statement: Statement) -> bytes:
    line = io.StringIO()
    csv.writer(line, lineterminator="\n").writerow(c.heading for c in statement.columns)
    return (BOM + line.getvalue()).encode()
