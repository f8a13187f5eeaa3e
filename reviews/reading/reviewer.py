"""The reviewer's credentials: states of licensure and specialties."""

import re
from functools import cache

from reviews.reading import catalogue
from reviews.reading.clean import Clean
from reviews.reading.types import Doubt, Found
from reviews.reading.values import found, trimmed

_PLAIN_BREAK = re.compile(r"\s*[,;]\s*(?:and\s+)?|\s+and\s+")
_SPECIALTY_BREAK = re.compile(r"\s*[,;]\s*")
_STRAY = ";:*#|_•"
_LONGEST = 300  # more than this is not a list of names
# `... is Board Certified in Family Practice and is licensed to practice in California.`
_CERTIFIED = re.compile(
    r"[Bb]oard[- ][Cc]ertified\s+in\s+([^.]{3,150}?)(?=\s*,?\s*(?:(?:and\s+)?(?:is|has|who)\b|\.))"
)
_SUBSPECIALTY = re.compile(
    r"sub-?specialty\s+in\s+([^.]{3,150}?)(?=\s*,?\s*(?:(?:and\s+)?(?:is|has|who)\b|\.))"
)
_LICENSED = re.compile(
    r"licensed\s+to\s+practice\s+in\s+(?:the\s+[Ss]tates?\s+of\s+)?([^.]{3,150})\."
)

Names = tuple[Found[str], ...]


def states(clean: Clean, start: int, end: int) -> tuple[Names, list[Doubt]]:
    """The states named in clean characters `start` up to `end`."""
    names = _listed(clean, start, end, "state", _PLAIN_BREAK, "credentials:licensure")
    return names, _unknown(clean, names, "state", start, end)


def specialties(clean: Clean, start: int, end: int) -> tuple[Names, list[Doubt]]:
    """The specialties named in clean characters `start` up to `end`."""
    names = _listed(clean, start, end, "specialty", _SPECIALTY_BREAK, "credentials:specialty")
    return names, _unknown(clean, names, "specialty", start, end)


def in_prose(clean: Clean, start: int, end: int) -> tuple[Names, Names]:
    """States and specialties where the credentials are sentences (letters of 2013)."""
    licensed: Names = ()
    certified: Names = ()
    text = clean.text
    if match := _LICENSED.search(text, start, end):
        licensed = _listed(clean, *match.span(1), "state", _PLAIN_BREAK, "prose:licensure")
    for pattern in (_CERTIFIED, _SUBSPECIALTY):
        if match := pattern.search(text, start, end):
            certified += _listed(
                clean, *match.span(1), "specialty", _SPECIALTY_BREAK, "prose:specialty"
            )
    return licensed, certified


def _listed(
    clean: Clean, start: int, end: int, kind: str, breaks: re.Pattern[str], rule: str
) -> Names:
    """Names between separators; a known name that holds a separator is taken whole."""
    text = clean.text
    start, end = trimmed(text, start, min(end, start + _LONGEST))
    names = []
    known = _known_pattern(kind)
    while start < end:
        finish = _name_end(text, start, end, known, breaks)
        first, last = trimmed(text, start, finish)
        while last > first and text[last - 1] in _STRAY:
            last = trimmed(text, first, last - 1)[1]
        if last > first:
            names.append(found(clean, text[first:last], first, last, rule))
        after = _PLAIN_BREAK.match(text, finish, end)
        start = after.end() if after else trimmed(text, finish, end)[0]
    return tuple(names)


def _name_end(
    text: str, start: int, end: int, known: re.Pattern[str], breaks: re.Pattern[str]
) -> int:
    if whole := known.match(text, start, end):
        return whole.end(1)
    stop = breaks.search(text, start + 1, end)
    return stop.start() if stop else end


@cache
def _known_pattern(kind: str) -> re.Pattern[str]:
    """A known name that ends where a separator or the list ends."""
    spelled = "|".join(re.escape(printed) for printed, _ in catalogue.names(kind))
    return re.compile(rf"({spelled})(?=\s*(?:[,;]|and\b|$))", re.IGNORECASE)


@cache
def _known(kind: str) -> frozenset[str]:
    return frozenset(catalogue.key(printed) for printed, _ in catalogue.names(kind))


def _unknown(clean: Clean, names: Names, kind: str, start: int, end: int) -> list[Doubt]:
    if not names:
        return [Doubt(f"{kind}-missing", f"No {kind} is named after its label.", None)]
    strange = [name for name in names if catalogue.key(name.value) not in _known(kind)]
    too_many = kind == "state" or len(strange) == len(names)
    if end - start > _LONGEST or (strange and too_many) or any(_odd(name) for name in strange):
        at = strange[0].span if strange else clean.span(start, end)
        return [Doubt(f"{kind}-unknown", f"Not every name here is a known {kind}.", at)]
    return []


def _odd(name: Found[str]) -> bool:
    return len(name.value) > 60 or bool(re.search(r"[:.]|\d", name.value))
