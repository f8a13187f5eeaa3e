"""The pause before a process is started again grows, and is forgotten when it has settled."""

import time
from dataclasses import dataclass

import pytest

from imrsite.trial.supervisor import Kept


@dataclass
class Stub:
    """A process that lives as long as it is told to."""

    alive: bool = True
    returncode: int = 3

    @property
    def process(self) -> "Stub":
        return self


class Shelf:
    """Starts stubs, remembers them, and knows what time it is."""

    def __init__(self) -> None:
        self.started: list[Stub] = []
        self.now = 0.0

    def start(self) -> Stub:
        self.started.append(Stub())
        return self.started[-1]

    def seconds_away(self, kept: Kept) -> float:
        """Let the latest die, and wait for the next."""
        dead, died = self.started[-1], self.now
        dead.alive = False
        assert "ended (3)" in kept.tend(self.now)
        while self.started[-1] is dead:
            self.now += 0.5
            assert kept.tend(self.now) == ""
        return self.now - died


@pytest.fixture
def shelf(monkeypatch: pytest.MonkeyPatch) -> Shelf:
    shelf = Shelf()
    monkeypatch.setattr(time, "monotonic", lambda: shelf.now)
    return shelf


def test_the_pause_grows_to_its_limit(shelf: Shelf) -> None:
    kept = Kept("worker", shelf.start)
    pauses = [shelf.seconds_away(kept) for _ in range(7)]
    assert pauses == [1, 2, 4, 8, 16, 30, 30]


def test_a_process_that_has_settled_is_trusted_again(shelf: Shelf) -> None:
    kept = Kept("worker", shelf.start)
    assert [shelf.seconds_away(kept) for _ in range(3)] == [1, 2, 4]
    shelf.now += 61
    kept.tend(shelf.now)
    assert shelf.seconds_away(kept) == 1
