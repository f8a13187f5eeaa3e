"""Remove a letter with all that was read from it; cases fall back to their other letters."""

from django.db import transaction
from django.db.models import Exists, OuterRef
from django.db.models.functions import Now

from cases.locks import lock_bytes
from cases.models import Batch, Letter, Note, Reading, letter_storage
from cases.settle import resettle
from cases.sweep import EMPTY_FROM
from reviews.models import Review


def human(letter: Letter) -> str:
    """What people did that goes with the letter, in words: ", 2 corrections and 1 note"."""
    alone = letter.readings.exclude(
        Exists(Reading.objects.filter(case=OuterRef("case")).exclude(letter=letter))
    ).values("case")
    counts = {
        "correction": letter.corrections.standing().count(),
        "note": Note.objects.filter(case__in=alone, deleted_at=None).count(),
    }
    told = [f"{n} {name}{'s' if n > 1 else ''}" for name, n in counts.items() if n]
    return f", and what people did: {' and '.join(told)}" if told else ""


def remove(letter: Letter) -> None:
    """Delete the letter, its reviews, an old batch that this leaves empty and, once that is
    committed, its file."""
    digest, path = letter.sha256, str(letter.file)
    with transaction.atomic():
        # Whoever saves a reading of it comes before this, or finds no letter any more.
        Letter.objects.select_for_update().filter(pk=letter.pk).first()
        touched = list(letter.readings.values_list("case_id", flat=True))
        reviews = list(letter.readings.values_list("review_id", flat=True))
        letter.delete()
        if letter.batch_id:
            old = Batch.objects.filter(pk=letter.batch_id, made_at__lt=Now() - EMPTY_FROM)
            old.filter(letters=None).delete()
        resettle(touched)
        Review.objects.filter(pk__in=reviews).delete()
        transaction.on_commit(lambda: remove_file(digest, path))


def remove_file(sha256: str, path: str) -> bool:
    """Delete the stored file, unless a letter has it: the same bytes may have come in again."""
    with transaction.atomic():
        lock_bytes(sha256)
        if Letter.objects.filter(sha256=sha256).exists():
            return False
        letter_storage().delete(path)
        return True
