"""Notices on citations: what to check, and what is only recalled and raises nothing."""

import pytest

from reviews import reading
from reviews.reading.text import from_string
from tests.reading.invented import HEADER, Invented, Letter

LATER = HEADER.replace("/2015", "/2019")


def codes(cited: str, header: str = HEADER) -> list[str]:
    letter = Letter(header=header, items=[Invented(expert=f"Decision based on {cited}")])
    (item,) = reading.read(from_string(letter.printed())).items
    return [notice.code for citation in item.expert.citations for notice in citation.notices]


@pytest.mark.parametrize(
    ("cited", "expected"),
    [
        ("MTUS ACOEM Chapter 12 Low Back Complaints Page(s): 300-305.", []),
        ("MTUS ACOEM Chapter 12 Low Back Complaints Page(s): 12.", ["page-outside-guideline"]),
        ("MTUS Chronic Pain Treatment Guidelines Page(s): 127.", []),
        ("MTUS Chronic Pain Treatment Guidelines Page(s): 128.", ["page-outside-guideline"]),
        # the pages of the elbow's editions are recalled with medium confidence
        ("MTUS ACOEM Chapter 10 Elbow Complaints Page(s): 9.", []),
        ("MTUS Chronic Pain Treatment Guidelines Exercise Page(s): 46.", []),
        ("MTUS Chronic Pain Treatment Guidelines Exercise Page(s): 90.", ["page-outside-topic"]),
        # an unknown topic may stand anywhere
        ("MTUS Chronic Pain Treatment Guidelines Exercise, Yarn Page(s): 90.", []),
        ("MTUS ACOEM Chapter 9 Low Back Complaints.", ["chapter-name-differs"]),
        ("Non-MTUS Citation ODG, Pain, page 9.", ["odg-with-pages"]),
        ("MTUS Chronic Pain Medical Treatment 2016.", ["edition-not-in-force"]),
        ("MTUS Chronic Pain Medical Treatment 2009.", []),
        ("MTUS Low Back Disorders 2020.", ["edition-not-in-force"]),
    ],
)
def test_citations_of_2015(cited: str, expected: list[str]) -> None:
    assert codes(cited) == expected


@pytest.mark.parametrize(
    ("cited", "expected"),
    [
        ("MTUS Low Back Complaints 2004.", ["edition-not-in-force"]),
        ("MTUS Shoulder Disorders 2016.", []),
        ("MTUS Low Back Disorders 2020.", ["edition-not-in-force"]),  # later than the decision
    ],
)
def test_citations_of_2019(cited: str, expected: list[str]) -> None:
    assert codes(cited, LATER) == expected


def test_without_a_date_no_edition_is_doubted() -> None:
    assert codes("MTUS Chronic Pain Medical Treatment 2016.", "") == []


def test_notices_of_citations_stand_among_the_letters_own() -> None:
    letter = Letter(
        items=[Invented(expert="Decision based on Non-MTUS Citation ODG, Pain, page 9.")]
    )
    found = reading.read(from_string(letter.printed()))
    assert "odg-with-pages" in [notice.code for notice in found.notices]
    assert all("heck" in n.sentence for n in found.notices if n.code == "odg-with-pages")


def test_rationales_are_cited_apart() -> None:
    why = (
        "Per the ACOEM Practice Guidelines, Chapter 12, Low Back Complaints, page 303, rest is "
        "brief. The Official Disability Guidelines, Pain Chapter, agree. The request is not "
        "medically necessary."
    )
    item = Invented(expert="Decision based on MTUS Knee Complaints 2004.", rationale=why)
    (found,) = reading.read(from_string(Letter(items=[item]).printed())).items
    assert [(c.source, c.guideline, c.pages) for c in found.rationale_citations] == [
        ("MTUS", "mtus-low-back", ((303, 303),)),
        ("ODG", "odg-pain", ()),
    ]
    assert [c.guideline for c in found.expert.citations] == ["mtus-knee"]
