"""Disputed items: where headings begin and end, what was decided, of what."""

import pytest

from reviews import reading
from reviews.reading.text import from_string
from reviews.reading.types import Determination
from tests.reading.invented import SUMMARY_HEADING, Invented, Letter

CUT_DOWN = (
    "Acupuncture 18 sessions was the original request. Acupuncture 6 sessions was authorized by "
    "the Claims Administrator. The remaining IMR eligible portion of the original request, "
    "Acupuncture 12 sessions"
)
ALL_IN_DISPUTE = (
    "A loom was the original request. The Claims Administrator authorized a spindle, leaving the "
    "original request IMR eligible. The original request, A loom"
)
HEADINGS = [
    ("Exercise ball: Upheld", "Exercise ball", "upheld"),
    ("Exercise ball is: Overturned", "Exercise ball", "overturned"),
    ("Left L5-\nS1 exercise ball: Upheld", "Left L5-S1 exercise ball", "upheld"),
    ("Exercise ball — Overturned", "Exercise ball", "overturned"),
    ("Exercise ball:\nUpheld", "Exercise ball", "upheld"),  # the outcome on a line of its own
    ("Labs to include: EKG: Upheld", "Labs to include: EKG", "upheld"),  # the last colon counts
    ("Tape #60 day supply: 30: Overturned", "Tape #60 day supply: 30", "overturned"),
    (
        "X-ray (DOS 1/2/15, at St. Elsewhere): Upheld",
        "X-ray (DOS 1/2/15, at St. Elsewhere)",
        "upheld",
    ),
    (f"{CUT_DOWN} is: Upheld", CUT_DOWN, "upheld"),
    (f"{ALL_IN_DISPUTE}, is: Overturned", f"{ALL_IN_DISPUTE},", "overturned"),
]


def read(printed: str) -> Determination:
    return reading.read(from_string(printed))


def wrapped(text: str, width: int) -> str:
    """Text broken at spaces so that no line is longer than `width`."""
    lines = [""]
    for word in text.split():
        if len(lines[-1]) + 1 + len(word) > width and lines[-1]:
            lines.append("")
        lines[-1] = f"{lines[-1]} {word}".strip()
    return "\n".join(lines)


def spread(printed: str) -> str:
    """A blank line after every line; a line of spaces between paragraphs, as some dumps have."""
    return "\n\n".join(line or " " for line in printed.split("\n"))


LAYOUTS = {
    "blank lines between paragraphs": lambda text: text,
    "a blank line after every line": lambda text: spread(text.replace("\nClaims", "\n\nClaims")),
    "no blank line at all": lambda text: "\n".join(filter(None, text.split("\n"))),
    "one word a line": lambda text: "\n".join(text.split()),
    "CRLF": lambda text: text.replace("\n", "\r\n"),
}


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize(("heading", "service", "outcome"), HEADINGS)
def test_headings_in_every_layout(heading: str, service: str, outcome: str, layout: str) -> None:
    heading = "\n".join(wrapped(part, 80) for part in heading.split("\n"))
    letter = Letter(items=[Invented(heading="First thing: Upheld"), Invented(heading=heading)])
    found = read(LAYOUTS[layout](letter.printed()))
    assert [item.service.value.rstrip(",") for item in found.items] == [
        "First thing",
        service.rstrip(","),
    ]
    assert found.items[1].outcome and found.items[1].outcome.value == outcome
    assert found.items[0].rationale and found.items[0].rationale.value.endswith("necessary.")


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("", ""),
        ("was authorized by the", "was certified by"),
        ("IMR eligible portion", "portion"),
        ("original request. A", "original request; A"),
    ],
)
def test_a_cut_down_request_is_told_apart(old: str, new: str) -> None:
    heading = f"{CUT_DOWN.replace(old, new)} is: Upheld"
    (item,) = read(Letter(items=[Invented(heading=heading)]).printed()).items
    assert item.requested and item.requested.value == "Acupuncture 18 sessions"
    assert item.authorized and item.authorized.value == "Acupuncture 6 sessions"
    assert item.disputed and item.disputed.value == "Acupuncture 12 sessions"


def test_all_in_dispute_is_not_cut_apart() -> None:
    (item,) = read(Letter(items=[Invented(heading=f"{ALL_IN_DISPUTE} is: Upheld")]).printed()).items
    assert (item.requested, item.authorized, item.disputed) == (None, None, None)


def test_other_words_of_a_cut_down_request_are_flagged() -> None:
    heading = "A loom, cut down from the original request of two: Upheld"
    found = read(Letter(items=[Invented(heading=heading)]).printed())
    assert "request-unclear" in [flag.code for flag in found.flags]


def test_denials_in_the_summary_are_no_outcome() -> None:
    found = read(Letter(items=[Invented(heading="Loom: Overturned")]).printed())
    assert found.outcome == "overturned"


def test_both_outcomes_make_a_partial_overturn() -> None:
    items = [Invented(heading="Loom: Upheld"), Invented(heading="Yarn: Overturned")]
    assert read(Letter(items=items).printed()).outcome == "partially overturned"


@pytest.mark.parametrize(
    ("item", "code"),
    [
        (Invented(heading="Loom: Modified"), "outcome-unknown"),
        (Invented(heading="Loom: Partially Overturned"), "outcome-unknown"),
        (Invented(heading="Loom: Upheld/Overturned"), "outcome-unknown"),
        (Invented(heading="Loom"), "outcome-missing"),
        (Invented(heading="Therefore, the loom is not medically necessary."), "heading-unsure"),
        (Invented(heading="Loom: Overturned"), "verdict-differs"),
        (Invented(rationale=""), "part-empty"),
        (Invented(rationale="Not needed. Yarn: Upheld for now."), "outcome-loose"),
    ],
)
def test_doubts_about_an_item(item: Invented, code: str) -> None:
    found = read(Letter(items=[item]).printed())
    assert code in [flag.code for flag in found.flags]


def test_an_empty_summary_is_flagged() -> None:
    found = read(Letter(summary=SUMMARY_HEADING).printed())
    assert [flag.code for flag in found.flags] == ["part-empty"]


def test_a_missing_part_is_flagged() -> None:
    printed = Letter().printed().replace("MAXIMUS guideline:", "")
    assert "part-missing" in [flag.code for flag in read(printed).flags]


@pytest.mark.parametrize(
    "glued",
    [
        "That is notmedically necessary.",
        "Medical necessity has not been established.",
        "The request is non-certified.",
        "If it were medically necessary, more would be said. It is not medically necessary.",
        "No verdict at all.",
        "Not medically necessary. Of note, doses are to be tapered.",
    ],
)
def test_verdicts_that_uphold_agree_with_upheld(glued: str) -> None:
    found = read(Letter(items=[Invented(rationale=glued)]).printed())
    assert "verdict-differs" not in [flag.code for flag in found.flags]
