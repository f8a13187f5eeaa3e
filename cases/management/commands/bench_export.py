"""Rows a second of the items export, through the web process, beside bare COPY and the ORM."""

import csv
import os
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from argparse import ArgumentParser
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.auth.models import User
from django.core.management.base import BaseCommand, CommandError
from django.db import connection
from django.http import QueryDict
from django.test import Client
from django.utils import timezone

from cases.bench.database import address, invented
from cases.exports.kinds import KINDS
from cases.exports.making import make
from cases.exports.statements import FORMULA_STARTS, as_csv
from cases.exports.tally import Tally
from cases.filters import CaseFilter
from cases.models import Export
from reviews.models import DisputedItem

# What COPY alone does with the same cells: no order, no filter, no guard, no HTTP.
BARE = """COPY (SELECT c.name, r.age, r.sex, r.date_of_injury, r.decision_date, i.position,
    i.service, i.outcome, i.category, t.name, t.treatment_class, i.requested, i.authorized,
    i.disputed, i.administrator_basis, i.administrator_cites, i.expert_basis, i.expert_cites,
    i.rationale, r.flags, l.name
    FROM reviews_disputeditem i JOIN reviews_review r ON r.id = i.review_id
    JOIN cases_case c ON c.review_id = r.id JOIN cases_reading g ON g.review_id = r.id
    JOIN cases_letter l ON l.id = g.letter_id
    LEFT JOIN reviews_treatment t ON t.slug = i.treatment_id) TO STDOUT WITH (FORMAT csv)"""
ORM_COLUMNS = (
    "review__case__name",
    "review__age",
    "review__sex",
    "review__date_of_injury",
    "review__decision_date",
    "position",
    "service",
    "outcome",
    "category",
    "treatment__name",
    "treatment__treatment_class",
    "requested",
    "authorized",
    "disputed",
    "administrator_basis",
    "administrator_cites",
    "expert_basis",
    "expert_cites",
    "rationale",
    "review__flags",
    "review__reading__letter__name",
)


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--cases", type=int, default=200_000)
        parser.add_argument("--keep", action="store_true", help="the filled database, for more")
        parser.add_argument("--rounds", type=int, default=3, help="the best of these counts")

    def handle(self, *args: Any, cases: int, keep: bool, rounds: int, **options: Any) -> None:
        with invented(cases, self.stdout.write, keep), _web_process() as web:
            rows = DisputedItem.objects.filter(review__case__isnull=False).count()
            self.stdout.write(f"{rows:,} items")
            bare = self._measure("bare COPY", rows, rounds, _bare_copy)
            self._measure("the same SELECT through COPY", rows, rounds, _same_select)
            ours = self._measure("items.csv over HTTP", rows, rounds, web.download)
            for name, export in _files():
                self._measure(name, rows, 1, partial(_file, export))
            self._measure("values_list + csv.writer", rows, 1, _values_list)
            self.stdout.write(
                f"items.csv keeps {ours / bare:.0%} of bare COPY (60% wanted); the web process "
                f"took {web.peak_megabytes():.0f} MB at most (150 MB allowed)"
            )

    def _measure(self, name: str, rows: int, rounds: int, run: Callable[[], int]) -> float:
        best = 0.0
        for _ in range(rounds):
            began = time.perf_counter()
            found = run()
            best = max(best, rows / (time.perf_counter() - began))
            if found != rows:
                raise CommandError(f"{name}: {found} rows, not {rows}")
        self.stdout.write(f"{name:32} {best:10,.0f} rows/s")
        return best


def _bare_copy() -> int:
    return _copy(BARE)


def _same_select() -> int:
    kind = KINDS["items"]
    return _copy(as_csv(kind, CaseFilter(QueryDict()), kind.usual, guard=False).copy())


def _copy(sql: str) -> int:
    with connection.cursor() as cursor:
        with cursor.copy(sql) as rows:
            for _row in rows:
                pass
        return cursor.rowcount


