"""Puts the facts of a letter of 2013 and early 2014 into the forms of those years."""

from random import Random

from samples.blocks import Block, Heading, Para
from samples.compose import DECISIONS_LEAD, HOW, SENT, SUMMARY_LEAD, header, wide
from samples.model import Facts, Item
from samples.summaries import listing

RECORDS = (
    "Application for Independent Medical Review",
    "Utilization Review Determination",
    "Medical Records from the primary treating physician",
    "Medical Treatment Utilization Schedule",
    "Request for Authorization",
    "Physical therapy notes, 2011 through 2013",
)
DECIDES = "MAXIMUS Federal Services, Inc. has determined the request for {service} is {word}"
NECESSARY = {
    "upheld": "not medically necessary and appropriate.",
    "overturned": "medically necessary and appropriate.",
}
RELIED_ON = (
    "Section of the Medical Treatment Utilization Schedule Relied Upon by the Expert Reviewer to "
    "Make His/Her Decision"
)
EFFECT = (
    "This determination takes the place of the Administrative Director's own and binds all "
    "parties. It may be set aside only upon a verified appeal, on the grounds the Labor Code names."
)


def qualified(rng: Random, facts: Facts, who: str) -> str:
    """The reviewer's certifications and licences as a sentence."""
    skills, states = facts.reviewer.specialties, listing(rng, facts.reviewer.licensed_in)
    if len(skills) == 2 and rng.random() < 0.5:
        board = f"Board Certified in {skills[0]}, has a subspecialty in {skills[1]} and"
    else:
        board = f"Board Certified in {' and '.join(skills)}, and"
    board = board.replace("&", rng.choice(("&", "and")))
    return f"The {who} is {board} is licensed to practice in {states}."


def records(rng: Random) -> list[Block]:
    kept = [name for name in RECORDS if rng.random() < 0.7] or [RECORDS[0]]
    return [Para(text=f"• {name}", tight=name is not kept[-1]) for name in kept]


# 2013: the notice, each decision said twice, then an explanation of each


def compose_g1(facts: Facts, rng: Random) -> list[Block]:
    day = "{0.month}/{0.day}/{0.year}".format
    dates = facts.dates
    lines = (
        f"Dated: {day(dates.decision)}",
        f"Date of UR Decision: {day(dates.ur_denial)}",
        f"Date of Injury: {day(dates.injury)}",
        f"IMR Application Received: {day(dates.received)}",
        f"MAXIMUS Case Number: {facts.case_number}",
    )
    blocks: list[Block] = [Heading("Notice of Independent Medical Review Determination", 14)]
    blocks += [Para(text=line, tight=line is not lines[-1]) for line in lines]
    blocks += determined(facts)
    blocks.append(Heading("INDEPENDENT MEDICAL REVIEW DECISION AND RATIONALE"))
    filed = (
        f"An application for Independent Medical Review was filed on {day(dates.received)} "
        f"disputing the Utilization Review Denial dated {day(dates.ur_denial)}. A decision has "
        "been made for each of the treatment and/or services that were in dispute:"
    )
    blocks += [Para(text=filed), *determined(facts)]
    blocks += explained(facts, rng)
    if rng.random() < 0.5:
        blocks.append(Para("Effect of the Decision:", "\n" + EFFECT))
    return blocks


def determined(facts: Facts) -> list[Block]:
    """Each decision as a numbered sentence."""
    return [
        Para(text=f"{n}) " + DECIDES.format(service=i.service, word=NECESSARY[i.outcome]))
        for n, i in enumerate(facts.items, 1)
    ]


def explained(facts: Facts, rng: Random) -> list[Block]:
    """Qualifications, summary, documents, and what each decision rests on."""
    who = "expert reviewer" if rng.random() < 0.5 else "physician reviewer"
    practice = (
        "He/she has been in active clinical practice for more than five years and is currently "
        "working at least 24 hours a week in active practice."
    )
    blocks: list[Block] = [
        Para("Medical Qualifications of the Expert Reviewer:", tight=True),
        Para(text=f"{qualified(rng, facts, who)} {practice}"),
        Para("Case Summary:", tight=True),
        Para(text=wide(facts, facts.summary)),
        Para("Documents Reviewed for Determination:", tight=True),
        *records(rng),
    ]
    for number, item in enumerate(facts.items, 1):
        relied = f"{item.administrator.text} {item.expert.text}"
        blocks += [
            Para(f"{number}) Regarding the request for {item.service}:"),
            Para(RELIED_ON + ":", tight=True),
            Para(text=relied),
            Para("Rationale for the Decision:", tight=True),
            Para(text=wide(facts, item.rationale)),
        ]
    return blocks


# 2013: the professional review, one issue, long headings in capitals


def compose_g2(facts: Facts, rng: Random) -> list[Block]:
    item = facts.items[0]
    negation = "NOT " if item.outcome == "upheld" else ""
    relied = "MEDICAL TREATMENT GUIDELINE(S) RELIED UPON BY PROFESSIONAL REVIEWER AND WHY:"
    why = f"RATIONALE FOR WHY THE REQUESTED TREATMENT/SERVICE IS/WAS {negation}MEDICALLY NECESSARY:"
    return [
        header(facts),
        Heading("MEDICAL PROFESSIONAL REVIEW", 14),
        Para("ISSUE AT DISPUTE:", tight=True),
        Para(text=item.service),
        Para("CASE SUMMARY:", tight=True),
        Para(text=wide(facts, facts.summary)),
        Para("DOCUMENTS REVIEWED FOR DETERMINATION:", tight=True),
        *records(rng),
        Para(relied, tight=True),
        Para(text=item.expert.text),
        Para(why, tight=True),
        Para(text=wide(facts, item.rationale)),
        Para("MEDICAL REVIEWER QUALIFICATIONS:", tight=True),
        Para(text=qualified(rng, facts, "reviewer")),
    ]


# Late 2013 to 2014: numbered decisions, each with its explanation


def compose_g3(facts: Facts, rng: Random) -> list[Block]:
    who = "physician reviewer"
    sent = SENT.format(reviewer=f"a {who}", short=who)
    blocks: list[Block] = [
        Heading("MAXIMUS FEDERAL SERVICES, INC.", 14),
        Heading("Independent Medical Review"),
        header(facts),
        Heading(HOW),
        Para(text=sent),
        Para(text=qualified(rng, facts, "Physician Reviewer")),
        Heading("DOCUMENTS REVIEWED"),
        Para(text="The following relevant documents were reviewed and considered:"),
        *records(rng),
        Heading("CLINICAL CASE SUMMARY"),
        Para(text=SUMMARY_LEAD.format(short=who)),
        Para(text=wide(facts, facts.summary)),
        Heading("IMR DECISION(S) AND RATIONALE(S)"),
        Para(text=DECISIONS_LEAD),
    ]
    for number, item in enumerate(facts.items, 1):
        blocks += numbered(number, item, wide(facts, item.rationale))
    return blocks


def numbered(number: int, item: Item, rationale: str) -> list[Block]:
    return [
        Para(f"{number}. The request for {item.service} is {NECESSARY[item.outcome]}"),
        Para(text=item.administrator.text),
        Para(text=item.expert.text),
        Para("The Physician Reviewer's decision rationale:", rationale),
    ]
