"""Whole letters of every generation, several in one file, and texts that are none."""

import pytest

from reviews import reading
from reviews.reading.text import from_string
from tests.reading.invented import EARLY_DECISIONS, NUMBERED, ONE_ISSUE, Invented, Letter


def test_decisions_listed_and_blocks_by_number() -> None:
    found = reading.read(from_string(EARLY_DECISIONS))
    assert found.generation == "G1"
    assert [item.service.value for item in found.items] == [
        "a standing desk",
        "six acupuncture visits",
    ]
    assert found.outcome == "partially overturned"
    assert [name.value for name in found.licensed_in] == ["Oregon", "Nevada"]
    assert [name.value for name in found.specialties] == ["Family Practice", "Pain Management"]
    desk, needles = found.items
    assert [c.guideline for c in desk.administrator.citations] == ["odg-low-back"]
    assert [c.guideline for c in desk.expert.citations] == ["mtus-low-back"]
    assert needles.administrator.citations == ()
    assert needles.rationale and needles.rationale.value.endswith("appropriate.")
    assert found.case_number and found.case_number.value == "CM13-0900002"
    assert found.flags == ()


def test_one_issue_whose_rationales_heading_decides() -> None:
    found = reading.read(from_string(ONE_ISSUE))
    (item,) = found.items
    assert found.generation == "G2"
    assert item.service.value == "Retrospective X-ray of the left elbow (DOS 1/11/2013)"
    assert item.outcome and item.outcome.value == "upheld"
    assert [c.printed_pages for c in item.expert.citations] == ["238"]
    assert item.rationale and item.rationale.value.startswith("No red flag")
    assert [name.value for name in found.specialties] == ["Orthopedic Surgery"]
    assert found.flags == ()


def test_one_issue_whose_rationale_concludes_otherwise_is_flagged() -> None:
    found = reading.read(
        from_string(ONE_ISSUE.replace("not medically necessary", "medically necessary"))
    )
    assert found.outcome == "upheld"
    assert "verdict-differs" in [flag.code for flag in found.flags]


def test_one_issue_that_was_necessary() -> None:
    printed = ONE_ISSUE.replace("IS/WAS NOT", "IS/WAS").replace("not medically", "medically")
    found = reading.read(from_string(printed))
    assert found.outcome == "overturned" and found.flags == ()


def test_numbered_sentences() -> None:
    found = reading.read(from_string(NUMBERED))
    (item,) = found.items
    assert found.generation == "G3"
    assert item.service.value == "Naproxen 500mg #60" and found.outcome == "overturned"
    assert [(c.year, c.printed_pages) for c in item.expert.citations] == [(2009, "68, 69")]
    assert found.flags == ()


@pytest.mark.parametrize(
    ("cited", "generation"),
    [
        ("MTUS ACOEM Chapter 13 Knee Complaints Page(s): 330.", "G4"),
        ("MTUS Knee Complaints 2004.", "G5"),
        ("MTUS Knee Disorders 2019.", "G6"),
        ("Non-MTUS Citation ODG, Knee.", "G4"),  # by the letter's date
    ],
)
def test_generations_by_their_citations(cited: str, generation: str) -> None:
    item = Invented(administrator="", expert=f"Decision based on {cited}")
    assert reading.read(from_string(Letter(items=[item]).printed())).generation == generation


LETTERS = [Letter().printed(), Letter(header="").printed(), EARLY_DECISIONS, NUMBERED]


@pytest.mark.parametrize("between", ["\n", "\f", "\n\n \n\n"])
def test_several_letters_are_told_apart(between: str) -> None:
    text = from_string(between.join(LETTERS))
    found = reading.read_all(text)
    alone = [reading.read(from_string(letter)) for letter in LETTERS]
    assert [d.outcome for d in found] == [d.outcome for d in alone]
    assert [len(d.items) for d in found] == [len(d.items) for d in alone]
    for determination in found:
        for item in determination.items:
            span = item.service.span
            assert text.text[span.start : span.end].split() == item.service.value.split()
    joined = "".join(text.text[s.span.start : s.span.end] for d in found for s in d.sections)
    assert joined == text.text
    assert "several-letters" in [flag.code for flag in reading.read(text).flags]


def test_pages_count_through_the_file() -> None:
    text = from_string("\f".join([Letter().printed()] * 2))
    first, second = reading.read_all(text)
    assert first.case_number and second.case_number
    assert (first.case_number.page, second.case_number.page) == (1, 2)


@pytest.mark.parametrize(
    "printed", ["", " \n", "A recipe for soup: Upheld by all.", "Dear Sir,\nwe write.\nSincerely,"]
)
def test_what_is_no_determination(printed: str) -> None:
    found = reading.read(from_string(printed))
    assert not reading.is_determination(found)
    assert "no-items" in [flag.code for flag in found.flags]


def test_a_letter_is_a_determination() -> None:
    assert reading.is_determination(reading.read(from_string(Letter().printed())))


def test_headings_of_2014_that_are_sentences() -> None:
    items = [
        Invented(heading="1. Loom 5mg #30 is not medically necessary and appropriate."),
        Invented(
            heading="2. The request for X-ray is medically necessary and appropriate.",
            rationale="It is medically necessary.",
        ),
    ]
    found = reading.read(from_string(Letter(items=items).printed()))
    assert [(i.service.value, i.outcome and i.outcome.value) for i in found.items] == [
        ("Loom 5mg #30", "upheld"),
        ("X-ray", "overturned"),
    ]
    assert found.flags == ()


def test_numbered_sentences_without_a_request() -> None:
    found = reading.read(from_string(NUMBERED.replace("The request for Naproxen", "Naproxen")))
    assert [item.service.value for item in found.items] == ["Naproxen 500mg #60"]


@pytest.mark.parametrize(
    ("label", "printed"),
    [
        ("MAXIMUS guideline:", "Maximus Guideline :"),
        ("Claims Administrator guideline:", "Claims administrator Guidelines:"),
        ("Claims Administrator guideline:", "CLAIMS ADMINISTRATOR GUIDELINE:"),
        ("Claims Administrator guideline:", "UR guideline:"),
        ("Decision rationale:", "Decision Rationale:"),
        ("CLINICAL CASE SUMMARY", "Clinical Case Summary"),
        ("Decision rationale:", "Decision\nrationale:"),
    ],
)
def test_labels_in_other_letters(label: str, printed: str) -> None:
    found = reading.read(from_string(Letter().printed().replace(label, printed)))
    (item,) = found.items
    assert len(item.administrator.citations) == len(item.expert.citations) == 1
    assert found.flags == ()


@pytest.mark.parametrize("words", ["Case Summary: He fell.", "CLINICAL CASE SUMMARY\nHe fell."])
def test_headings_quoted_in_a_rationale_open_nothing(words: str) -> None:
    letter = Letter(items=[Invented(rationale=f"As told:\n{words} It is not medically necessary.")])
    (found,) = reading.read_all(from_string(letter.printed()))
    assert [section.name for section in found.sections].count("clinical-summary") == 2
    assert found.items[0].rationale and "He fell" in found.items[0].rationale.value
    assert found.flags == ()
