"""`make run` on a site of a few lines: it comes up, mends what dies, and ends whole."""

import os
import signal
import socket
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from subprocess import Popen

import pytest

from tests.trial.clone import Clone, free_port, line_with, started, until

pytestmark = [
    pytest.mark.processes,
    pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc"),
]

# The stub site has no tables: one server is enough, and starts faster.
BROKER_ONLY = {"DATABASE_URL": "postgres://db.example/x"}


@contextmanager
def running(clone: Clone, **options: object) -> Iterator[tuple[Popen[str], str]]:
    """A run that has said it is ready, and its address."""
    variables = {"PORT": str(free_port()), **BROKER_ONLY, **options}
    with started(clone, "run", **variables) as process:
        ready = line_with(process, "Ready: ")
        yield process, f"http://127.0.0.1:{variables['PORT']}/"
        assert "demo" in ready


def page(address: str) -> bytes:
    with urllib.request.urlopen(address, timeout=5) as answer:
        body: bytes = answer.read()
        return body


def numbers_of(clone: Clone, words: str) -> list[int]:
    return [number for number, command in clone.processes().items() if words in command]


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_a_signal_ends_all_of_it(clone: Clone, number: int) -> None:
    with running(clone) as (process, address):
        assert page(address) == b"ok"
        for words in ("gunicorn", " worker ", " beat ", "valkey-server"):
            assert numbers_of(clone, words), words
        process.send_signal(number)
        assert process.wait(30) == 0
        assert clone.processes() == {}
        with pytest.raises(OSError):
            page(address)


def test_a_hanging_worker_does_not_hold_up_the_end(clone: Clone) -> None:
    with running(clone) as (process, _):
        assert until(lambda: len(numbers_of(clone, " worker ")) > 2)  # the pool is up
        for number in numbers_of(clone, " worker "):
            os.kill(number, signal.SIGSTOP)
        asked = time.monotonic()
        process.send_signal(signal.SIGINT)
        process.wait(30)
        assert time.monotonic() - asked < 20
        assert clone.processes() == {}


@pytest.mark.parametrize("tied", [True, False])
def test_a_killed_run_leaves_nothing_to_the_next(clone: Clone, tied: bool) -> None:
    with running(clone, tied=tied) as (process, address):
        process.kill()
        process.wait()
        if tied:
            assert clone.ended(20)
        with running(clone, PORT=address.rpartition(":")[2].strip("/")) as (again, _):
            assert page(address) == b"ok"
            again.terminate()
            again.wait(30)
            assert clone.processes() == {}


@pytest.mark.parametrize("words", ["gunicorn", " beat ", "valkey-server"])
def test_what_dies_is_started_again(clone: Clone, words: str) -> None:
    with running(clone) as (process, address):
        first = numbers_of(clone, words)
        for number in first:
            os.kill(number, signal.SIGKILL)
        assert "ended (-9). It starts again in 1 s." in line_with(process, "ended (")
        assert until(lambda: set(numbers_of(clone, words)) - set(first))
        assert page(address) == b"ok"


def test_tables_come_before_samples(clone: Clone) -> None:
    with started(clone, "run", PORT=str(free_port()), **BROKER_ONLY) as process:
        assert line_with(process, "did") == "migrate     | did migrate --verbosity=0\n"
        assert line_with(process, "did") == "load_samples| did load_samples\n"


def test_a_failing_step_is_told(clone: Clone) -> None:
    (clone.folder / "manage.py").write_text("raise SystemExit('no such table')")
    code, said = clone.run("run", PORT=str(free_port()), **BROKER_ONLY)
    assert code == 1
    assert "migrate     | no such table" in said
    assert "manage.py migrate failed" in said
    assert clone.processes() == {}


def test_a_taken_port_is_told_before_anything_starts(clone: Clone) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        code, said = clone.run("run", PORT=str(port))
    assert code == 1
    assert f"Port {port} cannot be had (Address already in use)" in said
    assert f"make run PORT={port + 1}" in said
    assert not (clone.folder / "var" / "postgres").exists()


@pytest.mark.parametrize("given", ["http", "0", "70000"])
def test_a_port_that_is_none(clone: Clone, given: str) -> None:
    code, said = clone.run("run", PORT=given)
    assert (code, "should be a number" in said) == (1, True)


def test_a_second_run_in_one_clone_is_refused(clone: Clone) -> None:
    with running(clone):
        code, said = clone.run("run", PORT=str(free_port()), **BROKER_ONLY)
        assert (code, "running already" in said) == (1, True)
