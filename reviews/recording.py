"""Write a reading as rows. Call inside a transaction: all of it stands, or none.

A letter is four tables' rows, and the way to the database and back costs more than writing them.
So all go in one statement, as JSON that PostgreSQL takes apart by the tables' own columns. Who has
rows of their own that belong to the review adds them to the statement.
"""

import json
from functools import cache
from typing import Any

from django.db.models import Model

from reviews.credentials import keep
from reviews.models import Citation, DisputedItem, Guideline, Review, Side, Transcript
from reviews.planned import planned
from reviews.reading.rows import Row, Rows
from reviews.searchable import remember, vector


def record(rows: Rows) -> int:
    """Write the review with its items, citations and transcript. Returns its key."""
    with planned() as cursor:
        statement = f"WITH {inserts()} SELECT id FROM review"
        found = cursor.execute(statement, values(rows)).fetchone()
    assert found
    return int(found[0])


def values(rows: Rows) -> dict[str, Any]:
    """What `inserts` asks for."""
    return {
        "review": _json(rows.review),
        "transcript": _json(rows.transcript),
        "items": _json([item | _cites(item, rows.citations) for item in rows.items]),
        "citations": _json(rows.citations),
        "number": rows.review["case_number"],
        "services": " ".join(item["service"] for item in rows.items),
        "summary": rows.review["clinical_summary"],
        "rationales": " ".join(item["rationale"] for item in rows.items),
        "cited": " ".join(_words(row) for row in rows.citations),
    }


def _json(rows: Row | list[Row]) -> str:
    return json.dumps(rows, ensure_ascii=False)


def _cites(item: Row, citations: list[Row]) -> Row:
    """Each party's citations in one line, as the exports print them."""
    mine = [row for row in citations if row["item_id"] == item["position"]]
    return {
        f"{side}_cites": "; ".join(str(_unsaved(row)) for row in mine if row["side"] == side)
        for side in (Side.ADMINISTRATOR, Side.EXPERT)
    }


def _unsaved(row: Row) -> Citation:
    columns = {name: row[name] for name in ("source", "title", "year", "sections", "printed_pages")}
    return Citation(guideline=_guidelines().get(row["guideline_id"] or ""), **columns)


def _words(row: Row) -> str:
    """Of a citation, what search looks at: as printed, and by its name in the catalogue."""
    guideline = _guidelines().get(row["guideline_id"] or "")
    name = guideline.title if guideline else ""
    return " ".join([row["source"], name, row["title"], *row["sections"], str(row["year"] or "")])


@cache
def _guidelines() -> dict[str, Guideline]:
    """The catalogue, once a process: it changes with the code alone."""
    return {guideline.slug: guideline for guideline in Guideline.objects.all()}


@cache
def inserts() -> str:
    """The parts of a WITH that write all rows; `review` among them gives the review's `id`."""
    texts = ("number", "services", "summary", "rationales", "cited")
    search = vector(*(f"%({name})s" for name in texts))
    review = _insert(Review, recorded_at="statement_timestamp()", search=search)
    return f"""
    review AS (
        {review} FROM jsonb_populate_record(NULL::reviews_review, %(review)s) one
        RETURNING id
    ),
    transcript AS (
        {_insert(Transcript, review_id="review.id")}
        FROM review, jsonb_populate_record(NULL::reviews_transcript, %(transcript)s) one
    ),
    item AS (
        {_insert(DisputedItem, review_id="review.id")}
        FROM review, jsonb_populate_recordset(NULL::reviews_disputeditem, %(items)s) one
        RETURNING id, position
    ),
    citation AS (
        {_insert(Citation, item_id="item.id")}
        FROM jsonb_populate_recordset(NULL::reviews_citation, %(citations)s) one
        JOIN item ON item.position = one.item_id
    ),
    word AS (
        {remember("(SELECT %(services)s AS service) one")}
    ),
    credential AS (
        {keep("jsonb_populate_record(NULL::reviews_review, %(review)s)")}
    )"""


def _insert(model: type[Model], **given: str) -> str:
    """INSERT ... SELECT of all columns but the key: as given, in SQL, or else from `one`."""
    fields = model._meta.concrete_fields
    columns = [str(field.column) for field in fields if not field.primary_key]
    values = [given.get(column, f"one.{column}") for column in columns]
    return f"INSERT INTO {model._meta.db_table} ({', '.join(columns)}) SELECT {', '.join(values)}"
