"""Picks the form a letter is written in: by its generation, a cover letter in front or not."""

from random import Random

from samples.blocks import Block
from samples.compose import compose
from samples.model import Facts


def blocks_of(facts: Facts) -> list[Block]:
    """The whole letter as blocks."""
    return compose(facts)


def footer_of(facts: Facts) -> str:
    """What stands at the foot of each page, before its number; "" for no footer."""
    if facts.generation in ("G1", "G2", "G3") and Random(f"foot {facts.seed}").random() < 0.5:
        return f"Final Determination Letter for IMR Case Number {facts.case_number}"
    return ""
