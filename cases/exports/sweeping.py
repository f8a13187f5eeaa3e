"""Ring for exports that wait, take back those whose writer died, and delete what has expired."""

import logging
import shutil
import time
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.db.models.functions import Now

from cases.bell import export_bells, ring_for_export
from cases.exports.writing import ATTEMPTS_MAX, scratch_folder, stored_name
from cases.models import Export, export_storage

logger = logging.getLogger(__name__)

MOST = 200  # of each, a sweep
LEFTOVER_AGE = timedelta(hours=1)  # beyond the keeping time: then no row names the file


@dataclass(frozen=True)
class Swept:
    taken_back: int
    rung: int
    expired: int


def sweep() -> Swept:
    """One round. Any number may run at once: rows in hand elsewhere are passed over."""
    taken_back = _take_back_lost()
    expired = _expire()
    _clear_leftovers()
    return Swept(taken_back, _ring_again(), expired)


def _take_back_lost() -> int:
    lost = Export.objects.filter(state=Export.State.WRITING, lease_until__lt=Now())
    with transaction.atomic():
        found = list(lost.select_for_update(skip_locked=True)[:MOST])
        for export in found:
            _take_back(export)
    return len(found)


def _take_back(export: Export) -> None:
    """Back to waiting, or set aside; what its writer left is thrown away."""
    shutil.rmtree(scratch_folder(export), ignore_errors=True)
    export_storage().delete(stored_name(export))
    over = export.attempts >= ATTEMPTS_MAX
    state = Export.State.FAILED if over else Export.State.WAITING
    Export.objects.filter(pk=export.pk).update(
        state=state,
        code="writer-lost" if over else "",
        lease_token=None,
        lease_until=None,
        due_at=None,
    )
    logger.warning("export %s: its writer was lost, now %s", export.pk, state)


def _ring_again() -> int:
    """For those whose bell was lost; a bell too many is harmless."""
    grace = Now() - timedelta(seconds=settings.SWEEP_GRACE)
    waiting = Export.objects.due().filter(started_at__lt=grace)
    keys = list(waiting.order_by("pk").values_list("pk", flat=True)[:MOST])
    missing = len(keys) - (export_bells() or 0) if keys else 0
    return sum(ring_for_export(key) for key in keys[: max(missing, 0)])


def _expire() -> int:
    old = Export.objects.filter(state=Export.State.READY, expires_at__lt=Now())
    with transaction.atomic():
        found = list(old.select_for_update(skip_locked=True)[:MOST])
        for export in found:
            drop_file(export, Export.State.EXPIRED)
    return len(found)


def drop_file(export: Export, state: Export.State) -> None:
    """Row first, then file: a row never points at a missing file."""
    name = export.file.name
    export.state, export.file = state, ""
    export.save(update_fields=["state", "file"])
    if name:
        transaction.on_commit(lambda: export_storage().delete(name), robust=True)


def _clear_leftovers() -> None:
    """Whatever lies in the folder for longer than any export is kept: no row names it."""
    folder = Path(settings.EXPORTS_DIR)
    keep = timedelta(days=settings.EXPORT_KEEP_DAYS) + LEFTOVER_AGE
    latest = time.time() - keep.total_seconds()
    for path in folder.iterdir() if folder.is_dir() else ():
        if path.stat().st_mtime < latest:
            shutil.rmtree(path) if path.is_dir() else path.unlink(missing_ok=True)
