"""Cancel an export that is under way, or delete one that is over."""

from django.db import transaction

from cases.exports.sweeping import drop_file
from cases.models import Export


def cancel(export: Export) -> bool:
    """Its writer, if it has one, finds its lease gone at the next beat and throws its part away."""
    with transaction.atomic():
        held = Export.objects.under_way().filter(pk=export.pk).select_for_update().first()
        if held is None:
            return False
        held.state = Export.State.CANCELLED
        held.lease_token = held.lease_until = None
        held.save(update_fields=["state", "lease_token", "lease_until"])
    return True


def delete(export: Export) -> bool:
    """False while it is under way."""
    with transaction.atomic():
        over = Export.objects.filter(pk=export.pk).select_for_update().get()
        if over.busy:
            return False
        drop_file(over, Export.State.DELETED)
    return True
