"""Starting a process so that it can always be found and ended again.

Every process inherits a locked file, so the lock is held exactly as long as it or a child of it
lives, whatever became of us; the file says which process group to end.
"""

import ctypes
import fcntl
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from imrsite.trial.stopping import TrialError

PR_SET_PDEATHSIG = 1
PRCTL = ctypes.CDLL(None).prctl if sys.platform == "linux" else None

# Signals to send, each with the seconds it is given to work. SIGKILL always comes last.
Ending = Sequence[tuple[signal.Signals, float]]
GENTLE: Ending = ((signal.SIGTERM, 8.0),)
KILL: Ending = ((signal.SIGKILL, 5.0),)


@dataclass(frozen=True)
class Account:
    """The user to run a server as."""

    user: int
    group: int

    def for_popen(self) -> dict[str, Any]:
        return {"user": self.user, "group": self.group, "extra_groups": [self.group]}


@dataclass(frozen=True)
class Child:
    """A process of ours that leads a group of its own."""

    name: str
    process: subprocess.Popen[bytes]
    ending: Ending = GENTLE

    @property
    def alive(self) -> bool:
        return self.process.poll() is None


def spawn(
    name: str,
    command: Sequence[str | Path],
    *,
    lock: Path,
    account: Account | None = None,
    ending: Ending = GENTLE,
    pass_fds: Sequence[int] = (),
    **options: Any,
) -> Child:
    """Start a process in a session of its own: the terminal's Ctrl-C reaches us alone."""
    end_leftover(lock, ending)
    held = take(lock)
    if held is None:
        raise TrialError(f"{name} is being started by somebody else too: {lock} is locked.")
    options |= account.for_popen() if account else {}
    options |= {"stdin": subprocess.DEVNULL, "stderr": subprocess.STDOUT}
    options |= {"start_new_session": True, "preexec_fn": signing(ending[0][0], held)}
    try:
        words = [str(part) for part in command]
        process = subprocess.Popen(words, pass_fds=(held, *pass_fds), **options)
    except OSError as error:
        raise TrialError(f"{name} cannot be started: {error}") from error
    finally:
        os.close(held)
    return Child(name, process, ending)


def signing(death: int, lock: int | None = None) -> Callable[[], None]:
    """What a child does before it becomes the program: sign its lock, and die when we die.

    Only Linux can promise the second; elsewhere the next run ends what is left over.
    """
    parent = os.getpid()

    def in_child() -> None:
        if lock is not None:
            os.ftruncate(lock, 0)
            os.pwrite(lock, b"%d" % os.getpid(), 0)
        if PRCTL is not None:
            PRCTL(PR_SET_PDEATHSIG, death)
            if os.getppid() != parent:
                os._exit(1)

    return in_child


def end(children: Sequence[Child], pause: Callable[[], None] = lambda: time.sleep(0.02)) -> None:
    """End them all, together, gently at first; nothing of their groups is left afterwards."""
    steps = max((len(child.ending) for child in children), default=0)
    for step in range(steps):
        asked = [child for child in children if child.alive and step < len(child.ending)]
        for child in asked:
            # To the leader alone: it ends its own children in good order.
            child.process.send_signal(child.ending[step][0])
        latest = time.monotonic() + max((child.ending[step][1] for child in asked), default=0)
        while any(child.alive for child in asked) and time.monotonic() < latest:
            pause()
    for child in children:
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(child.process.pid, signal.SIGKILL)
        child.process.wait()


def take(lock: Path, *, shared: bool = False) -> int | None:
    """The open, locked file; None when another process holds it."""
    lock.parent.mkdir(parents=True, exist_ok=True)
    handle = os.open(lock, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        fcntl.flock(handle, (fcntl.LOCK_SH if shared else fcntl.LOCK_EX) | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(handle)
        return None
    return handle


def end_leftover(lock: Path, ending: Ending) -> None:
    """End the process of an earlier run that still holds this lock, if there is one."""
    for number, seconds in ((0, 0.0), *ending, *KILL):
        if number:
            _signal_holder(lock, number)
        latest = time.monotonic() + seconds
        while (handle := take(lock)) is None and time.monotonic() < latest:
            time.sleep(0.05)
        if handle is not None:
            os.close(handle)
            return
    raise TrialError(f"A process of an earlier run does not end: see the number in {lock}.")


def _signal_holder(lock: Path, number: int) -> None:
    leader = lock.read_text()
    if leader:
        with suppress(ProcessLookupError):
            (os.killpg if number == signal.SIGKILL else os.kill)(int(leader), number)
