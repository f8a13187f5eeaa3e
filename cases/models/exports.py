"""What was taken out."""

from typing import ClassVar

from django.contrib.auth.models import User
from django.db import models


class Export(models.Model):
    """Who took which rows out, and when."""

    user = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    started_at = models.DateTimeField(auto_now_add=True)
    kind = models.CharField(max_length=20)
    filters = models.TextField(blank=True)
    rows = models.PositiveIntegerField(null=True, help_text="empty when it was broken off")

    class Meta:
        ordering: ClassVar = ["-started_at"]

    def __str__(self) -> str:
        return f"{self.kind} {self.started_at:%Y-%m-%d %H:%M}"
