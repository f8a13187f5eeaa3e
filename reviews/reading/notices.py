"""What is odd about a letter although it is read right: dates that disagree, parts it lacks."""

from itertools import pairwise

from reviews.reading.parts import Parts
from reviews.reading.types import Determination, Doubt

_HEADER = {
    "case_number": "case number",
    "assigned": "date assigned",
    "injury": "date of injury",
    "decision": "decision date",
    "ur_denial": "UR denial date",
    "received": "date the application was received",
    "priority": "priority",
}


def notices(parts: Parts, determination: Determination) -> list[Doubt]:
    """The notices of a reading, without those of its citations."""
    return [
        *_header(determination),
        *_dates(determination),
        *_missing(parts, determination),
    ]


def _header(d: Determination) -> list[Doubt]:
    absent = [name for field, name in _HEADER.items() if getattr(d, field) is None]
    if d.injury and d.injury_told and d.injury.rule.startswith("summary"):
        absent.append(_HEADER["injury"])
    if len(absent) >= len(_HEADER) - 1 and d.case_number is None:
        return [Doubt("no-header", "The letter has no header.")]
    if not absent:
        return []
    return [Doubt("header-incomplete", f"The header does not give: {', '.join(absent)}.")]


def _dates(d: Determination) -> list[Doubt]:
    found = []
    if d.injury and d.injury_told and d.injury.value != d.injury_told.value:
        sentence = (
            f"The header's date of injury is {d.injury.value}, "
            f"the summary's is {d.injury_told.value}."
        )
        found.append(Doubt("injury-dates-differ", sentence, d.injury_told.span))
    ordered = [("injury", d.injury), ("UR denial", d.ur_denial), ("application", d.received)]
    ordered += [("assignment", d.assigned), ("decision", d.decision)]
    known = [(name, value) for name, value in ordered if value]
    for (name, before), (other, after) in pairwise(known):
        if before.value > after.value:
            sentence = f"The {name} ({before.value}) is later than the {other} ({after.value})."
            found.append(Doubt("dates-out-of-order", sentence, after.span))
    return found


def _missing(parts: Parts, d: Determination) -> list[Doubt]:
    found = []
    if d.cover_outcome and d.outcome and d.cover_outcome.value != d.outcome:
        sentence = f"The cover letter says {d.cover_outcome.value}, the items make it {d.outcome}."
        found.append(Doubt("cover-differs", sentence, d.cover_outcome.span))
    if d.items and d.clinical_summary is None:
        found.append(Doubt("no-summary", "The letter has no clinical case summary."))
    if d.items and not (d.licensed_in or d.specialties):
        found.append(
            Doubt("no-credentials", "The letter does not give the reviewer's credentials.")
        )
    return found
