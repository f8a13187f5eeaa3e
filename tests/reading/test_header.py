"""The header and the credentials, in whatever order an extractor gives them."""

from datetime import date

import pytest

from reviews import reading
from reviews.reading.text import from_string
from reviews.reading.types import Determination
from tests.reading.invented import HEADER, Letter


def read(printed: str) -> Determination:
    return reading.read(from_string(printed))


def dates(found: Determination) -> list[date | None]:
    fields = (found.assigned, found.injury, found.decision, found.ur_denial, found.received)
    return [value.value if value else None for value in fields]


RIGHT = [
    date(2015, 3, 2),
    date(2012, 5, 6),
    date(2015, 4, 1),
    date(2015, 2, 3),
    date(2015, 2, 20),
]
LABELS_FIRST = """Case Number:
Date Assigned:
Date of Injury:
Decision Date:
UR Denial Date:
Priority:
Application Received:
CM15-0900001
03/02/2015
05/06/2012
04/01/2015
02/03/2015
Standard
02/20/2015
"""


@pytest.mark.parametrize(
    "header",
    [
        HEADER,
        HEADER.replace("\n", " "),
        HEADER.replace(" ", "\n"),
        HEADER.replace("\n", "\n\n \n\n"),
        LABELS_FIRST,  # a table's labels, then its values
        HEADER.replace("/", "-"),
        HEADER.replace("04/01/2015", "April 1, 2015").replace("05/06/2012", "5/6/12"),
        HEADER.replace("02/20/2015", "02/20/ 2015"),
        # the case number in the midst
        "Priority: Standard\nDate Assigned: 03/02/2015\nCase Number: CM15-0900001\nDecision Date: "
        "04/01/2015\nUR Denial Date: 02/03/2015\nDate of Injury: 05/06/2012\n"
        "Application Received: 02/20/2015\n",
        # a label printed around its value
        HEADER.replace("Received:\n02/20/2015", "  02/20/2015\n      Received:"),
    ],
)
def test_a_header_in_any_order(header: str) -> None:
    found = read(Letter(header=header).printed())
    assert found.case_number and found.case_number.value == "CM15-0900001"
    assert dates(found) == RIGHT
    assert found.priority and found.priority.value == "standard"
    assert found.flags == ()


@pytest.mark.parametrize(
    ("printed", "number"),
    [
        ("CM15-0900001", "CM15-0900001"),
        ("CM15 - 0900001", "CM15-0900001"),
        ("CM15-\n0900001", "CM15-0900001"),
        ("CM15–0900001", "CM15-0900001"),
    ],
)
def test_case_numbers(printed: str, number: str) -> None:
    found = read(Letter(header=HEADER.replace("CM15-0900001", printed)).printed())
    assert found.case_number and found.case_number.value == number


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("04/01/2015", "13/41/2015", "header-value"),  # no such day
        ("04/01/2015", "", "header-value"),
        ("CM15-0900001", "CM15-09000", "header-value"),
        ("Priority: Standard", "Priority: Leisurely", "header-value"),
    ],
)
def test_a_label_without_a_value_is_flagged(old: str, new: str, code: str) -> None:
    found = read(Letter(header=HEADER.replace(old, new)).printed())
    assert code in [flag.code for flag in found.flags]


@pytest.mark.parametrize(
    ("told", "code"),
    [
        ("who weaves, seen on 5/6/2012", "injury-unclear"),
        ("with an injury from 1/2/2010 to 5/6/2012", "injury-unclear"),  # a period
    ],
)
def test_an_unclear_day_of_injury_is_flagged(told: str, code: str) -> None:
    printed = Letter(header="").printed()
    found = read(printed.replace("who sustained an industrial injury on 5/6/2012", told))
    assert [flag.code for flag in found.flags] == [code]


def test_expedited() -> None:
    found = read(Letter(header=HEADER.replace("Standard", "Expedited")).printed())
    assert found.priority and found.priority.value == "expedited"


