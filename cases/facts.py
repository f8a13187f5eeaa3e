"""A review's facts for its page: the letter's labels, values for people, and their receipts."""

from datetime import date
from typing import Any, NamedTuple

from reviews.models import Review


class Fact(NamedTuple):
    """A label, a value as shown, where in the letter it stands, the column and the value's key.

    The key is the column's name, with a number where each of the column's values stands alone.
    """

    label: str
    value: str
    receipt: list[Any] | None
    field: str
    key: str


HEADER = {
    "age": ("Worker's age", "age"),
    "sex": ("Worker's sex", "sex"),
    "injury": ("Date of injury", "date_of_injury"),
    "decision": ("Decision date", "decision_date"),
    "ur_denial": ("UR denial date", "ur_denial_date"),
    "assigned": ("Date assigned", "date_assigned"),
    "received": ("Application received", "application_received"),
    "priority": ("Priority", "priority"),
    "licensed_in": ("Reviewer licensed in", "licensed_in"),
    "specialties": ("Reviewer's specialties", "specialties"),
}
COURSE = {
    "mechanism": ("How the injury happened", "mechanism"),
    "treatment_to_date": ("Treatment to date", "treatment_to_date"),
}


def facts_of(review: Review, labels: dict[str, tuple[str, str]] = HEADER) -> list[Fact]:
    """Receipt's name to label and column, as facts with what the review says."""
    return [
        Fact(
            label,
            _shown(getattr(review, column)),
            _receipt(review.receipts.get(name)),
            column,
            column,
        )
        for name, (label, column) in labels.items()
    ]


def diagnoses_of(review: Review) -> list[Fact]:
    receipts = review.receipts.get("diagnoses", [])
    return [
        Fact(
            "Diagnosis",
            name,
            receipts[n] if n < len(receipts) else None,
            "diagnoses",
            f"diagnoses-{n}",
        )
        for n, name in enumerate(review.diagnoses)
    ]


def _shown(value: Any) -> str:
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, list):
        return ", ".join(value)
    return "" if value is None else str(value)


def _receipt(found: list[Any] | None) -> list[Any] | None:
    """One receipt; of a list's, which stand on one line, from the first to the last."""
    if found and isinstance(found[0], list):
        return [found[0][0], found[-1][1], found[0][2], found[0][3]]
    return found
