"""The days on which California's courts are closed, and which of them every list agrees on.

Three lists of holidays are in use, and they differ:

- the courts': Code of Civil Procedure 135 (every full day of Government Code 6700 with exceptions,
  and the day after Thanksgiving), kept on Friday for Saturday and on Monday for Sunday (California
  Rules of Court 1.11);
- the Government Code's: 6700, with 6701 for Sundays and for a Veterans Day on a Saturday;
- the state's employees': Government Code 19853, which the Department of Human Resources publishes,
  and which Labor Code 4600.4(b) names since 2020 for "normal business days" of utilization review.

`everywhere` says that a day is on all three. The courts' own calendars of 2025 and 2026 are in the
tests. The lists were compared in texts of 2005 to 2026; a new holiday needs a new row here.
The packages that know holidays by country keep federal days and none of Lincoln Day, Native
American Day and the former Columbus Day, which the courts keep or kept.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from typing import NamedTuple

MON, THU, FRI, SAT, SUN = 0, 3, 4, 5, 6
ONE = timedelta(days=1)
Day = Callable[[int], date]


@dataclass(frozen=True)
class Rule:
    """A holiday by its name, its day in a year, and the years in which the courts keep it."""

    name: str
    day: Day
    everywhere: bool = True
    first: int = 1
    last: int = 9999


class Holiday(NamedTuple):
    """A day on which the courts are closed; `everywhere`: the other two lists have it as well."""

    name: str
    everywhere: bool


def on(month: int, day: int) -> Day:
    return lambda year: date(year, month, day)


def nth(n: int, weekday: int, month: int) -> Day:
    """The n-th such weekday of the month; of a weekday, 0 is Monday."""

    def day(year: int) -> date:
        first = date(year, month, 1)
        return first + timedelta(days=(weekday - first.weekday()) % 7 + 7 * (n - 1))

    return day


def last_monday_of_may(year: int) -> date:
    end = date(year, 5, 31)
    return end - timedelta(days=end.weekday())


def after_thanksgiving(year: int) -> date:
    return nth(4, THU, 11)(year) + ONE


# Not here, though Government Code 6700 has them: Admission Day, Good Friday's three hours, Lunar
# New Year, Genocide Remembrance Day and Diwali, which CCP 135 leaves out.
RULES = [
    Rule("New Year's Day", on(1, 1)),
    Rule("Martin Luther King Jr. Day", nth(3, MON, 1)),
    Rule("Lincoln Day", on(2, 12), everywhere=False),  # state employees work since 2009
    Rule("Presidents' Day", nth(3, MON, 2)),
    Rule("Cesar Chavez or Farmworkers Day", on(3, 31)),
    Rule("Memorial Day", last_monday_of_may),
    Rule("Juneteenth", on(6, 19), everywhere=False, first=2023),  # AB 1655 of 2022
    Rule("Independence Day", on(7, 4)),
    Rule("Labor Day", nth(1, MON, 9)),
    # AB 855 of 2021 put the one in the place of the other.
    Rule("Native American Day", nth(4, FRI, 9), everywhere=False, first=2022),
    Rule("Columbus Day", nth(2, MON, 10), everywhere=False, last=2021),
    Rule("Veterans Day", on(11, 11)),
    Rule("Thanksgiving Day", nth(4, THU, 11)),
    Rule("the day after Thanksgiving", after_thanksgiving, everywhere=False),
    Rule("Christmas Day", on(12, 25)),
]


@cache
def court_holidays(year: int) -> dict[date, Holiday]:
    """The days of this year on which courts are closed though it is not a weekend."""
    found: dict[date, Holiday] = {}
    for rule in RULES:
        for of in (year, year + 1):  # a New Year's Day on a Saturday is kept in December
            if rule.first <= of <= rule.last:
                day, holiday = _kept(rule, of)
                if day.year == year:
                    found[day] = holiday
    return found


def _kept(rule: Rule, year: int) -> tuple[date, Holiday]:
    """The day on which it is kept. Only the courts move every Saturday's holiday to Friday."""
    day = rule.day(year)
    if day.weekday() == SUN:
        return day + ONE, Holiday(rule.name, rule.everywhere)
    if day.weekday() == SAT:
        return day - ONE, Holiday(rule.name, rule.everywhere and rule.name == "Veterans Day")
    return day, Holiday(rule.name, rule.everywhere)


def holiday(day: date) -> Holiday | None:
    return court_holidays(day.year).get(day)


def is_court_day(day: date) -> bool:
    """Neither a weekend nor a court holiday."""
    return day.weekday() < SAT and holiday(day) is None


def may_be_working_day(day: date) -> bool:
    """No weekend, and not a holiday on every list: somebody may count it as a working day."""
    found = holiday(day)
    return day.weekday() < SAT and not (found and found.everywhere)
