"""How far a long command is: a bar on a terminal, a line now and then elsewhere."""

import time
from typing import TextIO

BAR = 30
TERMINAL_SECONDS, LINE_SECONDS = 0.1, 10.0


class Progress:
    """Of `total` things. Tells the rate and the time left."""

    def __init__(self, out: TextIO, total: int, things: str) -> None:
        self.out = out
        self.total = total
        self.things = things
        self.done = 0
        self.terminal = out.isatty()
        self.began = self.told = time.monotonic()

    def advance(self) -> None:
        self.done += 1
        now = time.monotonic()
        if now - self.told >= (TERMINAL_SECONDS if self.terminal else LINE_SECONDS):
            self.told = now
            self._tell(now)

    def end(self) -> None:
        if self.terminal and self.done:
            self._tell(time.monotonic())
            self.out.write("\n")

    def _tell(self, now: float) -> None:
        rate = self.done / max(now - self.began, 0.001)
        left = (self.total - self.done) / rate
        words = f"{self.done} of {self.total} {self.things}, {rate:.0f}/s, {clock(left)} left"
        if self.terminal:
            full = round(BAR * self.done / max(self.total, 1))
            self.out.write(f"\r[{'#' * full}{'.' * (BAR - full)}] {words}\x1b[K")
        else:
            self.out.write(f"{words}\n")
        self.out.flush()


def clock(seconds: float) -> str:
    """3723 seconds as 1:02:03."""
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"
