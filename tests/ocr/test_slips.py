"""What recognition gets wrong in the form's own words and numbers, and what is left alone."""

import pytest

from reviews.reading.ocr import Page, Word
from reviews.reading.scan import letter_text, mended
from reviews.reading.types import LetterText, Posture

FLAT = Posture(0, 0.0, 612.0, 792.0)


@pytest.mark.parametrize(
    ("recognised", "meant"),
    [
        # `;` and a stray full stop for `:`
        ("Case Number; CM16-0123456", "Case Number: CM16-0123456"),
        ("Priority.: Standard Application", "Priority: Standard Application"),
        ("Decision Date :. 03/27/2020", "Decision Date: 03/27/2020"),
        ("MRI of the left knee; Upheld", "MRI of the left knee: Upheld"),
        ("Norco 10/325mg #60. : Overturned.", "Norco 10/325mg #60: Overturned"),
        # l, 1 and I; O and 0; rn and m
        ("Claims Adm1nistrator guidellne: MTUS", "Claims Administrator guideline: MTUS"),
        ("CLlNICAL CASE SUMMARY", "CLINICAL CASE SUMMARY"),
        ("Norco: Overtumed", "Norco: Overturned"),
        ("Norco: UpheId", "Norco: Upheld"),
        ("Case Number: CMI6-OI23456", "Case Number: CM16-0123456"),
        ("Case Number: CM16—0123456", "Case Number: CM16-0123456"),
        ("Date of Injury: O3/l4/2016", "Date of Injury: 03/14/2016"),
        ("Norco l0mg #6O", "Norco 10mg #60"),
        # broken words, ligatures, long dashes
        ("Decision ration ale: The", "Decision rationale: The"),
        ("Over turned", "Overturned"),
        ("the ofﬁce — ﬂuoroscopy", "the office - fluoroscopy"),
        # prose stays as it is
        ("I was in ill health; all is well.", "I was in ill health; all is well."),
        ("The denial was upheld; he went on.", "The denial was upheld; he went on."),
        ("The office is in Oil City, 11/2 miles", "The office is in Oil City, 11/2 miles"),
        ("State(s) of Licensure: Illinois", "State(s) of Licensure: Illinois"),
    ],
)
def test_slips_are_mended(recognised: str, meant: str) -> None:
    assert mended(recognised) == meant
    assert mended(meant) == meant


def line(*words: str, sure: float = 95, foot: float = 700, height: float = 9) -> tuple[Word, ...]:
    return tuple(
        Word(word, sure, (72 + 40 * n, foot, 108 + 40 * n, foot + height))
        for n, word in enumerate(words)
    )


def joined(*pages: tuple[tuple[Word, ...], ...]) -> LetterText:
    return letter_text([Page(lines, len(pages), FLAT) for lines in pages])


def test_lines_pages_and_boxes() -> None:
    text = joined((line("One", "two"), line("three", foot=680)), (line("Four"),))
    assert text.text == "One two\nthree\n\fFour\n"
    assert text.page_starts == (0, 15)
    assert [text.text[each.start : each.end] for each in text.lines] == ["One two", "three", "Four"]
    assert [each.page for each in text.lines] == [1, 1, 2]
    assert (text.origin, text.confidence) == ("scan", 95)
    assert text.lines[0].box == (72, 697.75, 148, 709)


def test_boxes_are_as_high_whatever_letters_a_line_has() -> None:
    text = joined((line("Tall"), line("tall"), line("mean", foot=680, height=5)))
    boxes = [each.box for each in text.lines]
    assert {round(box[3] - box[1], 2) for box in boxes if box} == {11.25}


def test_rules_and_specks_are_left_out() -> None:
    specks = (*line("|Priority:"), *line("—_—|", sure=30), *line(".", sure=40), *line("Standard_"))
    assert joined((specks, line("ie", sure=31, foot=20))).text == "Priority: Standard\n"


def test_white_sheets_have_no_words() -> None:
    text = joined((), ())
    assert (text.text, text.page_starts, text.confidence) == ("\f", (0, 1), 0)
