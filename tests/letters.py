"""Invented letters for tests: a determination of 2016 as text, with the parts that a test names."""

SUMMARY = (
    "The injured worker is a 44 year old female who sustained an industrial injury on 3/4/2016. "
    "The injured worker was diagnosed with lumbar strain and sciatica. Treatment to date has "
    "included physical therapy."
)
RATIONALE = "The records show no gain in function. The request is not medically necessary."
MTUS = "Decision based on MTUS Low Back Complaints 2004, Section(s): Physical Methods."

HEADER = """Case Number: {number}
Date Assigned: 01/10/2017 Date of Injury: 03/04/2016
Decision Date: {decided} UR Denial Date: 12/20/2016
Priority: Standard Application
Received:
01/02/2017
"""
BODY = """HOW THE IMR FINAL DETERMINATION WAS MADE
The Expert Reviewer has the following credentials:
State(s) of Licensure: California
Certification(s)/Specialty: {specialty}
CLINICAL CASE SUMMARY
The expert reviewer developed the following clinical case summary based on a review of the
case file, including all medical records:
{summary}
IMR ISSUES, DECISIONS AND RATIONALES
The Final Determination was based on decisions for the disputed items/services set forth below:
{items}
"""
ITEM = """{service}: {outcome}
Claims Administrator guideline: {administrator}
MAXIMUS guideline: {expert}
Decision rationale: {rationale}"""


def item(
    service: str = "Aquatic therapy 8 visits",
    outcome: str = "Upheld",
    administrator: str = MTUS,
    expert: str = MTUS,
    rationale: str = RATIONALE,
) -> str:
    return ITEM.format(
        service=service,
        outcome=outcome,
        administrator=administrator,
        expert=expert,
        rationale=rationale,
    )


def letter(
    number: str | None = "CM17-9000001",
    items: tuple[str, ...] = (),
    decided: str = "02/01/2017",
    specialty: str = "Occupational Medicine",
    summary: str = SUMMARY,
) -> bytes:
    """A letter's text in UTF-8; without a number it has no header at all."""
    head = HEADER.format(number=number, decided=decided) if number else ""
    body = BODY.format(specialty=specialty, summary=summary, items="\n".join(items or (item(),)))
    return (head + body).encode()
