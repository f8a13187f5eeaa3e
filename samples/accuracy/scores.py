"""Marks for letters, and what they add up to."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from samples.accuracy.questions import CORE, FIELDS, Answer, Json, answers


@dataclass(frozen=True, slots=True)
class Mark:
    """How one letter was read; `read` is False where no reading came of it at all."""

    name: str
    generation: str
    read: bool
    flags: tuple[str, ...]
    asked: Counter[str]
    wrong: tuple[Answer, ...]
    extra: int = 0  # letters read in the rest of its file that are not there

    @property
    def wholly_right(self) -> bool:
        return not any(answer.field in CORE for answer in self.wrong)

    @property
    def silent(self) -> bool:
        """Something is wrong and no flag says so."""
        return not self.wholly_right and not self.flags

    @property
    def needless(self) -> bool:
        """Flagged, though nothing is wrong. An odd letter may deserve it all the same."""
        return self.wholly_right and bool(self.flags)


@dataclass(frozen=True, slots=True)
class Count:
    """How many letters there are of each kind."""

    letters: int
    wholly_right: int
    silent: int
    flagged: int
    needless: int
    unread: int
    extra: int


@dataclass(frozen=True, slots=True)
class Score:
    """What marks add up to.

    `fields` has right and asked answers; `flags` the letters with that flag, and those of them
    that have nothing wrong.
    """

    fields: dict[str, tuple[int, int]]
    all: Count
    generations: dict[str, Count]
    flags: dict[str, tuple[int, int]]

    @property
    def core(self) -> tuple[int, int]:
        """Right and asked over all the core fields."""
        return total(pair for field, pair in self.fields.items() if field in CORE)


def total(pairs: Iterable[tuple[int, int]]) -> tuple[int, int]:
    right = asked = 0
    for some, of in pairs:
        right, asked = right + some, asked + of
    return right, asked


def mark(name: str, labels: Json, reading: Json | None, extra: int = 0) -> Mark:
    """Compares what is right with what was read, None for a letter of which nothing was read."""
    given = list(answers(labels, reading or {}))
    told = labels.get("generation") or (reading or {}).get("generation") or "unknown"
    return Mark(
        name=name,
        generation=told,
        read=reading is not None,
        flags=tuple((reading or {}).get("flags", ())),
        asked=Counter(answer.field for answer in given),
        wrong=tuple(answer for answer in given if not answer.right),
        extra=extra,
    )


def count(marks: list[Mark]) -> Count:
    return Count(
        letters=len(marks),
        wholly_right=sum(mark.wholly_right for mark in marks),
        silent=sum(mark.silent for mark in marks),
        flagged=sum(bool(mark.flags) for mark in marks),
        needless=sum(mark.needless for mark in marks),
        unread=sum(not mark.read for mark in marks),
        extra=sum(mark.extra for mark in marks),
    )


def score(marks: list[Mark]) -> Score:
    asked: Counter[str] = Counter()
    wrong = Counter(answer.field for mark in marks for answer in mark.wrong)
    for one in marks:
        asked.update(one.asked)
    flags = Counter(code for one in marks for code in set(one.flags))
    needless = Counter(code for one in marks if one.needless for code in set(one.flags))
    names = sorted({one.generation for one in marks})
    return Score(
        fields={name: (asked[name] - wrong[name], asked[name]) for name in FIELDS if asked[name]},
        all=count(marks),
        generations={name: count([m for m in marks if m.generation == name]) for name in names},
        flags={code: (letters, needless[code]) for code, letters in flags.most_common()},
    )
