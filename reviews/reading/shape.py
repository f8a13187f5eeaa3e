"""A determination as JSON: plain values under stable names, with their receipts beside them."""

from datetime import date
from typing import Any

from reviews.reading.types import Citation, Details, Determination, Doubt, Found, Item, Side, Span

_DATES = ("assigned", "injury", "decision", "ur_denial", "received")


def as_json(determination: Determination, file_name: str) -> dict[str, Any]:
    """One reading as a JSON object; `receipts` tells where in the text each value stands."""
    d = determination
    return {
        "file": file_name,
        "reader": d.version,
        "generation": d.generation,
        "case_number": _value(d.case_number),
        "dates": {name: _value(getattr(d, name)) for name in _DATES},
        "priority": _value(d.priority),
        "reviewer": {
            "licensed_in": [name.value for name in d.licensed_in],
            "specialties": [name.value for name in d.specialties],
        },
        "worker": {"age": _value(d.age), "sex": _value(d.sex)},
        "clinical_summary": _value(d.clinical_summary),
        "mechanism": _value(d.mechanism),
        "treatment_to_date": _value(d.treatment_to_date),
        "diagnoses": [diagnosis.value for diagnosis in d.diagnoses],
        "outcome": d.outcome,
        "flags": [doubt.code for doubt in d.flags],
        "notices": [doubt.code for doubt in d.notices],
        "doubts": [_doubt(doubt) for doubt in (*d.flags, *d.notices)],
        "items": [_item(item) for item in d.items],
        "sections": [[section.name, *_span(section.span)] for section in d.sections],
        "receipts": _receipts(d),
    }


def _item(item: Item) -> dict[str, Any]:
    return {
        "service": item.service.value,
        "requested": _value(item.requested),
        "authorized": _value(item.authorized),
        "disputed": _value(item.disputed),
        "outcome": _value(item.outcome),
        "category": item.category,
        "treatment": item.treatment,
        "treatment_class": item.treatment_class,
        "details": plain_details(item.details),
        "administrator": _side(item.administrator),
        "expert": _side(item.expert),
        "rationale": _value(item.rationale),
        "rationale_citations": [_citation(one) for one in item.rationale_citations],
    }


def plain_details(details: Details) -> dict[str, Any]:
    """The details of a service as plain values; dates are ISO strings."""
    return {
        "strength": _value(details.strength),
        "form": _value(details.form),
        "quantity": _value(details.quantity),
        "refills": _value(details.refills),
        "sessions": _value(details.sessions),
        "body_parts": [part.value for part in details.body_parts],
        "side": _value(details.side),
        "retrospective": details.retrospective is not None,
        "service_dates": [day.value.isoformat() for day in details.service_dates],
    }


def _side(side: Side) -> dict[str, Any]:
    return {"basis": side.basis, "citations": [_citation(one) for one in side.citations]}


def _citation(citation: Citation) -> dict[str, Any]:
    return {
        "source": citation.source,
        "guideline": citation.guideline,
        "title": citation.title,
        "year": citation.year,
        "chapter": citation.chapter,
        "sections": list(citation.sections),
        "pages": citation.printed_pages,
        "page_ranges": [list(pages) for pages in citation.pages],
        "span": _span(citation.span),
        "page": citation.page,
        "rule": citation.rule,
        "notices": [_doubt(doubt) for doubt in citation.notices],
    }


def _receipts(d: Determination) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name in ("case_number", *_DATES, "priority", "age", "sex", "mechanism"):
        if (value := getattr(d, name)) is not None:
            found[name] = _receipt(value)
    return found


def _receipt(value: Found[Any]) -> dict[str, Any]:
    return {"span": _span(value.span), "page": value.page, "rule": value.rule}


def _value(value: Found[Any] | None) -> Any:
    if value is None:
        return None
    return value.value.isoformat() if isinstance(value.value, date) else value.value


def _doubt(doubt: Doubt) -> dict[str, Any]:
    return {
        "code": doubt.code,
        "sentence": doubt.sentence,
        "span": _span(doubt.span) if doubt.span else None,
    }


def _span(span: Span) -> list[int]:
    return [span.start, span.end]
