"""Write one export in the background: claim it, make its file, store that, and say how it ended."""

import errno
import logging
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

from celery.exceptions import SoftTimeLimitExceeded
from django.conf import settings
from django.core.files import File
from django.db import InterfaceError, OperationalError, connection
from django.db.models.functions import Now
from xlsxwriter.exceptions import FileSizeError

from cases.exports.about import filter_of
from cases.exports.counting import count
from cases.exports.holding import Heart, claim, let_go
from cases.exports.kinds import KINDS
from cases.exports.making import make
from cases.exports.tally import Lost, Tally
from cases.exports.workbook import TooManyRows
from cases.models import Export, export_storage

logger = logging.getLogger(__name__)

ATTEMPTS_MAX = 3
PAUSE = timedelta(seconds=10)


class NotUnderstood(Exception):
    """The filters were once, and are not any more."""


# Trouble that another try would meet again.
FINAL = {
    SoftTimeLimitExceeded: "timed-out",
    TooManyRows: "too-many-rows",
    FileSizeError: "too-large",
    NotUnderstood: "filters",
    MemoryError: "internal",  # out of a task, it would take the whole worker down
}


def write_export(export_id: int) -> None:
    """Write it if it waits. Whatever happens, it ends in a state that a person can see."""
    export = claim(export_id)
    if export is None:
        return
    try:
        _write_held(export)
    except Lost:
        logger.info("export %s: cancelled, or somebody else's by now", export_id)


def _write_held(export: Export) -> None:
    try:
        _write(export)
    except tuple(FINAL) as trouble:
        code = next(code for kind, code in FINAL.items() if isinstance(trouble, kind))
        let_go(export, Export.State.FAILED, code=code)
        logger.info("export %s cannot be written: %s", export.pk, code)
    except Lost:
        raise
    except Exception as error:
        _try_again(export, _fault(error))
        raise


def _write(export: Export) -> None:
    tally = Tally()
    with scratch(export) as folder, Heart(export, tally):
        found = filter_of(export)
        if not found.is_valid():
            raise NotUnderstood
        tally.total = count(KINDS[export.kind], found)
        path = folder / "export"
        make(export, path, tally)
        tally.check()
        _store(export, path, tally.rows)


def _store(export: Export, path: Path, rows: int) -> None:
    """File first, then row: a row never points at a missing file."""
    storage, name = export_storage(), stored_name(export)
    with path.open("rb") as file:
        storage.save(name, File(file))
    try:
        let_go(
            export,
            Export.State.READY,
            file=name,
            size=path.stat().st_size,
            rows=rows,
            done=rows,
            total=rows,
            ready_at=Now(),
            expires_at=Now() + timedelta(days=settings.EXPORT_KEEP_DAYS),
        )
    except Lost:
        storage.delete(name)
        raise


def stored_name(export: Export) -> str:
    """A name of this try alone: a writer that lost its lease cannot touch the next one's file."""
    return f"{export.pk}-{export.lease_token}"


@contextmanager
def scratch(export: Export) -> Iterator[Path]:
    """A folder for what is being written, of this user alone, and gone afterwards."""
    folder = scratch_folder(export)
    folder.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    folder.mkdir(mode=0o700)
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def scratch_folder(export: Export) -> Path:
    return Path(settings.EXPORTS_DIR) / f".writing-{stored_name(export)}"


def _fault(error: Exception) -> str:
    if isinstance(error, OSError) and error.errno == errno.ENOSPC:
        return "no-room"
    return "database" if isinstance(error, OperationalError | InterfaceError) else "internal"


def _try_again(export: Export, code: str) -> None:
    """Back to waiting after a pause; after the last attempt, failed."""
    connection.close_if_unusable_or_obsolete()
    if export.attempts >= ATTEMPTS_MAX:
        let_go(export, Export.State.FAILED, code=code)
    else:
        let_go(export, Export.State.WAITING, due_at=Now() + PAUSE * export.attempts)
