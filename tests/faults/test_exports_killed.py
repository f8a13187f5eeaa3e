"""Writers of exports killed in the middle: another takes the export up, and writes it whole."""

import io
import signal
from pathlib import Path

import openpyxl
import pytest
from django.conf import settings
from django.contrib.auth.models import User
from django.core.files.storage import storages

from cases.bell import ring_for_export
from cases.bench.fill import fill
from cases.exports.asking import order
from cases.models import Export
from reviews.models import DisputedItem
from tests.workers import Worker, send, wait, working

CASES = 4_000
LONGEST = 120.0  # seconds, on a machine that does something else beside

pytestmark = [pytest.mark.processes, pytest.mark.django_db(transaction=True)]


@pytest.fixture(autouse=True)
def rows(transactional_db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("EXPORT_LEASE_SECONDS", "3")
    fill(CASES)


@pytest.fixture
def export() -> Export:
    user = User.objects.create_user("ann")
    wanted = Export(user=user, kind="items", format="xlsx", columns=["case", "item", "rationale"])
    return order(wanted)


def begun() -> bool:
    """Some of the workbook is on the disk: seen long before the first beat tells of it."""
    parts = Path(settings.EXPORTS_DIR).glob(".writing-*/*")
    return any(part.stat().st_size for part in parts)


def kill_its_writer(worker: Worker) -> None:
    """The pool's child dies as it would for want of memory; the worker itself lives."""
    for pid in worker.others():
        send(pid, signal.SIGKILL)


def assert_whole(export: Export) -> None:
    export.refresh_from_db()
    rows = DisputedItem.objects.filter(review__case__isnull=False).count()
    assert rows > 2 * CASES
    assert (export.state, export.rows, export.done) == ("ready", rows, rows)
    store = storages["exports"]
    folders, files = store.listdir("")
    assert (folders, files) == ([], [export.file.name])  # nothing half-written is left
    with export.file.open("rb") as file:
        book = openpyxl.load_workbook(io.BytesIO(file.read()), read_only=True)
    cells = [row[:2] for row in book["Items"].iter_rows(min_row=2, values_only=True)]
    assert len(cells) == len(set(cells)) == rows


def test_a_writer_killed_in_the_middle(broker: object, export: Export) -> None:
    with working(concurrency=1) as worker:
        wait(begun, LONGEST, "it is being written")
        kill_its_writer(worker)
        wait(lambda: not export_busy(export), LONGEST, "another writer ends it")
        assert worker.alive
    assert export.attempts == 2
    assert_whole(export)


def test_the_whole_worker_killed_and_another_started(broker: object, export: Export) -> None:
    with working(concurrency=1) as worker:
        wait(begun, LONGEST, "it is being written")
        worker.kill()
        kill_its_writer(worker)
    with working(concurrency=1):
        wait(lambda: not export_busy(export), LONGEST, "another worker ends it")
    assert export.attempts == 2
    assert_whole(export)


def test_rung_five_times_it_is_written_once(broker: object, export: Export) -> None:
    for _ in range(5):
        ring_for_export(export.pk)
    with working(concurrency=2):
        wait(lambda: not export_busy(export), LONGEST, "it is written")
    assert export.attempts == 1
    assert_whole(export)


def export_busy(export: Export) -> bool:
    export.refresh_from_db()
    return export.busy
