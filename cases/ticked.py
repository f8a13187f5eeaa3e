"""The cases that somebody ticked: a parameter that repeats, `case=1&case=2`."""

from typing import Any

import django_filters as df
from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import QueryDict

LARGEST = 2**63 - 1  # a key that no table can hold must not reach the database
DIGITS = len(str(LARGEST))


class KeysField(forms.Field):
    """Whole numbers, each once, in the order of the address."""

    widget = forms.MultipleHiddenInput

    def clean(self, value: Any) -> list[int]:
        texts = list(dict.fromkeys(value or []))
        if not all(map(_is_key, texts)):
            raise ValidationError("A ticked case is named by its number, such as 12.")
        return [int(text) for text in texts]


def _is_key(text: str) -> bool:
    # The length first: Python refuses to read thousands of digits.
    return text.isascii() and text.isdecimal() and len(text) <= DIGITS and int(text) <= LARGEST


class Ticked(df.Filter):
    """Only these cases, among those that the other parameters leave."""

    field_class = KeysField

    def filter(self, queryset: QuerySet, value: list[int]) -> QuerySet:
        return queryset.filter(pk__in=value) if value else queryset


def ticked_chip(data: QueryDict) -> list[dict[str, str]]:
    """One chip however many are ticked, none when none is."""
    count = len(set(data.getlist("case")))
    rest = data.copy()
    for name in ("case", "page"):
        rest.pop(name, None)
    words = f"{count:,} {'case' if count == 1 else 'cases'}"
    return [{"label": "Ticked", "value": words, "without": rest.urlencode()}] if count else []
