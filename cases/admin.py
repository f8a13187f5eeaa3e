"""The admin: letters come in here, and what was derived from them can be looked at, not edited."""

from typing import Any

from auditlog.admin import LogEntryAdmin
from auditlog.filters import CIDFilter, ResourceTypeFilter
from auditlog.models import LogEntry
from auditlog.registry import auditlog
from django.contrib import admin, messages
from django.contrib.auth.admin import UserAdmin as DjangoUserAdmin
from django.contrib.auth.models import User
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import PermissionDenied
from django.db.models import Prefetch, QuerySet
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse, reverse_lazy
from django.utils.html import format_html

from cases.cancel import cancel
from cases.codes import CODES
from cases.models import Attempt, Batch, Case, Export, Letter, Reading, Token
from cases.removal import human, remove
from cases.retry import retry
from cases.views.uploads import take, told
from reviews.looking import Many, ReadOnly, ReadOnlyInline

LETTERS = reverse_lazy("letter_list")


class AttemptInline(ReadOnlyInline):
    model = Attempt
    fields = ("started_at", "seconds", "worker", "reader_version", "code", "sentence", "detail")
    readonly_fields = fields
    verbose_name_plural = "attempts to read it"


class ByCode(admin.SimpleListFilter):
    """Why a letter was not read; only looked for among those that were not."""

    title = "why it was not read"
    parameter_name = "code"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [(code, code) for code in CODES]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Letter]) -> QuerySet[Letter]:
        troubled = [Letter.State.UNREADABLE, Letter.State.FAILED]
        value = self.value()
        return queryset.filter(code=value, state__in=troubled) if value else queryset


class ByBatch(admin.SimpleListFilter):
    """One upload's letters: the latest uploads to choose from, any by its address."""

    title = "batch"
    parameter_name = "batch"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [(str(batch.pk), str(batch)) for batch in Batch.objects.all()[:15]]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Letter]) -> QuerySet[Letter]:
        key = self.value() or ""
        return queryset.filter(batch=int(key)) if key.isdecimal() and len(key) < 19 else queryset


@admin.register(Letter)
class LetterAdmin(Many):
    list_display = ["name", "state", "reason", "cases", "page", "received_at", "received_by"]
    list_filter = ["state", ByCode, "kind", ByBatch]
    search_fields = ["name", "sha256__exact"]
    search_help_text = "Part of a file's name, or its whole SHA-256."
    date_hierarchy = "received_at"
    actions = ["read_again", "cancel"]
    fields = (
        "page",
        "name",
        "kind",
        "size",
        "sha256",
        "batch",
        "received_at",
        "received_by",
        "state",
        "reason",
        "cases",
        "attempts",
    )
    readonly_fields = fields
    inlines = [AttemptInline]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Letter]:
        letters = super().get_queryset(request)
        named = Prefetch("readings", Reading.objects.naming_cases())
        return letters.select_related("received_by", "batch").prefetch_related(named)

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

    @admin.display(description="its page")
    def page(self, letter: Letter) -> str:
        return format_html('<a href="{}">Open</a>', letter.get_absolute_url())

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

    @admin.action(description="Cancel the selected letters that wait", permissions=["add"])
    def cancel(self, request: HttpRequest, letters: QuerySet[Letter]) -> None:
        count = cancel(letters)
        self.message_user(request, f"{count} cancelled. They can be retried.", messages.SUCCESS)

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
    list_display = ["name", "decided_on", "doubts", "page", "determination"]
    search_fields = ["name"]
    search_help_text = "Part of a case number, or of the file's name where there is none."
    ordering = ["-id"]
    fields = ("name", "page", "determination", "decided_on", "injured_on", "age", "doubts")
    readonly_fields = fields

    @admin.display(description="its page")
    def page(self, case: Case) -> str:
        return format_html('<a href="{}">Open the case</a>', case.get_absolute_url())

    @admin.display(description="as it was read")
    def determination(self, case: Case) -> str:
        address = reverse("admin:reviews_review_change", args=[case.review_id])
        return format_html('<a href="{}">Determination {}</a>', address, case.review_id)


@admin.register(Batch)
class BatchAdmin(ReadOnly):
    list_display = ["name", "made_at", "made_by", "letters"]
    list_select_related = ["made_by"]
    search_fields = ["name", "made_by__username"]
    date_hierarchy = "made_at"

    @admin.display(description="its letters")
    def letters(self, batch: Batch) -> str:
        return format_html('<a href="{}?batch={}">How they stand</a>', LETTERS, batch.pk)


@admin.register(Token)
class TokenAdmin(ReadOnly):
    """Whose programs come in; deleting a token revokes it, and is recorded."""

    list_display = ["name", "user", "made_at", "used_at", "expires_at"]
    list_select_related = ["user"]
    search_fields = ["name", "user__username"]
    date_hierarchy = "used_at"

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return request.user.has_perm("cases.delete_token")


@admin.register(Export)
class ExportAdmin(ReadOnly):
    list_display = ["started_at", "user", "kind", "format", "state", "filters", "rows"]
    list_filter = ["kind", "format", "state"]
    list_select_related = ["user"]
    search_fields = ["filters", "user__username"]
    date_hierarchy = "started_at"


class ByResource(ResourceTypeFilter):
    """Of what is recorded at all: the package looks for it in every row there is."""

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[int, str]]:
        kinds = ContentType.objects.get_for_models(*auditlog.get_models()).values()
        return sorted(((kind.pk, kind.name) for kind in kinds), key=lambda pair: pair[1])


admin.site.unregister(LogEntry)


@admin.register(LogEntry)
class AuditAdmin(LogEntryAdmin, Many):
    list_filter = ["action", ByResource, CIDFilter]
    search_fields = ["object_repr", "actor__username"]
    search_help_text = "Part of the name of what it was done to, or of a user's name."


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
