"""Correct a value where it stands, and take a correction back.

Both hold the letter, as saving what was read from it does: so a reading again either sees the
correction, or the correction sees what was read.
"""

import hashlib
import json
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.models import User
from django.db import IntegrityError, transaction
from django.db.models import Q

from cases.correcting import agrees, give_back, say
from cases.locks import again_after_deadlock
from cases.models import Case, Correction, Letter, Reading
from cases.settle import place, resettle
from reviews.cells import Cell, Cells, Gone

State = Correction.State


class Meanwhile(Exception):
    """What was looked at is not what stands there now."""


class SameAgain(Exception):
    """What was to be put in place stands there already."""


@dataclass(frozen=True)
class Sheet:
    """A case's current reading with its rows and what stands corrected in them."""

    reading: Reading
    cells: Cells
    standing: list[Correction]

    def at(self, cell: Cell) -> Correction | None:
        found = (each for each in self.standing if each.cell == cell and each.in_place)
        return next(found, None)

    def value(self, cell: Cell) -> Any:
        """What stands there now; None where something may be added. Raises Gone."""
        if cell.is_new:
            if not cell.is_item:
                self.cells.item(cell)
            return None
        removed = self.at(cell) if cell.is_citation else None
        return None if removed and removed.removes else self.cells.value(cell)

    def service(self, item: int) -> str:
        """The item's service in the reader's words."""
        cell = Cell("service", item)
        corrected = self.at(cell)
        return str(corrected.machine if corrected else self.cells.value(cell))

    def seal(self, cell: Cell) -> str:
        """What a form carries to say which value it saw, whatever the positions are by then."""
        about = self.service(cell.item) if cell.item else ""
        seen = [self.reading.letter_id, self.reading.part, about, self.value(cell)]
        return hashlib.sha256(json.dumps(seen, sort_keys=True).encode()).hexdigest()


def sheet_of(case_id: int) -> Sheet:
    """Raises Reading.DoesNotExist when there is no such case."""
    readings = Reading.objects.select_related("case", "letter", "review")
    reading = readings.get(review__case=case_id)
    return _sheet(reading)


@again_after_deadlock
def correct(
    case_id: int, cell: Cell, value: Any, *, seal: str, user: User, why: str = ""
) -> Correction:
    """Put the value in its place. Of a citation or of details all parts; no citation is None.

    Raises Meanwhile when something else stands there than what the seal was made of, and SameAgain.
    """
    with transaction.atomic():
        sheet, before = seen(case_id, cell, seal)
        made, old = _made(sheet, cell, value, before), sheet.at(cell)
        if old and agrees(made):
            return end(sheet, old)
        if old:
            old.state = State.REPLACED
            old.save(update_fields=["state"])
            sheet.standing.remove(old)
        made.made_by, made.why, made.before = user, why, before
        made.citation = sheet.cells.put(cell, _whole(made)).citation
        made.save()
        finish(sheet, [*sheet.standing, made], cell)
        return made


def seen(case_id: int, cell: Cell, seal: str) -> tuple[Sheet, Any]:
    """The sheet, held until the transaction ends, and what stands there. Raises Meanwhile."""
    sheet = _held(case_id)
    try:
        if sheet.seal(cell) != seal:
            raise Meanwhile
        return sheet, sheet.value(cell)
    except Gone as gone:
        raise Meanwhile from gone


@again_after_deadlock
def withdraw(correction_id: int) -> Correction:
    """Let the reader's value apply again. Raises Meanwhile when it does not stand any more."""
    with transaction.atomic():
        letter_id = Correction.objects.get(pk=correction_id).letter_id
        Letter.objects.select_for_update(no_key=True).get(pk=letter_id)
        correction = Correction.objects.select_related("letter").get(pk=correction_id)
        if not correction.stands:
            raise Meanwhile
        return end(_sheet_about(correction), correction)


def end(sheet: Sheet | None, correction: Correction) -> Correction:
    """Withdraw it from the sheet of its reading, if there is one."""
    if sheet and correction.state == State.APPLIED:
        if correction.adds_item:
            give_back(sheet.cells, sheet.standing, correction.item or 0)
        sheet.cells.put(correction.cell, correction.machine)
    correction.state = State.WITHDRAWN
    correction.save(update_fields=["state"])
    if sheet:
        left = [each for each in sheet.standing if each.pk != correction.pk]
        finish(sheet, left, correction.cell)
    return correction


