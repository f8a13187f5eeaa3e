"""Letters as they come in, and every try to read them."""

import uuid
from typing import ClassVar

from auditlog.registry import auditlog
from django.conf import settings
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.core.cache import cache
from django.core.files.storage import Storage, storages
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Coalesce, Now, Upper
from django.urls import reverse

from cases.codes import CODES, GOOD, Code

MANY = 100_000  # letters, above which they are not all counted for every page
COUNTED_KEY, COUNTED_SECONDS = "letters-counted", 60


def letter_storage() -> Storage:
    return storages["letters"]


class LetterQuerySet(models.QuerySet["Letter"]):
    def waiting(self) -> "LetterQuerySet":
        return self.filter(state=Letter.State.RECEIVED)

    def due(self) -> "LetterQuerySet":
        """Waiting, and not in the pause after a try that failed."""
        return self.waiting().filter(Q(due_at=None) | Q(due_at__lte=Now()))

    def in_progress(self) -> "LetterQuerySet":
        return self.filter(state__in=[Letter.State.RECEIVED, Letter.State.READING])

    def done(self) -> "LetterQuerySet":
        """Read, or somebody decided that it should not be."""
        return self.filter(Q(state=Letter.State.READ) | Q(code="cancelled"))

    def undone(self) -> "LetterQuerySet":
        """All the others: in progress, or needing attention."""
        return self.filter(state__in=UNREAD).exclude(code="cancelled")

    def needing_attention(self) -> "LetterQuerySet":
        """Not read, and nobody decided that it should not be."""
        troubled = self.filter(state__in=[Letter.State.UNREADABLE, Letter.State.FAILED])
        return troubled.exclude(code="cancelled")

    def failed(self) -> "LetterQuerySet":
        """Those whose trouble is ours: worth another try, all of them at once."""
        return self.needing_attention().filter(state=Letter.State.FAILED)

    def longest_waiting(self) -> "Letter | None":
        """The one that waits longest for a reader, with `waited`, a timedelta."""
        since = self.due().annotate(since=Coalesce("due_at", "received_at"))
        return since.annotate(waited=Now() - F("since")).order_by("since", "pk").first()

    def state_counts(self) -> dict[str, int]:
        """How many letters are in each state, every state named.

        Nearly all are read: counting the others and all together looks at far fewer pages.
        """
        unread = self.order_by().filter(state__in=UNREAD)
        found = dict(unread.values_list("state").annotate(n=models.Count("pk")))
        found[Letter.State.READ] = max(0, self.total() - sum(found.values()))
        return {state: found.get(state, 0) for state in Letter.State.values}

    def total(self) -> int:
        """How many there are. Of very many, if they are all letters, only those that came within
        the last minute are counted each time; what was deleted within it still counts."""
        if self.query.where:
            return self.count()
        last, counted = cache.get(COUNTED_KEY) or (0, 0)
        new = Letter.objects.order_by().filter(pk__gt=last)
        if last:
            return int(counted + new.count())
        found = new.aggregate(last=models.Max("pk"), counted=models.Count("pk"))
        if found["counted"] > MANY:
            cache.set(COUNTED_KEY, (found["last"], found["counted"]), COUNTED_SECONDS)
        return int(found["counted"])


class Batch(models.Model):
    """Letters that somebody brought in together, so that they can be followed together."""

    name = models.CharField(max_length=255, help_text="a ZIP's, a folder's, or how many files")
    made_at = models.DateTimeField(db_default=Now(), editable=False)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )

    class Meta:
        ordering: ClassVar = ["-made_at", "-id"]
        verbose_name_plural = "batches"

    def __str__(self) -> str:
        return self.name


