"""How a run comes to its end: asked for, or because something is missing."""

import signal
import time


class TrialError(Exception):
    """Something that the person at the terminal can mend; the message says how."""


class Stopped(Exception):
    """A signal asked for the end."""


class Stop:
    """Remembers the signal that asked for the end; whoever waits looks at it.

    An exception out of the handler itself could strike between a process's start and its record.
    """

    def __init__(self) -> None:
        self.signal = 0

    def listen(self) -> None:
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            if number == signal.SIGHUP and signal.getsignal(number) == signal.SIG_IGN:
                continue  # started with nohup
            signal.signal(number, self._note)

    def _note(self, number: int, frame: object) -> None:
        self.signal = number

    def check(self) -> None:
        if self.signal:
            raise Stopped

    def pause(self, seconds: float = 0.05) -> None:
        self.check()
        time.sleep(seconds)
        self.check()
