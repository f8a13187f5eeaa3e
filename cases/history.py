"""What people did with a case, and what the reader did to that, newest first."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from auditlog.models import LogEntry
from django.contrib.contenttypes.models import ContentType
from django.db.models import Model, Q

from cases.models import Assignment, Case, Checked, Correction, Note

MOST = 200  # events shown; the audit log has all
READER = "The reader"
NOBODY = "nobody"


@dataclass(frozen=True)
class Event:
    """Who did what and when, and, where something changed, from what to what."""

    at: datetime
    who: str
    what: str
    before: str = ""
    after: str = ""
    why: str = ""


def history_of(case: Case, corrections: Iterable[Correction]) -> list[Event]:
    """From the audit log; `corrections` are all of the case's letters, whatever became of them."""
    made: dict[type[Model], dict[int, Any]] = {
        Correction: {each.pk: each for each in corrections},
        Note: {each.pk: each for each in case.notes.all()},
        Checked: {each.pk: each for each in case.checks.all()},
        Assignment: {each.pk: each for each in case.assignments.select_related("to")},
    }
    types = ContentType.objects.get_for_models(*made)
    about = Q(pk__in=[])
    for model, rows in made.items():
        about |= Q(content_type=types[model], object_id__in=list(rows)) if rows else Q(pk__in=[])
    entries = LogEntry.objects.filter(about).select_related("actor").order_by("-timestamp", "-pk")
    models = {types[model].pk: model for model in made}
    found = []
    for entry in entries[:MOST]:
        model = models[entry.content_type_id]
        found.append(TELLING[model](entry, made[model][entry.object_id or 0]))
    return [event for event in found if event]


def _event(entry: LogEntry, what: str, by_reader: bool = False, **told: str) -> Event:
    somebody = entry.actor.get_username() if entry.actor else "Somebody"
    return Event(entry.timestamp, READER if by_reader else somebody, what, **told)


def _correction(entry: LogEntry, made: Correction) -> Event | None:
    if entry.action == LogEntry.Action.CREATE:
        verb = "added" if made.adds else "removed" if made.removes else "corrected"
        what = f"{verb}: {made.subject}"
        before, after = made.words_before, made.words_after
        return _event(entry, what, before=before, after=after, why=made.why)
    state = _after(entry, "state")
    if state == Correction.State.WITHDRAWN:
        return _event(entry, f"withdrew the correction: {made.subject}")
    words = {
        Correction.State.CONFIRMED: "agrees by now with the correction",
        Correction.State.APPLIED: "says something else again than the correction",
        Correction.State.LOST: "finds no place any more for the correction",
    }
    if state not in words:
        return None  # replaced: the correction that came instead tells it
    return _event(entry, f"{words[Correction.State(state)]}: {made.subject}", by_reader=True)


def _note(entry: LogEntry, _note: Note) -> Event | None:
    if entry.action == LogEntry.Action.CREATE:
        return _event(entry, "added a note", after=_after(entry, "text"))
    if _after(entry, "deleted_at") not in {"", "None"}:
        return _event(entry, "deleted a note", before=_note.text)
    before, after = _before(entry, "text"), _after(entry, "text")
    return _event(entry, "changed a note", before=before, after=after)


def _check(entry: LogEntry, check: Checked) -> Event | None:
    if entry.action == LogEntry.Action.CREATE:
        return _event(entry, "marked the case as checked")
    if _after(entry, "state") == Checked.State.LAPSED:
        what = "says something else than what was checked"
        return _event(entry, what, by_reader=True, after=check.what_changed)
    return _event(entry, "took back that the case is checked")


def _assignment(entry: LogEntry, given: Assignment) -> Event | None:
    if entry.action != LogEntry.Action.CREATE:
        return None
    to = given.to.get_username() if given.to else NOBODY
    return _event(entry, "gave the case to", after=to)


TELLING: dict[type[Model], Any] = {
    Correction: _correction,
    Note: _note,
    Checked: _check,
    Assignment: _assignment,
}


def _before(entry: LogEntry, name: str) -> str:
    return str((entry.changes or {}).get(name, ["", ""])[0])


def _after(entry: LogEntry, name: str) -> str:
    return str((entry.changes or {}).get(name, ["", ""])[1])
