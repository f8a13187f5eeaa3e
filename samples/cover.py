"""The cover letter in front of a party's own copy. Names and numbers are plainly invented."""

from random import Random

from samples.blocks import Block, Break, Heading, Para
from samples.compose import usual
from samples.model import Facts

NAMES = ("Pat Sample", "Robin Example", "Terry Invented", "Sam Fiction")
WORDS = {
    "upheld": ("UPHOLD", "none of the disputed items/services are medically necessary"),
    "overturned": ("OVERTURN", "all of the disputed items/services are medically necessary"),
    "partially overturned": (
        "PARTIAL OVERTURN",
        "some (but not all) of the disputed items/services are medically necessary",
    ),
}
DOCUMENTS = (
    "Application for Independent Medical Review",
    "Utilization Review determination",
    "Progress reports of the treating physician",
    "Imaging reports",
)


def cover(facts: Facts, rng: Random) -> list[Block]:
    """A page addressed to the worker, then a new page for the letter itself."""
    name = rng.choice(NAMES)
    word, meaning = WORDS[facts.outcome]
    lines = addressed(facts, name, f"SAMPLE-{rng.randint(10_000, 99_999)}")
    blocks: list[Block] = [Heading("Independent Medical Review Final Determination Letter", 13)]
    blocks += [Para(text=line, tight=line is not lines[-1]) for line in lines]
    blocks += [
        Para(text=f"Dear {name}:"),
        Para(text="The Independent Medical Review of the case above is complete."),
        Para(
            f"Final Determination: {word}.",
            f"This means we decided that {meaning} and appropriate. The reasons for each decision "
            "follow this letter.",
        ),
        Para(text="In reaching the decision these documents were reviewed:", tight=True),
        *[Para(text=f"• {document}", tight=document != DOCUMENTS[-1]) for document in DOCUMENTS],
        Para(text="Sincerely,", tight=True),
        Para(text="Medical Director"),
        Break(first=True),
    ]
    return blocks


def addressed(facts: Facts, name: str, claim: str) -> tuple[str, ...]:
    """The lines above the salutation."""
    dates = facts.dates
    return (
        f"Dated: {usual(dates.decision)}",
        f"Employee: {name}",
        f"Claim Number: {claim}",
        f"IMR Case Number: {facts.case_number}",
        f"Date of Injury: {usual(dates.injury)}",
        f"UR Denial Date: {usual(dates.ur_denial)}",
        f"Application Received: {usual(dates.received)}",
    )
