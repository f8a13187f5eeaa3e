"""Whatever people do to items: reading again keeps it, taking it back undoes it."""

import random
from collections.abc import Callable
from contextlib import suppress
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client

from cases.amend import Meanwhile, SameAgain, sheet_of, withdraw
from cases.models import Case, Correction
from reviews.cells import Gone
from reviews.models import Review
from reviews.snapshot import snapshot
from tests.cases.test_corrections import CITED, PAIN, Take, again, items_are, put
from tests.cases.test_items_by_hand import add, drop
from tests.letters import MTUS, item, letter

SERVICES = ["Soma 350mg #60", "MRI of the left knee", "Aquatic therapy 8 visits", "Acupuncture"]
ORDERS = [(0, 1, 2), (0, 1), (2, 1, 0), (0, 0, 1, 2), (1,)]
CITATION = CITED | {"guideline": None, "title": "A handbook", "source": "other"}
VALUES: list[tuple[str, Any]] = [
    ("outcome", "upheld"),
    ("outcome", ""),
    ("service", "Named otherwise"),
    ("rationale", "No zebra was seen."),
    ("expert-new", CITATION),
    ("expert-1", None),
]


def content() -> list[tuple[str, str]]:
    """The items by what is said of them, whatever their numbers."""
    told: dict[str, dict[str, Any]] = {}
    for name, value in snapshot(Review.objects.whole().get()).items():
        if name.startswith("item "):
            _item, number, column = name.split(" ", 2)
            told.setdefault(number, {})[column] = value
    return sorted((each["service"], str(sorted(each.items()))) for each in told.values())


def deeds(ann: User, chance: random.Random) -> list[Callable[[Case], Any]]:
    def number(case: Case) -> int:
        return chance.choice(sorted(sheet_of(case.pk).cells.items))

    def correct(case: Case) -> None:
        name, value = chance.choice(VALUES)
        put(case, f"item-{number(case)}-{name}", value, ann)

    def take_back(case: Case) -> None:
        withdraw(chance.choice(Correction.objects.standing()).pk)

    return [
        lambda case: add(case, chance.choice(SERVICES), ann, outcome="overturned"),
        lambda case: drop(case, number(case), ann),
        correct,
        correct,
        take_back,
    ]


@pytest.mark.parametrize("seed", range(6))
def test_it_stays_and_is_undone(take: Take, analyst: Client, seed: int) -> None:
    chance = random.Random(seed)
    take(letter(items=(item(SERVICES[0]), item(SERVICES[1], "Overturned", MTUS, PAIN), item())))
    case, order, pure = Case.objects.get(), ORDERS[0], content()
    for _step in range(12):
        deed = chance.choice(deeds(User.objects.get(), chance))
        with suppress(SameAgain, Meanwhile, Gone, IndexError):  # there is nothing to do it to
            deed(case)
        done = content()
        again(items_are(*order))
        assert content() == done
        assert analyst.get(case.get_absolute_url()).status_code == 200
        order = chance.choice(ORDERS)
        again(items_are(*order))
        for lost in Correction.objects.filter(state="lost"):
            withdraw(lost.pk)
    again()
    while made := Correction.objects.standing().last():
        withdraw(made.pk)
    assert content() == pure
    assert not Case.objects.get().corrected
