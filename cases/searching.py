"""Which cases a search finds: by number or name, or by the words of their letter."""

from contextlib import nullcontext
from typing import NamedTuple

from django.contrib.postgres.search import SearchQuery
from django.db.models import Q, QuerySet

from cases import counting
from cases.counting import Among
from cases.models import Case
from cases.planning import by_index
from cases.terms import Asked, asked
from reviews.models import Review

MANY = 10_000  # matches above which a search goes through rows instead of gathering them
ENOUGH = 12_000  # keys after which no more are gathered
SHORTEST_PART = 3  # characters of a name; the index of its parts knows no shorter ones


class Matched(NamedTuple):
    """What a search finds; `crowd` when by itself it finds more than `counting.MOST` cases."""

    cases: QuerySet[Case]
    crowd: bool = False


def matching(queryset: QuerySet[Case], typed: str) -> Matched:
    """The queryset's cases that a search finds.

    Names and words have an index each; joined with OR, neither could be used. So few matches are
    gathered first, whatever else is filtered, while of many the rows are tested on the way along
    the list's order.
    """
    search = asked(typed)
    if search.number_start:
        return Matched(queryset.filter(name__startswith=search.number_start))
    words, named = words_of(search), _named(search)
    by_words = Review.objects.order_by().filter(search=words).values_list("pk", flat=True)
    with by_index() if search.by_words else nullcontext():
        told, called = _some(by_words), _some(named.values_list("review", flat=True))
    if max(len(told), len(called)) <= MANY:
        return Matched(queryset.filter(Among("review", sorted({*told, *called}))))
    # Reviews that are not their case's latest are among them, some in a hundred.
    crowd = Case.objects.filter(Among("review", told)).count() > counting.MOST
    if not called:
        return Matched(queryset.filter(review__search=words), crowd)
    either = Q(name__icontains=search.typed) | Q(review__search=words)
    return Matched(queryset.filter(either), crowd)


def words_of(search: Asked) -> SearchQuery:
    return SearchQuery(search.websearch, search_type="websearch", config="english")


def _named(search: Asked) -> QuerySet[Case]:
    cases = Case.objects.order_by()
    if len(search.typed) < SHORTEST_PART:
        return cases.none()
    return cases.filter(name__icontains=search.typed)


def _some(keys: "QuerySet[Review, int] | QuerySet[Case, int]") -> list[int]:
    return list(keys[:ENOUGH])
