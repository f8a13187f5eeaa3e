"""The way of a letter: claimed once, read, recorded whole, or told what is wrong."""

import io
from collections.abc import Callable
from datetime import timedelta
from typing import Any
from unittest import mock

import pytest
from django.utils import timezone
from pytest_django.fixtures import Settings

from cases import reader
from cases.claim import ClaimLost, claim, let_go
from cases.intake import receive
from cases.models import Attempt, Case, Letter
from cases.reader import NotStored, read_letter, read_waiting
from cases.removal import remove
from cases.retry import retry
from cases.sweep import sweep
from reviews.models import Citation, DisputedItem, Review
from samples.writer import invent
from tests.letters import item, letter

Take = Callable[..., Letter]


def received(data: bytes = b"", name: str = "letter.txt") -> Letter:
    (answer,) = receive(io.BytesIO(data or letter()), name)
    assert answer.letter
    return answer.letter


def test_a_letter_becomes_a_case(take: Take) -> None:
    found = take(
        letter(items=(item("Norco 10/325mg #60"), item("MRI of the left knee", "Overturned")))
    )
    assert (found.state, found.code, found.attempts) == ("read", "", 1)
    case = Case.objects.get()
    review = case.review
    assert case.name == case.number == review.case_number == "CM17-9000001"
    assert (review.age, review.sex, review.outcome) == (44, "female", "partially overturned")
    assert [(i.service, i.outcome) for i in review.items.all()] == [
        ("Norco 10/325mg #60", "upheld"),
        ("MRI of the left knee", "overturned"),
    ]
    cited = Citation.objects.filter(side="expert").first()
    assert cited is not None
    assert (cited.guideline_id, cited.year, cited.sections) == (
        "mtus-low-back",
        2004,
        ["Physical Methods"],
    )
    assert found.tries.get().code == "read"


def test_values_keep_their_place_in_the_text(take: Take) -> None:
    take(letter())
    review = Review.objects.get()
    text = review.transcript.text
    start, end, page, _rule = review.receipts["case_number"]
    assert (text[start:end], page) == ("CM17-9000001", 1)
    start, end, *_ = review.items.get().receipts["service"]
    assert text[start:end] == "Aquatic therapy 8 visits"
    assert "".join(text[s:e] for _name, s, e in review.transcript.sections) == text


@pytest.mark.parametrize("generation", ["G4", "G5", "G6"])
def test_an_encrypted_pdf_is_read(take: Take, generation: str) -> None:
    invented = invent(7, generation=generation)
    found = take(invented.pdf(sealed=True), f"{invented.name}.pdf")
    assert found.state == "read"
    services = [i["service"] for i in invented.answers["items"]]
    assert [i.service for i in Review.objects.get().items.all()] == services


def test_without_a_number_the_case_has_the_files_name(take: Take) -> None:
    take(letter(number=None), "scan 12.txt")
    assert Case.objects.get().name == "scan 12.txt"
    assert Case.objects.get().number is None


@pytest.mark.parametrize(
    ("data", "name", "code"),
    [
        (b"Dear all, lunch is at noon. " * 40, "lunch.txt", "not-a-determination"),
        (b"%PDF-1.7\ngarbage\n%%EOF", "bad.pdf", "damaged"),
    ],
)
def test_what_is_wrong_with_the_letter_has_a_code(
    take: Take, data: bytes, name: str, code: str
) -> None:
    found = take(data, name)
    assert (found.state, found.code) == ("unreadable", code)
    assert found.trouble is not None
    assert found.trouble.next_step
    assert not Case.objects.exists()


def test_rung_twice_it_is_read_once(take: Take) -> None:
    found = take(letter())
    read_letter(found.pk)
    assert Attempt.objects.count() == Review.objects.count() == 1


def test_a_bell_leads_on_to_others_that_wait(db: None, settings: Settings) -> None:
    first, second, third, paused = (received(letter(f"CM17-900000{n}")) for n in range(4))
    Letter.objects.filter(pk=paused.pk).update(due_at=timezone.now() + timedelta(hours=1))
    scan = received(letter("CM17-9000009"))
    Letter.objects.filter(pk=scan.pk).update(scan=True)
    settings.READ_ON_SECONDS = 0
    read_waiting(second.pk)
    assert read_by_now() == {second.pk}
    settings.READ_ON_SECONDS = 60
    read_waiting(second.pk)  # its own letter was read meanwhile
    assert read_by_now() == {first.pk, second.pk, third.pk}
    assert set(Letter.objects.filter(state="read").values_list("attempts", flat=True)) == {1}


