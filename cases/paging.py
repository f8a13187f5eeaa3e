"""Pages of what a filter found, at a cost that does not grow with the table.

Two ways lead to a page. Few matches: find them all by the filters' own indexes, then sort those.
Many: walk along the index of the chosen order and stop after a page. Asked alone, the database
walks for few matches too, and then goes through every row. So matches are counted first, up to
`counting.MOST`; beyond that nobody turns pages, and the exact number is only told when asked for.
"""

from typing import Any

from django.contrib.postgres.aggregates import ArrayAgg
from django.core.paginator import Page, Paginator
from django.db.models import Prefetch

from cases import counting
from cases.counting import Among
from cases.filters import CaseFilter
from cases.models import Case
from reviews.models import Citation, DisputedItem

PAGE_SIZE = 50


class Found(Paginator):
    """The filter's cases with everything their rows show; `more` if there are above the most.

    Only keys are sorted and skipped, because the rows themselves are wide.
    """

    def __init__(self, found: CaseFilter, rows: int = PAGE_SIZE) -> None:
        matching = found.qs if found.is_valid() else Case.objects.none()
        some = matching.order_by().values("pk")[: counting.MOST + 1]
        # As one value: thousands of rows take Django longer than the database.
        keys = [] if found.crowd else some.aggregate(keys=ArrayAgg("pk"))["keys"] or []
        self.more = found.crowd or len(keys) > counting.MOST
        if not self.more:
            matching = Case.objects.filter(Among("pk", keys)).order_by(*found.order())
        # The pages that can be turned; set before anything asks for it and counts again.
        self.count = counting.MOST if self.more else len(keys)
        super().__init__(matching.values_list("pk", flat=True), rows)

    def _get_page(self, keys: Any, number: int, paginator: Paginator) -> Page:
        return Page(_rows(list(keys)), number, paginator)


WHOLE = ("review__items__treatment", "review__items__citations__guideline")
# What is long and on no row of the list.
LONG_OF_CASE = [
    "traits",
    *(f"review__{n}" for n in ("search", "clinical_summary", "treatment_to_date", "mechanism")),
]
LONG_OF_ITEM = ["rationale", "administrator_text", "expert_text"]
LONG_OF_CITATION = ["receipt", "notices"]


def _rows(keys: list[int]) -> list[Case]:
    """Those cases in that order, with what the list shows of them."""
    citations = Citation.objects.select_related("guideline").defer(*LONG_OF_CITATION)
    items = DisputedItem.objects.select_related("treatment").defer(*LONG_OF_ITEM)
    cases = Case.objects.select_related("review").defer(*LONG_OF_CASE)
    found = cases.prefetch_related(
        Prefetch("review__items", items), Prefetch("review__items__citations", citations)
    ).in_bulk(keys)
    return [found[key] for key in keys if key in found]


def page_of(found: CaseFilter, number: Any, rows: int = PAGE_SIZE) -> Page:
    """That page, the last one for a number beyond it, the first one for what is no number."""
    return Found(found, rows).get_page(number)
