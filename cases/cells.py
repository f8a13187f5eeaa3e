"""The cells of the list's rows as HTML: a page has hundreds, too many for a template each.

Functions that return HTML escape whatever a letter or a person may have said.
"""

from collections.abc import Callable, Iterable
from datetime import date
from html import escape
from typing import Any, NamedTuple

from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe

from cases.columns import CASE, Column
from cases.passages import Passage
from cases.rows import Row
from reviews.models import Outcome

MOST_ITEMS, MOST_GUIDELINES = 4, 3  # lines of a cell; what is more is folded away
NOT_TOLD = '<span class="none">not told</span>'
CHECK = ' <span class="flag" title="The reader has a doubt about this letter">check</span>'
CORRECTED = (
    ' <span class="read-as" title="Somebody has corrected what the reader says">corrected</span>'
)
OUTCOMES = {
    outcome: f'<span class="outcome {kind}">{words}</span>'
    for outcome, kind, words in [("", "unread", "Not read"), *((o, o, o.label) for o in Outcome)]
}


class Line(NamedTuple):
    """A row as its template takes it: the case's link, the cells of the other columns, and the
    places where the words of a search stand."""

    case: Any
    link: SafeString
    cells: SafeString
    passages: SafeString


def lines_of(rows: list[Row], columns: list[Column], query: str) -> list[Line]:
    """`query` is the list's own: the page of a case goes on from there."""
    written = [
        (f'<td data-label="{column.label}" class="c-{column.key}">', CELLS[column.key])
        for column in columns
        if column != CASE
    ]
    return [
        Line(
            row.case,
            mark_safe(_link(row, query)),
            mark_safe("".join(f"{opening}{html(row)}</td>" for opening, html in written)),
            mark_safe("".join(_passage(row.case, each, query) for each in row.passages)),
        )
        for row in rows
    ]


def fold(values: list[Any], most: int) -> tuple[list[Any], list[Any]]:
    """What is shown and what is not. Its summary takes a line: a single one is not folded."""
    if len(values) <= most:
        return values, []
    return values[: most - 1], values[most - 1 :]


def _link(row: Row, query: str) -> str:
    case = row.case
    address = reverse("case", args=[case.pk]) + (f"?{escape(query)}" if query else "")
    whole = ' class="whole"' if case.number else ""
    check = CHECK if case.review__flagged and not case.checked else ""
    corrected = CORRECTED if case.corrected else ""
    return f'<a href="{address}"{whole}>{escape(case.name)}</a>{check}{corrected}'


def _passage(case: Any, passage: Passage, query: str) -> str:
    """It leads to its first marked words in the letter."""
    at = f"{passage.start}-{passage.end}"
    address = f"{reverse('case', args=[case.pk])}?at={at}&amp;{escape(query)}#at-{at}"
    words = "".join(
        f"<mark>{escape(text)}</mark>" if marked else escape(text)
        for text, marked in passage.pieces
    )
    return f'<li><a href="{address}"><b>{escape(passage.label)}</b> <q>{words}</q></a></li>'


def _worker(row: Row) -> str:
    age, sex = row.case.review__age, row.case.review__sex
    if not (age or sex):
        return NOT_TOLD
    told = "" if age is None else age
    comma = ", " if age and sex else ""
    return f'<span>{told}{comma}<span class="whole">{escape(sex)}</span></span>'


def _date(told: date | None) -> str:
    return told.isoformat() if told else NOT_TOLD


def _lines(values: Iterable[str]) -> str:
    return "".join(
        f'<span class="line" title="{value}">{value}</span>' for value in map(escape, values)
    )


def _licensed(row: Row) -> str:
    states = map(escape, row.case.review__licensed_in)
    return "".join(f'<span class="line">{state}</span>' for state in states) or NOT_TOLD


def _guidelines(row: Row) -> str:
    nothing = '<span class="none">none</span>'
    return _folding(row.guidelines, MOST_GUIDELINES, _lines) or nothing


def _doubts(row: Row) -> str:
    nothing = '<span class="none">nothing</span>'
    return _lines(flag["sentence"] for flag in row.case.review__flags) or nothing


def _items(row: Row) -> str:
    nothing = '<ul><li class="none">no item was found in the letter</li></ul>'
    shown = _folding(row.items, MOST_ITEMS, _list) or nothing
    if not row.others:
        return shown
    other = "item" if row.others == 1 else "items"
    return f'{shown}<p class="none">and {row.others} other {other}</p>'


def _list(items: list[Any]) -> str:
    return f"<ul>{''.join(map(_item, items))}</ul>"


def _item(item: Any) -> str:
    words, of_class = escape(item.disputed or item.service), item.treatment__treatment_class
    told = f' <span class="class">{escape(of_class)}</span>' if of_class else ""
    service = f'<span class="service" title="{words}">{words}{told}</span>'
    return f"<li>{OUTCOMES[item.outcome]} {service}</li>"


def _folding(values: list[Any], most: int, html: Callable[[list[Any]], str]) -> str:
    shown, folded = fold(values, most)
    if not folded:
        return html(shown) if shown else ""
    more = f"<summary>{len(folded)} more</summary>{html(folded)}"
    return f'{html(shown)}<details class="fold">{more}</details>'


CELLS: dict[str, Callable[[Row], str]] = {
    "worker": _worker,
    "injury": lambda row: _date(row.case.review__date_of_injury),
    "decision": lambda row: _date(row.case.review__decision_date),
    "specialty": lambda row: _lines(row.case.review__specialties) or NOT_TOLD,
    "licensed": _licensed,
    "items": _items,
    "guidelines": _guidelines,
    "doubts": _doubts,
}
