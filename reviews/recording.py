"""Write a determination as rows. Call inside a transaction: all of it stands, or none.

A letter is four tables' rows, and the way to the database and back costs more than writing them.
So all go in one statement, as JSON that PostgreSQL takes apart by the tables' own columns.
"""

import json
from functools import cache

from django.db.models import Model

from reviews.models import Citation, DisputedItem, Review, Transcript
from reviews.planned import planned
from reviews.reading.types import Determination, LetterText
from reviews.rows import Row, Rows, cited_words, plain, rows_of
from reviews.searchable import remember, vector


def record(found: Determination, text: LetterText) -> Review:
    """Write the review with its items, citations and transcript, and return it."""
    rows = rows_of(found, text)
    with planned() as cursor:
        key = cursor.execute(_statement(), _parameters(rows)).fetchone()
    assert key
    return Review(pk=key[0], **rows.review)


def _parameters(rows: Rows) -> dict[str, str]:
    return {
        "review": _json(rows.review),
        "transcript": _json(rows.transcript),
        "items": _json(rows.items),
        "citations": _json(rows.citations),
        "number": rows.review["case_number"],
        "services": " ".join(item["service"] for item in rows.items),
        "summary": rows.review["clinical_summary"],
        "rationales": " ".join(item["rationale"] for item in rows.items),
        "cited": " ".join(cited_words(row) for row in rows.citations),
    }


def _json(rows: Row | list[Row]) -> str:
    return json.dumps(rows, default=plain, ensure_ascii=False)


@cache
def _statement() -> str:
    texts = ("number", "services", "summary", "rationales", "cited")
    search = vector(*(f"%({name})s" for name in texts))
    review = _insert(Review, recorded_at="statement_timestamp()", search=search)
    return f"""
    WITH review AS (
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
    )
    SELECT id FROM review
    """


def _insert(model: type[Model], **given: str) -> str:
    """INSERT ... SELECT of all columns but the key: as given, in SQL, or else from `one`."""
    fields = model._meta.concrete_fields
    columns = [str(field.column) for field in fields if not field.primary_key]
    values = [given.get(column, f"one.{column}") for column in columns]
    return f"INSERT INTO {model._meta.db_table} ({', '.join(columns)}) SELECT {', '.join(values)}"
