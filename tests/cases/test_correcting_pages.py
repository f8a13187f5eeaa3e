"""Correcting on the pages: forms, what they refuse, what they show; checks, notes, history."""

import re
import threading
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from typing import Any
from unittest import mock

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.http import QueryDict
from django.test import Client
from django.test.utils import CaptureQueriesContext

from cases import amend, settle
from cases.correction_forms import form_of
from cases.filters import CaseFilter
from cases.models import Case, Correction, Letter, Note, Reading
from reviews.cells import Cell
from tests.cases.test_corrections import again, items_are, said
from tests.cases.test_handling import in_a_thread
from tests.letters import item, letter

Take = Callable[..., Letter]


@pytest.fixture
def case(take: Take) -> Case:
    take(letter(items=(item("Soma 350mg #60"), item("MRI of the left knee"))))
    return Case.objects.get()


def form_at(client: Client, case: Case, name: str) -> dict[str, str]:
    """The form's fields as a browser would send them, unchanged."""
    form = client.get(f"/cases/{case.pk}/correct/{name}").context["form"]
    return {field.name: "" if field.value() is None else field.value() for field in form}


def put(client: Client, case: Case, name: str, **typed: Any) -> Any:
    sent = form_at(client, case, name) | typed
    return client.post(f"/cases/{case.pk}/correct/{name}", sent)


def errors(name: str, **typed: Any) -> Any:
    cell = Cell.named(name)
    assert cell
    return form_of(cell)(cell, {"seal": "x", **typed}).errors


@pytest.mark.parametrize(
    ("name", "typed", "words"),
    [
        ("decision_date", "2017-02-30", "Enter a valid date."),
        ("decision_date", "2999-01-01", "This day is still to come."),
        ("decision_date", "2011-12-31", "This day is too early: none is before 2012-01-01."),
        ("date_of_injury", "1939-12-31", "none is before 1940-01-01."),
        ("age", "121", "less than or equal to 120"),
        ("age", "old", "Enter a whole number."),
        ("sex", "none", "not one of the available choices"),
        ("priority", "soon", "not one of the available choices"),
        ("case_number", "17-12", "A case number looks like CM17-0001234."),
        ("item-1-outcome", "maybe", "not one of the available choices"),
        ("item-1-category", "", "This field is required."),
        ("item-1-service", "  ", "This field is required."),
        ("item-1-treatment", "none-such", "not one of the available choices"),
        ("mechanism", "a\x00b", "Null characters are not allowed."),
    ],
)
def test_what_may_not_stand_there_is_said(db: None, name: str, typed: str, words: str) -> None:
    assert words in str(errors(name, value=typed)["value"])


@pytest.mark.parametrize(
    ("field", "typed", "words"),
    [
        ("printed_pages", "see index", "Pages are numbers and ranges"),
        ("printed_pages", "64-66 and more", "Pages are numbers and ranges"),
        ("year", "1066", "greater than or equal to 1980"),
        ("year", "2999", "This year is still to come."),
        ("guideline", "none-such", "not one of the available choices"),
        ("source", "hearsay", "not one of the available choices"),
        ("title", "", "a guideline of the catalogue, or a title"),
    ],
)
def test_of_a_citation_too(db: None, field: str, typed: str, words: str) -> None:
    whole = {"source": "ODG", "title": "ODG", "guideline": ""}
    assert words in str(errors("item-1-expert-1", **{**whole, field: typed})[field])


@pytest.mark.parametrize(
    ("name", "typed", "kept"),
    [
        ("case_number", " cm17 9000005", "CM17-9000005"),
        ("case_number", "", ""),
        ("decision_date", "2017-02-03", "2017-02-03"),
        ("decision_date", "", None),
        ("age", "", None),
        ("diagnoses", " lumbar  strain \n\nsciatica\n", ["lumbar strain", "sciatica"]),
        ("item-1-treatment", "carisoprodol", "carisoprodol"),
        ("item-1-treatment", "", ""),
    ],
)
def test_what_is_typed_is_kept_in_one_form(db: None, name: str, typed: str, kept: Any) -> None:
    cell = Cell.named(name)
    assert cell
    form = form_of(cell)(cell, {"seal": "x", "value": typed})
    assert form.is_valid(), form.errors
    assert form.put == kept


