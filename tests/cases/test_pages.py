"""The pages: what they show, what they say when there is nothing, and how many queries they ask."""

import io
import re
from collections.abc import Callable

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils.html import escape

from cases import counting, desk
from cases.intake import receive
from cases.models import Batch, Case, Letter
from cases.reader import read_letter
from cases.standing import spell
from tests.letters import item, letter

Take = Callable[..., Letter]


def test_nothing_yet_says_what_to_do(analyst: Client, viewer: Client) -> None:
    page = analyst.get("/cases/").content.decode()
    assert "No letter yet" in page
    assert "/letters/add/" in page
    assert "Ask an analyst" in viewer.get("/cases/").content.decode()
    assert "No letter yet" in analyst.get("/letters/").content.decode()


def test_no_match_says_what_to_do(analyst: Client, take: Take) -> None:
    take(letter())
    page = analyst.get("/cases/?sex=male").content.decode()
    assert "No case matches" in page
    assert "reset all of them" in page


@pytest.mark.parametrize("query", ["age_min=young", "flagged=perhaps", "checked=1", "sex=x"])
def test_a_filter_that_is_not_understood_shows_nothing_and_says_so(
    analyst: Client, take: Take, query: str
) -> None:
    take(letter())
    page = analyst.get(f"/cases/?{query}").content.decode()
    assert "not understood" in page
    assert "CM17-9000001" not in page
    answer = analyst.get(f"/cases/export.csv?{query}")
    assert answer.status_code == 400
    assert "Nothing was exported" in answer.content.decode()


@pytest.mark.parametrize("address", ["/letters/?section=x", "/letters/?batch=x", "/due/?section=x"])
def test_a_part_that_there_is_not_is_not_the_whole(viewer: Client, address: str) -> None:
    assert viewer.get(address).status_code == 404


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
    monkeypatch.setattr(desk, "PAGE_SIZE", 2)
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
        viewer.get(address)  # fills the caches, which are kept for a minute
        with CaptureQueriesContext(connection) as queries:
            viewer.get(address)
        return len(queries)

    take(letter())
    few = count()
    for n in range(2, 8):
        take(letter(f"CM17-900000{n}", (item(), item("MRI of the knee"))), f"{n}.txt")
    assert count() == few


def test_beyond_the_most_the_number_is_told_when_asked(
    viewer: Client, take: Take, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(counting, "MOST", 2)
    for n in (1, 2):
        take(letter(f"CM17-900000{n}"), f"{n}.txt")
    assert "2 cases" in viewer.get("/cases/").content.decode()
    take(letter("CM17-9000003"), "3.txt")
    page = viewer.get("/cases/?sex=female").content.decode()
    assert "More than 2 cases" in page
    assert "?sex=female&amp;count=all" in page
    assert "3 cases" in viewer.get("/cases/?sex=female&count=all").content.decode()


def test_letters_tell_how_they_stand(analyst: Client, take: Take) -> None:
    take(letter())
    bad = take(b"Dear all, lunch is at noon. " * 40, "lunch.txt")
    page = analyst.get("/letters/").content.decode()
    assert "Cannot be read" in page
    assert "no Independent Medical Review determination" in page
    assert "lunch.txt" not in analyst.get("/letters/?section=done").content.decode()
    assert "lunch.txt" in analyst.get("/letters/?section=attention").content.decode()
    shown = analyst.get(bad.get_absolute_url()).content.decode()
    assert "What next:" in shown
    assert "Read it again" in shown


def test_letters_stand_in_three_sections(analyst: Client, take: Take) -> None:
    take(letter(), "read.txt")
    take(b"Dear all, lunch is at noon. " * 40, "lunch.txt")
    list(receive(io.BytesIO(letter("CM17-9000002")), "waits.txt"))
    shown = analyst.get("/letters/").context["sections"]
    assert {each.key: [found.name for found in each.page] for each in shown} == {
        "attention": ["lunch.txt"],
        "progress": ["waits.txt"],
        "done": ["read.txt"],
    }
    part = analyst.get("/letters/", headers={"X-Part": "sections"}).content.decode()
    assert part.lstrip().startswith('<div id="letters"')


def test_a_batch_has_its_own_progress(analyst: Client, take: Take) -> None:
    take(letter("CM17-9000009"), "other.txt")
    files = [SimpleUploadedFile(f"{n}.txt", letter(f"CM17-900000{n}")) for n in (1, 2, 3)]
    answer = analyst.post("/admin/cases/letter/add/", {"files": files})
    batch = Batch.objects.get()
    assert f"?batch={batch.pk}" in answer.content.decode()
    read_letter(batch.letters.first().pk)
    page = analyst.get(f"/letters/?batch={batch.pk}").content.decode()
    assert '<progress max="3" value="1"' in page
    assert "1.txt and 2 more" in page
    assert "other.txt" not in page
    assert "1.txt and 2 more" in analyst.get("/letters/").content.decode()


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


def test_retry_and_cancel_what_is_ticked_or_all(analyst: Client, take: Take) -> None:
    for n in range(3):
        take(b"Lunch is at noon, number %d. " % n * 40, f"{n}.txt")
    keys = list(Letter.objects.order_by("pk").values_list("pk", flat=True))
    answer = analyst.post("/letters/retry", {"letters": keys[:2], "next": "/letters/?section=done"})
    assert answer["Location"] == "/letters/?section=done"
    assert Letter.objects.waiting().count() == 2
    analyst.post("/letters/cancel", {"letters": keys[:1]})
    assert Letter.objects.waiting().count() == 1
    analyst.post("/letters/cancel", {"all": "1"})
    assert not Letter.objects.waiting().exists()
    assert Letter.objects.needing_attention().count() == 1
    Letter.objects.filter(pk=keys[2]).update(state="failed", code="internal")
    analyst.post("/letters/retry", {"all": "1"})
    assert [found.pk for found in Letter.objects.waiting()] == [keys[2]]


@pytest.mark.parametrize("url", ["https://evil.example/", "//evil.example/", "letters"])
def test_buttons_lead_back_to_this_site_only(analyst: Client, url: str) -> None:
    assert analyst.post("/letters/retry", {"next": url})["Location"] == "/letters/"


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (None, ""),
        (-1, "0.00 s"),  # the clocks of two machines
        (0.084, "0.08 s"),
        (3.24, "3.2 s"),
        (90, "2 min"),
        (7200, "2 h"),
        (3 * 86400, "3 days"),
    ],
)
def test_times_are_spelt(seconds: float | None, words: str) -> None:
    assert spell(seconds) == words


def test_nothing_found_is_told_as_a_number(viewer: Client, take: Take) -> None:
    take(letter())
    assert "<h1>0 cases</h1>" in viewer.get("/cases/?sex=male").content.decode()
