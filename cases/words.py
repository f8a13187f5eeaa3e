"""Values of a review's cells in the words that people read."""

from functools import cache
from typing import Any

from reviews.cells import CITED, LISTS, UNTOLD_DETAILS, Cell
from reviews.models import Category, Citation, Guideline, Outcome, Treatment
from reviews.wording import in_words

UNTOLD = "not told"


def words_of(cell: Cell, value: Any) -> str:
    """What stands in the cell, for people; of a citation a line as the exports print it."""
    if cell.is_item:
        return _service(value) if value else "no item"
    if cell.is_citation:
        return _citation(value) if value else "no citation"
    if cell.field == "details":
        return _details(value)
    if value in (None, "", []):
        return UNTOLD
    if cell.field in LISTS:
        return "; ".join(value)
    if cell.field == "treatment":
        return treatments().get(value, value)
    choices = {"outcome": Outcome.choices, "category": Category.choices}.get(cell.field, [])
    return str(dict(choices).get(value, value))


def _citation(value: dict[str, Any]) -> str:
    columns = {name: value[name] for name in CITED if name != "guideline"}
    return str(Citation(guideline=guidelines().get(value["guideline"] or ""), **columns))


def _service(value: str | dict[str, Any]) -> str:
    return value if isinstance(value, str) else str(value["service"])


def _details(value: dict[str, Any]) -> str:
    told = {name: each for name, each in value.items() if each != UNTOLD_DETAILS[name]}
    return ", ".join(detail.words for detail in in_words(told, {})) or UNTOLD


@cache
def guidelines() -> dict[str, Guideline]:
    """The catalogue, once a process: it changes with the code alone."""
    return {each.slug: each for each in Guideline.objects.all()}


@cache
def treatments() -> dict[str, str]:
    return dict(Treatment.objects.values_list("slug", "name"))
