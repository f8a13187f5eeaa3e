"""What items and citations meet the parameters of the list's address, and what cases have one.

Rows say it, for exports and counts; a case's traits say the same, for lists: see `reviews.traits`.
"""

from collections.abc import Callable, Iterator
from functools import reduce
from itertools import product
from operator import or_
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from reviews.models import Citation, DisputedItem, Outcome, Side

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
    return reduce(or_, (Q(traits__contains=traits) for traits in _traits_meeting(asked)))


def _traits_meeting(asked: dict[str, Any]) -> Iterator[dict[str, Any]]:
    words = {name: str(getattr(value, "pk", value)) for name, value in asked.items()}
    cited = [[words[name] for name in asked if name in CITATION_PARAMETERS]]
    pages = {}
    if "guideline" in words and "cited_page" in words:
        pages = {"pages": {words["guideline"]: [words["cited_page"]]}}
    several = (asked.get(name, [""]) for name in ("item_outcome", "category"))
    for outcome, category in product(*several):
        kind = [*filter(None, (category, words.get("treatment")))]
        overturned = {"overturned": kind} if kind and outcome == Outcome.OVERTURNED else {}
        yield {"items": [[*filter(None, (outcome, *kind, *cited))]], **overturned, **pages}


def item_test(asked: dict[str, Any]) -> tuple[Callable[[list[Any]], bool], set[str]]:
    """Whether an item, as it stands in traits, meets all that is asked at once; and the words that
    a citation of it has if it meets what is asked about citations."""
    words = {name: str(getattr(value, "pk", value)) for name, value in asked.items()}
    about = {words[name] for name in asked if name in CITATION_PARAMETERS}
    any_of = [set(asked[name]) for name in ("item_outcome", "category") if name in asked]
    any_of += [{words["treatment"]}] if "treatment" in asked else []

    def meets(item: list[Any]) -> bool:
        own = {word for word in item if isinstance(word, str)} if any_of else set()
        if any(own.isdisjoint(some) for some in any_of):
            return False
        return not about or any(about.issubset(each) for each in item if isinstance(each, list))

    return meets, about


def items_meeting(asked: dict[str, Any]) -> QuerySet[DisputedItem]:
    """The items that meet all that is asked at once, one citation all that is about citations."""
    own = {look: asked[name] for name, look in ITEM_LOOKUPS.items() if name in asked}
    items = DisputedItem.objects.order_by().filter(**own)
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
