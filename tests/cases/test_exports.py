"""The CSVs hold exactly the rows on the screen, open in Excel, and hide no formula."""

import csv
import io
from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client

from cases.models import Export, Letter
from tests.letters import MTUS, item, letter

Take = Callable[..., Letter]

ODG = (
    "Decision based on Non-MTUS Citation Official Disability Guidelines (ODG), Pain (Chronic), "
    "Opioids."
)


def rows(client: Client, address: str) -> list[dict[str, str]]:
    answer = client.get(address)
    assert answer.status_code == 200, address
    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    assert "attachment" in answer["Content-Disposition"]
    raw = answer.getvalue()
    assert raw.startswith(b"\xef\xbb\xbf")  # or Excel takes UTF-8 for a Windows code page
    return list(csv.DictReader(io.StringIO(raw.decode("utf-8-sig"))))


@pytest.fixture
def two_cases(take: Take) -> None:
    take(letter("CM17-9000001", (item("Norco 10/325mg #60", "Upheld", ODG, MTUS), item())), "a.txt")
    take(letter("CM17-9000002", (item("MRI of the knee", "Overturned"),), decided="06/01/2017"))


def test_a_row_a_case_in_the_lists_order(analyst: Client, two_cases: None) -> None:
    found = rows(analyst, "/cases/export.csv")
    assert [r["Case"] for r in found] == ["CM17-9000002", "CM17-9000001"]
    assert [r["Case"] for r in rows(analyst, "/cases/export.csv?sort=number")] == [
        "CM17-9000001",
        "CM17-9000002",
    ]
    row = found[1]
    assert row["Worker's age"] == "44"
    assert row["Date of injury"] == "2016-03-04"
    assert row["Outcome"] == "upheld"
    assert (row["Items"], row["Items upheld"], row["Items overturned"]) == ("2", "2", "0")
    assert row["Disputed items"].startswith("Norco 10/325mg #60: upheld; Aquatic therapy")
    assert row["Diagnoses"] == "lumbar strain; sciatica"
    assert row["File"] == "a.txt"
    assert "44 year old female" in row["Clinical case summary"]


@pytest.mark.parametrize("kind", ["export", "items", "citations"])
def test_what_nobody_can_meet_gives_the_headings_alone(
    analyst: Client, two_cases: None, kind: str
) -> None:
    assert rows(analyst, f"/cases/{kind}.csv?age_min={'9' * 30}") == []


def test_a_row_an_item_with_its_citations(analyst: Client, two_cases: None) -> None:
    found = rows(analyst, "/cases/items.csv?sort=number")
    assert [(r["Case"], r["Item"], r["Disputed item"], r["Outcome"]) for r in found] == [
        ("CM17-9000001", "1", "Norco 10/325mg #60", "upheld"),
        ("CM17-9000001", "2", "Aquatic therapy 8 visits", "upheld"),
        ("CM17-9000002", "1", "MRI of the knee", "overturned"),
    ]
    assert found[0]["Treatment"] == "hydrocodone/acetaminophen"
    assert found[0]["Claims administrator's guidelines"] == "ODG Pain (Chronic): Opioids"
    assert found[0]["Expert's guidelines"] == "MTUS Low Back (2004): Physical Methods"
    assert found[0]["Rationale"].startswith("The records show")


@pytest.mark.parametrize("off", ["enable_nestloop", "enable_hashjoin", "enable_mergejoin"])
def test_the_order_does_not_hang_on_the_planner(analyst: Client, two_cases: None, off: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"SET LOCAL {off} = off")
    found = rows(analyst, "/cases/items.csv?sort=number")
    assert [(r["Case"][-1], r["Item"]) for r in found] == [("1", "1"), ("1", "2"), ("2", "1")]


@pytest.mark.parametrize("query", ["", "sort=number", "outcome=upheld", "sex=male", "q=knee"])
def test_exports_equal_the_list(analyst: Client, two_cases: None, query: str) -> None:
    shown = [line.case.name for line in analyst.get(f"/cases/?{query}").context["lines"]]
    assert [r["Case"] for r in rows(analyst, f"/cases/export.csv?{query}")] == shown
    items = rows(analyst, f"/cases/items.csv?{query}")
    assert list(dict.fromkeys(r["Case"] for r in items)) == shown


def test_item_parameters_choose_the_items(analyst: Client, take: Take) -> None:
    take(letter(items=(item("Norco 10/325mg #60"), item("MRI of the knee", "Overturned"))))
    found = rows(analyst, "/cases/items.csv?item_outcome=overturned&page=3")
    assert [r["Disputed item"] for r in found] == ["MRI of the knee"]
    assert len(rows(analyst, "/cases/export.csv?item_outcome=overturned")) == 1


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\uff1d", "\uff0b", "\uff0d", "\uff20"])
def test_no_cell_begins_a_formula(analyst: Client, take: Take, start: str) -> None:
    take(letter(items=(item(f"{start}HYPERLINK(1) therapy"),)), f"{start}cmd.txt")
    for address in ("/cases/items.csv", "/cases/export.csv"):
        (row,) = rows(analyst, address)
        assert not [cell for cell in row.values() if cell.startswith(start)]
        assert row["File"] == f"'{start}cmd.txt"


def test_quotes_commas_and_percent_signs_survive(analyst: Client, take: Take) -> None:
    service = 'Brace, "custom" 100% cotton; size L'
    take(letter(items=(item(service),)))
    assert rows(analyst, "/cases/items.csv?q=100%25+cotton")[0]["Disputed item"] == service


def test_every_export_is_recorded(analyst: Client, two_cases: None) -> None:
    rows(analyst, "/cases/items.csv?sex=female")
    record = Export.objects.get()
    assert (record.kind, record.filters, record.rows) == ("items", "sex=female", 3)
    assert record.user.username == "analyst"


def test_an_export_broken_off_is_recorded_without_a_count(analyst: Client, two_cases: None) -> None:
    pieces = iter(analyst.get("/cases/items.csv").streaming_content)
    next(pieces)
    pieces.close() if hasattr(pieces, "close") else None
    assert Export.objects.get().rows is None


def test_nothing_found_gives_the_headings_alone(analyst: Client) -> None:
    assert rows(analyst, "/cases/items.csv") == []
    assert b"Disputed item" in analyst.get("/cases/items.csv").getvalue()
