"""Read letters again that have ended, as if they had just come in."""

from django.db import transaction
from django.db.models import QuerySet

from cases.bell import ring
from cases.models import Letter

ENDED = (Letter.State.READ, Letter.State.UNREADABLE, Letter.State.FAILED)


def retry(letters: QuerySet[Letter]) -> int:
    """Put the ended ones of these letters back to waiting and ring for them; how many that were."""
    with transaction.atomic():
        found = dict(
            letters.filter(state__in=ENDED)
            .order_by("pk")
            .select_for_update(of=("self",))
            .values_list("pk", "scan")
        )
        Letter.objects.filter(pk__in=found).update(
            state=Letter.State.RECEIVED, code="", attempts=0, due_at=None
        )
        transaction.on_commit(lambda: _ring_all(found), robust=True)
    return len(found)


def _ring_all(scans: dict[int, bool]) -> None:
    for key, scan in scans.items():
        if not ring(key, scan=scan):
            return  # the sweep rings for the rest
