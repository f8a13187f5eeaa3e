"""The admin: what came in and what was read can be found, looked at and acted on, at any size."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from auditlog.models import LogEntry
from django.contrib.auth.models import Group, User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from cases.models import Batch, Case, Export, Letter, Token, issue
from cases.removal import remove
from cases.sweep import sweep
from reviews import looking
from reviews.looking import periods
from reviews.models import Review
from tests.letters import item, letter

Take = Callable[..., Letter]
LISTS = [
    "/admin/cases/letter/",
    "/admin/cases/letter/?state__exact=read",
    "/admin/cases/letter/?code=no-text",
    "/admin/cases/case/",
    "/admin/cases/batch/",
    "/admin/cases/token/",
    "/admin/cases/export/",
    "/admin/reviews/review/",
    "/admin/reviews/guideline/",
    "/admin/reviews/treatment/",
    "/admin/auditlog/logentry/",
    "/admin/auth/user/",
]


def more(take: Take, numbers: range) -> None:
    """A row of everything that the lists show, for each number."""
    for n in numbers:
        user = User.objects.create_user(f"user{n}")
        user.groups.add(Group.objects.get(name="analyst"))
        found = take(letter(f"CM17-90000{n:02}"), f"{n}.txt")
        found.batch = Batch.objects.create(name=f"{n}.txt", made_by=user)
        found.received_by = user
        found.save()
        LogEntry.objects.filter(object_id=found.pk).update(actor=user)
        issue(user.pk, "nightly", None)
        Export.objects.create(user=user, kind="cases", filters="q=x")


@pytest.mark.parametrize("address", LISTS)
def test_queries_do_not_grow_with_rows(
    manager: Client,
    take: Take,
    address: str,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    more(take, range(1, 3))
    manager.get(address)
    with django_assert_max_num_queries(30) as few:
        assert manager.get(address).status_code == 200
    more(take, range(3, 9))
    with django_assert_max_num_queries(len(few)):
        manager.get(address)


DAYS = ("2024-12-31", "2025-01-01", "2025-03-08", "2025-03-09", "2025-03-10", "2026-11-01")


@pytest.mark.parametrize("kind", ["year", "month", "day"])
def test_days_of_arrival_are_found_one_by_one(db: None, kind: str) -> None:
    """Also where a day has 23 hours, and in the first and the last minute of one."""
    zone = timezone.get_current_timezone()
    moments = [
        datetime.fromisoformat(f"{day} {time}").replace(tzinfo=zone)
        for day in DAYS
        for time in ("00:00:00", "12:00:00", "23:59:59")
    ]
    Batch.objects.bulk_create(Batch(name="x", made_at=each) for each in moments)
    asked = list(Batch.objects.datetimes("made_at", kind))
    assert periods(Batch.objects.all(), "made_at", kind) == asked
    assert periods(Batch.objects.all(), "made_at", kind, searched=True) == asked


def test_arrivals_lead_to_their_days(manager: Client, take: Take) -> None:
    for n, day in enumerate(("2025-03-08", "2025-03-10", "2026-01-01")):
        found = take(letter(f"CM17-900000{n}"), f"{n}.txt")
        moment = datetime.fromisoformat(f"{day} 12:00").replace(tzinfo=UTC)
        Letter.objects.filter(pk=found.pk).update(received_at=moment)
    assert "?received_at__year=2026" in manager.get("/admin/cases/letter/").content.decode()
    in_march = "/admin/cases/letter/?received_at__year=2025&received_at__month=3"
    page = manager.get(in_march).content.decode()
    assert "March 8" in page
    assert "March 9" not in page
    with CaptureQueriesContext(connection) as queries:
        searched = manager.get("/admin/cases/letter/?q=1.txt").content.decode()
    assert "March 10" in searched
    assert "March 8" not in searched
    # Along the days' index, all that the name is not would be gone through.
    assert not [each for each in queries if 'AS "first" FROM' in each["sql"]]


def test_counting_stops(manager: Client, take: Take, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(looking, "MOST", 3)
    more(take, range(5))
    page = manager.get("/admin/cases/letter/").content.decode()
    assert "3 letters" in page


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("q=lunch", {"lunch.txt"}),
        ("state__exact=unreadable", {"lunch.txt"}),
        ("code=not-a-determination", {"lunch.txt"}),
        ("code=no-text", set()),
        ("batch={batch}", {"good.txt"}),
        ("q={sha256}", {"good.txt"}),
        ("batch=x", {"good.txt", "lunch.txt"}),
    ],
)
def test_letters_are_found(manager: Client, take: Take, asked: str, found: set[str]) -> None:
    good = take(letter(), "good.txt")
    take(b"Dear all, lunch is at noon. " * 40, "lunch.txt")
    good.batch = Batch.objects.create(name="monday")
    good.save()
    query = asked.format(batch=good.batch.pk, sha256=good.sha256)
    shown = manager.get(f"/admin/cases/letter/?{query}").context["cl"].result_list
    assert {each.name for each in shown} == found


def test_letters_are_read_again_and_cancelled(manager: Client, take: Take) -> None:
    found = take(letter())

    def act(action: str) -> str:
        data = {"action": action, "_selected_action": [found.pk]}
        return manager.post("/admin/cases/letter/", data, follow=True).content.decode()

    assert "1 waiting to be read again." in act("read_again")
    assert Letter.objects.get().state == "received"
    assert "1 cancelled. They can be retried." in act("cancel")
    assert Letter.objects.get().code == "cancelled"


def test_what_was_read_is_shown_and_not_edited(manager: Client, take: Take) -> None:
    take(letter(items=(item(), item("MRI of the left knee", "Overturned"))))
    review = Review.objects.get()
    at = f"/admin/reviews/review/{review.pk}/change/"
    page = manager.get(at).content.decode()
    for words in ("MRI of the left knee", "Expert reviewer: MTUS Low Back", "CM17-9000001"):
        assert words in page
    assert f'href="/cases/{Case.objects.get().pk}/"' in page
    assert 'name="_save"' not in page
    assert manager.post(at, {"age": 1}).status_code == 403
    for name in ("letter", "case", "batch", "token", "export"):
        assert manager.get(f"/admin/cases/{name}/").status_code == 200
    assert manager.get("/admin/reviews/review/add/").status_code == 403
    assert manager.get("/admin/cases/token/add/").status_code == 403


def test_managers_revoke_anybodys_tokens(manager: Client, analyst: Client) -> None:
    token, _secret = issue(User.objects.get(username="analyst").pk, "nightly", None)
    page = manager.get("/admin/cases/token/?q=analyst").content.decode()
    assert "nightly" in page
    assert (
        token.digest not in manager.get(f"/admin/cases/token/{token.pk}/change/").content.decode()
    )
    assert (
        analyst.post(f"/admin/cases/token/{token.pk}/delete/", {"post": "yes"}).status_code == 403
    )
    manager.post(f"/admin/cases/token/{token.pk}/delete/", {"post": "yes"})
    assert not Token.objects.exists()
    entry = LogEntry.objects.get(action=LogEntry.Action.DELETE)
    assert (entry.actor.username, entry.object_repr) == ("manager", "nightly")


def test_exports_and_the_audit_log_are_searched(manager: Client, take: Take) -> None:
    more(take, range(1, 3))
    assert "user1" in manager.get("/admin/cases/export/?q=user1").content.decode()
    log = manager.get("/admin/auditlog/logentry/?q=2.txt").context["cl"].result_list
    assert {entry.object_repr for entry in log} == {"2.txt"}


def test_the_first_page_tells_how_letters_stand(manager: Client, take: Take) -> None:
    take(b"Dear all, lunch is at noon. " * 40, "lunch.txt")
    page = " ".join(manager.get("/admin/").content.decode().split())
    assert '?state__exact=unreadable"><b>1</b> Cannot be read</a>' in page
    assert 'href="/letters/"' in page


def test_empty_batches_are_swept_when_nobody_adds_to_them(take: Take) -> None:
    def batch(name: str, days: int) -> Batch:
        found = Batch.objects.create(name=name)
        Batch.objects.filter(pk=found.pk).update(made_at=timezone.now() - timedelta(days=days))
        return found

    kept = take(letter())
    Letter.objects.filter(pk=kept.pk).update(batch=batch("full", 60))
    batch("empty", 3)
    batch("young", 1)
    sweep()
    assert {each.name for each in Batch.objects.all()} == {"full", "young"}
    remove(Letter.objects.get())
    assert {each.name for each in Batch.objects.all()} == {"young"}
