"""Forms about deadlines: the day of receipt, and what was answered."""

from datetime import date
from typing import Any

from django import forms
from django.utils import timezone

from cases.deadlines import Kind
from cases.models import Answer, Case
from cases.models.deadlines import KINDS


class DayForm(forms.Form):
    """A day between the case's decision and today."""

    day = forms.DateField(
        required=False,
        error_messages={"invalid": "This is no date. Write it as 2026-02-28."},
    )

    def __init__(self, case: Case, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.case = case

    def clean_day(self) -> date | None:
        day: date | None = self.cleaned_data["day"]
        if day and day > timezone.localdate():
            raise forms.ValidationError("This day is still to come.")
        if day and self.case.decided_on and day < self.case.decided_on:
            raise forms.ValidationError(f"This is before the decision of {self.case.decided_on}.")
        return day

    @property
    def problem(self) -> str:
        """What is wrong, in words."""
        return " ".join(str(error) for errors in self.errors.values() for error in errors)


class AnswerForm(DayForm):
    """What was done and when; without a day, today."""

    kind = forms.ChoiceField(choices=KINDS)
    how = forms.ChoiceField(choices=Answer.How.choices, required=False)

    def clean_day(self) -> date:
        return super().clean_day() or timezone.localdate()

    def clean_kind(self) -> Kind:
        return Kind(self.cleaned_data["kind"])

    def clean_how(self) -> str:
        return self.cleaned_data["how"] or Answer.How.DONE
