"""What a determination says as rows of tables: their columns with values that JSON carries."""

from collections.abc import Iterable
from dataclasses import dataclass, fields
from datetime import date
from typing import Any

from reviews.reading.catalogue import treatment_slug
from reviews.reading.letters import is_determination, read_all
from reviews.reading.pages import whole
from reviews.reading.shape import plain_details
from reviews.reading.sheets import packed
from reviews.reading.text import Unreadable
from reviews.reading.types import Citation as CitedGuideline
from reviews.reading.types import Details, Determination, Doubt, Found, Item, LetterText

Row = dict[str, Any]

DATES = {
    "date_assigned": "assigned",
    "date_of_injury": "injury",
    "decision_date": "decision",
    "ur_denial_date": "ur_denial",
    "application_received": "received",
}
WORDS = ("case_number", "priority", "sex", "mechanism", "treatment_to_date", "clinical_summary")
ONE = (*DATES.values(), *WORDS, "age")
MANY = ("licensed_in", "specialties", "diagnoses")
PARTS = ("service", "outcome", "requested", "authorized", "disputed", "rationale")


@dataclass(frozen=True)
class Rows:
    """One review with all that belongs to it. A citation's `item_id` is its item's position.

    `outcome` is the whole case's: "upheld", "overturned", "partially overturned", or "".
    """

    review: Row
    transcript: Row
    items: list[Row]
    citations: list[Row]
    outcome: str


def letters(text: LetterText) -> list[Rows]:
    """The rows of every determination in the text. Raises Unreadable when it is none."""
    found = read_all(text)
    if not any(map(is_determination, found)):
        raise Unreadable("not-a-determination", "no heading and no item was found")
    return [rows_of(each, text) for each in found]


def rows_of(found: Determination, text: LetterText) -> Rows:
    return Rows(
        _review(found),
        _transcript(found, text),
        [_item(position, item) for position, item in enumerate(found.items, 1)],
        [row for position, item in enumerate(found.items, 1) for row in _citations(position, item)],
        found.outcome or "",
    )


def value(found: Found[Any] | None) -> Any:
    """What was found; a date as `2017-02-01`."""
    if found is None:
        return None
    return found.value.isoformat() if isinstance(found.value, date) else found.value


def receipt(found: Found[Any] | CitedGuideline) -> list[Any]:
    return [found.span.start, found.span.end, found.page, found.rule]


def doubts(found: Iterable[Doubt]) -> list[Row]:
    """Flags or notices as JSON, each with its code, sentence and the words it is about."""
    return [
        {
            "code": doubt.code,
            "sentence": doubt.sentence,
            "span": [doubt.span.start, doubt.span.end] if doubt.span else None,
        }
        for doubt in found
    ]


def _review(found: Determination) -> Row:
    return {
        **{column: value(getattr(found, name)) for column, name in DATES.items()},
        **{name: [each.value for each in getattr(found, name)] for name in MANY},
        **{name: value(getattr(found, name)) or "" for name in WORDS},
        "age": value(found.age),
        "reader_version": found.version,
        "generation": found.generation or "",
        "flags": doubts(found.flags),
        "notices": doubts(found.notices),
        "flagged": bool(found.flags),
        "corrected": False,
        "receipts": _review_receipts(found),
    }


def _review_receipts(found: Determination) -> Row:
    single = {name: getattr(found, name) for name in ONE}
    return {name: receipt(one) for name, one in single.items() if one} | {
        name: [receipt(each) for each in getattr(found, name)] for name in MANY
    }


def _transcript(found: Determination, text: LetterText) -> Row:
    return {
        "text": text.text,
        "page_starts": list(text.page_starts),
        "sections": [[part.name, part.span.start, part.span.end] for part in found.sections],
        "sheets": [sheet and packed(sheet) for sheet in text.sheets] or None,
    }


def _item(position: int, item: Item) -> Row:
    parts = {name: getattr(item, name) for name in PARTS}
    blocks = {"administrator_text": item.administrator.text, "expert_text": item.expert.text}
    return {
        **{name: value(one) or "" for name, one in (parts | blocks).items()},
        "position": position,
        "category": item.category,
        "treatment_id": treatment_slug(item.treatment) if item.treatment else None,
        "administrator_basis": item.administrator.basis,
        "expert_basis": item.expert.basis,
        "details": details(item.details),
        "receipts": {name: receipt(one) for name, one in (parts | blocks).items() if one}
        | {"details": _detail_receipts(item.details)},
    }


def details(found: Details) -> Row:
    """The details that are told, as JSON."""
    untold = plain_details(Details())
    return {name: one for name, one in plain_details(found).items() if one != untold[name]}


def _detail_receipts(found: Details) -> dict[str, list[Any]]:
    """For each detail that is told its receipts, one or several."""
    told = {each.name: getattr(found, each.name) for each in fields(found)}
    return {
        name: [receipt(each) for each in (one if isinstance(one, tuple) else (one,))]
        for name, one in told.items()
        if one
    }


def _citations(item_position: int, item: Item) -> Iterable[Row]:
    sides = (
        ("administrator", item.administrator.citations),
        ("expert", item.expert.citations),
        ("rationale", item.rationale_citations),
    )
    for side, citations in sides:
        for position, cited in enumerate(citations, 1):
            yield {
                "item_id": item_position,
                "side": side,
                "position": position,
                "source": cited.source,
                "guideline_id": cited.guideline,
                "title": cited.title,
                "year": cited.year,
                "sections": list(cited.sections),
                "printed_pages": cited.printed_pages or "",
                "pages": whole(cited.pages),
                "receipt": receipt(cited),
                "notices": doubts(cited.notices),
            }
