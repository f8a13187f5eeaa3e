"""Servers that tests may break: a broker of their own for every test, a database for some."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import environ
import pytest
from django.core.management import call_command
from django.db import connection
from pytest_django.plugin import DjangoDbBlocker

from imrsite.trial.postgres import Postgres
from imrsite.trial.servers import Server
from imrsite.trial.services import Service
from imrsite.trial.stopping import Stop
from imrsite.trial.valkey import Valkey
from tests.workers import forget_broker, wait

# Seconds instead of minutes, so that what is lost is taken up while the test looks on.
QUICK = {
    "LEASE_SECONDS": "5",
    "SWEEP_SECONDS": "1",
    "SWEEP_GRACE": "1",
    "DATABASE_PATIENCE": "20",
    "LOG_LEVEL": "ERROR",
}


class Breakable:
    """A server that can be killed and started again."""

    def __init__(self, service: Service) -> None:
        self.service = service

    def crash(self) -> None:
        child = self.service.child
        assert child is not None
        child.process.kill()
        child.process.wait()

    def start(self) -> None:
        self.service.spawn()
        server = self.service.server
        assert server is not None
        wait(server.answers, 60, f"{server.name} answers again")


def serving(kind: type[Server], folder: Path, *, throwaway: bool) -> Iterator[Breakable]:
    service = Service(kind, folder / kind.name, Stop(), throwaway=throwaway)
    service.state.mkdir()
    with pytest.MonkeyPatch.context() as patch, service.held(patient=False) as url:
        patch.setenv(kind.variable, url)
        yield Breakable(service)


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in QUICK.items():
        monkeypatch.setenv(name, value)


@pytest.fixture(autouse=True)
def broker(tmp_path: Path) -> Iterator[Breakable]:
    """Without a log on disk: a crash loses every message that it holds."""
    for broker in serving(Valkey, tmp_path, throwaway=True):
        forget_broker()
        yield broker
    forget_broker()


@pytest.fixture
def own_database(tmp_path: Path, django_db_blocker: DjangoDbBlocker) -> Iterator[Breakable]:
    """PostgreSQL that keeps what it has committed; this process is connected with it too."""
    for server in serving(Postgres, tmp_path, throwaway=False):
        with django_db_blocker.unblock(), connected():
            call_command("migrate", verbosity=0)
            yield server


@contextmanager
def connected() -> Iterator[None]:
    """Within, Django's connection goes to what DATABASE_URL names now."""
    before = connection.settings_dict
    connection.close()
    found = environ.Env.db_url_config(os.environ["DATABASE_URL"])
    connection.settings_dict = {**before, **found}
    try:
        yield
    finally:
        connection.close()
        connection.settings_dict = before
