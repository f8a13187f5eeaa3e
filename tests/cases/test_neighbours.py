"""Previous and next in the list a case was opened from: each sort, ties, unknown values."""

import re
from collections.abc import Callable
from datetime import date
from itertools import product
from typing import Any

import pytest
from django.db import connection
from django.http import QueryDict
from django.test import Client
from django.test.utils import CaptureQueriesContext

from cases import counting
from cases import neighbours as module
from cases.filters import SORTS, CaseFilter
from cases.models import Case, Letter
from cases.neighbours import Neighbours, neighbours
from reviews.models import Review
from tests.letters import item, letter

Take = Callable[..., Letter]
DAYS = [None, date(2015, 1, 1), date(2016, 2, 2)]


@pytest.fixture(autouse=True)
def time_enough(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "SECONDS", 60)


@pytest.fixture
def cases(db: None) -> list[Case]:
    """Eighteen with every tie there is, none in any column's order."""
    made = []
    for n, (day, age) in enumerate(product(DAYS * 2, [40, None, 17])):
        review = Review.objects.create()
        values: dict[str, Any] = {"decided_on": day, "injured_on": DAYS[-n % 3], "age": age}
        values |= {"traits": {"sex": "female" if n % 3 else "male"}, "doubts": n % 2}
        made.append(Case.objects.create(name=f"case {n % 4}", review=review, **values))
    return made


def shown(query: str, case: Case) -> Neighbours:
    return neighbours(CaseFilter(QueryDict(query)), case)


@pytest.mark.parametrize("query", ["", "&sex=female", "&sex=male&age_max=20"])
@pytest.mark.parametrize("sort", SORTS)
@pytest.mark.parametrize("most", [100, 0])
def test_they_are_those_of_the_list(
    cases: list[Case], monkeypatch: pytest.MonkeyPatch, most: int, sort: str, query: str
) -> None:
    monkeypatch.setattr(counting, "MOST", most)
    asked = f"sort={sort}{query}"
    listed = list(CaseFilter(QueryDict(asked)).qs)
    keys = [None, *(case.pk for case in listed), None]
    for n, case in enumerate(listed, 1):
        count = (n, len(listed)) if most else (None, None)
        assert shown(asked, case) == Neighbours(keys[n - 1], keys[n + 1], *count)


@pytest.mark.parametrize("sort", SORTS)
@pytest.mark.parametrize("most", [100, 0])
def test_a_case_that_left_the_list_keeps_its_place(
    cases: list[Case], monkeypatch: pytest.MonkeyPatch, most: int, sort: str
) -> None:
    monkeypatch.setattr(counting, "MOST", most)
    every = list(CaseFilter(QueryDict(f"sort={sort}")).qs)
    Case.objects.update(traits={"sex": "female"})
    Case.objects.filter(pk__in=[each.pk for each in every[3:12]]).update(traits={})
    found = shown(f"sort={sort}&sex=female", every[9])
    assert found == Neighbours(every[2].pk, every[12].pk, None, 9 if most else None)


def test_far_away_none_is_looked_for(cases: list[Case], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(counting, "MOST", 0)
    monkeypatch.setattr(module, "STEPS", (1, 2, 4))
    ordered = list(CaseFilter(QueryDict("sort=number")).qs)
    for at, there in ((4, True), (5, False)):
        Case.objects.update(traits={"sex": "male"})
        Case.objects.filter(pk=ordered[at].pk).update(traits={"sex": "female"})
        assert (shown("sort=number&sex=female", ordered[0]).next == ordered[at].pk) is there


def test_when_the_time_is_up_it_says_so(
    cases: list[Case], viewer: Client, take: Take, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "SECONDS", 0)
    assert shown("sort=number", cases[0]) == Neighbours(late=True)
    take(letter())
    page = viewer.get(Case.objects.get(number="CM17-9000001").get_absolute_url())
    assert "take too long to find" in page.content.decode()


def test_a_list_that_is_not_understood_has_none(cases: list[Case]) -> None:
    assert shown("age_min=young", cases[0]) == Neighbours()
    assert shown("sex=female&age_min=99", cases[0]).previous is None


def test_the_page_leads_through_its_list_and_back(viewer: Client, take: Take) -> None:
    for n, service in enumerate(["MRI of the knee", "Norco 10mg", "MRI of the left hip"], 1):
        take(letter(f"CM17-900000{n}", (item(service),)), f"{n}.txt")
    page = viewer.get("/cases/?category=diagnostic&sort=number").content.decode()
    first = re.search(r'href="(/cases/\d+/[^"]*)"[^>]*>CM17-9000001', page)
    assert first
    assert first[1].endswith("/?category=diagnostic&amp;sort=number")
    shown = viewer.get(first[1].replace("&amp;", "&")).content.decode()
    assert "1 of 2" in shown
    assert 'rel="prev"' not in shown
    last = re.search(r'rel="next"[^>]*href="([^"]+)"', shown)
    assert last
    third = Case.objects.get(number="CM17-9000003").get_absolute_url()
    assert last[1] == f"{third}?category=diagnostic&amp;sort=number"
    shown = viewer.get(last[1].replace("&amp;", "&")).content.decode()
    assert "2 of 2" in shown
    assert 'href="/cases/?category=diagnostic&amp;sort=number#case-' in shown


@pytest.mark.parametrize("most", [100, 0])
def test_queries_do_not_grow_with_the_list(
    viewer: Client, take: Take, monkeypatch: pytest.MonkeyPatch, most: int
) -> None:
    monkeypatch.setattr(counting, "MOST", most)

    def count(case: Case) -> int:
        viewer.get(case.get_absolute_url())  # fills the cache of choices
        with CaptureQueriesContext(connection) as queries:
            viewer.get(case.get_absolute_url())
        return len(queries)

    for n in range(1, 4):
        take(letter(f"CM17-900000{n}"), f"{n}.txt")
    few = count(Case.objects.get(number="CM17-9000002"))
    for n in range(4, 9):
        take(letter(f"CM17-900000{n}", (item(), item("MRI of the knee"))), f"{n}.txt")
    assert count(Case.objects.get(number="CM17-9000004")) == few
