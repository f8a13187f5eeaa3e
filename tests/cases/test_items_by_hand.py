"""Items that the reader missed are added, those it invented removed, and both can be undone."""

from datetime import date
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.http import QueryDict
from django.test import Client

from cases.amend import Meanwhile, SameAgain, sheet_of, withdraw
from cases.amend_items import add_item, remove_item
from cases.filters import CaseFilter
from cases.models import Case, Correction
from reviews.cells import Cell
from reviews.models import DisputedItem, Review
from reviews.snapshot import snapshot
from tests.cases.test_correcting_pages import form_at
from tests.cases.test_corrections import PAIN, Take, again, items_are, put, stands
from tests.cases.test_export_formats import as_json, taken
from tests.letters import MTUS, item, letter

NEEDED = "The request is medically necessary."
SOMA, MRI = item("Soma 350mg #60"), item("MRI of the left knee", "Overturned", MTUS, PAIN, NEEDED)


@pytest.fixture
def ann(db: None) -> User:
    return User.objects.create_user("ann")


@pytest.fixture
def case(take: Take) -> Case:
    take(letter(items=(SOMA, MRI)))
    return Case.objects.get()


def add(case: Case, service: str, user: User, **told: str) -> Correction:
    whole = {"service": service, "outcome": "", "category": "", "treatment": "", **told}
    seal = sheet_of(case.pk).seal(Cell("item"))
    return add_item(case.pk, whole, seal=seal, user=user, why="page 4")


def drop(case: Case, number: int, user: User) -> Correction:
    cell = Cell("item", number)
    return remove_item(case.pk, cell, seal=sheet_of(case.pk).seal(cell), user=user, why="twice")


def services() -> dict[int, str]:
    return dict(DisputedItem.objects.order_by("position").values_list("position", "service"))


def said() -> dict[str, Any]:
    return snapshot(Review.objects.whole().get())


def outcome() -> str:
    return Case.objects.get().outcome


def asked() -> list[tuple[str, date | None]]:
    return list(Case.objects.get().deadlines.order_by("kind").values_list("kind", "due_on"))


def finds(query: str) -> bool:
    return CaseFilter(QueryDict(query)).qs.exists()


def test_an_item_is_added_with_all_that_follows(case: Case, ann: User) -> None:
    before, by = said(), asked()
    retro = "Retrospective acupuncture 6 visits"
    assert not finds("q=acupuncture")
    made = add(case, retro, ann, outcome="overturned", category="other")
    for _time in range(2):
        assert services() == {1: "Soma 350mg #60", 2: "MRI of the left knee", 3: retro}
        added = DisputedItem.objects.get(position=3)
        assert (added.outcome, added.category, added.treatment_id) == (
            "overturned",
            "other",
            "acupuncture",
        )
        assert (added.details["sessions"], added.details["retrospective"]) == (6, True)
        assert [kind for kind, _ in asked()] == ["authorize", "reimburse"]
        assert finds("q=acupuncture")
        assert finds("treatment=acupuncture&item_outcome=overturned")
        assert Case.objects.get().corrected
        again()
    withdraw(made.pk)
    assert (said(), asked(), outcome()) == (before, by, "partially-overturned")
    assert not Correction.objects.standing().exists()
    again()
    assert said() == before


def test_what_is_not_told_of_it_is_told_later(case: Case, ann: User) -> None:
    add(case, "Acupuncture", ann)
    assert outcome() == ""  # until somebody says how it was decided
    put(case, "item-3-outcome", "upheld", ann)
    put(case, "item-3-rationale", "No zebra was seen.", ann)
    put(case, "item-3-service", "Acupuncture of the zebra", ann)
    cited: dict[str, Any] = {"guideline": None, "source": "ODG", "title": "ODG Pain", "year": None}
    cited |= {"sections": [], "printed_pages": "3"}
    put(case, "item-3-expert-new", cited, ann)
    now = said()
    assert now["item 3 rationale"] == "No zebra was seen."
    assert now["item 3 expert_basis"] == "outside"
    again()
    assert said() == now
    again(items_are(1, 0))
    assert services()[3] == "Acupuncture of the zebra"
    assert stands("item-3-outcome") == "upheld"
    again(items_are(1))  # it moves up, and what was told of it with it
    assert (services()[2], stands("item-2-outcome")) == ("Acupuncture of the zebra", "upheld")
    assert not Case.objects.get().review.flagged


