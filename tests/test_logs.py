"""What is refused or away is told in one line of the log, what is broken with its traceback."""

import logging
from unittest import mock

import pytest
from celery.beat import Scheduler
from django.test import Client
from kombu.exceptions import OperationalError

from cases import tasks
from imrsite.celery import app
from imrsite.logs import Line


@pytest.fixture
def lines(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """As the handler of the settings writes them."""
    (ours,) = (h for h in logging.getLogger().handlers if isinstance(h.formatter, Line))
    told: list[str] = []
    monkeypatch.setattr(ours, "emit", lambda record: told.append(ours.format(record)))
    return told


def test_a_page_that_is_refused(viewer: Client, lines: list[str]) -> None:
    assert viewer.get("/cases/export/?q=secret").status_code == 403
    (line,) = lines
    assert line.endswith("WARNING django.request Forbidden (Permission denied): /cases/export/")


def test_a_calendar_with_a_wrong_key(client: Client, db: None, lines: list[str]) -> None:
    assert client.get("/due/calendar.ics?key=wrong").status_code == 403
    (line,) = lines
    assert line.endswith("WARNING django.request Forbidden (Permission denied): /due/calendar.ics")


def beat(error: Exception) -> None:
    """Ring for a sweep, and fail."""
    scheduler = Scheduler(app, lazy=True)
    scheduler.merge_inplace({"sweep": {"task": tasks.sweep.name, "schedule": 30}})
    with mock.patch.object(tasks.sweep, "apply_async", side_effect=error):
        scheduler.apply_entry(scheduler.schedule["sweep"])


def test_beat_without_a_broker(lines: list[str]) -> None:
    beat(OperationalError("Timeout reading from socket"))
    told = "ERROR celery.beat Message Error: Couldn't apply scheduled task sweep: Timeout reading"
    assert told in lines[-1]
    assert "\n" not in lines[-1]


def test_what_is_broken_is_told_whole(lines: list[str]) -> None:
    beat(TypeError("no such option"))
    assert "Traceback" in lines[-1]
