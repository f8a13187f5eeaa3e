"""The right answers to a letter, in the shape readings are scored in."""

from datetime import date
from typing import Any

from samples.forms import Form
from samples.model import Cited, Facts, Item, Relied

Answers = dict[str, Any]

DATES = ("assigned", "injury", "decision", "ur_denial", "received")
HEADER = {"case_number", "priority", *(f"dates.{name}" for name in DATES)}


def answer(facts: Facts, form: Form, file: str, *, cut: bool = False) -> Answers:
    """What the letter in `file` says in this form; `cut` when its header was cut off.

    `generation`, `traps` and `oddities` are further keys: what makes the letter hard, or odd.
    """
    said: Answers = {
        "file": file,
        "case_number": facts.case_number,
        "dates": {name: iso(getattr(facts.dates, name)) for name in DATES},
        "priority": facts.priority,
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
        "traps": sorted(facts.traps | form.traps | ({"header cut off"} if cut else set())),
        "oddities": sorted(facts.oddities),
    }
    for path in form.unsaid | (HEADER if cut else set()):
        unsay(said, path)
    if cut and "told_injury" not in form.unsaid:
        said["dates"]["injury"] = iso(facts.dates.told_injury)
    return said


def unsay(said: Answers, path: str) -> None:
    """Makes the answer at this path null, or an empty list where it is a list."""
    *folders, name = path.split(".")
    for folder in folders:
        said = said[folder]
    if name in said:
        said[name] = [] if isinstance(said[name], list) else None


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
