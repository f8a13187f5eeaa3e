"""How each person has set up the list: columns, saved views, and the cases opened last."""

from typing import ClassVar

from auditlog.registry import auditlog
from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import connection, models
from django.db.models import Q
from django.urls import reverse

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


# Rows that another page of the same person's holds are left to it: nobody waits for anybody.
NOTE = """
WITH beyond AS (
    DELETE FROM cases_opened WHERE id IN (
        SELECT id FROM cases_opened WHERE user_id = %(user)s AND case_id <> %(case)s
        ORDER BY opened_at DESC OFFSET %(others)s FOR UPDATE SKIP LOCKED
    )
)
INSERT INTO cases_opened (user_id, case_id, opened_at)
VALUES (%(user)s, %(case)s, clock_timestamp())
ON CONFLICT (user_id, case_id) DO UPDATE SET opened_at = excluded.opened_at
"""


class OpenedQuerySet(models.QuerySet["Opened"]):
    MOST = 10  # of a person: those opened before are forgotten

    def note(self, user_id: int, case: Case) -> None:
        """In one statement: a page that is only looked at should not pay for more."""
        values = {"user": user_id, "case": case.pk, "others": self.MOST - 1}
        with connection.cursor() as cursor:
            cursor.execute(NOTE, values)

    def newest(self, user_id: int) -> "OpenedQuerySet":
        opened = self.filter(user=user_id).select_related("case")
        return opened.order_by("-opened_at")[: self.MOST]


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
