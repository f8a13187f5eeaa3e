"""Invents who and when: the worker, the expert reviewer, the dates of the case."""

from datetime import date, timedelta
from random import Random

from samples.model import Dates, Reviewer, Worker

STATES = (
    "California",
    "California",
    "California",
    "Texas",
    "New York",
    "Arizona",
    "Florida",
    "North Carolina",
    "West Virginia",
    "District of Columbia",
    "Illinois",
    "Hawaii",
    "New Jersey",
    "Oregon",
)
SPECIALTIES: tuple[tuple[str, ...], ...] = (
    ("Physical Medicine & Rehabilitation",),
    ("Physical Medicine & Rehabilitation", "Pain Management"),
    ("Preventive Medicine", "Occupational Medicine"),
    ("Anesthesiology", "Pain Management"),
    ("Family Practice",),
    ("Internal Medicine",),
    ("Orthopedic Surgery",),
    ("Orthopedic Surgery", "Sports Medicine"),
    ("Neurological Surgery",),
    ("Neurology",),
    ("Chiropractor",),
    ("Psychologist",),
    ("Emergency Medicine",),
    ("Internal Medicine", "Rheumatology"),
    ("Dentist",),
    ("Podiatrist",),
)
OTHERS = ("Chiropractor", "Psychologist", "Dentist", "Podiatrist")
PHYSICIANS = tuple(skills for skills in SPECIALTIES if skills[0] not in OTHERS)
CALLED = ("injured worker",) * 6 + ("applicant", "patient", "patient", "claimant")
# First and last decision of each generation's letters.
DECIDED = {
    "G1": (date(2013, 6, 3), date(2013, 12, 20)),
    "G2": (date(2013, 6, 3), date(2013, 12, 20)),
    "G3": (date(2013, 11, 4), date(2014, 5, 30)),
    "G4": (date(2014, 7, 1), date(2015, 12, 30)),
    "G5": (date(2016, 9, 1), date(2017, 11, 20)),
    "G6": (date(2018, 3, 1), date(2021, 11, 30)),
}
LONG_CLAIMS = ("G1", "G2", "G3", "G4")  # later letters tell of recent injuries more often


def invent_worker(rng: Random) -> Worker:
    age = min(78, max(20, round(rng.gauss(47, 11))))
    return Worker(age, rng.choice(("female", "male")), rng.choice(CALLED))


def invent_reviewer(rng: Random, generation: str) -> Reviewer:
    """Early letters say "Board Certified in", which fits physicians alone."""
    count = rng.choice((1, 1, 1, 2, 2, 3))
    states = tuple(dict.fromkeys(rng.choice(STATES) for _ in range(count)))
    known = SPECIALTIES if generation >= "G4" else PHYSICIANS
    return Reviewer(states, rng.choice(known))


def invent_dates(rng: Random, generation: str) -> tuple[Dates, frozenset[str]]:
    """The dates of a case in their right order, and what is odd about them."""
    first, last = DECIDED[generation]
    decision = first + timedelta(days=rng.randrange((last - first).days))
    assigned = decision - timedelta(days=rng.randint(15, 45))
    received = assigned - timedelta(days=rng.randint(3, 14))
    ur_denial = received - timedelta(days=rng.randint(4, 30))
    longest = 5000 if generation in LONG_CLAIMS or rng.random() < 0.4 else 200
    injury = ur_denial - timedelta(days=rng.randint(35, longest))
    told: date | None = injury
    odd: set[str] = set()
    if rng.random() < 0.03:
        told = injury - timedelta(days=rng.choice((1, 7, 10, 30)))
        odd.add("injury dates differ")
    elif rng.random() < 0.04:
        told = None
    return Dates(assigned, injury, decision, ur_denial, received, told), frozenset(odd)


def written(rng: Random, day: date) -> str:
    """A date in one of the forms of running text."""
    forms = (
        f"{day.month}-{day.day}-{day:%y}",
        f"{day.month:02}-{day.day:02}-{day.year}",
        f"{day.month}/{day.day}/{day.year}",
        f"{day:%m/%d/%Y}",
        f"{day:%B} {day.day}, {day.year}",
        f"{day:%B %d, %Y}",
        f"{day:%m/%d/ %Y}",
    )
    return rng.choice(forms)
