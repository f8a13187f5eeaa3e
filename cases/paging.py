"""Pages of what a filter found, at a cost that does not grow with the table.

Two ways lead to a page. Few matches: find them all by the filters' own indexes and sort those.
Many: walk along the index of the chosen order and stop after a page. Asked alone, the database
walks for few matches too, and then goes through every row. So matches are counted first, up to
`counting.MOST`; beyond that nobody turns pages, and the exact number is only told when asked for.
"""

from typing import Any

from django.contrib.postgres.aggregates import ArrayAgg
from django.core.paginator import Page, Paginator

from cases import counting
from cases.counting import Budget
from cases.filters import CaseFilter
from cases.models import Case
from cases.planning import by_sorting

PAGE_SIZE = 50
WALK = 0.25  # seconds to go along the order's index, for a page of many matches


class Found(Paginator):
    """The keys of the filter's cases; `more` if there are above the most, else `all`.

    Only keys are sorted and skipped, because the rows themselves are wide.
    """

    def __init__(self, found: CaseFilter, rows: int = PAGE_SIZE) -> None:
        matching = found.qs if found.is_valid() else Case.objects.none()
        some = matching.order_by()[: counting.MOST + 1]
        # As one value: thousands of rows take Django longer than the database.
        in_order = ArrayAgg("pk", order_by=found.order())
        keys = [] if found.crowd else some.aggregate(keys=in_order)["keys"] or []
        self.more = found.crowd or len(keys) > counting.MOST
        # The pages that can be turned; set before anything asks for it and counts again.
        self.count = counting.MOST if self.more else len(keys)
        self.all: list[int] | None = None if self.more else keys
        self.sought = found.sought
        super().__init__(matching.values_list("pk", flat=True) if self.more else keys, rows)

    def _get_page(self, keys: Any, number: int, paginator: Paginator) -> Page:
        return Page(self._keys(keys), number, paginator)

    def _keys(self, keys: Any) -> list[int]:
        """Many are walked to, unless they come late in the order: then they are sorted instead.

        Numbers begin with a year, so those of one year lie together. All that have a word take
        longer to find than to come by.
        """
        if not self.more or (self.sought and not self.sought.search.number_start):
            return list(keys)
        walked = None if self.sought else Budget(WALK, WALK).ask(lambda: list(keys))
        if walked is not None:
            return walked
        with by_sorting():
            return list(keys)


WHOLE = ("review__items__treatment", "review__items__citations__guideline")


def page_of(found: CaseFilter, number: Any, rows: int = PAGE_SIZE) -> Page:
    """The keys of that page, the last one for a number beyond, the first one for no number."""
    return Found(found, rows).get_page(number)
