"""Hold a letter while it is read: one conditional update on the database's clock."""

import os
import socket
import uuid
from dataclasses import dataclass
from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import F, Q
from django.db.models.functions import Now

from cases.models import Attempt, Letter
from reviews import reading


@dataclass(frozen=True)
class Held:
    """A letter that this process may read until the lease runs out."""

    letter: Letter
    attempt: Attempt


class ClaimLost(Exception):
    """The lease ran out and somebody else holds the letter: what was read must not be saved."""


def claim(letter_id: int) -> Held | None:
    """Take the letter if it waits and is due; None when somebody else has it or it needs nothing.

    The attempt is counted before the work, so that a letter that kills its reader is counted too.
    """
    token = uuid.uuid4()
    due = Q(due_at=None) | Q(due_at__lte=Now())
    with transaction.atomic():
        taken = Letter.objects.filter(due, pk=letter_id, state=Letter.State.RECEIVED).update(
            state=Letter.State.READING,
            attempts=F("attempts") + 1,
            lease_token=token,
            lease_until=Now() + timedelta(seconds=settings.LEASE_SECONDS),
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


def let_go(held: Held, state: Letter.State, code: str, pause: timedelta | None = None) -> None:
    """Set the letter's state if it is still held, or raise ClaimLost. Call inside a transaction.

    With a pause, the letter is not due again before it has passed.
    """
    still_mine = Letter.objects.filter(pk=held.letter.pk, lease_token=held.attempt.token)
    changed = still_mine.update(
        state=state,
        code="" if state in {Letter.State.READ, Letter.State.RECEIVED} else code,
        due_at=Now() + pause if pause else None,
        lease_token=None,
        lease_until=None,
        **({"read_at": Now()} if state == Letter.State.READ else {}),
    )
    if not changed:
        raise ClaimLost(f"letter {held.letter.pk}")
