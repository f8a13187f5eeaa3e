"""By when a determination that overturns a denial must be followed. Not legal advice.

What the rules say, in our own words:

- 8 CCR 9792.10.7(a)(2) and Labor Code 4610.6: services not yet given are authorized within five
  working days of receiving the final determination, sooner where the employee's condition asks
  for it, and employee and provider are told.
- 8 CCR 9792.10.7(a)(1) and Labor Code 4610.6: services already given are reimbursed within twenty
  days after receiving it; what is left to settle about the amount goes by Labor Code 4603.2-4603.6.
- Both unless an appeal is filed, or liability is disputed for another reason than necessity.
- 8 CCR 9792.10.7(c) and Labor Code 4610.6(h): a verified appeal to the Appeals Board within thirty
  days of the date of mailing.

Read in copies of the regulation (dir.ca.gov), of the statute's subdivision (h) as quoted in Matute
v. Los Angeles Unified School District (Appeals Board en banc, 2015), of 8 CCR 10605, of CCP 135, of
Government Code 6700, 6701 and 19853 and of Labor Code 4600.4. The statute's own words on the five
and the twenty days were not seen; the regulation repeats them.

What is our reckoning, because no rule that we found says it for this case:

- The day of receipt is not counted. So it is read for utilization review's five days.
- A working day is no weekend and no court holiday. No law defines it for these five days; for
  utilization review, the Appeals Board left Saturdays out (Puni Pa'u, 2019) and counted the day
  after Thanksgiving in (Gomez, 2018). Where a day that is not on every list of holidays made the
  date later, `safe_on` is the date without it.
- The twenty days are days of the calendar and never moved, not even from a Sunday: the early side.
- The thirty days move on from a weekend or a holiday of every list, when the Appeals Board takes
  no papers. Matute adds five days for service by mail within California: told apart.
- Where nobody entered the day of receipt: mailed on the day of the decision, and received five
  days later, the days that 8 CCR 10605 and CCP 1013 add for mail within California. Neither says
  that it was received then, and it may have come electronically on the day itself.
"""

from dataclasses import dataclass
from datetime import MAXYEAR, date, timedelta
from enum import StrEnum

from cases.court_days import ONE, holiday, is_court_day, may_be_working_day

WORKING_DAYS = 5
REIMBURSE_DAYS = 20
APPEAL_DAYS = 30
MAIL_DAYS = 5


class Kind(StrEnum):
    """What an overturned item asks for."""

    AUTHORIZE = "authorize"
    REIMBURSE = "reimburse"


@dataclass(frozen=True)
class Rule:
    """A rule as the page cites it: its name, what it says in our words, and where."""

    name: str
    cite: str
    sentence: str


RULES = {
    Kind.AUTHORIZE: Rule(
        "Five working days to authorize",
        "8 CCR 9792.10.7(a)(2), Labor Code 4610.6",
        "Services not yet given are authorized within five working days of receiving the "
        "determination, sooner if the worker's condition asks for it; the worker and the provider "
        "are told.",
    ),
    Kind.REIMBURSE: Rule(
        "Twenty days to reimburse",
        "8 CCR 9792.10.7(a)(1), Labor Code 4610.6",
        "Services already given are reimbursed within twenty days after receiving the "
        "determination; what is left to settle about the amount goes by Labor Code 4603.2 to "
        "4603.6.",
    ),
}
APPEAL = Rule(
    "Thirty days to appeal",
    "8 CCR 9792.10.7(c), Labor Code 4610.6(h)",
    "A verified appeal to the Workers' Compensation Appeals Board is filed within thirty days of "
    "the date of mailing.",
)


@dataclass(frozen=True)
class Start:
    """When the time began to run. `assumed`: nobody entered when the letter was received."""

    mailed_on: date | None
    received_on: date | None
    assumed: bool


@dataclass(frozen=True)
class Due:
    """By when. `safe_on`: an earlier day by a stricter count, `because` of these days."""

    due_on: date
    safe_on: date | None = None
    because: tuple[str, ...] = ()


@dataclass(frozen=True)
class Appeal:
    """The last day of the thirty, and the last one if five days of mail are added."""

    until: date
    if_mailed: date


def kind_of(retrospective: bool) -> Kind:
    return Kind.REIMBURSE if retrospective else Kind.AUTHORIZE


def start(decided_on: date | None, received_on: date | None) -> Start:
    """From the decision's date and the receipt that somebody entered.

    A receipt before the decision is that of an earlier one of the same case, and says nothing.
    """
    if received_on and (decided_on is None or received_on >= decided_on):
        return Start(decided_on, received_on, assumed=False)
    if decided_on and decided_on.year == MAXYEAR:
        decided_on = None  # misprinted; no day can be reckoned from it
    assumed = decided_on + timedelta(days=MAIL_DAYS) if decided_on else None
    return Start(decided_on, assumed, assumed=True)


def due(kind: Kind, received_on: date) -> Due:
    return authorize_by(received_on) if kind == Kind.AUTHORIZE else reimburse_by(received_on)


def authorize_by(received_on: date) -> Due:
    """The fifth working day after receipt."""
    by_courts, strictly = received_on, received_on
    for _ in range(WORKING_DAYS):
        by_courts += ONE
        while not is_court_day(by_courts):
            by_courts += ONE
        strictly += ONE
        while not may_be_working_day(strictly):
            strictly += ONE
    if strictly == by_courts:
        return Due(by_courts)
    return Due(by_courts, strictly, _disputed(received_on, by_courts))


def _disputed(after: date, until: date) -> tuple[str, ...]:
    """The holidays in between that are not on every list."""
    days = (after + timedelta(days=n) for n in range(1, (until - after).days + 1))
    found = [(day, holiday(day)) for day in days if day.weekday() < 5]
    return tuple(f"{h.name} ({day})" for day, h in found if h and not h.everywhere)


def reimburse_by(received_on: date) -> Due:
    """The twentieth day after receipt, whatever day of the week."""
    return Due(received_on + timedelta(days=REIMBURSE_DAYS))


def appeal_until(mailed_on: date) -> Appeal:
    return Appeal(
        _open(mailed_on + timedelta(days=APPEAL_DAYS)),
        _open(mailed_on + timedelta(days=APPEAL_DAYS + MAIL_DAYS)),
    )


def _open(day: date) -> date:
    """That day, or the next one on which the Appeals Board may be open."""
    while not may_be_working_day(day):
        day += ONE
    return day
