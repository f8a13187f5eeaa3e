"""What a heading tells of its service: drug strength, form, quantity and refills, number of
sessions, parts of the body and side, whether it was done already and when.

Nothing is guessed: what the words do not tell, or tell in two ways, is None or empty.
"""

import re
from collections.abc import Iterator
from datetime import date
from typing import TypeVar

from reviews.reading import amounts, anatomy, course
from reviews.reading.clean import Clean
from reviews.reading.numbers import Told
from reviews.reading.types import Details, Found
from reviews.reading.values import DATE, as_date, found

T = TypeVar("T")

_LONGEST = 1500
_ENDLESS = re.compile(r"\w{50,}")  # no word is so long
# A service with its date and without this word may still have been asked for beforehand.
_RETROSPECTIVE = re.compile(r"\bretro(?:spective(?:ly)?|active(?:ly)?)?\b(?![ -]?patell)", re.I)
# `DOS 6/14/17`, `(date of service: 1/2/15, 2/3/15 and 3/4/15)`, `performed on June 1, 2016`.
_SERVICE_DATES = re.compile(
    r"\b(?:DOS|D\.O\.S\.|dates? of service(?: ?\(DOS\))?|date\(s\) of service|service dates?"
    r"|(?:performed|dispensed|provided|rendered) on)[ :.,-]{0,3}(?:(?:of|on|from) )?"
    rf"(?P<days>{DATE}(?:(?:,? and |, ?|; ?| ?& ?){DATE}){{0,30}})"
    # The ends of a span of time are no dates of service: when in between, nobody tells.
    rf"(?P<span> ?(?:-|–|to|through|thru) ?{DATE})?",
    re.IGNORECASE,
)
_DATE = re.compile(DATE, re.IGNORECASE)


def read(clean: Clean, start: int, end: int) -> Details:
    """The details in clean characters `start` up to `end` of a heading."""
    text = clean.text[start : min(end, start + _LONGEST)]
    text = _ENDLESS.sub(lambda word: "\0" * len(word.group()), text)
    strength = amounts.strength(text)
    form = anatomy.form(text, with_strength=strength is not None)
    is_drug = bool(strength or form)
    place = (clean, start)
    return Details(
        strength=_found(place, strength, "strength"),
        form=_found(place, form, "form"),
        quantity=_found(place, amounts.quantity(text, is_drug=is_drug), "quantity"),
        refills=_found(place, amounts.refills(text), "refills"),
        sessions=_found(place, course.sessions(text, is_drug=is_drug), "sessions"),
        body_parts=_all_found(place, anatomy.body_parts(text), "body-part"),
        side=_found(place, anatomy.side(text), "side"),
        retrospective=_found(place, _retrospective(text), "retrospective"),
        service_dates=_all_found(place, _service_dates(text), "service-date"),
    )


def _found(place: tuple[Clean, int], told: Told[T] | None, rule: str) -> Found[T] | None:
    if told is None or told.value is None:
        return None
    clean, start = place
    return found(clean, told.value, start + told.start, start + told.end, f"heading:{rule}")


def _all_found(place: tuple[Clean, int], told: list[Told[T]], rule: str) -> tuple[Found[T], ...]:
    return tuple(one for each in told if (one := _found(place, each, rule)))


def _retrospective(text: str) -> Told[str] | None:
    match = _RETROSPECTIVE.search(text)
    return Told(match.group(), *match.span()) if match else None


def _service_dates(text: str) -> list[Told[date]]:
    """The days on which a service was given, each once."""
    first: dict[date | None, Told[date]] = {}
    for one in _days(text):
        first.setdefault(one.value, one)
    return list(first.values())


def _days(text: str) -> Iterator[Told[date]]:
    for match in _SERVICE_DATES.finditer(text):
        if not match["span"]:
            for day in _DATE.finditer(text, *match.span("days")):
                yield Told(as_date(day.group()), *day.span())
