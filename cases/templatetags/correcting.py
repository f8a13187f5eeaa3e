"""The control beside a value that corrects it, and what the reader says where it is corrected."""

from typing import Any

from django import template
from django.template.context import RequestContext

from reviews.cells import Cell

register = template.Library()


@register.inclusion_tag("corrections/_control.html", takes_context=True)
def correcting(context: RequestContext, field: str, item: Any = None, cite: Any = None) -> Any:
    """For a field of the review, of the item, or, with `field` a side, for one of its citations.

    With `field` "item" for the item itself.

    Nothing for what cannot be corrected, and on a page that shows no corrections.
    """
    itself = f"item-{item.position}" if item else ""
    name = itself if field == "item" else f"{itself}-{field}" if item else field
    if cite is not None:
        name += f"-{cite.position if hasattr(cite, 'position') else cite}"
    cell = Cell.named(name)
    if cell is None or "corrections" not in context:
        return {}
    by_hand = context["corrections"].get(itself)
    return {
        "cell": cell,
        "words": _words(cell),
        "named": cell.is_new or cell.is_item,
        "case": context["case"],
        "correction": context["corrections"].get(name),
        "by_hand": by_hand and by_hand.adds_item,
        "may": context["perms"]["cases"]["correct_case"],
        "list_query": context.get("list_query", ""),
    }


def _words(cell: Cell) -> str:
    """What the control is called."""
    if cell.is_item:
        return "add a disputed item" if cell.is_new else "not an item of this letter"
    return f"add a citation of the {cell.side}" if cell.is_new else f"Correct: {cell.label}"
