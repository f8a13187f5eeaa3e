"""The calendar feed: what is due as all-day events, at an address that only its user knows.

An event tells a case number, what to do and a day: nothing of a letter, and no file's name.
"""

import hashlib
import secrets
from collections.abc import Callable
from datetime import date, timedelta

from django.contrib.auth.models import User
from icalendar import Calendar, Event

from cases.due import LONG_PAST
from cases.models import CalendarAddress, Case, Deadline

MOST = 1_000  # events; calendars choke on more
KEPT_DONE = timedelta(weeks=4)  # how long what was done is told as cancelled


def make_key(user: User) -> str:
    """A new secret for the user's address; the one before is worth nothing any more."""
    key = secrets.token_urlsafe(32)
    CalendarAddress.objects.update_or_create(user=user, defaults={"digest": _digest(key)})
    return key


def user_of(key: str) -> User | None:
    """Whose key it is, if that user may still look at cases."""
    found = CalendarAddress.objects.filter(digest=_digest(key)).select_related("user").first()
    if found and found.user.is_active and found.user.has_perm("cases.view_case"):
        return found.user
    return None


def _digest(key: str) -> str:
    return hashlib.sha256(key.encode()).hexdigest()


def feed(today: date, address: Callable[[Case], str], mine: User | None = None) -> bytes:
    """The calendar: what is open, and what was done lately as cancelled, so that it goes away.

    Of all cases, or of those that a user has.
    """
    calendar = Calendar()
    calendar.add("prodid", "-//imrsite//due//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", "IMR decisions due")
    for deadline in _told(today, mine):
        if deadline.due_on:
            calendar.add_component(_event(deadline, deadline.due_on, address(deadline.case)))
    return calendar.to_ical()


def _told(today: date, mine: User | None) -> list[Deadline]:
    dated = Deadline.objects.filter(due_on__gte=today - LONG_PAST).select_related("case")
    if mine:
        dated = dated.filter(case__assigned_to=mine)
    still_open = dated.filter(done_on=None).order_by("due_on", "pk")[:MOST]
    done = dated.filter(done_on__gte=today - KEPT_DONE).order_by("-done_on", "-pk")[:MOST]
    return [*still_open, *done]


def _event(deadline: Deadline, day: date, url: str) -> Event:
    name = deadline.case.number or f"case {deadline.case_id}"
    event = Event()
    event.add("uid", f"case-{deadline.case_id}-{deadline.kind}@imrsite")
    event.add("dtstamp", deadline.changed_at)
    event.add("last-modified", deadline.changed_at)
    event.add("sequence", int(deadline.changed_at.timestamp()))  # a later state wins
    event.add("dtstart", day)
    event.add("dtend", day + timedelta(days=1))
    event.add("summary", f"{deadline.get_kind_display()}: {name}")
    event.add("url", url)
    event.add("transp", "TRANSPARENT")
    event.add("status", "CANCELLED" if deadline.done_on else "CONFIRMED")
    return event
