"""Where a trial run keeps its things, and the environment that its commands see."""

import os
import secrets
import shutil
import sys
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from imrsite.trial.postgres import Postgres
from imrsite.trial.processes import take
from imrsite.trial.servers import Server
from imrsite.trial.services import Service
from imrsite.trial.stopping import Stop
from imrsite.trial.valkey import Valkey

CLONE = Path(__file__).resolve().parents[2]
KINDS: tuple[type[Server], ...] = (Postgres, Valkey)


@contextmanager
def surroundings(
    stop: Stop, *, fresh: bool, patient: bool
) -> Iterator[tuple[Path, dict[str, str], list[Service]]]:
    """The state folder, the environment, and the services that are not somebody else's.

    `fresh`: with empty services that are thrown away afterwards.
    """
    with ExitStack() as stack:
        state = stack.enter_context(fresh_state(stop)) if fresh else CLONE / "var"
        state.mkdir(mode=0o700, exist_ok=True)
        services = [
            Service(kind, state, stop, throwaway=fresh)
            for kind in KINDS
            if not os.environ.get(kind.variable)
        ]
        env = environment(state)
        for service in services:
            env[service.kind.variable] = stack.enter_context(service.held(patient=patient))
        yield state, env, services


def environment(state: Path) -> dict[str, str]:
    """Ours, and what the settings need on top; what the user has set stays."""
    for name in ("letters", "exports", "static"):
        (state / name).mkdir(mode=0o700, exist_ok=True)
    needed = {
        "DEBUG": "1",
        "SECRET_KEY": _secret_key(state / "secret_key"),
        "LETTERS_DIR": str(state / "letters"),
        "EXPORTS_DIR": str(state / "exports"),
        "STATIC_ROOT": str(state / "static"),
        "PYTHONUNBUFFERED": "1",
    }
    env = needed | {name: value for name, value in os.environ.items() if value}
    env["PATH"] = os.pathsep.join((str(Path(sys.executable).parent), env.get("PATH", os.defpath)))
    return env


def _secret_key(file: Path) -> str:
    if not file.exists():
        descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "w") as out:
            out.write(secrets.token_urlsafe(50))
    return file.read_text()


@contextmanager
def fresh_state(stop: Stop) -> Iterator[Path]:
    """An empty state folder below var/test, gone afterwards; killed runs' folders go as well."""
    shelf = CLONE / "var" / "test"
    shelf.mkdir(mode=0o700, parents=True, exist_ok=True)
    while (door := take(shelf / "lock")) is None:
        stop.pause()
    try:
        for state in shelf.glob("run-*"):
            _sweep(state, stop)
        state = Path(tempfile.mkdtemp(prefix="run-", dir=shelf))
        lock = take(state / "in-use")
        assert lock is not None
    finally:
        os.close(door)
    try:
        yield state
    finally:
        shutil.rmtree(state)
        os.close(lock)


def _sweep(state: Path, stop: Stop) -> None:
    lock = take(state / "in-use")
    if lock is None:
        return  # another run's, alive
    for kind in KINDS:
        Service(kind, state, stop, throwaway=True).clear()
    shutil.rmtree(state)
    os.close(lock)
