"""Hold a letter while it is read: one conditional update on the database's clock."""

import os
import socket
import uuid
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.conf import settings

from cases.models import Attempt, Letter
from reviews import reading
from reviews.planned import planned

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
# its attempt. It does not wait for the disk: should PostgreSQL itself crash in the same moment, the
# letter is as it was before: it waits, or its lease runs out, and it is read again. What people
# bring in never takes this way.
CLAIM = """
WITH soon AS MATERIALIZED (SELECT set_config('synchronous_commit', 'off', true)),
taken AS (
    UPDATE cases_letter SET state = 'reading', attempts = attempts + 1, lease_token = %(token)s,
        lease_until = statement_timestamp() + %(lease)s
    FROM soon
    WHERE id = {which} AND scan = %(scan)s AND state = 'received'
        AND (due_at IS NULL OR due_at <= statement_timestamp())
    RETURNING {columns}
),
attempt AS (
    INSERT INTO cases_attempt (letter_id, token, started_at, worker, reader_version, code, detail)
    SELECT id, %(token)s, statement_timestamp(), %(worker)s, %(version)s, '', '' FROM taken
    RETURNING id
)
SELECT attempt.id, taken.* FROM taken, attempt
"""
COLUMNS = [field.attname for field in Letter._meta.concrete_fields]
# That letter, or of those that are read by text the one that waits longest.
THIS = "%(letter)s"
LONGEST = """(
    SELECT id FROM cases_letter WHERE state = 'received' AND NOT scan
        AND (due_at IS NULL OR due_at <= statement_timestamp())
    ORDER BY received_at, id LIMIT 1 FOR UPDATE SKIP LOCKED
)"""
CLAIM_THIS, CLAIM_LONGEST = (
    CLAIM.format(which=which, columns=", ".join(f"cases_letter.{name}" for name in COLUMNS))
    for which in (THIS, LONGEST)
)


def claim(letter_id: int, *, scan: bool = False) -> Held | None:
    """Take the letter if it waits and is due; None when somebody else has it or it needs nothing.

    The attempt is counted before the work, so that a letter that kills its reader is counted too.
    """
    lease = settings.SCAN_LEASE_SECONDS if scan else settings.LEASE_SECONDS
    return _claim(CLAIM_THIS, lease, letter=letter_id, scan=scan)


def claim_next() -> Held | None:
    """Take the letter, not a scan, that waits longest; None when none is due."""
    return _claim(CLAIM_LONGEST, settings.LEASE_SECONDS, scan=False)


def _claim(statement: str, lease: float, **values: Any) -> Held | None:
    token = uuid.uuid4()
    values |= {
        "token": token,
        "lease": timedelta(seconds=lease),
        "worker": f"{socket.gethostname()}:{os.getpid()}",
        "version": reading.VERSION,
    }
    with planned() as cursor:
        found = cursor.execute(statement, values).fetchone()
    if found is None:
        return None
    key, *columns = found
    letter = Letter.from_db("default", COLUMNS, columns)
    return Held(letter, Attempt(pk=key, letter=letter, token=token))


# One statement again: nothing is changed where the lease is another's.
LET_GO = """
WITH soon AS MATERIALIZED (SELECT set_config('synchronous_commit', 'off', true)),
letter AS (
    UPDATE cases_letter SET state = %(state)s::text, code = %(shown)s, lease_token = NULL,
        lease_until = NULL, due_at = statement_timestamp() + %(pause)s::interval,
        read_at = CASE WHEN %(state)s::text = 'read' THEN statement_timestamp() ELSE read_at END,
        scan = scan OR %(scan)s, confidence = coalesce(%(confidence)s::float8, confidence)
    FROM soon
    WHERE id = %(letter)s AND lease_token = %(token)s
    RETURNING id
)
UPDATE cases_attempt SET ended_at = statement_timestamp(), code = %(code)s, detail = %(detail)s,
    seconds = extract(epoch FROM statement_timestamp() - started_at)
FROM letter WHERE cases_attempt.id = %(attempt)s
"""


def let_go(
    held: Held,
    state: Letter.State,
    code: str,
    detail: str = "",
    pause: timedelta | None = None,
    *,
    scan: bool = False,
    confidence: float | None = None,
) -> None:
    """Say how the attempt ended and set the letter's state, or raise ClaimLost and change nothing.

    With a pause, the letter is not due again before it has passed. `scan`: it turned out to be one.
    """
    values: dict[str, Any] = {
        "letter": held.letter.pk,
        "token": held.attempt.token,
        "attempt": held.attempt.pk,
        "state": str(state),
        "code": code,
        "shown": "" if state in {Letter.State.READ, Letter.State.RECEIVED} else code,
        "detail": detail.translate(UNSTORABLE)[:DETAIL_MOST],
        "pause": pause,
        "scan": scan,
        "confidence": confidence,
    }
    with planned() as cursor:
        changed = cursor.execute(LET_GO, values).rowcount
    if not changed:
        raise ClaimLost(f"letter {held.letter.pk}")
