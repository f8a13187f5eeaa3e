"""Letters that are pictures: told apart, handed on, recognised, read, flagged when doubtful."""

import io
from unittest import mock

import pytest
from PIL import Image
from pytest_django.fixtures import Settings

from cases import extraction, reader
from cases.bell import SCANS
from cases.intake import receive
from cases.models import Attempt, Letter
from cases.reader import read_letter
from cases.retry import retry
from reviews.models import Review
from samples.writer import Letter as Invented
from samples.writer import invent
from tests.letters import letter
from tests.ocr.scans import pictures, scan, scan_in_part
from tests.workers import forget_broker, wait, working

BLANK = pictures([Image.new("L", (850, 1100), 255)])
CLEAR = invent(300)


def received(data: bytes, name: str = "scan.pdf") -> Letter:
    (answer,) = receive(io.BytesIO(data), name)
    assert answer.letter, answer.sentence
    return answer.letter


def read(data: bytes) -> Letter:
    """Read by those who read letters, then by those who recognise scans."""
    found = received(data)
    read_letter(found.pk)
    read_letter(found.pk, scan=True)
    return Letter.objects.get(pk=found.pk)


def assert_read_like(invented: Invented, review: Review) -> None:
    answers = invented.answers
    assert review.case_number == answers["case_number"]
    assert [(item.service, item.outcome) for item in review.items.all()] == [
        (item["service"], item["outcome"]) for item in answers["items"]
    ]


@pytest.mark.processes
@pytest.mark.parametrize(
    ("seed", "spoiled"),
    [
        (300, {}),
        (301, {"tilt": 1.5, "noise": 30}),
        (302, {"tilt": -2.0, "noise": 30}),
        (303, {"turns": (90, 0, 180, 270), "noise": 20}),
    ],
)
def test_a_scan_is_read(db: None, seed: int, spoiled: dict[str, object]) -> None:
    invented = invent(seed)
    found = read(scan(invented, **spoiled))
    assert (found.state, found.scan, found.attempts) == ("read", True, 2)
    assert (found.confidence or 0) > 90
    assert [each.code for each in found.tries.order_by("pk")] == ["scan", "read"]
    review = Review.objects.get()
    assert_read_like(invented, review)
    assert review.flags == []  # nor is a logo or a ruled line taken for text


@pytest.mark.processes
@pytest.mark.parametrize("scanned", [[1], [2]])
def test_a_letter_scanned_in_part_is_read_whole(db: None, scanned: list[int]) -> None:
    found = read(scan_in_part(CLEAR, scanned))
    assert (found.state, found.scan) == ("read", True)
    assert [each.code for each in found.tries.order_by("pk")] == ["scan", "read"]
    review = Review.objects.get()
    assert_read_like(CLEAR, review)
    assert review.flags == []


def test_without_ocr_the_pages_that_were_not_read_are_said(db: None, settings: Settings) -> None:
    settings.OCR = False
    found = read(scan_in_part(CLEAR, [2]))
    assert (found.state, found.scan) == ("read", False)
    flags = {flag["code"]: flag["sentence"] for flag in Review.objects.get().flags}
    assert flags["pages-unread"] == "Page 2 is a picture and was not read."


@pytest.mark.processes
def test_a_scan_that_is_poorly_legible_is_flagged(db: None) -> None:
    found = read(scan(CLEAR, blur=2.2, noise=60))
    assert found.state == "read"
    assert 0 < (found.confidence or 0) < 90
    review = Review.objects.get()
    assert review.flagged
    assert "scan-poor" in {flag["code"] for flag in review.flags}


@pytest.mark.processes
def test_white_sheets_end_without_text(db: None) -> None:
    found = read(BLANK)
    assert (found.state, found.code, found.scan) == ("unreadable", "no-text", True)


@pytest.mark.processes
def test_a_scan_of_too_many_pages(db: None, settings: Settings) -> None:
    settings.SCAN_MAX_PAGES = 1
    with mock.patch.dict(extraction._children, clear=True):
        found = read(pictures([Image.new("L", (85, 110), 255)] * 2))
        extraction._end_child(True)
    assert (found.state, found.code) == ("unreadable", "too-many-pages")


def test_the_first_try_hands_a_scan_on(db: None) -> None:
    found = received(BLANK)
    read_letter(found.pk)
    read_letter(found.pk)  # those who read letters leave it alone from now on
    found.refresh_from_db()
    assert (found.state, found.scan, found.attempts) == ("received", True, 1)
    assert Attempt.objects.get().code == "scan"


def test_with_ocr_off_a_scan_ends_with_its_code(db: None, settings: Settings) -> None:
    settings.OCR = False
    found = read(BLANK)
    assert (found.state, found.code, found.scan) == ("unreadable", "ocr-off", False)
    settings.OCR = True
    retry(Letter.objects.all())
    read_letter(found.pk)
    assert Letter.objects.get().scan


def test_with_ocr_off_since_it_was_handed_on(db: None, settings: Settings) -> None:
    found = received(BLANK)
    read_letter(found.pk)
    settings.OCR = False
    with mock.patch.object(reader, "recognise") as recognise:
        read_letter(found.pk, scan=True)
    recognise.assert_not_called()
    assert Letter.objects.get().code == "ocr-off"


@pytest.mark.processes
@pytest.mark.django_db(transaction=True)
def test_scans_wait_in_their_own_queue_while_letters_flow() -> None:
    forget_broker()
    waiting = [received(pictures([Image.new("L", (850, 1100 + n), 255)])) for n in range(3)]
    with working(concurrency=1, queues="letters,sweeps"):
        wait(lambda: Letter.objects.filter(scan=True).count() == 3, 60, "scans are handed on")
        for n in range(5):
            received(letter(f"CM17-900000{n}"), f"{n}.txt")
        wait(lambda: Letter.objects.filter(state="read").count() == 5, 60, "letters are read")
    assert set(Letter.objects.filter(scan=True).values_list("state", flat=True)) == {"received"}
    with working(concurrency=1, queues=SCANS):
        done = Letter.objects.filter(pk__in=[each.pk for each in waiting], code="no-text")
        wait(lambda: done.count() == 3, 90, "scans are recognised")
