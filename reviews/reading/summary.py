"""The worker and the course of care, from the clinical case summary."""

import re
from datetime import date

from reviews.reading.clean import Clean
from reviews.reading.types import Found
from reviews.reading.values import DATE, as_date, found

# `57-year-old`, `43 year old`, `43 yr. old`, `57 y/o`, `46 years of age`; not `2-year history`.
_AGE = re.compile(
    r"\b(?P<age>\d{1,3})\s?[-–]?\s?(?:(?:years?|yrs?\.?)\s?[-–]?\s?old|y\s?/\s?o\b|y\.?o\.?\b"
    r"|years?\s+of\s+age)|\baged?\s+(?P<aged>\d{2})\b",
    re.IGNORECASE,
)
_SEX = re.compile(
    r"(?P<female>female|woman|lady)|(?P<male>\bmale|\bman\b|gentleman)", re.IGNORECASE
)
_PRONOUN = re.compile(r"\b(?:(?P<female>she|her|hers)|(?P<male>he|his|him))\b", re.IGNORECASE)
# The words that give a date of injury, in the order of how surely they do.
_INJURY = tuple(
    re.compile(pattern.replace("DATE", rf"(?P<date>{DATE})"), re.IGNORECASE)
    for pattern in (
        r"(?:date\s+of\s+injury|injury\s+date|DOI)\b[^.;]{0,40}?DATE",
        r"(?:injury|injuries|injured|claim|accident|incident)\b[^.;]{0,60}?"
        r"\b(?:on|of|from|dated|date)\s*:?\s*DATE",
        r"\b(?:injured|injury|injuries|accident)\b[^.;]{0,80}?DATE",
        r"\bDATE[^.;]{0,30}\b(?:injury|accident)\b",
        r"\b(?:fell|slipped|tripped|struck|hit|crushed|hurt|trauma)\b[^.;]{0,60}?\bon\s+DATE",
    )
)
# The end of a period, over which trauma of years is dated. Example: `from 1/2/10 to 3/4/15`.
_PERIOD = re.compile(rf"(?:to|through|[-–])\s*{DATE}", re.IGNORECASE)
_MECHANISM = re.compile(
    r"(?:mechanism\s+of\s+injury\s+(?:is|was)\s+(?:detailed|documented|noted|described|listed)?"
    r"\s*as\s+|mechanism\s+of\s+injury\s+(?:is|was|occurred\s+when)\s+)(?P<value>[^.]{3,300})\.",
    re.IGNORECASE,
)
_TREATMENT = re.compile(
    r"treatments?(?:\s+and\s+evaluations?)?(?:\s+to\s+date)?\s+(?:has|have|had)?\s*"
    r"includ(?:ed|es|e)\s*:?\s*(?P<value>[^.]{3,600})\.",
    re.IGNORECASE,
)
_YOUNGEST, _OLDEST = 14, 100
_NEAR = 160  # the worker's sex stands within so many characters of the age


def age(clean: Clean, start: int, end: int) -> Found[int] | None:
    """The first age that a worker can have."""
    for match in _AGE.finditer(clean.text, start, end):
        name = "age" if match["age"] else "aged"
        if _YOUNGEST <= int(match[name]) <= _OLDEST:
            first, last = match.span(name)
            return found(clean, int(match[name]), first, last, "summary:age")
    return None


def sex(clean: Clean, start: int, end: int, age: int | None) -> Found[str] | None:
    """Female or male: the word beside the age, else the first word, else the pronouns."""
    text = clean.text
    if age is not None and (match := _SEX.search(text, age, min(end, age + _NEAR))):
        return _sex(clean, match, "summary:sex")
    if match := _SEX.search(text, start, min(end, start + 2 * _NEAR)):
        return _sex(clean, match, "summary:sex")
    pronouns = list(_PRONOUN.finditer(text, start, end))
    if pronouns and len({match.lastgroup for match in pronouns}) == 1:
        return _sex(clean, pronouns[0], "summary:pronoun")
    return None


def _sex(clean: Clean, match: re.Match[str], rule: str) -> Found[str]:
    return found(clean, match.lastgroup or "", match.start(), match.end(), rule)


def injury(clean: Clean, start: int, end: int) -> Found[date] | None:
    """The date of injury that the summary gives."""
    for pattern in _INJURY:
        for match in pattern.finditer(clean.text, start, end):
            if value := as_date(match["date"]):
                return found(clean, value, *match.span("date"), "summary:injury")
    return None


def is_period(clean: Clean, injury: Found[date]) -> bool:
    """Whether the date of injury is only the first day of a period."""
    after = clean.letter.text[injury.span.end : injury.span.end + 2 * _NEAR]
    return bool(_PERIOD.match(" ".join(after.split())))


def names_a_day(clean: Clean, start: int, end: int) -> bool:
    """Whether the sentence that tells the worker's age names a day."""
    told = _AGE.search(clean.text, start, end)
    if not told:
        return False
    stop = clean.text.find(". ", told.end(), end)
    return bool(re.search(DATE, clean.text[told.end() : stop if stop > 0 else end]))


def mechanism(clean: Clean, start: int, end: int) -> Found[str] | None:
    """How the injury came about, where the summary says so in set words."""
    return _phrase(clean, _MECHANISM, start, end, "summary:mechanism")


def treatment_to_date(clean: Clean, start: int, end: int) -> Found[str] | None:
    """What was done so far."""
    return _phrase(clean, _TREATMENT, start, end, "summary:treatment")


def _phrase(
    clean: Clean, pattern: re.Pattern[str], start: int, end: int, rule: str
) -> Found[str] | None:
    match = pattern.search(clean.text, start, end)
    if not match:
        return None
    return found(clean, match["value"], *match.span("value"), rule)
