"""What a heading tells of its service: drug strength, form and quantity, number of sessions, part
of the body and side, and whether it was done already.
"""

import re
from datetime import date
from functools import cache

from reviews.reading import catalogue
from reviews.reading.clean import Clean
from reviews.reading.types import Details, Found
from reviews.reading.values import DATE, as_date, found

_LONGEST = 1500
# `350mg`, `5/325mg`, `0.5 mg`, `10mcg/hr`, `4%`.
_STRENGTH = re.compile(
    r"\d{1,5}(?:\.\d{1,4})?%?(?:\s?[-/]\s?\d{1,5}(?:\.\d{1,4})?%?){0,3}"
    r"\s?(?:mg|mcg|gm?|ml|cc|%|units?|IU)(?![A-Za-z])(?:\s?/\s?(?:\d{1,4}\s?)?(?:mg|ml|hr|g)\b)?",
    re.IGNORECASE,
)
# `#60`, `QTY: 2`, `Qty. 42`.
_QUANTITY = re.compile(
    r"(?:#\s?|\b(?:qty|quantity)\b\s?[.:]?\s?)(?P<count>\d{1,4})\b", re.IGNORECASE
)
# `12 sessions`, `six additional physical therapy visits`, `times 12`, `sessions x 8`.
_COURSE = r"(?:sessions?|visits?|treatments?)"
_SESSIONS = (
    r"\b(?P<count>\d{{1,3}}|{numbers})\s+(?:[A-Za-z/-]+\s+){{0,4}}?" + _COURSE + r"\b"
    r"(?!\s(?:a|per|every|each)\sweek)",
    r"\b" + _COURSE + r"\s?(?:x|times|#|:)\s?(?P<count>\d{{1,3}})\b",
    r"\btimes\s(?P<count>\d{{1,3}})\b",
)
# `2 times a week for 4 weeks`, `three times per week over 2 weeks`, `once a week for 6 weeks`.
_FREQUENCY = (
    r"\b(?:(?P<often>\d{{1,2}}|{numbers})\s?(?:x|times|visits|sessions)|(?P<once>once)|(?P<twice>twice))\s?"
    r"(?:a|per|every|each)\s?week(?:ly)?\s(?:for|over|times|x)\s(?P<weeks>\d{{1,2}}|{numbers})\sweeks?"
)
_SIDE = re.compile(
    r"\b(?:(?P<bilateral>bilateral(?:ly)?|both)|(?P<right>right)|(?P<left>left))\b", re.I
)
_RETROSPECTIVE = re.compile(r"\bretro(?:spective(?:ly)?)?\b", re.IGNORECASE)
_SERVICE_DATE = re.compile(
    rf"\b(?:DOS|dates?\s+of\s+service|performed\s+on|dispensed\s+on|provided\s+on)\b\s?:?\s?(?P<day>{DATE})",
    re.IGNORECASE,
)


def read(clean: Clean, start: int, end: int) -> Details:
    """The details in clean characters `start` up to `end` of a heading."""
    end = min(end, start + _LONGEST)
    return Details(
        strength=_words(clean, _STRENGTH, start, end, "strength"),
        form=_form(clean, start, end),
        quantity=_count(clean, _QUANTITY, start, end, "quantity"),
        sessions=_sessions(clean, start, end),
        body_parts=_body_parts(clean, start, end),
        side=_side(clean, start, end),
        retrospective=_words(clean, _RETROSPECTIVE, start, end, "retrospective"),
        service_dates=_service_dates(clean, start, end),
    )


def _words(
    clean: Clean, pattern: re.Pattern[str], start: int, end: int, rule: str
) -> Found[str] | None:
    match = pattern.search(clean.text, start, end)
    return found(clean, match.group(), *match.span(), f"heading:{rule}") if match else None


def _count(
    clean: Clean, pattern: re.Pattern[str], start: int, end: int, rule: str
) -> Found[int] | None:
    match = pattern.search(clean.text, start, end)
    if match is None:
        return None
    return found(clean, _number(match["count"]), *match.span("count"), f"heading:{rule}")


def _form(clean: Clean, start: int, end: int) -> Found[str] | None:
    match = _known("form").search(clean.text, start, end)
    if match is None:
        return None
    return found(clean, _meant("form", match.group()), *match.span(), "heading:form")


def _sessions(clean: Clean, start: int, end: int) -> Found[int] | None:
    *counted, frequency = _session_patterns()
    for pattern in counted:
        if told := _count(clean, pattern, start, end, "sessions"):
            return told
    match = frequency.search(clean.text, start, end)
    if match is None:
        return None
    often = 1 if match["once"] else 2 if match["twice"] else _number(match["often"])
    value = often * _number(match["weeks"])
    return found(clean, value, *match.span(), "heading:sessions-reckoned")


def _body_parts(clean: Clean, start: int, end: int) -> tuple[Found[str], ...]:
    parts: dict[str, Found[str]] = {}
    for match in _known("body-part").finditer(clean.text, start, end):
        name = _meant("body-part", match.group())
        parts.setdefault(name, found(clean, name, *match.span(), "heading:body-part"))
    return tuple(parts.values())


def _side(clean: Clean, start: int, end: int) -> Found[str] | None:
    """The side; both sides named apart are bilateral."""
    matches = list(_SIDE.finditer(clean.text, start, end))
    if not matches:
        return None
    kinds = {match.lastgroup or "" for match in matches}
    value = kinds.pop() if len(kinds) == 1 else "bilateral"
    return found(clean, value, matches[0].start(), matches[-1].end(), "heading:side")


def _service_dates(clean: Clean, start: int, end: int) -> tuple[Found[date], ...]:
    return tuple(
        found(clean, day, *match.span("day"), "heading:service-date")
        for match in _SERVICE_DATE.finditer(clean.text, start, end)
        if (day := as_date(match["day"]))
    )


def _number(printed: str) -> int:
    return int(printed) if printed.isdigit() else int(_meant("number", printed))


def _meant(kind: str, printed: str) -> str:
    """What a printed name of this kind means."""
    return _meanings(kind)[" ".join(printed.lower().split())]


@cache
def _meanings(kind: str) -> dict[str, str]:
    return dict(catalogue.names(kind))


@cache
def _known(kind: str) -> re.Pattern[str]:
    spelled = "|".join(r"\s".join(name.split()) for name, _ in catalogue.names(kind))
    return re.compile(rf"\b(?:{spelled})\b", re.IGNORECASE)


@cache
def _session_patterns() -> tuple[re.Pattern[str], ...]:
    numbers = "|".join(name for name, _ in catalogue.names("number"))
    return tuple(
        re.compile(pattern.format(numbers=numbers), re.IGNORECASE)
        for pattern in (*_SESSIONS, _FREQUENCY)
    )
