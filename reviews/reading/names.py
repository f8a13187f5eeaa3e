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

# Words that letters print as one or as many.
_KINDS = frozenset(["guidelines", "complaints", "disorders", "conditions"])


@cache
def slugs(kind: str) -> dict[str, str]:
    """Slug by compared name."""
    return {
        _compared(row["printed"]): row["slug"]
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
    return slugs(kind).get(_compared(name))


@cache
def sections() -> frozenset[str]:
    """Section names as compared, topics of the chronic pain guidelines among them."""
    known = set(slugs("section"))
    known.update(catalogue.key(topic.name) for topic in catalogue.topics())
    return frozenset(known)


def _loose(name: str) -> str:
    words = [word for word in re.findall(r"[\w()]+", name) if word.lower() != "and"]
    return _BETWEEN.join(_either(word) for word in words)


def _either(word: str) -> str:
    """A word; the kinds of guideline as one or as many (`Guideline`, `Guidelines`)."""
    return f"{word}?" if word.lower() in _KINDS else re.escape(word)


def _compared(name: str) -> str:
    words = catalogue.key(name).split()
    return " ".join(f"{word}s" if f"{word}s" in _KINDS else word for word in words)
