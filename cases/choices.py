"""What stands in the reviewers' specialties and licences, for the filter's choices."""

from django.core.cache import cache
from django.db.models import Func

from reviews.models import Review

COLUMNS = {"specialty": "specialties", "licensed_in": "licensed_in"}
KEPT_SECONDS = 60  # reading the whole column takes a second at two million cases


def cached_choices(name: str, chosen: str) -> list[tuple[str, str]]:
    """Every value of the column once, with the chosen one even if no case has it."""
    key = f"choices-{name}"
    values = cache.get(key)
    if values is None:
        values = sorted(
            Review.objects.order_by()
            .values_list(Func(COLUMNS[name], function="unnest"), flat=True)
            .distinct()
        )
        cache.set(key, values, KEPT_SECONDS)
    return [(v, v) for v in ([*values, chosen] if chosen and chosen not in values else values)]
