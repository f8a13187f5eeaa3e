"""Numbers as headings print them, and values beside the words that tell them."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import Generic, TypeVar

from reviews.reading import catalogue

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Told(Generic[T]):
    """A value and where in a text it is told; a value that is not sure is None."""

    value: T | None
    start: int
    end: int


def agreed(told: Iterable[Told[T]]) -> Told[T] | None:
    """The first of several tellings when all tell the same; None when they differ."""
    all_told = list(told)
    if not all_told or len({one.value for one in all_told}) > 1 or all_told[0].value is None:
        return None
    return all_told[0]


def number(printed: str) -> int | None:
    """The number. Examples: `12`, `1,000`, `60.00`, `twenty-four`, `three (3)`.

    None when the number in parentheses is another one: `three (4)`.
    """
    values = {_value(part.strip()) for part in re.split(r"[()]", printed) if part.strip()}
    return values.pop() if len(values) == 1 else None


@cache
def compiled(pattern: str) -> re.Pattern[str]:
    """The pattern with every NUMBER in it replaced by what a number looks like.

    Plain ASCII: the folding of case would else take a long s for an s, which no table knows.
    """
    return re.compile(pattern.replace("NUMBER", _pattern()), re.IGNORECASE | re.ASCII)


def blanked(text: str, start: int, end: int) -> str:
    """The text with nothing to be found at the place, all else where it was."""
    return f"{text[:start]}{chr(0) * (end - start)}{text[end:]}"


@cache
def _words() -> dict[str, int]:
    return {word: int(means) for word, means in catalogue.names("number")}


@cache
def _pattern() -> str:
    tens = "|".join(word for word, value in _words().items() if value >= 20)
    ones = "|".join(word for word, value in _words().items() if value < 10)
    single = "|".join(_words())
    word = rf"(?:(?:{tens})[ -](?:{ones})|{single})(?![a-z])"
    digits = r"(?:\d{1,3}(?:,\d{3})+|\d{1,4})(?!\d)(?:\.00?(?!\d))?"
    return rf"(?:{word}(?: ?\( ?\d{{1,4}} ?\))?|{digits}(?: ?\( ?(?:{word}) ?\))?)"


def _value(printed: str) -> int:
    if printed[0].isdecimal():
        return int(printed.split(".")[0].replace(",", ""))
    return sum(_words()[word] for word in re.split(r"[ -]", printed.lower()))
