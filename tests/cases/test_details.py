"""The details of a disputed item: stored as told, shown in words, each beside its place."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from cases.models import Case, Letter
from reviews.models import DisputedItem
from reviews.wording import in_words
from tests.letters import item, letter

Take = Callable[..., Letter]


@pytest.mark.parametrize(
    ("details", "words"),
    [
        ({}, []),
        (
            {"strength": "350mg", "form": "tablet", "quantity": 60, "refills": 1},
            ["350mg", "tablet", "#60", "1 refill"],
        ),
        ({"refills": 0, "sessions": 12}, ["no refills", "12 visits"]),
        ({"body_parts": ["knee"], "side": "left"}, ["left knee"]),
        # whose the side is, is not told
        ({"body_parts": ["neck", "hand"], "side": "right"}, ["neck", "hand", "right side"]),
        ({"side": "bilateral"}, ["both sides"]),
        (
            {"retrospective": True, "service_dates": ["2017-06-14"]},
            ["retrospective", "service of 2017-06-14"],
        ),
    ],
)
def test_in_words(details: dict[str, Any], words: list[str]) -> None:
    assert [detail.words for detail in in_words(details, {})] == words


def test_what_is_told_is_stored_and_shown_with_its_place(viewer: Client, take: Take) -> None:
    take(letter(items=(item("Retrospective massage of the left knee, 6 visits (DOS 6/14/17)"),)))
    stored = DisputedItem.objects.get()
    assert stored.details == {
        "sessions": 6,
        "body_parts": ["knee"],
        "side": "left",
        "retrospective": True,
        "service_dates": ["2017-06-14"],
    }
    text = stored.review.transcript.text
    assert [text[start:end] for start, end, *_ in stored.receipts["details"]["sessions"]] == [
        "6 visits"
    ]
    page = viewer.get(Case.objects.get().get_absolute_url()).content.decode()
    for words in ("6 visits", "left knee", "retrospective", "service of 2017-06-14"):
        assert f">{words}</a>" in page