def _held(case_id: int) -> Sheet:
    """The sheet, after whoever saves another reading of its letter is done."""
    try:
        letter_id = Reading.objects.get(review__case=case_id).letter_id
        Letter.objects.select_for_update(no_key=True).get(pk=letter_id)
        sheet = sheet_of(case_id)
    except (Reading.DoesNotExist, Letter.DoesNotExist) as gone:
        raise Meanwhile from gone
    if sheet.reading.letter_id != letter_id:
        raise Meanwhile  # another letter tells the latest decision by now
    return sheet


def _sheet_about(correction: Correction) -> Sheet | None:
    """Of the reading that it lies over; None while its part of the file is not found."""
    readings = Reading.objects.select_related("case", "letter", "review")
    reading = readings.filter(letter=correction.letter_id, part=correction.part).first()
    return _sheet(reading) if reading else None


def _sheet(reading: Reading) -> Sheet:
    standing = Correction.objects.standing().filter(letter=reading.letter_id, part=reading.part)
    sheet = Sheet(reading, Cells(reading.review), list(standing.select_related("made_by")))
    for each in sheet.standing:
        if each.removes and each.state != State.LOST:
            sheet.cells.reserve(each.cell)
    return sheet


def _made(sheet: Sheet, cell: Cell, value: Any, before: Any) -> Correction:
    """The correction; of a citation or of details only with what differs from the reader's."""
    old = sheet.at(cell)
    machine = old.machine if old else before
    if cell.parts and value is not None and machine is not None:
        value = {name: value[name] for name in cell.parts if value[name] != machine[name]}
    made = Correction(
        letter_id=sheet.reading.letter_id,
        part=sheet.reading.part,
        field=cell.field,
        item=cell.item,
        service=sheet.service(cell.item) if cell.item else "",
        side=cell.side,
        citation=cell.citation,
        title=machine["title"] if cell.is_citation and machine else "",
        value=value,
        machine=machine,
    )
    if _stands_already(made, before):
        raise SameAgain
    return made


def _stands_already(made: Correction, before: Any) -> bool:
    if not made.cell.parts or made.value is None or before is None:
        return bool(made.value == before)
    return all(made.applies[name] == before[name] for name in made.cell.parts)


def _whole(made: Correction) -> Any:
    """What is put in place: of a citation all of the reader's with what is changed."""
    whole = made.applies
    if made.cell.is_citation and made.value and "printed_pages" in made.value:
        whole.pop("pages", None)  # they follow from what is printed
    return whole


def finish(sheet: Sheet, standing: list[Correction], cell: Cell) -> None:
    """Write what was put into the sheet, and what follows from it for the case."""
    say(sheet.cells, standing)
    sheet.cells.save()
    reading = sheet.reading
    old, new = reading.case_id, reading.case_id
    if cell.field == "case_number":
        new = _move(reading)
    heir = Reading(letter_id=reading.letter_id, part=reading.part, case_id=new)
    resettle({old, new}, {old: heir})


def _move(reading: Reading) -> int:
    """Tie the reading to the case of its number by now. Returns that case's key."""
    old, review = reading.case, reading.review
    # In one order: two letters may be given each other's number at the same moment.
    both = Q(pk=old.pk) | Q(number=review.case_number)
    list(Case.objects.select_for_update().filter(both).order_by("pk"))
    alone = not old.readings.exclude(pk=reading.pk).exists()
    if alone and _renamed(old, review.case_number or None, reading.letter.name):
        return old.pk
    if not alone:
        reading.delete()  # or the old case would still show the review that a new one is to show
        resettle({old.pk})
    return place(reading.letter, reading.part, review, reading)


def _renamed(case: Case, number: str | None, file: str) -> bool:
    """Whether the case could keep its page under the new number: no other case has it."""
    try:
        with transaction.atomic():
            Case.objects.filter(pk=case.pk).update(number=number, name=number or file)
    except IntegrityError:
        return False
    return True
