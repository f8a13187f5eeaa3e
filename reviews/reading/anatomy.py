"""Names in a heading that a table knows: parts of the body, their side, and the form of a drug.

What may be read in two ways is not told: sides that differ (`left knee and right hip`), two forms
(`cream or gel`), a pad, a cap or a solution without a strength (equipment as often as a drug).
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import groupby

from reviews.reading import catalogue
from reviews.reading.numbers import Told, agreed

# Who or what is named after a part and is no part: `spine surgeon`, `knee scooter`.
_NAMED_AFTER = re.compile(
    r"[ -](?:surgeons?|specialists?|therapists?|doctors?|clinics?|scooters?|walkers?|held|rails?"
    r"|controls?|rests?)\b",
    re.IGNORECASE,
)
# Levels of the spine: `C5-6`, `L4-L5`, `L5-S1`, `T8-9`. One T alone may be a hormone (`T3`).
_LEVEL = re.compile(
    r"\b(?:(?P<neck>C[1-8])|(?P<low>L[1-5])|(?P<upper>T\d{1,2}(?= ?[-/–] ?[TL]?\d)))"
    r"(?:(?: ?[-/–] ?(?:[CTLS]?\d{1,2})){0,4})(?!\d)\b"
)
_REGIONS = {"neck": "neck", "low": "low back", "upper": "upper back"}
_WITHOUT_SIDES = frozenset([*_REGIONS.values(), "spine", "back"])
_SIDE = re.compile(
    r"(?:\((?P<letter>[lr])\)|\b(?=[blr])(?:(?P<bilateral>bi-?lateral(?:ly)?|bilat|b/l|bue|ble"
    r"|(?:left|right) ?(?:and|&|/) ?(?:the )?(?:left|right))"
    r"|(?P<left>(?<!sessions )(?<!visits )(?<!days )(?<!weeks )left(?! over\b|[ -]hand(?:ed|er))"
    r"|lt|lue|lle)"
    r"|(?P<right>right(?! (?:away|now|to)\b|[ -]hand(?:ed|er))|rt|rue|rle)"
    r"|(?P<near>both(?: the| his| her)?|l|r))\b\.?)",
    re.IGNORECASE | re.ASCII,
)


@dataclass(frozen=True, slots=True)
class _Name:
    """A row: what a printed name means, and the words beside it that make it something else."""

    means: str
    not_before: re.Pattern[str] | None
    not_after: re.Pattern[str] | None
    needs_strength: bool


def body_parts(text: str) -> list[Told[str]]:
    """The parts of the body that a text names, each once, in their order."""
    told = [
        Told(row.means, *match.span())
        for match, row in _named("body_parts.csv", text)
        if not _NAMED_AFTER.match(text, match.end())
    ]
    told += [
        Told(_REGIONS[match.lastgroup or ""], *match.span()) for match in _LEVEL.finditer(text)
    ]
    first: dict[str | None, Told[str]] = {}
    for one in sorted(told, key=lambda one: one.start):
        first.setdefault(one.value, one)
    return list(first.values())


def side(text: str) -> Told[str] | None:
    """ "left", "right" or "bilateral", when all that is said of sides agrees."""
    return agreed(
        Told(kind, *match.span()) for match in _SIDE.finditer(text) if (kind := _side(match, text))
    )


def _side(match: re.Match[str], text: str) -> str | None:
    """The side; `both`, `L` and `R` only before a part that has sides (`L spine` has none)."""
    letters = {"l": "left", "r": "right"}
    if match["letter"]:
        return letters[match["letter"].lower()]
    if match.lastgroup != "near":
        return match.lastgroup
    part = _pattern("body_parts.csv").match(text, match.end() + 1)
    if part is None or _rows("body_parts.csv")[part.group().lower()].means in _WITHOUT_SIDES:
        return None
    return letters.get(match["near"].lower(), "bilateral")


def form(text: str, *, with_strength: bool) -> Told[str] | None:
    """The form of a drug: "tablet", "cream" ..."""
    return agreed(
        Told(row.means, *match.span())
        for match, row in _named("forms.csv", text)
        if with_strength or not row.needs_strength
    )


def _named(table: str, text: str) -> Iterator[tuple[re.Match[str], _Name]]:
    """The names of a table in a text that are not something else by the words beside them."""
    for match in _pattern(table).finditer(text):
        row = _rows(table)[match.group().lower()]
        if row.not_before and row.not_before.match(text, match.end()):
            continue
        if row.not_after and row.not_after.search(text, max(match.start() - 30, 0), match.start()):
            continue
        yield match, row


@cache
def _rows(table: str) -> dict[str, _Name]:
    found: dict[str, _Name] = {}
    for row in catalogue.rows(table):
        before, after = row["not_before"], row["not_after"]
        name = _Name(
            row["name"],
            re.compile(rf"[ -](?:{before})\b", re.IGNORECASE) if before else None,
            re.compile(rf"\b(?:{after})[ -]\Z", re.IGNORECASE) if after else None,
            bool(row.get("needs_strength")),
        )
        for printed in filter(None, (row["name"], *row["aliases"].split("|"))):
            found.setdefault(printed, name)
    return found


@cache
def _pattern(table: str) -> re.Pattern[str]:
    """Any of a table's names, the longest first; sorted by first letter, to look at few of them."""
    names = sorted(_rows(table), key=lambda name: (name[0], -len(name)))
    letters = "|".join(
        f"{first}(?:{'|'.join(re.escape(name[1:]) for name in same)})"
        for first, same in groupby(names, key=lambda name: name[0])
    )
    return re.compile(rf"\b(?:{letters})\b", re.IGNORECASE | re.ASCII)
