"""A disputed item as JSON: with its citations, to be put back as it was, or by its name alone."""

from typing import Any

from reviews.models import Citation, DisputedItem
from reviews.reading import details, services
from reviews.reading.catalogue import treatment_slug
from reviews.reading.clean import clean
from reviews.reading.rows import details as as_json
from reviews.reading.text import from_string

COLUMNS = (
    *("service", "requested", "authorized", "disputed", "outcome", "category", "treatment_id"),
    *("administrator_basis", "expert_basis", "administrator_text", "expert_text"),
    *("administrator_cites", "expert_cites", "rationale", "details", "receipts"),
)
CITATION_COLUMNS = (
    *("side", "position", "source", "guideline_id", "title", "year", "sections"),
    *("printed_pages", "pages", "receipt", "notices"),
)
JSON = dict[str, Any]


def packed(item: DisputedItem, citations: list[Citation]) -> JSON:
    """All columns but the position, and under `citations` those of each."""
    cited = [{name: getattr(each, name) for name in CITATION_COLUMNS} for each in citations]
    return {name: getattr(item, name) for name in COLUMNS} | {"citations": cited}


def unpacked(told: JSON | str) -> tuple[DisputedItem, list[Citation]]:
    """Rows that are not saved yet, without review and position; of a service what it tells."""
    if isinstance(told, str):
        return _named(told), []
    item = DisputedItem(**{name: told[name] for name in COLUMNS})
    return item, [Citation(item=item, **each) for each in told["citations"]]


def _named(service: str) -> DisputedItem:
    """An item of which only the heading is known: what the reader makes of these words."""
    kind, heading = services.kind(service), clean(from_string(service))
    return DisputedItem(
        service=service,
        category=kind.category,
        treatment_id=treatment_slug(kind.treatment) if kind.treatment else None,
        administrator_basis="none",
        expert_basis="none",
        details=as_json(details.read(heading, 0, len(heading.text))),
    )
