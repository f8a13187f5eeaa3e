"""What letters say, as the reader recorded it: derived, so never edited here."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.html import format_html, format_html_join

from reviews.looking import ReadOnly, ReadOnlyInline
from reviews.models import DisputedItem, Guideline, Review, Treatment


class ItemInline(ReadOnlyInline):
    model = DisputedItem
    fields = ("position", "service", "outcome", "category", "treatment", "cited")
    readonly_fields = fields
    ordering = ("position",)
    verbose_name_plural = "disputed items"

    def get_queryset(self, request: HttpRequest) -> QuerySet[DisputedItem]:
        items = super().get_queryset(request).select_related("treatment")
        return items.prefetch_related("citations__guideline")

    @admin.display(description="citations")
    def cited(self, item: DisputedItem) -> str:
        lines = ((citation.get_side_display(), citation) for citation in item.citations.all())
        return format_html_join("", "{}: {}<br>", lines) or "none"


@admin.register(Review)
class ReviewAdmin(ReadOnly):
    list_display = ["__str__", "decision_date", "page", "flagged", "reader_version", "recorded_at"]
    list_filter = ["flagged"]
    list_select_related = ["case"]
    search_fields = ["case__name"]  # which has an index for parts of words
    search_help_text = "Part of a case number. A determination that is not its case's latest has no"
    search_help_text += " page of its own: look for it on the letter's."
    ordering = ["-id"]
    inlines = [ItemInline]
    fields = (
        "page",
        "case_number",
        "decision_date",
        "date_of_injury",
        "ur_denial_date",
        "age",
        "sex",
        "specialties",
        "licensed_in",
        "diagnoses",
        "flags",
        "notices",
        "generation",
        "reader_version",
        "recorded_at",
    )
    readonly_fields = fields

    @admin.display(description="its case")
    def page(self, review: Review) -> str:
        case: Any = getattr(review, "case", None)  # a later decision took the case's place
        return format_html('<a href="{}">{}</a>', case.get_absolute_url(), case) if case else "none"


@admin.register(Guideline)
class GuidelineAdmin(ReadOnly):
    list_display = ["title", "source", "regulation", "slug"]
    list_filter = ["source"]
    search_fields = ["title", "slug"]


@admin.register(Treatment)
class TreatmentAdmin(ReadOnly):
    list_display = ["name", "treatment_class", "dwc_category", "slug"]
    search_fields = ["name", "slug", "treatment_class"]
