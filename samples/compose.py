"""Puts the facts of a letter of 2014 and later into the form's words."""

from datetime import date
from random import Random

from samples.blocks import Block, Break, Heading, Para, Table
from samples.model import Facts, Item

HOW = "HOW THE IMR FINAL DETERMINATION WAS MADE"
SENT = (
    "MAXIMUS Federal Services sent the complete case file to {reviewer}. He/she has no "
    "affiliation with the employer, employee, providers or the claims administrator. He/she has "
    "been in active clinical practice for more than five years and is currently working at least "
    "24 hours a week in active practice. The {short} was selected based on his/her clinical "
    "experience, education, background, and expertise in the same or similar specialties that "
    "evaluate and/or treat the medical condition and disputed items/Service. He/she is familiar "
    "with governing laws and regulations, including the strength of evidence hierarchy that "
    "applies to Independent Medical Review determinations."
)
SUMMARY_LEAD = (
    "The {short} developed the following clinical case summary based on a review of the case "
    "file, including all medical records:"
)
DECISIONS_LEAD = (
    "The Final Determination was based on decisions for the disputed items/services set forth "
    "below:"
)


def usual(day: date) -> str:
    return f"{day:%m/%d/%Y}"


def header(facts: Facts) -> Table:
    dates = facts.dates
    return Table(
        (
            (("Case Number:", facts.case_number),),
            (
                ("Date Assigned:", usual(dates.assigned)),
                ("Date of Injury:", usual(dates.injury)),
            ),
            (
                ("Decision Date:", usual(dates.decision)),
                ("UR Denial Date:", usual(dates.ur_denial)),
            ),
            (
                ("Priority:", facts.priority.capitalize()),
                ("Application\nReceived:", usual(dates.received)),
            ),
        )
    )


def compose(facts: Facts, rng: Random) -> list[Block]:
    """The letter as blocks, in its order. The header comes first."""
    blocks: list[Block] = [header(facts), *made(facts, rng), *summarized(facts)]
    blocks.append(Heading("IMR ISSUES, DECISIONS AND RATIONALES"))
    if rng.random() < 0.25:
        blocks.append(Break())
    blocks.append(Para(text=DECISIONS_LEAD))
    for item in facts.items:
        blocks += decided(item, wide(facts, item.rationale))
    return blocks


def made(facts: Facts, rng: Random) -> list[Block]:
    """How the determination was made, and the reviewer's credentials."""
    comma = rng.choice((", ", ", ", ","))
    sent = SENT.format(reviewer="an expert reviewer", short="expert reviewer")
    return [
        Heading(HOW),
        Para(text=sent),
        Para(text="The Expert Reviewer has the following credentials:", tight=True),
        Para(text=f"State(s) of Licensure: {comma.join(facts.reviewer.licensed_in)}", tight=True),
        Para(text=f"Certification(s)/Specialty: {', '.join(facts.reviewer.specialties)}"),
    ]


def summarized(facts: Facts) -> list[Block]:
    return [
        Heading("CLINICAL CASE SUMMARY"),
        Para(text=SUMMARY_LEAD.format(short="expert reviewer")),
        Para(text=wide(facts, facts.summary)),
    ]


def decided(item: Item, rationale: str) -> list[Block]:
    """One item: heading and outcome, both sides' guidelines, the rationale."""
    before = "\n" if item.lone_outcome else ""
    return [
        Para(f"{item.service}{item.ending}:", before + item.outcome.capitalize()),
        Para("Claims Administrator guideline:", item.administrator.text),
        Para("MAXIMUS guideline:", item.expert.text),
        Para("Decision rationale:", rationale),
    ]


def wide(facts: Facts, text: str) -> str:
    """With two spaces after full stops, where the letter's typist did so."""
    return text.replace(". ", ".  ") if facts.wide else text
