"""The project's own dozen letters: what each is to show, found among the seeds."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import count
from pathlib import Path

from samples.letter import Letter, invent, save
from samples.model import Facts
from samples.people import PHYSICIANS

FIRST_SEED = 77_000_000


@dataclass(frozen=True, slots=True)
class Wish:
    """A letter to show: its generation, what must be so of its facts, and the file it becomes."""

    generation: str
    shows: Callable[[Facts], bool]
    style: str = ""  # a text dump in this style instead of a PDF
    cut: bool = False


def calm(facts: Facts) -> bool:
    """Nothing odd, short enough to read in a minute, diagnoses told, decided by a physician."""
    short = len(facts.items) <= 3 and "long heading" not in facts.traps
    physician = facts.reviewer.specialties in PHYSICIANS
    return not facts.oddities and short and len(facts.diagnoses) > 1 and physician


def trap(name: str) -> Callable[[Facts], bool]:
    return lambda facts: calm(facts) and name in facts.traps


def odd(name: str) -> Callable[[Facts], bool]:
    return lambda facts: name in facts.oddities and len(facts.items) <= 2


def several(facts: Facts) -> bool:
    return not facts.oddities and len(facts.items) in (5, 6) and len(facts.diagnoses) > 2


WISHES = (
    Wish("G1", lambda facts: calm(facts) and len(facts.items) == 2),
    Wish("G2", calm),
    Wish("G3", trap("pages")),
    Wish("G4", trap("range of regulations")),
    Wish("G4", trap("several guidelines"), style="spaced", cut=True),
    Wish("G4", trap("partial overturn")),
    Wish("G4", several),
    Wish("G5", trap("cut down, the rest decided")),
    Wish("G5", trap("overturned only")),
    Wish("G5", trap("commas in a name")),
    Wish("G5", odd("verdict contradicts the heading")),
    Wish("G6", trap("several guidelines")),
)


def find(wish: Wish, seeds: Iterator[int]) -> Letter:
    """The first letter of the seeds to come that shows it."""
    letters = (invent(seed, wish.generation) for seed in seeds)
    return next(letter for letter in letters if wish.shows(letter.facts))


def write_samples(here: Path) -> list[Path]:
    """Writes the dozen to letters/ and answers/ under `here`, in place of what is there."""
    for folder, old in (("letters", "CM*"), ("answers", "*.json")):
        (here / folder).mkdir(exist_ok=True)
        for path in (here / folder).glob(old):
            path.unlink()
    seeds = count(FIRST_SEED)
    return [write_sample(wish, find(wish, seeds), here) for wish in WISHES]


def write_sample(wish: Wish, letter: Letter, here: Path) -> Path:
    ending = ("-cut.txt" if wish.cut else ".txt") if wish.style else ".pdf"
    path = here / "letters" / f"{letter.name}{ending}"
    if wish.style:
        text = letter.dump(wish.style, cut=wish.cut)
        path.write_text(text, encoding="utf-8", newline="")
    else:
        path.write_bytes(letter.pdf())
    answers = letter.answers_for(path.name, cut=wish.cut)
    save(answers, here / "answers" / f"{path.stem}.json")
    return path
