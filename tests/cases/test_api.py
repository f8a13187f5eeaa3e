"""The API: tokens, the list's filter, pages that hold still, and letters coming in."""

import re
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pandas
import pytest
from auditlog.models import LogEntry
from django.contrib.auth.models import Group, User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries
from pytest_django.fixtures import Settings
from pytest_django.live_server_helper import LiveServer
from rest_framework.throttling import UserRateThrottle

from cases.models import Case, Export, Letter, Token, issue
from reviews.models import Guideline
from tests.cases.test_corrections import put
from tests.letters import item, letter

Take = Callable[..., Letter]
MRI = item("MRI of the left knee", "Overturned")


class Program:
    """A program with a token of somebody in that group."""

    def __init__(self, group: str, days: int | None = None) -> None:
        self.user = User.objects.create_user(f"{group}-program")
        self.user.groups.add(Group.objects.get(name=group))
        self.token, self.secret = issue(self.user.pk, "nightly", days)

    def ask(self, address: str, method: str = "get", **data: Any) -> Any:
        client = Client(headers={"Authorization": f"Bearer {self.secret}"})
        return getattr(client, method)(f"/api/v1/{address}", **data)

    def rows(self, address: str) -> list[dict[str, Any]]:
        """Of all pages."""
        found = []
        url: str | None = f"http://testserver/api/v1/{address}"
        while url:
            page = self.ask(url.removeprefix("http://testserver/api/v1/")).json()
            found += page["results"]
            url = page["next"]
        return found


@pytest.fixture
def program(db: None) -> Program:
    return Program("analyst")


@pytest.fixture
def five(take: Take) -> None:
    """Five cases; the last one without a number and dates, the first two decided on one day."""
    for n, day in enumerate(("02/01/2017", "02/01/2017", "03/01/2017", "04/01/2017")):
        items = (item(), MRI) if n % 2 else (item(),)
        take(letter(f"CM17-900000{n}", items=items, decided=day), f"{n}.txt")
    take(letter(None), "none.txt")


@pytest.mark.parametrize("sort", ["", "decided", "-decided", "number", "-number", "-doubts", "age"])
@pytest.mark.parametrize("limit", [1, 2, 5])
def test_pages_give_the_lists_rows_in_its_order(
    program: Program, five: None, analyst: Client, sort: str, limit: int
) -> None:
    shown = analyst.get(f"/cases/?sort={sort}").content.decode()
    listed = list(dict.fromkeys(int(key) for key in re.findall(r'href="/cases/(\d+)/', shown)))
    assert len(listed) == 5
    found = program.rows(f"cases/?sort={sort}&limit={limit}")
    assert [row["id"] for row in found] == listed
    whole = program.rows(f"items/?sort={sort}&limit={limit}")
    assert list(dict.fromkeys(row["case"] for row in whole)) == listed
    assert len(whole) == 7


def test_rows_that_come_in_between_shift_nothing(program: Program, five: None, take: Take) -> None:
    first = program.ask("cases/?limit=2").json()
    take(letter("CM17-9000009", decided="12/01/2017"), "late.txt")
    Case.objects.get(pk=first["results"][0]["id"])
    rest = program.ask(first["next"].removeprefix("http://testserver/api/v1/")).json()["results"]
    assert [row["number"] for row in first["results"] + rest] == [
        "CM17-9000003",
        "CM17-9000002",
        "CM17-9000001",
        "CM17-9000000",
    ]


@pytest.mark.parametrize("sort", ["number", "-number"])
def test_a_number_corrected_in_between_moves_no_other_case(
    program: Program, five: None, sort: str
) -> None:
    """The last one of the first page, to the other end of the list."""
    first = program.ask(f"cases/?limit=2&sort={sort}").json()
    assert "CM17" not in first["next"]
    last, other = first["results"][-1], first["results"][0]
    number = {"number": "CM17-9999999", "-number": "CM17-0000000"}[sort]
    put(Case.objects.get(pk=last["id"]), "case_number", number, User.objects.create_user("ann"))
    rest = program.rows(first["next"].removeprefix("http://testserver/api/v1/"))
    told = [row["id"] for row in [other, *rest] if row["id"] != last["id"]]
    assert sorted(told) == sorted(Case.objects.exclude(pk=last["id"]).values_list("pk", flat=True))


