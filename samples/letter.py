"""A letter as a whole: invented from a seed, drawn or dumped, written with its answers."""

import json
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from random import Random

from samples import dumps, layout
from samples.answers import Answers, answer
from samples.facts import invent_facts
from samples.forms import Form, form_of
from samples.model import Facts
from samples.typeset import Page, set_pages


@dataclass(frozen=True)
class Letter:
    """One invented letter: its facts, its looks, and what is right to read in it."""

    facts: Facts

    @property
    def name(self) -> str:
        return self.facts.case_number

    @cached_property
    def form(self) -> Form:
        return form_of(self.facts)

    @property
    def traps(self) -> frozenset[str]:
        """What makes this letter hard to read."""
        return self.facts.traps | self.form.traps

    @cached_property
    def pages(self) -> list[Page]:
        return set_pages(self.form.blocks, self.form.footer)

    @property
    def answers(self) -> Answers:
        """The right answers, for the letter as a PDF or a whole dump."""
        return self.answers_for(f"{self.name}.pdf")

    def answers_for(self, file: str, *, cut: bool = False) -> Answers:
        """The right answers for the letter as `file`; `cut` when its header was cut off."""
        return answer(self.facts, self.form, file, cut=cut)

    def pdf(self, *, sealed: bool | None = None, by_word: bool | None = None) -> bytes:
        """The letter as a PDF; sealed or not and word by word or not as its seed has it."""
        rng = Random(f"pdf {self.facts.seed}")
        drawn_sealed, drawn_by_word = rng.random() < 0.8, rng.random() < 0.2
        return layout.draw(
            self.pages,
            rng,
            sealed=drawn_sealed if sealed is None else sealed,
            by_word=drawn_by_word if by_word is None else by_word,
            title=self.name,
        )

    def dump(self, style: str = "spaced", *, cut: bool = False) -> str:
        """The letter's text as an extractor prints it; `style` is a key of `dumps.STYLES`."""
        return dumps.dump(self.pages, style, cut=cut)


def invent(seed: int, generation: str | None = None, items: int | None = None) -> Letter:
    """A letter from a seed; of this generation and with this many items, when given."""
    return Letter(invent_facts(seed, generation, items))


def bundle(letters: list[Letter]) -> bytes:
    """Several letters in one PDF, each beginning on a page of its own."""
    pages = [page for letter in letters for page in letter.pages]
    rng = Random(f"bundle {letters[0].facts.seed}")
    return layout.draw(pages, rng, sealed=True, by_word=False, title="Several letters")


def write_bundle(letters: list[Letter], out: Path) -> Path:
    """Writes the letters as one PDF under `out`, and answers for each with its `place` in it."""
    name = f"bundle-{letters[0].facts.seed:09}"
    path = out / "letters" / f"{name}.pdf"
    path.write_bytes(bundle(letters))
    for place, letter in enumerate(letters, 1):
        save(
            letter.answers_for(path.name) | {"place": place}, out / "gold" / f"{name}-{place}.json"
        )
    return path


def save(answers: Answers, path: Path) -> None:
    path.write_text(json.dumps(answers, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


def write_letter(letter: Letter, out: Path, kind: str = "pdf") -> Path:
    """Writes the letter and its answers under `out`; the path of the letter."""
    rng = Random(f"file {letter.facts.seed}")
    if kind == "both":
        kind = rng.choice(("pdf", "text"))
    if kind == "pdf":
        path = out / "letters" / f"{letter.name}.pdf"
        path.write_bytes(letter.pdf())
        answers = letter.answers_for(path.name)
    else:
        style = "words" if rng.random() < 0.02 else rng.choice(dumps.USUAL)
        cut = rng.random() < 0.4 and dumps.can_cut(letter.pages)
        path = out / "letters" / f"{letter.name}-{'cut' if cut else 'text'}.txt"
        path.write_text(letter.dump(style, cut=cut), encoding="utf-8", newline="")
        answers = letter.answers_for(path.name, cut=cut) | {"style": style}
    save(answers, out / "gold" / f"{path.stem}.json")
    return path
