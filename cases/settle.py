"""Put what a letter says in its place: reviews written whole, and each case on its latest one."""

from collections.abc import Iterable

from django.db.models import F

from cases.models import Case, Letter, Reading
from reviews.models import Review
from reviews.reading.types import Determination, LetterText
from reviews.recording import record


def settle(letter: Letter, found: Iterable[Determination], text: LetterText) -> None:
    """Replace what was read from this letter before. Call inside a transaction."""
    before = {each.part: each for each in letter.readings.select_related("case")}
    touched: set[int] = {each.case_id for each in before.values()}
    old_reviews = [each.review_id for each in before.values()]
    for part, determination in enumerate(found, 1):
        review = record(determination, text)
        case = _case_of(letter, review, before.get(part))
        Reading.objects.update_or_create(
            letter=letter, part=part, defaults={"case": case, "review": review}
        )
        touched.add(case.pk)
    letter.readings.filter(part__gt=part).delete()
    resettle(touched)
    Review.objects.filter(pk__in=old_reviews).delete()


def resettle(case_ids: Iterable[int]) -> None:
    """Set each case on its latest decision; a case that no letter tells of any more goes."""
    for case in Case.objects.select_for_update().filter(pk__in=case_ids).order_by("pk"):
        by_decision = F("decision_date").desc(nulls_last=True)
        readings = Review.objects.filter(reading__case=case)
        latest = readings.order_by(by_decision, "-reading__letter_id", "reading__part").first()
        if latest is None:
            case.delete()
        else:
            _settle_on(case, latest)


def _settle_on(case: Case, review: Review) -> None:
    case.review = review
    case.decided_on = review.decision_date
    case.injured_on = review.date_of_injury
    case.age = review.age
    case.doubts = len(review.flags)
    case.save()


def _case_of(letter: Letter, review: Review, before: Reading | None) -> Case:
    """The case with the review's number; without one, the case this letter had, or a new one."""
    number = review.case_number or None
    if number is None and before and before.case.number is None:
        return before.case
    if number is None:
        return Case.objects.create(name=letter.name, review=review)
    case, _made = Case.objects.get_or_create(
        number=number, defaults={"name": number, "review": review}
    )
    return case