def test_an_added_item_that_the_reader_finds_by_now_is_not_doubled(take: Take, ann: User) -> None:
    take(letter(items=(SOMA, MRI)))
    again(items_are(0))
    case = Case.objects.get()
    made = add(case, "mri of the  left knee", ann, outcome="upheld")
    again()
    made.refresh_from_db()
    assert (made.state, made.item) == ("confirmed", 2)
    assert services() == {1: "Soma 350mg #60", 2: "MRI of the left knee"}
    assert stands("item-2-outcome") == "upheld"  # a person says so, whoever found the item
    withdraw(made.pk)
    assert len(services()) == 2
    assert stands("item-2-outcome") == "upheld"


def test_what_was_said_of_a_lost_item_is_not_said_of_an_added_one(case: Case, ann: User) -> None:
    """Though it has the number now, and a word in common."""
    put(case, "item-2-outcome", "upheld", ann)
    add(case, "Therapy of the left knee", ann, outcome="overturned")
    again(items_are(0))
    assert services() == {1: "Soma 350mg #60", 2: "Therapy of the left knee"}
    assert stands("item-2-outcome") == "overturned"
    assert [each.state for each in Correction.objects.filter(value="upheld")] == ["lost"]


def test_of_what_was_lost_and_what_is_newer_the_newer_applies(case: Case, ann: User) -> None:
    lost = put(case, "item-2-outcome", "upheld", ann)
    again(items_are(0))
    add(case, "MRI of the left knee", ann, outcome="overturned")
    again(items_are(0))
    lost.refresh_from_db()
    assert lost.state == "lost"
    assert stands("item-2-outcome") == "overturned"


def test_an_item_can_be_the_only_one(take: Take, ann: User) -> None:
    take(letter(items=(SOMA,)))
    again(items_are())
    case = Case.objects.get()
    add(case, "Acupuncture", ann, outcome="overturned")
    assert (services(), outcome()) == ({1: "Acupuncture"}, "overturned")


def test_what_is_there_or_was_removed_is_not_added(case: Case, ann: User) -> None:
    with pytest.raises(SameAgain):
        add(case, "soma 350MG  #60", ann)
    drop(case, 1, ann)
    with pytest.raises(SameAgain):
        add(case, "Soma 350mg #60", ann)
    put(case, "item-2-service", "X-ray", ann)
    with pytest.raises(SameAgain):  # the reader calls it so
        add(case, "MRI of the left knee", ann)


def test_an_item_is_removed_and_comes_back_as_it_was(case: Case, ann: User) -> None:
    before, by = said(), asked()
    put(case, "item-2-outcome", "upheld", ann)
    put(case, "item-2-expert-1", None, ann)
    made = drop(case, 2, ann)
    for _time in range(2):
        assert services() == {1: "Soma 350mg #60"}
        assert (outcome(), asked()) == ("upheld", [])
        assert not finds("q=knee+mri")
        assert [each.field for each in Correction.objects.standing()] == ["item"]
        again()
    withdraw(made.pk)
    assert (said(), asked(), outcome()) == (before, by, "partially-overturned")
    row = DisputedItem.objects.get(position=2)
    assert "64-66" in row.expert_cites
    assert row.receipts["service"]
    again()
    assert said() == before


def test_the_number_of_a_removed_item_stays_free(case: Case, ann: User) -> None:
    gone = drop(case, 2, ann)
    add(case, "Acupuncture", ann)
    for _time in range(2):
        assert services() == {1: "Soma 350mg #60", 3: "Acupuncture"}
        again()
    withdraw(gone.pk)
    assert sorted(services()) == [1, 2, 3]


def test_a_removed_item_is_found_by_its_service(case: Case, ann: User) -> None:
    made = drop(case, 2, ann)
    again(items_are(1, 0))
    assert services() == {2: "Soma 350mg #60"}
    again(items_are(0))
    made.refresh_from_db()
    assert made.state == "confirmed"
    assert services() == {1: "Soma 350mg #60"}
    withdraw(made.pk)
    assert services() == {1: "Soma 350mg #60"}


