"""Ring for what waits, and take back what a dead reader holds. Any number may run at once."""

import logging
from datetime import timedelta

from django.db import connection, transaction
from django.db.models import Q
from django.db.models.functions import Now

from cases.bell import ring
from cases.models import Attempt, Letter

logger = logging.getLogger(__name__)

LOCK = 0x1E77E5  # any number that no other part of the system uses
DEATHS_MAX = 2  # readers a letter may take down before it is set aside
GRACE = timedelta(seconds=20)  # a bell just rung may still be on its way
MOST = 1000  # bells a sweep


def sweep() -> None:
    """One round; does nothing while another is under way."""
    with transaction.atomic():
        if not _alone():
            return
        for letter in Letter.objects.filter(
            state=Letter.State.READING, lease_until__lt=Now()
        ).select_for_update(skip_locked=True):
            _take_back(letter)
    due = Q(due_at=None, received_at__lt=Now() - GRACE) | Q(due_at__lte=Now())
    for key in Letter.objects.waiting().filter(due).order_by("pk").values_list("pk")[:MOST]:
        if not ring(*key):
            break


def _alone() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [LOCK])
        return bool(cursor.fetchone()[0])


def _take_back(letter: Letter) -> None:
    """Its reader died or hangs: back to waiting, or set aside when that happened too often."""
    letter.tries.filter(code="").update(ended_at=Now(), code="reader-lost")
    deaths = Attempt.objects.filter(letter=letter, code="reader-lost").count()
    over = deaths >= DEATHS_MAX
    letter.state = Letter.State.FAILED if over else Letter.State.RECEIVED
    letter.code = "gave-up" if over else ""
    letter.lease_token = letter.lease_until = letter.due_at = None
    letter.save(update_fields=["state", "code", "lease_token", "lease_until", "due_at"])
    logger.warning("letter %s: its reader was lost, now %s", letter.pk, letter.state)
