"""The list as each person sets it up: columns, length, saved views, cases opened last, ticks."""

from collections.abc import Callable

import pytest
from auditlog.models import LogEntry
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from cases.desk import settled_query
from cases.models import Case, Letter, ListSettings, Opened, SavedView
from tests.conftest import client_of
from tests.letters import item, letter

Take = Callable[..., Letter]


def test_long_rows_are_folded(viewer: Client, take: Take) -> None:
    take(letter(items=tuple(item(f"MRI number {n}") for n in range(1, 8))))
    page = viewer.get("/cases/").content.decode()
    assert "<summary>4 more</summary>" in page
    assert page.index("MRI number 3") < page.index("4 more") < page.index("MRI number 4")


def test_columns_and_length_are_kept(viewer: Client, take: Take) -> None:
    take(letter())
    before = viewer.get("/cases/").content.decode()
    assert 'data-label="Injury"' in before
    assert 'data-label="Licensed in"' not in before
    asked = {
        "column": ["licensed", "items", "nonsense"],
        "size": "25",
        "next": "/cases/?sex=female",
    }
    assert viewer.post("/cases/settings", asked)["Location"] == "/cases/?sex=female"
    settings = ListSettings.objects.get()
    assert (settings.columns, settings.page_size) == (["licensed", "items"], 25)
    page = viewer.get("/cases/").content.decode()
    assert 'data-label="Injury"' not in page
    assert 'data-label="Licensed in"' in page
    assert '<input type="radio" name="size" value="25" checked>' in page
    viewer.post("/cases/settings", {"usual": "1"})
    assert 'data-label="Injury"' in viewer.get("/cases/").content.decode()


@pytest.mark.parametrize("size", ["", "1000000", "x"])
def test_a_length_that_is_not_offered_is_the_usual_one(viewer: Client, size: str) -> None:
    viewer.post("/cases/settings", {"size": size})
    assert ListSettings.objects.get().page_size == 50


def test_another_person_keeps_their_own(viewer: Client, analyst: Client, take: Take) -> None:
    take(letter())
    viewer.post("/cases/settings", {"column": ["items"], "size": "100"})
    assert 'data-label="Injury"' in analyst.get("/cases/").content.decode()


@pytest.mark.parametrize(
    ("query", "kept"),
    [
        ("", ""),
        ("sort=-decided&page=3&count=all&q=", ""),
        ("sort=age&sex=male", "sex=male&sort=age"),
        ("outcome=upheld&outcome=overturned&outcome=upheld", "outcome=overturned&outcome=upheld"),
        ("unknown=1&sex=male&csrfmiddlewaretoken=x", "sex=male"),
    ],
)
def test_a_query_is_kept_as_what_it_sets(query: str, kept: str) -> None:
    assert settled_query(query) == kept


def test_a_view_is_saved_opened_renamed_and_deleted(viewer: Client, take: Take) -> None:
    take(letter())
    saved = viewer.post("/views/save", {"name": "Women", "query": "sex=female&page=2&x=1"})
    view = SavedView.objects.get()
    assert saved["Location"] == "/cases/?sex=female"
    assert viewer.get(f"/views/{view.pk}/")["Location"] == "/cases/?sex=female"
    page = viewer.get("/cases/?sort=-decided&sex=female").content.decode()
    assert "View: Women" in page
    assert "Save this list as" not in page
    viewer.post(f"/views/{view.pk}/rename", {"name": "Female"})
    shown = viewer.get("/views/").content.decode()
    assert "The view is now called “Female”." in shown
    assert "Sex: <b>female</b>" in shown
    assert f"http://testserver/views/{view.pk}/" in shown
    viewer.post(f"/views/{view.pk}/delete")
    assert "is deleted. No case is." in viewer.get("/views/").content.decode()
    assert not SavedView.objects.exists()
    assert Case.objects.exists()
    assert LogEntry.objects.get_for_model(SavedView).count() == 3


@pytest.mark.parametrize("name", ["", "   ", "Women", "x" * 81])
def test_a_name_must_be_there_and_new(viewer: Client, name: str) -> None:
    viewer.post("/views/save", {"name": "Women", "query": "sex=female"})
    answer = viewer.post("/views/save", {"name": name, "query": "sex=male"}, follow=True)
    assert 'class="error"' in answer.content.decode()
    assert SavedView.objects.count() == 1
    assert answer.redirect_chain == [("/cases/?sex=male", 302)]


