"""Page numbers as citations print them.

Examples: `Page(s): 64-66`, `pg. 607`, `p 301`, `p301`, `pages 300-305, 308`, `91 of
127`.
"""

import re
from collections.abc import Iterable

_NUMBER = r"\d{1,4}(?![\d.]*\d|[A-Za-z%])"
_RANGE = rf"{_NUMBER}(?:\s?(?:[-–—]|to|through)\s?{_NUMBER})?(?:\s?of\s?\d{{1,3}}\b)?"
_SEPARATOR = r"(?:\s?[,;]\s?(?:and\s|&\s)?|\s(?:and|&)\s)"
_LABEL = r"(?:\bPages?\s?\(s\)|\b(?:Pages?|Pgs?|pp?|P)(?![A-Za-z]))\.?\s?[:/]?\s?"
PAGES = re.compile(
    rf"[(,;]?\s?{_LABEL}(?P<list>{_RANGE}(?:{_SEPARATOR}(?:{_LABEL})?{_RANGE})*)\s?\)?",
    re.IGNORECASE,
)
PAGES_MOST, PAGE_MOST = 500, 99_999  # of a range, and of a page's number, that is believed
EMPTY = re.compile(r"\bPage\s?\(s\)\s?:?\s?(?:N/?A\b)?", re.IGNORECASE)
_ONE = re.compile(r"(\d{1,4})(?:\s?(?:[-–—]|to|through)\s?(\d{1,4}))?", re.IGNORECASE)
_OF = re.compile(r"\s?of\s?\d{1,3}\b")


def printed(lists: list[str]) -> str | None:
    """Lists of pages as one, with plain separators: "64-66, 70"."""
    parts = [_range(first, last) for one in lists for first, last in _pairs(one)]
    return ", ".join(parts) or None


def ranges(lists: list[str]) -> tuple[tuple[int, int], ...]:
    """Inclusive ranges; a shortened end is filled up (`300-5` is 300 to 305)."""
    found = []
    for one in lists:
        for first, last in _pairs(one):
            if len(last) < len(first):
                last = first[: len(first) - len(last)] + last
            low, high = int(first), int(last)
            found.append((low, high) if low <= high else (high, low))
    return tuple(found)


def whole(found: Iterable[tuple[int, int]]) -> list[int]:
    """Every page of the ranges, to be searched; of a range that no guideline has, its ends."""
    pages: set[int] = set()
    for first, last in found:
        all_of_it = range(first, last + 1) if last - first < PAGES_MOST else (first, last)
        pages.update(page for page in all_of_it if page <= PAGE_MOST)
    return sorted(pages)


def _pairs(one: str) -> list[tuple[str, str]]:
    return [(match[1], match[2] or match[1]) for match in _ONE.finditer(_OF.sub("", one))]


def _range(first: str, last: str) -> str:
    return first if first == last else f"{first}-{last}"
