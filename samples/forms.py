"""Picks the form a letter is written in, and tells what that form leaves unsaid."""

from collections.abc import Callable
from dataclasses import dataclass, field
from random import Random

from samples.blocks import Block, Heading, Para, Table
from samples.compose import compose
from samples.compose_early import compose_g1, compose_g2, compose_g3
from samples.cover import cover
from samples.model import Facts

COMPOSERS: dict[str, Callable[[Facts, Random], list[Block]]] = {
    "G1": compose_g1,
    "G2": compose_g2,
    "G3": compose_g3,
    "G4": compose,
    "G5": compose,
    "G6": compose,
}
NO_SUMMARY = ("clinical_summary", "worker.age", "worker.sex", "told_injury", "diagnoses")
NO_CREDENTIALS = ("reviewer.licensed_in", "reviewer.specialties")


@dataclass(slots=True)
class Form:
    """A letter's blocks and what stands at each page's foot before its number.

    `unsaid` names the answers this letter does not give: they are null, or empty lists.
    """

    blocks: list[Block]
    footer: str = ""
    unsaid: set[str] = field(default_factory=set)
    traps: set[str] = field(default_factory=set)


def form_of(facts: Facts) -> Form:
    """The letter in its generation's form; rarely with a part missing, or a cover letter."""
    rng = Random(f"form {facts.seed}")
    form = Form(COMPOSERS[facts.generation](facts, rng))
    if facts.generation == "G1":
        form.unsaid |= {"dates.assigned", "priority"}
    if facts.generation >= "G4":
        leave_out(form, rng)
    if facts.generation >= "G3" and rng.random() < 0.06:
        form.blocks[:0] = cover(facts, rng)
        form.unsaid.discard("dates.received")  # the cover letter says it
        form.traps.add("cover letter")
    if (facts.generation < "G4" and rng.random() < 0.5) or "cover letter" in form.traps:
        form.footer = f"Final Determination Letter for IMR Case Number {facts.case_number}"
        form.traps.add("footer within a paragraph")
    return form


def leave_out(form: Form, rng: Random) -> None:
    """Takes a part out of a few letters: header cells, the credentials, the summary."""
    roll = rng.random()
    if roll < 0.02:
        rows = form.blocks[0].rows if isinstance(form.blocks[0], Table) else ()
        form.blocks[0] = Table(rows[:-1])
        form.unsaid |= {"priority", "dates.received"}
        form.traps.add("part of the header missing")
    elif roll < 0.04:
        form.blocks = [b for b in form.blocks if not credential(b)]
        form.unsaid |= set(NO_CREDENTIALS)
        form.traps.add("credentials missing")
    elif roll < 0.06:
        at = form.blocks.index(Heading("CLINICAL CASE SUMMARY"))
        del form.blocks[at : at + 3]
        form.unsaid |= set(NO_SUMMARY)
        form.traps.add("summary missing")


def credential(block: Block) -> bool:
    starts = ("The Expert Reviewer has the following", "State(s) of", "Certification(s)/")
    return isinstance(block, Para) and block.text.startswith(starts)
