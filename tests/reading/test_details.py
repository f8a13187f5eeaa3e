"""What headings tell of their services: strength, quantity, sessions, part and side, dates.

Every service is invented. What may be read in two ways is told as nothing.
"""

import time
from datetime import date
from typing import Any

import pytest

from reviews import reading
from reviews.reading import details
from reviews.reading.clean import clean
from reviews.reading.text import from_string
from tests.reading.invented import Invented, Letter

TOLD = ("strength", "form", "quantity", "refills", "sessions", "side", "retrospective")


def told(heading: str) -> dict[str, Any]:
    letter = clean(from_string(heading))
    found = details.read(letter, 0, len(letter.text))
    values = {name: getattr(found, name) for name in TOLD}
    plain = {name: value.value for name, value in values.items() if value}
    if found.body_parts:
        plain["parts"] = [part.value for part in found.body_parts]
    if found.service_dates:
        plain["days"] = [day.value for day in found.service_dates]
    return plain


@pytest.mark.parametrize(
    ("heading", "expected"),
    [
        ("Loom", {}),
        ("Soma 350mg #60", {"strength": "350mg", "quantity": 60}),
        (
            "Norco 5/325 mg tabs, QTY: 30",
            {"strength": "5/325mg", "form": "tablet", "quantity": 30},
        ),
        ("Butrans patch 10mcg/hr", {"strength": "10mcg/hr", "form": "patch"}),
        ("Lidocaine ointment 5% #1", {"strength": "5%", "form": "ointment", "quantity": 1}),
        (
            "Naproxen 550mg #90 with two (2) refills",
            {"strength": "550mg", "quantity": 90, "refills": 2},
        ),
        (
            "Six physical therapy visits for the left\nknee",
            {"sessions": 6, "parts": ["knee"], "side": "left"},
        ),
        (
            "Retrospective CT of the head (DOS 1/2/15)",
            {"parts": ["head"], "retrospective": "Retrospective", "days": [date(2015, 1, 2)]},
        ),
        # a quantity, and the days that it lasts
        ("Tramadol 50mg #60 day supply: 30", {"strength": "50mg", "quantity": 60}),
        # a dose is no quantity
        (
            "Colace 100mg #60, 1-2 tabs orally every 4-6 hrs",
            {"strength": "100mg", "form": "tablet", "quantity": 60},
        ),
        # a thing for a part, and a part for nobody
        ("Knee scooter rental", {}),
        ("Referral to a spine surgeon", {}),
    ],
)
def test_details(heading: str, expected: dict[str, Any]) -> None:
    assert told(heading) == expected


@pytest.mark.parametrize(
    ("heading", "strength"),
    [
        ("Percocet 10/325mg", "10/325mg"),
        ("Percocet 10mg/325 mg", "10mg/325mg"),
        ("Arthrotec 75-0.2mg", "75-0.2mg"),  # two drugs in one tablet
        ("Ultracet 37.5-325mg", "37.5-325mg"),  # so far apart that it is no range
        ("Xanax .5 mg", ".5mg"),
        ("Ergocalciferol 50,000 IU", "50,000IU"),
        ("Balm 4%-27.5%-0.0325% 121gm", "4%-27.5%-0.0325%"),  # grams are the package
        ("Soma 350mg. Soma 350 mg", "350mg"),
        ("Gabapentin 300mg #60 at 900mg/day", "300mg"),  # a dose is no strength
        ("Norco 5-10mg", None),  # a range
        ("Norco 5 to 10mg", None),
        ("Norco 5mg or 10mg", None),
        ("Norco 10/325mg and Soma 350mg", None),  # two drugs
        ("Gel 3% 300mg/g", None),  # two strengths of one
        ("Botulinum 100 units", None),  # potency or pieces
        ("MRI 1.5 Tesla", None),
        ("Brace after 50% improvement", None),
        ("Cream 240g", None),
    ],
)
def test_strength(heading: str, strength: str | None) -> None:
    assert told(heading).get("strength") == strength


@pytest.mark.parametrize(
    ("heading", "form"),
    [
        ("Lunesta caps 2mg", "capsule"),
        ("Balm in cream base", "cream"),
        ("Balm pads 4%", "pad"),
        ("Heating pads", None),  # equipment: pads need a strength to be a drug's
        ("Knee cap brace", None),
        ("Gel mattress", None),
        ("Epidural blood patch", None),
        ("Spray and stretch", None),
        ("Balm cream or gel", None),  # which of them is not told
    ],
)
def test_form(heading: str, form: str | None) -> None:
    assert told(heading).get("form") == form


