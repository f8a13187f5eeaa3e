"""What a person should check in a reading: one line for each doubt and each oddity."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from reviews.models import Review, Side

WHOSE: dict[str, str] = {
    Side.ADMINISTRATOR: "administrator",
    Side.EXPERT: "expert",
    Side.RATIONALE: "rationale",
}


@dataclass
class Spot:
    """Words that a line is about, and whose they are: an item's and a side's, or the letter's."""

    span: list[int] | None
    whose: str = ""


@dataclass
class Line:
    """A sentence that is said once, and all the places it is true of."""

    number: int
    sentence: str
    doubt: bool
    spots: list[Spot] = field(default_factory=list)

    def add(self, span: list[int] | None, whose: str) -> None:
        """The same words once, and whose they are if that is told at all."""
        for spot in self.spots:
            if spot.span == span and (not spot.whose or not whose or spot.whose == whose):
                spot.whose = spot.whose or whose
                return
        self.spots.append(Spot(span, whose))


def to_check(review: Review) -> list[Line]:
    """The reader's doubts, then what is odd about the letter and its citations, in its order."""
    lines: dict[tuple[bool, str], Line] = {}
    for doubt, whose, told in _told(review):
        sentence = told["sentence"]
        line = lines.setdefault((doubt, sentence), Line(len(lines) + 1, sentence, doubt))
        line.add(told["span"], whose)
    return list(lines.values())


def _told(review: Review) -> Iterator[tuple[bool, str, dict[str, Any]]]:
    yield from ((True, "", flag) for flag in review.flags)
    yield from ((False, "", notice) for notice in review.notices)
    for item in review.items.all():
        for citation in item.citations.all():
            whose = f"item {item.position}, {WHOSE[citation.side]}"
            yield from ((False, whose, notice) for notice in citation.notices)
