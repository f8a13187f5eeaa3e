"""A form for each cell of a review: what may stand there, and what is said when it may not."""

import re
from collections.abc import Callable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from cases.correction_fields import (
    FIRST_INJURY,
    FIRST_REVIEW,
    LONGEST,
    CaseNumber,
    Day,
    Days,
    Key,
    Lines,
    Names,
    Service,
)
from cases.words import guidelines
from reviews.cells import DATES, LISTS, TEXTS, UNTOLD_DETAILS, Cell
from reviews.models import Category, Outcome, Treatment
from reviews.reading import catalogue, pages
from reviews.wording import SIDES

OLDEST = 120  # nobody works at this age
MOST = 9_999  # pieces, refills or visits
FORMS = [(name, name) for name in sorted({row["name"] for row in catalogue.rows("forms.csv")})]
SOURCES = [(name, name) for name in ("MTUS", "ODG", "ACOEM", "other")]
_PAGES = re.compile(r"\s*\d{1,4}(\s*[-–]\s*\d{1,4})?(\s*[,;]\s*\d{1,4}(\s*[-–]\s*\d{1,4})?)*\s*")


def _catalogue() -> list[tuple[str, Any]]:
    """The guidelines under the source that issues them."""
    groups: dict[str, list[tuple[str, str]]] = {}
    for slug, guideline in guidelines().items():
        groups.setdefault(guideline.source, []).append((slug, str(guideline)))
    return [("", "Not in the catalogue"), *groups.items()]


def _choice(choices: list[tuple[str, str]], untold: str = "Not told") -> forms.ChoiceField:
    return forms.ChoiceField(choices=[("", untold), *choices], required=False)


def _text(*, required: bool = False, rows: int = 3) -> forms.CharField:
    widget = forms.Textarea(attrs={"rows": rows})
    return forms.CharField(widget=widget, required=required, max_length=LONGEST)


FIELDS: dict[str, Callable[[], forms.Field]] = {
    "case_number": lambda: CaseNumber(required=False, help_text="Such as CM17-0001234"),
    **{name: lambda: Day(FIRST_REVIEW, required=False) for name in DATES},
    "date_of_injury": lambda: Day(FIRST_INJURY, required=False),
    **{name: lambda: Lines(required=False, help_text="One a line") for name in LISTS},
    **{name: lambda: _text(rows=5) for name in (*TEXTS, "rationale")},
    "priority": lambda: _choice([("standard", "Standard"), ("expedited", "Expedited")]),
    "age": lambda: forms.IntegerField(required=False, min_value=0, max_value=OLDEST),
    "sex": lambda: _choice([("female", "Female"), ("male", "Male")]),
    "service": Service,
    "outcome": lambda: _choice(Outcome.choices),
    "category": lambda: forms.ChoiceField(choices=Category.choices),
    "treatment": lambda: Key(
        Treatment.objects.all(), required=False, empty_label="Not in the catalogue"
    ),
    **dict.fromkeys(("requested", "authorized", "disputed"), _text),
}


class Correcting(forms.Form):
    """What is put in place, why, and which value the person saw."""

    why = forms.CharField(
        label="Why (if it is not plain)", required=False, max_length=500, empty_value=""
    )
    seal = forms.CharField(widget=forms.HiddenInput, max_length=64)


class ValueForm(Correcting):
    """One value."""

    def __init__(self, cell: Cell, *args: Any, **options: Any) -> None:
        super().__init__(*args, **{"auto_id": "correct_%s", **options})
        field = FIELDS[cell.field]()
        field.label = cell.label
        self.fields["value"] = field
        self.order_fields(["value", "why"])

    @property
    def put(self) -> Any:
        return self.cleaned_data["value"]


