"""Dates, numbers and names as letters print them, and the receipts of what was found."""

import re
from datetime import date
from typing import TypeVar

from reviews.reading.clean import Clean
from reviews.reading.types import Found

T = TypeVar("T")

_MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
# `10/23/2016`, `10-13-16`, `9.21.2007`, `10/14/ 2016`; `October 10, 2015`, `Oct. 10 2015`;
# `10 October 2015`; `2015-10-10`.
MONTH = (
    r"(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?"
    r"|Sept?(?:ember)?|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)\.?"
)
DATE = (
    r"(?:(?<!\d)(?<!\d[/-])\d{1,2}\s?[/.-]\s?\d{1,2}\s?[/.-]\s?(?:\d{4}|\d{2})(?!\d)"
    rf"|{MONTH}\s?\d{{1,2}}(?:st|nd|rd|th)?\s?,?\s?\d{{4}}(?!\d)"
    rf"|(?<!\d)\d{{1,2}}(?:st|nd|rd|th)?\s(?:of\s)?{MONTH},?\s?\d{{4}}(?!\d)"
    r"|(?<!\d)(?:19|20)\d\d-\d\d-\d\d(?!\d))"
)
_NUMERIC = re.compile(r"(\d{1,2})\s?[/.-]\s?(\d{1,2})\s?[/.-]\s?(\d{4}|\d{2})")
_DAY_FIRST = re.compile(r"(\d{1,2})(?:st|nd|rd|th)?\s(?:of\s)?([A-Za-z]{3})[a-z]*\.?,?\s?(\d{4})")
_WORDED = re.compile(r"([A-Za-z]{3})[a-z]*\.?\s?(\d{1,2})(?:st|nd|rd|th)?\s?,?\s?(\d{4})")


def found(clean: Clean, value: T, start: int, end: int, rule: str) -> Found[T]:
    """A value with its receipt: clean characters `start` up to `end`."""
    return Found(value, clean.span(start, end), clean.page(start), rule)


def trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """`start` and `end` without the white space at either side."""
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end


def as_date(printed: str) -> date | None:
    """The date that is printed, month first; None when there is no such day.

    A year of two digits is 20xx up to 68 and 19xx after, as in POSIX.
    """
    printed = printed.strip()
    if re.fullmatch(r"\d{4}-\d\d-\d\d", printed):
        year, month, day = (int(part) for part in printed.split("-"))
    elif numeric := _NUMERIC.fullmatch(printed):
        month, day, year = (int(part) for part in numeric.groups())
        if year < 100:
            year += 2000 if year < 69 else 1900
    elif worded := _WORDED.fullmatch(_DAY_FIRST.sub(r"\2 \1 \3", printed)):
        name = worded[1].lower()
        if name not in _MONTHS:
            return None
        month, day, year = _MONTHS.index(name) + 1, int(worded[2]), int(worded[3])
    else:
        return None
    try:
        return date(year, month, day)
    except ValueError:
        return None
