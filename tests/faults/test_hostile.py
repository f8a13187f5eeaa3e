"""Fifty files made to do harm, among two hundred good letters."""

import io

import pytest

from cases.intake import receive
from cases.models import Letter, Reading
from samples.writer import invent
from tests.faults.hostile import files
from tests.faults.proof import assert_nothing_left, assert_sound, bring, wait_until_ended
from tests.workers import working

pytestmark = [pytest.mark.processes, pytest.mark.django_db(transaction=True)]

GOOD, PDFS, BAD = 200, 20, 50
NEVER_LETTERS = {"empty", "no-letter", "cut-off"}


def take_in(name: str, data: bytes) -> str:
    (answer,) = receive(io.BytesIO(data), name)
    return answer.code


def test_each_costs_itself_one_code_and_nothing_else(broker: object) -> None:
    bring((GOOD - PDFS) // 2)
    expected = {}
    for name, data, code in files(BAD):
        refused = take_in(name, data)
        assert (refused or code) == code, name
        if code not in NEVER_LETTERS:
            # Recognising scans is off here: what holds only pictures is told so.
            expected[name] = "ocr-off" if code == "no-text" else code
    for number in range(PDFS):
        assert take_in(f"{number}.pdf", invent(number, "G5").pdf(sealed=True)) == ""
    bring((GOOD - PDFS) // 2, start=1000)
    with working(OCR="0", LEASE_SECONDS="60") as worker:
        wait_until_ended(300)
        found = Letter.objects.exclude(state="read")
        assert dict(found.values_list("name", "code")) == expected
        assert set(found.values_list("state", flat=True)) == {"unreadable"}
        assert Letter.objects.filter(state="read").count() == GOOD
        assert Reading.objects.count() == GOOD
        assert set(Letter.objects.values_list("attempts", flat=True)) == {1}
        assert_sound()
        assert_nothing_left(worker)
