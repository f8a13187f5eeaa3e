"""Take letters out of the queue that nobody has begun to read."""

from django.db.models import QuerySet

from cases.models import Letter


def cancel(letters: QuerySet[Letter]) -> int:
    """Cancel those of these letters that wait; how many that were. `retry` takes them in again."""
    waiting = letters.filter(state=Letter.State.RECEIVED)
    # One statement, so that a reader either has a letter already, or never gets it.
    return (
        Letter.objects.filter(pk__in=waiting.order_by().values("pk"))
        .filter(state=Letter.State.RECEIVED)
        .update(state=Letter.State.FAILED, code="cancelled", due_at=None)
    )
