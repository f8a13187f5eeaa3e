"""Work out anew what all decisions ask for."""

from typing import Any

from django.core.management.base import BaseCommand
from django.db import transaction
from django.db.models import Exists, OuterRef
from tqdm import tqdm

from cases.models import Case, Deadline
from cases.reckon import reckon
from reviews.models import DisputedItem, Outcome

BATCH = 2_000


class Command(BaseCommand):
    help = (
        "Rebuild the deadlines of all cases: after an upgrade that brought them or changed the "
        "rules or holidays. Can be stopped and run again."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        overturned = DisputedItem.objects.filter(
            review=OuterRef("review"), outcome=Outcome.OVERTURNED
        )
        asking = Exists(overturned) | Exists(Deadline.objects.filter(case=OuterRef("pk")))
        keys = list(Case.objects.filter(asking).order_by("pk").values_list("pk", flat=True))
        for first in tqdm(range(0, len(keys), BATCH), unit="batch", disable=None):
            with transaction.atomic():
                some = Case.objects.select_for_update().filter(pk__in=keys[first : first + BATCH])
                reckon(some.order_by("pk").values_list("pk", flat=True))
        self.stdout.write(f"{Deadline.objects.count()} deadlines of {len(keys)} cases.")
