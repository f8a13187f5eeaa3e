"""`python -m tests.faults.odd_worker -A imrsite worker`: a Celery worker with an oddity.

ODD_SECONDS: every letter takes so long, so that something can happen to it in the meantime;
with ODD_WORDS, only a letter with these words.
ODD_CLOCK: the clock of this process is so many seconds ahead.
"""

import os
import time
from datetime import timedelta
from typing import Any

from celery.__main__ import main
from django.utils import timezone

from cases import extraction


def read_slowly(seconds: float, words: str) -> None:
    usual = extraction.ask

    def slowly(job: dict[str, Any], data: bytes) -> dict[str, Any]:
        if words.encode() in data:
            time.sleep(seconds)
        return usual(job, data)

    extraction.ask = slowly


def shift_clock(seconds: float) -> None:
    """What Django and Celery take for the time of day; the monotonic clock stays."""
    usual_time, usual_now = time.time, timezone.now
    time.time = lambda: usual_time() + seconds
    timezone.now = lambda: usual_now() + timedelta(seconds=seconds)


if __name__ == "__main__":
    read_slowly(float(os.environ.get("ODD_SECONDS", "0")), os.environ.get("ODD_WORDS", ""))
    shift_clock(float(os.environ.get("ODD_CLOCK", "0")))
    main()
