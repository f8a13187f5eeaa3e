"""What stands in the reviewers' specialties and licences, for the filter's choices."""

from django.core.cache import cache

from reviews.models import Credential

KINDS = {"specialty": "specialties", "licensed_in": "licensed_in"}
KEPT = 60  # seconds


def cached_choices(name: str, chosen: str) -> list[tuple[str, str]]:
    """Every value that a reviewer has had, and the chosen one even if none has."""
    key = f"choices-{name}"
    values = cache.get(key)
    if values is None:
        had = Credential.objects.filter(kind=KINDS[name]).order_by("value")
        values = list(had.values_list("value", flat=True))
        cache.set(key, values, KEPT)
    return [(v, v) for v in ([*values, chosen] if chosen and chosen not in values else values)]