def _files() -> Iterator[tuple[str, Export]]:
    """What the writers in the background make of the same rows, each to a file."""
    columns = [column.key for column in KINDS["items"].usual]
    for form, zipped in (("jsonl", False), ("csv", True), ("xlsx", False)):
        export = Export(kind="items", format=form, zipped=zipped, columns=columns)
        export.started_at = timezone.now()
        yield f"items.{form}{', zipped' if zipped else ''} to a file", export
    export = Export(kind="items", format="jsonl", started_at=timezone.now())
    yield "items.jsonl, citations nested", export


def _file(export: Export) -> int:
    tally = Tally()
    with tempfile.TemporaryDirectory() as folder:
        make(export, Path(folder) / "export", tally)
    return tally.rows


def _values_list() -> int:
    items = DisputedItem.objects.filter(review__case__isnull=False).order_by(
        "-review__decision_date", "-review__case__id", "position"
    )
    count = 0
    with Path(os.devnull).open("w", newline="") as file:
        writer = csv.writer(file)
        for row in items.values_list(*ORM_COLUMNS).iterator(chunk_size=2000):
            writer.writerow(
                f"'{cell}"
                if isinstance(cell, str) and cell[:1] in FORMULA_STARTS and cell
                else cell
                for cell in row
            )
            count += 1
    return count


class _Web:
    """A gunicorn with one worker on the invented rows."""

    def __init__(self, process: subprocess.Popen[bytes], port: int, cookie: str) -> None:
        self.process, self.port, self.cookie = process, port, cookie

    def download(self) -> int:
        """Fetch items.csv and count its lines; a bare socket, so that the client costs little."""
        lines = 0
        with socket.create_connection(("127.0.0.1", self.port)) as peer:
            peer.sendall(
                b"GET /cases/items.csv HTTP/1.0\r\nHost: 127.0.0.1\r\n"
                + f"Cookie: {self.cookie}\r\n\r\n".encode()
            )
            answer = peer.makefile("rb")
            if b" 200 " not in answer.readline():
                raise CommandError("the web process did not send the file")
            while answer.readline().strip():
                pass
            while piece := answer.read(1 << 18):
                lines += piece.count(b"\n")
        return lines - 1

    def peak_megabytes(self) -> float:
        """The most memory that any process of this gunicorn has held."""
        found = subprocess.run(
            ["ps", "-o", "pid=", "--ppid", str(self.process.pid)], capture_output=True, text=True
        )
        peaks = [
            int(line.split()[1])
            for pid in found.stdout.split()
            for line in Path(f"/proc/{pid}/status").read_text().splitlines()
            if line.startswith("VmHWM:")
        ]
        return max(peaks, default=0) / 1024


@contextmanager
def _web_process() -> Iterator[_Web]:
    port = 8973
    user, _made = User.objects.get_or_create(username="bench", is_superuser=True)
    client = Client()
    client.force_login(user, "django.contrib.auth.backends.ModelBackend")
    cookie = f"{settings.SESSION_COOKIE_NAME}={client.cookies[settings.SESSION_COOKIE_NAME].value}"
    process = subprocess.Popen(
        [
            *(sys.executable, "-m", "gunicorn", "imrsite.wsgi", "--bind", f"127.0.0.1:{port}"),
            *("--threads", "4", "--timeout", "600", "--log-level", "error"),
        ],
        env={**os.environ, "DEBUG": "1", "DATABASE_URL": address()},
        cwd=settings.BASE_DIR,
    )
    try:
        _wait_for(port)
        yield _Web(process, port, cookie)
    finally:
        process.terminate()
        process.wait()


def _wait_for(port: int) -> None:
    for _ in range(100):
        try:
            urllib.request.urlopen(f"http://127.0.0.1:{port}/livez")
            return
        except OSError:
            time.sleep(0.1)
    raise CommandError("the web process did not start")