def test_without_a_header_the_summary_gives_the_injury_date() -> None:
    found = read(Letter(header="").printed())
    assert dates(found) == [None, date(2012, 5, 6), None, None, None]
    assert [notice.code for notice in found.notices] == ["no-header"]
    assert found.flags == ()


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("on 5/6/2012", "on 5/7/2012", "injury-dates-differ"),
        ("UR Denial Date: 02/03/2015", "UR Denial Date: 02/03/2016", "dates-out-of-order"),
        ("Priority: Standard ", "", "header-incomplete"),
    ],
)
def test_what_is_odd_about_a_header_is_a_notice(old: str, new: str, code: str) -> None:
    found = read(Letter().printed().replace(old, new))
    assert code in [notice.code for notice in found.notices]
    assert found.flags == ()
    assert dates(found)[1] == date(2012, 5, 6)  # the header's word stands


@pytest.mark.parametrize(
    ("licensed", "states"),
    [
        ("Utah", ["Utah"]),
        ("Utah,Ohio,New York", ["Utah", "Ohio", "New York"]),
        ("Utah, Ohio and West Virginia", ["Utah", "Ohio", "West Virginia"]),
        ("Washington, D.C., Maine", ["Washington, D.C.", "Maine"]),
        ("New\nMexico", ["New Mexico"]),
        ("Utah, Ohio ##", ["Utah", "Ohio"]),  # an extractor's sign before the next heading
    ],
)
def test_states(licensed: str, states: list[str]) -> None:
    found = read(Letter().printed().replace("Utah, New Mexico", licensed))
    assert [name.value for name in found.licensed_in] == states
    assert found.flags == ()


@pytest.mark.parametrize(
    ("certified", "names"),
    [
        ("Neurology", ["Neurology"]),
        ("Public Health & General Preventive Medicine", None),
        ("Endocrinology, Diabetes & Metabolism, Urology", ["Endocrinology, Diabetes & Metabolism"]),
        ("Physical Medicine and Rehabilitation", ["Physical Medicine and Rehabilitation"]),
        ("Hospice & Palliative Medicine, Surgery", ["Hospice & Palliative Medicine", "Surgery"]),
    ],
)
def test_specialties(certified: str, names: list[str] | None) -> None:
    printed = Letter().printed()
    found = read(printed.replace("Physical Medicine & Rehabilitation, Pain Management", certified))
    got = [name.value for name in found.specialties]
    assert got[: len(names or [certified])] == (names or [certified])
    assert found.flags == ()


@pytest.mark.parametrize("lost", ["Utah, New Mexico", "Physical Medicine & Rehabilitation, Pain"])
def test_credentials_that_are_not_names_are_flagged(lost: str) -> None:
    printed = Letter().printed().replace(lost, "He has read 40 books: all of them. He")
    assert read(printed).flags


def test_a_cover_letter_adds_its_claim_number_and_outcome() -> None:
    cover = (
        "Independent Medical Review Final Determination Letter\nDated: 04/01/2015\n"
        "Employee: A. Nobody\nClaim Number: LOOM-77\nIMR Case Number: CM15-0900001\n"
        "Dear A. Nobody:\nFinal Determination: OVERTURN. We decided.\nSincerely,\nDirector\n\f"
    )
    found = read(cover + Letter().printed())
    assert found.claim_number and found.claim_number.value == "LOOM-77"
    assert found.cover_outcome and found.cover_outcome.value == "overturned"
    assert found.case_number and found.case_number.value == "CM15-0900001"
    assert dates(found) == RIGHT
    assert [notice.code for notice in found.notices] == ["cover-differs"]
    assert [section.name for section in found.sections][:2] == ["cover", "header"]
    assert found.flags == ()


def test_text_that_no_part_claims_is_flagged() -> None:
    found = read("Some words about weaving that stand before the letter.\n" + Letter().printed())
    assert [flag.code for flag in found.flags] == ["unclaimed-text"]
