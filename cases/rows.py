"""What a row of the list shows of its case, and what it folds away so that rows stay low."""

from typing import Any

from django.core.paginator import Page

from cases.filters import CaseFilter

SHOWN = {"items": 4, "guidelines": 3}  # lines of a row


def dress(page: Page, found: CaseFilter) -> None:
    """Give each case of the page its items that the filter asks for, and its guidelines."""
    asked = found.asks_for_items()
    reviews = [case.review_id for case in page]
    wanted = (
        set(found.items().filter(review__in=reviews).values_list("pk", flat=True)) if asked else ()
    )
    for case in page:
        items = list(case.review.items.all())
        met = [item for item in items if not asked or item.pk in wanted]
        case.shown_items, case.folded_items = fold(met, SHOWN["items"])
        case.other_items = len(items) - len(met)
        guidelines = case.review.guidelines_cited()
        case.shown_guidelines, case.folded_guidelines = fold(guidelines, SHOWN["guidelines"])


def fold(values: list[Any], most: int) -> tuple[list[Any], list[Any]]:
    """What is shown and what is not. Its summary takes a line: a single one is not folded."""
    if len(values) <= most:
        return values, []
    return values[: most - 1], values[most - 1 :]