def test_a_value_is_corrected_on_its_page(analyst: Client, case: Case) -> None:
    answer = put(analyst, case, "age", value="45", why="see page 2")
    assert answer["Location"] == f"/cases/{case.pk}/#correct-age"
    page = analyst.get(answer["Location"]).content.decode()
    assert "Worker&#x27;s age: corrected." in page
    assert "corrected, read as <del>44</del>" in page
    assert "see page 2" in page
    made = Correction.objects.get()
    answer = analyst.post(f"/cases/{case.pk}/corrections/{made.pk}/withdraw?sort=age")
    assert answer["Location"] == f"/cases/{case.pk}/?sort=age#correct-age"
    page = analyst.get(answer["Location"]).content.decode()
    assert "read as" not in page
    again_ = analyst.post(f"/cases/{case.pk}/corrections/{made.pk}/withdraw", follow=True)
    assert "does not stand any more" in again_.content.decode()


def test_a_form_as_it_was_opened_changes_nothing(analyst: Client, case: Case) -> None:
    names = ["age", "diagnoses", "item-1-treatment", "item-1-expert-1", "item-1-details"]
    for name in names:
        page = put(analyst, case, name).content.decode()
        assert "This is what stands there already." in page, name
    assert not Correction.objects.exists()


def test_what_changed_meanwhile_is_said_and_what_was_typed_is_kept(
    analyst: Client, manager: Client, case: Case
) -> None:
    mine = form_at(analyst, case, "age") | {"value": "46"}
    put(manager, case, "age", value="45")
    answer = analyst.post(f"/cases/{case.pk}/correct/age", mine)
    page = answer.content.decode()
    assert "in the meantime: it is now “45”" in page
    assert 'value="46"' in page
    case.refresh_from_db()
    assert case.age == 45
    seal = re.search(r'name="seal" value="(\w+)"', page)
    assert seal
    analyst.post(f"/cases/{case.pk}/correct/age", mine | {"seal": seal[1]})
    case.refresh_from_db()
    assert case.age == 46


def test_the_reader_agrees_is_shown(analyst: Client, case: Case) -> None:
    put(analyst, case, "age", value="45")
    again(lambda found: said(found, "age", 45))
    page = analyst.get(case.get_absolute_url()).content.decode()
    assert "corrected, the reader agrees" in page
    assert "agrees by now with the correction: Worker&#x27;s age" in page


def test_what_lost_its_place_is_shown(analyst: Client, case: Case) -> None:
    put(analyst, case, "item-2-outcome", value="overturned")
    again(items_are(0))
    page = analyst.get(case.get_absolute_url()).content.decode()
    assert "Not applied, its place is not found any more" in page
    assert "A correction no longer finds its place" in page


def test_a_citation_is_corrected_removed_and_added(analyst: Client, case: Case) -> None:
    at = f"/cases/{case.pk}/correct/item-1-expert-1"
    put(analyst, case, "item-1-expert-1", printed_pages="64-66, 70")
    page = analyst.get(case.get_absolute_url()).content.decode()
    assert "pages 64-66, 70" in page
    analyst.post(at, form_at(analyst, case, "item-1-expert-1") | {"remove": "yes"})
    page = analyst.get(case.get_absolute_url()).content.decode()
    assert "pages 64-66, 70" not in page.split('id="history"')[0]
    assert "Removed" in page
    put(analyst, case, "item-1-expert-new", source="ODG", title="ODG Pain", printed_pages="3")
    page = analyst.get(case.get_absolute_url()).content.decode()
    assert "added" in page
    added = Correction.objects.standing().get(machine__isnull=True)
    cell = f"/cases/{case.pk}/correct/{added.cell}"
    analyst.post(cell, form_at(analyst, case, str(added.cell)) | {"remove": "yes"})
    added.refresh_from_db()
    assert added.state == "withdrawn"


