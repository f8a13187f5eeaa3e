"""What people say about a deadline: when the letter was received, what was done, and take back."""

from datetime import date

from django.contrib.auth.models import User
from django.db import transaction

from cases.deadlines import Kind
from cases.due import forget_count
from cases.models import Answer, Case, Receipt
from cases.reckon import reckon


def received(case: Case, day: date | None, user: User) -> None:
    """Enter the day of receipt; none: take it back, so that it is assumed again."""
    with transaction.atomic():
        _hold(case)
        if day is None:
            for receipt in Receipt.objects.filter(case=case):
                receipt.delete()  # one by one, for the audit log
        else:
            Receipt.objects.update_or_create(
                case=case, defaults={"received_on": day, "entered_by": user}
            )
        reckon([case.pk])
    forget_count()


def answer(case: Case, kind: Kind, how: str, day: date, user: User) -> None:
    """Say that it was done on that day, or why it need not be."""
    with transaction.atomic():
        _hold(case)
        Answer.objects.update_or_create(
            case=case, kind=kind, defaults={"how": how, "done_on": day, "entered_by": user}
        )
        reckon([case.pk])
    forget_count()


def take_back(case: Case, kind: Kind) -> None:
    """As if nothing had been said; the audit log keeps what was."""
    with transaction.atomic():
        _hold(case)
        for said in Answer.objects.filter(case=case, kind=kind):
            said.delete()
        reckon([case.pk])
    forget_count()


def _hold(case: Case) -> None:
    """A letter of the same case may be settled at this moment."""
    Case.objects.select_for_update().get(pk=case.pk)
