"""An empty site explains itself, one without readers says so, and errors tell what next."""

import io
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.http import HttpRequest
from django.test import Client
from django.utils import timezone

from cases.claim import claim
from cases.intake import receive
from cases.models import Letter
from cases.views import cases
from tests.letters import letter

Take = Callable[..., Letter]
SILENT = "Nobody is reading."


def test_an_empty_site_tells_what_to_do(analyst: Client, viewer: Client) -> None:
    for address in ("/cases/", "/letters/"):
        page = analyst.get(address).content.decode()
        for words in ("No letter yet", 'href="/letters/add/"', 'id="drop"', 'href="/help/"'):
            assert words in page
        assert SILENT not in page
        page = viewer.get(address).content.decode()
        assert "Ask an analyst or a manager" in page
        assert 'id="drop"' not in page


@pytest.fixture
def waiting(db: None) -> Letter:
    """A letter that has waited for ten minutes."""
    (answer,) = receive(io.BytesIO(letter("CM17-9000007")), "waits.txt")
    Letter.objects.update(received_at=timezone.now() - timedelta(minutes=10))
    assert answer.letter
    return answer.letter


def test_without_readers_the_pages_say_so(analyst: Client, waiting: Letter) -> None:
    assert SILENT in analyst.get("/letters/").content.decode()
    page = analyst.get("/cases/").content.decode()
    assert SILENT in page
    assert "1 letter waits" in page


def test_a_letter_that_just_came_is_no_alarm(analyst: Client, waiting: Letter) -> None:
    Letter.objects.update(received_at=timezone.now())
    assert SILENT not in analyst.get("/letters/").content.decode()


def test_a_reader_at_work_is_no_silence(analyst: Client, waiting: Letter, take: Take) -> None:
    """However long the queue before it is: four hundred letters on a Monday morning."""
    take(letter())
    assert SILENT not in analyst.get("/letters/").content.decode()


def test_a_reader_with_a_long_scan_in_hand_is_no_silence(analyst: Client, waiting: Letter) -> None:
    (other,) = receive(io.BytesIO(letter()), "scan.txt")
    assert other.letter
    held = claim(other.letter.pk)
    assert held
    type(held.attempt).objects.update(started_at=timezone.now() - timedelta(minutes=5))
    assert SILENT not in analyst.get("/letters/").content.decode()


def test_help_explains_the_words(viewer: Client) -> None:
    page = viewer.get("/help/").content.decode()
    for word in ("Upheld", "Overturned", "Partially", "MTUS", "ACOEM", "ODG", "UR", "Notice"):
        assert word in page
    assert "letters/add" not in page


@pytest.mark.parametrize("address", ["/nowhere/", "/cases/0/", "/letters/0/"])
def test_not_found_leads_back(viewer: Client, address: str) -> None:
    answer = viewer.get(address)
    assert answer.status_code == 404
    assert 'href="/cases/"' in answer.content.decode()


def test_a_fault_of_ours_says_so(analyst: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(request: HttpRequest) -> None:
        raise RuntimeError("secret words")

    monkeypatch.setattr(cases, "page_of", fail)
    analyst.raise_request_exception = False
    answer = analyst.get("/cases/")
    page = answer.content.decode()
    assert answer.status_code == 500
    assert "Nothing you uploaded is lost" in page
    assert "secret words" not in page


def test_a_page_that_grew_old_says_so(analyst: Client) -> None:
    careful = Client(enforce_csrf_checks=True)
    careful.cookies = analyst.cookies
    answer = careful.post("/letters/add/")
    assert answer.status_code == 403
    assert "Go back, reload the page" in answer.content.decode()


def test_far_too_many_files_say_so(analyst: Client, settings: object) -> None:
    settings.DATA_UPLOAD_MAX_NUMBER_FILES = 2
    files = [io.BytesIO(b"x") for _ in range(3)]
    answer = analyst.post("/letters/add/", {"files": files})
    assert answer.status_code == 400
    assert "far too many files" in answer.content.decode()