def test_a_number_of_another_case_leads_there(analyst: Client, take: Take, case: Case) -> None:
    take(letter("CM17-9000002"))
    other = Case.objects.get(number="CM17-9000002")
    answer = put(analyst, case, "case_number", value="CM17-9000002")
    assert answer["Location"] == f"/cases/{other.pk}/#correct-case_number"


@pytest.mark.django_db(transaction=True)
def test_two_letters_given_each_others_number_at_once_both_get_it(
    transactional_db: None, analyst: Client, manager: Client, take: Take
) -> None:
    take(letter("CM17-9000001"), "1.txt")
    take(letter("CM17-9000002"), "2.txt")
    first, second = Case.objects.order_by("pk")
    swaps = [(analyst, first, second.name), (manager, second, first.name)]
    sent = [form_at(who, own, "case_number") | {"value": number} for who, own, number in swaps]
    together, here = threading.Barrier(2), threading.local()
    answers: list[int] = []

    def at_once(work: Callable[..., Any], *arguments: Any) -> Any:
        """As the other begins with it too, unless that waits for this one."""
        if not hasattr(here, work.__name__):
            setattr(here, work.__name__, True)
            with suppress(threading.BrokenBarrierError):
                together.wait(1)
        return work(*arguments)

    def swap(who: Client, own: Case, form: dict[str, str]) -> None:
        answers.append(who.post(f"/cases/{own.pk}/correct/case_number", form).status_code)

    with (
        mock.patch.object(amend, "place", partial(at_once, settle.place)),
        mock.patch.object(amend, "resettle", partial(at_once, settle.resettle)),
    ):
        threads = [
            in_a_thread(partial(swap, who, own, form))
            for (who, own, _number), form in zip(swaps, sent, strict=True)
        ]
        for thread in threads:
            thread.join(30)
    assert answers == [302, 302]
    found = Reading.objects.values_list("letter__name", "review__case_number", "case__number")
    assert set(found) == {
        ("1.txt", "CM17-9000002", "CM17-9000002"),
        ("2.txt", "CM17-9000001", "CM17-9000001"),
    }


def test_a_script_is_told_that_the_value_moved(analyst: Client, take: Take, case: Case) -> None:
    """And what is said waits for the page that it goes to."""
    take(letter("CM17-9000002"), "other.txt")
    other = Case.objects.get(number="CM17-9000002")
    sent = form_at(analyst, case, "case_number") | {"value": "CM17-9000002"}
    at = f"/cases/{case.pk}/correct/case_number"
    answer = analyst.post(at, sent, headers={"X-Part": "form"})
    assert answer.status_code == 204
    assert answer["Location"] == f"/cases/{other.pk}/#correct-case_number"
    page = analyst.get(answer["Location"]).content.decode()
    assert "Case number: corrected." in page


@pytest.mark.parametrize("name", ["nothing", "item-9-outcome", "item-1-expert-9", "pk"])
def test_there_is_no_form_for_what_is_not_there(analyst: Client, case: Case, name: str) -> None:
    assert analyst.get(f"/cases/{case.pk}/correct/{name}").status_code == 404
    assert analyst.post(f"/cases/{case.pk}/correct/{name}", {"value": "1"}).status_code == 404


def test_what_people_did_is_changed_only_where_it_belongs(
    analyst: Client, take: Take, case: Case
) -> None:
    take(letter("CM17-9000002"), "other.txt")
    other = Case.objects.get(number="CM17-9000002")
    put(analyst, case, "age", value="45")
    analyst.post(f"/cases/{case.pk}/notes/", {"text": "call the clinic"})
    correction, note = Correction.objects.get(), Note.objects.get()
    for address in (f"corrections/{correction.pk}/withdraw", f"notes/{note.pk}/"):
        sent = {"text": "call nobody"}
        assert analyst.post(f"/cases/{other.pk}/{address}", sent).status_code == 404, address
    correction.refresh_from_db()
    note.refresh_from_db()
    assert (correction.stands, note.text) == (True, "call the clinic")
    assert analyst.post(f"/cases/{case.pk}/corrections/{correction.pk}/withdraw").status_code == 302


