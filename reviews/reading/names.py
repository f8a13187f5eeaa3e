"""Patterns of guideline names, built from `data/guideline_names.csv`.

A *strong* name (`Low Back Complaints`) is a guideline wherever it stands; a *weak* one (`Low
Back`, `Opioids`) may as well be a section, and counts only with an edition, a chapter number or
at the beginning of what is cited.
"""

import re
from functools import cache

from reviews.reading import catalogue

# Between the words of a name. Examples: `Low Back - Lumbar & Thoracic`, `Knee/Leg`.
_BETWEEN = r"(?:\.?\s?[,:&/–-]\s?|\s)(?:(?:and|&)\s)?"


@cache
def slugs(kind: str) -> dict[str, str]:
    """Slug by compared name."""
    return {
        catalogue.key(row["printed"]): row["slug"]
        for row in catalogue.rows("guideline_names.csv")
        if row["kind"] == kind
    }


def pattern(kind: str) -> str:
    """A pattern of every name of one kind, longest first, without a group."""
    printed = [
        row["printed"] for row in catalogue.rows("guideline_names.csv") if row["kind"] == kind
    ]
    longest = sorted(printed, key=lambda name: -len(name))
    return "(?:" + "|".join(_loose(name) for name in longest) + ")"


def slug(kind: str, name: str) -> str | None:
    """The slug of a name that `pattern(kind)` matched."""
    return slugs(kind).get(catalogue.key(name))


@cache
def sections() -> frozenset[str]:
    """Section names as compared, topics of the chronic pain guidelines among them."""
    known = set(slugs("section"))
    known.update(catalogue.key(topic.name) for topic in catalogue.topics())
    return frozenset(known)


def _loose(name: str) -> str:
    words = [word for word in re.findall(r"[\w()]+", name) if word.lower() != "and"]
    return _BETWEEN.join(re.escape(word) for word in words)
