"""Every kind in every format holds the rows of the list, typed, whole and without formulas."""

import csv
import io
import json
import zipfile
from collections.abc import Callable
from datetime import datetime
from typing import Any

import openpyxl
import pytest
from django.contrib.auth.models import User
from django.http import QueryDict
from django.test import Client

from cases.exports import workbook
from cases.exports.kinds import KINDS
from cases.filters import CaseFilter
from cases.models import Assignment, Case, Checked, Correction, Export, Letter
from reviews.models import Citation, DisputedItem
from tests.letters import MTUS, item, letter

Take = Callable[..., Letter]
CHRONIC = "Decision based on MTUS Chronic Pain Treatment Guidelines 9792.20-.26 Page(s): 64-66."
ODG = (
    "Decision based on Non-MTUS Citation Official Disability Guidelines (ODG), Pain (Chronic), "
    "Opioids."
)


@pytest.fixture
def three_cases(take: Take) -> None:
    take(letter("CM17-9000001", (item("Norco 10/325mg #60", "Upheld", ODG, MTUS), item())), "a.txt")
    overturned = item("MRI of the knee", "Overturned", CHRONIC, ODG)
    take(letter("CM17-9000002", (overturned, item("=1+1 Soma")), decided="06/01/2017"), "=b.txt")
    take(letter("CM17-9000003", (item("Aquatic therapy", "Overturned", MTUS, CHRONIC),)), "c.txt")


def taken(client: Client, query: str = "", **chosen: Any) -> bytes:
    """What the page sends for these filters and choices; the usual columns if none are named."""
    kind = KINDS[chosen.setdefault("kind", "items")]
    chosen.setdefault("columns", [c.key for c in kind.chosen([])])
    answer = client.post("/cases/export/", {"do": "write", "filters": query, **chosen})
    assert answer.status_code == 200, answer
    assert "attachment" in answer["Content-Disposition"], answer.content.decode()
    return answer.getvalue()


def as_csv(raw: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(raw.decode("utf-8-sig"))))


def as_workbook(raw: bytes) -> tuple[list[tuple[Any, ...]], dict[str, str]]:
    """The rows with their headings, and the sheet that tells about them."""
    book = openpyxl.load_workbook(io.BytesIO(raw))
    rows = list(book.worksheets[0].iter_rows(values_only=True))
    about = dict(book["About"].iter_rows(values_only=True))
    return rows, about


def as_json(raw: bytes) -> list[dict[str, Any]]:
    return [json.loads(line) for line in raw.decode().splitlines()]


def expected(kind: str, query: str) -> list[Any]:
    """The rows by the filter itself, in the list's order, named by case, item and citation."""
    found = CaseFilter(QueryDict(query))
    cases = list(found.qs)
    if kind == "cases":
        return [(case.name,) for case in cases]
    items = found.items() if found.asks_for_items() else DisputedItem.objects.all()
    rows: list[Any] = []
    for case in cases:
        for each in items.filter(review=case.review).order_by("position"):
            citations = (
                found.citations() if found.asks_for_citations() else Citation.objects.all()
            ).filter(item=each)
            if kind == "items":
                rows.append((case.name, each.position))
            else:
                ordered = citations.order_by("side", "position")
                rows += [(case.name, each.position, c.side, c.position) for c in ordered]
    return rows


NAMES = {
    "cases": ["case"],
    "items": ["case", "item"],
    "citations": ["case", "item", "side", "citation"],
}
QUERIES = [
    "",
    "sort=number",
    "item_outcome=overturned",
    "guideline=mtus-chronic-pain&relied_on_by=expert",
    "cited_page=65",
    "q=absent",
]


@pytest.mark.parametrize("query", QUERIES)
@pytest.mark.parametrize("kind", list(KINDS))
def test_every_format_holds_the_rows_of_the_list(
    analyst: Client, three_cases: None, kind: str, query: str
) -> None:
    rows = expected(kind, query)
    names = NAMES[kind]
    headings = [KINDS[kind].columns[name].heading for name in names]

    found = as_json(taken(analyst, query, kind=kind, format="jsonl"))
    assert [tuple(row[name] for name in names) for row in found] == rows
    lines = as_csv(taken(analyst, query, kind=kind, format="csv"))
    assert [tuple(r[h] for h in headings) for r in lines] == [tuple(map(str, r)) for r in rows]
    (head, *cells), about = as_workbook(taken(analyst, query, kind=kind, format="xlsx"))
    assert [tuple(row[head.index(h)] for h in headings) for row in cells] == rows
    assert about["What"].startswith(KINDS[kind].words(len(rows)))
    plain = analyst.get(f"/cases/{PLAIN[kind]}?{query}").getvalue()
    assert [tuple(r[h] for h in headings) for r in as_csv(plain)] == [
        tuple(map(str, r)) for r in rows
    ]
    recorded = list(Export.objects.values_list("rows", flat=True))
    assert recorded == [len(rows)] * 4


