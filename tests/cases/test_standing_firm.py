"""What is contained, counted and taken up again, without any process being killed."""

import signal
import traceback
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.db import IntegrityError, OperationalError, transaction
from pytest_django.fixtures import Settings

from cases import extraction, extractor, reader
from cases.cancel import cancel
from cases.checks import check_lease
from cases.claim import claim, let_go
from cases.codes import CODES, GOOD, REFUSALS
from cases.extraction import Killed, ReaderFailed, extract
from cases.models import Attempt, Letter
from cases.reader import NotSaved, read_letter
from cases.removal import remove_file
from cases.retry import retry
from cases.sweep import sweep
from reviews.reading import rows
from reviews.reading.text import Unreadable
from reviews.reading.types import LetterText
from tests.cases.test_reading_a_letter import received
from tests.faults import hostile
from tests.letters import letter

PAST = "2020-01-01T00:00Z"


@pytest.fixture(autouse=True)
def child_of_its_own() -> Iterator[None]:
    """Limits are given to the child at its start."""
    extraction._end_child(False)
    yield
    extraction._end_child(False)


def code_of(data: bytes) -> str:
    with pytest.raises(Unreadable) as told:
        extract(data)
    return told.value.code


def test_every_code_says_what_to_do() -> None:
    for code, (sentence, next_step, _ours) in CODES.items():
        assert code not in GOOD
        assert sentence.endswith(".") and next_step.endswith("."), code
    assert not REFUSALS.keys() & CODES.keys()


@pytest.mark.parametrize(
    ("limit", "value", "data", "code"),
    [
        ("EXTRACT_WALL_SECONDS", 0.05, hostile.operators(1), "timed-out"),
        ("EXTRACT_MEMORY_BYTES", 400 << 20, hostile.flate_bomb(1), "out-of-memory"),
        ("LETTER_MAX_PAGES", 3, hostile.many_pages(1), "too-many-pages"),
        ("EXTRACT_MAX_CHARACTERS", 1000, letter(), "too-much-text"),
        ("EXTRACT_MAX_REPLY_BYTES", 1000, letter(), "too-much-text"),
    ],
)
def test_each_limit_has_its_code(
    settings: Settings, limit: str, value: float, data: bytes, code: str
) -> None:
    setattr(settings, limit, value)
    assert code_of(data) == code
    setattr(settings, limit, 10**9 if value > 1 else 20)
    extraction._end_child(False)
    assert "CLINICAL CASE SUMMARY" in extract(letter()).text


def test_a_file_is_not_blamed_for_the_one_before_it() -> None:
    assert code_of(hostile.password(1)) == "needs-password"
    for make in (hostile.page_tree_loop, hostile.reference_loop, hostile.half_with_an_end):
        assert code_of(make(1)) == "damaged"


def test_a_child_killed_from_outside_is_replaced() -> None:
    extract(letter())
    extraction._children[False].process.send_signal(signal.SIGKILL)
    assert extract(letter()).text


