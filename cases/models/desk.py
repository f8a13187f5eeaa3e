"""How each person has set up the list: columns, saved views, and the cases opened last."""

from typing import ClassVar

from auditlog.registry import auditlog
from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from cases.models.cases import Case


class ListSettings(models.Model):
    """The columns and the length of the list as somebody has chosen them."""

    user = models.OneToOneField(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    columns = ArrayField(models.CharField(max_length=20))
    page_size = models.PositiveSmallIntegerField()

    class Meta:
        verbose_name_plural = "list settings"

    def __str__(self) -> str:
        return f"list of {self.user_id}"


class SavedView(models.Model):
    """A list with a name: its filters and order. Whoever has the address may look at it."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="saved_views")
    name = models.CharField(max_length=80)
    query = models.TextField(blank=True)
    first = models.BooleanField("opens first", default=False)

    class Meta:
        ordering: ClassVar = ["name", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["user", "name"], name="view_name_once"),
            models.UniqueConstraint(
                fields=["user"], condition=Q(first=True), name="view_one_opens_first"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("view", args=[self.pk])

    @property
    def address(self) -> str:
        """Of the list as it was saved."""
        return f"{reverse('case_list')}?{self.query}" if self.query else reverse("case_list")


class OpenedQuerySet(models.QuerySet["Opened"]):
    def note(self, user_id: int, case: Case) -> None:
        """In one statement: a page that is only looked at should not pay for more."""
        row = Opened(user_id=user_id, case=case, opened_at=timezone.now())
        Opened.objects.bulk_create(
            [row],
            update_conflicts=True,
            unique_fields=["user", "case"],
            update_fields=["opened_at"],
        )

    def newest(self, user_id: int) -> "OpenedQuerySet":
        return self.filter(user=user_id).select_related("case").order_by("-opened_at")[:10]


class Opened(models.Model):
    """When somebody last opened a case."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    case = models.ForeignKey(Case, models.CASCADE, related_name="+")
    opened_at = models.DateTimeField()

    objects = OpenedQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "opened"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["user", "case"], name="opened_once")
        ]
        indexes: ClassVar = [models.Index(fields=["user", "-opened_at"], name="opened_newest")]

    def __str__(self) -> str:
        return f"{self.case_id} by {self.user_id}"


auditlog.register(SavedView)
