"""Who may do what: nobody without a login, each group its part, and what is taken is recorded."""

import io
import re
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any
from unittest import mock

import pytest
from auditlog.models import LogEntry
from django.contrib.auth.models import User
from django.contrib.sessions.models import Session
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver
from django.utils import timezone
from kombu.exceptions import OperationalError

from cases import bell
from cases.intake import receive
from cases.models import Case, Letter
from tests.letters import letter

Take = Callable[..., Letter]
OPEN = {"livez", "login/"}


def addresses(resolver: URLResolver, start: str = "") -> Iterator[str]:
    for each in resolver.url_patterns:
        route = start + str(each.pattern)
        if isinstance(each, URLPattern):
            yield route
        elif not route.startswith("admin"):
            yield from addresses(each, route)


def test_nothing_is_open_but_livez_and_the_login(db: None) -> None:
    client = Client()
    for route in set(addresses(get_resolver())) - OPEN:
        answer = client.get("/" + re.sub("<int:[a-z]+>", "1", route))
        # The API answers programs, which have no use for a login page.
        refused = {401, 403} if route.startswith("api/") else {403}
        assert answer.status_code in refused | {302}, route
        assert answer.status_code != 302 or answer["Location"].startswith("/login/"), route
    assert client.get("/livez").content == b"ok\n"
    assert client.get("/admin/cases/letter/add/").status_code == 302


@pytest.mark.parametrize(
    ("address", "viewer_may", "analyst_may"),
    [
        ("/cases/", 200, 200),
        ("/cases/{case}/", 200, 200),
        ("/letters/", 200, 200),
        ("/letters/{letter}/", 200, 200),
        ("/letters/status.json", 200, 200),
        ("/letters/{letter}/file", 403, 200),
        ("/cases/{case}/boxes.json?start=0&end=9", 200, 200),
        ("/cases/export.csv", 403, 200),
        ("/cases/items.csv", 403, 200),
        ("/cases/citations.csv", 403, 200),
        ("/cases/export/", 403, 200),
        ("/exports/", 403, 200),
        ("/admin/cases/letter/add/", 302, 200),
        ("/admin/cases/letter/{letter}/delete/", 302, 403),
        ("/admin/cases/export/", 302, 403),
        ("/admin/auth/user/", 302, 403),
    ],
)
def test_each_group_has_its_part(
    viewer: Client,
    analyst: Client,
    manager: Client,
    take: Take,
    address: str,
    viewer_may: int,
    analyst_may: int,
) -> None:
    found = take(letter())
    at = address.format(letter=found.pk, case=Case.objects.get().pk)
    assert viewer.get(at).status_code == viewer_may
    assert analyst.get(at).status_code == analyst_may
    assert manager.get(at).status_code == 200


def test_someone_in_no_group_sees_nothing(db: None, take: Take) -> None:
    found = take(letter())
    client = Client()
    client.force_login(User.objects.create_user("new"), "django.contrib.auth.backends.ModelBackend")
    for at in ("/cases/", f"/letters/{found.pk}/", f"/letters/{found.pk}/file"):
        answer = client.get(at)
        assert answer.status_code == 403
        assert "viewers look" in answer.content.decode()


def test_a_manager_cannot_become_a_superuser(manager: Client) -> None:
    me = User.objects.get(username="manager")
    page = manager.get(f"/admin/auth/user/{me.pk}/change/").content.decode()
    assert 'name="is_superuser"' not in page
    assert 'name="user_permissions"' not in page
    boss = User.objects.create_superuser("boss", password="boss")
    answer = manager.post(f"/admin/auth/user/{boss.pk}/password/", {"password1": "x" * 12})
    assert answer.status_code == 403


def test_the_file_comes_as_it_was_as_an_attachment(analyst: Client, take: Take) -> None:
    found = take(letter(), "my letter.txt")
    answer = analyst.get(f"/letters/{found.pk}/file")
    assert answer.getvalue() == letter()
    assert answer["Content-Disposition"] == 'attachment; filename="my letter.txt"'
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "no-store" in answer["Cache-Control"]


def test_opening_a_file_is_recorded(analyst: Client, take: Take) -> None:
    found = take(letter())
    analyst.get(f"/letters/{found.pk}/file").getvalue()
    entry = LogEntry.objects.get(action=LogEntry.Action.ACCESS)
    assert (entry.object_pk, entry.actor.username) == (str(found.pk), "analyst")


def test_a_missing_file_is_said(analyst: Client, take: Take) -> None:
    found = take(letter())
    found.file.storage.delete(found.file.name)
    answer = analyst.get(f"/letters/{found.pk}/file")
    assert answer.status_code == 410
    assert "not in the store" in answer.content.decode()


def test_upload_answers_for_every_file(analyst: Client) -> None:
    list(receive(io.BytesIO(letter("CM17-9000002")), "before.txt"))
    answer = analyst.post(
        "/admin/cases/letter/add/",
        {
            "files": [
                SimpleUploadedFile("new.txt", letter("CM17-9000001")),
                SimpleUploadedFile("again.txt", letter("CM17-9000002")),
                SimpleUploadedFile("empty.txt", b""),
                SimpleUploadedFile("tool.pdf", b"\x7fELF" + bytes(2000)),
            ]
        },
    )
    page = " ".join(answer.content.decode().split())
    before = Letter.objects.get(name="before.txt")
    for words in (
        "4 files, 1 received",
        "Received, waiting to be read.",
        f'<a href="/letters/{before.pk}/">again.txt</a>',
        "Already here, as before.txt.",
        "The file is empty.",
        "neither a PDF nor text",
    ):
        assert words in page
    assert Letter.objects.count() == 2
    assert Letter.objects.get(name="new.txt").received_by.username == "analyst"


