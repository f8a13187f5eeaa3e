"""Put what a letter says in its place: reviews written whole, and each case on its latest one."""

import json
from collections.abc import Iterable
from functools import cache
from typing import Any

from django.db import connection
from django.db.models import F

from cases.correcting import lay_over
from cases.handling import hand_over, lapse
from cases.models import Case, Letter, Reading
from cases.reckon import first_deadlines, reckon
from reviews.models import Review
from reviews.planned import planned
from reviews.reading.rows import Rows
from reviews.recording import inserts, record, values
from reviews.traits import traits_of, traits_read


def settle(letter: Letter, found: Iterable[Rows]) -> None:
    """Replace what was read from this letter before. Call inside a transaction."""
    if before := _before(letter):
        return _settle_again(letter, list(found), before)
    placed = [_settle_first(letter, part, rows) for part, rows in enumerate(found, 1)]
    if touched := [case_id for case_id, is_new in placed if not is_new]:
        resettle(touched)


def _before(letter: Letter) -> dict[int, Reading]:
    """What was read from it before, by part; a letter never read is not asked about."""
    if letter.read_at is None:
        return {}
    return {each.part: each for each in letter.readings.select_related("case")}


def _settle_first(letter: Letter, part: int, rows: Rows) -> tuple[int, bool]:
    """All that a letter read for the first time says, in one statement: its case's key, and
    whether that is a new one, which then has all it needs."""
    given = values(rows) | {
        "letter": letter.pk,
        "part": part,
        "name": rows.review["case_number"] or letter.name,
        "decided_on": rows.review["decision_date"],
        "injured_on": rows.review["date_of_injury"],
        "age": rows.review["age"],
        "doubts": len(rows.review["flags"]),
        "corrected": False,
        "outcome": _word(rows.outcome),
        "traits": json.dumps(traits_read(rows)),
        "deadlines": json.dumps(first_deadlines(rows)),
    }
    with planned() as cursor:
        found = cursor.execute(_first(), given).fetchone()
    assert found
    return found


def _settle_again(letter: Letter, found: list[Rows], before: dict[int, Reading]) -> None:
    touched = {each.case_id for each in before.values()}
    heirs: dict[int, Reading] = {}
    for part, rows in enumerate(found, 1):
        review = Review.objects.defer("search").get(pk=record(rows))
        lay_over(letter, part, review)
        case_id = place(letter, part, review, before.get(part))
        touched.add(case_id)
        heir = Reading(letter=letter, part=part, case_id=case_id)
        if part in before:
            heirs[before[part].case_id] = heir
    letter.readings.filter(part__gt=len(found)).delete()
    resettle(touched, {each.case_id: heir for each in before.values()} | heirs)
    Review.objects.filter(pk__in=[each.review_id for each in before.values()]).delete()


def resettle(case_ids: Iterable[int], heirs: dict[int, Reading] | None = None) -> None:
    """Set each case on its latest decision; a case that no letter tells of any more goes.

    What people did with such a case goes over to its heir, if it has one.
    """
    keys = list(case_ids)
    cases = list(Case.objects.select_for_update().filter(pk__in=keys).order_by("pk"))
    latest = {case: _latest(case) for case in cases}
    # Those that go first: another one may take over the very review.
    for case in sorted(cases, key=lambda case: latest[case] is not None):
        if review := latest[case]:
            _settle_on(case, review)
            continue
        if heir := (heirs or {}).get(case.pk):
            hand_over(case, heir)
        case.delete()
    reckon(keys)


def _latest(case: Case) -> Review | None:
    by_decision = F("decision_date").desc(nulls_last=True)
    readings = Review.objects.filter(reading__case=case)
    return readings.order_by(by_decision, "-reading__letter_id", "reading__part").first()


def _settle_on(case: Case, review: Review) -> None:
    if case.checked and case.review_id != review.pk:
        lapse(case, review)
    columns = _columns(review)
    for column, value in columns.items():
        setattr(case, column, value)
    case.save(update_fields=columns)


def _columns(review: Review) -> dict[str, Any]:
    """What a case has of its current review."""
    return {
        "review_id": review.pk,
        "decided_on": review.decision_date,
        "injured_on": review.date_of_injury,
        "age": review.age,
        "doubts": len(review.flags),
        "corrected": review.corrected,
        "outcome": _word(review.outcome),
        "traits": traits_of(review),
    }


def _word(outcome: str) -> str:
    return outcome.replace(" ", "-")


# In one statement, because two letters of the same case may be read at the same moment. A case that
# is there already is locked until this transaction ends; the row's xmax tells it from a new one.
# A case without a number is always new.
PLACED = """
placed AS (
    INSERT INTO cases_case
        (number, name, review_id, decided_on, injured_on, age, doubts, corrected, outcome, traits)
    SELECT nullif(%(number)s, ''), %(name)s, review.id, %(decided_on)s, %(injured_on)s, %(age)s,
        %(doubts)s, %(corrected)s, %(outcome)s, %(traits)s::jsonb
    FROM review
    ON CONFLICT (number) DO UPDATE SET number = excluded.number
    RETURNING id, xmax = 0 AS is_new
),
reading AS (
    INSERT INTO cases_reading (letter_id, part, case_id, review_id)
    SELECT %(letter)s, %(part)s, placed.id, review.id FROM placed, review
    ON CONFLICT (letter_id, part) DO UPDATE
        SET case_id = excluded.case_id, review_id = excluded.review_id
)"""
PLACE = f"""WITH review AS (SELECT %(review_id)s::bigint AS id), {PLACED}
SELECT id FROM placed"""


@cache
def _first() -> str:
    return f"""WITH {inserts()}, {PLACED},
    deadline AS (
        INSERT INTO cases_deadline (case_id, kind, due_on, assumed)
        SELECT placed.id, one.kind, one.due_on, true
        FROM placed, jsonb_populate_recordset(NULL::cases_deadline, %(deadlines)s) one
        WHERE placed.is_new
    )
    SELECT id, is_new FROM placed"""


def place(letter: Letter, part: int, review: Review, before: Reading | None) -> int:
    """Tie the review to the case with its number. Returns the case's key.

    Without a number it is the case that this letter had, or a new one.
    """
    number = review.case_number
    if not number and before and before.case.number is None:
        letter.readings.filter(part=part).update(review=review)
        return before.case_id
    columns = _columns(review)
    given = columns | {
        "traits": json.dumps(columns["traits"]),
        "number": number,
        "name": number or letter.name,
        "letter": letter.pk,
        "part": part,
    }
    with connection.cursor() as cursor:
        cursor.execute(PLACE, given)
        return int(cursor.fetchone()[0])
