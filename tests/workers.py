"""Workers of their own processes, on the test's database, broker and letters."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

from celery import current_app
from django.conf import settings
from django.core.files.storage import storages
from django.db import connection

from cases import bell
from imrsite.trial.processes import signing

OPTIONS = ["--loglevel=warning", "--without-gossip", "--without-mingle", "--without-heartbeat"]


def wait(condition: Callable[[], object], seconds: float, what: str) -> None:
    """Until it holds. Generous in time, for machines that do something else beside."""
    latest = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < latest, f"{what}: not within {seconds:g} s"
        time.sleep(0.02)


def surroundings(**variables: str) -> dict[str, str]:
    """The environment of a process that shares this test's database and letters."""
    store = storages["letters"]
    here = {
        "DATABASE_URL": database_url(),
        "LETTERS_DIR": str(store.location),
        "EXPORTS_DIR": str(settings.EXPORTS_DIR),
    }
    return os.environ | here | variables


def database_url() -> str:
    """The address of the database that this test is connected with, not of the real one."""
    real = urlsplit(os.environ["DATABASE_URL"])
    return real._replace(path=f"/{connection.settings_dict['NAME']}").geturl()


def forget_broker() -> None:
    """Connect anew, to whatever CELERY_BROKER_URL names now."""
    current_app.amqp._producer_pool = None
    bell._quiet_until = 0.0


class Worker:
    """A Celery worker and its children, in a process group of their own."""

    def __init__(
        self, *arguments: str, concurrency: int = 2, queues: str = "", **variables: str
    ) -> None:
        self.process = subprocess.Popen(
            [
                *(sys.executable, *(arguments or ("-m", "celery")), "-A", "imrsite", "worker"),
                *(f"--concurrency={concurrency}", *OPTIONS),
                *([f"--queues={queues}"] if queues else []),
            ],
            cwd=settings.BASE_DIR,
            env=surroundings(**variables),
            start_new_session=True,
            preexec_fn=signing(signal.SIGKILL),  # not left behind by tests that are killed
        )

    @property
    def alive(self) -> bool:
        return self.process.poll() is None

    def others(self) -> list[int]:
        """The processes of its group besides itself: pool children and extractors."""
        return [pid for pid in group(self.process.pid) if pid != self.process.pid]

    def kill(self) -> None:
        self.process.kill()
        self.process.wait()

    def end(self) -> None:
        """As a service manager ends it; whatever is left is killed."""
        self.process.terminate()
        try:
            self.process.wait(timeout=60)
        except subprocess.TimeoutExpired:
            self.kill()

    def clear_away(self) -> None:
        self.kill()
        for pid in self.others():
            send(pid, signal.SIGKILL)


@contextmanager
def working(
    *arguments: str, concurrency: int = 2, queues: str = "", **variables: str
) -> Iterator[Worker]:
    worker = Worker(*arguments, concurrency=concurrency, queues=queues, **variables)
    try:
        yield worker
    finally:
        worker.clear_away()


def send(pid: int, number: signal.Signals) -> bool:
    """False when the process is gone."""
    try:
        os.kill(pid, number)
    except ProcessLookupError:
        return False
    return True


def group(leader: int) -> list[int]:
    """The living processes of this process group."""
    return [pid for pid, parent, of in processes() if of == leader]


def children(pid: int) -> list[int]:
    return [each for each, parent, _group in processes() if parent == pid]


def processes() -> Iterator[tuple[int, int, int]]:
    """Every living process: its number, its parent's and its group's."""
    if not Path("/proc/self/stat").exists():
        told = subprocess.run(["ps", "-A", "-o", "pid=,ppid=,pgid=,stat="], capture_output=True)
        for line in told.stdout.decode().splitlines():
            pid, parent, of, state = line.split()
            if not state.startswith("Z"):
                yield int(pid), int(parent), int(of)
        return
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                # The second field, the name in parentheses, may hold spaces.
                state, parent, of = (entry / "stat").read_text().rpartition(")")[2].split()[:3]
            except OSError:
                continue
            if state != "Z":
                yield int(entry.name), int(parent), int(of)
