"""Pages that begin after a row, not after a number of rows: each costs the same, however deep.

Rows that come or go in between shift nothing: none is told twice, and none is left out.
"""

import base64
import hashlib
from typing import Any, NamedTuple, TypeVar

from cryptography.fernet import Fernet, InvalidToken
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db.models import F, Model, OrderBy, Q, QuerySet

from cases import counting
from cases.filters import CaseFilter
from cases.models import Case

Row = TypeVar("Row", bound=Model)
TELLING = {"name"}  # columns whose values have no place in an address, but sealed


class Place(NamedTuple):
    """The last row of a page: its key, and its value in the column of the order."""

    key: int
    value: Any


class BadCursor(ValueError):
    """Not a cursor that this site gave for this order."""


def cases_after(found: CaseFilter, cursor: str, many: int) -> tuple[list[Case], str]:
    """`many` cases that the filter finds, in its order, and the cursor of the page after them.

    Few matches are found first and then sorted, many are walked: see `cases.paging`.
    """
    matching, some = found.qs, found.qs.order_by()[: counting.MOST + 1]
    if not found.crowd and some.count() <= counting.MOST:
        matching = Case.objects.filter(Q(pk__in=some.values("pk"))).order_by(*found.order())
    return page_after(matching, found.order(), cursor, many)


def page_after(
    rows: QuerySet[Row], order: list[OrderBy], cursor: str, many: int
) -> tuple[list[Row], str]:
    """`many` rows by a column, then by key, and the cursor of the page after; "" after the last.

    Raises BadCursor.
    """
    by = order[0]
    column = by.expression.name  # type: ignore[union-attr]
    found = _after(rows, column, by.descending, _place(rows, column, cursor), many + 1)
    return found[:many], _cursor(found[many - 1], column) if len(found) > many else ""


def _after(
    rows: QuerySet[Row], column: str, turned: bool, last: Place | None, many: int
) -> list[Row]:
    """First the rows with the same value, then those past it, then those without one.

    Together they are one condition; apart, the order's own index is entered at the very row.
    """
    if last is None:
        return list(rows[:many])
    side = "lt" if turned else "gt"
    same = {column: last.value} if last.value is not None else {f"{column}__isnull": True}
    parts = [{**same, f"pk__{side}": last.key}]
    if last.value is not None:
        parts += [{f"{column}__{side}": last.value}, {f"{column}__isnull": True}]
    found: list[Row] = []
    for part in parts:
        if len(found) < many:
            found += rows.filter(**part)[: many - len(found)]
    return found


def _cursor(row: Model, column: str) -> str:
    value = getattr(row, column)
    text = "" if value is None else _as_text(value)
    return f"{row.pk}:{_seal().encrypt(text.encode()).decode() if column in TELLING else text}"


def _as_text(value: Any) -> str:
    return value.isoformat() if hasattr(value, "isoformat") else str(value)


def _place(rows: QuerySet[Row], column: str, cursor: str) -> Place | None:
    if not cursor:
        return None
    key, colon, text = cursor.partition(":")
    if not (key.isascii() and key.isdecimal() and len(key) < 19 and colon):
        raise BadCursor
    try:
        if column in TELLING:
            text = _seal().decrypt(text).decode()
        value = rows.model._meta.get_field(column).to_python(text) if text else None  # type: ignore[union-attr]
    except (ValidationError, InvalidToken, ValueError) as error:
        raise BadCursor from error
    return Place(int(key), value)


def _seal() -> Fernet:
    secret = hashlib.sha256(b"cases.keyset" + settings.SECRET_KEY.encode()).digest()
    return Fernet(base64.urlsafe_b64encode(secret))


def newest_first(column: str) -> list[OrderBy]:
    return [OrderBy(F(column), descending=True), OrderBy(F("pk"), descending=True)]
