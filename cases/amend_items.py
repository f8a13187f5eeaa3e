"""Add a disputed item that the reader missed, and take out one that is not in the letter."""

from contextlib import suppress
from typing import Any

from django.contrib.auth.models import User
from django.db import transaction

from cases.amend import SameAgain, Sheet, correct, end, finish, seen, sheet_of
from cases.correcting import alike_in, give_back
from cases.locks import again_after_deadlock
from cases.models import Correction
from reviews.cells import Cell

OF_NEW = ("outcome", "category", "treatment")  # what may be told of an item as it is added


@again_after_deadlock
def add_item(
    case_id: int, told: dict[str, Any], *, seal: str, user: User, why: str = ""
) -> Correction:
    """Add an item by its `service`; what else is told of it are corrections like any other.

    Raises Meanwhile, and SameAgain where an item of that service stands, or was removed.
    """
    with transaction.atomic():
        cell, service = Cell("item"), told["service"]
        sheet, _ = seen(case_id, cell, seal)
        gone = {e.item or 0: e.service for e in sheet.standing if e.cell.is_item and e.in_place}
        if alike_in(gone | _services(sheet), service):
            raise SameAgain
        made = _made(sheet, service, value=service, made_by=user, why=why)
        made.item = sheet.cells.put(cell, service).item
        made.save()
        finish(sheet, [*sheet.standing, made], cell)
        for cell in (Cell(name, made.item) for name in OF_NEW if told[name]):
            with suppress(SameAgain):  # what the reader makes of the service
                correct(case_id, cell, told[cell.field], seal=_seal(case_id, cell), user=user)
        return made


@again_after_deadlock
def remove_item(case_id: int, cell: Cell, *, seal: str, user: User, why: str = "") -> Correction:
    """Take the item out, after its corrections were withdrawn. Raises Meanwhile.

    To remove one that a person added is to take that back.
    """
    with transaction.atomic():
        sheet, before = seen(case_id, cell, seal)
        if added := sheet.at(cell):
            return end(sheet, added)
        give_back(sheet.cells, sheet.standing, cell.item or 0)
        whole, service = sheet.cells.value(cell), sheet.service(cell.item or 0)
        machine = whole | {"others": len(alike_in(_services(sheet), service)) - 1}
        named = {"service": before["service"]}  # all the rest is in `machine`, once
        made = _made(sheet, service, machine=machine, before=named, made_by=user, why=why)
        made.item = cell.item
        sheet.cells.put(cell, None)
        made.save()
        finish(sheet, [*sheet.standing, made], cell)
        return made


def _services(sheet: Sheet) -> dict[int, str]:
    return {number: sheet.service(number) for number in sheet.cells.items}


def _made(sheet: Sheet, service: str, **told: Any) -> Correction:
    letter_id, part = sheet.reading.letter_id, sheet.reading.part
    return Correction(letter_id=letter_id, part=part, field="item", service=service, **told)


def _seal(case_id: int, cell: Cell) -> str:
    return sheet_of(case_id).seal(cell)
