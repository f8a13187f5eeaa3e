"""What stands in the reviewers' specialties and licences, for the filter's choices."""

from django.core.cache import cache
from django.db.models import Func

from cases.counting import Budget, frequent
from reviews.models import Review

COLUMNS = {"specialty": "specialties", "licensed_in": "licensed_in"}
KEPT_SECONDS, KEPT_LONGER = 60, 600  # the second for what took too long to read
PATIENCE = 0.1  # seconds; reading the whole column takes seconds at two million cases
ALL = 10_000  # values, more than anybody chooses from


def cached_choices(name: str, chosen: str) -> list[tuple[str, str]]:
    """Every value of the column once, with the chosen one even if no case has it."""
    key = f"choices-{name}"
    values = cache.get(key)
    if values is None:
        values, kept = _values(COLUMNS[name])
        cache.set(key, values, kept)
    return [(v, v) for v in ([*values, chosen] if chosen and chosen not in values else values)]


def _values(column: str) -> tuple[list[str], int]:
    """Read from the column, or where that takes too long from PostgreSQL's statistics of it; and
    for how many seconds to keep them."""
    each = Review.objects.order_by().values_list(Func(column, function="unnest"), flat=True)
    values = Budget(PATIENCE, PATIENCE).first(each.distinct(), ALL)
    if values is None:
        return sorted(frequent(Review, column, ALL, elements=True)), KEPT_LONGER
    return sorted(values), KEPT_SECONDS
