"""What people do with a case: mark it as checked, take that back, give it to somebody.

Each takes the case's lock, as settling does, so that of two at once neither is lost.
"""

from collections.abc import Iterable

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import Q, QuerySet

from cases.models import Answer, Assignment, Case, Checked, Former, Note, Reading, Receipt
from reviews.models import Review
from reviews.snapshot import differences, snapshot

State = Checked.State


def check(case_id: int, review_id: int, user: User) -> bool:
    """Mark as checked what was seen: False when another review has become the case's meanwhile."""
    with transaction.atomic():
        case = Case.objects.select_for_update().get(pk=case_id)
        if case.review_id != review_id:
            return False
        if not case.checked:
            Checked.objects.create(case=case, made_by=user)
            case.checked = True
            case.save(update_fields=["checked"])
    return True


def take_back(case_id: int) -> None:
    """The case is to be checked after all."""
    with transaction.atomic():
        case = Case.objects.select_for_update().get(pk=case_id)
        _end(case, State.TAKEN_BACK)


def lapse(case: Case, review: Review) -> None:
    """Another review becomes a checked case's own: to be checked again if it says other things."""
    whole = Review.objects.whole()
    seen, now = snapshot(whole.get(pk=case.review_id)), snapshot(whole.get(pk=review.pk))
    if changes := differences(seen, now):
        _end(case, State.LAPSED, changes)


def _end(case: Case, state: Checked.State, changes: Iterable[str] = ()) -> None:
    for each in case.checks.filter(state=State.STANDS):
        each.state, each.changes = state, list(changes)
        each.save()
    case.checked = False
    case.save(update_fields=["checked"])


def colleagues() -> QuerySet[User]:
    """Whom a case can be given to: active analysts and managers."""
    may = Q(groups__name__in=["analyst", "manager"])
    return User.objects.filter(may, is_active=True).distinct().order_by("username")


def assign(case_id: int, to: User | None, user: User) -> bool:
    """Give the case to somebody, or to nobody; False when they have it already."""
    with transaction.atomic():
        case = Case.objects.select_for_update().get(pk=case_id)
        if case.assigned_to == to:
            return False
        Assignment.objects.create(case=case, to=to, made_by=user)
        case.assigned_to = to
        case.save(update_fields=["assigned_to"])
    return True


def hand_over(old: Case, heir: Reading) -> None:
    """A case that no letter tells of any more leaves what people did to the one it became."""
    new_id = heir.case_id
    Former.objects.create(key=old.pk, letter_id=heir.letter_id, part=heir.part)
    if old.checked:
        _end(old, State.LAPSED, ["case_number"])
    for model in (Note, Checked, Assignment):
        model.objects.filter(case=old).update(case=new_id)
    if not Receipt.objects.filter(case=new_id).exists():
        Receipt.objects.filter(case=old).update(case=new_id)
    answered = Answer.objects.filter(case=new_id).values("kind")
    Answer.objects.filter(case=old).exclude(kind__in=answered).update(case=new_id)
    if old.assigned_to_id:
        Case.objects.filter(pk=new_id, assigned_to=None).update(assigned_to=old.assigned_to_id)
