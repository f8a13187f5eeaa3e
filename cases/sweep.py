"""Ring for what waits, and take back what a dead reader holds. Any number may run at once."""

import logging
from dataclasses import dataclass
from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import Exists, OuterRef
from django.db.models.functions import Now

from cases.bell import bells, ring
from cases.locks import try_sweep_lock
from cases.models import Batch, Letter, LetterQuerySet

logger = logging.getLogger(__name__)

DEATHS_MAX = 2  # readers a letter may take down before it is set aside
MOST = 1000  # bells a sweep
# How old an empty batch is when it goes: nobody adds to it any more (cases.uploading.LONGEST).
EMPTY_FROM, EMPTY_TO = timedelta(days=2), timedelta(days=30)


@dataclass(frozen=True)
class Swept:
    """Letters taken back from lost readers, bells rung, and what waits longest."""

    taken_back: int
    rung: int
    waiting: int
    oldest: int | None = None
    waited: timedelta = timedelta(0)


def sweep() -> Swept | None:
    """One round; None, and nothing done, while another is under way."""
    with transaction.atomic():
        if not try_sweep_lock():
            return None
        lost = Letter.objects.filter(state=Letter.State.READING, lease_until__lt=Now())
        taken_back = list(lost.select_for_update(skip_locked=True))
        for letter in taken_back:
            _take_back(letter)
    _clear_batches()
    waiting = Letter.objects.due()
    rung = sum(_ring_again(waiting.filter(scan=scan), scan=scan) for scan in (False, True))
    longest = Letter.objects.longest_waiting()
    if longest is None:
        return Swept(len(taken_back), rung, 0)
    found = Swept(len(taken_back), rung, waiting.count(), longest.pk, longest.waited)  # type: ignore[attr-defined]
    _report(found)
    return found


def _ring_again(waiting: LetterQuerySet, *, scan: bool) -> int:
    """Ring for those whose bell was lost: as many as wait and have none in the queue.

    Which ones have none cannot be known; the oldest are rung for, and a bell too many is harmless.
    """
    old_enough = waiting.filter(received_at__lt=Now() - timedelta(seconds=settings.SWEEP_GRACE))
    keys = list(old_enough.order_by("pk").values_list("pk", flat=True)[:MOST])
    if not keys:
        return 0
    missing = waiting.count() - (bells(scan=scan) or 0)
    rung = 0
    for key in keys[: max(missing, 0)]:
        if not ring(key, scan=scan):
            break
        rung += 1
    return rung


def _take_back(letter: Letter) -> None:
    """Its reader died or hangs: back to waiting, or set aside when that happened too often."""
    letter.tries.filter(code="").update(ended_at=Now(), code="reader-lost")
    # Those since somebody asked for it to be read: `retry` counts the attempts anew.
    latest = letter.tries.order_by("-pk")[: letter.attempts]
    deaths = sum(each.code == "reader-lost" for each in latest)
    over = deaths >= DEATHS_MAX or letter.attempts >= settings.ATTEMPTS_MAX
    letter.state = Letter.State.FAILED if over else Letter.State.RECEIVED
    letter.code = "gave-up" if over else ""
    letter.lease_token = letter.lease_until = letter.due_at = None
    letter.save(update_fields=["state", "code", "lease_token", "lease_until", "due_at"])
    logger.warning("letter %s: its reader was lost, now %s", letter.pk, letter.state)


def _clear_batches() -> None:
    """Uploads that were broken off before their first letter. Older ones go with their last
    letter: see `cases.removal`."""
    now, empty = Now(), ~Exists(Letter.objects.filter(batch=OuterRef("pk")))
    Batch.objects.filter(empty, made_at__range=(now - EMPTY_TO, now - EMPTY_FROM)).delete()


def _report(found: Swept) -> None:
    long = found.waited > timedelta(seconds=settings.WAITING_TOO_LONG)
    level = logging.WARNING if long else logging.INFO
    words = "%s wait; the oldest, letter %s, for %s"
    logger.log(level, words, found.waiting, found.oldest, str(found.waited).split(".")[0])