@pytest.mark.parametrize(
    ("heading", "quantity"),
    [
        ("Soma # 60", 60),
        ("Soma #60.00", 60),
        ("Soma #1,000", 1000),
        ("Soma #60/month", 60),
        ("Soma quantity 60", 60),
        ("Soma quantity: sixty (60)", 60),
        ("Soma Qty. #42", 42),
        ("Soma 60 tablets", 60),
        ("Soma 30-count", 30),
        ("Tylenol #3 #60", 60),  # the first is its name
        ("X-ray of the loom, #1", 1),
        ("Soma quantity: sixty (50)", None),  # contradicts itself
        ("Soma #60 and Norco #30", None),  # two drugs
        ("Soma #60-90", None),
        ("Soma #30-day supply", None),  # days
        ("Balm #120gm", None),  # grams
        ("Soma 2 tablets", None),  # may be the dose
        ("Soma, take 6 tablets", None),
        ("Soma 6 tablets daily", None),
        ("Soma (unknown quantity)", None),
        ("Soma 30 days", None),
        ("TENS trial, #30", None),  # days or pieces
        ("Crown of tooth #30", None),
        ("Refill #2 of Soma", None),  # which, or how many
        ("Acupuncture visits, #6", None),  # visits, see below
    ],
)
def test_quantity(heading: str, quantity: int | None) -> None:
    assert told(heading).get("quantity") == quantity


@pytest.mark.parametrize(
    ("heading", "refills"),
    [
        ("Soma #60, 2 refills", 2),
        ("Soma #60 refills: 3", 3),
        ("Soma #60 refill x 1", 1),
        ("Two refills of Soma 350mg #90", 2),
        ("Soma #60 with no refills", 0),
        ("Soma #60 with refills", None),
        ("Soma #60 with 1-2 refills", None),
        ("Soma #60 with 1 to 2 refills", None),
        ("Soma 2 refills and Norco 3 refills", None),
        ("Refill #2 of Soma", None),
    ],
)
def test_refills(heading: str, refills: int | None) -> None:
    assert told(heading).get("refills") == refills


@pytest.mark.parametrize(
    ("heading", "sessions"),
    [
        ("Acupuncture 12 sessions", 12),
        ("Acupuncture three (3) sessions", 3),
        ("Twenty-four chiropractic treatments", 24),
        ("Massage, 6 additional one-hour visits", 6),
        ("Massage (8 sessions)", 8),
        ("Massage x6 visits", 6),
        ("Massage #12 visits", 12),
        ("Massage sessions for the elbow #6", 6),
        ("Massage times 12", 12),
        ("Massage x4", 4),
        ("Massage 2x6", 12),
        ("Massage two times four visits (8)", 8),
        ("Massage 2 x 3 weeks", 6),
        ("Massage three times a week for 2 weeks", 6),
        ("Massage 2x/wk x 6 wks", 12),
        ("Massage 2x/week x 6", 12),
        ("Massage 2 per week over a period of six weeks", 12),
        ("Massage 3 visits per week for 2 weeks", 6),
        ("Massage twice a week, neck, for four weeks (8 sessions)", 8),
        ("Massage weekly for 6 weeks", 6),
        ("Massage once a month for 3 months", 3),
        ("Massage twice a week for 4 weeks, 6 sessions", None),  # do not agree
        ("Massage 1 to 2 times a week for 4 weeks", None),
        ("Massage 1-2 times a week for 4 weeks, 8 sessions", 8),  # the second is sure
        ("Massage 2 times a week for 4-6 weeks", None),
        ("Massage 2 times a week for 3 months", None),  # of how many weeks
        ("Massage biweekly for 6 weeks", None),  # twice a week, or every other
        ("Massage 2 times a week", None),  # without an end
        ("Massage 3 visits per week", None),
        ("Massage 6-8 visits", None),
        ("Massage 6 to 8 visits", None),
        ("Massage up to 12 visits", None),
        ("Massage three (4) sessions", None),  # contradicts itself
        ("Massage after 6 sessions", None),  # over
        ("Massage, 45-minute sessions", None),
        ("Massage 2 weeks of sessions", None),
        ("Massage x 6 weeks", None),
        ("Massage x 6-8", None),
        ("MRI of the loom times 2", None),  # pieces, or times
        ("Gauze 4x4 for wound care", None),  # a size
        ("Cold therapy unit x1", None),
        ("Butrans patch once a week for 4 weeks", None),  # nobody attends a drug
    ],
)
def test_sessions(heading: str, sessions: int | None) -> None:
    assert told(heading).get("sessions") == sessions


