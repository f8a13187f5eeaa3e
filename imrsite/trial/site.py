"""The site's own part of a trial run: what is done before, and which processes it has."""

import http.client
import socket
import subprocess
import sys
import time
from collections.abc import Sequence
from contextlib import suppress
from functools import partial
from pathlib import Path

from imrsite.trial.console import Console
from imrsite.trial.processes import GENTLE, Child, end, end_leftover, spawn
from imrsite.trial.stopping import Stop, Stopped, TrialError
from imrsite.trial.supervisor import Kept
from imrsite.trial.surroundings import CLONE

READERS = 2  # processes that read letters
LOCK = "process"


def end_leftovers(state: Path) -> None:
    """End what a killed run has left: its web server would hold the port."""
    for lock in (state / "run").glob(f"{LOCK}.*"):
        end_leftover(lock, GENTLE)


class Site:
    def __init__(self, state: Path, env: dict[str, str], console: Console, stop: Stop) -> None:
        self.state = state
        self.env = env
        self.console = console
        self.stop = stop

    def prepare(self) -> None:
        """The tables, and the demo account with its letters unless they are there."""
        self._manage("migrate", "--verbosity=0")
        self._manage("load_samples")

    def _manage(self, *arguments: str) -> None:
        child = self._spawn(arguments[0], ["manage.py", *arguments])
        try:
            while child.alive:
                self.stop.check()
                self.console.listen()
        finally:
            end([child], self.console.listen)
            self.console.listen(0)
        if child.process.returncode:
            raise TrialError(f"manage.py {arguments[0]} failed; its own words stand above.")

    def keep(self, web: socket.socket, servers: list[Kept]) -> None:
        """Run the processes, and start again what dies, until a signal asks for the end."""
        kept: list[Kept] = []
        try:
            for name, arguments in programs(web, self.state).items():
                kept.append(Kept(name, partial(self._spawn, name, arguments, (web.fileno(),))))
            self._look_after([*servers, *kept], web)
        except Stopped:
            self.console.say("Ending.")
            raise
        finally:
            end([one.child for one in kept], self.console.listen)

    def _look_after(self, kept: list[Kept], web: socket.socket) -> None:
        address, ready = "{}:{}".format(*web.getsockname()), False
        while True:
            self.stop.check()
            self.console.listen()
            for one in kept:
                if news := one.tend(time.monotonic()):
                    self.console.say(news)
            if not ready and (ready := answers(address)):
                self.console.say(
                    f"Ready: http://{address}/  Log in as demo, password demo. Ctrl-C ends it all."
                )

    def _spawn(self, name: str, arguments: Sequence[str], pass_fds: Sequence[int] = ()) -> Child:
        child = spawn(
            name,
            [sys.executable, *arguments],
            lock=self.state / "run" / f"{LOCK}.{name}",
            cwd=CLONE,
            env=self.env,
            stdout=subprocess.PIPE,
            pass_fds=pass_fds,
        )
        self.console.follow(child)
        return child


def programs(web: socket.socket, state: Path) -> dict[str, list[str]]:
    # A container's only user is often root; for a trial that is no reason to warn.
    calm = ["-W", "ignore:You're running the worker with superuser privileges"]
    celery = ["-m", "celery", "--quiet", "--app=imrsite"]
    gunicorn = ["-m", "gunicorn", "imrsite.wsgi", "--threads=4", "--no-control-socket"]
    worker = [*calm, *celery, "worker", "--loglevel=WARNING"]
    schedule = state / "run" / "beat.schedule"
    return {
        "web": [*gunicorn, f"--bind=fd://{web.fileno()}", "--log-level=warning"],
        "worker": [*worker, f"--concurrency={READERS}", "--queues=letters,sweeps"],
        "scans": [*worker, "--concurrency=1", "--queues=scans", "--hostname=scans@%h"],
        "exports": [*worker, "--concurrency=1", "--queues=exports", "--hostname=exports@%h"],
        "beat": [*celery, "beat", f"--schedule={schedule}", "--pidfile=", "--loglevel=WARNING"],
    }


def answers(address: str) -> bool:
    connection = http.client.HTTPConnection(address, timeout=1)
    with suppress(OSError, http.client.HTTPException):
        connection.request("GET", "/livez")
        return connection.getresponse().status == 200
    return False
