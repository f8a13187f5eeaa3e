"""A form for each cell of a review: what may stand there, and what is said when it may not."""

import re
from collections.abc import Callable
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from cases.words import guidelines
from reviews.cells import DATES, LISTS, TEXTS, Cell
from reviews.models import Category, Outcome, Treatment
from reviews.reading import pages

# Nobody works at this age; Independent Medical Review began in 2013.
OLDEST = 120
FIRST_INJURY, FIRST_REVIEW = date(1940, 1, 1), date(2012, 1, 1)
LONGEST = 20_000
SOURCES = [(name, name) for name in ("MTUS", "ODG", "ACOEM", "other")]
_NUMBER = re.compile(r"CM\s?(\d\d)\s?[-–]?\s?(\d{7})", re.IGNORECASE)
_PAGES = re.compile(r"\s*\d{1,4}(\s*[-–]\s*\d{1,4})?(\s*[,;]\s*\d{1,4}(\s*[-–]\s*\d{1,4})?)*\s*")


class CaseNumber(forms.CharField):
    def clean(self, value: Any) -> str:
        typed = super().clean(value)
        if not typed:
            return ""
        found = _NUMBER.fullmatch(typed)
        if found is None:
            raise ValidationError("A case number looks like CM17-0001234.")
        return f"CM{found[1]}-{found[2]}"


class Day(forms.DateField):
    """A day that has been, not before `first`; kept as `2017-02-01`."""

    def __init__(self, first: date, **options: Any) -> None:
        self.first = first
        widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
        super().__init__(widget=widget, **options)

    def clean(self, value: Any) -> Any:
        day = super().clean(value)
        if day is None:
            return None
        if day > timezone.localdate():
            raise ValidationError("This day is still to come.")
        if day < self.first:
            raise ValidationError(f"This day is too early: none is before {self.first}.")
        return day.isoformat()


class Lines(forms.CharField):
    """Several values, one a line."""

    def __init__(self, **options: Any) -> None:
        super().__init__(widget=forms.Textarea(attrs={"rows": 4}), max_length=LONGEST, **options)

    def prepare_value(self, value: Any) -> Any:
        return "\n".join(value) if isinstance(value, list) else value

    def clean(self, value: Any) -> list[str]:
        lines = (" ".join(line.split()) for line in super().clean(value).splitlines())
        return [line for line in lines if line]


class Key(forms.ModelChoiceField):
    """A row of a catalogue by its key, or nothing."""

    def clean(self, value: Any) -> str:
        found = super().clean(value)
        return found.pk if found else ""


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
    "service": lambda: _text(required=True, rows=2),
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


def form_of(cell: Cell) -> type[ValueForm] | type[CitationForm]:
    return CitationForm if cell.is_citation else ValueForm


def initial(cell: Cell, value: Any) -> dict[str, Any]:
    """What the form shows at first: what stands there."""
    return dict(value or {}) if cell.is_citation else {"value": value}
