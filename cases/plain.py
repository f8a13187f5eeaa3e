"""A case, an item or a citation as plain text, to be pasted into a mail or a file."""

from collections.abc import Iterator

from cases.models import Case
from reviews.models import DisputedItem, Review


def case_text(case: Case) -> str:
    """The number, the decision and every item with both sides' citations; for each doubt a line."""
    review = case.review
    parts = ["\n".join(_head(case)), *(item_text(item) for item in review.items.all())]
    if review.flags:
        parts.append("\n".join(["To check in the letter:", *_doubts(review)]))
    return "\n\n".join(parts) + "\n"


def item_text(item: DisputedItem) -> str:
    """The service with its number, the outcome, and what each side cites, a line each."""
    return "\n".join([f"{item.position}. {item.service}", *(f"   {line}" for line in _item(item))])


def _head(case: Case) -> Iterator[str]:
    review = case.review
    yield f"IMR case {case.name}"
    yield f"Decision date: {review.decision_date or 'not told'}"
    yield f"Date of injury: {review.date_of_injury or 'not told'}"
    yield f"Outcome: {review.outcome_sentence}"


def _item(item: DisputedItem) -> Iterator[str]:
    yield f"Outcome: {item.outcome_sentence}"
    if item.disputed:
        yield f"Remaining in dispute: {item.disputed}"
    for side in item.sides:
        cited = "; ".join(str(citation) for citation in side["citations"])
        yield f"{side['label']}: {cited or side['basis'].lower()}"


def _doubts(review: Review) -> Iterator[str]:
    yield from dict.fromkeys(f"- {flag['sentence']}" for flag in review.flags)
