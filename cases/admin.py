"""The admin: letters come in here, and what was derived from them can be looked at, not edited."""

from typing import Any

from django.contrib import admin, messages
from django.contrib.auth.admin import UserAdmin as DjangoUserAdmin
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.html import format_html

from cases.models import Attempt, Case, Export, Letter
from cases.removal import human, remove
from cases.retry import retry
from cases.views.uploads import take, told


class ReadOnly(admin.ModelAdmin):
    """Rows that the system writes: to be looked at."""

    show_full_result_count = False

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


class AttemptInline(admin.TabularInline):
    model = Attempt
    fields = ("started_at", "seconds", "worker", "reader_version", "code", "sentence", "detail")
    readonly_fields = fields
    extra = 0
    can_delete = False
    verbose_name_plural = "attempts to read it"

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


@admin.register(Letter)
class LetterAdmin(admin.ModelAdmin):
    list_display = ["name", "state", "reason", "cases", "size", "received_at", "received_by"]
    list_filter = ["state", "kind"]
    search_fields = ["name", "sha256"]
    date_hierarchy = "received_at"
    list_per_page = 100
    show_full_result_count = False
    actions = ["read_again"]
    fields = ("name", "kind", "size", "sha256", "state", "reason", "cases", "attempts")
    readonly_fields = fields
    inlines = [AttemptInline]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Letter]:
        letters = super().get_queryset(request)
        return letters.select_related("received_by").prefetch_related("readings__case")

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False  # a letter is what arrived; the page shows it

    @admin.display(description="why, and what next")
    def reason(self, letter: Letter) -> str:
        return f"{letter.trouble.sentence} {letter.trouble.next_step}" if letter.trouble else ""

    @admin.display(description="cases")
    def cases(self, letter: Letter) -> str:
        links = [
            format_html('<a href="{}">{}</a>', r.case.get_absolute_url(), r.case)
            for r in letter.readings.all()
        ]
        return format_html(" ".join("{}" for _ in links), *links) if links else "none"

    def add_view(
        self, request: HttpRequest, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Several files at once, and a line of answer for each."""
        if not self.has_add_permission(request):
            raise PermissionDenied
        form, done = take(request)
        context = {
            **self.admin_site.each_context(request),
            "title": "Add letters",
            "opts": self.opts,
            "form": form,
            **told(done),
        }
        return TemplateResponse(request, "admin/cases/letter/add.html", context)

    @admin.action(description="Read the selected letters again", permissions=["add"])
    def read_again(self, request: HttpRequest, letters: QuerySet[Letter]) -> None:
        count = retry(letters)
        self.message_user(request, f"{count} waiting to be read again.", messages.SUCCESS)

    def delete_model(self, request: HttpRequest, obj: Letter) -> None:
        remove(obj)

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[Letter]) -> None:
        for letter in queryset:
            remove(letter)

    def get_deleted_objects(
        self, objs: Any, request: HttpRequest
    ) -> tuple[list[Any], dict[str, int], set[str], list[str]]:
        """What goes with the letters, in words; their parts need no right of their own."""
        lines = [
            format_html(
                "{}: the file, what was read from it, its attempts{}", letter, human(letter)
            )
            for letter in objs
        ]
        return lines, {"letters": len(lines)}, set(), []


@admin.register(Case)
class CaseAdmin(ReadOnly):
    list_display = ["name", "decided", "page"]
    search_fields = ["name"]
    list_select_related = ["review"]
    fields = ("name", "page")
    readonly_fields = ("page",)

    @admin.display(description="decision date", ordering="review__decision_date")
    def decided(self, case: Case) -> Any:
        return case.review.decision_date

    @admin.display(description="its page")
    def page(self, case: Case) -> str:
        return format_html('<a href="{}">Open the case</a>', case.get_absolute_url())


@admin.register(Export)
class ExportAdmin(ReadOnly):
    list_display = ["started_at", "user", "kind", "format", "state", "filters", "rows"]
    list_filter = ["kind", "format", "state"]
    list_select_related = ["user"]
    date_hierarchy = "started_at"


admin.site.unregister(User)


@admin.register(User)
class UserAdmin(DjangoUserAdmin):
    """A manager manages people; only a superuser makes or changes superusers and single rights."""

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        kept = list(super().get_readonly_fields(request, obj))
        return kept if request.user.is_superuser else [*kept, "is_superuser", "user_permissions"]

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        if obj is not None and obj.is_superuser and not request.user.is_superuser:
            return False
        return super().has_change_permission(request, obj)
