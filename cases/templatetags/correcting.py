"""The control beside a value that corrects it, and what the reader says where it is corrected."""

from typing import Any

from django import template
from django.template.context import RequestContext

from reviews.cells import Cell

register = template.Library()


@register.inclusion_tag("corrections/_control.html", takes_context=True)
def correcting(context: RequestContext, field: str, item: Any = None, cite: Any = None) -> Any:
    """For a field of the review, of the item, or, with `field` a side, for one of its citations.

    Nothing for what cannot be corrected, and on a page that shows no corrections.
    """
    name = f"item-{item.position}-{field}" if item else field
    if cite is not None:
        name += f"-{cite.position if hasattr(cite, 'position') else cite}"
    cell = Cell.named(name)
    if cell is None or "corrections" not in context:
        return {}
    return {
        "cell": cell,
        "case": context["case"],
        "correction": context["corrections"].get(name),
        "may": context["perms"]["cases"]["correct_case"],
        "list_query": context.get("list_query", ""),
    }
