"""Pages of what a filter found, at a cost that does not grow with the table.

Two ways lead to a page. Few matches: find them all by the filters' own indexes, then sort those.
Many: walk along the index of the chosen order and stop after a page. Asked alone, the database
walks for few matches too, and then goes through every row. So matches are counted first, up to
`counting.MOST`; beyond that nobody turns pages, and the exact number is only told when asked for.
"""

from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Q

from cases import counting
from cases.filters import CaseFilter
from cases.models import Case

PAGE_SIZE = 50


class Found(Paginator):
    """The filter's cases with everything their rows show; `more` if there are above the most."""

    def __init__(self, found: CaseFilter, rows: int = PAGE_SIZE) -> None:
        matching = found.qs if found.is_valid() else Case.objects.none()
        some = matching.order_by()[: counting.MOST + 1]
        counted = found.count_some() if found.is_valid() else 0
        self.more = counted > counting.MOST
        if not self.more and counted > rows:
            matching = Case.objects.filter(Q(pk__in=some.values("pk"))).order_by(*found.order())
        # The pages that can be turned; set before anything asks for it and counts again.
        self.count = min(counted, counting.MOST)
        super().__init__(matching.select_related("review").prefetch_related(*WHOLE), rows)


WHOLE = ("review__items__treatment", "review__items__citations__guideline")


def page_of(found: CaseFilter, number: Any, rows: int = PAGE_SIZE) -> Page:
    """That page, the last one for a number beyond it, the first one for what is no number."""
    return Found(found, rows).get_page(number)
