"""Cases counted by the values of filters, from what stands on each: see `reviews.traits`."""

from collections import Counter
from collections.abc import Iterable
from typing import Any

from cases.filters import CaseFilter
from cases.meeting import SIDES, item_test
from reviews.models import Category, Outcome

TOLD = ("traits", "outcome", "doubts")  # of a case
Told = tuple[dict[str, Any], str, int]
OUTCOMES, CATEGORIES = frozenset(Outcome.values), frozenset(Category.values)


def tally(found: CaseFilter, cases: Iterable[Told]) -> dict[str, Counter[str]]:
    """By facet and value how many cases have it; of items, only what is asked for counts.

    `items` are those items by their outcome, "" for one that was not read.
    """
    outcomes, flagged, sexes, specialties, items, said, cited = (Counter[str]() for _ in range(7))
    meets, about = item_test(found.asked())
    for traits, outcome, doubts in cases:
        outcomes[outcome] += 1
        flagged["true" if doubts else "false"] += 1
        sexes[traits.get("sex", "")] += 1
        specialties.update(set(traits.get("specialties", ())))
        words: set[str] = set()
        cites: set[str] = set()
        for item in traits.get("items", ()):
            if meets(item):
                items[item[0] if item[0] in OUTCOMES else ""] += 1
                for each in item:
                    if isinstance(each, str):
                        words.add(each)
                    elif about.issubset(each):
                        cites.update(each)
        said.update(words)
        cited.update(cites)
    return {
        "outcome": _without(outcomes, ""),
        "flagged": flagged,
        "sex": _without(sexes, ""),
        "specialty": specialties,
        "items": items,
        "item_outcome": _of(said, OUTCOMES),
        "category": _of(said, CATEGORIES),
        "treatment": _without(said, *OUTCOMES, *CATEGORIES),
        "relied_on_by": _of(cited, SIDES),
        "guideline": _without(cited, *SIDES, *filter(str.isdecimal, cited)),
    }


def _of(counts: Counter[str], words: Iterable[str]) -> Counter[str]:
    return Counter({word: counts[word] for word in words if word in counts})


def _without(counts: Counter[str], *words: str) -> Counter[str]:
    return Counter({word: count for word, count in counts.items() if word not in words})
