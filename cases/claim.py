"""Hold a letter while it is read: one conditional update on the database's clock."""

import os
import socket
import uuid
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import F
from django.db.models.functions import Extract, Now

from cases.models import Attempt, Letter
from reviews import reading

# PostgreSQL's text holds no NUL, and Python's may hold half of a surrogate pair.
UNSTORABLE = dict.fromkeys([0, *range(0xD800, 0xE000)], "\ufffd")
DETAIL_MOST = 8_000  # characters: a hostile file's own words may be part of a traceback


@dataclass(frozen=True)
class Held:
    """A letter that this process may read until the lease runs out."""

    letter: Letter
    attempt: Attempt


class ClaimLost(Exception):
    """The lease ran out and somebody else holds the letter: what was read must not be saved."""


def claim(letter_id: int, *, scan: bool = False) -> Held | None:
    """Take the letter if it waits and is due; None when somebody else has it or it needs nothing.

    The attempt is counted before the work, so that a letter that kills its reader is counted too.
    """
    token = uuid.uuid4()
    lease = settings.SCAN_LEASE_SECONDS if scan else settings.LEASE_SECONDS
    with transaction.atomic():
        taken = (
            Letter.objects.due()
            .filter(pk=letter_id, scan=scan)
            .update(
                state=Letter.State.READING,
                attempts=F("attempts") + 1,
                lease_token=token,
                lease_until=Now() + timedelta(seconds=lease),
            )
        )
        if not taken:
            return None
        attempt = Attempt.objects.create(
            letter_id=letter_id,
            token=token,
            worker=f"{socket.gethostname()}:{os.getpid()}",
            reader_version=reading.VERSION,
        )
        return Held(Letter.objects.get(pk=letter_id), attempt)


def let_go(
    held: Held,
    state: Letter.State,
    code: str,
    detail: str = "",
    pause: timedelta | None = None,
    **columns: Any,
) -> None:
    """Say how the attempt ended and set the letter's state, or raise ClaimLost and change nothing.

    With a pause, the letter is not due again before it has passed. `columns` are set beside.
    """
    if state == Letter.State.READ:
        columns["read_at"] = Now()
    with transaction.atomic():
        still_mine = Letter.objects.filter(pk=held.letter.pk, lease_token=held.attempt.token)
        changed = still_mine.update(
            state=state,
            code="" if state in {Letter.State.READ, Letter.State.RECEIVED} else code,
            due_at=Now() + pause if pause else None,
            lease_token=None,
            lease_until=None,
            **columns,
        )
        if not changed:
            raise ClaimLost(f"letter {held.letter.pk}")
        Attempt.objects.filter(pk=held.attempt.pk).update(
            ended_at=Now(),
            code=code,
            seconds=Extract(Now() - F("started_at"), "epoch"),
            detail=detail.translate(UNSTORABLE)[:DETAIL_MOST],
        )
