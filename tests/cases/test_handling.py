"""Handling a case: checked and checked again, given away, noted; nothing lost in between."""

import dataclasses
import io
import threading
from collections.abc import Callable
from functools import partial
from typing import Any
from unittest import mock

import pytest
from auditlog.models import LogEntry
from django.contrib.auth.models import Group, User
from django.db import connection, transaction
from django.test import Client

from cases import amend, reader, settle
from cases.amend import correct, sheet_of
from cases.handling import assign, check, colleagues, take_back
from cases.intake import receive
from cases.models import Assignment, Case, Checked, Correction, Letter, Note
from cases.reader import read_letter
from cases.removal import remove
from cases.retry import retry
from reviews.cells import Cell
from reviews.models import Review
from tests.cases.test_corrections import again, put, said
from tests.letters import item, letter

Take = Callable[..., Letter]


@pytest.fixture
def ann(db: None) -> User:
    user = User.objects.create_user("ann")
    user.groups.add(Group.objects.get(name="analyst"))
    return user


@pytest.fixture
def case(take: Take) -> Case:
    take(letter())
    return Case.objects.get()


def test_a_check_stands_while_the_reader_says_the_same(case: Case, ann: User) -> None:
    assert check(case.pk, case.review_id, ann)
    again()
    assert Case.objects.get().checked
    put(case, "age", 45, ann)  # what people put right is no change of the reader's
    again(lambda found: said(found, "age", 46))
    assert Case.objects.get().checked
    again(lambda found: said(found, "sex", "male"))
    assert not Case.objects.get().checked
    (lapsed,) = Checked.objects.all()
    assert (lapsed.state, lapsed.changes, lapsed.made_by) == ("lapsed", ["sex"], ann)


def test_a_check_is_of_what_was_seen(case: Case, ann: User) -> None:
    again()
    assert not check(case.pk, case.review_id, ann)
    assert not Case.objects.get().checked


def test_a_check_is_taken_back(case: Case, ann: User) -> None:
    check(case.pk, case.review_id, ann)
    check(case.pk, case.review_id, ann)
    take_back(case.pk)
    assert not Case.objects.get().checked
    assert [each.state for each in Checked.objects.all()] == ["taken_back"]


def test_a_later_letter_is_to_be_checked_again(case: Case, take: Take, ann: User) -> None:
    check(case.pk, case.review_id, ann)
    later = take(letter(items=(item("Acupuncture"),), decided="03/01/2017"), "later.txt")
    assert not Case.objects.get().checked
    case.refresh_from_db()
    check(case.pk, case.review_id, ann)
    remove(later)
    assert not Case.objects.get().checked


def test_a_case_is_given_to_colleagues_only(case: Case, ann: User) -> None:
    bob, eve = User.objects.create_user("bob"), User.objects.create_user("eve", is_active=False)
    for user, group in ((bob, "viewer"), (eve, "analyst"), (ann, "manager")):
        user.groups.add(Group.objects.get(name=group))
    assert list(colleagues()) == [ann]
    assert assign(case.pk, ann, bob)
    assert not assign(case.pk, ann, bob)
    assert Case.objects.get().assigned_to == ann
    again()
    assert Case.objects.get().assigned_to == ann
    assert assign(case.pk, None, ann)
    assert list(Assignment.objects.values_list("to", "made_by")) == [
        (ann.pk, bob.pk),
        (None, ann.pk),
    ]


def test_what_people_did_goes_where_the_letter_goes(case: Case, ann: User) -> None:
    Note.objects.create(case=case, text="call the clinic", made_by=ann)
    assign(case.pk, ann, ann)
    check(case.pk, case.review_id, ann)
    again(lambda found: said(found, "case_number", "CM17-9000007"))
    moved = Case.objects.get()
    assert moved.number == "CM17-9000007"
    assert moved.pk != case.pk
    assert (moved.assigned_to, moved.checked) == (ann, False)
    assert [note.text for note in moved.notes.all()] == ["call the clinic"]
    assert [each.state for each in moved.checks.all()] == ["lapsed"]


def test_deleting_a_letter_says_what_goes_with_it(
    manager: Client, case: Case, take: Take, ann: User
) -> None:
    first = Letter.objects.get()
    at = f"/admin/cases/letter/{first.pk}/delete/"
    assert "what people did" not in manager.get(at).content.decode()
    put(case, "age", 45, ann)
    put(case, "sex", "male", ann)
    Note.objects.create(case=case, text="call the clinic", made_by=ann)
    assert "and what people did: 2 corrections and 1 note" in manager.get(at).content.decode()
    take(letter(decided="01/02/2017"), "other.txt")
    page = manager.get(at).content.decode()
    assert "and what people did: 2 corrections" in page
    assert "1 note" not in page  # the case stays
    manager.post(at, {"post": "yes"})
    assert not Correction.objects.exists()
    assert Note.objects.exists()
    deleted = LogEntry.objects.filter(action=LogEntry.Action.DELETE, actor__username="manager")
    assert deleted.filter(content_type__model="correction").count() == 2


