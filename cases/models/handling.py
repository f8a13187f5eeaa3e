"""What people say of a case and do with it: notes, marks that it was checked, who has it."""

from typing import ClassVar

from auditlog.registry import auditlog
from django.contrib.auth.models import User
from django.db import models
from django.db.models.functions import Now

from cases.models.cases import Case


class Note(models.Model):
    """Plain words about a case. One that is deleted keeps its row, and is shown no more."""

    case = models.ForeignKey(Case, models.CASCADE, related_name="notes")
    text = models.TextField()
    made_by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    made_at = models.DateTimeField(db_default=Now(), editable=False)
    edited_at = models.DateTimeField(null=True, editable=False)
    deleted_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        ordering: ClassVar = ["pk"]

    def __str__(self) -> str:
        return f"note {self.pk}"


class Checked(models.Model):
    """Somebody compared the case with its letter.

    It ends when it is taken back, or when the reader says something else than what was checked.
    """

    class State(models.TextChoices):
        STANDS = "stands", "Checked"
        LAPSED = "lapsed", "Checked before the reader changed"
        TAKEN_BACK = "taken_back", "Taken back"

    case = models.ForeignKey(Case, models.CASCADE, related_name="checks")
    made_by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    made_at = models.DateTimeField(db_default=Now(), editable=False)
    state = models.CharField(max_length=10, choices=State.choices, default=State.STANDS)
    changes = models.JSONField(default=list, help_text="what the reader changed, if it lapsed")

    class Meta:
        ordering: ClassVar = ["pk"]
        verbose_name_plural = "checked"

    def __str__(self) -> str:
        return f"check {self.pk}"

    @property
    def what_changed(self) -> str:
        """ "age, item 1 outcome": what the reader changed, if it lapsed."""
        return ", ".join(self.changes).replace("_", " ")


class Assignment(models.Model):
    """Who was given a case, or nobody. The latest counts, and stands on the case."""

    case = models.ForeignKey(Case, models.CASCADE, related_name="assignments")
    to = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    made_by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    made_at = models.DateTimeField(db_default=Now(), editable=False)

    class Meta:
        ordering: ClassVar = ["pk"]

    def __str__(self) -> str:
        return f"assignment {self.pk}"


auditlog.register(Note, include_fields=["text", "deleted_at"])
auditlog.register(Checked, include_fields=["state"])
auditlog.register(Assignment, include_fields=["to"])
