"""Exports in the background: asked for, written once, fetched by their owner, gone in the end."""

import io
import os
import stat
import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from unittest import mock

import openpyxl
import pytest
from auditlog.models import LogEntry
from celery.exceptions import SoftTimeLimitExceeded
from django.contrib.auth.models import User
from django.db.models.functions import Now
from django.test import Client
from kombu.exceptions import OperationalError
from pytest_django.fixtures import Settings

from cases import bell
from cases.exports import asking, sweeping, writing
from cases.exports.holding import claim
from cases.exports.tally import Lost, Tally
from cases.exports.texts import copied
from cases.exports.workbook import TooManyRows
from cases.models import Export, Letter
from tests.conftest import client_of
from tests.letters import item, letter

Take = Callable[..., Letter]
CHOSEN = {"do": "write", "kind": "items", "format": "xlsx", "columns": ["case", "service"]}


@pytest.fixture(autouse=True)
def every_export_takes_long(monkeypatch: pytest.MonkeyPatch) -> None:
    for form in asking.AT_ONCE:
        monkeypatch.setitem(asking.AT_ONCE, form, 0)
    monkeypatch.setattr("cases.exports.asking.ring_for_export", lambda key: True)


@pytest.fixture
def waiting(analyst: Client, take: Take) -> Export:
    """An analyst's export of two items that waits for its writer."""
    take(letter("CM17-9000001", (item("Norco 10/325mg #60"), item("MRI of the knee"))), "a.txt")
    answer = analyst.post("/cases/export/", CHOSEN)
    export = Export.objects.get()
    assert (answer.status_code, answer["Location"]) == (302, f"/exports/{export.pk}/")
    return export


@pytest.fixture
def ready(waiting: Export, transactional_db: None) -> Export:
    writing.write_export(waiting.pk)
    waiting.refresh_from_db()
    return waiting


def files(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.rglob("*")) if folder.exists() else []


pytestmark = pytest.mark.django_db(transaction=True)


def test_from_the_page_to_the_file(analyst: Client, waiting: Export, exports_folder: Path) -> None:
    at = f"/exports/{waiting.pk}/"
    assert "It waits for a writer" in analyst.get(at).content.decode()
    stands = {"state": "waiting", "label": "Waiting to be written", "done": 0, "total": None}
    assert analyst.get(f"{at}status.json").json() == stands
    assert analyst.get(f"{at}file").status_code == 410

    writing.write_export(waiting.pk)
    waiting.refresh_from_db()
    assert (waiting.state, waiting.rows, waiting.done, waiting.total) == ("ready", 2, 2, 2)
    assert "Download" in analyst.get(at).content.decode()
    answer = analyst.get(f"{at}file")
    assert "no-store" in answer["Cache-Control"]
    assert f'-{waiting.pk}.xlsx"' in answer["Content-Disposition"]
    sheet = openpyxl.load_workbook(io.BytesIO(answer.getvalue()))["Items"]
    assert list(sheet.values) == [
        ("Case", "Disputed item"),
        ("CM17-9000001", "Norco 10/325mg #60"),
        ("CM17-9000001", "MRI of the knee"),
    ]
    (name,) = files(exports_folder)
    mode = (exports_folder / name).stat().st_mode
    assert stat.S_IMODE(mode) == 0o600
    assert stat.S_IMODE(exports_folder.stat().st_mode) == 0o700
    assert "<td" in analyst.get("/exports/").content.decode()


@pytest.mark.parametrize(("form", "zipped"), [("csv", ""), ("csv", "1"), ("jsonl", "")])
def test_what_is_written_is_what_would_be_sent(
    analyst: Client, waiting: Export, monkeypatch: pytest.MonkeyPatch, form: str, zipped: str
) -> None:
    chosen = {**CHOSEN, "format": form, "zipped": zipped} if zipped else {**CHOSEN, "format": form}
    analyst.post("/cases/export/", chosen)
    export = Export.objects.latest("pk")
    writing.write_export(export.pk)
    written = analyst.get(f"/exports/{export.pk}/file").getvalue()
    monkeypatch.setitem(asking.AT_ONCE, form, 10)
    sent = analyst.post("/cases/export/", chosen)
    assert "attachment" in sent["Content-Disposition"]
    if zipped:
        assert written[:2] == sent.getvalue()[:2] == b"PK"
    else:
        assert written == sent.getvalue()


