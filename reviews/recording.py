"""Write a determination as rows. Call inside a transaction: all of it stands, or none."""

from collections.abc import Iterable
from dataclasses import fields
from functools import cache
from typing import Any

from django.contrib.postgres.search import SearchVector
from django.db.models import Value
from django.db.models.expressions import CombinedExpression

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
PAGES_MOST, PAGE_MOST = 500, 99_999  # of a range, and of a page's number, that is believed
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
        search=_search(found),
    )
    Transcript.objects.create(
        review=review,
        text=text.text,
        page_starts=list(text.page_starts),
        sections=[[part.name, part.span.start, part.span.end] for part in found.sections],
    )
    items = [_item(review, position, item) for position, item in enumerate(found.items, 1)]
    citations = [list(_citations(row, item)) for row, item in zip(items, found.items, strict=True)]
    for item, cited in zip(items, citations, strict=True):
        _fill_cites(item, cited)
    DisputedItem.objects.bulk_create(items)
    Citation.objects.bulk_create(each for cited in citations for each in cited)
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
                pages=_pages(cited),
                receipt=receipt(cited),
                notices=doubts(cited.notices),
            )


def _pages(cited: CitedGuideline) -> list[int]:
    """Every page cited, to be searched; of a range that no guideline has, its ends."""
    found: set[int] = set()
    for first, last in cited.pages:
        whole = range(first, last + 1) if last - first < PAGES_MOST else (first, last)
        found.update(page for page in whole if page <= PAGE_MOST)
    return sorted(found)


def _fill_cites(item: DisputedItem, citations: list[Citation]) -> None:
    """Each side's citations in one line, as the exports print them."""
    for citation in citations:
        citation.guideline = _guidelines().get(citation.guideline_id or "")
    by_side = {side: [str(c) for c in citations if c.side == side] for side in Side}
    item.administrator_cites = "; ".join(by_side[Side.ADMINISTRATOR])
    item.expert_cites = "; ".join(by_side[Side.EXPERT])


@cache
def _guidelines() -> dict[str, Guideline]:
    """The catalogue, once a process: it changes with the code alone."""
    return {guideline.slug: guideline for guideline in Guideline.objects.all()}


def _search(found: Determination) -> CombinedExpression:
    services = " ".join(item.service.value for item in found.items)
    rationales = " ".join(value(item.rationale) or "" for item in found.items)
    summary = value(found.clinical_summary) or ""
    return search_vector(Value(services), Value(summary), Value(rationales))


def search_vector(services: Any, summary: Any, rationales: Any) -> CombinedExpression:
    """The words that search looks at: services first, then summary, then rationales."""
    return (
        SearchVector(services, weight="A", config="english")
        + SearchVector(summary, weight="B", config="english")
        + SearchVector(rationales, weight="C", config="english")
    )
