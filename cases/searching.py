"""Which cases a search finds: by number or name, or by the words of their letter.

Names and words have an index each; joined with OR, neither could be used. So few matches are
gathered, while of many the rows are tested on the way along the list's order. What the index of
words cannot tell, whether they stand in a row, is looked up in the letters one by one: for a page,
in so many of them and no more, unless it is asked to take its time.
"""

from contextlib import nullcontext
from dataclasses import dataclass
from datetime import datetime

from django.contrib.postgres.search import SearchQuery
from django.core.cache import cache
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.crypto import salted_hmac

from cases import counting, sampling
from cases.counting import Among, Budget
from cases.models import Case, nulls_last
from cases.planning import by_index, one_by_one
from cases.terms import Asked, asked
from reviews.models import Review

MANY = 10_000  # matches above which a search goes through rows instead of gathering them
ENOUGH = 12_000  # keys after which no more are gathered
LOOKED_THROUGH = 3_000  # letters that a page looks through for words in a row
KEPT = 300  # seconds that the letters found by looking through all are remembered
SHORTEST_PART = 3  # characters of a name; the index of its parts knows no shorter ones


@dataclass(frozen=True)
class Sought:
    """What a search finds, whatever else is filtered.

    `reviews` where they are few. `crowd` when by itself it finds more than `counting.MOST` cases,
    `too_long` when very many letters would have to be looked through, for words in a row or not
    there at all, and there was no time for it. `at`: since when `reviews` are remembered.
    """

    search: Asked
    reviews: list[int] | None = None
    names: bool = False
    crowd: bool = False
    too_long: bool = False
    at: datetime | None = None

    def among(self, cases: QuerySet[Case]) -> QuerySet[Case]:
        """Those of the cases that the search finds."""
        if self.search.number_start:
            return cases.filter(name__startswith=self.search.number_start)
        if self.reviews is not None:
            return cases.filter(Among("review", self.reviews))
        return cases.filter(self._told)

    def among_latest(self, cases: QuerySet[Case]) -> tuple[QuerySet[Case], bool]:
        """The same within a page's time, and whether there were more to look through."""
        if not self.too_long:
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


def seek(typed: str, seconds: float | None = None) -> Sought:
    """What is typed, looked up within so many seconds; None: however long it takes.

    Within 0 seconds everything is found that a page has time for.
    """
    search = asked(typed)
    if search.number_start:
        return Sought(search)
    called = _some(_named(search).values_list("review", flat=True))
    some = sampling.words(search) if search.terms else None
    if some and some.surely_found > 2 * counting.MOST:
        return Sought(search, names=bool(called), crowd=True)
    if seconds is None or some is None or _to_look_through(search, some) <= LOOKED_THROUGH:
        return _sought(search, called, _told(search))
    known = _remembered(search, seconds)
    if known is None:
        return Sought(search, names=bool(called), too_long=True)
    return _sought(search, called, *known)


def _sought(
    search: Asked, called: list[int], told: list[int], at: datetime | None = None
) -> Sought:
    if max(len(told), len(called)) <= MANY:
        return Sought(search, sorted({*told, *called}), at=at)
    # Reviews that are not their case's latest are among them, some in a hundred.
    crowd = Case.objects.filter(Among("review", told)).count() > counting.MOST
    return Sought(search, names=bool(called), crowd=crowd)


def _to_look_through(search: Asked, some: sampling.Sample) -> float:
    """In how many letters an index cannot tell whether they have the words as asked."""
    if not search.by_words:
        return some.total
    return some.perhaps_apart if search.has_rows else 0


def _remembered(search: Asked, seconds: float) -> tuple[list[int], datetime] | None:
    """What looking through all finds, and when it did; None where there was no time for it."""
    key = f"told-{salted_hmac('cases.searching', search.websearch).hexdigest()}"
    known: tuple[list[int], datetime] | None = cache.get(key)
    if known is None:
        at = timezone.now()
        told = Budget(seconds, seconds).ask(lambda: _told(search))
        if told is None:
            return None
        known = told, at
        cache.set(key, known, KEPT)
    return known


def _told(search: Asked) -> list[int]:
    """The reviews whose letters have the words as asked."""
    words = Review.objects.order_by().filter(search=words_of(search)).values_list("pk", flat=True)
    with by_index() if search.by_words else nullcontext():
        return _some(words)


def words_of(search: Asked) -> SearchQuery:
    return SearchQuery(search.websearch, search_type="websearch", config="english")


def _named(search: Asked) -> QuerySet[Case]:
    cases = Case.objects.order_by()
    if len(search.typed) < SHORTEST_PART:
        return cases.none()
    return cases.filter(name__icontains=search.typed)


def _some(keys: "QuerySet[Review, int] | QuerySet[Case, int]") -> list[int]:
    return list(keys[:ENOUGH])