def test_downloads_are_recorded(analyst: Client, ready: Export) -> None:
    analyst.get(f"/exports/{ready.pk}/file").getvalue()
    entry = LogEntry.objects.get(action=LogEntry.Action.ACCESS)
    assert (entry.object_pk, entry.actor.username) == (str(ready.pk), "analyst")


def test_nobody_elses_export_can_be_seen(viewer: Client, manager: Client, ready: Export) -> None:
    other = User.objects.create_user("other")
    other.groups.add(*User.objects.get(username="analyst").groups.all())
    foreign = Client()
    foreign.force_login(other, "django.contrib.auth.backends.ModelBackend")
    at = f"/exports/{ready.pk}/"
    for end in ("", "status.json", "file"):
        assert viewer.get(at + end).status_code == 403
        assert foreign.get(at + end).status_code == 404
        assert manager.get(at + end).status_code == 200
    for end in ("cancel", "delete"):
        assert viewer.post(at + end).status_code == 403
        assert foreign.post(at + end).status_code == 404
        assert foreign.get(at + end).status_code == 405
    assert "Export " + str(ready.pk) not in foreign.get("/exports/").content.decode()
    ready.refresh_from_db()
    assert ready.state == "ready"


def test_the_same_asked_for_twice_is_written_once(analyst: Client, waiting: Export) -> None:
    answer = analyst.post("/cases/export/", CHOSEN)
    assert answer["Location"] == f"/exports/{waiting.pk}/"
    analyst.post("/cases/export/", {**CHOSEN, "columns": ["case"]})
    assert Export.objects.count() == 2


def test_a_bell_rung_twice_finds_nothing_to_do(waiting: Export) -> None:
    held = claim(waiting.pk)
    assert held is not None and held.attempts == 1
    assert claim(waiting.pk) is None
    writing.write_export(waiting.pk)
    waiting.refresh_from_db()
    assert (waiting.state, waiting.lease_token) == ("writing", held.lease_token)


def test_cancelled_while_it_waits(analyst: Client, waiting: Export, exports_folder: Path) -> None:
    assert analyst.post(f"/exports/{waiting.pk}/cancel").status_code == 302
    writing.write_export(waiting.pk)
    waiting.refresh_from_db()
    assert waiting.state == "cancelled"
    assert files(exports_folder) == []
    page = analyst.post(f"/exports/{waiting.pk}/cancel", follow=True).content.decode()
    assert "It was not under way any more." in page


