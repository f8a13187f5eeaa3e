"""Corrections: put in place, kept when letters are read again, withdrawn, and told."""

import dataclasses
from collections.abc import Callable
from functools import partial
from typing import Any
from unittest import mock

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.http import QueryDict
from django.test import Client
from django.test.utils import CaptureQueriesContext

from cases.amend import Meanwhile, SameAgain, correct, sheet_of, withdraw
from cases.filters import CaseFilter
from cases.models import Case, Correction, Letter, Note, Reading
from cases.reader import read_letter
from cases.removal import remove
from cases.retry import retry
from reviews import reading
from reviews.cells import UNTOLD_DETAILS, Cell
from reviews.models import Citation, Review
from reviews.reading.types import Determination
from tests.cases import reads
from tests.cases.reads import Change, reads_otherwise
from tests.letters import MTUS, item, letter

Take = Callable[..., Letter]
PAIN = "Decision based on MTUS Chronic Pain Treatment Guidelines 9792.20-.26 Page(s): 64-66."
NEEDED = "The request is medically necessary."
TWO = (item("Soma 350mg #60"), item("MRI of the left knee", "Overturned", MTUS, PAIN, NEEDED))


@pytest.fixture
def ann(db: None) -> User:
    return User.objects.create_user("ann")


@pytest.fixture
def case(take: Take) -> Case:
    take(letter(items=TWO))
    return Case.objects.get()


def put(case: Case, name: str, value: Any, user: User, why: str = "") -> Correction:
    cell = Cell.named(name)
    assert cell
    seal = sheet_of(case.pk).seal(cell)
    return correct(case.pk, cell, value, seal=seal, user=user, why=why)


def stands(name: str) -> Any:
    cell = Cell.named(name)
    assert cell
    return sheet_of(Case.objects.get().pk).value(cell)


def again(change: Change = lambda found: found) -> None:
    for found in Letter.objects.all():
        assert retry(Letter.objects.filter(pk=found.pk))
        with reads_otherwise(change):
            read_letter(found.pk)


def items_are(*numbers: int) -> Change:
    """Only these items, in this order."""
    return lambda found: dataclasses.replace(found, items=tuple(found.items[n] for n in numbers))


def with_item(number: int, **parts: Any) -> Change:
    def change(found: Determination) -> Determination:
        items = list(found.items)
        items[number] = dataclasses.replace(items[number], **parts)
        return dataclasses.replace(found, items=tuple(items))

    return change


def said(found: Determination, name: str, value: Any) -> Determination:
    return dataclasses.replace(
        found, **{name: dataclasses.replace(getattr(found, name), value=value)}
    )


VALUES = [
    ("date_of_injury", "2015-03-04"),
    ("decision_date", "2017-02-03"),
    ("ur_denial_date", None),
    ("date_assigned", "2017-01-11"),
    ("application_received", "2017-01-03"),
    ("priority", "expedited"),
    ("age", 45),
    ("age", None),
    ("sex", "male"),
    ("licensed_in", ["California", "Texas"]),
    ("specialties", []),
    ("diagnoses", ["lumbar strain"]),
    ("mechanism", "fell from a ladder"),
    ("treatment_to_date", "none"),
    ("clinical_summary", "A zebra kicked the worker."),
    ("item-1-service", "Carisoprodol 350mg"),
    ("item-2-outcome", "upheld"),
    ("item-2-outcome", ""),
    ("item-1-category", "therapy"),
    ("item-1-treatment", "ibuprofen"),
    ("item-2-treatment", ""),
    ("item-1-requested", "eight visits"),
    ("item-1-authorized", "six visits"),
    ("item-1-disputed", "two visits"),
    ("item-1-rationale", "No zebra was seen."),
    ("item-1-details", UNTOLD_DETAILS | {"quantity": 90, "retrospective": True}),
    ("item-2-details", UNTOLD_DETAILS),
]


