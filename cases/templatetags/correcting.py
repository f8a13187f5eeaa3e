"""The control beside a value that corrects it, and what the reader says where it is corrected."""

from html import escape
from typing import Any

from django import template
from django.template.context import RequestContext
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import capfirst

from reviews.cells import Cell

register = template.Library()


@register.simple_tag(takes_context=True)
def correcting(
    context: RequestContext, field: str, item: Any = None, cite: Any = None
) -> SafeString:
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
        return SafeString()
    corrections, may = context["corrections"], context["perms"]["cases"]["correct_case"]
    case, query = context["case"], str(context.get("list_query", ""))
    correction, by_hand = corrections.get(name), corrections.get(itself)
    pencil = _pencil(case, cell, query) if may and not (cell.is_item and correction) else ""
    if not correction:
        return mark_safe(pencil)
    told = {
        "cell": cell,
        "case": case,
        "correction": correction,
        "by_hand": by_hand and by_hand.adds_item,
        "may": may,
        "list_query": query,
    }
    return mark_safe(render_to_string("corrections/_control.html", told) + pencil)


def _pencil(case: Any, cell: Cell, query: str) -> str:
    """As text: a page has a hundred, too many for a template each."""
    address = reverse("correct_value", args=[case.pk, cell])
    if query:
        address += f"?{escape(query)}"
    words, named = escape(_words(cell)), cell.is_new or cell.is_item
    kind, unseen = (" named", "") if named else ("", ' class="unseen"')
    which = ""
    if cell.is_item and not cell.is_new:
        which = f'<span class="unseen"> ({escape(cell.label)})</span>'
    return (
        f' <a class="correct{kind}" id="correct-{cell}" href="{address}" '
        f'title="{capfirst(words)}"><span{unseen}>{words}{which}</span></a>'
    )


def _words(cell: Cell) -> str:
    """What the control is called."""
    if cell.is_item:
        return "add a disputed item" if cell.is_new else "not an item of this letter"
    return f"add a citation of the {cell.side}" if cell.is_new else f"Correct: {cell.label}"
