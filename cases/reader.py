"""Read one letter: claim it, have it read, record what it says, and say how it ended."""

import hashlib
import logging
import time
import traceback
from collections.abc import Callable
from datetime import timedelta

from celery.exceptions import SoftTimeLimitExceeded
from django.conf import settings
from django.db import (
    DataError,
    IntegrityError,
    InterfaceError,
    OperationalError,
    connection,
    transaction,
)

from cases.bell import ring
from cases.claim import ClaimLost, Held, claim, claim_next, let_go
from cases.codes import CODES
from cases.extraction import Killed, ReaderFailed, read
from cases.models import Letter
from cases.recognition import recognise
from cases.settle import settle
from reviews.reading.rows import Rows, letters
from reviews.reading.text import Unreadable
from reviews.reading.types import LetterText

logger = logging.getLogger(__name__)

FIRST_PAUSE = timedelta(seconds=5)


class NotSaved(Exception):
    """PostgreSQL refused what was read. Its own words hold the row, so they are not logged."""


class NotStored(Exception):
    """The file cannot be had from storage, or is not the one that arrived."""


def read_waiting(letter_id: int) -> None:
    """Answer a bell: read its letter, and go on with others that wait, for a few seconds.

    Fetching a bell takes a good part of what reading a letter takes. The bells of letters that
    were read so find nothing to do.
    """
    until = time.monotonic() + settings.READ_ON_SECONDS
    read_letter(letter_id)
    while time.monotonic() < until and (held := claim_next()):
        _read_held(held)


def read_letter(letter_id: int, *, scan: bool = False) -> None:
    """Read the letter if it waits. Whatever happens, it ends in a state that a person can see.

    Trouble of the letter's own is recorded as its code. Trouble of ours is recorded, tried again
    later, and raised for the log.
    """
    if held := claim(letter_id, scan=scan):
        _read_held(held)


def _read_held(held: Held) -> None:
    try:
        _read_or_say_why(held)
    except ClaimLost:
        logger.warning("letter %s: the lease ran out, nothing was saved", held.letter.pk)


def _read_or_say_why(held: Held) -> None:
    try:
        _read(held)
    except Killed as error:
        _try_again(held, "extractor-killed", error)
        raise
    except Unreadable as trouble:
        _give_up(held, trouble.code, trouble.sentence)
    except SoftTimeLimitExceeded:
        _give_up(held, "timed-out")
    except MemoryError:
        # Out of a task, it would take the whole worker down and come back for ever.
        _give_up(held, "out-of-memory")
    except ClaimLost:
        raise
    except Exception as error:
        _try_again(held, _fault(error), error)
        if isinstance(error, DataError | IntegrityError):
            raise NotSaved("its attempt tells why") from None
        raise


def determine(letter: Letter) -> tuple[list[Rows], float | None]:
    """What the file says, rows for each letter in it; of a scan how sure it is, 0 to 100.

    Raises Unreadable, NotStored or ReaderFailed.
    """
    if not letter.scan:
        return read(_stored(letter), pictures=not settings.OCR), None
    text = _recognised(letter)
    return letters(text), text.confidence


def _recognised(letter: Letter) -> LetterText:
    if not settings.OCR:
        raise Unreadable("ocr-off", "a scan, and OCR is off by now")
    return recognise(_stored(letter))


def _stored(letter: Letter) -> bytes:
    try:
        with letter.file.open("rb") as file:
            data = file.read()
    except Exception as error:
        # A missing file, a disk that fails, a bucket out of reach: each storage has its own words.
        raise NotStored(str(letter.file)) from error
    if hashlib.sha256(data).hexdigest() != letter.sha256:
        raise NotStored(f"{letter.file} has changed since it arrived")
    return data


def _read(held: Held) -> None:
    try:
        found, confidence = determine(held.letter)
    except Unreadable as trouble:
        if trouble.code == "no-text" and not held.letter.scan:
            return _hand_on(held)
        raise
    with transaction.atomic():
        let_go(held, Letter.State.READ, "read", confidence=confidence)
        settle(held.letter, found)


def _hand_on(held: Held) -> None:
    """A scan, all of it or some pages: it waits again, for those who recognise scans."""
    if not settings.OCR:
        raise Unreadable("ocr-off", "no text, and OCR is off")
    with transaction.atomic():
        let_go(held, Letter.State.RECEIVED, "scan", scan=True)
        transaction.on_commit(lambda: ring(held.letter.pk, scan=True), robust=True)


def _give_up(held: Held, code: str, detail: str = "") -> None:
    if code not in CODES:
        code, detail = "crashed", f"{code}: {detail}"
    _when_the_database_answers(lambda: let_go(held, Letter.State.UNREADABLE, code, detail))
    logger.info("letter %s cannot be read: %s", held.letter.pk, code)


def _fault(error: Exception) -> str:
    if isinstance(error, NotStored):
        return "storage"
    return "database" if isinstance(error, OperationalError | InterfaceError) else "internal"


def _try_again(held: Held, code: str, error: Exception) -> None:
    """Back to waiting with a pause that grows; after the last attempt, failed."""
    over = held.letter.attempts >= settings.ATTEMPTS_MAX
    state = Letter.State.FAILED if over else Letter.State.RECEIVED
    pause = None if over else FIRST_PAUSE * 4 ** (held.letter.attempts - 1)
    detail = error.trace if isinstance(error, ReaderFailed) else traceback.format_exc(limit=-20)
    _when_the_database_answers(lambda: let_go(held, state, code, detail, pause))


def _when_the_database_answers(save: Callable[[], None]) -> None:
    """Outlast a restart of PostgreSQL: a letter is not set aside for an outage."""
    latest = time.monotonic() + settings.DATABASE_PATIENCE
    while True:
        try:
            return save()
        except (OperationalError, InterfaceError):
            if time.monotonic() > latest:
                raise
            connection.close()
            time.sleep(0.5)