PLAIN = {"cases": "export.csv", "items": "items.csv", "citations": "citations.csv"}


@pytest.mark.parametrize("kind", list(KINDS))
def test_every_column_can_be_had_in_every_format(
    analyst: Client, three_cases: None, kind: str
) -> None:
    keys = list(KINDS[kind].columns)
    flat = [c.heading for c in KINDS[kind].columns.values() if not c.nested]
    rows = as_csv(taken(analyst, kind=kind, format="csv", columns=keys))
    assert list(rows[0]) == flat
    cells, _about = as_workbook(taken(analyst, kind=kind, format="xlsx", columns=keys))
    assert list(cells[0]) == flat
    lines = as_json(taken(analyst, kind=kind, format="jsonl", columns=keys))
    assert list(lines[0]) == keys
    assert len(cells) - 1 == len(rows) == len(lines)


def test_a_row_a_citation(analyst: Client, three_cases: None) -> None:
    rows = as_csv(analyst.get(f"/cases/citations.csv?case={key('CM17-9000002')}").getvalue())
    row = next(r for r in rows if r["Cited by"] == "administrator")
    assert row["Disputed item"] == "MRI of the knee"
    assert row["Outcome"] == "overturned"
    assert row["Decision date"] == "2017-06-01"
    assert row["Source"] == "MTUS"
    assert row["Guideline"] == "Chronic Pain Medical Treatment Guidelines"
    assert (row["Pages as printed"], row["Pages"]) == ("64-66", "64; 65; 66")


def key(number: str) -> int:
    return Case.objects.get(number=number).pk


def test_json_is_typed_and_nested(analyst: Client, three_cases: None) -> None:
    (line,) = as_json(taken(analyst, f"case={key('CM17-9000002')}", kind="cases", format="jsonl"))
    assert line["age"] == 44
    assert line["decision_date"] == "2017-06-01"
    assert line["diagnoses"] == ["lumbar strain", "sciatica"]
    assert line["checks"] == ["Item 1 is overturned, but its rationale concludes otherwise."]
    first = line["disputed_items"][0]
    assert (first["item"], first["service"]) == (1, "MRI of the knee")
    assert first["outcome"] == "overturned"
    cited = next(c for c in first["citations"] if c["side"] == "administrator")
    assert (cited["guideline"], cited["pages"]) == ("mtus-chronic-pain", [64, 65, 66])
    lines = as_json(taken(analyst, "item_outcome=overturned", format="jsonl"))
    assert lines[0]["citations"][0]["guideline"] == "mtus-chronic-pain"


def test_by_when_a_decision_must_be_followed_can_be_had(analyst: Client, three_cases: None) -> None:
    case = Case.objects.get(number="CM17-9000002")
    columns = ["case", "authorize_by", "reimburse_by", "received_on"]
    (row,) = as_csv(taken(analyst, f"case={case.pk}", kind="cases", format="csv", columns=columns))
    due = case.deadlines.get(kind="authorize").due_on
    assert row["Authorize by"] == due.isoformat()
    assert (row["Reimburse by"], row["Determination received"]) == ("", "")


def test_what_people_did_can_be_had(analyst: Client, three_cases: None) -> None:
    case = Case.objects.get(number="CM17-9000002")
    ann = User.objects.create_user("=ann")
    columns = ["case", "checked_on", "checked_by", "assigned_to", "corrections"]
    chosen = {"kind": "cases", "format": "csv", "columns": columns}
    (row,) = as_csv(taken(analyst, f"case={case.pk}", **chosen))
    assert list(row.values())[1:] == ["", "", "", "0"]
    Checked.objects.create(case=case, made_by=ann, made_at="2017-07-02T05:00Z")
    Checked.objects.create(case=case, state="taken_back")
    Assignment.objects.create(case=case, to=None)
    Assignment.objects.create(case=case, to=ann)
    reading = case.review.reading
    for state in ("applied", "withdrawn"):
        Correction.objects.create(
            letter=reading.letter, part=reading.part, field="sex", state=state
        )
    (row,) = as_csv(taken(analyst, f"case={case.pk}", **chosen))
    # In California it was still the day before; a name may not begin a formula either.
    assert list(row.values())[1:] == ["2017-07-01", "'=ann", "'=ann", "1"]


def test_json_keeps_what_copy_would_escape(analyst: Client, take: Take) -> None:
    service = 'Brace, "custom" C:\\new\\table 100% \u2018cotton\u2019'
    take(letter(items=(item(service),)))
    (line,) = as_json(taken(analyst, format="jsonl"))
    assert line["service"] == service


