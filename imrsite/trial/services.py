"""The services a command needs, and the environment that leads to them.

Where the variables name a server, that one is used. Else one of our own is started, by the first
command that needs it; others that run in the same clone at the same time share it.
"""

import os
import shutil
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from imrsite.trial.processes import Child, end, end_leftover, spawn, take
from imrsite.trial.servers import Server, server_env
from imrsite.trial.stopping import Stop, TrialError

SECONDS_TO_START = 60
PREFIX = "imrsite-"
LONGEST_TMP = 60  # a socket's path may have about 100 characters


class Service:
    """One server in one state folder, ours or shared with the command that started it."""

    def __init__(self, kind: type[Server], state: Path, stop: Stop, *, throwaway: bool) -> None:
        self.kind = kind
        self.state = state
        self.stop = stop
        self.throwaway = throwaway
        self.run = state / "run"
        self.lock = self._file("lock")
        self.child: Child | None = None
        self.server: Server | None = None

    def _file(self, ending: str) -> Path:
        return self.run / f"{self.kind.name}.{ending}"

    @contextmanager
    def held(self, *, patient: bool) -> Iterator[str]:
        """The URL. `patient`: at the end, wait for other commands that use it."""
        owner = self._own_or_share()
        guest = None if owner else take(self._file("guests"), shared=True)
        try:
            if owner:
                self.clear()
                self._start()
            yield self._file("url").read_text()
            if owner and patient:
                self._wait_for_guests()
        finally:
            if owner:
                if self.child:
                    end([self.child])
                self.clear()
            for handle in filter(None, (owner, guest)):
                os.close(handle)

    def _own_or_share(self) -> int | None:
        """The owner's lock, or None when the owner is another command and its server is up."""
        for _ in range(SECONDS_TO_START * 20):
            if owner := take(self._file("owner")):
                return owner
            if self._file("url").exists():
                return None
            self.stop.pause()
        raise TrialError(f"Another command holds {self._file('owner')}, but starts nothing.")

    def clear(self) -> None:
        """Remove what a run leaves for the time it runs: its own, or a killed one's."""
        end_leftover(self.lock, self.kind.ending)
        self._file("url").unlink(missing_ok=True)
        with suppress(FileNotFoundError):
            folder = Path(self._file("folder").read_text())
            if folder.name.startswith(PREFIX) and folder.lstat().st_uid == os.geteuid():
                shutil.rmtree(folder)

    def _start(self) -> None:
        folder = private_folder()
        self._file("folder").write_text(str(folder))
        data = self.state / self.kind.name
        self.server = self.kind(data, folder, throwaway=self.throwaway)
        self.server.prepare()
        self._log.unlink(missing_ok=True)
        self.child = self.spawn()
        for _ in range(SECONDS_TO_START * 20):
            if self.server.answers():
                break
            if not self.child.alive:
                raise TrialError(f"{self.kind.name} did not start:\n{self._last_words()}")
            self.stop.pause()
        else:
            raise TrialError(f"{self.kind.name} does not answer:\n{self._last_words()}")
        self._file("url").write_text(self.server.open())

    def spawn(self) -> Child:
        assert self.server is not None
        with self._log.open("ab") as log:
            self.child = spawn(
                self.kind.name,
                self.server.command(),
                lock=self.lock,
                cwd=self.server.data,
                env=server_env(),
                stdout=log,
                account=self.server.account,
                ending=self.kind.ending,
            )
        return self.child

    @property
    def _log(self) -> Path:
        return self.run / f"{self.kind.name}.log"

    def _last_words(self) -> str:
        words = self._log.read_text(errors="replace").splitlines()[-8:]
        return "\n".join([*words, f"(all of it: {self._log})"])

    def _wait_for_guests(self) -> None:
        told = False
        while (handle := take(self._file("guests"))) is None:
            if not told:
                print(f"Waiting for another command that uses {self.kind.name}.", file=sys.stderr)
                told = True
            self.stop.pause(0.2)
        os.close(handle)


def private_folder() -> Path:
    """Short, and closed to others but for the way through, which `nobody` needs when root runs."""
    root = os.geteuid() == 0
    usual = tempfile.gettempdir()
    short = "/tmp" if root or len(usual) > LONGEST_TMP else usual
    folder = Path(tempfile.mkdtemp(prefix=PREFIX, dir=short))
    if root:
        folder.chmod(0o711)
    return folder