def test_a_viewer_looks(viewer: Client, analyst: Client, case: Case) -> None:
    put(analyst, case, "age", value="45")
    analyst.post(f"/cases/{case.pk}/notes/", {"text": "call the clinic"})
    page = viewer.get(case.get_absolute_url()).content.decode()
    assert "corrected, read as <del>44</del>" in page
    assert "call the clinic" in page
    for words in ("/correct/", "withdraw", "Mark as checked", "Add a note", "Give<"):
        assert words not in page
    note = Note.objects.get()
    for address in (
        "correct/age",
        f"corrections/{Correction.objects.get().pk}/withdraw",
        "check",
        "assign",
        "notes/",
        f"notes/{note.pk}/",
    ):
        assert viewer.post(f"/cases/{case.pk}/{address}").status_code == 403, address


def test_a_case_is_checked_given_and_noted(analyst: Client, case: Case) -> None:
    at = case.get_absolute_url()
    page = analyst.post(f"{at}check", {"review": case.review_id}, follow=True).content.decode()
    assert "Checked</span> by analyst" in page
    assert Case.objects.get().checked
    page = analyst.post(f"{at}check", {"back": "yes"}, follow=True).content.decode()
    assert "Mark as checked" in page
    page = analyst.post(f"{at}check", {"review": 0}, follow=True).content.decode()
    assert "read again while you looked" in page
    analyst.post(f"{at}assign", {"to": "analyst"})
    assert str(Case.objects.get().assigned_to) == "analyst"
    assert analyst.post(f"{at}assign", {"to": "nobody-there"}).status_code == 404
    page = analyst.get(at).content.decode()
    for told in ("marked the case as checked", "took back that the case", "gave the case to"):
        assert told in page


def test_a_lapsed_check_says_what_changed(analyst: Client, case: Case) -> None:
    analyst.post(f"{case.get_absolute_url()}check", {"review": case.review_id})
    again(lambda found: said(found, "age", 46))
    page = analyst.get(case.get_absolute_url()).content.decode()
    assert "before the reader changed: age. Please check it again." in page
    assert "The reader</b> says something else than what was checked" in page


def test_notes_are_changed_and_deleted_by_their_writer(
    analyst: Client, manager: Client, case: Case
) -> None:
    at = f"{case.get_absolute_url()}notes/"
    assert "This field is required" in analyst.post(at, {"text": " "}).content.decode()
    analyst.post(at, {"text": "call <the> clinic"})
    note = Note.objects.get()
    own = f"{at}{note.pk}/"
    assert manager.get(own).status_code == 403
    assert manager.post(own, {"delete": "yes"}).status_code == 403
    analyst.post(own, {"text": "call the doctor"})
    page = analyst.get(case.get_absolute_url()).content.decode()
    assert "<del>call &lt;the&gt; clinic</del>" in page
    assert "<ins>call the doctor</ins>" in page
    analyst.post(own, {"delete": "yes"})
    page = analyst.get(case.get_absolute_url()).content.decode()
    assert '<ul class="notes">' not in page
    assert "deleted a note" in page
    assert analyst.get(own).status_code == 404


def test_the_history_tells_who_what_from_what_to_what_and_why(
    analyst: Client, manager: Client, case: Case
) -> None:
    put(analyst, case, "item-1-treatment", value="")
    put(manager, case, "decision_date", value="2017-02-03", why="stamped")
    put(manager, case, "decision_date", value="2017-02-04")
    analyst.post(f"/cases/{case.pk}/corrections/{Correction.objects.last().pk}/withdraw")
    events = analyst.get(case.get_absolute_url()).context["history"]
    assert [(e.who, e.what, e.before, e.after, e.why) for e in events] == [
        ("analyst", "withdrew the correction: Decision date", "", "", ""),
        ("manager", "corrected: Decision date", "2017-02-03", "2017-02-04", ""),
        ("manager", "corrected: Decision date", "2017-02-01", "2017-02-03", "stamped"),
        (
            "analyst",
            "corrected: Item 1, treatment (Soma 350mg #60)",
            "carisoprodol",
            "not told",
            "",
        ),
    ]


