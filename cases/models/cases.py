"""The cases people look at, and the readings that they are made of."""

from typing import ClassVar

from django.contrib.auth.models import User
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models
from django.db.models import F, OrderBy, Q
from django.db.models.functions import Upper
from django.urls import reverse

from cases.models.letters import Letter
from reviews.models import Review


def nulls_last(column: str, turned: bool) -> list[OrderBy]:
    """The order by a column and then by key, what is unknown last, either way round."""
    if turned:
        return [F(column).desc(nulls_last=True), F("id").desc()]
    return [F(column).asc(nulls_last=True), F("id").asc()]


class Case(models.Model):
    """What people look at: one case number, or one letter without a number.

    `review` is the current one: of all determinations of this case, the latest decision.
    """

    number = models.CharField(max_length=20, unique=True, null=True)  # noqa: DJ001 - unique where present
    name = models.CharField(max_length=255, help_text="the number, or the file's name without one")
    review = models.OneToOneField(Review, models.PROTECT, related_name="case")
    # What the list is sorted by, from the review: an index cannot reach across the two tables.
    decided_on = models.DateField(null=True, editable=False)
    injured_on = models.DateField(null=True, editable=False)
    age = models.PositiveSmallIntegerField(null=True, editable=False)
    doubts = models.PositiveSmallIntegerField(default=0, editable=False)
    # What its items' outcomes come to, as the list's address says it; "" while one is not read.
    outcome = models.CharField(max_length=20, blank=True, default="", db_default="", editable=False)
    # What filters ask of its review and the review's items: see `reviews.traits`.
    traits = models.JSONField(default=dict, db_default={}, editable=False)
    # What people did with it, for the list; told in full by Correction, Checked and Assignment.
    corrected = models.BooleanField(default=False, db_default=False, editable=False)
    checked = models.BooleanField(default=False, db_default=False, editable=False)
    assigned_to = models.ForeignKey(
        User, models.SET_NULL, null=True, related_name="cases", db_index=False, editable=False
    )

    class Meta:
        indexes: ClassVar = [
            models.Index("outcome", *nulls_last("decided_on", turned=True), name="case_outcome"),
            # Few of many, each in the list's own order.
            models.Index(
                "assigned_to",
                *nulls_last("decided_on", turned=True),
                name="case_assigned",
                condition=Q(assigned_to__isnull=False),
            ),
            models.Index(
                *nulls_last("decided_on", turned=True),
                name="case_corrected",
                condition=Q(corrected=True),
            ),
            models.Index(
                *nulls_last("decided_on", turned=True),
                name="case_checked",
                condition=Q(checked=True),
            ),
            models.Index(
                fields=["-doubts", "-id"],
                name="case_to_check",
                condition=Q(doubts__gt=0, checked=False),
            ),
            models.Index(fields=["name", "id"], name="case_name"),
            models.Index(fields=["-doubts", "-id"], name="case_doubts"),
            *(
                models.Index(*nulls_last(column, turned), name=f"case_{column}_{direction}")
                for column in ("decided_on", "injured_on", "age")
                for turned, direction in ((False, "up"), (True, "down"))
            ),
            GinIndex(fields=["traits"], name="case_traits", opclasses=["jsonb_path_ops"]),
            # For the beginning of a number, and for any part of a name in any case.
            models.Index(
                fields=["name"], name="case_name_start", opclasses=["varchar_pattern_ops"]
            ),
            GinIndex(OpClass(Upper("name"), name="gin_trgm_ops"), name="case_name_parts"),
        ]
        permissions: ClassVar = [
            ("export_case", "Can export cases"),
            ("correct_case", "Can correct what was read from a letter"),
            ("check_case", "Can mark cases as checked"),
            ("assign_case", "Can give cases to somebody"),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("case", args=[self.pk])


class ReadingQuerySet(models.QuerySet["Reading"]):
    def naming_cases(self) -> "ReadingQuerySet":
        """With the names of their cases: a list of letters shows no more of them."""
        return self.select_related("case").only("letter", "part", "case__name")


class Reading(models.Model):
    """A review as it was read from a letter, and the case that it belongs to.

    A file may hold several letters (`part` counts them), a case may have several determinations.
    """

    letter = models.ForeignKey(Letter, models.CASCADE, related_name="readings")
    case = models.ForeignKey(Case, models.CASCADE, related_name="readings")
    review = models.OneToOneField(Review, models.CASCADE, related_name="reading")
    part = models.PositiveSmallIntegerField(default=1)

    objects = ReadingQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["letter_id", "part"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["letter", "part"], name="reading_once")
        ]

    def __str__(self) -> str:
        return f"{self.letter_id} part {self.part}"


class FormerQuerySet(models.QuerySet["Former"]):
    def heir(self, key: int) -> Case | None:
        """The case that tells by now what the one with this key told."""
        former = self.filter(pk=key).first()
        if former is None:
            return None
        parts = Reading.objects.filter(letter=former.letter_id, part__lte=former.part)
        reading = parts.select_related("case").order_by("part").last()
        return reading.case if reading else None


class Former(models.Model):
    """The key of a case that went into another: people share addresses, and this one leads on.

    It is known by what was read as that case: a number that was corrected may be again.
    """

    key = models.BigIntegerField(primary_key=True)
    letter = models.ForeignKey(Letter, models.CASCADE, related_name="+")
    part = models.PositiveSmallIntegerField()

    objects = FormerQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "former"

    def __str__(self) -> str:
        return str(self.key)