@pytest.mark.parametrize(
    ("heading", "parts", "side"),
    [
        ("MRI of the right knee and lumbar spine", ["knee", "low back"], "right"),
        ("Left L5-S1 block", ["low back"], "left"),  # levels of the spine
        ("Fusion C5-6", ["neck"], None),
        ("Block T8-9", ["upper back"], None),
        ("T3 level in blood", None, None),  # a hormone
        ("L3999 brace", None, None),  # a code
        ("EMG/NCV BUE", ["upper extremity"], "bilateral"),
        ("EMG RLE", ["lower extremity"], "right"),
        ("EMG of both feet", ["foot"], "bilateral"),
        ("EMG of the left and right wrists", ["wrist"], "bilateral"),
        ("MRI L knee", ["knee"], "left"),
        ("MRI of the knee (R)", ["knee"], "right"),
        ("MRI L spine", ["low back"], None),  # lumbar
        ("Both visits", None, None),
        ("MRI of the left knee and right hip", ["knee", "hip"], None),  # which is whose
        ("MRI of the left or right knee", ["knee"], None),
        ("Massage, 2 visits left", None, None),
        ("Desk for a right-handed weaver", None, None),
        ("Face-to-face visit", None, None),
        ("Hand-held loom", None, None),
        ("Study for thoracic outlet", None, None),
        ("Return back to work", None, None),
        ("Tablet by mouth", None, None),
    ],
)
def test_part_and_side(heading: str, parts: list[str] | None, side: str | None) -> None:
    found = told(heading)
    assert (found.get("parts"), found.get("side")) == (parts, side)


@pytest.mark.parametrize(
    ("heading", "days"),
    [
        ("Loom (DOS 06/14/2017)", [date(2017, 6, 14)]),
        ("Loom, date of service: 1/2/15", [date(2015, 1, 2)]),
        ("Loom for date of service (DOS) June 14, 2017", [date(2017, 6, 14)]),
        ("Loom, performed on 6-14-17", [date(2017, 6, 14)]),
        (
            "Loom, dates of service 1/2/15, 2/3/15 and 1/2/15",
            [date(2015, 1, 2), date(2015, 2, 3)],
        ),
        ("Loom, DOS 1/2/15 - 3/4/15", None),  # some days from then to then
        ("Loom, DOS 1/2/15 through 3/4/15", None),
        ("Loom, DOS 13/40/15", None),
        ("Loom, per 1/2/2015 order", None),  # when it was ordered
    ],
)
def test_dates_of_service(heading: str, days: list[date] | None) -> None:
    assert told(heading).get("days") == days


@pytest.mark.parametrize(
    ("heading", "done"),
    [
        ("Retro: loom", True),
        ("Loom, retrospectively", True),
        ("Retro-patellar brace", False),
        ("Loom (DOS 1/2/15)", False),  # the word is not there
    ],
)
def test_retrospective(heading: str, done: bool) -> None:
    assert ("retrospective" in told(heading)) is done


def test_details_are_those_of_what_was_decided() -> None:
    heading = (
        "Retrospective Soma 350mg #90 was the original request. Soma 350mg #60 was authorized by "
        "the Claims Administrator. The remaining IMR eligible portion of the original request, "
        "Soma 350mg #30 is: Upheld"
    )
    printed = Letter(items=[Invented(heading=heading)]).printed()
    found = reading.read(from_string(printed))
    (item,) = reading.as_json(found, "any.txt")["items"]
    assert item["details"] == {
        "strength": "350mg",
        "form": None,
        "quantity": 30,
        "refills": None,
        "sessions": None,
        "body_parts": [],
        "side": None,
        "retrospective": False,
        "service_dates": [],
    }
    quantity = found.items[0].details.quantity
    assert quantity and printed[quantity.span.start : quantity.span.end] == "#30"


@pytest.mark.parametrize(
    "run",
    [
        *("1", "1 ", "#1 ", "1/", "1-", "1.", "1,", "1%", "1mg ", "1mg/", "six ", "six-", "(6) "),
        *("2x", "2 x ", "2 times ", "2 times a week ", "weekly ", "for ", "visits ", "a ", "a-"),
        *("2 a a a visit ", "visits a", "therapy 2", "left ", "left and ", "L ", "L5-", "both "),
        *("1/1/11 ", "DOS ", "DOS 1/1/11, ", "refill ", "refills 1 ", "1 tab ", "cap ", "back to "),
    ],
)
def test_long_runs_end_in_bounded_time(run: str) -> None:
    heading = f"Massage DOS 1/1/11, sessions {run * 3000}"
    started = time.process_time()
    told(heading)
    assert time.process_time() - started < 0.5
