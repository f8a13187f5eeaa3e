"""What must hold after every fault: nothing lost, nothing doubled, nothing stuck."""

import io
from collections.abc import Iterable
from pathlib import Path

from django.core.files.storage import storages
from django.db.models import Count, Max

from cases.codes import CODES, GOOD
from cases.intake import receive
from cases.models import Attempt, Case, Letter, Reading
from reviews.models import DisputedItem, Review
from tests.letters import item, letter
from tests.workers import Worker, wait

LONGEST = 90.0  # seconds from the end of a fault until everything is read


def numbers(count: int, start: int = 1) -> list[str]:
    return [f"CM17-{9_100_000 + n}" for n in range(start, start + count)]


def bring(count: int, start: int = 1) -> list[str]:
    """Take in so many letters of two items each; their case numbers."""
    names = numbers(count, start)
    for name in names:
        data = letter(name, items=(item(), item("MRI of the left knee", "Overturned")))
        (answer,) = receive(io.BytesIO(data), f"{name}.txt")
        assert answer.verdict == "received", answer
    return names


def wait_until_ended(seconds: float = LONGEST) -> None:
    wait(lambda: not Letter.objects.in_progress().exists(), seconds, "no letter waits")


def wait_until_read(count: int, seconds: float = LONGEST) -> None:
    wait(lambda: Letter.objects.filter(state="read").count() >= count, seconds, f"{count} read")


def assert_read_once(names: Iterable[str]) -> None:
    """Every one of them is read, and no other rows stand than theirs."""
    names = sorted(names)
    assert list(Letter.objects.exclude(state="read").values_list("name", "state", "code")) == []
    assert Letter.objects.count() == Reading.objects.count() == Review.objects.count() == len(names)
    assert list(Case.objects.order_by("number").values_list("number", flat=True)) == names
    assert DisputedItem.objects.count() == 2 * len(names)
    assert_sound()


def assert_sound() -> None:
    """Whatever there is: files under their rows, every attempt with an end, each review used."""
    kept = Path(storages["letters"].location)
    stored = {str(path.relative_to(kept)) for path in kept.rglob("*") if path.is_file()}
    assert stored == set(Letter.objects.values_list("file", flat=True))
    assert Attempt.objects.filter(code="").count() == 0
    codes = set(Attempt.objects.values_list("code", flat=True))
    assert codes <= CODES.keys() | GOOD.keys()
    assert Letter.objects.aggregate(most=Max("attempts"))["most"] <= 5
    read = Attempt.objects.filter(code="read").values("letter").annotate(n=Count("pk"))
    assert {each["n"] for each in read} <= {1}
    assert not Review.objects.filter(reading=None).exists()
    assert not Case.objects.filter(readings=None).exists()


def assert_nothing_left(worker: Worker) -> None:
    """It lived through all of it, ends when it is asked to, and leaves no process behind."""
    assert worker.alive
    worker.end()
    assert worker.process.returncode == 0
    wait(lambda: not worker.others(), 10, "its children are gone")
