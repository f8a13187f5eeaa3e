"""Ring the readers and writers. A doorbell may be lost: the sweep rings again."""

import logging
import time

from celery import current_app
from kombu.exceptions import OperationalError

logger = logging.getLogger(__name__)

LETTERS = "letters"
SCANS = "scans"  # minutes where a letter takes milliseconds: never in the letters' way
EXPORTS = "exports"  # minutes too, and nobody's letter waits for them
SWEEPS = "sweeps"  # behind a hundred thousand letters a sweep would come hours late

# After a failure, how long not to try again: a hung broker costs each try its socket timeout,
# and four hundred uploads must not wait four hundred times.
QUIET_SECONDS = 10.0
_quiet_until = 0.0


def ring(letter_id: int, *, scan: bool = False) -> bool:
    """Ask for this letter to be read; False when nobody can be reached, which loses nothing."""
    task = "read_scan" if scan else "read_letter"
    return _send(f"cases.tasks.{task}", SCANS if scan else LETTERS, args=[letter_id])


def ring_for_export(export_id: int) -> bool:
    """Ask for this export to be written."""
    return _send("cases.tasks.write_export", EXPORTS, args=[export_id])


def unheard() -> bool:
    """Whether nobody could be reached when it was last tried."""
    return time.monotonic() < _quiet_until


def ring_for_sweep(seconds: float) -> bool:
    """Ask for a sweep; forgotten when nobody has come to it after so many seconds."""
    return _send("cases.tasks.sweep", SWEEPS, expires=seconds)


def bells(*, scan: bool) -> int | None:
    """How many rings nobody has heard yet; None when the broker cannot be reached."""
    return _waiting_in(SCANS if scan else LETTERS)


def export_bells() -> int | None:
    """The same of the writers of exports."""
    return _waiting_in(EXPORTS)


def _waiting_in(queue: str) -> int | None:
    try:
        with current_app.connection_for_read(transport_options=_hasty()) as broker:
            return broker.default_channel.queue_declare(queue, passive=True).message_count
    except Exception as error:
        # Whatever a broker raises when it is gone or has never seen this queue: nothing is known.
        logger.info("queue %s: not known (%s)", queue, type(error).__name__)
        return None


def _hasty() -> dict[str, object]:
    """One try to connect: the sweep comes again."""
    return {**current_app.conf.broker_transport_options, "max_retries": 0}


def _send(task: str, queue: str, **options: object) -> bool:
    global _quiet_until
    if unheard():
        return False
    try:
        current_app.send_task(task, queue=queue, retry=False, **options)
    except (OperationalError, OSError) as error:
        _quiet_until = time.monotonic() + QUIET_SECONDS
        logger.warning("no broker (%s): what rang waits", type(error).__name__)
        return False
    return True
