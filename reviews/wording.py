"""What a review says in short words, as its page shows them: outcomes, bases, details."""

from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

OUTCOME_SENTENCES = {
    "upheld": "Upheld, the denial stands",
    "overturned": "Overturned, the treatment is necessary",
    "partially overturned": "Partially overturned: some items are necessary, for others the denial "
    "stands",
    "": "Outcome not read, see the letter",
}
BASIS_SENTENCES = {
    "mtus": "Relies on the MTUS",
    "outside": "Relies only on guidelines outside the MTUS",
    "none": "Cites no guideline",
}

Details = dict[str, Any]
Receipts = dict[str, list[Any]]


class Detail(NamedTuple):
    """A few words, the receipt of the value they tell, and its key among the item's details."""

    words: str
    receipt: list[Any] | None
    key: str


def counted(count: int, one: str, many: str) -> str:
    return f"{count or 'no'} {one if count == 1 else many}"


AMOUNTS: dict[str, Callable[[Any], str]] = {
    "strength": str,
    "form": str,
    "quantity": lambda count: f"#{count}",
    "refills": lambda count: counted(count, "refill", "refills"),
    "sessions": lambda count: counted(count, "visit", "visits"),
}
SIDES = {"left": "left side", "right": "right side", "bilateral": "both sides"}


def in_words(details: Details, receipts: Receipts) -> list[Detail]:
    """Each detail that is told, in the order of the page: amounts, part of the body, time.

    Of several parts or days that were corrected nobody knows which receipt is whose.
    """
    receipts = {name: each for name, each in receipts.items() if len(each) == _count(details, name)}
    return [*_amounts(details, receipts), *_places(details, receipts), *_times(details, receipts)]


def _count(details: Details, name: str) -> int:
    told = details.get(name)
    return len(told) if isinstance(told, list) else 1


def _amounts(details: Details, receipts: Receipts) -> Iterator[Detail]:
    for name, words in AMOUNTS.items():
        if name in details:
            yield _detail(words(details[name]), receipts, name)


def _places(details: Details, receipts: Receipts) -> Iterator[Detail]:
    """With one part "left knee"; of several, the heading does not surely say whose the side is."""
    parts, side = details.get("body_parts", []), details.get("side")
    if side and len(parts) == 1:
        yield _detail(f"{side} {parts[0]}", receipts, "body_parts")
        return
    for n, part in enumerate(parts):
        yield _detail(part, receipts, "body_parts", n)
    if side:
        yield _detail(SIDES[side], receipts, "side")


def _times(details: Details, receipts: Receipts) -> Iterator[Detail]:
    if details.get("retrospective"):
        yield _detail("retrospective", receipts, "retrospective")
    for n, day in enumerate(details.get("service_dates", [])):
        yield _detail(f"service of {day}", receipts, "service_dates", n)


def _detail(words: str, receipts: Receipts, name: str, n: int = 0) -> Detail:
    found = receipts.get(name, [])
    return Detail(words, found[n] if n < len(found) else None, f"{name}-{n}")