@pytest.mark.parametrize(("name", "value"), VALUES)
def test_a_value_is_corrected_kept_and_withdrawn(
    case: Case, ann: User, name: str, value: Any
) -> None:
    machine = stands(name)
    assert machine != value
    made = put(case, name, value, ann, "as the letter says")
    assert (made.before, made.machine, made.applies) == (machine, machine, value)
    assert (made.made_by, made.why) == (ann, "as the letter says")
    assert stands(name) == value
    assert Case.objects.get().corrected
    again()
    made.refresh_from_db()
    assert (made.state, made.machine) == ("applied", machine)
    assert stands(name) == value
    assert Case.objects.get().corrected
    withdraw(made.pk)
    assert stands(name) == machine
    assert not Case.objects.get().corrected
    again()
    assert stands(name) == machine


def test_what_is_corrected_is_what_is_listed_found_and_exported(case: Case, ann: User) -> None:
    def found(query: str) -> bool:
        filtered = CaseFilter(QueryDict(query))
        assert filtered.is_valid(), filtered.form.errors
        return filtered.qs.exists()

    asked = [
        ("decision_date", "2018-05-05", "decided_after=2018-05-05"),
        ("date_of_injury", "2001-01-01", "injured_before=2001-01-01"),
        ("age", 77, "age_min=77"),
        ("sex", "male", "sex=male"),
        ("specialties", ["Dentistry"], "specialty=Dentistry"),
        ("clinical_summary", "A zebra kicked.", "q=zebra"),
        ("item-1-service", "Gabapentin", "q=gabapentin"),
        ("item-1-outcome", "overturned", "outcome=overturned"),
        ("item-1-category", "dental", "category=dental"),
        ("item-1-treatment", "ibuprofen", "treatment=ibuprofen"),
    ]
    for _name, _value, query in asked:
        assert not found(query), query
    for name, value, _query in asked:
        put(case, name, value, ann)
    for times in range(2):
        for _name, _value, query in asked:
            assert found(query), (query, times)
        again()
    row = Case.objects.get()
    assert (str(row.decided_on), str(row.injured_on), row.age) == ("2018-05-05", "2001-01-01", 77)


CITED = {
    "guideline": "acoem-chronic-pain",
    "source": "ACOEM",
    "title": "ACOEM",
    "year": 2011,
    "sections": ["Opioids"],
    "printed_pages": "10-12, 300-5",
}


def cited(number: int, side: str = "expert") -> list[tuple[Any, ...]]:
    found = Citation.objects.filter(item__position=number, side=side).order_by("position")
    return [(c.guideline_id, c.printed_pages, c.pages) for c in found]


def test_a_citation_is_corrected_with_all_that_follows(case: Case, ann: User) -> None:
    catalogue = Citation._meta.get_field("guideline").related_model.objects
    slug = catalogue.filter(source="ACOEM").first().pk
    before = cited(2)
    assert before == [("mtus-chronic-pain", "64-66", [64, 65, 66])]
    machine = stands("item-2-expert-1")
    made = put(case, "item-2-expert-1", {**machine, **CITED, "guideline": slug}, ann)
    assert made.value == {**CITED, "guideline": slug}
    for _time in range(2):
        assert cited(2) == [(slug, "10-12, 300-5", [10, 11, 12, *range(300, 306)])]
        row = Review.objects.get().items.get(position=2)
        assert row.expert_basis == "outside"
        assert "pages 10-12, 300-5" in row.expert_cites
        assert "(2011)" in row.expert_cites
        again()
    withdraw(made.pk)
    assert cited(2) == before
    row = Review.objects.get().items.get(position=2)
    assert (row.expert_basis, "64-66" in row.expert_cites) == ("mtus", True)
    assert stands("item-2-expert-1") == machine


def test_of_a_citation_only_what_was_changed_is_kept(case: Case, ann: User) -> None:
    made = put(case, "item-2-expert-1", {**stands("item-2-expert-1"), "printed_pages": "70"}, ann)
    assert made.value == {"printed_pages": "70"}

    def later(found: Determination) -> Determination:
        expert = found.items[1].expert
        newer = dataclasses.replace(expert.citations[0], year=2016)
        return with_item(1, expert=dataclasses.replace(expert, citations=(newer,)))(found)

    again(later)
    assert cited(2) == [("mtus-chronic-pain", "70", [70])]
    assert Citation.objects.get(item__position=2, side="expert").year == 2016


