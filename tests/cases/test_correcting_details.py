"""Correcting the details of an item, and the three parts of a request that was cut down."""

from datetime import date
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client

from cases.amend import SameAgain, withdraw
from cases.api.rows import WholeCase
from cases.models import Case, Correction
from reviews.models import DisputedItem
from reviews.reading.types import Details, Found
from reviews.reading.types import Span as At
from tests.cases.test_correcting_pages import errors
from tests.cases.test_correcting_pages import put as send
from tests.cases.test_corrections import Take, again, items_are, put, stands, with_item
from tests.cases.test_export_formats import as_json, taken
from tests.letters import MTUS, item, letter

CUT_DOWN = """Soma #60 was the original request. Soma #30 was authorized by the Claims
Administrator. The remaining IMR eligible portion of the original request, Soma #30 is"""
NEEDED = "The request is medically necessary."
TWO = (item("Soma 350mg #60"), item("MRI of the left knee", "Overturned", MTUS, MTUS, NEEDED))


@pytest.fixture
def ann(db: None) -> User:
    return User.objects.create_user("ann")


@pytest.fixture
def case(take: Take) -> Case:
    take(letter(items=TWO))
    return Case.objects.get()


def found(value: Any) -> Found[Any]:
    return Found(value, At(0, 1), 1, "test")


def details(number: int) -> Any:
    return DisputedItem.objects.get(position=number).details


def page_of(client: Client, case: Case) -> str:
    return client.get(case.get_absolute_url()).content.decode()


def test_only_what_was_changed_is_kept(case: Case, ann: User) -> None:
    """What a better reader finds besides is told with it."""
    assert details(1) == {"strength": "350mg", "quantity": 60}
    made = put(case, "item-1-details", stands("item-1-details") | {"quantity": 90}, ann)
    assert made.value == {"quantity": 90}
    assert details(1) == {"strength": "350mg", "quantity": 90}
    better = Details(strength=found("350mg"), quantity=found(60), form=found("tablet"))
    again(with_item(0, details=better))
    assert details(1) == {"strength": "350mg", "quantity": 90, "form": "tablet"}
    made.refresh_from_db()
    assert (made.words_machine, made.words_after) == ("350mg, tablet, #60", "350mg, tablet, #90")
    withdraw(made.pk)
    assert details(1) == {"strength": "350mg", "quantity": 60, "form": "tablet"}


def test_a_detail_that_is_none_can_be_taken_away(case: Case, ann: User) -> None:
    made = put(case, "item-1-details", stands("item-1-details") | {"quantity": None}, ann)
    assert details(1) == {"strength": "350mg"}
    again()
    assert details(1) == {"strength": "350mg"}
    again(with_item(0, details=Details(strength=found("350mg"))))
    made.refresh_from_db()
    assert made.state == "confirmed"


def test_details_go_with_their_item_and_the_reader_may_agree(case: Case, ann: User) -> None:
    made = put(case, "item-2-details", stands("item-2-details") | {"sessions": 6}, ann)
    again(items_are(1, 0))
    made.refresh_from_db()
    assert (made.state, made.item) == ("applied", 1)
    assert details(1) == {"body_parts": ["knee"], "side": "left", "sessions": 6}
    agreed = Details(sessions=found(6), body_parts=(found("knee"),))
    again(with_item(1, details=agreed))
    made.refresh_from_db()
    assert (made.state, made.item) == ("confirmed", 2)
    with pytest.raises(SameAgain):
        put(case, "item-2-details", stands("item-2-details"), ann)


def test_what_was_given_already_is_reimbursed(case: Case, ann: User) -> None:
    """Five working days become twenty days, and back."""

    def asked() -> list[tuple[str, date | None]]:
        return list(Case.objects.get().deadlines.order_by("kind").values_list("kind", "due_on"))

    before = asked()
    assert [kind for kind, _ in before] == ["authorize"]
    made = put(case, "item-2-details", stands("item-2-details") | {"retrospective": True}, ann)
    for _time in range(2):
        assert asked() == [("reimburse", date(2017, 2, 26))]
        again()
    withdraw(made.pk)
    assert asked() == before