def test_without_a_broker_uploads_succeed_and_say_so(
    analyst: Client,
    monkeypatch: pytest.MonkeyPatch,
    django_capture_on_commit_callbacks: Callable[..., Any],
) -> None:
    monkeypatch.setattr(bell, "_quiet_until", 0.0)
    monkeypatch.setattr(bell.current_app, "send_task", mock.Mock(side_effect=OperationalError))
    with django_capture_on_commit_callbacks(execute=True):
        analyst.post("/admin/cases/letter/add/", {"files": [upload(1), upload(2)]})
    page = analyst.post("/admin/cases/letter/add/", {"files": [upload(3)]}).content.decode()
    assert "will be read when the readers are back" in page
    assert Letter.objects.waiting().count() == 3
    assert bell.current_app.send_task.call_count == 1  # not once for every letter


def upload(number: int) -> SimpleUploadedFile:
    return SimpleUploadedFile(f"{number}.txt", letter(f"CM17-900000{number}"))


def test_upload_of_nothing_says_so(analyst: Client) -> None:
    page = analyst.post("/admin/cases/letter/add/", {}).content.decode()
    assert "Choose at least one file." in page


def test_an_analyst_cannot_upload_without_the_right(viewer: Client, analyst: Client) -> None:
    User.objects.filter(username="viewer").update(is_staff=True)
    assert viewer.get("/admin/cases/letter/add/").status_code == 403
    assert viewer.post("/letters/retry").status_code == 403


@pytest.mark.parametrize(
    "address",
    [
        "/admin/",
        "/admin/cases/letter/",
        "/admin/cases/letter/?state__exact=read",
        "/admin/cases/letter/?q=letter",
        "/admin/cases/letter/{letter}/change/",
        "/admin/cases/letter/{letter}/history/",
        "/admin/cases/case/",
        "/admin/cases/case/?q=CM17",
        "/admin/cases/case/{case}/change/",
        "/admin/cases/export/",
        "/admin/auditlog/logentry/",
        "/admin/auth/user/add/",
    ],
)
def test_the_admin_opens(manager: Client, take: Take, address: str) -> None:
    found = take(letter())
    manager.get(f"/letters/{found.pk}/file")
    rows_of = {"letter": found.pk, "case": Case.objects.get().pk}
    answer = manager.get(address.format(**rows_of))
    assert answer.status_code == 200


def test_deleting_asks_and_is_recorded(manager: Client, take: Take) -> None:
    found = take(letter(), "gone.txt")
    asked = manager.get(f"/admin/cases/letter/{found.pk}/delete/").content.decode()
    assert "gone.txt: the file, what was read from it, its attempts" in asked
    assert Letter.objects.exists()
    manager.post(f"/admin/cases/letter/{found.pk}/delete/", {"post": "yes"})
    assert not Letter.objects.exists()
    assert not Case.objects.exists()
    entry = LogEntry.objects.get(action=LogEntry.Action.DELETE)
    assert entry.actor.username == "manager"
    assert entry.object_repr == "gone.txt"


def test_pages_are_not_kept_by_the_browser(viewer: Client) -> None:
    assert viewer.get("/cases/")["Cache-Control"] == "no-store, private"


def test_a_session_ends_after_twelve_hours(viewer: Client) -> None:
    assert viewer.get("/cases/").status_code == 200
    session = viewer.session
    session["began"] -= 12 * 3600 + 1
    session.save()
    viewer.get("/cases/")
    assert viewer.get("/cases/").status_code == 302


def test_a_session_in_use_is_put_off_once_a_minute(viewer: Client) -> None:
    viewer.get("/cases/")
    soon = timezone.now() + timedelta(minutes=29)
    Session.objects.update(expire_date=soon)
    viewer.get("/cases/")
    assert Session.objects.get().expire_date == soon
    session = viewer.session
    session["seen"] -= 61
    session.save()
    Session.objects.update(expire_date=soon)
    viewer.get("/cases/")
    assert Session.objects.get().expire_date > soon


def test_six_wrong_passwords_lock_the_pair_of_user_and_address(db: None) -> None:
    User.objects.create_user("ann", password="right")

    def attempt(password: str, address: str) -> int:
        data = {"username": "ann", "password": password}
        return Client(REMOTE_ADDR=address).post("/login/", data).status_code

    assert [attempt("wrong", "10.0.0.1") for _ in range(6)] == [200] * 5 + [429]
    assert attempt("right", "10.0.0.1") == 429
    assert attempt("right", "10.0.0.2") == 302


@pytest.mark.parametrize(
    ("proxies", "forwarded", "address"),
    [
        (0, "6.6.6.6", "10.0.0.9"),
        (1, "6.6.6.6, 1.2.3.4", "1.2.3.4"),
        (2, "6.6.6.6, 1.2.3.4, 10.0.0.2", "1.2.3.4"),
        (1, "", "10.0.0.9"),
    ],
)
def test_the_callers_address_cannot_be_made_up(
    settings: object, rf: object, proxies: int, forwarded: str, address: str
) -> None:
    from imrsite.access import client_ip

    settings.PROXY_COUNT = proxies
    request = rf.get("/", REMOTE_ADDR="10.0.0.9", HTTP_X_FORWARDED_FOR=forwarded)
    assert client_ip(request) == address
