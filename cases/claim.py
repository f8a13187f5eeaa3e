"""Hold a letter while it is read: one conditional update on the database's clock."""

import os
import socket
import uuid
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db import connection, transaction
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


# One statement, so that of several readers one gets the letter, and a claim never stands without
# its attempt. It does not wait for the disk: see `commit_soon`.
CLAIM = """
WITH soon AS MATERIALIZED (SELECT set_config('synchronous_commit', 'off', true)),
taken AS (
    UPDATE cases_letter SET state = 'reading', attempts = attempts + 1, lease_token = %(token)s,
        lease_until = statement_timestamp() + %(lease)s
    FROM soon
    WHERE id = %(letter)s AND scan = %(scan)s AND state = 'received'
        AND (due_at IS NULL OR due_at <= statement_timestamp())
    RETURNING cases_letter.*
),
attempt AS (
    INSERT INTO cases_attempt (letter_id, token, started_at, worker, reader_version, code, detail)
    SELECT id, %(token)s, statement_timestamp(), %(worker)s, %(version)s, '', '' FROM taken
    RETURNING id
)
SELECT taken.*, attempt.id AS attempt_id FROM taken, attempt
"""


def claim(letter_id: int, *, scan: bool = False) -> Held | None:
    """Take the letter if it waits and is due; None when somebody else has it or it needs nothing.

    The attempt is counted before the work, so that a letter that kills its reader is counted too.
    """
    token = uuid.uuid4()
    lease = settings.SCAN_LEASE_SECONDS if scan else settings.LEASE_SECONDS
    values = {
        "letter": letter_id,
        "scan": scan,
        "token": token,
        "lease": timedelta(seconds=lease),
        "worker": f"{socket.gethostname()}:{os.getpid()}",
        "version": reading.VERSION,
    }
    for letter in Letter.objects.raw(CLAIM, values):
        key = letter.attempt_id  # type: ignore[attr-defined]
        return Held(letter, Attempt(pk=key, letter=letter, token=token))
    return None


def commit_soon() -> None:
    """Let this transaction not wait for the disk.

    Should PostgreSQL itself crash in the same moment, the letter is as it was before: it waits, or
    its lease runs out, and it is read again. What people bring in never takes this way.
    """
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL synchronous_commit TO off")


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
    with transaction.atomic(savepoint=False):
        commit_soon()
        still_mine = Letter.objects.filter(pk=held.letter.pk, lease_token=held.attempt.token)
        changed = still_mine.update(
            state=state,
            code="" if state in {Letter.State.READ, Letter.State.RECEIVED} else code,
            due_at=Now() + pause if pause else None,
            lease_token=None,
            lease_until=None,
            **columns,
        )
        if changed:
            Attempt.objects.filter(pk=held.attempt.pk).update(
                ended_at=Now(),
                code=code,
                seconds=Extract(Now() - F("started_at"), "epoch"),
                detail=detail.translate(UNSTORABLE)[:DETAIL_MOST],
            )
    if not changed:
        raise ClaimLost(f"letter {held.letter.pk}")