@pytest.mark.parametrize(
    ("name", "typed", "words"),
    [
        ("quantity", "0", "greater than or equal to 1"),
        ("quantity", "many", "Enter a whole number."),
        ("refills", "-1", "greater than or equal to 0"),
        ("sessions", "10000", "less than or equal to 9999"),
        ("form", "brick", "not one of the available choices"),
        ("side", "middle", "not one of the available choices"),
        ("service_dates", "2017-02-30", "“2017-02-30” is no day such as 2017-02-01."),
        ("service_dates", "2016-01-01\n2999-01-01", "This day is still to come."),
        ("strength", "1" * 61, "at most 60 characters"),
    ],
)
def test_what_no_detail_can_be_is_said(db: None, name: str, typed: str, words: str) -> None:
    assert words in str(errors("item-1-details", **{name: typed})[name])


def test_details_are_corrected_on_the_pages(analyst: Client, viewer: Client, case: Case) -> None:
    assert "already" in send(analyst, case, "item-1-details").content.decode()
    typed = {
        "strength": "325 mg",
        "form": "cream",
        "quantity": "",
        "refills": "0",
        "body_parts": "Low back\n\nknee",
        "side": "bilateral",
        "retrospective": "on",
        "service_dates": "2017-01-02\n2017-01-02",
        "why": "page 3",
    }
    answer = send(analyst, case, "item-1-details", **typed)
    assert answer["Location"].endswith("#correct-item-1-details")
    assert details(1) == {
        "strength": "325mg",
        "form": "cream",
        "refills": 0,
        "body_parts": ["low back", "knee"],
        "side": "bilateral",
        "retrospective": True,
        "service_dates": ["2017-01-02"],
    }
    page = page_of(analyst, case)
    assert "corrected, read as <del>350mg, #60</del>" in page
    assert "page 3" in page
    words = "325mg, cream, no refills, low back, knee, both sides, retrospective"
    assert f"<ins>{words}, service of 2017-01-02</ins>" in page
    assert "corrected, read as <del>350mg, #60</del>" in page_of(viewer, case)
    whole = WholeCase(Case.objects.get()).data
    assert whole["items"][0]["details"] == details(1)
    (line, _) = as_json(taken(analyst, kind="items", format="jsonl", columns=["details"]))
    assert line["details"] == details(1)


def test_of_parts_that_were_corrected_no_words_are_marked(case: Case, ann: User) -> None:
    put(case, "item-2-details", stands("item-2-details") | {"body_parts": ["knee", "hip"]}, ann)
    receipts = {d.words: d.receipt for d in DisputedItem.objects.get(position=2).details_in_words}
    assert (receipts["knee"], receipts["hip"]) == (None, None)
    assert receipts["left side"]


def test_a_request_that_was_cut_down_can_be_told(
    analyst: Client, viewer: Client, case: Case
) -> None:
    folded = "Was this request cut down?"
    assert page_of(analyst, case).count(folded) == 2
    assert folded not in page_of(viewer, case)
    assert "Remaining in dispute: only" not in page_of(viewer, case)
    send(analyst, case, "item-1-authorized", value="#30")
    for page in (page_of(analyst, case), page_of(viewer, case)):
        assert page.count(folded) == ("/correct/" in page)
        assert "Remaining in dispute: only this was decided" in page
        assert "corrected, read as <del>not told</del>" in page


def test_parts_that_the_reader_invented_stay_in_sight(analyst: Client, take: Take) -> None:
    take(letter(items=(item(CUT_DOWN),)))
    case = Case.objects.get()
    for name in ("requested", "authorized", "disputed"):
        send(analyst, case, f"item-1-{name}", value="")
    page = page_of(analyst, case)
    assert "Was this request cut down?" not in page
    assert "corrected, read as <del>Soma #60</del>" in page
    assert Correction.objects.standing().count() == 3