def read_by_now() -> set[int]:
    """Which letters are read."""
    return set(Letter.objects.filter(state="read").values_list("pk", flat=True))


def test_only_one_holder(db: None) -> None:
    found = received()
    assert claim(found.pk) is not None
    assert claim(found.pk) is None


def test_a_holder_past_its_lease_saves_nothing(db: None) -> None:
    held = claim(received().pk)
    assert held is not None
    Letter.objects.update(lease_until=timezone.now() - timedelta(seconds=1))
    sweep()
    with pytest.raises(ClaimLost):
        let_go(held, Letter.State.READ, "read")
    assert Letter.objects.get().state == "received"
    assert Attempt.objects.get().code == "reader-lost"


def test_a_letter_that_kills_two_readers_is_set_aside(db: None) -> None:
    found = received()
    for _ in range(2):
        assert claim(found.pk)
        Letter.objects.update(lease_until=timezone.now() - timedelta(seconds=1))
        sweep()
    assert Letter.objects.values_list("state", "code").get() == ("failed", "gave-up")


def test_trouble_of_ours_is_recorded_raised_and_tried_again(db: None) -> None:
    found = received()
    with mock.patch.object(reader, "settle", side_effect=RuntimeError("boom")):
        with pytest.raises(RuntimeError):
            read_letter(found.pk)
        found.refresh_from_db()
        assert found.state == "received"
        assert found.due_at is not None
        assert found.due_at > timezone.now()
        read_letter(found.pk)  # not due yet: nothing happens
        assert Attempt.objects.count() == 1
        for _ in range(3):
            Letter.objects.update(due_at=None)
            with pytest.raises(RuntimeError):
                read_letter(found.pk)
    found.refresh_from_db()
    assert (found.state, found.code, found.attempts) == ("failed", "internal", 4)
    assert "boom" in Attempt.objects.first().detail
    assert not Review.objects.exists()


def test_a_missing_file_is_said(db: None) -> None:
    found = received()
    found.file.storage.delete(found.file.name)
    with pytest.raises(NotStored):
        read_letter(found.pk)
    assert Attempt.objects.get().code == "storage"


def test_read_again_rows_are_replaced_not_doubled(take: Take) -> None:
    found = take(letter())
    before = Review.objects.get().pk
    case = Case.objects.get().pk
    assert retry(Letter.objects.all()) == 1
    read_letter(found.pk)
    assert Review.objects.get().pk != before
    assert Case.objects.get().pk == case
    assert DisputedItem.objects.count() == 1


def test_the_latest_decision_is_the_cases(take: Take) -> None:
    late = take(letter(decided="05/05/2017"), "late.txt")
    take(letter(decided="02/01/2017"), "early.txt")
    case = Case.objects.get()
    assert str(case.review.decision_date) == "2017-05-05"
    remove(late)
    case.refresh_from_db()
    assert str(case.review.decision_date) == "2017-02-01"
    assert Review.objects.count() == 1


def test_removed_with_all_that_was_read(
    take: Take, django_capture_on_commit_callbacks: Callable[..., Any]
) -> None:
    found = take(letter())
    path, storage = found.file.name, found.file.storage
    with django_capture_on_commit_callbacks(execute=True):
        remove(found)
    assert not storage.exists(path)
    for model in (Letter, Case, Review, DisputedItem, Citation, Attempt):
        assert not model.objects.exists()


def test_lengths_and_page_numbers_are_not_believed(take: Take) -> None:
    # A range of all pages, a page that no integer holds, and a specialty as long as a page.
    cited = "Decision based on MTUS Low Back Complaints 2004, pages 1-99999, 99999999999."
    found = take(
        letter(items=(item(expert=cited),), specialty="Occupational Medicine " + "and so on " * 60)
    )
    assert found.state == "read"
    pages = Citation.objects.filter(side="expert").values_list("pages", flat=True)
    assert all(len(each) <= 500 for each in pages)
