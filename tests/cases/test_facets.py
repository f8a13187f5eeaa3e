"""The counts beside the filters: what stands there is what choosing the value would find."""

import time
from collections.abc import Callable

import pytest
from django.core.cache import cache
from django.db import connection
from django.db.models import Func, TextField, Value
from django.http import QueryDict
from django.test import Client
from django.test.utils import CaptureQueriesContext

from cases import counting, facets
from cases.choices import cached_choices
from cases.counting import Budget, Count, frequent
from cases.facets import FACETS, facets_at_once, facets_of
from cases.filters import CaseFilter
from cases.models import Case, Letter
from cases.panel import panel_of, tally_of
from reviews.credentials import LONGEST, OF_ALL
from reviews.models import Credential, DisputedItem, Review
from reviews.searchable import refresh
from tests.letters import MTUS, item, letter

CHRONIC = "Decision based on MTUS Chronic Pain Treatment Guidelines 9792.20-.26 Page(s): 64-66."
MALE = "The injured worker is a 60 year old male who was injured on 1/2/2010 at a bakery."


@pytest.fixture(autouse=True)
def nothing_remembered() -> None:
    cache.clear()


@pytest.fixture
def three_cases(take: Callable[..., Letter]) -> None:
    """01: both upheld; 02: partial overturn, two specialties; 03: overturned, of a man."""
    soma = item("Soma 350mg #60", "Upheld", MTUS, CHRONIC)
    take(letter("CM17-9000001", (soma, item("X-ray of the left knee"))), "1.txt")
    items = (item("Soma 350mg #30", "Overturned", CHRONIC), item("MRI of the left knee"))
    take(letter("CM17-9000002", items, specialty="Neurology, Pain Medicine"), "2.txt")
    take(letter("CM17-9000003", (item(outcome="Overturned"),), summary=MALE), "3.txt")