def test_killed_again_and_again_is_our_trouble(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    dead = {"code": "extractor-killed", "sentence": "exit status -9"}
    monkeypatch.setattr(extraction, "_answer", lambda *_: dict(dead))
    found = received()
    with pytest.raises(Killed):
        read_letter(found.pk)
    found.refresh_from_db()
    assert (found.state, found.attempts) == ("received", 1)
    assert Attempt.objects.get().code == "extractor-killed"


def test_where_the_reader_fails_is_kept_for_staff_and_not_logged(
    db: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    said = "Traceback ... ValueError: 'Jane Roe'"
    monkeypatch.setattr(extraction, "_answer", lambda *_: {"code": "internal", "sentence": said})
    found = received()
    with pytest.raises(ReaderFailed) as raised:
        read_letter(found.pk)
    assert "Jane" not in str(raised.value)
    found.refresh_from_db()
    assert (found.state, found.attempts) == ("received", 1)
    assert Attempt.objects.values_list("code", "detail").get() == ("internal", said)


def test_a_row_that_is_refused_is_kept_for_staff_and_not_logged(
    db: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(*_: Any) -> None:
        raise IntegrityError("DETAIL: Failing row contains (Jane Roe)")

    monkeypatch.setattr(reader, "settle", refused)
    found = received()
    with pytest.raises(NotSaved) as raised:
        read_letter(found.pk)
    assert "Jane" not in "".join(traceback.format_exception(raised.value))
    assert "Jane" in Attempt.objects.get().detail


def test_many_letters_in_a_file_are_answered_with_its_text_once() -> None:
    many = b"\f".join(letter(f"CM17-9{n:06}") for n in range(40))
    limits = extraction._limits(scan=False)
    told = extractor._packed(extractor.read_letter(many, limits, pictures=False), limits)
    assert told.count(b"CLINICAL CASE SUMMARY") < 2 * many.count(b"CLINICAL CASE SUMMARY")
    found = extraction.read(many, pictures=False)
    assert len(found) == 40
    assert {rows.transcript["text"] for rows in found} == {many.decode()}


def test_the_readers_own_failure_is_told_from_a_files(monkeypatch: pytest.MonkeyPatch) -> None:
    limits = extraction._limits(scan=False)

    def fail(_text: LetterText) -> None:
        raise ValueError("in a rule")

    monkeypatch.setattr(rows, "read_all", fail)
    told = extractor.read_letter(letter(), limits, pictures=False)
    assert told["code"] == "internal"
    assert "in fail" in told["sentence"]


def test_a_file_that_holds_no_determination_but_nuls_is_recorded(
    db: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stop(_data: bytes, *, pictures: bool) -> None:
        raise Unreadable("not known here", "with \x00 and \ud800 in it")

    monkeypatch.setattr(reader, "read", stop)
    found = received()
    read_letter(found.pk)
    found.refresh_from_db()
    assert (found.state, found.code) == ("unreadable", "crashed")
    assert "\N{REPLACEMENT CHARACTER}" in Attempt.objects.get().detail


def test_a_reader_outlasts_a_restart_of_the_database(
    db: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    found, down = received(), [True, True]

    def away_for_a_while(*arguments: Any, **columns: Any) -> None:
        if down:
            down.pop()
            raise OperationalError("the connection is lost")
        let_go(*arguments, **columns)

    monkeypatch.setattr(reader, "settle", away_for_a_while)
    monkeypatch.setattr(reader, "let_go", away_for_a_while)
    monkeypatch.setattr(reader.connection, "close", lambda: None)
    with pytest.raises(OperationalError):
        read_letter(found.pk)
    found.refresh_from_db()
    assert (found.state, Attempt.objects.get().code) == ("received", "database")


def test_deaths_are_counted_anew_after_a_retry(db: None) -> None:
    found = received()
    for states in (("received", "failed"), ("received", "failed")):
        for state in states:
            assert claim(found.pk)
            Letter.objects.update(lease_until=PAST)
            sweep()
            assert Letter.objects.get().state == state
        assert retry(Letter.objects.failed()) == 1


def test_what_waits_can_be_cancelled_and_taken_in_again(db: None) -> None:
    waits, held = received(), received(letter("CM17-9000002"))
    assert claim(held.pk)
    assert cancel(Letter.objects.all()) == 1
    waits.refresh_from_db()
    assert (waits.state, waits.code) == ("failed", "cancelled")
    assert not Letter.objects.needing_attention().exists()
    assert claim(waits.pk) is None
    assert retry(Letter.objects.filter(pk=waits.pk)) == 1
    assert claim(waits.pk)


def test_a_scan_waits_for_those_who_recognise_scans(
    db: None, settings: Settings, django_capture_on_commit_callbacks: Callable[..., Any]
) -> None:
    settings.OCR = True
    found = received(hostile.picture(1))
    read_letter(found.pk)
    found.refresh_from_db()
    assert (found.state, found.scan, Attempt.objects.get().code) == ("received", True, "scan")
    assert claim(found.pk) is None
    assert claim(found.pk, scan=True)


def test_with_ocr_off_a_scan_is_told_so(db: None, settings: Settings) -> None:
    settings.OCR = False
    found = received(hostile.picture(2))
    read_letter(found.pk)
    found.refresh_from_db()
    assert (found.state, found.code) == ("unreadable", "ocr-off")


def test_a_file_that_came_in_again_is_not_removed(db: None) -> None:
    found = received()
    assert not remove_file(found.sha256, str(found.file))
    assert found.file.storage.exists(found.file.name)


@pytest.mark.parametrize(
    "columns",
    [
        {"state": "reading"},
        {"state": "unreadable"},
        {"state": "read", "code": "damaged"},
        {"lease_token": "00000000-0000-0000-0000-000000000000"},
    ],
)
def test_the_database_refuses_states_that_cannot_be(db: None, columns: dict[str, str]) -> None:
    received()
    with pytest.raises(IntegrityError), transaction.atomic():
        Letter.objects.update(**columns)


def test_a_lease_shorter_than_a_reading_is_warned_of(settings: Settings) -> None:
    assert not check_lease()
    settings.LEASE_SECONDS = settings.CELERY_TASK_TIME_LIMIT
    assert [warning.id for warning in check_lease()] == ["cases.W002"]
