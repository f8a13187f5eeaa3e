"""How a log's line looks: what goes wrong now and then is told in one, what should not in full."""

import logging
from copy import copy

from kombu.exceptions import OperationalError
from redis.exceptions import RedisError

AWAY = (OperationalError, RedisError, OSError)  # what a broker that is gone or hangs ends in


class Line(logging.Formatter):
    """A page that is refused, and beat without a broker, need no traceback to be understood."""

    def __init__(self) -> None:
        super().__init__("{asctime} {levelname} {name} {message}", style="{")

    def format(self, record: logging.LogRecord) -> str:
        if _is_refused(record) or _misses_the_broker(record):
            record = copy(record)
            record.msg, record.args = record.getMessage().partition("\n")[0], None
            record.exc_info = record.exc_text = None
        return super().format(record)


def _is_refused(record: logging.LogRecord) -> bool:
    """Django gives the answer's status to what it logs of a page."""
    return (getattr(record, "status_code", None) or 500) < 500


def _misses_the_broker(record: logging.LogRecord) -> bool:
    """Beat wraps the error in one of its own, and logs where it stood in the message."""
    error = record.exc_info[1] if record.exc_info else None
    return record.name == "celery.beat" and (
        isinstance(error, AWAY) or isinstance(error and error.__context__, AWAY)
    )
