"""Write a determination as rows. Call inside a transaction: all of it stands, or none."""

from collections.abc import Iterable
from dataclasses import fields
from typing import Any

from django.contrib.postgres.search import SearchVector
from django.db.models import Value

from reviews.catalogue import treatment_slug
from reviews.models import Citation, DisputedItem, Guideline, Review, Side, Transcript
from reviews.reading.shape import plain_details
from reviews.reading.types import Citation as CitedGuideline
from reviews.reading.types import Details, Determination, Doubt, Found, Item, LetterText

DATES = {
    "date_assigned": "assigned",
    "date_of_injury": "injury",
    "decision_date": "decision",
    "ur_denial_date": "ur_denial",
    "application_received": "received",
}
ONE = (*DATES.values(), "case_number", "priority", "age", "sex", "mechanism", "treatment_to_date")
MANY = ("licensed_in", "specialties", "diagnoses")


def record(found: Determination, text: LetterText) -> Review:
    """Write the review with its items, citations and transcript, and return it."""
    review = Review.objects.create(
        **{column: value(getattr(found, name)) for column, name in DATES.items()},
        **{name: [each.value for each in getattr(found, name)] for name in MANY},
        **{
            name: value(getattr(found, name)) or ""
            for name in ("case_number", "priority", "sex", "mechanism", "treatment_to_date")
        },
        clinical_summary=value(found.clinical_summary) or "",
        age=value(found.age),
        reader_version=found.version,
        generation=found.generation or "",
        flags=doubts(found.flags),
        notices=doubts(found.notices),
        flagged=bool(found.flags),
        receipts=_review_receipts(found),
    )
    Transcript.objects.create(
        review=review,
        text=text.text,
        page_starts=list(text.page_starts),
        sections=[[part.name, part.span.start, part.span.end] for part in found.sections],
    )
    items = DisputedItem.objects.bulk_create(
        _item(review, position, item) for position, item in enumerate(found.items, 1)
    )
    citations = Citation.objects.bulk_create(
        cited
        for row, item in zip(items, found.items, strict=True)
        for cited in _citations(row, item)
    )
    _fill_cites(items, citations)
    _fill_search(review, items)
    return review


def value(found: Found[Any] | None) -> Any:
    return found.value if found else None


def receipt(found: Found[Any] | CitedGuideline) -> list[Any]:
    return [found.span.start, found.span.end, found.page, found.rule]


def doubts(found: Iterable[Doubt]) -> list[dict[str, Any]]:
    """Flags or notices as JSON, each with its code, sentence and the words it is about."""
    return [
        {
            "code": doubt.code,
            "sentence": doubt.sentence,
            "span": [doubt.span.start, doubt.span.end] if doubt.span else None,
        }
        for doubt in found
    ]


def _review_receipts(found: Determination) -> dict[str, Any]:
    single = {name: getattr(found, name) for name in (*ONE, "clinical_summary")}
    return {name: receipt(one) for name, one in single.items() if one} | {
        name: [receipt(each) for each in getattr(found, name)] for name in MANY
    }


def _item(review: Review, position: int, item: Item) -> DisputedItem:
    parts = {
        name: getattr(item, name)
        for name in ("service", "outcome", "requested", "authorized", "disputed", "rationale")
    }
    blocks = {"administrator_text": item.administrator.text, "expert_text": item.expert.text}
    return DisputedItem(
        review=review,
        position=position,
        **{name: value(one) or "" for name, one in (parts | blocks).items()},
        category=item.category,
        treatment_id=treatment_slug(item.treatment) if item.treatment else None,
        administrator_basis=item.administrator.basis,
        expert_basis=item.expert.basis,
        details=details(item.details),
        receipts={name: receipt(one) for name, one in (parts | blocks).items() if one}
        | {"details": _detail_receipts(item.details)},
    )


def details(found: Details) -> dict[str, Any]:
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


def _citations(row: DisputedItem, item: Item) -> Iterable[Citation]:
    sides = (
        (Side.ADMINISTRATOR, item.administrator.citations),
        (Side.EXPERT, item.expert.citations),
        (Side.RATIONALE, item.rationale_citations),
    )
    for side, citations in sides:
        for position, cited in enumerate(citations, 1):
            yield Citation(
                item=row,
                side=side,
                position=position,
                source=cited.source,
                guideline_id=cited.guideline,
                title=cited.title,
                year=cited.year,
                sections=list(cited.sections),
                printed_pages=cited.printed_pages or "",
                pages=sorted({n for first, last in cited.pages for n in range(first, last + 1)}),
                receipt=receipt(cited),
                notices=doubts(cited.notices),
            )


def _fill_cites(items: list[DisputedItem], citations: list[Citation]) -> None:
    """Each side's citations in one line, as the exports print them."""
    guidelines = Guideline.objects.in_bulk({c.guideline_id for c in citations} - {None})
    for citation in citations:
        citation.guideline = guidelines.get(citation.guideline_id)
    for item in items:
        mine = [c for c in citations if c.item_id == item.pk]
        item.administrator_cites = "; ".join(str(c) for c in mine if c.side == Side.ADMINISTRATOR)
        item.expert_cites = "; ".join(str(c) for c in mine if c.side == Side.EXPERT)
    DisputedItem.objects.bulk_update(items, ["administrator_cites", "expert_cites"])


def _fill_search(review: Review, items: list[DisputedItem]) -> None:
    """The stored words that search looks at: services first, then summary, then rationales."""
    services = " ".join(item.service for item in items)
    rationales = " ".join(item.rationale for item in items)
    Review.objects.filter(pk=review.pk).update(
        search=SearchVector(Value(services), weight="A", config="english")
        + SearchVector(Value(review.clinical_summary), weight="B", config="english")
        + SearchVector(Value(rationales), weight="C", config="english")
    )
