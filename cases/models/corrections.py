"""What people put right in a reading. It lies over the derived rows and survives them."""

from typing import Any, ClassVar

from auditlog.registry import auditlog
from django.contrib.auth.models import User
from django.db import models
from django.db.models.functions import Now

from cases.models.letters import Letter
from cases.words import words_of
from reviews.cells import Cell

WHOLE = ("item", "citation")  # fields that can be added and removed


class CorrectionQuerySet(models.QuerySet["Correction"]):
    def standing(self) -> "CorrectionQuerySet":
        """Neither withdrawn nor replaced, in the order in which they were made."""
        return self.filter(state__in=Correction.STANDING).order_by("pk")


class Correction(models.Model):
    """One value put right, in the words of `reviews.cells`.

    It belongs to a letter and its part, so that it outlives every reading of them. An item is
    known by its service and a citation by its title, as the reader gives them; the positions are
    where they were found last. An item that was added is known by the service it was added with.

    `value` applies, `machine` is what the reader says now, `before` is what stood there when the
    correction was made. Of a citation, or of an item's details, `value` holds what is changed; of
    an item or a citation that is removed it is None. `machine` is None when the reader does not
    have it; of an item that is removed it is all its rows, and how many `others` of its service
    stay.
    """

    class State(models.TextChoices):
        APPLIED = "applied", "In place of what the reader says"
        CONFIRMED = "confirmed", "The reader agrees"
        LOST = "lost", "Its place is not found any more"
        WITHDRAWN = "withdrawn", "Withdrawn"
        REPLACED = "replaced", "Replaced by another correction"

    STANDING: ClassVar = [State.APPLIED, State.CONFIRMED, State.LOST]

    letter = models.ForeignKey(Letter, models.CASCADE, related_name="corrections", db_index=False)
    part = models.PositiveSmallIntegerField(default=1)
    field = models.CharField(max_length=30)
    item = models.PositiveSmallIntegerField(null=True)
    service = models.TextField(blank=True)
    side = models.CharField(max_length=13, blank=True)
    citation = models.PositiveSmallIntegerField(null=True)
    title = models.TextField(blank=True)
    value = models.JSONField(null=True)
    machine = models.JSONField(null=True)
    before = models.JSONField(null=True)
    state = models.CharField(max_length=10, choices=State.choices, default=State.APPLIED)
    why = models.TextField(blank=True)
    made_by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    made_at = models.DateTimeField(db_default=Now(), editable=False)

    objects = CorrectionQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["pk"]
        indexes: ClassVar = [models.Index(fields=["letter", "part"], name="correction_reading")]

    def __str__(self) -> str:
        return f"correction of {self.cell}"

    @property
    def cell(self) -> Cell:
        return Cell(self.field, self.item, self.side, self.citation)

    @property
    def subject(self) -> str:
        """Its place for people, an item by its service: positions change."""
        label = self.cell.label
        return f"{label} ({self.service[:80]})" if self.service else label

    @property
    def applies(self) -> Any:
        """The value that it puts in place: of several parts the reader's with what is changed."""
        if self.cell.parts and self.value is not None:
            return {**(self.machine or {}), **self.value}
        return self.value

    @property
    def words_machine(self) -> str:
        return words_of(self.cell, self.machine)

    @property
    def words_before(self) -> str:
        return words_of(self.cell, self.before)

    @property
    def words_after(self) -> str:
        return words_of(self.cell, self.applies)

    @property
    def stands(self) -> bool:
        return self.state in self.STANDING

    @property
    def adds(self) -> bool:
        """An item or a citation that the reader does not have."""
        return self.field in WHOLE and self.machine is None

    @property
    def adds_item(self) -> bool:
        """An item that stands there because of it alone."""
        return self.field == "item" and self.adds and self.state == self.State.APPLIED

    @property
    def removes(self) -> bool:
        """An item or a citation that is not in the letter."""
        return self.field in WHOLE and self.value is None

    @property
    def others(self) -> int:
        """Of an item that is removed: how many items of its service stay."""
        return int((self.machine or {}).get("others", 0))

    @property
    def in_place(self) -> bool:
        """Its cell is about it. Of what the reader does not have any more nothing is left."""
        gone = self.removes and self.state == self.State.CONFIRMED
        return self.state in (self.State.APPLIED, self.State.CONFIRMED) and not gone


# What people do is logged; where its place is found again is the system's.
auditlog.register(Correction, include_fields=["field", "value", "before", "why", "state"])
