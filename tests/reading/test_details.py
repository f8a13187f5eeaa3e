"""What headings tell of their services: strength, quantity, sessions, part and side, dates."""

from datetime import date
from typing import Any

import pytest

from reviews.reading import details
from reviews.reading.clean import clean
from reviews.reading.text import from_string


def told(heading: str) -> dict[str, Any]:
    letter = clean(from_string(heading))
    found = details.read(letter, 0, len(letter.text))
    values = {
        "strength": found.strength,
        "form": found.form,
        "quantity": found.quantity,
        "sessions": found.sessions,
        "side": found.side,
    }
    plain = {name: value.value for name, value in values.items() if value}
    if found.body_parts:
        plain["parts"] = [part.value for part in found.body_parts]
    if found.retrospective:
        plain["days"] = [day.value for day in found.service_dates]
    return plain


@pytest.mark.parametrize(
    ("heading", "expected"),
    [
        ("Soma 350mg #60", {"strength": "350mg", "quantity": 60}),
        (
            "Norco 5/325 mg tabs, QTY: 30",
            {"strength": "5/325 mg", "form": "tablet", "quantity": 30},
        ),
        ("Butrans patch 10mcg/hr", {"strength": "10mcg/hr", "form": "patch"}),
        ("Lidocaine ointment 5% #1", {"strength": "5%", "form": "ointment", "quantity": 1}),
        ("Acupuncture 12 sessions", {"sessions": 12}),
        ("Six physical therapy visits for the neck", {"sessions": 6, "parts": ["neck"]}),
        ("Massage times 12", {"sessions": 12}),
        ("Massage three times a week for 2 weeks", {"sessions": 6}),  # reckoned
        ("Massage 3 visits per week for 2 weeks", {"sessions": 6}),
        ("Massage twice a week for four weeks (8 sessions)", {"sessions": 8}),
        (
            "MRI of the right knee and lumbar spine",
            {"side": "right", "parts": ["knee", "low back"]},
        ),
        ("EMG of the right arm and left hand", {"side": "bilateral", "parts": ["hand"]}),
        (
            "Retrospective CT of the head (DOS 1/2/15)",
            {"parts": ["head"], "days": [date(2015, 1, 2)]},
        ),
        ("Loom", {}),
    ],
)
def test_details(heading: str, expected: dict[str, Any]) -> None:
    assert told(heading) == expected
