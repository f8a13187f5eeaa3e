"""The pause before a process is started again grows, and is forgotten when it has settled."""

import time
from dataclasses import dataclass

import pytest

from imrsite.trial.supervisor import Kept


@dataclass
class Stub:
    """A process that lives as long as it is told to."""

    alive: bool = True

    @property
    def process(self) -> "Stub":
        return self

    returncode = 3


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    now = [0.0]
    monkeypatch.setattr(time, "monotonic", lambda: now[0])
    return now


def die_and_come_back(kept: Kept, clock: list[float]) -> float:
    """How long it stayed away."""
    kept.child.alive = False  # type: ignore[misc]
    assert "ended (3)" in kept.tend(clock[0])
    died = clock[0]
    while not kept.child.alive:
        clock[0] += 0.5
        assert kept.tend(clock[0]) == ""
    return clock[0] - died


def test_the_pause_grows_to_its_limit(clock: list[float]) -> None:
    kept = Kept("worker", Stub)  # type: ignore[arg-type]
    pauses = [die_and_come_back(kept, clock) for _ in range(7)]
    assert pauses == [1, 2, 4, 8, 16, 30, 30]


def test_a_process_that_has_settled_is_trusted_again(clock: list[float]) -> None:
    kept = Kept("worker", Stub)  # type: ignore[arg-type]
    assert [die_and_come_back(kept, clock) for _ in range(3)] == [1, 2, 4]
    clock[0] += 61
    kept.tend(clock[0])
    assert die_and_come_back(kept, clock) == 1
