"""Time grows with the letter's length: long runs of anything end soon."""

import time

import pytest

from reviews import reading
from reviews.reading.text import from_string

RUNS = [
    *'aA1 \n.,;:-(/–&"§\té',
    *("a ", "1 ", "A. ", "1.", "1, ", "1-", "(a", "not ", "is ", "and ", "the ", "1/1/2011 "),
    *("MTUS ", "ODG ", "ACOEM ", "Chapter ", "Page(s): ", "Low Back ", "9792.", "www.", "2004 "),
    *("Knee; ", "Low Back Chapter, ", "Low Back Disorders, and ", "Chronic Pain page 1 "),
    *("Section(s): Low Back Disorders, ", "ODG, Knee. ", "Non-MTUS Citation ", "(Revised 2007) "),
    *("Decision based on ", "Upheld", ": Upheld\n", "Section(s): ", "the original request. "),
    *("1) The request for ", "1) Regarding the request for ", "Case Number: ", "year old "),
    *("Claims Administrator guideline: ", "MAXIMUS guideline: ", "Decision rationale: "),
    *("CLINICAL CASE SUMMARY ", "diagnosed with ", "medically ", "medical necessity "),
    *("Board Certified in ", "licensed to practice in ", "treatment to date has included "),
]
PLACES = {
    "alone": "{}",
    "summary": "CLINICAL CASE SUMMARY\n{}",
    "heading": "IMR ISSUES, DECISIONS AND RATIONALES\n{}: Upheld\nMAXIMUS guideline: x",
    "blocks": (
        "IMR ISSUES, DECISIONS AND RATIONALES\nLoom: Upheld\n"
        "Claims Administrator guideline: Decision based on MTUS {}\n"
        "MAXIMUS guideline: Decision based on Non-MTUS Citation {}\n"
        "Decision rationale: {}"
    ),
}
LENGTH = 30_000
SECONDS = 3.0  # some ten times what the slowest takes; a quadratic pattern takes minutes


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("run", RUNS)
def test_long_runs_end_in_bounded_time(run: str, place: str) -> None:
    count = PLACES[place].count("{}")
    printed = PLACES[place].replace("{}", run * (LENGTH // count // len(run)))
    started = time.process_time()
    for determination in reading.read_all(from_string(printed)):
        reading.as_json(determination, "long.txt")
    assert time.process_time() - started < SECONDS
