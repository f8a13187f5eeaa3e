"""The shape of what is told."""

from typing import Any

from rest_framework import serializers

from cases.models import Case, Letter
from reviews.models import Citation, DisputedItem, Guideline, Review, Treatment

OUTCOMES = ["upheld", "overturned", "partially-overturned", ""]


class GuidelineRow(serializers.ModelSerializer):
    class Meta:
        model = Guideline
        fields = ("slug", "source", "title", "acoem_chapter", "regulation")


class TreatmentRow(serializers.ModelSerializer):
    class Meta:
        model = Treatment
        fields = ("slug", "name", "aliases", "treatment_class", "dwc_category")


class CitationRow(serializers.ModelSerializer):
    name = serializers.CharField(source="short_name", read_only=True)

    class Meta:
        model = Citation
        fields = (
            "side",
            "name",
            "source",
            "guideline",
            "title",
            "year",
            "sections",
            "printed_pages",
            "pages",
        )


class BriefItem(serializers.ModelSerializer):
    """An item as it stands in the list of cases."""

    class Meta:
        model = DisputedItem
        fields = ("position", "service", "outcome", "category", "treatment")


class WholeItem(serializers.ModelSerializer):
    treatment_name = serializers.CharField(source="treatment.name", default=None, read_only=True)
    treatment_class = serializers.CharField(
        source="treatment.treatment_class", default=None, read_only=True
    )
    citations = CitationRow(many=True, read_only=True)

    class Meta:
        model = DisputedItem
        fields = (
            *BriefItem.Meta.fields,
            "treatment_name",
            "treatment_class",
            "requested",
            "authorized",
            "disputed",
            "administrator_basis",
            "expert_basis",
            "rationale",
            "details",
            "citations",
        )


class CaseRow(serializers.ModelSerializer):
    """A case with its items in brief."""

    url = serializers.CharField(source="get_absolute_url", read_only=True)
    outcome = serializers.CharField(
        read_only=True,
        help_text="upheld, overturned, partially-overturned, or empty while an item's is not read",
    )
    decision_date = serializers.DateField(source="review.decision_date", read_only=True)
    date_of_injury = serializers.DateField(source="review.date_of_injury", read_only=True)
    age = serializers.IntegerField(source="review.age", read_only=True)
    sex = serializers.CharField(source="review.sex", read_only=True)
    specialties = serializers.ListField(
        source="review.specialties", child=serializers.CharField(), read_only=True
    )
    licensed_in = serializers.ListField(
        source="review.licensed_in", child=serializers.CharField(), read_only=True
    )
    flagged = serializers.BooleanField(source="review.flagged", read_only=True)
    items = BriefItem(source="review.items", many=True, read_only=True)

    class Meta:
        model = Case
        fields = (
            "id",
            "number",
            "name",
            "url",
            "outcome",
            "decision_date",
            "date_of_injury",
            "age",
            "sex",
            "specialties",
            "licensed_in",
            "flagged",
            "items",
        )


class ReviewFacts(serializers.ModelSerializer):
    """What else the letter says, and what to check about it."""

    class Meta:
        model = Review
        fields = (
            "date_assigned",
            "ur_denial_date",
            "application_received",
            "priority",
            "mechanism",
            "treatment_to_date",
            "diagnoses",
            "clinical_summary",
            "flags",
            "notices",
            "reader_version",
        )


class WholeCase(CaseRow):
    """A case with everything that its page tells."""

    review = ReviewFacts(read_only=True)
    items = WholeItem(source="review.items", many=True, read_only=True)  # type: ignore[assignment]

    class Meta(CaseRow.Meta):
        fields = (*CaseRow.Meta.fields, "review")  # type: ignore[assignment]


class ItemRow(WholeItem):
    """An item with what tells its case."""

    case = serializers.IntegerField(read_only=True)
    number = serializers.CharField(read_only=True, allow_null=True)
    decision_date = serializers.DateField(read_only=True, allow_null=True)

    class Meta(WholeItem.Meta):
        fields = ("case", "number", "decision_date", *WholeItem.Meta.fields)  # type: ignore[assignment]


class LetterCase(serializers.Serializer):
    id = serializers.IntegerField(source="case_id")
    name = serializers.CharField(source="case.name")


class LetterRow(serializers.ModelSerializer):
    """How a letter stands: for one that was not read, why, and what to do next."""

    url = serializers.CharField(source="get_absolute_url", read_only=True)
    sentence = serializers.CharField(source="trouble.sentence", default="", read_only=True)
    next_step = serializers.CharField(source="trouble.next_step", default="", read_only=True)
    cases = LetterCase(source="readings", many=True, read_only=True)

    class Meta:
        model = Letter
        fields = (
            "id",
            "name",
            "url",
            "kind",
            "size",
            "sha256",
            "state",
            "code",
            "sentence",
            "next_step",
            "scan",
            "confidence",
            "batch",
            "received_at",
            "read_at",
            "cases",
        )


class AnswerLetter(serializers.Serializer):
    id = serializers.IntegerField()
    url = serializers.CharField(source="get_absolute_url")


class AnswerRow(serializers.Serializer):
    """What became of one file that was sent."""

    name = serializers.CharField()
    verdict = serializers.ChoiceField(["received", "here", "refused"])
    sentence = serializers.CharField()
    code = serializers.CharField(help_text="why it was refused, or empty")
    letter = AnswerLetter(allow_null=True)


class UploadRow(serializers.Serializer):
    """The batch of those received, if any was, and an answer for every file."""

    batch = serializers.IntegerField(source="batch.pk", default=None, allow_null=True)
    answers = AnswerRow(many=True)


class FilesRow(serializers.Serializer):
    """What to send, as multipart/form-data."""

    files = serializers.ListField(child=serializers.FileField())
    batch = serializers.IntegerField(required=False, help_text="one of yours, to go on with")


def page_of(rows: type[serializers.Serializer]) -> Any:
    """The shape of a page of such rows."""
    fields = {
        "next": serializers.CharField(
            allow_null=True, help_text="the address of the next page; null on the last"
        ),
        "results": rows(many=True),
    }
    return type(f"{rows.__name__}Page", (serializers.Serializer,), fields)
