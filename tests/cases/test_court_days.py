"""The courts' holidays against the calendars that courts published, and the other two lists."""

from datetime import date

import pytest

from cases.court_days import court_holidays, holiday, is_court_day, may_be_working_day

# San Bernardino's and Calaveras' superior courts, as published for these years.
PUBLISHED = {
    2025: "01-01 01-20 02-12 02-17 03-31 05-26 06-19 07-04 09-01 09-26 11-11 11-27 11-28 12-25",
    2026: "01-01 01-19 02-12 02-16 03-31 05-25 06-19 07-03 09-07 09-25 11-11 11-26 11-27 12-25",
}
# What the Department of Human Resources published for the state's employees.
EMPLOYEES = {
    2013: "01-01 01-21 02-18 04-01 05-27 07-04 09-02 11-11 11-28 11-29 12-25",
    2014: "01-01 01-20 02-17 03-31 05-26 07-04 09-01 11-11 11-27 11-28 12-25",
    2024: "01-01 01-15 02-19 04-01 05-27 07-04 09-02 11-11 11-28 11-29 12-25",
}


@pytest.mark.parametrize("year", PUBLISHED)
def test_the_courts_published_these(year: int) -> None:
    assert [f"{day:%m-%d}" for day in sorted(court_holidays(year))] == PUBLISHED[year].split()


@pytest.mark.parametrize("year", EMPLOYEES)
def test_what_is_on_every_list_is_on_the_employees(year: int) -> None:
    """All but the day after Thanksgiving, which the Government Code's list lacks."""
    everywhere = {f"{day:%m-%d}" for day, told in court_holidays(year).items() if told.everywhere}
    after = next(
        f"{day:%m-%d}" for day, told in court_holidays(year).items() if "after" in told.name
    )
    assert everywhere == set(EMPLOYEES[year].split()) - {after}


@pytest.mark.parametrize(
    ("day", "name", "everywhere"),
    [
        ("2013-04-01", "Cesar Chavez or Farmworkers Day", True),  # of a Sunday, on Monday
        ("2015-07-03", "Independence Day", False),  # of a Saturday, on Friday: the courts' own
        ("2017-11-10", "Veterans Day", True),  # of a Saturday: Government Code 6701 as well
        ("2021-10-11", "Columbus Day", False),
        ("2022-10-10", None, None),  # no longer
        ("2021-09-24", None, None),  # not yet
        ("2022-09-23", "Native American Day", False),
        ("2022-06-20", None, None),  # a federal day only
        ("2023-06-19", "Juneteenth", False),
        ("2021-12-31", "New Year's Day", False),  # the next year's, a Saturday
        ("2023-01-02", "New Year's Day", True),
        ("2024-02-12", "Lincoln Day", False),
        ("2026-04-24", None, None),  # Genocide Remembrance Day: courts are open
        ("2026-09-09", None, None),  # Admission Day
    ],
)
def test_days_of_their_own(day: str, name: str | None, everywhere: bool | None) -> None:
    found = holiday(date.fromisoformat(day))
    assert (found and found.name, found and found.everywhere) == (name, everywhere)


def test_weekends_are_no_days_of_either() -> None:
    saturday, sunday, monday = (date(2026, 8, day) for day in (1, 2, 3))
    assert [is_court_day(day) for day in (saturday, sunday, monday)] == [False, False, True]
    assert [may_be_working_day(day) for day in (saturday, sunday, monday)] == [False, False, True]
