"""Guideline blocks as printed, read to short tuples that tables can hold."""

from reviews.reading import citations
from reviews.reading.clean import clean
from reviews.reading.text import from_string
from reviews.reading.types import Citation

Read = tuple[str, str | None, int | None, str | None, tuple[str, ...]]


def cited(printed: str) -> tuple[tuple[Citation, ...], list[str]]:
    letter = clean(from_string(printed))
    found, doubts = citations.read_block(letter, 0, len(letter.text))
    return found, [doubt.code for doubt in doubts]


def short(citation: Citation) -> Read:
    c = citation
    return c.source, c.guideline, c.year, c.printed_pages, c.sections


def mtus(
    slug: str | None, year: int | None = None, pages: str | None = None, *sections: str
) -> Read:
    return "MTUS", f"mtus-{slug}" if slug else None, year, pages, sections


def odg(slug: str, *sections: str, year: int | None = None, pages: str | None = None) -> Read:
    return "ODG", f"odg-{slug}" if slug else "odg", year, pages, sections
