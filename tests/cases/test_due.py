"""The queue, what the case page tells, who may answer, and the calendar."""

import re
from collections.abc import Callable
from datetime import date, timedelta
from urllib.parse import urlsplit

import pytest
from auditlog.models import LogEntry
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from icalendar import Calendar

from cases import due
from cases.court_days import is_court_day
from cases.deadlines import authorize_by
from cases.models import Answer, CalendarAddress, Case, Deadline, Letter, Receipt
from cases.templatetags.days import weekday
from tests.letters import item, letter

Take = Callable[..., Letter]
MRI = item("MRI of the left knee", "Overturned")
TODAY = date(2026, 8, 12)  # a Wednesday


@pytest.fixture(autouse=True)
def today(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(timezone, "localdate", lambda *_: TODAY)


def decided(days_ago: int, number: int = 1, items: tuple[str, ...] = (MRI,)) -> bytes:
    day = TODAY - timedelta(days=days_ago)
    return letter(f"CM26-900000{number}", items, decided=f"{day:%m/%d/%Y}")


def shown(client: Client, address: str = "/due/") -> dict[str, list[str]]:
    found = client.get(address).context["sections"]
    return {part.key: [row.case.name[-1] for row in part.rows] for part in found if part.total}


def test_nothing_yet_says_what_will_stand_here(viewer: Client, take: Take) -> None:
    take(letter())
    page = viewer.get("/due/").content.decode()
    assert "Nothing is asked for" in page
    assert "five working days" in page


def test_the_queue_has_its_sections(viewer: Client, take: Take) -> None:
    # Received five days after the decision, and due on the fifth working day from then.
    take(decided(0, 1), "1.txt")  # due on the 24th
    take(decided(6, 2), "2.txt")  # on the 18th
    take(decided(12, 3), "3.txt")  # today
    take(decided(20, 4), "4.txt")
    take(decided(90, 5), "5.txt")
    assert shown(viewer) == {
        "later": ["1"],
        "week": ["2"],
        "today": ["3"],
        "overdue": ["4"],
        "past": ["5"],
    }
    page = viewer.get("/due/").content.decode()
    for words in ("Tue 2026-08-18", "in 6 days", "days overdue", "MRI of the left knee", "assumed"):
        assert words in page
    assert "8 CCR 9792.10.7(a)(2), Labor Code 4610.6" in page
    assert "not legal advice" in page
    assert "Authorized today" not in page  # a viewer looks
    assert shown(viewer, "/due/?section=past") == {"past": ["5"]}


def test_old_letters_do_not_flood_it(viewer: Client, take: Take) -> None:
    for n in range(3):
        take(letter(f"CM14-900000{n}", (MRI,), decided="06/02/2014"), f"{n}.txt")
    assert list(shown(viewer)) == ["past"]
    page = viewer.get("/due/").content.decode()
    assert re.search(r"<details>\s*<summary><h2 id=\"s-past\">Long past <b>3</b>", page)
    assert due.due_count() == ""


def test_the_navigation_counts_what_is_overdue_or_due_today(viewer: Client, take: Take) -> None:
    take(decided(12, 1), "1.txt")
    take(decided(20, 2), "2.txt")
    take(decided(0, 3), "3.txt")
    assert '<b class="count">2<span' in viewer.get("/cases/").content.decode()


def test_the_count_stops(db: None, monkeypatch: pytest.MonkeyPatch, take: Take) -> None:
    monkeypatch.setattr(due, "COUNT_MOST", 1)
    take(decided(12, 1), "1.txt")
    assert due.due_count() == "1"
    take(decided(20, 2), "2.txt")
    assert due.due_count() == "1+"


def test_mark_as_done_and_undo(analyst: Client, take: Take) -> None:
    take(decided(12))
    case = Case.objects.get()
    assert "Authorized today" in analyst.get("/due/").content.decode()
    answer = analyst.post(f"/cases/{case.pk}/answer", {"kind": "authorize", "next": "/due/"})
    assert answer["Location"] == "/due/"
    assert shown(analyst) == {"done": ["1"]}
    said = Answer.objects.get()
    assert (said.done_on, said.entered_by.username, said.how) == (TODAY, "analyst", "done")
    assert "Authorized on 2026-08-12" in analyst.get("/due/").content.decode()
    analyst.post(f"/cases/{case.pk}/unanswer", {"kind": "authorize"})
    assert shown(analyst) == {"today": ["1"]}
    entries = LogEntry.objects.get_for_model(Answer).order_by("pk")
    assert [(e.action, e.actor.username) for e in entries] == [
        (LogEntry.Action.CREATE, "analyst"),
        (LogEntry.Action.DELETE, "analyst"),
    ]


def test_an_appeal_or_a_dispute_ends_it_as_well(analyst: Client, take: Take) -> None:
    take(decided(12))
    case = Case.objects.get()
    analyst.post(f"/cases/{case.pk}/answer", {"kind": "authorize", "how": "appealed"})
    assert "Appeal filed on 2026-08-12" in analyst.get(case.get_absolute_url()).content.decode()


@pytest.mark.parametrize(
    ("data", "words"),
    [
        ({"kind": "authorize", "day": "2026-08-13"}, "still to come"),
        ({"kind": "authorize", "day": "2026-07-30"}, "before the decision of 2026-07-31"),
        ({"kind": "authorize", "day": "soon"}, "no date"),
        ({"kind": "appeal", "day": "2026-08-12"}, "not one of the available choices"),
    ],
)
def test_what_cannot_be_is_said(
    analyst: Client, take: Take, data: dict[str, str], words: str
) -> None:
    take(decided(12))
    case = Case.objects.get()
    page = analyst.post(f"/cases/{case.pk}/answer", data, follow=True).content.decode()
    assert "Nothing was marked as done." in page
    assert words in page
    assert not Answer.objects.exists()


def test_the_case_tells_what_it_asks_for(analyst: Client, take: Take) -> None:
    take(decided(12, items=(item(), MRI)))
    case = Case.objects.get()
    page = " ".join(analyst.get(case.get_absolute_url()).content.decode().split())
    for words in (
        "What it asks for",
        "Authorize by Wed 2026-08-12",
        "8 CCR 9792.10.7(a)(2), Labor Code 4610.6",
        "Labor Code 4610.6(h)",
        "Appeal until <b>Mon 2026-08-31</b>, or Fri 2026-09-04 if it was served by mail",
        "the day of mailing is assumed to be that of the decision, 2026-07-31",
        "<b>Assumed</b>: mailed on the day of the decision, 2026-07-31",
        "Not legal advice",
    ):
        assert words in page
    analyst.post(f"/cases/{case.pk}/received", {"day": "2026-08-03"})
    page = " ".join(analyst.get(case.get_absolute_url()).content.decode().split())
    assert "Authorize by Mon 2026-08-10" in page
    assert "Received on Mon 2026-08-03, as analyst entered on" in page
    analyst.post(f"/cases/{case.pk}/received", {"day": ""})
    assert not Receipt.objects.exists()
    assert "Assumed" in analyst.get(case.get_absolute_url()).content.decode()
    actions = LogEntry.objects.get_for_model(Receipt).values_list("action", flat=True)
    assert set(actions) == {LogEntry.Action.CREATE, LogEntry.Action.DELETE}


def test_an_upheld_case_asks_for_nothing(analyst: Client, take: Take) -> None:
    take(letter())
    assert (
        "What it asks for"
        not in analyst.get(Case.objects.get().get_absolute_url()).content.decode()
    )


def test_the_safer_day_is_told_where_lists_of_holidays_differ(viewer: Client, take: Take) -> None:
    take(letter(items=(MRI,), decided="02/01/2026"))
    page = viewer.get(Case.objects.get().get_absolute_url()).content.decode()
    assert "To be safe, by Fri 2026-02-13: the courts keep Lincoln Day (2026-02-12)" in page
    assert "to be safe Fri 2026-02-13" in viewer.get("/due/?section=past").content.decode()


@pytest.mark.parametrize("address", ["received", "answer", "unanswer"])
def test_viewers_look(viewer: Client, analyst: Client, take: Take, address: str) -> None:
    take(decided(12))
    case = Case.objects.get()
    data = {"day": "2026-08-03", "kind": "authorize"}
    assert viewer.post(f"/cases/{case.pk}/{address}", data).status_code == 403
    assert analyst.get(f"/cases/{case.pk}/{address}").status_code == 405
    page = viewer.get(case.get_absolute_url()).content.decode()
    assert "What it asks for" in page
    assert "Mark as done" not in page
    assert not Receipt.objects.exists()


@pytest.mark.parametrize("address", ["/due/", "/due/?section=overdue"])
def test_queries_do_not_grow_with_rows(viewer: Client, take: Take, address: str) -> None:
    def count() -> int:
        with CaptureQueriesContext(connection) as queries:
            viewer.get(address)
        return len(queries)

    take(decided(20, 1))
    viewer.get(address)
    few = count()
    for n in range(2, 8):
        take(decided(20, n, (MRI, item("CT of the right knee", "Overturned"))), f"{n}.txt")
    assert count() == few


def test_mine_are_those_given_to_me(analyst: Client, viewer: Client, take: Take) -> None:
    take(decided(20, 1), "1.txt")
    take(decided(20, 2), "2.txt")
    user = User.objects.get(username="analyst")
    Case.objects.filter(name="CM26-9000002").update(assigned_to=user)
    assert shown(analyst, "/due/?mine=1") == {"overdue": ["2"]}
    assert shown(analyst) == {"overdue": ["1", "2"]}
    assert "Nothing is asked of you" in viewer.get("/due/?mine=1").content.decode()
    address = address_of(analyst)
    assert len(events(Client(), address)) == 2
    assert [each["summary"] for each in events(Client(), f"{address}&mine=1").values()] == [
        "Authorize: CM26-9000002"
    ]


def test_a_section_has_pages(viewer: Client, take: Take, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(due, "FEW", 2)
    monkeypatch.setattr(due, "MANY", 3)
    for n in range(1, 5):
        take(decided(20, n), f"{n}.txt")
    page = viewer.get("/due/")
    assert shown(viewer) == {"overdue": ["1", "2"]}
    assert '<a class="button" href="?section=overdue">All 4</a>' in page.content.decode()
    assert shown(viewer, "/due/?section=overdue&page=2") == {"overdue": ["4"]}


def address_of(client: Client) -> str:
    page = client.post("/due/calendar").content.decode()
    found = re.search(r'id="address"[^>]*value="([^"]+)"', page)
    assert found
    parts = urlsplit(found[1])
    return f"{parts.path}?{parts.query}"


def events(client: Client, address: str) -> dict[str, dict[str, str]]:
    answer = client.get(address)
    assert answer.status_code == 200
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    return {
        str(event["uid"]): {
            "summary": str(event["summary"]),
            "start": str(event.decoded("dtstart")),
            "end": str(event.decoded("dtend")),
            "status": str(event["status"]),
        }
        for event in Calendar.from_ical(answer.content).walk("VEVENT")
    }


def test_the_calendar_tells_what_is_due(analyst: Client, take: Take) -> None:
    take(decided(6, 1), "1.txt")
    take(decided(90, 2), "long ago.txt")
    address = address_of(analyst)
    uid = f"case-{Case.objects.get(number='CM26-9000001').pk}-authorize@imrsite"
    told = {
        "summary": "Authorize: CM26-9000001",
        "start": "2026-08-18",
        "end": "2026-08-19",
        "status": "CONFIRMED",
    }
    nobody = Client()
    assert events(nobody, address) == {uid: told}
    case = Case.objects.get(number="CM26-9000001")
    analyst.post(f"/cases/{case.pk}/answer", {"kind": "authorize"})
    assert events(nobody, address) == {uid: told | {"status": "CANCELLED"}}
    analyst.post(f"/cases/{case.pk}/unanswer", {"kind": "authorize"})
    assert events(nobody, address) == {uid: told}


def test_the_calendar_says_nothing_else_of_a_letter(analyst: Client, take: Take) -> None:
    take(letter(number=None, items=(MRI,)), "Jane Doe knee.txt")
    case = Case.objects.get()
    analyst.post(f"/cases/{case.pk}/received", {"day": "2026-08-10"})
    body = Client().get(address_of(analyst)).content.decode()
    assert f"SUMMARY:Authorize: case {case.pk}" in body
    for words in ("Jane", "knee", "MRI", "lumbar"):
        assert words not in body


def test_an_address_is_secret_renewable_and_revocable(analyst: Client, db: None) -> None:
    first = address_of(analyst)
    assert CalendarAddress.objects.get().digest not in first
    assert "key=" not in analyst.get("/due/calendar").content.decode()
    second = address_of(analyst)
    nobody = Client()
    assert nobody.get(first).status_code == 403
    assert nobody.get(second).status_code == 200
    analyst.post("/due/calendar", {"revoke": "1"})
    assert nobody.get(second).status_code == 403
    assert nobody.get("/due/calendar.ics").status_code == 403
    assert nobody.get("/due/calendar.ics?key=x").status_code == 403


def test_who_may_not_look_any_more_has_no_calendar(analyst: Client) -> None:
    address = address_of(analyst)
    user = User.objects.get(username="analyst")
    user.groups.clear()
    assert Client().get(address).status_code == 403
    user.is_superuser, user.is_active = True, False
    user.save()
    assert Client().get(address).status_code == 403


def test_the_tests_days_are_as_they_say(db: None) -> None:
    assert is_court_day(TODAY)
    assert authorize_by(TODAY - timedelta(days=7)).due_on == TODAY
    assert not Deadline.objects.exists()


@pytest.mark.parametrize(
    ("day", "told"), [(date(2026, 11, 26), "Thu 2026-11-26"), (date(1999, 3, 1), "Mon 1999-03-01")]
)
def test_days_are_told_with_their_weekday(day: date, told: str) -> None:
    assert weekday(day) == told
    assert weekday(None) == ""
