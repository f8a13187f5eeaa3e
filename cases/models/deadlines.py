"""What overturned items ask for, by when, and what people enter and answer to it."""

from typing import ClassVar

from auditlog.registry import auditlog
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from cases.deadlines import Kind
from cases.models.cases import Case

KINDS = [(Kind.AUTHORIZE.value, "Authorize"), (Kind.REIMBURSE.value, "Reimburse")]


class Deadline(models.Model):
    """What the current decision of a case asks for, and by when. Derived: `cases.reckon` makes it.

    `due_on` is empty where neither the decision's date nor the receipt is known.
    """

    case = models.ForeignKey(Case, models.CASCADE, related_name="deadlines")
    kind = models.CharField(max_length=10, choices=KINDS)
    due_on = models.DateField(null=True)
    assumed = models.BooleanField(help_text="nobody entered when the letter was received")
    done_on = models.DateField(null=True)
    changed_at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["case", "kind"], name="deadline_once"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["due_on", "id"], name="deadline_open", condition=Q(done_on=None)),
            models.Index(
                fields=["-done_on", "-id"], name="deadline_done", condition=~Q(done_on=None)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} by {self.due_on or 'an unknown day'}"

    @property
    def as_kind(self) -> Kind:
        return Kind(self.kind)


class Receipt(models.Model):
    """The day on which a case's determination was received, as somebody entered it."""

    case = models.OneToOneField(Case, models.CASCADE, related_name="receipt")
    received_on = models.DateField()
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+"
    )
    entered_at = models.DateTimeField(auto_now=True)

    def __str__(self) -> str:
        return f"received {self.received_on}"


class Answer(models.Model):
    """That somebody did what a decision asked for, or need not."""

    class How(models.TextChoices):
        DONE = "done", "Done"
        APPEALED = "appealed", "Appeal filed"
        DISPUTED = "disputed", "Liability disputed"

    case = models.ForeignKey(Case, models.CASCADE, related_name="answers")
    kind = models.CharField(max_length=10, choices=KINDS)
    how = models.CharField(max_length=10, choices=How.choices, default=How.DONE)
    done_on = models.DateField()
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+"
    )
    entered_at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["case", "kind"], name="answer_once"),
        ]

    def __str__(self) -> str:
        return f"{self.words} {self.done_on}"

    @property
    def words(self) -> str:
        """ "Authorized on", "Reimbursed on", or why it need not be: before the date."""
        done = {Kind.AUTHORIZE: "Authorized on", Kind.REIMBURSE: "Reimbursed on"}
        told = {self.How.APPEALED: "Appeal filed on", self.How.DISPUTED: "Liability disputed on"}
        return told.get(self.How(self.how), done[Kind(self.kind)])


class CalendarAddress(models.Model):
    """A user's secret address of the calendar feed. Only the key's SHA-256 is kept."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="calendar_address"
    )
    digest = models.CharField(max_length=64, unique=True, editable=False)
    made_at = models.DateTimeField(auto_now=True)

    def __str__(self) -> str:
        return f"calendar of {self.user}"


auditlog.register(Receipt, exclude_fields=["entered_at"])
auditlog.register(Answer, exclude_fields=["entered_at"])
auditlog.register(CalendarAddress, exclude_fields=["digest"])