@pytest.fixture(params=["few", "many"])
def way(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """Both ways of counting, on the same cases: gathered, and each value by itself."""
    if request.param == "many":
        every = {"specialty": ["Neurology", "Pain Medicine", "Occupational Medicine"]}
        every |= {"treatment": ["carisoprodol"], "guideline": ["mtus-low-back"]}
        monkeypatch.setattr(facets, "_common", every.get)
        monkeypatch.setattr(Budget, "first", lambda self, values, most: None)
    return str(request.param)


def found(query: str) -> CaseFilter:
    return CaseFilter(QueryDict(query))


QUERIES = [
    "",
    "sex=female",
    "outcome=upheld",
    "outcome=upheld&outcome=overturned&flagged=false",
    "item_outcome=overturned",
    "item_outcome=upheld&treatment=carisoprodol",
    "category=diagnostic&item_outcome=upheld",
    "guideline=mtus-chronic-pain&relied_on_by=expert",
    "cited_page=65",
    "cited_page=65&item_outcome=overturned",
    "specialty=Neurology",
    "q=knee",
    "sex=male&category=therapy",
]


@pytest.mark.parametrize("query", QUERIES)
def test_a_count_is_what_choosing_the_value_finds(three_cases: None, way: str, query: str) -> None:
    counted = facets_of(found(query))
    for name in FACETS:
        assert counted[name].counts, name
        for value, count in counted[name].counts.items():
            chosen = QueryDict(query, mutable=True)
            chosen[name] = value
            assert count == Count(CaseFilter(chosen).qs.count()), (name, value)


def test_a_facets_own_choice_is_left_out_of_its_counts(three_cases: None, way: str) -> None:
    counted = facets_of(found("outcome=upheld"))
    assert counted["outcome"].counts == {
        "upheld": Count(1),
        "overturned": Count(1),
        "partially-overturned": Count(1),
    }
    assert counted["sex"].count("male") == Count(0)


def test_item_facets_are_about_one_and_the_same_item(three_cases: None, way: str) -> None:
    """The case with an overturned drug and an upheld MRI is no overturned diagnostic."""
    counted = facets_of(found("item_outcome=overturned"))
    assert counted["category"].count("diagnostic") == Count(0)
    assert counted["category"].count("pharmaceutical") == Count(1)
    assert counted["treatment"].count("carisoprodol") == Count(1)


@pytest.mark.parametrize(
    ("query", "tally"),
    [
        ("", ["5 disputed items", "2 overturned", "3 upheld"]),
        ("treatment=carisoprodol", ["2 disputed items", "1 overturned", "1 upheld"]),
        ("outcome=overturned", ["1 disputed item", "1 overturned"]),
        ("sex=male&category=diagnostic", []),
    ],
)
def test_items_are_told_with_their_outcomes(
    three_cases: None, way: str, query: str, tally: list[str]
) -> None:
    told = tally_of(facets_of(found(query))["items"])
    assert [f"{each.count} {each.label}" for each in told if each.count.number] == tally


def test_many_are_counted_up_to_a_cap(
    viewer: Client, three_cases: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(counting, "MOST", 1)
    monkeypatch.setattr(facets, "ONCE", 1)
    assert facets_at_once(found(""), None) is None
    assert facets_at_once(found(""), [1, 2, 3]) is None
    counted = facets_of(found(""))
    assert str(counted["sex"].count("female")) == "1+"
    assert str(counted["sex"].count("male")) == "1"
    assert not counted["sex"].whole


def test_a_count_without_time_is_left_out(
    three_cases: None, way: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(facets, "PATIENCE", (0, 0))
    counted = facets_of(found("sex=female"))
    assert counted["sex"].count("male") is None


def test_the_database_breaks_off_what_takes_too_long(three_cases: None) -> None:
    sleeping = Func(Value(2), function="pg_sleep", output_field=TextField())
    slow = Case.objects.annotate(slept=sleeping).values_list("slept")
    started = time.monotonic()
    assert Budget(5, 0.05).first(slow, 1) is None
    assert time.monotonic() - started < 1
    assert Case.objects.count() == 3  # the connection goes on


def test_long_lists_get_their_counts_after_the_page(
    viewer: Client, three_cases: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(facets, "ONCE", 2)
    page = viewer.get("/cases/?sort=age").content.decode()
    assert 'data-counts="/cases/facets/?sort=age"' in page
    assert "?sort=age&amp;facets=show" in page
    part = viewer.get("/cases/facets/?sort=age").content.decode()
    assert 'id="n-sex-female">Female (2)' in part
    assert 'id="n-outcome-upheld">1<' in part
    assert "<b>5</b> disputed items" in part
    assert 'id="n-sex-female">Female (2)' in viewer.get("/cases/?facets=show").content.decode()
    assert 'id="n-sex-female">Female (2)' in viewer.get("/cases/?age_max=44").content.decode()


@pytest.mark.parametrize("query", ["", "sex=female&category=therapy&guideline=mtus-low-back"])
def test_queries_do_not_grow_with_cases(take: Callable[..., Letter], query: str) -> None:
    def count() -> int:
        with CaptureQueriesContext(connection) as queries:
            counted = facets_of(found(query))
            panel_of(found(query), counted)
        return len(queries)

    take(letter())
    count()
    few = count()
    for n in range(2, 6):
        take(letter(f"CM17-900000{n}", (item(), item("MRI of the knee"))), f"{n}.txt")
    assert count() == few


def test_what_is_not_understood_has_no_counts(viewer: Client, three_cases: None) -> None:
    assert facets_of(found("sex=other")) == {}
    assert viewer.get("/cases/facets/?sex=other").status_code == 200


def test_choices_are_all_that_a_reviewer_has_had(three_cases: None) -> None:
    every = [(each, each) for each in ("Neurology", "Occupational Medicine", "Pain Medicine")]
    assert cached_choices("specialty", "") == every
    assert cached_choices("specialty", "Surgery") == [*every, ("Surgery", "Surgery")]


def kept() -> set[tuple[str, str]]:
    return set(Credential.objects.values_list("kind", "value"))


def test_what_somebody_corrects_becomes_a_choice_but_no_long_text(three_cases: None) -> None:
    before, review = kept(), Review.objects.order_by("pk")[0]
    review.specialties, review.licensed_in = ["Surgery", "x" * (LONGEST + 1), ""], ["Ohio"]
    review.save()
    refresh([review.pk])
    assert kept() == before | {("specialties", "Surgery"), ("licensed_in", "Ohio")}


def test_choices_can_be_made_anew_of_all_reviews(three_cases: None) -> None:
    before = kept()
    Credential.objects.filter(value="Neurology").delete()
    with connection.cursor() as cursor:
        cursor.execute(OF_ALL)
    assert kept() == before


def test_the_most_frequent_values_come_first(three_cases: None) -> None:
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE reviews_disputeditem")
    assert frequent(DisputedItem, "outcome", 9) == ["upheld", "overturned"]
    assert frequent(DisputedItem, "outcome", 1) == ["upheld"]
