"""The pages: what they show, what they say when there is nothing, and how many queries they ask."""

import re
from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils.html import escape

from cases.models import Case, Letter
from tests.letters import item, letter

Take = Callable[..., Letter]


def test_nothing_yet_says_what_to_do(analyst: Client, viewer: Client) -> None:
    page = analyst.get("/cases/").content.decode()
    assert "No letter yet" in page
    assert "/admin/cases/letter/add/" in page
    assert "Ask an analyst" in viewer.get("/cases/").content.decode()
    assert "No letter yet" in analyst.get("/letters/").content.decode()


def test_no_match_says_what_to_do(analyst: Client, take: Take) -> None:
    take(letter())
    page = analyst.get("/cases/?sex=male").content.decode()
    assert "No case matches" in page
    assert "reset all of them" in page


def test_a_filter_that_is_not_understood_shows_nothing_and_says_so(
    analyst: Client, take: Take
) -> None:
    take(letter())
    page = analyst.get("/cases/?age_min=young").content.decode()
    assert "not understood" in page
    assert "CM17-9000001" not in page
    answer = analyst.get("/cases/export.csv?age_min=young")
    assert answer.status_code == 400
    assert "Nothing was exported" in answer.content.decode()


def test_the_list_shows_the_cases(viewer: Client, take: Take) -> None:
    take(letter(items=(item("Norco 10/325mg #60"), item("MRI <left> knee", "Overturned"))))
    page = viewer.get("/cases/").content.decode()
    for words in (
        "1 case",
        "CM17-9000001",
        '44, <span class="whole">female</span>',
        "2016-03-04",
        "2017-02-01",
        "Occupational Medicine",
        "Norco 10/325mg #60",
        "MRI &lt;left&gt; knee",
        "Upheld",
        "Overturned",
        "MTUS Low Back",
    ):
        assert words in page
    assert "<left>" not in page
    assert "Export" not in page  # a viewer looks


def test_the_list_shows_the_items_asked_for_and_counts_the_others(
    viewer: Client, take: Take
) -> None:
    take(letter(items=(item("Norco 10/325mg #60"), item("MRI of the knee", "Overturned"))))
    page = viewer.get("/cases/?item_outcome=overturned").content.decode()
    assert "MRI of the knee" in page
    assert "Norco" not in page
    assert "and 1 other item" in page


def test_a_case_shows_the_whole(viewer: Client, take: Take) -> None:
    take(letter(items=(item(), item("MRI of the left knee", "Overturned"))))
    page = viewer.get(Case.objects.get().get_absolute_url()).content.decode()
    for words in (
        "Upheld, the denial stands",
        "Overturned, the treatment is necessary",
        "Claims administrator",
        "Expert reviewer",
        "Physical Methods",
        "2004 edition",
        "lumbar strain",
        "The records show no gain in function.",
        "HOW THE IMR FINAL DETERMINATION WAS MADE",
    ):
        assert words in page
    assert "Download" not in page  # a viewer looks


def test_flags_are_shown_as_what_to_check(viewer: Client, take: Take) -> None:
    take(letter(items=(item(rationale="The request is medically necessary."),)))
    review = Case.objects.get().review
    assert review.flagged
    page = viewer.get(Case.objects.get().get_absolute_url()).content.decode()
    assert "What to check" in page
    assert escape(review.flags[0]["sentence"]) in page


def test_pages_go_on(viewer: Client, take: Take, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("cases.views.cases.PAGE_SIZE", 2)
    for n in range(1, 6):
        take(letter(f"CM17-900000{n}"), f"{n}.txt")
    seen = []
    for number in (1, 2, 3):
        page = viewer.get(f"/cases/?sort=number&page={number}").content.decode()
        seen += re.findall(r">(CM17-900000\d)</a>", page)
    assert seen == [f"CM17-900000{n}" for n in range(1, 6)]
    assert viewer.get("/cases/?page=99").status_code == 200
    assert viewer.get("/cases/?page=x").status_code == 200


@pytest.mark.parametrize("address", ["/cases/", "/cases/?item_outcome=upheld", "/letters/"])
def test_queries_do_not_grow_with_rows(viewer: Client, take: Take, address: str) -> None:
    def count() -> int:
        with CaptureQueriesContext(connection) as queries:
            viewer.get(address)
        return len(queries)

    take(letter())
    viewer.get(address)  # fills the cache of choices
    few = count()
    for n in range(2, 8):
        take(letter(f"CM17-900000{n}", (item(), item("MRI of the knee"))), f"{n}.txt")
    assert count() == few


def test_letters_tell_how_they_stand(analyst: Client, take: Take) -> None:
    take(letter())
    bad = take(b"Dear all, lunch is at noon. " * 40, "lunch.txt")
    page = analyst.get("/letters/").content.decode()
    assert "Cannot be read" in page
    assert "no Independent Medical Review determination" in page
    assert "hx-get" not in page  # nothing is under way, so nothing is polled
    assert "lunch.txt" not in analyst.get("/letters/?state=read").content.decode()
    shown = analyst.get(bad.get_absolute_url()).content.decode()
    assert "What next:" in shown
    assert "Read it again" in shown


def test_letters_under_way_refresh_themselves(analyst: Client, take: Take) -> None:
    take(letter())
    Letter.objects.update(state="received")
    assert 'hx-trigger="every 2s"' in analyst.get("/letters/").content.decode()
    part = analyst.get("/letters/", headers={"HX-Request": "true"}).content.decode()
    assert part.lstrip().startswith('<div id="letters"')


def test_status_json_is_the_tables_truth(viewer: Client, take: Take) -> None:
    take(letter())
    answer = viewer.get("/letters/status.json")
    assert answer.json() == {
        "received": 0,
        "reading": 0,
        "read": 1,
        "unreadable": 0,
        "failed": 0,
    }
    again = viewer.get("/letters/status.json", headers={"If-None-Match": answer["ETag"]})
    assert again.status_code == 304


def test_retry(analyst: Client, take: Take) -> None:
    bad = take(b"Dear all, lunch is at noon. " * 40, "lunch.txt")
    analyst.post(f"/letters/{bad.pk}/retry")
    bad.refresh_from_db()
    assert bad.state == "received"
