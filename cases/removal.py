"""Remove a letter with all that was read from it; cases fall back to their other letters."""

from django.db import transaction

from cases.models import Letter
from cases.settle import resettle
from reviews.models import Review


def remove(letter: Letter) -> None:
    """Delete the letter, its reviews and, once that is committed, its file."""
    storage, path = letter.file.storage, str(letter.file)
    with transaction.atomic():
        touched = list(letter.readings.values_list("case_id", flat=True))
        reviews = list(letter.readings.values_list("review_id", flat=True))
        letter.delete()
        resettle(touched)
        Review.objects.filter(pk__in=reviews).delete()
        transaction.on_commit(lambda: storage.delete(path))
