"""The cells of the list's rows: what stands in them, and that nothing in them is taken for HTML."""

import re
from types import SimpleNamespace
from typing import Any

import pytest

from cases.cells import CELLS, fold, lines_of
from cases.columns import CASE, COLUMNS
from cases.rows import Row

HOSTILE = "\"><script>alert('1')</script>&"


def row(words: str = "", items: int = 0) -> Row:
    """A case that says nothing but these words, wherever it can."""
    told = [words] if words else []
    values: dict[str, Any] = {
        "pk": 7,
        "number": words or None,
        "name": words or "scan.pdf",
        "checked": False,
        "corrected": False,
        "review__flagged": bool(words),
        "review__flags": [{"sentence": each} for each in told],
        "review__age": None,
        "review__sex": words,
        "review__date_of_injury": None,
        "review__decision_date": None,
        "review__specialties": told,
        "review__licensed_in": told,
    }
    item = {"service": words, "disputed": words, "outcome": "", "treatment__treatment_class": words}
    return Row(SimpleNamespace(**values), [SimpleNamespace(**item)] * items, 0, told * items, [])


def test_every_column_has_its_cell() -> None:
    assert list(CELLS) == [column.key for column in COLUMNS]


def test_no_words_of_a_letter_are_taken_for_html() -> None:
    (line,) = lines_of([row(HOSTILE, items=9)], [CASE, *COLUMNS], "q=%22&sort=age")
    assert "<script" not in line.link + line.cells
    assert "?q=%22&amp;sort=age" in line.link
    assert line.cells.count("&lt;script&gt;") > len(COLUMNS)
    attributes = re.findall(r'="([^"]*)"', line.cells)
    assert not [each for each in attributes if "<" in each]


@pytest.mark.parametrize(
    ("key", "cell"),
    [
        ("worker", "not told"),
        ("injury", "not told"),
        ("decision", "not told"),
        ("specialty", "not told"),
        ("licensed", "not told"),
        ("items", "no item was found in the letter"),
        ("guidelines", "none"),
        ("doubts", "nothing"),
    ],
)
def test_what_is_not_told_is_said(key: str, cell: str) -> None:
    assert re.sub("<[^>]+>", "", CELLS[key](row())) == cell


@pytest.mark.parametrize(
    ("values", "shown", "folded"),
    [("", "", ""), ("abcd", "abcd", ""), ("abcde", "abc", "de"), ("abcdefgh", "abc", "defgh")],
)
def test_folding_hides_two_at_least(values: str, shown: str, folded: str) -> None:
    assert fold(list(values), 4) == (list(shown), list(folded))