def test_item_parameters_leave_the_items_that_meet_them(program: Program, five: None) -> None:
    rows = program.rows("items/?item_outcome=overturned&category=diagnostic")
    assert [(r["number"], r["service"], r["outcome"]) for r in rows] == [
        ("CM17-9000003", "MRI of the left knee", "overturned"),
        ("CM17-9000001", "MRI of the left knee", "overturned"),
    ]
    side = rows[0]["citations"][0]
    assert (side["side"], side["name"]) == ("administrator", "MTUS Low Back")
    assert rows[0]["decision_date"] == "2017-04-01"
    cases = program.rows("cases/?outcome=partially-overturned")
    assert [c["outcome"] for c in cases] == ["partially-overturned"] * 2
    assert [i["outcome"] for i in cases[0]["items"]] == ["upheld", "overturned"]


def test_me_is_whoever_the_token_belongs_to(program: Program, five: None) -> None:
    Case.objects.filter(number="CM17-9000002").update(assigned_to=program.user)
    for name in ("cases", "items"):
        found = program.rows(f"{name}/?assigned_to=me&limit=1")
        assert {row["number"] for row in found} == {"CM17-9000002"}
    records = Export.objects.values_list("filters", flat=True)
    assert set(records) == {"assigned_to=analyst-program"}


def test_one_case_tells_what_its_page_tells(program: Program, five: None) -> None:
    key = Case.objects.get(number="CM17-9000001").pk
    row = program.ask(f"cases/{key}/").json()
    assert row["url"] == f"/cases/{key}/"
    assert row["review"]["diagnoses"] == ["lumbar strain", "sciatica"]
    assert row["items"][1]["rationale"].startswith("The records show")
    assert program.ask("cases/0/").status_code == 404


def test_the_address_of_a_case_that_joined_another_leads_on(
    program: Program, take: Take, db: None
) -> None:
    take(letter("CM17-9000001"))
    take(letter("CM17-9000002"), "other.txt")
    first, second = Case.objects.order_by("pk")
    put(first, "case_number", "CM17-9000002", User.objects.create_user("ann"))
    answer = program.ask(f"cases/{first.pk}/")
    assert (answer.status_code, answer["Location"]) == (302, f"/api/v1/cases/{second.pk}/")


@pytest.mark.parametrize(
    ("address", "field", "words"),
    [
        ("cases/?age_min=x", "age_min", "whole number"),
        ("items/?decided_after=1.1.", "decided_after", "valid date"),
        ("cases/?guideline=nothing", "guideline", "valid choice"),
        ("items/?outcom=upheld", "outcom", "no such parameter"),
        ("cases/?limit=1001", "limit", "from 1 to 1000"),
        ("cases/?limit=0", "limit", "from 1 to 1000"),
        ("cases/?limit=²", "limit", "from 1 to 1000"),
        ("cases/?limit=0000000019999999", "limit", "from 1 to 1000"),
        (f"cases/?limit={'0' * 5000}1", "limit", "from 1 to 1000"),
        ("cases/?cursor=nonsense", "cursor", "begin anew"),
        ("cases/?cursor=1:nonsense", "cursor", "begin anew"),
        ("cases/?cursor=0:&sort=number", "cursor", "begin anew"),
        ("cases/?cursor=1:é&sort=number", "cursor", "begin anew"),
        ("cases/?cursor=9999999999999999999:2017-01-01", "cursor", "begin anew"),
        ("letters/?state=gone", "state", "valid choice"),
        ("letters/?cursor=1:nonsense", "cursor", "begin anew"),
    ],
)
def test_what_is_amiss_is_named(program: Program, address: str, field: str, words: str) -> None:
    answer = program.ask(address)
    assert answer.status_code == 400
    ((name, (sentence,)),) = answer.json().items()
    assert name == field
    assert words in sentence


@pytest.mark.parametrize(
    ("address", "viewer_may"),
    [
        ("cases/", 403),
        ("items/", 403),
        ("cases/{case}/", 200),
        ("letters/", 200),
        ("letters/{letter}/", 200),
        ("guidelines/", 200),
        ("treatments/", 200),
    ],
)
def test_a_token_may_what_its_user_may(
    program: Program, take: Take, address: str, viewer_may: int
) -> None:
    found = take(letter())
    at = address.format(letter=found.pk, case=Case.objects.get().pk)
    assert program.ask(at).status_code == 200
    assert Program("viewer").ask(at).status_code == viewer_may
    answer = Client().get(f"/api/v1/{at}")
    assert answer.status_code == 401
    assert answer["WWW-Authenticate"] == "Bearer"
    assert program.ask(at)["Cache-Control"] == "no-store, private"


