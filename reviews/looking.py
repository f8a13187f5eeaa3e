"""How the admin shows rows that the system writes: to be looked at, at any number of them."""

from functools import cached_property
from typing import Any

from django.contrib import admin
from django.core.paginator import Paginator
from django.http import HttpRequest

MOST = 10_000  # rows that can be paged through; beyond them one searches


class Capped(Paginator):
    """Counts no further than `MOST`: counting two million rows takes longer than showing some."""

    @cached_property
    def count(self) -> int:
        return min(self.object_list.order_by()[: MOST + 1].count(), MOST)  # type: ignore[attr-defined]


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
    list_per_page = 100


class ReadOnly(Unwritable, Many):
    pass


class ReadOnlyInline(Unwritable, admin.TabularInline):
    extra = 0
    can_delete = False
