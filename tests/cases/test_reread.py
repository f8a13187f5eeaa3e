"""Reading again with a better reader: what would change is told before anything is."""

import dataclasses
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from io import StringIO
from unittest import mock

import pytest
from django.core.management import call_command

from cases import reread
from cases.models import Case, Letter
from reviews.models import Review
from reviews.reading.types import Determination
from tests.cases.reads import reads_otherwise
from tests.letters import item, letter

Take = Callable[..., Letter]


def better(found: Determination) -> Determination:
    """What a reader says that finds an age of 45, and that the first item is overturned."""
    assert found.age
    assert found.items[0].outcome
    age = dataclasses.replace(found.age, value=45)
    outcome = dataclasses.replace(found.items[0].outcome, value="overturned")
    first = dataclasses.replace(found.items[0], outcome=outcome)
    return dataclasses.replace(found, age=age, items=(first, *found.items[1:]))


@contextmanager
def better_reader() -> Iterator[None]:
    with reads_otherwise(better), mock.patch.object(reread.reading, "VERSION", "9"):
        yield


def told(*args: str) -> str:
    out = StringIO()
    call_command("reread", *args, stdout=out)
    return out.getvalue()


def test_nothing_would_change(take: Take) -> None:
    take(letter())
    assert told("--all", "--dry-run") == "0 of 1 letters would change; nothing was changed.\n"


def test_changes_are_told_field_by_field_and_not_made(take: Take) -> None:
    take(letter(items=(item(), item("MRI of the knee"))), "one.txt")
    before = Review.objects.get().pk
    with better_reader():
        lines = told("--older", "--dry-run").splitlines()
    assert lines == [
        "one.txt: age: 44 -> 45",
        "one.txt: item 1 outcome: upheld -> overturned",
        "1 of 1 letters would change; nothing was changed.",
        "  age: 1",
        "  outcome: 1",
    ]
    assert Review.objects.get().pk == before
    assert Case.objects.get().review.age == 44


def test_a_letter_that_can_no_longer_be_read_is_told(take: Take) -> None:
    found = take(letter(), "gone.txt")
    found.file.storage.delete(found.file.name)
    assert "gone.txt: cannot be read" in told("--all", "--dry-run")


@pytest.mark.parametrize(
    ("which", "waiting"), [("--all", {1, 2}), ("--failed", {2}), ("--older", set())]
)
def test_which_letters_wait_again(take: Take, which: str, waiting: set[int]) -> None:
    take(letter(), "1.txt")
    take(b"Dear all, lunch is at noon. " * 40, "2.txt")
    assert f"{len(waiting)} letters wait" in told(which)
    names = Letter.objects.waiting().values_list("name", flat=True)
    assert {int(name.removesuffix(".txt")) for name in names} == waiting


def test_older_are_those_of_another_version(take: Take) -> None:
    take(letter(), "1.txt")
    take(letter("CM17-9000002"), "2.txt")
    Review.objects.filter(case_number="CM17-9000002").update(reader_version="0")
    assert [found.name for found in reread.older()] == ["2.txt"]