def test_no_session_opens_the_api(analyst: Client, five: None) -> None:
    assert analyst.get("/api/v1/cases/").status_code == 401
    assert analyst.post("/api/v1/letters/", {"files": []}).status_code == 401


def test_a_viewer_adds_nothing(db: None) -> None:
    file = SimpleUploadedFile("a.txt", letter())
    answer = Program("viewer").ask("letters/", "post", data={"files": [file]})
    assert answer.status_code == 403
    assert "Ask a manager" in answer.json()["detail"]
    assert not Letter.objects.exists()


def test_letters_come_in_with_an_answer_each(program: Program) -> None:
    files = [
        SimpleUploadedFile("one.txt", letter()),
        SimpleUploadedFile("twin.txt", letter()),
        SimpleUploadedFile("tool.pdf", b"\x7fELF" + bytes(2000)),
    ]
    told = program.ask("letters/", "post", data={"files": files}).json()
    found = Letter.objects.get()
    assert [(a["name"], a["verdict"], a["code"]) for a in told["answers"]] == [
        ("one.txt", "received", ""),
        ("twin.txt", "here", ""),
        ("tool.pdf", "refused", "no-letter"),
    ]
    assert told["answers"][1]["letter"] == {"id": found.pk, "url": f"/letters/{found.pk}/"}
    assert found.batch_id == told["batch"]
    assert found.received_by == program.user
    entry = LogEntry.objects.get_for_object(found).get()
    assert (entry.actor, entry.remote_addr) == (program.user, "127.0.0.1")
    (row,) = program.rows(f"letters/?batch={told['batch']}&state=received")
    assert (row["name"], row["cases"]) == ("one.txt", [])
    answer = program.ask("letters/", "post")
    assert (answer.status_code, answer.json()) == (400, {"files": ["Choose at least one file."]})


def test_a_letter_tells_what_became_of_it(program: Program, take: Take) -> None:
    good = take(letter())
    bad = take(b"Dear all, lunch is at noon. " * 40, "lunch.txt")
    rows = program.rows("letters/?limit=1")
    assert [row["id"] for row in rows] == [bad.pk, good.pk]
    assert rows[0]["code"] == "not-a-determination"
    assert rows[0]["sentence"].startswith("The file is no Independent")
    assert rows[0]["next_step"]
    assert program.ask(f"letters/{good.pk}/").json()["cases"] == [
        {"id": Case.objects.get().pk, "name": "CM17-9000001"}
    ]


def test_catalogues(program: Program) -> None:
    assert len(program.ask("guidelines/").json()) == Guideline.objects.count() > 0
    names = {row["slug"] for row in program.ask("treatments/").json()}
    assert "carisoprodol" in names


