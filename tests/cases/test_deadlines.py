"""By when: tables over weekends, holidays and the ends of years; then the rows that are kept."""

from collections.abc import Callable
from datetime import date

import pytest
from django.contrib.auth.models import User
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from cases.amend import correct, sheet_of
from cases.deadlines import Kind, appeal_until, authorize_by, reimburse_by, start
from cases.models import Answer, Case, Deadline, Letter, Receipt
from cases.reader import read_letter
from cases.removal import remove
from reviews.cells import Cell
from tests.letters import item, letter

Take = Callable[..., Letter]
OVERTURNED = item("MRI of the left knee", "Overturned")
PAID = item("Retrospective request for MRI of the left knee (DOS 1/5/17)", "Overturned")


def day(text: str) -> date:
    return date.fromisoformat(text)


@pytest.mark.parametrize(
    ("received", "due", "safe"),
    [
        ("2026-08-03", "2026-08-10", None),  # Monday to Monday
        ("2026-08-07", "2026-08-14", None),  # Friday to Friday
        ("2026-08-08", "2026-08-14", None),  # received on a Saturday
        ("2026-08-09", "2026-08-14", None),  # on a Sunday
        ("2026-08-31", "2026-09-08", None),  # Labor Day in between
        ("2026-09-04", "2026-09-14", None),  # the holiday is the first day
        ("2026-01-12", "2026-01-20", None),  # the holiday would be the fifth
        ("2026-11-04", "2026-11-12", None),  # Veterans Day
        ("2026-12-24", "2027-01-04", None),  # Christmas, a year's end, New Year's Day
        ("2026-12-18", "2026-12-28", None),
        ("2021-12-23", "2022-01-03", "2021-12-30"),  # both kept on a Friday, by the courts alone
        ("2022-12-23", "2023-01-03", None),  # both kept on a Monday, by all
        ("2026-02-06", "2026-02-17", "2026-02-13"),  # Lincoln Day, and then Presidents' Day
        ("2026-11-20", "2026-12-01", "2026-11-30"),  # the day after Thanksgiving
        ("2026-06-29", "2026-07-07", "2026-07-06"),  # Independence Day on a Saturday
        ("2026-06-15", "2026-06-23", "2026-06-22"),  # Juneteenth
        ("2022-06-15", "2022-06-22", None),  # before the courts kept it
        ("2021-10-06", "2021-10-14", "2021-10-13"),  # Columbus Day
        ("2022-10-06", "2022-10-13", None),  # given up
        ("2024-02-26", "2024-03-04", None),  # a leap year
        ("2024-03-25", "2024-04-02", None),  # March 31, a Sunday, kept on Monday
    ],
)
def test_five_working_days(received: str, due: str, safe: str | None) -> None:
    found = authorize_by(day(received))
    assert (str(found.due_on), found.safe_on and str(found.safe_on)) == (due, safe)


def test_the_holidays_in_doubt_are_named() -> None:
    assert authorize_by(day("2026-02-06")).because == ("Lincoln Day (2026-02-12)",)
    assert authorize_by(day("2021-12-23")).because == (
        "Christmas Day (2021-12-24)",
        "New Year's Day (2021-12-31)",
    )
    assert authorize_by(day("2026-08-03")).because == ()


@pytest.mark.parametrize(
    ("received", "due"),
    [
        ("2026-08-03", "2026-08-23"),  # a Sunday, and not moved
        ("2026-12-15", "2027-01-04"),
        ("2024-02-10", "2024-03-01"),
        ("2026-02-10", "2026-03-02"),
    ],
)
def test_twenty_days_of_the_calendar(received: str, due: str) -> None:
    assert str(reimburse_by(day(received)).due_on) == due


@pytest.mark.parametrize(
    ("mailed", "until", "if_mailed"),
    [
        ("2014-11-06", "2014-12-08", "2014-12-11"),  # of Matute: December 10 was in time
        ("2026-08-03", "2026-09-02", "2026-09-08"),  # 35 days end on Labor Day
        ("2026-08-06", "2026-09-08", "2026-09-10"),  # a Saturday before Labor Day
        ("2026-12-02", "2027-01-04", "2027-01-06"),  # on New Year's Day, and a weekend after
        ("2026-01-13", "2026-02-12", "2026-02-17"),  # Lincoln Day is not on every list
        ("2026-10-27", "2026-11-27", "2026-12-01"),  # from Thanksgiving to the day after it
    ],
)
def test_thirty_days_to_appeal(mailed: str, until: str, if_mailed: str) -> None:
    found = appeal_until(day(mailed))
    assert (str(found.until), str(found.if_mailed)) == (until, if_mailed)