class CitationForm(Correcting):
    """A citation with all that it says."""

    guideline = forms.TypedChoiceField(choices=_catalogue, required=False, empty_value=None)
    source = forms.ChoiceField(
        choices=SOURCES, help_text="Of a guideline that is not in the catalogue"
    )
    title = forms.CharField(label="As the letter prints it", max_length=500, required=False)
    year = forms.IntegerField(label="Edition (year)", min_value=1980, required=False)
    sections = Lines(required=False, help_text="One a line")
    printed_pages = forms.CharField(
        label="Pages", required=False, max_length=200, help_text="Such as 64-66, 70"
    )
    field_order = ["guideline", "source", "title", "year", "sections", "printed_pages", "why"]

    def __init__(self, _cell: Cell, *args: Any, **options: Any) -> None:
        super().__init__(*args, **{"auto_id": "correct_%s", **options})

    def clean_year(self) -> int | None:
        year: int | None = self.cleaned_data["year"]
        if year and year > timezone.localdate().year:
            raise ValidationError("This year is still to come.")
        return year

    def clean_printed_pages(self) -> str:
        typed: str = self.cleaned_data["printed_pages"]
        if not typed:
            return ""
        if not _PAGES.fullmatch(typed):
            raise ValidationError("Pages are numbers and ranges with commas, such as 64-66, 70.")
        return pages.printed([typed]) or ""

    def clean(self) -> dict[str, Any]:
        told = super().clean() or {}
        if slug := told.get("guideline"):
            told["source"] = guidelines()[slug].source
        elif not told.get("title"):
            self.add_error("title", "Say what is cited: a guideline of the catalogue, or a title.")
        return told

    @property
    def put(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in self.field_order if name != "why"}


def _told(choices: list[tuple[str, str]]) -> forms.TypedChoiceField:
    return forms.TypedChoiceField(
        choices=[("", "Not told"), *choices], required=False, empty_value=None
    )


def _number(label: str, least: int = 1) -> forms.IntegerField:
    return forms.IntegerField(label=label, required=False, min_value=least, max_value=MOST)


class DetailsForm(Correcting):
    """What an item's heading tells of its service."""

    strength = forms.CharField(
        required=False, max_length=60, empty_value=None, help_text="Such as 350mg or 10/325mg"
    )
    form = _told(FORMS)
    quantity = _number("Quantity (pieces)")
    refills = _number("Refills", 0)
    sessions = _number("Visits or sessions")
    body_parts = Names(label="Parts of the body", required=False, help_text="One a line")
    side = _told([*SIDES.items()])
    retrospective = forms.BooleanField(
        label="Given already (retrospective)",
        required=False,
        help_text="Such a service, if overturned, is to be reimbursed, not authorized",
    )
    service_dates = Days(
        label="Days of service", required=False, help_text="One a line, such as 2017-02-01"
    )

    def __init__(self, _cell: Cell, *args: Any, **options: Any) -> None:
        super().__init__(*args, **{"auto_id": "correct_%s", **options})
        self.order_fields(UNTOLD_DETAILS)

    def clean_strength(self) -> str | None:
        """Without spaces, as the reader has it."""
        typed: str | None = self.cleaned_data["strength"]
        return "".join(typed.split()) if typed else None

    @property
    def put(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in UNTOLD_DETAILS}


class NewItemForm(Correcting):
    """A disputed item that the reader missed."""

    service = Service(label="Disputed treatment or service, as the letter says it")
    outcome = _choice(Outcome.choices)
    category = _choice([*Category.choices], "By its name")
    treatment = Key(Treatment.objects.all(), required=False, empty_label="By its name")
    field_order = ["service", "outcome", "category", "treatment", "why"]

    def __init__(self, _cell: Cell, *args: Any, **options: Any) -> None:
        super().__init__(*args, **{"auto_id": "correct_%s", **options})

    @property
    def put(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in self.field_order if name != "why"}


class NoItemForm(Correcting):
    """That an item is not one of the letter."""

    put = None

    def __init__(self, _cell: Cell, *args: Any, **options: Any) -> None:
        super().__init__(*args, **{"auto_id": "correct_%s", **options})


def form_of(cell: Cell) -> type[Any]:
    if cell.is_item:
        return NewItemForm if cell.is_new else NoItemForm
    if cell.is_citation:
        return CitationForm
    return DetailsForm if cell.field == "details" else ValueForm


def initial(cell: Cell, value: Any) -> dict[str, Any]:
    """What the form shows at first: what stands there."""
    if cell.is_item:
        return {}
    return dict(value or {}) if cell.parts else {"value": value}