class Letter(models.Model):
    """A file that arrived, and how it stands.

    Times are the database's, so that machines whose clocks differ agree on what is due.
    """

    class State(models.TextChoices):
        RECEIVED = "received", "Waiting to be read"
        READING = "reading", "Being read"
        READ = "read", "Read"
        UNREADABLE = "unreadable", "Cannot be read"
        FAILED = "failed", "Failed"

    class Kind(models.TextChoices):
        PDF = "pdf", "PDF"
        TEXT = "text", "Text"

    sha256 = models.CharField(max_length=64, unique=True, editable=False)
    name = models.CharField("file name", max_length=255)
    kind = models.CharField(max_length=4, choices=Kind.choices)
    size = models.PositiveIntegerField(help_text="bytes")
    file = models.FileField(storage=letter_storage, max_length=100)
    batch = models.ForeignKey(
        Batch, models.SET_NULL, null=True, blank=True, related_name="letters", editable=False
    )
    received_at = models.DateTimeField(db_default=Now(), editable=False)
    received_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    state = models.CharField(max_length=10, choices=State.choices, default=State.RECEIVED)
    code = models.CharField(max_length=30, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    due_at = models.DateTimeField(null=True, blank=True)
    lease_until = models.DateTimeField(null=True, blank=True)
    lease_token = models.UUIDField(null=True, blank=True)
    read_at = models.DateTimeField(null=True, blank=True)
    scan = models.BooleanField(
        default=False, db_default=False, editable=False, help_text="without a text layer"
    )
    confidence = models.FloatField(null=True, editable=False, help_text="of a scan, 0 to 100")

    objects = LetterQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-received_at", "-id"]
        indexes: ClassVar = [
            models.Index(fields=["state", "-received_at", "-id"], name="letter_state"),
            models.Index(fields=["-received_at", "-id"], name="letter_arrival"),
            models.Index(
                fields=["received_at", "id"],
                name="letter_waiting",
                condition=Q(state="received", scan=False),
            ),
            # Parts of names are looked for in capitals, as Django does without regard to case.
            GinIndex(OpClass(Upper("name"), name="gin_trgm_ops"), name="letter_name_parts"),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(
                name="letter_held_while_read",
                condition=Q(state="reading", lease_token__isnull=False)
                | (~Q(state="reading") & Q(lease_token=None)),
            ),
            models.CheckConstraint(
                name="letter_trouble_has_code",
                condition=(Q(state__in=["unreadable", "failed"]) & ~Q(code=""))
                | (~Q(state__in=["unreadable", "failed"]) & Q(code="")),
            ),
        ]
        permissions: ClassVar = [("open_letter", "Can open a letter's file")]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("letter", args=[self.pk])

    @property
    def trouble(self) -> Code | None:
        """Why it could not be read, with what to do next."""
        return CODES.get(self.code)

    @property
    def busy(self) -> bool:
        return self.state in {self.State.RECEIVED, self.State.READING}

    @property
    def media_type(self) -> str:
        return "application/pdf" if self.kind == self.Kind.PDF else "text/plain; charset=utf-8"


class Attempt(models.Model):
    """One try to read a letter."""

    letter = models.ForeignKey(Letter, models.CASCADE, related_name="tries")
    token = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    started_at = models.DateTimeField(db_default=Now(), editable=False)
    ended_at = models.DateTimeField(null=True)
    worker = models.CharField(max_length=200)
    reader_version = models.CharField(max_length=40)
    code = models.CharField(max_length=30, blank=True, help_text="empty while it runs")
    seconds = models.FloatField(null=True)
    detail = models.TextField(blank=True, help_text="for staff")

    class Meta:
        ordering: ClassVar = ["letter_id", "-started_at"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["letter"], condition=Q(code=""), name="attempt_one_running"
            )
        ]

    def __str__(self) -> str:
        return f"{self.started_at:%Y-%m-%d %H:%M} {self.code or 'running'}"

    @property
    def sentence(self) -> str:
        known = CODES.get(self.code)
        return known.sentence if known else GOOD.get(self.code, "")


UNREAD = [state for state in Letter.State.values if state != Letter.State.READ]

# Who brought a letter in, opened it or deleted it. The columns of the reading are the system's.
auditlog.register(
    Letter,
    exclude_fields=[
        "state",
        "code",
        "attempts",
        "due_at",
        "lease_until",
        "lease_token",
        "read_at",
        "scan",
        "confidence",
    ],
)