def test_queries_of_a_case_do_not_grow_with_what_people_did(
    analyst: Client, viewer: Client, case: Case
) -> None:
    def count() -> int:
        with CaptureQueriesContext(connection) as queries:
            viewer.get(case.get_absolute_url())
        return len(queries)

    user = User.objects.get(username="analyst")

    def work(n: int) -> None:
        put(analyst, case, "age", value=str(50 + n))
        put(analyst, case, f"item-{1 + n % 2}-rationale", value=f"Number {n}.")
        analyst.post(f"{case.get_absolute_url()}notes/", {"text": f"note {n}"})
        analyst.post(f"{case.get_absolute_url()}assign", {"to": user.username if n % 2 else ""})

    work(0)
    work(1)
    count()  # fills the caches of choices
    few = count()
    for n in range(2, 6):
        work(n)
    assert count() == few


@pytest.fixture
def three(analyst: Client, take: Take) -> None:
    """1: given to the analyst and checked, though doubted; 2: corrected; 3: doubted."""
    doubted = item(rationale="The request is medically necessary.")
    for n, items in ((1, (doubted,)), (2, ()), (3, (doubted,))):
        take(letter(f"CM17-900000{n}", items, decided=f"0{n}/01/2017"), f"{n}.txt")
    first, second = (Case.objects.get(number=f"CM17-900000{n}") for n in (1, 2))
    analyst.post(f"{first.get_absolute_url()}check", {"review": first.review_id})
    analyst.post(f"{first.get_absolute_url()}assign", {"to": "analyst"})
    put(analyst, second, "age", value="45")


@pytest.mark.parametrize(
    ("query", "cases"),
    [
        ("assigned_to=analyst", "1"),
        ("assigned_to=nobody", "32"),
        ("checked=true", "1"),
        ("checked=false", "32"),
        ("corrected=true", "2"),
        ("corrected=false", "31"),
        ("flagged=true", "31"),
        ("flagged=false", "2"),
        ("flagged=true&checked=false&sort=-doubts", "3"),
    ],
)
def test_the_list_knows_what_people_did(three: None, query: str, cases: str) -> None:
    filtered = CaseFilter(QueryDict(query))
    assert filtered.is_valid(), filtered.form.errors
    assert "".join(case.name[-1] for case in filtered.qs) == cases


def test_me_is_whoever_asks(three: None, analyst: Client, manager: Client) -> None:
    answer = analyst.get("/cases/?assigned_to=me&sort=age")
    assert answer["Location"] == "/cases/?assigned_to=analyst&sort=age"
    page = analyst.get(answer["Location"]).content.decode()
    assert "CM17-9000001" in page
    assert "CM17-9000002" not in page
    answer = manager.get("/cases/export.csv?assigned_to=me")
    assert answer["Location"] == "/cases/export.csv?assigned_to=manager"
    answer = analyst.get("/cases/export/?assigned_to=me")
    assert answer["Location"] == "/cases/export/?assigned_to=analyst"
    assert not CaseFilter(QueryDict("assigned_to=me")).is_valid()
    assert not CaseFilter(QueryDict("assigned_to=no-such-name")).is_valid()


def test_to_check_is_what_is_doubted_and_not_checked(three: None, analyst: Client) -> None:
    page = analyst.get("/cases/").content.decode()
    link = re.search(r'href="(/cases/[^"]*)"[^>]*>To check<', page)
    assert link
    found = analyst.get(link[1].replace("&amp;", "&")).content.decode()
    assert "CM17-9000003" in found
    assert "CM17-9000001" not in found
