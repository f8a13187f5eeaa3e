"""How the admin shows rows that the system writes: to be looked at, at any number of them."""

from datetime import datetime, timedelta
from functools import cached_property, partial
from typing import Any

from django.contrib import admin
from django.contrib.admin.views.main import ChangeList
from django.core.paginator import Paginator
from django.db.models import Min, QuerySet
from django.http import HttpRequest
from django.utils import timezone

MOST = 10_000  # rows that can be paged through; beyond them one searches


class Capped(Paginator):
    """Counts no further than `MOST`: counting two million rows takes longer than showing some."""

    @cached_property
    def count(self) -> int:
        return min(self.object_list.order_by()[: MOST + 1].count(), MOST)  # type: ignore[attr-defined]


class Dated(ChangeList):
    """With a date hierarchy that does not look at every row."""

    def get_queryset(self, *args: Any, **options: Any) -> QuerySet:
        rows = super().get_queryset(*args, **options)
        # What the hierarchy asks.
        vars(rows)["datetimes"] = partial(periods, rows, searched=bool(self.query))
        return rows


def periods(rows: QuerySet, field: str, kind: str, *, searched: bool = False) -> list[datetime]:
    """When the years, months or days began that have rows: each after the one found before.

    A step is one look into the field's index. What a search finds, if it is little, may stand
    anywhere in it: so it is looked at row by row.
    """
    found: list[datetime] = []
    left = rows = rows.order_by()
    if searched:
        some = list(rows.exclude(**{field: None}).values_list(field, flat=True)[: MOST + 1])
        if len(some) <= MOST:
            return sorted({_beginning(timezone.localtime(each), kind) for each in some})
    while first := left.aggregate(first=Min(field))["first"]:
        found.append(_beginning(timezone.localtime(first), kind))
        left = rows.filter(**{f"{field}__gte": _beginning(found[-1] + LONGEST[kind], kind)})
    return found


LONGEST = {"year": timedelta(days=366), "month": timedelta(days=31), "day": timedelta(days=1)}


def _beginning(moment: datetime, kind: str) -> datetime:
    """Of the year, month or day that the moment lies in."""
    day = moment.replace(hour=0, minute=0, second=0, microsecond=0)
    if kind == "day":
        return day
    return day.replace(day=1) if kind == "month" else day.replace(month=1, day=1)


class Unwritable:
    """Neither added, changed nor deleted."""

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


class Many(admin.ModelAdmin):
    """A list that holds at two million rows."""

    paginator = Capped
    show_full_result_count = False
    show_facets = admin.ShowFacets.NEVER
    list_per_page = 50

    def get_changelist(self, request: HttpRequest, **options: Any) -> type[ChangeList]:
        return Dated


class ReadOnly(Unwritable, Many):
    pass


class ReadOnlyInline(Unwritable, admin.TabularInline):
    extra = 0
    can_delete = False