def test_a_workbook_has_types_and_no_formulas(analyst: Client, three_cases: None) -> None:
    book = openpyxl.load_workbook(io.BytesIO(taken(analyst, "sort=-number", format="xlsx")))
    sheet = book["Items"]
    cells = {cell.value: cell.column for cell in sheet[1]}
    row = next(r for r in range(2, 9) if "Soma" in sheet.cell(r, cells["Disputed item"]).value)
    service = sheet.cell(row, cells["Disputed item"])
    assert (service.value, service.data_type) == ("=1+1 Soma", "s")
    assert sheet.cell(row, cells["File"]).data_type == "s"
    assert sheet.cell(row, cells["Worker's age"]).value == 44
    decided = sheet.cell(row, cells["Decision date"])
    assert (decided.value, decided.number_format) == (datetime(2017, 6, 1), "yyyy-mm-dd")
    assert sheet.freeze_panes == "A2"
    assert sheet.auto_filter.ref.startswith("A1:")
    assert book.sheetnames == ["Items", "About"]


def test_a_workbook_says_what_it_holds(analyst: Client, three_cases: None) -> None:
    query = "outcome=upheld&sort=number"
    _rows, about = as_workbook(taken(analyst, query, kind="cases", format="xlsx"))
    export = Export.objects.get()
    assert about["What"] == "1 case. A row a case, its items counted and named in columns."
    assert about["Filters"] == "Outcome of the case: Upheld (all denials stand)"
    assert about["Order"] == "Case number, ascending"
    assert about["Address"] == "/cases/?outcome=upheld&sort=number"
    assert about["By"] == "analyst"
    assert about["Export"] == f"number {export.pk}"
    assert "reader version" in about["Written with"]
    assert about["Written"][:10] == about["Asked for"][:10]


def test_what_excel_cannot_hold_is_cut_and_said(
    analyst: Client, three_cases: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    long = "x" * 40_000
    DisputedItem.objects.filter(service="MRI of the knee").update(rationale=long)
    (head, *rows), about = as_workbook(taken(analyst, "sort=number", format="xlsx"))
    longest = max((row[head.index("Rationale")] for row in rows), key=len)
    assert longest == "x" * 32_766 + "…"
    assert about["Cut"].startswith("1 cell held more than the 32,767 characters")
    assert any(r["Rationale"] == long for r in as_csv(taken(analyst, format="csv")))


def test_control_characters_and_dates_before_excels_time(analyst: Client, take: Take) -> None:
    take(letter())
    odd = "tab\tbell\x07 _x000D_ \ufffe 😀"
    DisputedItem.objects.update(rationale=odd)
    Case.objects.get().review.__class__.objects.update(date_of_injury="1899-12-31")
    (head, row), _about = as_workbook(taken(analyst, format="xlsx"))
    assert row[head.index("Date of injury")] == "1899-12-31"
    assert "😀" in row[head.index("Rationale")]


def test_more_rows_than_a_sheet_holds_are_refused_before(
    analyst: Client, three_cases: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("cases.exports.asking.ROWS_MOST", 4)
    chosen = {"do": "write", "kind": "items", "format": "xlsx", "columns": ["case"]}
    page = analyst.post("/cases/export/", chosen).content.decode()
    assert "An Excel sheet holds 1,048,575 rows below its headings" in page
    assert "Choose CSV or JSON lines" in page
    assert not Export.objects.exists()
    monkeypatch.setattr(workbook, "ROWS_MOST", 4)
    with pytest.raises(workbook.TooManyRows):
        monkeypatch.setattr("cases.exports.asking.ROWS_MOST", 5)
        analyst.post("/cases/export/", chosen)


@pytest.mark.parametrize("form", ["csv", "jsonl"])
def test_a_zip_says_what_it_holds(analyst: Client, three_cases: None, form: str) -> None:
    query = "item_outcome=overturned"
    raw = taken(analyst, query, format=form, zipped="1")
    export = Export.objects.get()
    with zipfile.ZipFile(io.BytesIO(raw)) as archive:
        name, about = archive.namelist()
        assert (name.rpartition(".")[2], about) == (form, "about.txt")
        assert archive.testzip() is None
        words = archive.read(about).decode()
        rows = archive.read(name)
    assert rows == taken(analyst, query, format=form)
    assert f"Export: number {export.pk}" in words
    assert "Filters: Item's outcome: Overturned" in words
    assert "What: 2 items." in words
    assert ("apostrophe" in words.lower()) == (form == "csv")


def test_the_name_tells_the_kind_and_never_what_was_searched(analyst: Client) -> None:
    answer = analyst.get("/cases/citations.csv?q=CM17-9000001")
    name = answer["Content-Disposition"]
    assert name.startswith('attachment; filename="imrsite-citations-20')
    assert name.endswith(f'-filtered-{Export.objects.get().pk}.csv"')
    assert "9000001" not in name
