"""How often what comes in real letters, and picking as often."""

import csv
from collections.abc import Mapping
from functools import cache
from itertools import accumulate
from random import Random
from typing import Any

from reviews.catalogue import ASIDES, DATA
from reviews.reading.catalogue import treatment_slug

YEARS = dict(zip(range(2013, 2027), (3, 14, 19, 18, 15, 12, 9, 7, 6, 5, 4, 4, 4, 3), strict=True))
SPECIALTIES = {
    ("Physical Medicine & Rehabilitation",): 24,
    ("Physical Medicine & Rehabilitation", "Pain Management"): 14,
    ("Preventive Medicine", "Occupational Medicine"): 13,
    ("Anesthesiology", "Pain Management"): 9,
    ("Family Practice",): 8,
    ("Orthopedic Surgery",): 8,
    ("Internal Medicine",): 6,
    ("Chiropractor",): 5,
    ("Neurology",): 3,
    ("Emergency Medicine",): 3,
    ("Orthopedic Surgery", "Sports Medicine"): 2,
    ("Psychologist",): 2,
    ("Psychiatry",): 1.5,
    ("Neurological Surgery",): 1,
    ("Internal Medicine", "Rheumatology"): 0.6,
    ("Dentist",): 0.4,
    ("Podiatrist",): 0.3,
    ("Ophthalmology",): 0.1,
}
STATES = {
    "California": 62,
    "Texas": 8,
    "New York": 6,
    "Florida": 5,
    "Arizona": 4,
    "Illinois": 3,
    "Oregon": 3,
    "North Carolina": 3,
    "New Jersey": 2,
    "Hawaii": 1,
    "West Virginia": 0.5,
    "Alaska": 0.1,
}
GUIDELINES = {
    "mtus-chronic-pain": 46,
    "odg-low-back": 8,
    "mtus-low-back": 7,
    "odg-pain": 6,
    "mtus-opioids": 5,
    "odg-knee-leg": 4,
    "mtus-shoulder": 4,
    "mtus-knee": 3,
    "mtus-neck-upper-back": 3,
    "odg-shoulder": 2.5,
    "odg-neck-upper-back": 2.5,
    "mtus-acupuncture": 2,
    "mtus-postsurgical": 2,
    "odg-mental-stress": 1.5,
    "acoem": 1,
    "odg-carpal-tunnel": 0.5,
    "odg-head": 0.3,
    "odg-hernia": 0.1,
    "odg-burns": 0.02,
    None: 2,
}
CATEGORIES = {
    "Pharmaceuticals": "pharmaceutical",
    "Diagnostic Testing": "diagnostic",
    "Surgery": "surgery",
    "Injection": "injection",
    "DMEPOS": "dme",
    "Rehabilitation": "therapy",
    "Therapies": "therapy",
    "Programs": "program",
    "Evaluation & Management": "evaluation",
    "Psych Services": "mental_health",
    "Home Health": "home_health",
}


class Shares:
    """Picks values as often as their shares say."""

    def __init__(self, shares: Mapping[Any, float]) -> None:
        self.values = list(shares)
        self.weights = list(accumulate(shares.values()))

    def pick(self, rng: Random) -> Any:
        return rng.choices(self.values, cum_weights=self.weights)[0]


def treatments() -> dict[tuple[str, str, str], float]:
    """Slug, name and category of the catalogue's treatments, a long tail; some are not named."""
    with (DATA / "treatments.csv").open(newline="", encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    Random(3).shuffle(rows)
    found = {
        (
            treatment_slug(row["canonical"]),
            row["canonical"],
            CATEGORIES.get(row["dwc_category"], "other"),
        ): 1 / (place + 2)
        for place, row in enumerate(rows)
    }
    return found | {("", "Unlisted request", "other"): sum(found.values()) / 7}


@cache
def guidelines() -> dict[str, str]:
    """The titles of the catalogue's guidelines by slug."""
    with (DATA / "guidelines.csv").open(newline="", encoding="utf-8") as file:
        return {row["slug"]: ASIDES.sub("", row["title"]) for row in csv.DictReader(file)}
