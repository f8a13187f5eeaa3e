"""Lay what people put right over what the reader says, whenever it reads the letter again.

The place of each correction is found first, in the reader's own words: an item by its service, a
citation by its title, then by position. So a value follows its item when the items move, and one
whose place is gone is kept, not applied, and said as a flag.

Items that a person added or removed come first: other corrections may be about them.
"""

import re
from collections.abc import Collection, Iterable
from dataclasses import replace
from typing import Any

from cases.models import Correction, Letter
from reviews.cells import CITED, Cell, Cells, Gone
from reviews.models import Review

State = Correction.State
LOST = "correction-lost"  # the code of the flag
# What a reading again may change of a correction.
FOLLOWING = ("item", "service", "citation", "title", "machine", "state")


def lay_over(letter: Letter, part: int, review: Review) -> None:
    """Put what stands corrected into the rows just recorded. Call in the same transaction."""
    standing = list(Correction.objects.standing().filter(letter=letter, part=part))
    if not standing:
        return
    cells = Cells(review)
    before = [_following(each) for each in standing]
    for each in standing:
        if each.cell.is_item:
            _lay_item(cells, each)
    others = [each for each in standing if not each.cell.is_item]
    # All are looked for before any is put: what is put may be a service or a title.
    added = [each.item or 0 for each in standing if each.adds_item]
    found = [find(cells, each, added) for each in others]
    # One that was lost may find a place that was corrected anew meanwhile: what is newer applies.
    newest = {cell: each for each, cell in zip(others, found, strict=True)}
    for correction, cell in zip(others, found, strict=True):
        applies = cell and (cell.is_new or newest[cell] is correction)
        _lay(cells, correction, cell if applies else None)
    say(cells, standing)
    cells.save()
    for correction, was in zip(standing, before, strict=True):
        if _following(correction) != was:
            correction.save(update_fields=FOLLOWING)


def say(cells: Cells, standing: Iterable[Correction]) -> None:
    """What the review itself says of its corrections: that there are some, and which are lost."""
    review = cells.review
    standing = list(standing)
    review.corrected = bool(standing)
    review.flags = [flag for flag in review.flags if flag["code"] != LOST] + [
        {"code": LOST, "sentence": _sentence(each), "span": None}
        for each in standing
        if each.state == State.LOST
    ]
    review.flagged = bool(review.flags)


def find(cells: Cells, correction: Correction, added: Collection[int] = ()) -> Cell | None:
    """Where the correction belongs in rows as the reader wrote them; None when that is gone.

    `added` are the items that people added: never told in other words, nor in place of another.
    """
    cell = correction.cell
    if cell.item is None:
        return cell
    services = {number: item.service for number, item in cells.items.items()}
    by_hand = {number: services.pop(number) for number in added}
    number = next(iter(alike_in(by_hand, correction.service)), None) or _nearest(
        services, correction.service, cell.item
    )
    if number is None:
        return None
    cell = replace(cell, item=number)
    if not cell.is_citation:
        return cell
    if correction.adds:
        return replace(cell, citation=_twin(cells, cell, correction.value or {}))
    titles = {each.position: each.title for each in cells.side(number, cell.side)}
    return replace(cell, citation=_nearest(titles, correction.title, correction.citation))


def _nearest(texts: dict[int, str], text: str, position: int | None) -> int | None:
    """The number of that text, first where it stood; else what stands there now, if it is alike."""
    alike = [number for number, each in texts.items() if _plain(each) == _plain(text)]
    if alike:
        return position if position in alike else alike[0]
    there = texts.get(position or 0)
    if there is not None and (len(texts) == 1 or _words(there) & _words(text)):
        return position
    return None


def _twin(cells: Cells, cell: Cell, value: dict[str, Any]) -> int | None:
    """The reader's own citation that says what a person added."""
    for each in cells.side(cell.item or 0, cell.side):
        told = cells.value(replace(cell, citation=each.position))
        if all(told[name] == value[name] for name in CITED if name != "title"):
            return each.position
    return None


def _lay_item(cells: Cells, correction: Correction) -> None:
    alike = alike_in(cells.services, correction.service)
    if correction.adds:
        correction.state = State.CONFIRMED if alike else State.APPLIED
        correction.item = alike[0] if alike else cells.put(Cell("item"), correction.value).item
        return
    others = correction.others
    if len(alike) <= others:
        correction.state = State.LOST if _in_other_words(cells, correction) else State.CONFIRMED
        return
    cell = Cell("item", correction.item if correction.item in alike else alike[-1])
    correction.item, correction.state = cell.item, State.APPLIED
    correction.machine = cells.value(cell) | {"others": others}
    cells.put(cell, None)


def alike_in(services: dict[int, str], service: str) -> list[int]:
    """The numbers of items with that service."""
    return [number for number, each in services.items() if _plain(each) == _plain(service)]


def _in_other_words(cells: Cells, correction: Correction) -> bool:
    """Whether what was removed may stand there still: too little to remove it, or to forget it."""
    there = cells.services.get(correction.item or 0, "")
    return not correction.others and bool(_words(there) & _words(correction.service))


def give_back(cells: Cells, standing: list[Correction], item: int) -> None:
    """Withdraw the corrections that stand in an item, so that it is the reader's, or no more."""
    for each in [each for each in standing if each.item == item and not each.cell.is_item]:
        if each.state == State.LOST:
            continue
        if each.state == State.APPLIED:
            cells.put(each.cell, each.machine)
        each.state = State.WITHDRAWN
        each.save(update_fields=["state"])
        standing.remove(each)


def _lay(cells: Cells, correction: Correction, cell: Cell | None) -> None:
    if cell is None:
        correction.state = State.LOST
        return
    correction.item = cell.item
    if cell.item is not None:
        correction.service = cells.services[cell.item]
    if correction.adds:
        return _add(cells, correction, cell)
    if correction.removes:
        cells.reserve(replace(cell, citation=correction.citation))
    if correction.removes and cell.citation is None:
        correction.state = State.CONFIRMED  # the reader does not have it any more either
        return
    try:
        correction.machine = cells.value(cell)
    except Gone:
        correction.state = State.LOST
        return
    correction.citation = cell.citation
    if cell.is_citation:
        correction.title = correction.machine["title"]
    correction.state = State.CONFIRMED if agrees(correction) else State.APPLIED
    cells.put(cell, correction.value)


def _add(cells: Cells, correction: Correction, cell: Cell) -> None:
    correction.state = State.APPLIED if cell.citation is None else State.CONFIRMED
    if correction.state == State.APPLIED:
        cell = cells.put(cell, correction.value)
    correction.citation = cell.citation


def agrees(correction: Correction) -> bool:
    """Whether the reader says by itself what the correction says."""
    if not correction.cell.parts:
        return bool(correction.machine == correction.value)
    if correction.value is None or correction.machine is None:
        return False
    return all(correction.machine[name] == value for name, value in correction.value.items())


def _following(correction: Correction) -> list[Any]:
    return [getattr(correction, name) for name in FOLLOWING]


def _sentence(correction: Correction) -> str:
    return (
        f"A correction no longer finds its place and is not applied: {correction.subject}. "
        "Make it anew where it belongs, or withdraw it."
    )


def _plain(text: str) -> str:
    return " ".join(text.casefold().split())


def _words(text: str) -> set[str]:
    return set(re.findall(r"[a-z]{3,}", text.casefold()))
