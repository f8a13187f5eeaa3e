"""What dies is started again, after a pause that grows."""

import time
from collections.abc import Callable

from imrsite.trial.processes import Child

FIRST_PAUSE, LONGEST_PAUSE = 1.0, 30.0
SETTLED = 60.0  # seconds of life after which a process is trusted again


class Kept:
    """One process that is to live as long as the run does."""

    def __init__(self, name: str, start: Callable[[], Child], child: Child | None = None) -> None:
        self.name = name
        self.start = start
        self.pause = FIRST_PAUSE
        self.again: float | None = None
        self._begin(child or start())

    def _begin(self, child: Child) -> None:
        self.child = child
        self.since = time.monotonic()

    def tend(self, now: float) -> str:
        """Start it again when that is due. What there is to tell, if anything."""
        if self.child.alive:
            if now - self.since > SETTLED:
                self.pause = FIRST_PAUSE
            return ""
        if self.again is None:
            pause, self.again = self.pause, now + self.pause
            self.pause = min(2 * self.pause, LONGEST_PAUSE)
            code = self.child.process.returncode
            return f"{self.name} ended ({code}). It starts again in {pause:g} s."
        if now >= self.again:
            self.again = None
            self._begin(self.start())
        return ""
