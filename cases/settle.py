"""Put what a letter says in its place: reviews written whole, and each case on its latest one."""

from collections.abc import Iterable
from typing import Any

from django.db import connection
from django.db.models import F

from cases.correcting import lay_over
from cases.handling import hand_over, lapse
from cases.models import Case, Letter, Reading
from cases.reckon import asks, reckon
from reviews.models import Review
from reviews.reading.types import Determination, LetterText
from reviews.recording import record


def settle(letter: Letter, found: Iterable[Determination], text: LetterText) -> None:
    """Replace what was read from this letter before. Call inside a transaction."""
    before = _before(letter)
    touched: set[int] = {each.case_id for each in before.values()}
    asking: set[int] = set()
    heirs: dict[int, int] = {}
    for part, determination in enumerate(found, 1):
        review = record(determination, text)
        if before:
            lay_over(letter, part, review)
        outcome = review.outcome if before else determination.outcome  # corrected, or as read
        case_id, is_new = place(letter, part, review, before.get(part), outcome)
        if part in before:
            heirs[before[part].case_id] = case_id
        if not is_new:
            touched.add(case_id)
        elif part in before or asks(determination):
            asking.add(case_id)
    if before and part < max(before):
        letter.readings.filter(part__gt=part).delete()
    if touched:
        resettle(touched, {each.case_id: case_id for each in before.values()} | heirs)
    reckon(asking - touched)
    if before:
        Review.objects.filter(pk__in=[each.review_id for each in before.values()]).delete()


def _before(letter: Letter) -> dict[int, Reading]:
    """What was read from it before, by part; a letter never read is not asked about."""
    if letter.read_at is None:
        return {}
    return {each.part: each for each in letter.readings.select_related("case")}


def resettle(case_ids: Iterable[int], heirs: dict[int, int] | None = None) -> None:
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
    columns = _columns(review, review.outcome)
    for column, value in columns.items():
        setattr(case, column, value)
    case.save(update_fields=columns)


def _columns(review: Review, outcome: str | None) -> dict[str, Any]:
    """What a case has of its current review."""
    return {
        "review_id": review.pk,
        "decided_on": review.decision_date,
        "injured_on": review.date_of_injury,
        "age": review.age,
        "doubts": len(review.flags),
        "corrected": review.corrected,
        "outcome": (outcome or "").replace(" ", "-"),
    }


# In one statement, because two letters of the same case may be read at the same moment. A case that
# is there already is locked until this transaction ends; the row's xmax tells it from a new one.
# A case without a number is always new.
PLACE = """
WITH placed AS (
    INSERT INTO cases_case
        (number, name, review_id, decided_on, injured_on, age, doubts, corrected, outcome)
    VALUES (%(number)s, %(name)s, %(review_id)s, %(decided_on)s, %(injured_on)s, %(age)s,
        %(doubts)s, %(corrected)s, %(outcome)s)
    ON CONFLICT (number) DO UPDATE SET number = excluded.number
    RETURNING id, xmax = 0 AS is_new
),
reading AS (
    INSERT INTO cases_reading (letter_id, part, case_id, review_id)
    SELECT %(letter)s, %(part)s, id, %(review_id)s FROM placed
    ON CONFLICT (letter_id, part) DO UPDATE
        SET case_id = excluded.case_id, review_id = excluded.review_id
)
SELECT id, is_new FROM placed
"""


def place(
    letter: Letter, part: int, review: Review, before: Reading | None, outcome: str | None
) -> tuple[int, bool]:
    """Tie the review to the case with its number: the case's key, and whether it is new.

    The outcome is the one of its items, which nobody need ask the database for.
    Without a number it is the case that this letter had, or a new one.
    """
    number = review.case_number or None
    if number is None and before and before.case.number is None:
        letter.readings.filter(part=part).update(review=review)
        return before.case_id, False
    values = {"number": number, "name": number or letter.name, "letter": letter.pk, "part": part}
    with connection.cursor() as cursor:
        cursor.execute(PLACE, values | _columns(review, outcome))
        key, is_new = cursor.fetchone()
    return key, is_new
