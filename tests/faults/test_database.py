"""PostgreSQL killed under the workers, and clocks that disagree with it."""

import ast
from pathlib import Path

import pytest
from django.conf import settings
from django.db import OperationalError, connection

from cases.models import Attempt, Letter
from tests.faults.conftest import Breakable
from tests.faults.proof import (
    LONGEST,
    assert_nothing_left,
    assert_read_once,
    bring,
    wait_until_ended,
    wait_until_read,
)
from tests.workers import wait, working

ODD = ("-m", "tests.faults.odd_worker")
HOURS = str(2 * 3600)


@pytest.mark.processes
def test_killed_twice_under_the_workers(own_database: Breakable) -> None:
    names = bring(100)
    with working(*ODD, ODD_SECONDS="0.05") as worker:
        for done in (10, 40):
            wait_until_read(done)
            own_database.crash()
            with pytest.raises(OperationalError):
                Letter.objects.count()
            own_database.start()
            connection.close()
        wait_until_ended()
        assert_read_once(names)
        assert_nothing_left(worker)


@pytest.mark.processes
@pytest.mark.django_db(transaction=True)
def test_two_workers_two_hours_apart(broker: Breakable) -> None:
    """One is killed with a letter in its hands; the other's clock is far ahead, or far behind."""
    names = []
    for start, hours in ((1, HOURS), (300, f"-{HOURS}")):
        names += (new := bring(15, start))
        stuck = {"ODD_SECONDS": "30", "ODD_WORDS": new[3], "LEASE_SECONDS": "600"}
        with working(*ODD, concurrency=1, **stuck) as worker:
            held = Attempt.objects.filter(code="", letter__name=f"{new[3]}.txt")
            wait(held.exists, LONGEST, "the letter is being read")
            worker.clear_away()
        with working(*ODD, ODD_CLOCK=hours) as worker:
            wait_until_read(len(names) - 1)
            assert held.get().letter.state == "reading"  # its lease has ten minutes to go
            Letter.objects.filter(name=f"{new[3]}.txt").update(lease_until="2020-01-01T00:00Z")
            wait_until_ended()
            assert_nothing_left(worker)
    assert_read_once(names)


def test_nothing_on_a_letters_way_asks_its_own_clock_for_the_time() -> None:
    """Leases, pauses and waits are told by the database; `monotonic` only measures."""
    names = ("bell", "claim", "intake", "models/letters", "reader", "retry", "sweep", "tasks")
    for name in names:
        path = Path(settings.BASE_DIR) / "cases" / f"{name}.py"
        words = {
            n.attr for n in ast.walk(ast.parse(path.read_text())) if isinstance(n, ast.Attribute)
        }
        assert not words & {"now", "time", "today", "utcnow"}, name
