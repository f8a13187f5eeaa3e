"""Read letters again with today's reader, or only tell what that would change."""

from typing import Any

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet

from cases.models import Letter, Reading
from cases.reader import determine
from cases.settle import settle
from reviews import reading
from reviews.models import Review
from reviews.snapshot import differences, snapshot

Changes = dict[str, tuple[Any, Any]]


def older() -> QuerySet[Letter]:
    """Letters whose reviews were made by another version of the reader than today's."""
    others = Reading.objects.exclude(review__reader_version=reading.VERSION)
    return Letter.objects.filter(Exists(others.filter(letter=OuterRef("pk"))))


def failed() -> QuerySet[Letter]:
    """Letters that could not be read."""
    return Letter.objects.needing_attention()


def would_change(letter: Letter) -> Changes:
    """Field to (before, after), if the letter were read again now. Changes nothing.

    Raises Unreadable when it can no longer be read.
    """
    found, _confidence = determine(letter)
    before = _snapshots(letter)
    with transaction.atomic():
        settle(letter, found)
        after = _snapshots(letter)
        transaction.set_rollback(True)  # written only to be compared
    return differences(before, after)


def _snapshots(letter: Letter) -> dict[str, Any]:
    """Every review of the letter in one table; the fields of further letters in it say which."""
    reviews = Review.objects.whole().filter(reading__letter=letter)
    found: dict[str, Any] = {}
    for review in reviews.select_related("reading").order_by("reading__part"):
        start = f"letter {review.reading.part} " if review.reading.part > 1 else ""
        found |= {f"{start}{name}": value for name, value in snapshot(review).items()}
    return found