def test_a_citation_is_removed_and_comes_back(case: Case, ann: User) -> None:
    before = stands("item-2-expert-1")
    made = put(case, "item-2-expert-1", None, ann)
    for _time in range(2):
        assert cited(2) == []
        row = Review.objects.get().items.get(position=2)
        assert (row.expert_basis, row.expert_cites) == ("none", "")
        again()
    withdraw(made.pk)
    assert stands("item-2-expert-1") == before
    assert Review.objects.get().items.get(position=2).expert_basis == "mtus"


def test_a_removed_citation_that_the_reader_drops_is_confirmed(case: Case, ann: User) -> None:
    made = put(case, "item-2-expert-1", None, ann)
    again(
        lambda found: with_item(
            1, expert=dataclasses.replace(found.items[1].expert, basis="none", citations=())
        )(found)
    )
    made.refresh_from_db()
    assert made.state == "confirmed"
    assert cited(2) == []


def test_a_citation_is_added_and_taken_away(case: Case, ann: User) -> None:
    whole = {**CITED, "guideline": None, "title": "A handbook", "source": "other"}
    made = put(case, "item-1-expert-new", whole, ann)
    assert str(made.cell) == "item-1-expert-2"
    for _time in range(2):
        assert len(cited(1)) == 2
        assert "A handbook" in Review.objects.get().items.get(position=1).expert_cites
        again()
    withdraw(made.pk)
    assert len(cited(1)) == 1
    again()
    assert len(cited(1)) == 1


def test_what_is_added_takes_no_place_of_what_was_removed(case: Case, ann: User) -> None:
    gone = put(case, "item-1-expert-1", None, ann)
    whole = {**CITED, "guideline": None, "title": "A handbook", "source": "other"}
    made = put(case, "item-1-expert-new", whole, ann)
    for _time in range(2):
        made.refresh_from_db()
        assert str(made.cell) == "item-1-expert-2"
        again()
    withdraw(gone.pk)
    assert [pages for _slug, pages, _all in cited(1)] == ["", "10-12, 300-5"]


def test_an_added_citation_that_the_reader_finds_by_now_is_not_doubled(
    case: Case, ann: User
) -> None:
    pain = {key: stands("item-2-expert-1")[key] for key in CITED}
    made = put(case, "item-1-expert-new", pain, ann)
    assert len(cited(1)) == 2

    def finds(found: Determination) -> Determination:
        both = (*found.items[0].expert.citations, *found.items[1].expert.citations)
        expert = dataclasses.replace(found.items[0].expert, citations=both)
        return with_item(0, expert=expert)(found)

    again(finds)
    made.refresh_from_db()
    assert made.state == "confirmed"
    assert len(cited(1)) == 2
    withdraw(made.pk)
    assert len(cited(1)) == 2


def test_a_better_reader_agrees_and_a_worse_one_does_not(case: Case, ann: User) -> None:
    made = put(case, "age", 45, ann)
    for age, state in ((45, "confirmed"), (46, "applied"), (45, "confirmed")):
        again(partial(said, name="age", value=age))
        made.refresh_from_db()
        assert (made.state, made.machine, stands("age")) == (state, age, 45)


def test_a_correction_goes_with_its_item(case: Case, ann: User) -> None:
    mri = put(case, "item-2-outcome", "upheld", ann)
    again(items_are(1, 0))
    mri.refresh_from_db()
    assert (mri.state, mri.item) == ("applied", 1)
    assert stands("item-1-outcome") == "upheld"
    assert stands("item-1-service") == "MRI of the left knee"
    withdraw(mri.pk)
    assert stands("item-1-outcome") == "overturned"


def renamed(number: int, service: str) -> Change:
    def change(found: Determination) -> Determination:
        name = dataclasses.replace(found.items[number].service, value=service)
        return with_item(number, service=name)(found)

    return change


@pytest.mark.parametrize(
    ("change", "state", "item"),
    [
        (renamed(1, "MRI left knee"), "applied", 2),  # told in other words, at its place
        (renamed(1, "MRI  of the LEFT knee"), "applied", 2),
        (renamed(1, "Aquatic therapy"), "lost", 2),
        (items_are(0), "lost", 2),
        (items_are(1), "applied", 1),
        (items_are(1, 1), "applied", 2),
    ],
)
def test_an_item_is_found_by_its_service_then_by_its_place(
    case: Case, ann: User, change: Change, state: str, item: int
) -> None:
    made = put(case, "item-2-outcome", "upheld", ann)
    again(change)
    made.refresh_from_db()
    assert (made.state, made.item) == (state, item)


