"""Milliseconds of every page, filter and search, beside their bare SQL, cold and warm."""

from argparse import ArgumentParser
from collections.abc import Iterator
from itertools import cycle, islice
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.auth.models import Group, User
from django.core.management.base import BaseCommand
from django.db import connection
from django.http import QueryDict
from django.test import Client
from django.urls import reverse

from cases.bench.addresses import Kind, every_kind
from cases.bench.database import invented
from cases.bench.timing import Bare, Cold, client_of, colds, percentile, request, statements
from cases.counting import MOST
from cases.filters import CaseFilter
from cases.keeping import FIRST

HEADS = ("", "found", "queries", "cold p50", "worst", "least", "p50", "p95", "bare", "limit", "")
WIDTHS = (40, 7, 7, 8, 6, 6, 6, 6, 6, 5, 4)


class Found(NamedTuple):
    """What one kind of address takes, in milliseconds."""

    kind: Kind
    rows: str
    queries: int
    cold: list[float]
    warm: list[float]
    bare: list[float]
    slowest: str

    @property
    def p95(self) -> float:
        return percentile(self.warm, 0.95)

    @property
    def is_over(self) -> bool:
        return self.p95 > self.kind.limit


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--cases", type=int, default=200_000)
        parser.add_argument("--rounds", type=int, default=30, help="requests of each kind, warm")
        parser.add_argument("--cold", type=int, default=3, help="requests of each kind, cold")
        parser.add_argument("--keep", action="store_true", help="the filled database, for more")
        parser.add_argument("--only", default="", help="kinds with this in their name")

    def handle(self, *args: Any, cases: int, keep: bool, **options: Any) -> None:
        settings.DEBUG = False  # as in production; debugging notes every query
        with invented(cases, self._say, keep), colds() as cold:
            self._say(f"{_server()}\ncold: {cold.meaning}")
            self._say("bare: the same SELECTs, warm, without Django\n\n")
            self._row(HEADS)
            self._row(["-" * width for width in WIDTHS])
            self._conclude(list(self._measure(cases, cold, options)))

    def _measure(self, cases: int, cold: Cold, options: dict[str, Any]) -> Iterator[Found]:
        analyst, manager, bare = client_of(_user("analyst")), client_of(_user("manager")), Bare()
        for _ in range(FIRST):  # as a web process that has been at work for a minute
            request(analyst, reverse("case_list"))
        for kind in every_kind(cases):
            if options["only"] in kind.what:
                is_admin = kind.addresses[0].startswith(reverse("admin:index"))
                found = _times(kind, manager if is_admin else analyst, bare, cold, options)
                self._row(_cells(found))
                yield found

    def _conclude(self, found: list[Found]) -> None:
        over = [each for each in found if each.is_over]
        self._say(f"\n{len(over)} of {len(found)} are over their limit.")
        for each in over:
            self._say(f"- {each.kind.what}: {each.p95:.0f} ms; its slowest query: {each.slowest}")

    def _row(self, cells: Any) -> None:
        first, *rest = zip(cells, WIDTHS, strict=True)
        line = [f"{first[0]:{first[1]}}", *(f"{cell:>{width}}" for cell, width in rest)]
        self._say(f"| {' | '.join(line)} |")

    def _say(self, line: str) -> None:
        self.stdout.write(line)
        self.stdout.flush()


def _server() -> str:
    with connection.cursor() as cursor:
        cursor.execute("SHOW server_version")
        (version,) = cursor.fetchone()
        cursor.execute("SHOW shared_buffers")
        (buffers,) = cursor.fetchone()
    return f"PostgreSQL {version}, shared_buffers {buffers}"


def _user(group: str) -> User:
    user, _made = User.objects.get_or_create(username=group, is_staff=group == "manager")
    user.groups.add(Group.objects.get(name=group))
    return user


def _times(kind: Kind, client: Client, bare: Bare, cold: Cold, options: dict[str, Any]) -> Found:
    addresses = list(islice(cycle(kind.addresses), options["rounds"]))
    colds = []
    for address in islice(cycle(kind.addresses), options["cold"]):
        cold()
        colds.append(request(client, address))
    asked = {address: statements(client, address) for address in dict.fromkeys(addresses)}
    warm = [request(client, address) for address in addresses]
    alone = [bare.run(asked[address]) for address in addresses]
    worst = max(addresses, key=lambda address: warm[addresses.index(address)])
    return Found(
        kind,
        _rows(kind),
        max(map(len, asked.values())),
        colds,
        warm,
        alone,
        bare.slowest(asked[worst]),
    )


def _rows(kind: Kind) -> str:
    """How many cases the first of the addresses finds, as far as pages go."""
    address = urlsplit(kind.addresses[0])
    if address.path != reverse("case_list"):
        return ""
    count = CaseFilter(QueryDict(address.query), seconds=0).qs.order_by()[: MOST + 1].count()
    return f"{count:,}" if count <= MOST else f"{MOST:,}+"


def _cells(found: Found) -> list[str]:
    cold = found.cold or [0.0]
    warm = (min(found.warm), percentile(found.warm, 0.5), found.p95)
    times = (percentile(cold, 0.5), max(cold), *warm)
    return [
        found.kind.what,
        found.rows,
        str(found.queries),
        *(f"{each:.0f}" for each in (*times, percentile(found.bare, 0.5), found.kind.limit)),
        "OVER" if found.is_over else "ok",
    ]
