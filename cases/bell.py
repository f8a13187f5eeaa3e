"""Ring the readers. A doorbell may be lost: the sweep rings again for whatever waits."""

import logging
import time

from celery import current_app
from kombu.exceptions import OperationalError

logger = logging.getLogger(__name__)

# After a failure, how long not to try again: a hung broker costs each try its socket timeout,
# and four hundred uploads must not wait four hundred times.
QUIET_SECONDS = 10.0
_quiet_until = 0.0


def ring(letter_id: int) -> bool:
    """Ask for this letter to be read; False when nobody can be reached, which loses nothing."""
    global _quiet_until
    if time.monotonic() < _quiet_until:
        return False
    try:
        current_app.send_task("cases.tasks.read_letter", args=[letter_id], retry=False)
    except (OperationalError, OSError) as error:
        _quiet_until = time.monotonic() + QUIET_SECONDS
        logger.warning("letter %s waits: no broker (%s)", letter_id, type(error).__name__)
        return False
    return True