@pytest.mark.parametrize("address", ["cases/", "items/", "letters/"])
def test_queries_do_not_grow_with_rows(
    program: Program,
    take: Take,
    address: str,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    take(letter("CM17-9000000"))
    program.ask(address)  # the use of the token is noted once a minute
    with django_assert_max_num_queries(20) as one:
        program.ask(address)
    for n in range(1, 8):
        take(letter(f"CM17-900000{n}", items=(item(), MRI)), f"{n}.txt")
    with django_assert_max_num_queries(len(one)):
        assert len(program.ask(address).json()["results"]) >= 8


def test_what_is_fetched_is_recorded(program: Program, five: None) -> None:
    program.rows("items/?item_outcome=overturned&limit=1")
    record = Export.objects.get(user=program.user)
    assert (record.kind, record.rows, record.filters) == ("items", 2, "item_outcome=overturned")
    program.rows("items/?item_outcome=overturned")
    assert Export.objects.count() == 2


class TestTokens:
    def test_only_a_hash_is_kept(self, program: Program) -> None:
        assert program.secret.startswith("imr_")
        values = Token.objects.values_list().get()
        assert program.secret not in str(values)

    def test_its_use_is_noted(self, program: Program) -> None:
        assert Token.objects.get().used_at is None
        program.ask("guidelines/")
        used = Token.objects.get().used_at
        assert used
        assert timezone.now() - used < timedelta(minutes=1)

    @pytest.mark.parametrize("header", ["Bearer", "Bearer x y", "Bearer é", "Bearer imr_no"])
    def test_what_is_no_token_stays_out(self, db: None, header: str) -> None:
        answer = Client(headers={"Authorization": header}).get("/api/v1/guidelines/")
        assert answer.status_code == 401

    def test_one_that_has_expired_stays_out(self, db: None) -> None:
        program = Program("analyst", days=30)
        assert program.ask("guidelines/").status_code == 200
        Token.objects.update(expires_at=timezone.now())
        assert program.ask("guidelines/").status_code == 401

    def test_that_of_a_closed_account_stays_out(self, program: Program) -> None:
        User.objects.filter(pk=program.user.pk).update(is_active=False)
        assert program.ask("guidelines/").status_code == 401

    def test_made_and_revoked_on_a_page(self, analyst: Client) -> None:
        page = analyst.post("/account/tokens/", {"name": "pandas", "lasts": "90"})
        assert page["Cache-Control"] == "no-store, private"
        (secret,) = re.findall(r"<code>(imr_[^<]+)</code>", page.content.decode())
        assert secret not in analyst.get("/account/tokens/").content.decode()
        token = Token.objects.get()
        assert token.expires_at.date() - date.today() >= timedelta(days=89)
        client = Client(headers={"Authorization": f"Bearer {secret}"})
        assert client.get("/api/v1/guidelines/").status_code == 200
        analyst.post(f"/account/tokens/{token.pk}/revoke")
        assert client.get("/api/v1/guidelines/").status_code == 401
        entries = LogEntry.objects.filter(object_repr="pandas").order_by("pk")
        made, revoked = LogEntry.Action.CREATE, LogEntry.Action.DELETE
        assert [(e.action, e.actor.username) for e in entries] == [
            (made, "analyst"),
            (revoked, "analyst"),
        ]
        assert not any("digest" in e.changes_dict for e in entries)

    def test_nobody_revokes_anothers(self, program: Program, analyst: Client) -> None:
        assert analyst.post(f"/account/tokens/{program.token.pk}/revoke").status_code == 404
        assert "nightly" not in analyst.get("/account/tokens/").content.decode()

    def test_there_is_a_most(self, analyst: Client, settings: Settings) -> None:
        settings.API_TOKENS_MOST = 2
        for _ in range(3):
            page = analyst.post("/account/tokens/", {"name": "x", "lasts": ""}).content.decode()
        assert "You have 2 tokens. Revoke one first." in page
        assert Token.objects.count() == 2


def test_too_many_calls_are_told_when_to_come_again(
    program: Program, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(UserRateThrottle, "rate", "2/min", raising=False)
    answers = [program.ask("guidelines/") for _ in range(3)]
    assert [answer.status_code for answer in answers] == [200, 200, 429]
    assert int(answers[2]["Retry-After"]) > 0


def test_the_description_is_whole(analyst: Client, tmp_path: Path) -> None:
    call_command("spectacular", validate=True, fail_on_warn=True, file=str(tmp_path / "schema.yml"))
    told = analyst.get("/api/v1/schema.json").json()
    names = {each["name"] for each in told["paths"]["/api/v1/items/"]["get"]["parameters"]}
    assert {"item_outcome", "guideline", "q", "cursor", "limit"} <= names
    assert Client().get("/api/v1/schema.json").status_code in {401, 403}
    page = analyst.get("/api/v1/").content.decode()
    for words in ("/api/v1/items/", "citations.printed_pages", "upheld or overturned", "cursor"):
        assert words in page


def test_the_lines_of_the_documentation_run(
    live_server: LiveServer, take: Take, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The very lines, with pandas, against a server."""
    for n in range(5):
        take(letter(f"CM17-900000{n}", items=(item(), MRI)), f"{n}.txt")
    monkeypatch.setenv("IMRSITE_TOKEN", Program("analyst").secret)
    told = Path(__file__).parents[2].joinpath("docs/api.md").read_text()
    three, paged, citations = re.findall(r"```python\n(.+?)```", told, re.DOTALL)
    names: dict[str, Any] = {}

    def run(lines: str) -> pandas.DataFrame:
        lines = lines.replace("https://imr.example.org", live_server.url)
        exec(lines.replace("limit=1000", "limit=2"), names)  # pages of two, to turn some
        return names["items"]

    assert len([line for line in three.splitlines() if line and "import" not in line]) == 3
    assert list(run(three)["service"]) == ["MRI of the left knee"] * 5
    names["items"] = None
    items = run(paged)
    assert len(items) == 10
    assert sorted(items["number"].unique()) == [f"CM17-900000{n}" for n in range(5)]
    run(citations)
    assert set(names["citations"]["name"]) == {"MTUS Low Back"}
