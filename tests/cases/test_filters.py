"""The one filter: what each parameter finds; item parameters mean one and the same item."""

from collections.abc import Callable

import pytest
from django.http import QueryDict

from cases import searching
from cases.filters import CaseFilter
from cases.models import Case, Letter
from tests.letters import MTUS, item, letter

CHRONIC = "Decision based on MTUS Chronic Pain Treatment Guidelines 9792.20-.26 Page(s): 64-66."
ODG = (
    "Decision based on Non-MTUS Citation Official Disability Guidelines (ODG), Pain (Chronic), "
    "Opioids."
)
NUMBERLESS = "numberless.txt"


@pytest.fixture
def three_cases(take: Callable[..., Letter]) -> None:
    """01: both upheld; 02: partial overturn; no number: overturned."""
    take(
        letter(
            "CM17-9000001",
            (item("Soma 350mg #60", "Upheld", MTUS, CHRONIC), item("X-ray of the left knee")),
        )
    )
    take(
        letter(
            "CM17-9000002",
            (
                item("Soma 350mg #30", "Overturned", CHRONIC, ODG),
                item("MRI of the left knee", "Upheld", ODG, MTUS),
            ),
            decided="06/01/2017",
            specialty="Neurology, Pain Medicine",
        )
    )
    summary = "The injured worker is a 60 year old male who was injured on 1/2/2010 at a bakery."
    take(letter(None, (item("Aquatic therapy", "Overturned"),), summary=summary), NUMBERLESS)


def found(query: str) -> list[str]:
    filtered = CaseFilter(QueryDict(query))
    assert filtered.is_valid(), filtered.form.errors
    return [case.name.removeprefix("CM17-90000") for case in filtered.qs]


@pytest.mark.parametrize(
    ("query", "cases"),
    [
        ("", ["02", "01", NUMBERLESS]),
        ("sort=number", ["01", "02", NUMBERLESS]),
        ("sort=-number", [NUMBERLESS, "02", "01"]),
        ("sort=-age", [NUMBERLESS, "02", "01"]),
        ("sort=decided", ["01", "02", NUMBERLESS]),
        ("outcome=upheld", ["01"]),
        ("outcome=overturned", [NUMBERLESS]),
        ("outcome=partially-overturned", ["02"]),
        ("outcome=upheld&outcome=partially-overturned", ["02", "01"]),
        ("item_outcome=overturned", ["02", NUMBERLESS]),
        ("category=diagnostic", ["02", "01"]),
        ("treatment=carisoprodol", ["02", "01"]),
        ("guideline=mtus-chronic-pain", ["02", "01"]),
        ("guideline=mtus-chronic-pain&relied_on_by=expert", ["01"]),
        ("guideline=mtus-chronic-pain&relied_on_by=administrator", ["02"]),
        ("cited_page=65", ["02", "01"]),
        ("cited_page=67", []),
        # One item meets them all: in 02 the MRI is upheld and only the Soma overturned.
        ("category=diagnostic&item_outcome=overturned", []),
        ("treatment=carisoprodol&item_outcome=overturned", ["02"]),
        # One citation meets them all: the expert of 02 cites page 65 nowhere.
        ("item_outcome=overturned&cited_page=65&relied_on_by=expert", []),
        ("guideline=mtus-low-back&cited_page=65", []),
        ("specialty=Pain+Medicine", ["02"]),
        ("licensed_in=California&sex=male", [NUMBERLESS]),
        ("age_min=45", [NUMBERLESS]),
        ("age_max=44", ["02", "01"]),
        ("decided_after=2017-06-01", ["02"]),
        ("decided_before=2017-02-01", ["01"]),
        ("injured_after=2016-01-01", ["02", "01"]),
        ("injured_before=2010-01-02", [NUMBERLESS]),
        ("flagged=false", ["01"]),
        ("flagged=true", ["02", NUMBERLESS]),
        ("q=9000002", ["02"]),
        ("q=aquatic", [NUMBERLESS]),
        ("q=numberless", [NUMBERLESS]),
        ("q=%22left+knee%22+-MRI", ["01"]),
        ("q=%25", []),
        ("page=7&unknown=1", ["02", "01", NUMBERLESS]),
    ],
)
def test_finds(three_cases: None, query: str, cases: list[str]) -> None:
    assert found(query) == cases


@pytest.mark.parametrize("query", ["q=aquatic", "q=9000002", "q=knee&sort=number", "q=absent"])
def test_many_matches_are_searched_another_way_with_the_same_result(
    three_cases: None, monkeypatch: pytest.MonkeyPatch, query: str
) -> None:
    few = found(query)
    monkeypatch.setattr(searching, "MANY", 0)
    assert found(query) == few


@pytest.mark.parametrize(
    "query",
    [
        "age_min=young",
        "decided_after=13/45/2017",
        "outcome=maybe",
        "guideline=none-such",
        "cited_page=0",
        "cited_page=1.5",
        "sort=shoe-size",
        "q=a%00b",
        "case=1&case=x",
        "case=-1",
        "case=9223372036854775808",
        "flagged=perhaps",
        "flagged=True",
        "sex=other",
        "relied_on_by=rationale",
        "sex=male&sex=female",
    ],
)
def test_says_what_it_does_not_understand(db: None, query: str) -> None:
    filtered = CaseFilter(QueryDict(query))
    assert not filtered.is_valid()
    assert filtered.form.errors


def test_items_are_those_asked_for(three_cases: None) -> None:
    items = CaseFilter(QueryDict("item_outcome=overturned&treatment=carisoprodol")).items()
    assert [i.service for i in items] == ["Soma 350mg #30"]


def test_ticked_cases_are_met_together_with_the_other_parameters(three_cases: None) -> None:
    keys = {case.name[-2:]: case.pk for case in Case.objects.all()}
    ticked = f"case={keys['01']}&case={keys['02']}&case={keys['02']}"
    assert found(ticked) == ["02", "01"]
    assert found(f"{ticked}&sort=number") == ["01", "02"]
    assert found(f"{ticked}&item_outcome=overturned") == ["02"]
    assert found("case=0") == []


def test_ticked_cases_are_one_chip(db: None) -> None:
    chips = CaseFilter(QueryDict("case=1&case=2&q=knee&page=2")).chips()
    assert chips[0] == {"label": "Ticked", "value": "2 cases", "without": "q=knee"}
    assert [chip["label"] for chip in chips] == ["Ticked", "Search"]


def test_chips_name_what_is_set(three_cases: None) -> None:
    query = QueryDict("outcome=upheld&outcome=overturned&guideline=mtus-low-back&sort=age&page=2")
    assert [(c["label"], c["value"], c["without"]) for c in CaseFilter(query).chips()] == [
        (
            "Outcome of the case",
            "Upheld (all denials stand)",
            "outcome=overturned&guideline=mtus-low-back&sort=age",
        ),
        (
            "Outcome of the case",
            "Overturned (all items necessary)",
            "outcome=upheld&guideline=mtus-low-back&sort=age",
        ),
        ("Guideline cited", "MTUS Low Back", "outcome=upheld&outcome=overturned&sort=age"),
    ]