@pytest.mark.parametrize(
    ("decided", "entered", "received", "assumed"),
    [
        ("2026-08-03", None, "2026-08-08", True),
        ("2026-08-03", "2026-08-03", "2026-08-03", False),
        ("2026-08-03", "2026-08-20", "2026-08-20", False),
        ("2026-08-03", "2026-08-02", "2026-08-08", True),  # of an earlier decision
        (None, "2026-08-20", "2026-08-20", False),
        (None, None, None, True),
    ],
)
def test_when_it_began(
    decided: str | None, entered: str | None, received: str | None, assumed: bool
) -> None:
    began = start(decided and day(decided), entered and day(entered))
    assert began.mailed_on == (decided and day(decided))
    assert (began.received_on, began.assumed) == (received and day(received), assumed)


def kept() -> list[tuple[str, str, bool]]:
    rows = Deadline.objects.order_by("kind").values_list("kind", "due_on", "assumed")
    return [(kind, str(due_on), assumed) for kind, due_on, assumed in rows]


def test_only_overturned_items_ask_for_something(take: Take) -> None:
    take(letter())
    assert kept() == []
    take(letter("CM17-9000002", (item(), OVERTURNED)), "2.txt")
    assert kept() == [("authorize", "2017-02-14", True)]  # Lincoln Day kept on Monday the 13th


def test_services_already_given_are_reimbursed(take: Take) -> None:
    take(letter(items=(OVERTURNED, PAID)))
    assert kept() == [("authorize", "2017-02-14", True), ("reimburse", "2017-02-26", True)]


def test_upheld_letters_cost_nothing(take: Take) -> None:

    with CaptureQueriesContext(connection) as queries:
        take(letter())
    assert not [q["sql"] for q in queries if "cases_deadline" in q["sql"]]


def test_a_later_decision_takes_the_place(take: Take) -> None:
    take(letter(items=(OVERTURNED,)))
    later = take(letter(items=(item(),), decided="03/01/2017"), "later.txt")
    assert kept() == []
    remove(later)
    assert kept() == [("authorize", "2017-02-14", True)]


def test_what_was_entered_is_of_the_decision_that_it_follows(take: Take, analyst: Client) -> None:
    take(letter(items=(OVERTURNED,)))
    case = Case.objects.get()
    analyst.post(f"/cases/{case.pk}/received", {"day": "2017-02-03"})
    assert kept() == [("authorize", "2017-02-10", False)]
    analyst.post(f"/cases/{case.pk}/answer", {"kind": "authorize", "day": "2017-02-08"})
    assert str(Deadline.objects.get().done_on) == "2017-02-08"
    take(letter(items=(OVERTURNED,), decided="03/01/2017"), "later.txt")
    assert kept() == [("authorize", "2017-03-13", True)]
    assert Deadline.objects.get().done_on is None
    assert (Receipt.objects.count(), Answer.objects.count()) == (1, 1)


def test_a_letter_read_again_keeps_what_was_entered(take: Take, analyst: Client) -> None:
    found = take(letter(items=(OVERTURNED,)))
    case = Case.objects.get()
    analyst.post(f"/cases/{case.pk}/received", {"day": "2017-02-03"})
    analyst.post("/letters/retry", {"letters": [found.pk]})

    read_letter(found.pk)
    assert kept() == [("authorize", "2017-02-10", False)]


def test_a_misprinted_year_is_no_day_to_reckon_from(take: Take) -> None:
    take(letter(decided="12/31/9999", items=(item(outcome="Overturned"),)))
    assert Deadline.objects.get().due_on is None
    assert Case.objects.get().review.decision_date == date(9999, 12, 31)


def test_a_corrected_outcome_asks_for_something(take: Take, admin_user: User) -> None:
    take(letter(items=(item(), item("MRI of the left knee"))))
    key, cell = Case.objects.get().pk, Cell("outcome", 2)
    correct(key, cell, "overturned", seal=sheet_of(key).seal(cell), user=admin_user)
    assert kept() == [("authorize", "2017-02-14", True)]


def test_without_any_date_nothing_is_reckoned(take: Take, analyst: Client) -> None:
    take(letter(number=None, items=(OVERTURNED,)))
    assert kept() == [("authorize", "None", True)]
    analyst.post(f"/cases/{Case.objects.get().pk}/received", {"day": "2017-02-03"})
    assert kept() == [("authorize", "2017-02-10", False)]


def test_kinds_are_those_of_the_rules() -> None:
    assert [choice for choice, _ in Deadline._meta.get_field("kind").choices] == list(Kind)


def test_all_are_reckoned_anew(take: Take) -> None:
    take(letter(items=(OVERTURNED, PAID)))
    take(letter("CM17-9000002"), "2.txt")
    before = kept()
    Deadline.objects.filter(kind="reimburse").delete()
    Deadline.objects.update(due_on="2001-01-01")
    call_command("reckon")
    assert kept() == before
