"""The page on which one chooses: what it says, what it remembers, where it leads."""

from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from cases.exports.choosing import moved
from cases.exports.kinds import KINDS
from cases.models import Case, Export, ExportChoice, Letter
from tests.letters import item, letter

Take = Callable[..., Letter]


@pytest.fixture
def two_cases(take: Take) -> None:
    take(letter("CM17-9000001", (item("Norco 10/325mg #60"), item())), "a.txt")
    take(letter("CM17-9000002", (item("MRI of the knee", "Overturned"),)), "b.txt")


def ticked(client: Client, address: str, **data: object) -> list[str]:
    answer = client.post(address, data) if data else client.get(address)
    return [column.key for column, chosen in answer.context["columns"] if chosen]


def test_the_page_says_how_many_rows_of_what(analyst: Client, two_cases: None) -> None:
    page = analyst.get("/cases/export/?item_outcome=upheld&sort=number").content.decode()
    assert "Item&#x27;s outcome: Upheld" in page
    assert "Case number, ascending" in page
    assert "<b>1 case</b>" in page
    for kind, words in (("items", "2 items"), ("cases", "1 case")):
        page = analyst.get(f"/cases/export/?item_outcome=upheld&kind={kind}").content.decode()
        assert f"<b>{words}</b>" in page


def test_many_rows_are_counted_exactly_on_demand(
    analyst: Client, two_cases: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("cases.views.export_page.MOST", 2)
    page = analyst.get("/cases/export/?kind=items").content.decode()
    assert "More than 2 items" in page
    page = analyst.post("/cases/export/", {"do": "count", "kind": "items"}).content.decode()
    assert "<b>3 items</b>" in page


def test_the_list_leads_here_with_its_filters(analyst: Client, two_cases: None) -> None:
    answer = analyst.get("/cases/export/?outcome=upheld&page=2&count=all&case=7")
    assert answer.context["filters"] == "outcome=upheld&case=7"
    assert answer.context["back"] == "outcome=upheld"


def test_what_is_not_understood_is_said(analyst: Client) -> None:
    answer = analyst.get("/cases/export/?age_min=x")
    assert answer.status_code == 400
    assert "Nothing was exported" in answer.content.decode()


def test_more_ticked_cases_than_an_address_holds(analyst: Client, two_cases: None) -> None:
    keys = [Case.objects.get(number="CM17-9000002").pk, *range(10**9, 10**9 + 3000)]
    page = analyst.post("/cases/export/", {"case": keys, "sort": "number"})
    assert page.status_code == 200
    assert "Ticked: 3,001 cases" in page.content.decode()
    assert len(page.context["back"]) < 100
    sent = {"filters": page.context["filters"], "do": "write", "kind": "cases"}
    answer = analyst.post("/cases/export/", {**sent, "format": "csv", "columns": ["case"]})
    assert answer.getvalue().decode("utf-8-sig") == "Case\nCM17-9000002\n"


def test_columns_are_remembered_by_person_and_kind(
    analyst: Client, manager: Client, two_cases: None
) -> None:
    chosen = {"do": "write", "kind": "items", "format": "csv", "columns": ["outcome", "case"]}
    answer = analyst.post("/cases/export/", chosen)
    assert answer.getvalue().decode("utf-8-sig").splitlines()[0] == "Outcome,Case"
    assert Export.objects.get().columns == ["outcome", "case"]
    assert ticked(analyst, "/cases/export/?kind=items") == ["outcome", "case"]
    usual = [column.key for column in KINDS["cases"].chosen([])]
    assert ticked(analyst, "/cases/export/?kind=cases") == usual
    assert len(ticked(manager, "/cases/export/?kind=items")) > 2
    assert len(ticked(analyst, "/cases/export/", do="reset", kind="items")) > 2
    assert not ExportChoice.objects.exists()


def test_columns_that_are_gone_do_not_break_what_is_remembered(analyst: Client) -> None:
    analyst.post(
        "/cases/export/", {"do": "write", "kind": "items", "format": "csv", "columns": ["case"]}
    )
    ExportChoice.objects.update(columns=["shoe_size", "case"])
    assert ticked(analyst, "/cases/export/?kind=items") == ["case"]


@pytest.mark.parametrize(
    ("key", "by", "order"),
    [
        ("b", -1, "bac"),
        ("b", 1, "acb"),
        ("a", -1, "abc"),
        ("c", 1, "abc"),
        ("z", 1, "abc"),
    ],
)
def test_a_column_moves_a_place(key: str, by: int, order: str) -> None:
    assert moved(list("abc"), key, by) == list(order)


def test_without_scripts_columns_are_moved_by_the_server(analyst: Client) -> None:
    keys = ["case", "outcome", "file"]
    assert ticked(analyst, "/cases/export/", do="up:outcome", kind="items", columns=keys) == [
        "outcome",
        "case",
        "file",
    ]
    assert ticked(analyst, "/cases/export/?kind=items") == ["outcome", "case", "file"]
    every = list(KINDS["items"].columns)
    assert ticked(analyst, "/cases/export/", do="all", kind="items", columns=keys) == every


@pytest.mark.parametrize(
    ("chosen", "words"),
    [
        ({"format": "csv"}, "Tick at least one column."),
        ({"columns": ["case"]}, "Choose a format."),
        ({"format": "doc", "columns": ["case"]}, "Select a valid choice"),
        ({"format": "csv", "columns": ["shoe_size"]}, "Select a valid choice"),
        ({"format": "xlsx", "columns": ["citations"]}, "a column that this format can hold"),
    ],
)
def test_a_choice_that_makes_no_file_is_said(
    analyst: Client, chosen: dict[str, object], words: str
) -> None:
    page = analyst.post("/cases/export/", {"do": "write", "kind": "items", **chosen})
    assert words in page.content.decode()
    assert not Export.objects.exists()


def test_queries_do_not_grow_with_rows(analyst: Client, take: Take) -> None:
    def queries(address: str) -> int:
        with CaptureQueriesContext(
            connection,
        ) as found:
            assert analyst.get(address).status_code == 200
        return len(found)

    take(letter("CM17-9000001"))
    analyst.get("/cases/items.csv").getvalue()
    addresses = ["/cases/export/?kind=citations", "/exports/"]
    before = [queries(each) for each in addresses]
    for number in range(2, 6):
        take(letter(f"CM17-900000{number}"))
        analyst.get("/cases/items.csv").getvalue()
    assert [queries(each) for each in addresses] == before
