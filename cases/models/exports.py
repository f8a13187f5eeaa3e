"""What was taken out, and what is being written to be taken out."""

from typing import ClassVar

from auditlog.registry import auditlog
from django.contrib.auth.models import AbstractBaseUser, AnonymousUser, User
from django.contrib.postgres.fields import ArrayField
from django.core.files.storage import Storage, storages
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.urls import reverse

from cases.codes import Code
from cases.exports.codes import CODES


def export_storage() -> Storage:
    return storages["exports"]


class ExportQuerySet(models.QuerySet["Export"]):
    def waiting(self) -> "ExportQuerySet":
        return self.filter(state=Export.State.WAITING)

    def due(self) -> "ExportQuerySet":
        """Waiting, and not in the pause after a try that failed."""
        return self.waiting().filter(Q(due_at=None) | Q(due_at__lte=Now()))

    def under_way(self) -> "ExportQuerySet":
        return self.filter(state__in=[Export.State.WAITING, Export.State.WRITING])

    def of(self, user: AbstractBaseUser | AnonymousUser) -> "ExportQuerySet":
        """Those that a person asked for and has not deleted."""
        return self.filter(user=user.pk).exclude(state=Export.State.DELETED)

    def open_to(self, user: AbstractBaseUser | AnonymousUser) -> "ExportQuerySet":
        """One's own; everybody's for those who may see who took what out."""
        mine = self.exclude(state=Export.State.DELETED)
        return mine if user.has_perm("cases.view_export") else mine.filter(user=user.pk)  # type: ignore[union-attr]


class Export(models.Model):
    """Who took which rows out, as what, and when.

    Short ones are *sent* at once. Long ones *wait* until a writer has *written* them, and are then
    *ready* until they expire. The row stays for ever, whatever becomes of the file.
    """

    class State(models.TextChoices):
        SENT = "sent", "Sent at once"
        WAITING = "waiting", "Waiting to be written"
        WRITING = "writing", "Being written"
        READY = "ready", "Ready"
        FAILED = "failed", "Failed"
        CANCELLED = "cancelled", "Cancelled"
        EXPIRED = "expired", "Expired"
        DELETED = "deleted", "File deleted"

    class Format(models.TextChoices):
        CSV = "csv", "CSV"
        XLSX = "xlsx", "Excel workbook"
        JSONL = "jsonl", "JSON lines"

    user = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    started_at = models.DateTimeField("asked for at", auto_now_add=True)
    kind = models.CharField(max_length=20)
    format = models.CharField(max_length=5, choices=Format.choices, default=Format.CSV)
    zipped = models.BooleanField(default=False, help_text="with about.txt beside it")
    columns = ArrayField(models.CharField(max_length=40), default=list, blank=True)
    filters = models.TextField(blank=True)
    rows = models.PositiveIntegerField(null=True, help_text="empty when it was broken off")

    state = models.CharField(max_length=9, choices=State.choices, default=State.SENT)
    code = models.CharField(max_length=20, blank=True)
    done = models.PositiveIntegerField(default=0, help_text="rows written so far")
    total = models.PositiveIntegerField(null=True, help_text="rows that there will be")
    attempts = models.PositiveSmallIntegerField(default=0)
    due_at = models.DateTimeField(null=True, blank=True)
    lease_until = models.DateTimeField(null=True, blank=True)
    lease_token = models.UUIDField(null=True, blank=True)
    file = models.FileField(storage=export_storage, max_length=100, blank=True)
    size = models.PositiveBigIntegerField(null=True, help_text="bytes")
    ready_at = models.DateTimeField(null=True, blank=True)
    expires_at = models.DateTimeField(null=True, blank=True)

    objects = ExportQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-started_at", "-id"]
        indexes: ClassVar = [
            models.Index(fields=["user", "-started_at", "-id"], name="export_of_user"),
            models.Index(
                fields=["state", "id"],
                condition=Q(state__in=["waiting", "writing", "ready"]),
                name="export_live",
            ),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(
                name="export_held_while_written",
                condition=Q(state="writing", lease_token__isnull=False)
                | (~Q(state="writing") & Q(lease_token=None)),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.started_at:%Y-%m-%d %H:%M}"

    def get_absolute_url(self) -> str:
        return reverse("export", args=[self.pk])

    @property
    def trouble(self) -> Code | None:
        """Why it could not be written, with what to do next."""
        return CODES.get(self.code)

    @property
    def busy(self) -> bool:
        return self.state in {self.State.WAITING, self.State.WRITING}


class ExportChoice(models.Model):
    """The columns that a person chose last for a kind of rows, in their order."""

    user = models.ForeignKey(User, models.CASCADE, related_name="+")
    kind = models.CharField(max_length=20)
    columns = ArrayField(models.CharField(max_length=40))

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["user", "kind"], name="export_choice_once")
        ]

    def __str__(self) -> str:
        return f"{self.kind} of {self.user_id}"


# Who asked for, downloaded or deleted what. How the writing goes is the system's.
auditlog.register(Export, include_fields=["user", "kind", "format", "state"])