def test_the_service_itself_can_be_corrected(case: Case, ann: User) -> None:
    put(case, "item-2-service", "X-ray", ann)
    put(case, "item-2-outcome", "upheld", ann)
    again(items_are(1, 0))
    assert stands("item-1-service") == "X-ray"
    assert stands("item-1-outcome") == "upheld"


def test_what_lost_its_place_is_kept_not_applied_and_said(case: Case, ann: User) -> None:
    made = put(case, "item-2-outcome", "upheld", ann)
    again(items_are(0))
    review = Case.objects.get().review
    (flag,) = [flag for flag in review.flags if flag["code"] == "correction-lost"]
    assert "Item 2, outcome (MRI of the left knee)" in flag["sentence"]
    assert review.flagged
    assert stands("item-1-outcome") == "upheld"
    again()
    made.refresh_from_db()
    assert made.state == "applied"
    assert stands("item-2-outcome") == "upheld"
    assert not Case.objects.get().review.flagged
    again(items_are(0))
    withdraw(made.pk)
    assert not Case.objects.get().review.flagged


def test_correcting_again_replaces_and_the_readers_value_stays(case: Case, ann: User) -> None:
    first = put(case, "age", 45, ann)
    second = put(case, "age", 46, ann)
    first.refresh_from_db()
    assert first.state == "replaced"
    assert (second.before, second.machine) == (45, 44)
    third = put(case, "age", 44, ann)  # what the reader says: nothing is left to correct
    assert (third.pk, third.state) == (second.pk, "withdrawn")
    assert not Correction.objects.standing().exists()
    with pytest.raises(SameAgain):
        put(case, "age", 44, ann)


def test_what_changed_meanwhile_is_not_overwritten(case: Case, ann: User) -> None:
    age = Cell("age")
    seal = sheet_of(case.pk).seal(age)
    put(case, "age", 45, ann)
    with pytest.raises(Meanwhile):
        correct(case.pk, age, 46, seal=seal, user=ann)
    outcome = Cell("outcome", 1)
    seal = sheet_of(case.pk).seal(outcome)
    again(lambda found: items_are(1, 0)(with_item(1, outcome=found.items[0].outcome)(found)))
    with pytest.raises(Meanwhile):  # the same word, but of another item
        correct(case.pk, outcome, "", seal=seal, user=ann)
    made = Correction.objects.standing().get()
    withdraw(made.pk)
    with pytest.raises(Meanwhile):
        withdraw(made.pk)
    with pytest.raises(Meanwhile):
        correct(case.pk, Cell("outcome", 9), "upheld", seal=seal, user=ann)
    with pytest.raises(Meanwhile):
        correct(case.pk + 999, age, 46, seal=seal, user=ann)


def test_a_corrected_number_keeps_the_case_and_its_page(case: Case, ann: User) -> None:
    made = put(case, "case_number", "CM17-9000009", ann)
    again()
    moved = Case.objects.get()
    assert (moved.pk, moved.number, moved.name) == (case.pk, "CM17-9000009", "CM17-9000009")
    withdraw(made.pk)
    assert Case.objects.get().number == "CM17-9000001"
    assert Case.objects.get().pk == case.pk


def test_a_number_of_another_case_joins_it_with_what_people_did(
    case: Case, take: Take, ann: User
) -> None:
    take(letter("CM17-9000002", decided="03/01/2017"))
    other = Case.objects.get(number="CM17-9000002")
    Note.objects.create(case=case, text="call the clinic", made_by=ann)
    made = put(case, "case_number", "CM17-9000002", ann)
    joined = Case.objects.get()
    assert joined.pk == other.pk
    assert joined.review.decision_date.month == 3
    assert [note.text for note in joined.notes.all()] == ["call the clinic"]
    assert joined.readings.count() == 2
    again()
    assert Case.objects.get().readings.count() == 2
    withdraw(made.pk)
    assert set(Case.objects.values_list("number", flat=True)) == {"CM17-9000001", "CM17-9000002"}