def test_of_two_alike_one_stays_when_the_reader_has_but_one(take: Take, ann: User) -> None:
    take(letter(items=(SOMA, MRI)))
    again(items_are(0, 0, 1))
    case = Case.objects.get()
    made = drop(case, 1, ann)
    again()
    made.refresh_from_db()
    assert made.state == "confirmed"
    assert services() == {1: "Soma 350mg #60", 2: "MRI of the left knee"}
    again(items_are(0, 0, 1))
    assert services() == {2: "Soma 350mg #60", 3: "MRI of the left knee"}
    again()
    put(case, "item-1-outcome", "overturned", ann)  # whose number the removed one had
    assert outcome() == "overturned"


def test_what_may_be_the_removed_item_in_other_words_is_said(take: Take, ann: User) -> None:
    take(letter(items=(item("MRI of the right knee"), MRI)))
    case = Case.objects.get()
    made = drop(case, 1, ann)
    again(items_are(1))
    made.refresh_from_db()
    assert made.state == "lost"
    assert services() == {1: "MRI of the left knee"}
    assert "Item 1 (MRI of the right knee)" in Case.objects.get().review.flags[-1]["sentence"]


def test_what_changed_meanwhile_is_not_removed(case: Case, ann: User) -> None:
    cell = Cell("item", 2)
    seal = sheet_of(case.pk).seal(cell)
    put(case, "item-2-outcome", "upheld", ann)
    with pytest.raises(Meanwhile):
        remove_item(case.pk, cell, seal=seal, user=ann)
    drop(case, 2, ann)
    with pytest.raises(Meanwhile):
        remove_item(case.pk, cell, seal=seal, user=ann)


def test_items_are_added_and_removed_on_the_pages(
    analyst: Client, viewer: Client, case: Case
) -> None:
    def page(client: Client) -> str:
        return client.get(case.get_absolute_url()).content.decode()

    def sent(name: str, **form: str) -> str:
        return analyst.post(f"{at}{name}", form).content.decode()

    at = f"/cases/{case.pk}/correct/"
    assert "add a disputed item" in page(analyst)
    assert "This field is required" in analyst.post(f"{at}item-new").content.decode()
    assert (
        "This field is required" in analyst.post(f"{at}item-new", {"remove": "y"}).content.decode()
    )
    new = form_at(analyst, case, "item-new") | {"service": "Acupuncture", "outcome": "overturned"}
    answer = analyst.post(f"{at}item-new", new)
    assert answer["Location"].endswith("#correct-item-3")
    shown = page(analyst)
    assert "Item 3: added." in shown
    assert 'id="correct-item-3"' in shown
    assert "entered</span>" in shown
    assert "added: Item 3 (Acupuncture)" in shown
    assert "An item of this name is here already" in sent("item-new", **new)
    rows = as_json(taken(analyst, kind="items", format="jsonl", columns=["item", "outcome"]))
    assert rows[-1] == {"item": 3, "outcome": "overturned"}

    gone = form_at(analyst, case, "item-1") | {"why": "not there", "remove": "yes"}
    answer = analyst.post(f"{at}item-1", gone)
    assert answer["Location"].endswith("#correct-item-1")
    shown = page(analyst)
    assert "Item 1: removed." in shown
    assert "Not an item of this letter: <del>Soma 350mg #60</del>" in shown
    assert "removed: Item 1 (Soma 350mg #60)" in shown
    assert analyst.get(f"{at}item-1").status_code == 404
    assert "Not an item of this letter" in page(viewer)
    for words in ("add a disputed item", "not an item of", "withdraw"):
        assert words not in page(viewer)
    assert outcome() == "overturned"
    assert (
        analyst.post(f"{at}item-3", form_at(analyst, case, "item-3") | {"remove": "y"}).status_code
        == 302
    )
    assert sorted(services()) == [2]
    for each in Correction.objects.standing():
        analyst.post(f"/cases/{case.pk}/corrections/{each.pk}/withdraw")
    assert sorted(services()) == [1, 2]
    assert not Case.objects.get().corrected
