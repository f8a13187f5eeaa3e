"""Several letters in one file, told apart, and whether a text is such a letter at all."""

from dataclasses import fields, is_dataclass, replace
from typing import Any, TypeVar

from reviews.reading.bounds import starts
from reviews.reading.clean import clean
from reviews.reading.reader import read, read_clean
from reviews.reading.sections import marks
from reviews.reading.types import Determination, LetterText, Span

T = TypeVar("T")


def read_all(text: LetterText) -> list[Determination]:
    """Every letter in the text, in order; spans are places in this text."""
    whole = clean(text)
    found = starts(whole, marks(whole))
    if len(found) == 1:
        return [read_clean(whole)]
    begins = [whole.origin(start) if start else 0 for start in found]
    ends = [*begins[1:], len(text.text)]
    return [
        _shifted(read(_part(text, begin, end)), begin, _page(text, begin) - 1)
        for begin, end in zip(begins, ends, strict=True)
    ]


def is_determination(determination: Determination) -> bool:
    """Whether this is a determination letter: it has disputed items, or two of its other parts."""
    if determination.items:
        return True
    d = determination
    return sum(map(bool, (d.case_number, d.clinical_summary, d.licensed_in))) >= 2


def _part(text: LetterText, begin: int, end: int) -> LetterText:
    """The characters `begin` up to `end` as a text of its own."""
    before = _page(text, begin) - 1
    lines = tuple(
        replace(
            line,
            start=max(line.start, begin) - begin,
            end=min(line.end, end) - begin,
            page=line.page - before,
        )
        for line in text.lines
        if line.end > begin and line.start < end
    )
    pages = tuple(start - begin for start in text.page_starts if begin < start < end)
    return replace(
        text,
        text=text.text[begin:end],
        lines=lines,
        page_starts=(0, *pages),
        pictures=tuple(n - before for n in text.pictures if 0 < n - before <= len(pages) + 1),
    )


def _page(text: LetterText, at: int) -> int:
    return max(sum(start <= at for start in text.page_starts), 1)


def _shifted(value: T, by: int, pages: int) -> T:
    """The same values at their places in the whole text."""
    return _moved(value, by, pages)  # type: ignore[no-any-return]


def _moved(value: Any, by: int, pages: int) -> Any:
    if isinstance(value, Span):
        return Span(value.start + by, value.end + by)
    if isinstance(value, tuple):
        return tuple(_moved(part, by, pages) for part in value)
    if is_dataclass(value) and not isinstance(value, type):
        changes = {
            part.name: _moved(getattr(value, part.name), by, pages) for part in fields(value)
        }
        if "span" in changes and "page" in changes:
            changes["page"] += pages
        return replace(value, **changes)
    return value