def test_the_address_of_a_case_that_joined_another_leads_on(
    case: Case, take: Take, ann: User, viewer: Client
) -> None:
    take(letter("CM17-9000002", decided="03/01/2017"), "other.txt")
    joined = Case.objects.get(number="CM17-9000002")
    made = put(case, "case_number", "CM17-9000002", ann)
    answer = viewer.get(f"/cases/{case.pk}/?sort=age")
    assert answer["Location"] == f"/cases/{joined.pk}/?sort=age"
    page = viewer.get(answer["Location"]).content.decode()
    assert "The case you asked for is part of CM17-9000002 by now." in page
    withdraw(made.pk)
    back = Case.objects.get(number="CM17-9000001")
    assert viewer.get(f"/cases/{case.pk}/")["Location"] == f"/cases/{back.pk}/"
    remove(Letter.objects.get(readings__case=back))
    assert viewer.get(f"/cases/{case.pk}/").status_code == 404


def test_so_does_that_of_a_case_whose_letter_is_read_as_anothers(
    take: Take, viewer: Client
) -> None:
    """And the address of a second letter in a file that is not found in it any more."""
    take(letter("CM17-9000001") + letter("CM17-9000002"))
    first, second = Case.objects.order_by("pk")
    with mock.patch.object(reads, "read_all", lambda text: [reading.read(text)]):
        again()
    assert viewer.get(f"/cases/{second.pk}/")["Location"] == f"/cases/{first.pk}/"
    again(lambda found: said(found, "case_number", "CM17-9000003"))
    one = Case.objects.get()
    for case in (first, second):
        assert viewer.get(f"/cases/{case.pk}/")["Location"] == f"/cases/{one.pk}/"


def test_a_number_can_be_given_to_a_letter_without_one(take: Take, ann: User) -> None:
    take(letter("CM17-9000002"))
    take(letter(None), "numberless.txt")
    case = Case.objects.get(number=None)
    made = put(case, "case_number", "CM17-9000003", ann)
    case.refresh_from_db()
    assert case.number == "CM17-9000003"
    again()
    assert set(Case.objects.values_list("number", flat=True)) == {"CM17-9000002", "CM17-9000003"}
    withdraw(made.pk)
    case.refresh_from_db()
    assert (case.number, case.name) == (None, "numberless.txt")


def test_the_latest_of_two_letters_can_become_a_case_of_its_own(
    case: Case, take: Take, ann: User
) -> None:
    take(letter(items=(item("Acupuncture"),), decided="03/01/2017"), "later.txt")
    made = put(case, "case_number", "CM17-9000002", ann)
    case.refresh_from_db()
    assert case.review.items.count() == 2
    assert Case.objects.get(number="CM17-9000002").review.items.get().service == "Acupuncture"
    again()
    assert Case.objects.count() == 2
    withdraw(made.pk)
    assert Case.objects.get().review.items.get().service == "Acupuncture"


def test_a_corrected_date_can_make_another_letter_the_latest(
    case: Case, take: Take, ann: User
) -> None:
    take(letter(items=(item("Acupuncture"),), decided="03/01/2017"), "later.txt")
    case.refresh_from_db()
    assert case.review.items.get().service == "Acupuncture"
    put(case, "decision_date", "2016-03-01", ann)
    case.refresh_from_db()
    assert case.review.items.count() == 2
    assert not case.corrected  # it is the other letter that is
    reading = Reading.objects.get(letter__name="later.txt")
    assert reading.review.corrected


def test_a_letter_never_corrected_costs_next_to_nothing(take: Take) -> None:
    def asked(work: Callable[[], Any]) -> int:
        with CaptureQueriesContext(connection) as queries:
            work()
        return sum("cases_correction" in query["sql"] for query in queries)

    assert asked(lambda: take(letter())) == 0
    assert asked(again) == 1


CELLS = [
    "age",
    "item-12",
    "item-new",
    "item-12-outcome",
    "item-2-expert-1",
    "item-2-administrator-new",
]


@pytest.mark.parametrize("name", CELLS)
def test_cells_are_named(name: str) -> None:
    assert str(Cell.named(name)) == name


@pytest.mark.parametrize(
    "name", ["", "pk", "search", "item-1-search", "item-x-outcome", "item-1-rationale-1", "age "]
)
def test_what_is_no_cell_is_none(name: str) -> None:
    assert Cell.named(name) is None
