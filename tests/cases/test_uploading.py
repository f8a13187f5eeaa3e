"""The upload page: for everybody who may add letters, one batch however many requests."""

import json
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from cases.models import Batch, Letter
from tests.letters import letter

PAGES = ["/letters/add/", "/admin/cases/letter/add/"]


def file(number: int) -> SimpleUploadedFile:
    return SimpleUploadedFile(f"{number}.txt", letter(f"CM17-90{number:05}"))


def send(client: Client, files: list[SimpleUploadedFile], **more: Any) -> dict[str, Any]:
    answer = client.post(
        "/letters/add/", {"files": files, **more}, headers={"Accept": "application/json"}
    )
    return {"status": answer.status_code, **json.loads(answer.content)}


@pytest.mark.parametrize("address", PAGES)
def test_the_plain_form_answers_for_every_file(analyst: Client, address: str) -> None:
    files = [file(1), file(1), SimpleUploadedFile("tool.pdf", b"\x7fELF" + bytes(2000))]
    page = analyst.post(address, {"files": files}).content.decode()
    for words in ("3 files, 1 received", "Already here, as 1.txt.", "neither a PDF nor text"):
        assert words in page
    assert Batch.objects.get().name == "1.txt and 2 more"


@pytest.mark.parametrize("address", PAGES)
def test_nothing_chosen_is_said(analyst: Client, address: str) -> None:
    assert "Choose at least one file." in analyst.post(address, {}).content.decode()


def test_adding_needs_the_right_and_no_staff_status(viewer: Client, analyst: Client) -> None:
    User.objects.update(is_staff=False)
    assert viewer.get("/letters/add/").status_code == 403
    assert viewer.post("/letters/add/", {"files": [file(1)]}).status_code == 403
    assert 'id="drop"' not in viewer.get("/letters/").content.decode()
    assert not Letter.objects.exists()
    for address in ("/letters/add/", "/letters/", "/cases/"):
        page = analyst.get(address).content.decode()
        assert 'id="drop"' in page
        assert 'href="/letters/add/"' in page


def test_several_requests_fill_one_batch(analyst: Client) -> None:
    first = send(analyst, [file(1), file(2)], of=5)
    again = send(analyst, [file(2)], batch=first["batch"], of=5)
    last = send(analyst, [file(3)], batch=first["batch"], of=5)
    assert first["batch"] == again["batch"] == last["batch"]
    batch = Batch.objects.get()
    assert (batch.name, batch.letters.count()) == ("1.txt and 4 more", 3)
    assert [a["verdict"] for a in first["answers"] + again["answers"]] == [
        "received",
        "received",
        "here",
    ]
    known = Letter.objects.get(name="2.txt")
    assert again["answers"][0]["letter"] == {"id": known.pk, "url": f"/letters/{known.pk}/"}


def test_refused_files_make_no_batch(analyst: Client) -> None:
    done = send(analyst, [SimpleUploadedFile("no.pdf", b"")])
    assert (done["status"], done["batch"]) == (200, None)
    assert done["answers"] == [
        {
            "name": "no.pdf",
            "verdict": "refused",
            "sentence": "The file is empty.",
            "code": "empty",
            "letter": None,
        }
    ]
    assert not Batch.objects.exists()


def test_nobody_fills_the_batch_of_another_or_an_old_one(analyst: Client, manager: Client) -> None:
    foreign = send(manager, [file(1)])["batch"]
    mine = send(analyst, [file(2)], batch=foreign)["batch"]
    assert mine != foreign
    old = Batch.objects.get(pk=mine)
    Batch.objects.filter(pk=mine).update(made_at=old.made_at - timedelta(days=2))
    assert send(analyst, [file(3)], batch=mine)["batch"] not in {mine, foreign}


def test_what_is_not_understood_is_a_sentence(analyst: Client) -> None:
    done = send(analyst, [])
    assert (done["status"], done["error"]) == (400, "Choose at least one file.")
    assert send(analyst, [file(1)], batch="x")["status"] == 400
