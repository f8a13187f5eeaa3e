"""Read one letter: claim it, take its text, read it, record it, and say how it ended."""

import logging
import traceback
from datetime import timedelta

from celery.exceptions import SoftTimeLimitExceeded
from django.conf import settings
from django.db import transaction
from django.db.models.functions import Now
from django.utils import timezone

from cases.claim import ClaimLost, Held, claim, let_go
from cases.extraction import extract
from cases.models import Attempt, Letter
from cases.settle import settle
from reviews import reading
from reviews.reading.text import Unreadable
from reviews.reading.types import Determination, LetterText

logger = logging.getLogger(__name__)

FIRST_PAUSE = timedelta(seconds=5)


def read_letter(letter_id: int) -> None:
    """Read the letter if it waits. Whatever happens, it ends in a state that a person can see.

    Trouble of the letter's own is recorded as its code. Trouble of ours is recorded, tried again
    later, and raised for the log.
    """
    held = claim(letter_id)
    if held is None:
        return
    try:
        _read(held)
    except Unreadable as trouble:
        _give_up(held, trouble.code, trouble.sentence)
    except SoftTimeLimitExceeded:
        _give_up(held, "timed-out")
    except MemoryError:
        # Out of a task, it would take the whole worker down and come back for ever.
        _give_up(held, "out-of-memory")
    except ClaimLost:
        logger.warning("letter %s: the lease ran out, nothing was saved", letter_id)
    except Exception as error:
        _try_again(held, "storage" if isinstance(error, FileNotFoundError) else "internal")
        raise


def determine(letter: Letter) -> tuple[list[Determination], LetterText]:
    """What the file says, one determination for each letter in it. Raises Unreadable."""
    with letter.file.open("rb") as file:
        text = extract(file.read())
    found = reading.read_all(text)
    if not any(reading.is_determination(one) for one in found):
        raise Unreadable("not-a-determination", "no heading and no item was found")
    return found, text


def _read(held: Held) -> None:
    found, text = determine(held.letter)
    with transaction.atomic():
        let_go(held, Letter.State.READ, "read")
        settle(held.letter, found, text)
        _end(held, "read")


def _give_up(held: Held, code: str, detail: str = "") -> None:
    with transaction.atomic():
        let_go(held, Letter.State.UNREADABLE, code)
        _end(held, code, detail)
    logger.info("letter %s cannot be read: %s", held.letter.pk, code)


def _try_again(held: Held, code: str) -> None:
    """Back to waiting with a pause that grows; after the last attempt, failed."""
    over = held.letter.attempts >= settings.ATTEMPTS_MAX
    state = Letter.State.FAILED if over else Letter.State.RECEIVED
    pause = None if over else FIRST_PAUSE * 4 ** (held.letter.attempts - 1)
    with transaction.atomic():
        let_go(held, state, code, pause)
        _end(held, code, traceback.format_exc(limit=-20))


def _end(held: Held, code: str, detail: str = "") -> None:
    seconds = (timezone.now() - held.attempt.started_at).total_seconds()
    Attempt.objects.filter(pk=held.attempt.pk).update(
        ended_at=Now(), code=code, seconds=max(seconds, 0), detail=detail
    )
