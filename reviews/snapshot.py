"""What a review says as a flat table of fields, so that two readings can be compared."""

from collections.abc import Iterator
from typing import Any

from reviews.models import DisputedItem, Review, Side

FIELDS = (
    *("case_number", "date_assigned", "date_of_injury", "decision_date", "ur_denial_date"),
    *("application_received", "priority", "licensed_in", "specialties", "age", "sex"),
    *("mechanism", "treatment_to_date", "clinical_summary", "diagnoses"),
)
ITEM_FIELDS = (
    *("service", "requested", "authorized", "disputed", "outcome", "category", "treatment_id"),
    *("administrator_basis", "expert_basis", "rationale", "details"),
)


def snapshot(review: Review) -> dict[str, Any]:
    """Field to value; those of the items begin with "item 1 ", "item 2 " ..."""
    found = {name: getattr(review, name) for name in FIELDS}
    found["flags"] = [flag["code"] for flag in review.flags]
    found["notices"] = [notice["code"] for notice in review.notices]
    for item in review.items.all():
        found |= {f"item {item.position} {name}": value for name, value in _item(item)}
    return found


def _item(item: DisputedItem) -> Iterator[tuple[str, Any]]:
    for name in ITEM_FIELDS:
        yield name, getattr(item, name)
    for side in Side.values:
        cited = [str(c) for c in item.citations.all() if c.side == side]
        yield f"{side} citations", cited
        noted = [n["code"] for c in item.citations.all() if c.side == side for n in c.notices]
        yield f"{side} notices", noted


def differences(before: dict[str, Any], after: dict[str, Any]) -> dict[str, tuple[Any, Any]]:
    """Field to (before, after) where they differ; a field that one of them lacks is None there."""
    fields = dict.fromkeys([*before, *after])
    return {
        name: (before.get(name), after.get(name))
        for name in fields
        if before.get(name) != after.get(name)
    }
