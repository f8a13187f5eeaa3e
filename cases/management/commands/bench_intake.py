"""Letters a second from upload to read, beside extraction and reading alone."""

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

PATIENCE = 300.0  # seconds for all letters of one round


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--letters", type=int, default=400, help="of each round")

    def handle(self, *args: Any, letters: int, **options: Any) -> None:
        self.stdout.write(f"inventing {3 * letters} letters, encrypted PDFs …")
        rounds = [_letters(start, letters) for start in range(0, 3 * letters, letters)]
        alone = self._tell("extraction and reading alone", letters, _alone(rounds[0]))
        with invented(0, self.stdout.write), tempfile.TemporaryDirectory() as folder:
            _store_in(folder)
            one = self._tell("1 worker process", letters, self._round(rounds[1], 1, folder))
            two = self._tell("2 worker processes", letters, self._round(rounds[2], 2, folder))
        self.stdout.write(
            f"one process keeps {one / alone:.0%} of the rate alone (50% wanted); "
            f"two give {two / one:.2f} times one (1.7 wanted)"
        )

    def _tell(self, name: str, letters: int, seconds: float) -> float:
        self.stdout.write(f"{name:32} {letters / seconds:8.1f} letters/s")
        return letters / seconds

    def _round(self, files: list[bytes], processes: int, folder: str) -> float:
        """Seconds from the first claim to the last letter read; uploads come first."""
        current_app.control.purge()
        began = time.perf_counter()
        taken = [answer.letter for data in files for answer in receive(io.BytesIO(data), "l.pdf")]
        self._tell("  uploads", len(files), time.perf_counter() - began)
        keys = [letter.pk for letter in taken if letter]
        worker = _worker(processes, folder)
        try:
            _wait(keys)
        finally:
            worker.terminate()
            worker.wait()
        first = Attempt.objects.filter(letter__in=keys).aggregate(t=Min("started_at"))["t"]
        last = Letter.objects.filter(pk__in=keys).aggregate(t=Max("read_at"))["t"]
        return (last - first).total_seconds()


def _letters(start: int, count: int) -> list[bytes]:
    return [invent(seed).pdf(sealed=True) for seed in range(start, start + count)]


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
