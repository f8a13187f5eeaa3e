"""Invented cases once more, by the database alone, with keys, numbers and times of their own.

A copy costs a fraction of a case: its texts are not made, cut into words and compressed again. Its
search column keeps the first one's number, where searches for a number do not look.
"""

from typing import Any

from django.db import connection, models
from django.db.models import Max

from cases.bench.rows import APART, EARLIER, MOST_ITEMS
from cases.models import Answer, Attempt, Case, Letter, Reading
from reviews.models import Citation, DisputedItem, Review, Transcript

Table = type[models.Model]
COPIED: tuple[Table, ...] = (
    *(Review, DisputedItem, Citation, Transcript),
    *(Case, Letter, Attempt, Reading, Answer),
)
NUMBERED = {Review: 1, Case: 1, Letter: 1, DisputedItem: MOST_ITEMS}  # keys for each case
NUMBER = "left({0}, 5) || to_char(substr({0}, 6, 7)::int + %(by)s, 'FM0000000')"
TIMES = ("recorded_at", "received_at", "read_at", "started_at", "ended_at")
# SQL for what is another in a copy, from the column.
OTHER = {
    **dict.fromkeys(("id", "review_id", "letter_id", "case_id"), "{} + %(by)s"),
    **dict.fromkeys(("case_number", "number"), NUMBER),
    **dict.fromkeys(TIMES, f"{{}} + %(by)s * interval '{APART.total_seconds()} seconds'"),
    "item_id": f"{{}} + %(by)s * {MOST_ITEMS}",
    "sha256": "lpad(to_hex(id + %(by)s), 64, '0')",
    "token": "gen_random_uuid()",
}
OTHER_OF = {
    (DisputedItem, "id"): OTHER["item_id"],
    (Case, "name"): NUMBER,
    (Letter, "name"): f"{NUMBER} || '.pdf'",
}
NUMBERED_ROWS = "id <= %(last)s OR id BETWEEN %(earlier)s AND %(earlier)s + %(last)s"


def copy(model: Table, first: int, cases: int) -> None:
    """Of the `first` cases what this table has, over and over up to so many cases.

    One copy after the other, so that neighbours stay neighbours.
    """
    each = NUMBERED.get(model, 1)
    values: dict[str, Any] = {"last": each * (first + 1) - 1, "earlier": each * EARLIER}
    if model not in NUMBERED:
        values["last"] = model._default_manager.aggregate(last=Max("pk"))["last"]
    with connection.cursor() as cursor:
        for by in range(first, cases, first):
            cursor.execute(_statement(model), {**values, "by": by})


def _statement(model: Table) -> str:
    numbered, table = model in NUMBERED, model._meta.db_table
    names = [
        str(column.column)
        for column in model._meta.local_concrete_fields
        if not column.generated and (numbered or not column.primary_key)
    ]
    told = [OTHER_OF.get((model, name), OTHER.get(name, "{}")).format(name) for name in names]
    return (
        f"INSERT INTO {table} ({', '.join(names)}) SELECT {', '.join(told)} FROM {table} "
        f"WHERE {NUMBERED_ROWS if numbered else 'id <= %(last)s'}"
    )
