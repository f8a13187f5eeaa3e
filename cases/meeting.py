"""What items and citations meet the parameters of the list's address, and what cases have one.

Rows say it, for exports and counts; a case's traits say the same, for lists: see `reviews.traits`.
"""

from functools import reduce
from itertools import product
from operator import or_
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from reviews.models import Citation, DisputedItem, Side

SIDES = [Side.ADMINISTRATOR, Side.EXPERT]  # citations inside rationales are no reliance
TRAITS = {"specialty": "specialties", "licensed_in": "licensed_in"}
# The parameters that an item's own columns answer, and those about its citations.
ITEM_LOOKUPS = {"item_outcome": "outcome__in", "category": "category__in", "treatment": "treatment"}
CITATION_PARAMETERS = {"guideline", "cited_page", "relied_on_by"}


def has_trait(name: str, value: str) -> Q:
    """The cases with that value of a parameter that is the review's own."""
    trait = {"sex": value} if name == "sex" else {TRAITS[name]: [value]}
    return Q(traits__contains=trait)


def traits_meeting(asked: dict[str, Any]) -> Q:
    """The cases with an item that `items_meeting` finds, told by what stands on the case itself."""
    words = {name: str(getattr(value, "pk", value)) for name, value in asked.items()}
    item: list[Any] = [words["treatment"]] if "treatment" in asked else []
    if cited := [words[name] for name in asked if name in CITATION_PARAMETERS]:
        item.append(cited)
    several = (asked[name] for name in ("item_outcome", "category") if name in asked)
    each = ({"items": [[*chosen, *item]]} for chosen in product(*several))
    return reduce(or_, (Q(traits__contains=traits) for traits in each))


def item_conditions(asked: dict[str, Any], path: str = "") -> dict[str, Any]:
    """What is asked of an item's own columns, as lookups; `path` leads to the item."""
    return {path + look: asked[name] for name, look in ITEM_LOOKUPS.items() if name in asked}


def items_meeting(asked: dict[str, Any]) -> QuerySet[DisputedItem]:
    """The items that meet all that is asked at once, one citation all that is about citations."""
    items = DisputedItem.objects.order_by().filter(**item_conditions(asked))
    if asked.keys() & CITATION_PARAMETERS:
        items = items.filter(Exists(citations_meeting(asked).filter(item=OuterRef("pk"))))
    return items


def citations_meeting(asked: dict[str, Any]) -> QuerySet[Citation]:
    """The citations that meet every parameter about citations at once."""
    sides = [asked["relied_on_by"]] if "relied_on_by" in asked else SIDES
    citations = Citation.objects.order_by().filter(side__in=sides)
    if "guideline" in asked:
        citations = citations.filter(guideline=asked["guideline"])
    if "cited_page" in asked:
        citations = citations.filter(pages__contains=[int(asked["cited_page"])])
    return citations
