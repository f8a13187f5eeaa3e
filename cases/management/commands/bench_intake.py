"""Letters a second from upload to read, beside extraction and reading alone.

The three take turns, several times: on a machine that is now fast and now slow, what was measured a
minute apart compares the minutes.
"""

import io
import os
import subprocess
import sys
import tempfile
import time
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from celery import current_app
from django.conf import settings
from django.core.files.storage import storages
from django.core.management.base import BaseCommand, CommandError
from django.db.models import Max, Min

from cases.bench.database import address, invented
from cases.intake import receive
from cases.models import Attempt, Letter
from reviews import reading
from samples.writer import invent

PATIENCE = 300.0  # seconds for all letters of one measurement
ALONE, UPLOADS, ONE, TWO = KINDS = ("read alone", "uploads", "1 worker process", "2 processes")


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--letters", type=int, default=400, help="of each measurement")
        parser.add_argument("--rounds", type=int, default=3, help="of the three measurements")

    def handle(self, *args: Any, letters: int, rounds: int, **options: Any) -> None:
        seconds = dict.fromkeys(KINDS, 0.0)
        self.stdout.write(f"{'letters/s':9}" + "".join(f"{kind:>20}" for kind in KINDS))
        with invented(0, self.stdout.write), tempfile.TemporaryDirectory() as folder:
            _store_in(folder)
            for number in range(rounds):
                took = _round(number, letters, folder)
                seconds = {kind: seconds[kind] + took[kind] for kind in KINDS}
                self._tell(f"round {number + 1}", letters, took)
        rates = self._tell("all", letters * rounds, seconds)
        self.stdout.write(
            f"one process keeps {rates[ONE] / rates[ALONE]:.0%} of the rate alone (50% wanted); "
            f"two give {rates[TWO] / rates[ONE]:.2f} times one (1.7 wanted)"
        )

    def _tell(self, name: str, letters: int, seconds: dict[str, float]) -> dict[str, float]:
        rates = {kind: letters / seconds[kind] for kind in KINDS}
        self.stdout.write(f"{name:9}" + "".join(f"{rates[kind]:20.1f}" for kind in KINDS))
        return rates


def _round(number: int, letters: int, folder: str) -> dict[str, float]:
    """Seconds that each kind takes for so many letters, others than in the rounds before."""
    one, two = (
        [invent(seed).pdf(sealed=True) for seed in range(start, start + letters)]
        for start in (2 * number * letters, (2 * number + 1) * letters)
    )
    uploading, reading_one = _with_workers(one, 1, folder)
    more, reading_two = _with_workers(two, 2, folder)
    return {
        ALONE: _alone(one),
        UPLOADS: (uploading + more) / 2,
        ONE: reading_one,
        TWO: reading_two,
    }


def _with_workers(files: list[bytes], processes: int, folder: str) -> tuple[float, float]:
    """Seconds of the uploads; then from the first claim to the last letter read."""
    current_app.control.purge()
    began = time.perf_counter()
    taken = [answer.letter for data in files for answer in receive(io.BytesIO(data), "l.pdf")]
    uploaded = time.perf_counter() - began
    keys = [letter.pk for letter in taken if letter]
    worker = _worker(processes, folder)
    try:
        _wait(keys)
    finally:
        worker.terminate()
        worker.wait()
    first = Attempt.objects.filter(letter__in=keys).aggregate(t=Min("started_at"))["t"]
    last = Letter.objects.filter(pk__in=keys).aggregate(t=Max("read_at"))["t"]
    return uploaded, (last - first).total_seconds()


def _alone(files: list[bytes]) -> float:
    began = time.perf_counter()
    for data in files:
        reading.read_all(reading.text.from_bytes(data))
    return time.perf_counter() - began


def _store_in(folder: str) -> None:
    """Keep this run's files apart from the real ones."""
    for name in ("base_location", "location"):
        storages["letters"].__dict__[name] = folder


def _worker(processes: int, folder: str) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [
            *(sys.executable, "-m", "celery", "-A", "imrsite", "worker", "--queues=letters"),
            *(f"--concurrency={processes}", "--loglevel=error", "--without-gossip"),
        ],
        cwd=Path(settings.BASE_DIR),
        env={**os.environ, "DATABASE_URL": address(), "LETTERS_DIR": folder},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )


def _wait(keys: list[int]) -> None:
    latest = time.monotonic() + PATIENCE
    mine = Letter.objects.filter(pk__in=keys)
    while mine.in_progress().exists():
        if time.monotonic() > latest:
            raise CommandError(f"{mine.in_progress().count()} letters are still not read")
        time.sleep(0.2)
    if troubled := mine.exclude(state=Letter.State.READ).count():
        raise CommandError(f"{troubled} letters were not read")
