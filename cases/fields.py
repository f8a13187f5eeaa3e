"""The kinds of parameters that the list's address may hold."""

from collections.abc import Callable, Iterable
from typing import Any

import django_filters as df
from django import forms
from django.db.models import QuerySet
from django.utils.choices import CallableChoiceIterator

from cases.ticked import KeysField
from cases.words import guidelines, treatments


class CaseForm(forms.Form):
    """The address as a form: what takes one value is not given twice."""

    def clean(self) -> dict[str, Any]:
        for name, field in self.fields.items():
            several = isinstance(field, forms.MultipleChoiceField | KeysField)
            if not several and len(given(self.data, name)) > 1:
                self.add_error(name, "Give it once: it takes a single value.")
        return self.cleaned_data


def given(data: Any, name: str) -> list[str]:
    """The values that the address has for a parameter, without empty ones."""
    return [value for value in data.getlist(name) if value]


class Catalogued(df.fields.ModelChoiceField):
    """A row of a catalogue, chosen from what `kept` holds of it: showing it asks for nothing."""

    kept: Callable[[], Iterable[Any]]

    @property
    def choices(self) -> CallableChoiceIterator:
        return CallableChoiceIterator(lambda: [("", self.empty_label), *type(self).kept()])

    @choices.setter
    def choices(self, value: Any) -> None:
        self.widget.choices = value


class CataloguedGuideline(Catalogued):
    """Under the source that issues it."""

    @staticmethod
    def kept() -> Iterable[tuple[str, list[tuple[str, str]]]]:
        groups: dict[str, list[tuple[str, str]]] = {}
        for slug, guideline in guidelines().items():
            groups.setdefault(guideline.source, []).append((slug, str(guideline)))
        return groups.items()


class CataloguedTreatment(Catalogued):
    @staticmethod
    def kept() -> Iterable[tuple[str, str]]:
        return treatments().items()


class ItemFilter:
    """A parameter about disputed items: gathered by CaseFilter, so that one item meets them all."""

    def filter(self, queryset: QuerySet, value: Any) -> QuerySet:
        return queryset


class ItemChoices(ItemFilter, df.MultipleChoiceFilter):
    pass


class ItemChoice(ItemFilter, df.ChoiceFilter):
    pass


class WholeNumber(df.NumberFilter):
    field_class = forms.IntegerField


class ItemNumber(ItemFilter, WholeNumber):
    pass


class ItemGuideline(ItemFilter, df.ModelChoiceFilter):
    field_class = CataloguedGuideline


class ItemTreatment(ItemFilter, df.ModelChoiceFilter):
    field_class = CataloguedTreatment


class YesNo(df.TypedChoiceFilter):
    """`true` or `false`, and no other word."""

    def __init__(self, **options: Any) -> None:
        choices = [("", "Any"), ("true", "Yes"), ("false", "No")]
        super().__init__(
            choices=choices, coerce=lambda word: word == "true", empty_value=None, **options
        )


def grouped_choices(field: forms.Field) -> list[tuple[str, list[tuple[str, str]]]]:
    """A field's choices as groups, ("", [...]) for those outside of a group."""
    groups: list[tuple[str, list[tuple[str, str]]]] = []
    for key, label in getattr(field.widget, "choices", []):
        if isinstance(label, list | tuple):
            groups.append((str(key), [(str(value), str(words)) for value, words in label]))
        elif groups and groups[-1][0] == "":
            groups[-1][1].append((str(key), str(label)))
        else:
            groups.append(("", [(str(key), str(label))]))
    return groups


def words_of(field: forms.Field, value: str) -> str:
    """The words that the form shows for a value of the address."""
    words = {key: label for _group, choices in grouped_choices(field) for key, label in choices}
    return words.get(value, value)


def date(label: str, field: str, lookup: str) -> df.DateFilter:
    return df.DateFilter(
        label=label,
        field_name=field,
        lookup_expr=lookup,
        widget=forms.DateInput(attrs={"type": "date"}),
    )
