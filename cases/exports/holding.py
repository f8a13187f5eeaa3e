"""Hold an export while it is written: a lease in the database, kept up by a thread that beats.

Writing takes seconds or an hour, so a lease as long as the longest would leave what a dead writer
held lying for hours. A short one is renewed every second, also while PostgreSQL still sorts or a
workbook is being closed. The same beat tells how far it is, and hears when it is cancelled.
"""

import logging
import threading
import uuid
from contextlib import AbstractContextManager
from datetime import timedelta
from types import TracebackType
from typing import Any

from django.conf import settings
from django.db import Error, connection
from django.db.models import F
from django.db.models.functions import Now

from cases.exports.tally import Lost, Tally
from cases.models import Export

logger = logging.getLogger(__name__)

BEAT_SECONDS = 1.0


def claim(export_id: int) -> Export | None:
    """Take the export if it waits and is due; None when somebody else has it or it needs nothing.

    The attempt is counted before the work, so that one that kills its writer is counted too.
    """
    token = uuid.uuid4()
    taken = Export.objects.due().filter(pk=export_id)
    changed = taken.update(
        state=Export.State.WRITING,
        lease_token=token,
        lease_until=_lease_end(),
        attempts=F("attempts") + 1,
        done=0,
        total=None,
    )
    return Export.objects.select_related("user").get(pk=export_id) if changed else None


def let_go(export: Export, state: Export.State, **columns: Any) -> None:
    """Set its state, or raise Lost and change nothing when somebody else holds it by now."""
    changed = _mine(export).update(state=state, lease_token=None, lease_until=None, **columns)
    if not changed:
        raise Lost


def _mine(export: Export) -> Any:
    return Export.objects.filter(pk=export.pk, lease_token=export.lease_token)


def _lease_end() -> Any:
    return Now() + timedelta(seconds=settings.EXPORT_LEASE_SECONDS)


class Heart(AbstractContextManager["Heart"]):
    """Within, the lease is renewed and the tally written down; the tally hears of a loss."""

    def __init__(self, export: Export, tally: Tally) -> None:
        self.export, self.tally = export, tally
        self.ended = threading.Event()
        self.thread = threading.Thread(target=self._run, name="heart", daemon=True)

    def __enter__(self) -> "Heart":
        self.thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.ended.set()
        self.thread.join()

    def _run(self) -> None:
        try:
            while not self.ended.wait(BEAT_SECONDS) and not self.tally.lost:
                self._beat()
        finally:
            connection.close()

    def _beat(self) -> None:
        tally = self.tally
        try:
            held = _mine(self.export).update(
                done=tally.rows, total=tally.total, lease_until=_lease_end()
            )
        except Error as error:
            # The database is away: the lease runs on, and the writer will notice by itself.
            logger.warning("export %s: no beat (%s)", self.export.pk, type(error).__name__)
            connection.close()
            return
        tally.lost = not held
