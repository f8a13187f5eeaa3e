"""Fields for what stands in a review: each turns what is typed into what is kept, or refuses."""

import re
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

# Independent Medical Review began in 2013.
FIRST_INJURY, FIRST_REVIEW = date(1940, 1, 1), date(2012, 1, 1)
LONGEST = 20_000
_NUMBER = re.compile(r"CM\s?(\d\d)\s?[-–]?\s?(\d{7})", re.IGNORECASE)


class CaseNumber(forms.CharField):
    def clean(self, value: Any) -> str:
        typed = super().clean(value)
        if not typed:
            return ""
        found = _NUMBER.fullmatch(typed)
        if found is None:
            raise ValidationError("A case number looks like CM17-0001234.")
        return f"CM{found[1]}-{found[2]}"


def been(day: date, first: date) -> str:
    """The day as `2017-02-01`; refused when it is to come, or before the first."""
    if day > timezone.localdate():
        raise ValidationError("This day is still to come.")
    if day < first:
        raise ValidationError(f"This day is too early: none is before {first}.")
    return day.isoformat()


class Day(forms.DateField):
    """A day that has been, not before `first`; kept as `2017-02-01`."""

    def __init__(self, first: date, **options: Any) -> None:
        self.first = first
        widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
        super().__init__(widget=widget, **options)

    def clean(self, value: Any) -> Any:
        day = super().clean(value)
        return day and been(day, self.first)


class Lines(forms.CharField):
    """Several values, one a line."""

    rows = 4

    def __init__(self, **options: Any) -> None:
        widget = forms.Textarea(attrs={"rows": self.rows})
        super().__init__(widget=widget, max_length=LONGEST, **options)

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


class Service(forms.CharField):
    """The words of a heading, on one line."""

    def __init__(self, **options: Any) -> None:
        widget = forms.Textarea(attrs={"rows": 2})
        super().__init__(widget=widget, max_length=LONGEST, **options)

    def clean(self, value: Any) -> str:
        return " ".join(super().clean(value).split())


class Names(Lines):
    """A few lines in small letters, as the reader has them."""

    rows = 2

    def clean(self, value: Any) -> list[str]:
        return list(dict.fromkeys(line.casefold() for line in super().clean(value)))


class Days(Lines):
    """A few days that have been, one a line."""

    rows = 2

    def clean(self, value: Any) -> list[str]:
        return list(dict.fromkeys(been(_day(line), FIRST_INJURY) for line in super().clean(value)))


def _day(line: str) -> date:
    try:
        return date.fromisoformat(line)
    except ValueError as wrong:
        raise ValidationError(f"“{line}” is no day such as 2017-02-01.") from wrong
