"""Notes on a case: written by anybody who may, changed and deleted by who wrote them."""

from django.contrib.auth.models import User
from django.utils import timezone

from cases.models import Case, Note


def write(case: Case, text: str, user: User) -> Note:
    return Note.objects.create(case=case, text=text, made_by=user)


def change(note: Note, text: str) -> None:
    if text != note.text:
        note.text, note.edited_at = text, timezone.now()
        note.save(update_fields=["text", "edited_at"])


def delete(note: Note) -> None:
    """The row stays, so that the history can tell what was deleted."""
    note.deleted_at = timezone.now()
    note.save(update_fields=["deleted_at"])
