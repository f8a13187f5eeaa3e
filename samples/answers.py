"""The right answers to a letter, in the shape readings are scored in."""

from datetime import date
from typing import Any

from samples.model import Cited, Facts, Item, Relied

Answers = dict[str, Any]


def answer(facts: Facts, file: str, *, cut: bool = False) -> Answers:
    """What the letter in `file` says; `cut` when its header was cut off.

    `generation`, `traps` and `oddities` are further keys: what makes the letter hard, or odd.
    """
    dates, told = facts.dates, facts.dates.told_injury
    return {
        "file": file,
        "case_number": None if cut else facts.case_number,
        "dates": {
            "assigned": None if cut else iso(dates.assigned),
            "injury": iso(told if cut else dates.injury),
            "decision": None if cut else iso(dates.decision),
            "ur_denial": None if cut else iso(dates.ur_denial),
            "received": None if cut else iso(dates.received),
        },
        "priority": None if cut else facts.priority,
        "reviewer": {
            "licensed_in": list(facts.reviewer.licensed_in),
            "specialties": list(facts.reviewer.specialties),
        },
        "worker": {"age": facts.worker.age, "sex": facts.worker.sex},
        "clinical_summary": facts.summary,
        "diagnoses": list(facts.diagnoses),
        "items": [answered(item) for item in facts.items],
        "outcome": facts.outcome,
        "generation": facts.generation,
        "traps": sorted(facts.traps),
        "oddities": sorted(facts.oddities),
    }


def iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def answered(item: Item) -> Answers:
    return {
        "service": item.service,
        "requested": item.requested,
        "authorized": item.authorized,
        "disputed": item.disputed,
        "outcome": item.outcome,
        "category": item.request.category,
        "administrator": side(item.administrator),
        "expert": side(item.expert),
        "rationale": item.rationale,
    }


def side(relied: Relied) -> Answers:
    return {"basis": relied.basis, "citations": [cited(c) for c in relied.citations]}


def cited(citation: Cited) -> Answers:
    return {
        "source": citation.source,
        "guideline": citation.guideline,
        "title": citation.title,
        "year": citation.year,
        "sections": list(citation.sections),
        "pages": citation.pages,
    }