def test_a_view_can_be_passed_on_but_not_changed_by_others(viewer: Client, analyst: Client) -> None:
    viewer.post("/views/save", {"name": "Women", "query": "sex=female"})
    pk = SavedView.objects.get().pk
    assert analyst.get(f"/views/{pk}/")["Location"] == "/cases/?sex=female"
    assert "Women" not in analyst.get("/views/").content.decode()
    for verb in ("rename", "first", "delete"):
        assert analyst.post(f"/views/{pk}/{verb}", {"name": "Mine"}).status_code == 404
    assert SavedView.objects.get().name == "Women"


def test_one_view_opens_first(viewer: Client) -> None:
    assert viewer.get("/")["Location"] == "/cases/"
    for name, query in (("Women", "sex=female"), ("Men", "sex=male")):
        viewer.post("/views/save", {"name": name, "query": query})
        viewer.post(f"/views/{SavedView.objects.get(name=name).pk}/first")
    assert viewer.get("/")["Location"] == "/cases/?sex=male"
    assert viewer.get("/cases/").status_code == 200  # the whole list stays in reach
    viewer.post(f"/views/{SavedView.objects.get(name='Men').pk}/first")
    assert viewer.get("/")["Location"] == "/cases/"


def test_cases_opened_last_come_first(viewer: Client, analyst: Client, take: Take) -> None:
    for n in range(1, 4):
        take(letter(f"CM17-900000{n}"), f"{n}.txt")
    cases = list(Case.objects.order_by("number"))
    for case in (cases[0], cases[1], cases[0]):
        viewer.get(case.get_absolute_url())
    me = User.objects.get(username="viewer").pk
    assert [each.case for each in Opened.objects.newest(me)] == cases[:2]
    assert "The cases that you open stand here." in analyst.get("/cases/").content.decode()


def test_ten_cases_are_remembered(viewer: Client, analyst: Client, take: Take) -> None:
    for n in range(12):
        take(letter(f"CM17-90000{n:02}"), f"{n}.txt")
    me, other = (User.objects.get(username=name).pk for name in ("viewer", "analyst"))
    cases = list(Case.objects.order_by("number"))
    Opened.objects.note(other, cases[0])
    for case in [*cases, cases[5]]:
        Opened.objects.note(me, case)
    with CaptureQueriesContext(connection) as queries:
        opened = [each.case.pk for each in Opened.objects.newest(me)]
    assert opened == [cases[n].pk for n in (5, 11, 10, 9, 8, 7, 6, 4, 3, 2)]
    assert len(queries) == 1
    assert Opened.objects.filter(user=me).count() == 10
    assert Opened.objects.filter(user=other).count() == 1


def test_ticks_are_for_those_who_export(viewer: Client, analyst: Client, take: Take) -> None:
    take(letter())
    case = Case.objects.get()
    assert 'name="case"' not in viewer.get("/cases/").content.decode()
    page = analyst.get("/cases/?sex=female&page=1").content.decode()
    assert f'name="case" value="{case.pk}" form="ticked"' in page
    assert '<input type="hidden" name="sex" value="female">' in page
    assert '<input type="hidden" name="page"' not in page


@pytest.mark.parametrize(
    ("query", "remark"),
    [
        ("shoe=42", "No filter is called “shoe”"),
        ("page=x", "“x” is no page"),
        ("count=some", "“count” takes the word “all” only"),
        ("facets=1", "“facets” takes the word “show” only"),
    ],
)
def test_what_is_passed_over_is_said(viewer: Client, take: Take, query: str, remark: str) -> None:
    take(letter())
    page = viewer.get(f"/cases/?{query}").content.decode()
    assert remark in page
    assert "CM17-9000001" in page
    assert 'class="remark"' not in viewer.get("/cases/?page=1&count=all").content.decode()


def test_the_list_asks_as_much_however_much_is_set_up(viewer: Client, take: Take) -> None:
    def count() -> int:
        with CaptureQueriesContext(connection) as queries:
            viewer.get("/cases/")
            viewer.get("/views/")
        return len(queries)

    take(letter())
    viewer.get("/cases/")
    viewer.get(Case.objects.get().get_absolute_url())
    viewer.post("/views/save", {"name": "0", "query": "treatment=carisoprodol"})
    few = count()
    for n in range(1, 6):
        viewer.post("/views/save", {"name": str(n), "query": f"treatment=carisoprodol&age_min={n}"})
        take(letter(f"CM17-900010{n}"), f"{n}.txt")
    for case in Case.objects.all():
        viewer.get(case.get_absolute_url())
    assert count() == few


def test_someone_who_may_not_look_saves_nothing(db: None) -> None:
    client_of("viewer")
    client = Client()
    client.force_login(User.objects.create_user("new"), "django.contrib.auth.backends.ModelBackend")
    assert client.post("/views/save", {"name": "x", "query": ""}).status_code == 403
    assert client.post("/cases/settings", {"size": "25"}).status_code == 403
    assert not SavedView.objects.exists()
