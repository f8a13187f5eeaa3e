"""Which cases a search finds: by number or name, or by the words of their letter.

Names and words have an index each; joined with OR, neither could be used. So few matches are
gathered, while of many the rows are tested on the way along the list's order. What the index of
words cannot tell, whether they stand in a row, is looked up in the letters one by one: of a page,
in so many of them and no more.
"""

from contextlib import nullcontext
from dataclasses import dataclass

from django.contrib.postgres.search import SearchQuery
from django.db.models import Q, QuerySet

from cases import counting, sampling
from cases.counting import Among
from cases.models import Case, nulls_last
from cases.planning import by_index, one_by_one
from cases.terms import Asked, asked
from reviews.models import Review

MANY = 10_000  # matches above which a search goes through rows instead of gathering them
ENOUGH = 12_000  # keys after which no more are gathered
LOOKED_THROUGH = 3_000  # cases whose letters a page looks through for words in a row
SHORTEST_PART = 3  # characters of a name; the index of its parts knows no shorter ones


@dataclass(frozen=True)
class Sought:
    """What a search finds, whatever else is filtered.

    `reviews` where they are few. `crowd` when by itself it finds more than `counting.MOST` cases,
    `seldom` when perhaps few of very many letters have the words so: in a row, or not at all.
    """

    search: Asked
    reviews: list[int] | None = None
    names: bool = False
    crowd: bool = False
    seldom: bool = False

    def among(self, cases: QuerySet[Case]) -> QuerySet[Case]:
        """Those of the cases that the search finds."""
        if self.search.number_start:
            return cases.filter(name__startswith=self.search.number_start)
        if self.reviews is not None:
            return cases.filter(Among("review", self.reviews))
        return cases.filter(self._told)

    def among_latest(self, cases: QuerySet[Case]) -> tuple[QuerySet[Case], bool]:
        """The same within a page's time, and whether there were more to look through."""
        if not self.seldom:
            return self.among(cases), False
        latest = cases.order_by(*nulls_last("decided_on", turned=True)).values_list("pk", flat=True)
        keys = list(latest[: LOOKED_THROUGH + 1])
        looked = Case.objects.filter(Among("pk", keys[:LOOKED_THROUGH])).filter(self._told)
        with one_by_one():
            found = list(looked.values_list("pk", flat=True))
        return cases.filter(Among("pk", found)), len(keys) > LOOKED_THROUGH

    @property
    def _told(self) -> Q:
        words = Q(review__search=words_of(self.search))
        return words | Q(name__icontains=self.search.typed) if self.names else words


def seek(typed: str) -> Sought:
    search = asked(typed)
    if search.number_start:
        return Sought(search)
    called = _some(_named(search).values_list("review", flat=True))
    if common := _common(search, names=bool(called)):
        return common
    words = Review.objects.order_by().filter(search=words_of(search)).values_list("pk", flat=True)
    with by_index() if search.by_words else nullcontext():
        told = _some(words)
    if max(len(told), len(called)) <= MANY:
        return Sought(search, sorted({*told, *called}))
    # Reviews that are not their case's latest are among them, some in a hundred.
    crowd = Case.objects.filter(Among("review", told)).count() > counting.MOST
    return Sought(search, names=bool(called), crowd=crowd)


def _common(search: Asked, *, names: bool) -> Sought | None:
    """Without gathering anything, where some reviews tell that it would take too long."""
    some = sampling.words(search) if search.terms else None
    if some is None:
        return None
    if some.surely_found > 2 * counting.MOST:
        return Sought(search, names=names, crowd=True)
    if not search.by_words or (search.has_rows and some.perhaps_apart > MANY):
        return Sought(search, names=names, seldom=True)
    return None


def words_of(search: Asked) -> SearchQuery:
    return SearchQuery(search.websearch, search_type="websearch", config="english")


def _named(search: Asked) -> QuerySet[Case]:
    cases = Case.objects.order_by()
    if len(search.typed) < SHORTEST_PART:
        return cases.none()
    return cases.filter(name__icontains=search.typed)


def _some(keys: "QuerySet[Review, int] | QuerySet[Case, int]") -> list[int]:
    return list(keys[:ENOUGH])