def in_a_thread(work: Callable[[], Any]) -> threading.Thread:
    def run() -> None:
        try:
            work()
        finally:
            connection.close()

    thread = threading.Thread(target=run)
    thread.start()
    return thread


@pytest.mark.django_db(transaction=True)
def test_a_correction_made_while_the_letter_is_read_again_is_kept(
    transactional_db: None, take: Take
) -> None:
    take(letter())
    case, found = Case.objects.get(), Letter.objects.get()
    user = User.objects.create_user("ann")
    retry(Letter.objects.all())
    recorded, go_on, lay_over = threading.Event(), threading.Event(), settle.lay_over

    def slowly(*arguments: Any) -> None:
        lay_over(*arguments)
        recorded.set()
        assert go_on.wait(20)

    seal = sheet_of(case.pk).seal(Cell("age"))
    with mock.patch.object(settle, "lay_over", slowly):
        reads = in_a_thread(lambda: read_letter(found.pk))
        assert recorded.wait(20)
        corrects = in_a_thread(lambda: correct(case.pk, Cell("age"), 45, seal=seal, user=user))
        corrects.join(0.5)
        assert corrects.is_alive()  # waits for the letter
        go_on.set()
        reads.join(20)
        corrects.join(20)
    assert Case.objects.get().review.age == Case.objects.get().age == 45
    assert Correction.objects.get().state == "applied"


@pytest.mark.django_db(transaction=True)
def test_a_letter_deleted_while_it_is_read_leaves_nothing(transactional_db: None) -> None:
    (answer,) = receive(io.BytesIO(letter()), "letter.txt")
    recorded, go_on, usual = threading.Event(), threading.Event(), reader.settle

    def slowly(*arguments: Any) -> None:
        usual(*arguments)
        recorded.set()
        assert go_on.wait(20)

    with mock.patch.object(reader, "settle", slowly):
        reads = in_a_thread(lambda: read_letter(answer.letter.pk))
        assert recorded.wait(20)
        removes = in_a_thread(lambda: remove(Letter.objects.get(pk=answer.letter.pk)))
        removes.join(0.5)
        assert removes.is_alive()  # waits for the reading
        go_on.set()
        reads.join(20)
        removes.join(20)
    for model in (Letter, Case, Review):
        assert not model.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_a_correction_that_a_deadlock_broke_off_is_made_anew(
    transactional_db: None, take: Take
) -> None:
    """The correction holds the letter and wants the case; who holds the case wants the letter."""
    take(letter())
    case, user = Case.objects.get(), User.objects.create_user("ann")
    seal = sheet_of(case.pk).seal(Cell("age"))
    held = threading.Event()

    def resettle(*arguments: Any) -> None:
        held.set()
        settle.resettle(*arguments)

    with mock.patch.object(amend, "resettle", resettle), transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL deadlock_timeout = '1min'")  # so the other one goes
        Case.objects.select_for_update().get(pk=case.pk)
        corrects = in_a_thread(lambda: correct(case.pk, Cell("age"), 45, seal=seal, user=user))
        assert held.wait(20)
        Letter.objects.select_for_update().get()
    corrects.join(20)
    assert Case.objects.get().age == 45
    assert Correction.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_who_correct_at_once_both_count(transactional_db: None, take: Take) -> None:
    take(letter())
    case = Case.objects.get()
    user = User.objects.create_user("ann")
    values = {"age": 45, "sex": "male", "priority": "expedited", "mechanism": "a fall"}
    seals = {name: sheet_of(case.pk).seal(Cell(name)) for name in values}
    begin = threading.Barrier(len(values))

    def put_in(name: str) -> None:
        begin.wait(20)
        correct(case.pk, Cell(name), values[name], seal=seals[name], user=user)

    threads = [in_a_thread(partial(put_in, name)) for name in values]
    for thread in threads:
        thread.join(30)
    review = Case.objects.get().review
    assert {name: getattr(review, name) for name in values} == values
    assert Correction.objects.standing().count() == len(values)


@pytest.mark.django_db(transaction=True)
def test_a_case_given_away_while_it_settles_is_given_away(
    transactional_db: None, take: Take
) -> None:
    take(letter())
    case = Case.objects.get()
    user = User.objects.create_user("ann")
    with transaction.atomic():
        settle.resettle([case.pk])
        gives = in_a_thread(lambda: assign(case.pk, user, user))
        gives.join(0.5)
        assert gives.is_alive()
        settle.resettle([case.pk])
    gives.join(20)
    assert Case.objects.get().assigned_to == user


def test_the_readers_version_is_no_change(case: Case, ann: User) -> None:
    check(case.pk, case.review_id, ann)
    again(lambda found: dataclasses.replace(found, version="999"))
    assert Case.objects.get().checked
