"""One terminal for many processes: every line says who speaks."""

import os
import selectors
from contextlib import suppress
from typing import IO

from imrsite.trial.processes import Child

LONGEST_LINE = 64 * 1024
WIDTH = 12


class Console:
    def __init__(self) -> None:
        self._listening = selectors.DefaultSelector()
        self._begun: dict[IO[bytes], bytes] = {}

    def say(self, text: str, speaker: str = "imrsite") -> None:
        self._write(speaker, text.encode())

    def follow(self, child: Child) -> None:
        """Repeat what this process writes; its output must be a pipe."""
        pipe = child.process.stdout
        assert pipe is not None
        os.set_blocking(pipe.fileno(), False)
        self._begun[pipe] = b""
        self._listening.register(pipe, selectors.EVENT_READ, child.name)

    def listen(self, seconds: float = 0.1) -> None:
        """Repeat what comes in; return after so many seconds at most."""
        for key, _ in self._listening.select(seconds):
            assert not isinstance(key.fileobj, int)
            self._repeat(key.fileobj, key.data)  # type: ignore[arg-type]

    def _repeat(self, pipe: IO[bytes], speaker: str) -> None:
        heard = pipe.read(LONGEST_LINE)
        *lines, rest = (self._begun[pipe] + (heard or b"")).split(b"\n")
        if not heard or len(rest) > LONGEST_LINE:
            lines, rest = [*lines, rest], b""
        for line in lines:
            if line.strip():
                self._write(speaker, line)
        self._begun[pipe] = rest
        if heard == b"":
            self._listening.unregister(pipe)
            del self._begun[pipe]
            pipe.close()

    def _write(self, speaker: str, line: bytes) -> None:
        with suppress(OSError):  # the terminal may be gone; the processes must end all the same
            os.write(1, f"{speaker:<{WIDTH}}| ".encode() + line + b"\n")
