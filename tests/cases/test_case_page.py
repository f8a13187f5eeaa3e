"""The case page: what to check, each value and its words, and the place that is asked for."""

import re
from collections.abc import Callable

import pytest
from django.test import Client
from django.utils.html import strip_tags

from cases.checking import Line, to_check
from cases.models import Case, Letter
from cases.places import Place, asked_place, marked_pages, places_of
from cases.transcript import TextPage
from reviews.models import DisputedItem, Review
from tests.letters import item, letter

Take = Callable[..., Letter]


@pytest.mark.parametrize(
    ("words", "place"),
    [
        ("3-12", (3, 12)),
        (None, None),
        ("", None),
        ("12", None),
        ("-3-12", None),
        ("3-12 ", None),
        ("٣-١٢", None),
        ("3-" + 20 * "9", None),
    ],
)
def test_a_place_is_two_numbers(words: str | None, place: tuple[int, int] | None) -> None:
    assert asked_place(words) == place


def pieces(
    places: list[Place], at: tuple[int, int] | None = None, page: int = 0
) -> list[tuple[str, str, bool]]:
    pages = [TextPage(1, 0, "Norco 10mg. \U0001f642\n\f"), TextPage(2, 15, "The end.")]
    found = marked_pages(pages, places, at)[page].pieces
    assert "".join(piece.text for piece in found) == pages[page].text
    return [(piece.text, piece.key, piece.marked) for piece in found]


def test_a_text_is_cut_into_the_words_of_its_values() -> None:
    within = [Place(6, 10, "inner"), Place(0, 11, "outer", long=True)]
    assert pieces(within) == [
        ("Norco ", "outer", False),
        ("10mg", "inner", False),
        (".", "outer", False),
        (" \U0001f642\n\f", "", False),
    ]
    across = [Place(12, 18, "both")]
    assert pieces(across)[-1] == ("\U0001f642\n\f", "both", False)
    assert pieces(across, page=1) == [("The", "both", False), (" end.", "", False)]
    assert pieces([Place(-5, 0, "before"), Place(40, 50, "behind")])[0][1] == ""


def test_what_is_asked_for_is_marked_whatever_it_cuts() -> None:
    assert pieces([Place(0, 10, "drug")], at=(6, 13)) == [
        ("Norco ", "drug", False),
        ("10mg", "drug", True),
        (". \U0001f642", "", True),
        ("\n\f", "", False),
    ]
    assert pieces([], at=(400, 500)) == [("Norco 10mg. \U0001f642\n\f", "", False)]


def test_without_scripts_the_place_asked_for_is_marked(viewer: Client, take: Take) -> None:
    take(letter())
    case = Case.objects.get()
    text = case.review.transcript.text
    start = text.index("lumbar strain")
    place = f"{start}-{start + 13}"
    page = viewer.get(f"{case.get_absolute_url()}?as=text&at={place}").content.decode()
    found = re.search(rf'<mark id="at-{place}">(.*?)</mark>', page)
    assert found
    assert strip_tags(found[1]) == "lumbar strain"
    assert "<mark" not in viewer.get(f"{case.get_absolute_url()}?at=nowhere").content.decode()


def test_every_value_leads_to_its_words_and_they_lead_back(viewer: Client, take: Take) -> None:
    take(letter(items=(item("Norco 10mg #60 with 1 refill"), item("MRI of the left knee"))))
    case = Case.objects.get()
    page = viewer.get(case.get_absolute_url()).content.decode()
    ids = re.findall(r'id="(v-[^"]+)"', page)
    assert len(ids) == len(set(ids))
    assert {f"v-{place.key}" for place in places_of(case.review)} == set(ids)
    words = set(re.findall(r'class="told" (?:href="#|data-value=")(v-[^"]+)"', page))
    assert words <= set(ids)
    # Of the others, all words belong to values within them, as "left knee" in the service.
    assert {"v-age", "v-clinical_summary", "v-1-rationale", "v-1-details-refills-0"} <= words


def test_the_text_stands_on_the_page_to_the_letter(viewer: Client, take: Take) -> None:
    take(b"\n\n" + letter())
    page = viewer.get(Case.objects.get().get_absolute_url()).content.decode()
    shown = re.search(r"<pre [^>]*>\n(.*?)</pre>", page, re.DOTALL)
    assert shown
    assert strip_tags(shown[1]) == Case.objects.get().review.transcript.text


def test_the_same_is_said_once_with_all_its_places() -> None:
    flag = {"code": "a", "sentence": "Odd.", "span": [1, 2]}
    review = Review(pk=1, flags=[flag], notices=[flag, flag, {**flag, "span": [3, 4]}])
    review._prefetched_objects_cache = {"items": DisputedItem.objects.none()}
    assert [(line.doubt, [spot.span for spot in line.spots]) for line in to_check(review)] == [
        (True, [[1, 2]]),
        (False, [[1, 2], [3, 4]]),
    ]


def test_the_same_words_are_said_once_with_whose_they_are() -> None:
    line = Line(1, "Odd.", doubt=False)
    for span, whose in (
        ([1, 2], ""),
        ([1, 2], "item 1, expert"),
        ([1, 2], ""),
        ([1, 2], "item 2, expert"),
        ([3, 4], ""),
        (None, ""),
    ):
        line.add(span, whose)
    assert [(spot.span, spot.whose) for spot in line.spots] == [
        ([1, 2], "item 1, expert"),
        ([1, 2], "item 2, expert"),
        ([3, 4], ""),
        (None, ""),
    ]
