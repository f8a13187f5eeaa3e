"""What the reader knows, read once from `data/`: headings, guidelines, topics, treatments, names.

Knowledge is rows; the modules that search build their patterns from these rows.
"""

import csv
import re
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

_DATA = Path(__file__).parent / "data"


@dataclass(frozen=True, slots=True)
class Heading:
    """A printed heading, label or introduction and the part of the letter that it opens."""

    part: str
    kind: str
    generation: str | None
    printed: str


@dataclass(frozen=True, slots=True)
class Guideline:
    """A row of the catalogue. Pages are None where the catalogue does not know them."""

    slug: str
    source: str
    title: str
    chapter: int | None
    first_page: int | None
    last_page: int | None
    printed_as: tuple[str, ...]
    confidence: str


@dataclass(frozen=True, slots=True)
class Topic:
    """A section of the chronic pain guidelines of 2009 and its pages."""

    name: str
    first_page: int
    last_page: int
    confidence: str


@dataclass(frozen=True, slots=True)
class Treatment:
    """A treatment, its other names, its class and category."""

    name: str
    aliases: tuple[str, ...]
    class_: str
    category: str
    subcategory: str


def rows(name: str) -> list[dict[str, str]]:
    """The rows of a data file."""
    with (_DATA / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@cache
def headings() -> tuple[Heading, ...]:
    """Every known heading, the longest first."""
    known = (
        Heading(row["part"], row["kind"], row["generation"] or None, row["printed"])
        for row in rows("headings.csv")
    )
    return tuple(sorted(known, key=lambda heading: -len(heading.printed)))


@cache
def guidelines() -> dict[str, Guideline]:
    """The guidelines by slug."""
    return {row["slug"]: _guideline(row) for row in rows("guidelines.csv")}


@cache
def topics() -> tuple[Topic, ...]:
    """The topics of the chronic pain guidelines of 2009."""
    return tuple(
        Topic(row["topic"], int(row["p_from"]), int(row["p_to"]), row["confidence"])
        for row in rows("chronic_pain_2009_topics.csv")
    )


@cache
def treatments() -> tuple[Treatment, ...]:
    """The known treatments."""
    return tuple(
        Treatment(
            row["canonical"],
            tuple(filter(None, row["aliases"].split("|"))),
            row["class"],
            row["dwc_category"],
            row["dwc_subcategory"],
        )
        for row in rows("treatments.csv")
    )


@cache
def names(kind: str) -> tuple[tuple[str, str], ...]:
    """(printed name, what it means) of one kind in `names.csv`, longest printed name first."""
    found = [(row["printed"], row["means"]) for row in rows("names.csv") if row["kind"] == kind]
    return tuple(sorted(found, key=lambda pair: -len(pair[0])))


@cache
def treatment_slug(name: str) -> str:
    """A treatment's key: its canonical name as a slug, `hydrocodone/apap` -> `hydrocodone-apap`."""
    return "-".join(re.findall(r"[a-z0-9_]+", name.lower()))


def key(name: str) -> str:
    """A name as it is compared: words only, lower case, without "and"."""
    return " ".join(
        word for word in re.findall(r"[a-z0-9]+", name.lower()) if word not in ("and", "the")
    )


def _guideline(row: dict[str, str]) -> Guideline:
    return Guideline(
        slug=row["slug"],
        source=row["source"],
        title=row["title"],
        chapter=_number(row["acoem_chapter"]),
        first_page=_number(row["first_page"]),
        last_page=_number(row["last_page"]),
        printed_as=tuple(part.strip() for part in row["printed_as"].split("|") if part.strip()),
        confidence=row["pages_confidence"],
    )


def _number(printed: str) -> int | None:
    return int(printed) if printed else None


@dataclass(frozen=True, slots=True)
class Edition:
    """When an edition of a guideline was in force; an open end is None."""

    begins: date | None
    ends: date | None
    confidence: str
    source: str


@cache
def editions() -> dict[tuple[str, int], Edition]:
    """Editions by slug and year."""
    return {
        (row["slug"], int(row["year"])): Edition(
            _date(row["in_force_from"]),
            _date(row["in_force_until"]),
            row["confidence"],
            row["source"],
        )
        for row in rows("editions.csv")
    }


def _date(printed: str) -> date | None:
    return date.fromisoformat(printed) if printed else None
