"""What is asked about a letter, and when an answer is right.

Texts are compared by their letters and digits alone, so white space, hyphens and quotes do not
count. A label "?" means that the letter leaves it open: it is not asked.
"""

import re
import unicodedata
from collections.abc import Iterator
from typing import Any, NamedTuple

DATES = ("assigned", "injury", "decision", "ur_denial", "received")
SIDES = ("administrator", "expert")
# Exact: one wrong answer among these and the letter is not wholly right.
CORE = (
    "case_number",
    *(f"dates.{name}" for name in DATES),
    "priority",
    "reviewer.licensed_in",
    "reviewer.specialties",
    "worker.age",
    "worker.sex",
    "clinical_summary",
    "outcome",
    "items.count",
    "item.service",
    "item.outcome",
    "item.disputed",
    "item.rationale",
    *(f"item.{side}.basis" for side in SIDES),
    *(f"item.{side}.citations" for side in SIDES),
)
# Where labels leave room for judgement.
SOFT = (*(f"item.{side}.sections" for side in SIDES), "item.category", "diagnoses")
FIELDS = CORE + SOFT

VALUES = (*(f"dates.{name}" for name in DATES), "case_number", "priority", "outcome")
LISTS = ("reviewer.licensed_in", "reviewer.specialties", "diagnoses")
PARTS = ("requested", "authorized", "disputed")  # of a request that was cut down

Json = dict[str, Any]


class Cited(NamedTuple):
    """What makes two citations the same one: titles and sections are not asked here."""

    source: str
    guideline: str
    year: int  # of an MTUS edition, else 0
    pages: str


class Answer(NamedTuple):
    """One question with the label's answer and the reading's, made comparable."""

    field: str
    where: str  # "item 2", or "" for the letter as a whole
    wanted: Any
    got: Any

    @property
    def right(self) -> bool:
        if self.field.endswith(".citations"):
            return cited_alike(self.wanted, self.got)
        return bool(self.wanted == self.got)


def answers(labels: Json, reading: Json) -> Iterator[Answer]:
    """Every question that the labels answer; an empty reading is wrong wherever one is given."""
    pairs = (*_letter(labels, reading), *_items(labels, reading))
    return (answer for answer in pairs if answer.wanted != "?")


def _letter(labels: Json, reading: Json) -> Iterator[Answer]:
    for field in (*VALUES, "worker.age", "worker.sex"):
        yield Answer(field, "", _at(labels, field), _at(reading, field))
    for field in LISTS:
        yield Answer(field, "", _listed(labels, field), _listed(reading, field))
    if labels.get("clinical_summary") is not None:
        yield Answer("clinical_summary", "", *_plain("clinical_summary", labels, reading))
    yield Answer("items.count", "", len(labels["items"]), len(reading.get("items", ())))


def _items(labels: Json, reading: Json) -> Iterator[Answer]:
    found = reading.get("items", ())
    for place, item in enumerate(labels["items"]):
        other = found[place] if place < len(found) else {}
        for field, wanted, got in _item(item, other):
            yield Answer(f"item.{field}", f"item {place + 1}", wanted, got)


def _item(item: Json, other: Json) -> Iterator[tuple[str, Any, Any]]:
    yield ("service", *_plain("service", item, other))
    for field in ("outcome", "category"):
        yield field, item.get(field), other.get(field)
    yield "disputed", _cut_down(item), _cut_down(other)
    if item.get("rationale") is not None:
        yield ("rationale", *_plain("rationale", item, other))
    for name in SIDES:
        side, theirs = item.get(name) or {}, other.get(name) or {}
        yield f"{name}.basis", side.get("basis"), theirs.get("basis")
        yield f"{name}.citations", _cited(side), _cited(theirs)
        yield f"{name}.sections", _sections(side), _sections(theirs)


def plain(text: str | None) -> str:
    """The text's letters and digits, lower case."""
    told = unicodedata.normalize("NFKC", text or "").lower().replace("&", "and")
    return re.sub(r"[^a-z0-9%#]+", "", told)


def pages(printed: str | None) -> str:
    """Pages with the marks between them spelt out, which `plain` would drop: 64-66 is not 6466."""
    return plain((printed or "").replace("–", "-").replace("-", "to").replace(",", "and"))


def cited_alike(wanted: list[Cited], got: list[Cited]) -> bool:
    """The same citations in any order.

    Where the labels name the ODG without a chapter, a reading may name the chapter.
    """
    unmet, left = [], list(got)
    for cited in wanted:
        if cited in left:
            left.remove(cited)
        else:
            unmet.append(cited)
    vague = all((cited.source, cited.guideline) == ("ODG", "odg") for cited in unmet)
    return len(unmet) == len(left) and vague and all(cited.source == "ODG" for cited in left)


def _listed(told: Json, field: str) -> list[str]:
    return sorted(plain(name) for name in _at(told, field) or ())


def _cited(side: Json) -> list[Cited]:
    return sorted(
        Cited(
            one.get("source") or "",
            one.get("guideline") or "",
            (one.get("year") or 0) if one.get("source") == "MTUS" else 0,
            pages(one.get("pages")),
        )
        for one in side.get("citations", [])
    )


def _sections(side: Json) -> list[str]:
    return sorted(plain(name) for one in side.get("citations", []) for name in one["sections"])


def _cut_down(item: Json) -> list[str]:
    return [plain(item.get(part)) for part in PARTS]


def _plain(key: str, labels: Json, reading: Json) -> tuple[str, str]:
    return plain(labels.get(key)), plain(reading.get(key))


def _at(told: Json | None, path: str) -> Any:
    value: Any = told
    for key in path.split("."):
        value = (value or {}).get(key)
    return value