def test_cancelled_while_it_is_written(
    analyst: Client, waiting: Export, exports_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def make(export: Export, path: Path, tally: Tally) -> None:
        path.write_bytes(b"half")
        analyst.post(f"/exports/{export.pk}/cancel")
        latest = time.monotonic() + 30
        while not tally.lost:  # the heart hears of it
            assert time.monotonic() < latest
            time.sleep(0.01)

    monkeypatch.setattr("cases.exports.holding.BEAT_SECONDS", 0.02)
    monkeypatch.setattr("cases.exports.writing.make", make)
    writing.write_export(waiting.pk)
    waiting.refresh_from_db()
    assert (waiting.state, waiting.file.name) == ("cancelled", "")
    assert files(exports_folder) == []


def test_the_heart_tells_how_far_it_is(
    analyst: Client, waiting: Export, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen = []

    def make(export: Export, path: Path, tally: Tally) -> None:
        path.write_bytes(b"x")
        before = Export.objects.get(pk=export.pk).lease_until
        tally.rows = 1
        latest = time.monotonic() + 30
        while not (stands := Export.objects.get(pk=export.pk)).done:
            assert time.monotonic() < latest
            time.sleep(0.01)
        assert stands.lease_until and before and stands.lease_until > before
        seen.append(analyst.get(f"/exports/{export.pk}/status.json").json())
        assert "1 of 2 rows" in analyst.get(f"/exports/{export.pk}/").content.decode()

    monkeypatch.setattr("cases.exports.holding.BEAT_SECONDS", 0.02)
    monkeypatch.setattr("cases.exports.writing.make", make)
    writing.write_export(waiting.pk)
    assert seen == [{"state": "writing", "label": "Being written", "done": 1, "total": 2}]


def test_one_whose_lease_ran_out_cannot_store_its_file(
    waiting: Export, exports_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def make(export: Export, path: Path, tally: Tally) -> None:
        path.write_bytes(b"late")
        Export.objects.filter(pk=export.pk).update(lease_until=Now() - timedelta(seconds=1))
        sweeping.sweep()
        assert claim(export.pk) is not None

    monkeypatch.setattr("cases.exports.writing.make", make)
    writing.write_export(waiting.pk)
    waiting.refresh_from_db()
    assert (waiting.state, waiting.attempts, waiting.file.name) == ("writing", 2, "")
    assert files(exports_folder) == []


def test_a_lost_writers_export_is_taken_up_and_in_the_end_set_aside(
    analyst: Client, waiting: Export, exports_folder: Path
) -> None:
    for attempt in range(1, 4):
        held = claim(waiting.pk)
        assert held is not None
        with_half = writing.scratch_folder(held)
        with_half.mkdir(parents=True)
        (with_half / "export").write_bytes(b"half")
        assert sweeping.sweep().taken_back == 0
        Export.objects.filter(pk=held.pk).update(lease_until=Now() - timedelta(seconds=1))
        assert sweeping.sweep().taken_back == 1
        waiting.refresh_from_db()
        assert (waiting.state, waiting.attempts) == (
            "failed" if attempt == 3 else "waiting",
            attempt,
        )
        assert files(exports_folder) == []
    assert "stopped in the middle" in analyst.get(f"/exports/{waiting.pk}/").content.decode()


@pytest.mark.parametrize(
    ("trouble", "code"),
    [
        (SoftTimeLimitExceeded(), "timed-out"),
        (TooManyRows(), "too-many-rows"),
        (MemoryError(), "internal"),
    ],
)
def test_trouble_that_would_come_again_is_said(
    analyst: Client,
    waiting: Export,
    exports_folder: Path,
    monkeypatch: pytest.MonkeyPatch,
    trouble: Exception,
    code: str,
) -> None:
    monkeypatch.setattr("cases.exports.writing.make", mock.Mock(side_effect=trouble))
    writing.write_export(waiting.pk)
    waiting.refresh_from_db()
    assert (waiting.state, waiting.code) == ("failed", code)
    assert "What next:" in analyst.get(f"/exports/{waiting.pk}/").content.decode()
    assert files(exports_folder) == []


def test_trouble_of_ours_is_tried_again_and_raised(
    waiting: Export, monkeypatch: pytest.MonkeyPatch
) -> None:
    full = OSError(28, "No space left on device")
    monkeypatch.setattr("cases.exports.writing.make", mock.Mock(side_effect=full))
    for attempt in range(1, 4):
        with pytest.raises(OSError, match="No space"):
            writing.write_export(waiting.pk)
        waiting.refresh_from_db()
        assert waiting.attempts == attempt
        if attempt < 3:
            assert waiting.state == "waiting"
            assert claim(waiting.pk) is None  # in the pause after a try that failed
            Export.objects.update(due_at=None)
    assert (waiting.state, waiting.code) == ("failed", "no-room")


def test_filters_that_are_not_understood_any_more(waiting: Export) -> None:
    Export.objects.update(filters="age_min=x")
    writing.write_export(waiting.pk)
    waiting.refresh_from_db()
    assert (waiting.state, waiting.code) == ("failed", "filters")


def test_an_expired_file_is_deleted(
    analyst: Client, ready: Export, exports_folder: Path, settings: Settings
) -> None:
    assert ready.expires_at and ready.ready_at
    assert ready.expires_at - ready.ready_at == timedelta(days=settings.EXPORT_KEEP_DAYS)
    assert sweeping.sweep().expired == 0
    Export.objects.update(expires_at=Now() - timedelta(seconds=1))
    assert sweeping.sweep().expired == 1
    assert files(exports_folder) == []
    ready.refresh_from_db()
    assert (ready.state, ready.rows) == ("expired", 2)
    assert analyst.get(f"/exports/{ready.pk}/file").status_code == 410
    assert "kept for its time" in analyst.get(f"/exports/{ready.pk}/").content.decode()


def test_deleting_takes_the_file_and_keeps_the_record(
    analyst: Client, manager: Client, ready: Export, exports_folder: Path
) -> None:
    analyst.post(f"/exports/{ready.pk}/delete")
    assert files(exports_folder) == []
    assert Export.objects.get().state == "deleted"
    assert analyst.get(f"/exports/{ready.pk}/").status_code == 404
    assert "File deleted" in manager.get("/admin/cases/export/").content.decode()
    entry = LogEntry.objects.filter(action=LogEntry.Action.UPDATE).latest("pk")
    assert (entry.object_pk, entry.actor.username) == (str(ready.pk), "analyst")


def test_what_is_under_way_cannot_be_deleted(analyst: Client, waiting: Export) -> None:
    page = analyst.post(f"/exports/{waiting.pk}/delete", follow=True).content.decode()
    assert "cancel it first" in page
    assert Export.objects.get().state == "waiting"


def test_a_missing_file_is_said(analyst: Client, ready: Export) -> None:
    ready.file.storage.delete(ready.file.name)
    answer = analyst.get(f"/exports/{ready.pk}/file")
    assert answer.status_code == 410
    assert "not in the store" in answer.content.decode()


def test_leftovers_that_no_row_names_are_cleared_away(
    ready: Export, exports_folder: Path, settings: Settings
) -> None:
    long_ago = time.time() - settings.EXPORT_KEEP_DAYS * 86_400 - 7200
    for name in (".arriving-x", "9-unknown"):
        (exports_folder / name).write_bytes(b"left")
        os.utime(exports_folder / name, (long_ago, long_ago))
    (exports_folder / ".arriving-young").write_bytes(b"left")
    sweeping.sweep()
    assert files(exports_folder) == [".arriving-young", ready.file.name]


def test_the_sweep_rings_for_what_waits(
    waiting: Export, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    ring = mock.Mock(return_value=True)
    monkeypatch.setattr(sweeping, "ring_for_export", ring)
    monkeypatch.setattr(sweeping, "export_bells", lambda: 0)
    assert sweeping.sweep().rung == 0  # its own bell may still be on its way
    settings.SWEEP_GRACE = -1
    assert sweeping.sweep().rung == 1
    ring.assert_called_once_with(waiting.pk)
    monkeypatch.setattr(sweeping, "export_bells", lambda: 1)
    assert sweeping.sweep().rung == 0


def test_without_a_broker_the_order_stands_and_says_so(
    analyst: Client, take: Take, monkeypatch: pytest.MonkeyPatch
) -> None:
    take(letter())
    monkeypatch.setattr(asking, "ring_for_export", bell.ring_for_export)
    monkeypatch.setattr(bell, "_quiet_until", 0.0)
    monkeypatch.setattr(bell.current_app, "send_task", mock.Mock(side_effect=OperationalError))
    page = analyst.post("/cases/export/", CHOSEN, follow=True).content.decode()
    assert "It will be written when the writers are back" in page
    assert Export.objects.waiting().count() == 1


def test_copying_stops_when_the_export_is_lost(
    waiting: Export, monkeypatch: pytest.MonkeyPatch
) -> None:
    tally = Tally()
    tally.lost = True
    monkeypatch.setattr("cases.exports.texts.BLOCK", 1)
    statement = mock.Mock(copy=lambda: "COPY (SELECT generate_series(1, 9)) TO STDOUT")
    with pytest.raises(Lost):
        list(copied(statement, tally))
    assert Export.objects.count() == 1  # the connection is whole


def test_a_person_in_no_group_cannot_export(db: None) -> None:
    viewer = client_of("viewer")
    assert viewer.get("/cases/export/").status_code == 403
    assert viewer.post("/cases/export/", CHOSEN).status_code == 403
    assert viewer.get("/exports/").status_code == 403
    assert viewer.get("/cases/citations.csv").status_code == 403
