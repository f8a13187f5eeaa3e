"""The one filter that list, counts, exports and statistics share."""

from collections.abc import Iterator
from typing import Any

import django_filters as df
from django import forms
from django.contrib.postgres.search import SearchQuery
from django.db.models import Exists, F, OrderBy, OuterRef, Q, QuerySet
from django.http import QueryDict

from cases.choices import cached_choices
from cases.models import Case, nulls_last
from cases.ticked import Ticked, ticked_chip
from reviews.models import (
    Category,
    Citation,
    DisputedItem,
    Guideline,
    Outcome,
    Review,
    Side,
    Treatment,
)

CASE_OUTCOMES = [
    ("upheld", "Upheld (all denials stand)"),
    ("overturned", "Overturned (all items necessary)"),
    ("partially-overturned", "Partially overturned"),
]
# The address's word, what it does, and the column; a minus turns it round.
SORTS = {
    "-decided": ("Latest decision first", "decided_on"),
    "decided": ("Earliest decision first", "decided_on"),
    "-injured": ("Latest injury first", "injured_on"),
    "injured": ("Earliest injury first", "injured_on"),
    "number": ("Case number, ascending", "name"),
    "-number": ("Case number, descending", "name"),
    "-doubts": ("Most doubts first", "doubts"),
    "doubts": ("Fewest doubts first", "doubts"),
    "age": ("Youngest worker first", "age"),
    "-age": ("Oldest worker first", "age"),
}
MANY = 10_000  # matches above which a search goes through rows instead of gathering them
DEFAULT_SORT = "-decided"
SIDES = [Side.ADMINISTRATOR, Side.EXPERT]  # citations inside rationales are no reliance


class GroupedGuidelines(df.fields.ModelChoiceField):
    """The catalogue's guidelines under the source that issues them."""

    @property
    def choices(self) -> Iterator[Any]:
        groups: dict[str, list[tuple[str, str]]] = {}
        for guideline in self.queryset:
            groups.setdefault(guideline.source, []).append((guideline.slug, str(guideline)))
        return iter([("", self.empty_label), *groups.items()])

    @choices.setter
    def choices(self, value: Any) -> None:
        self.widget.choices = value


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


class ItemModel(ItemFilter, df.ModelChoiceFilter):
    pass


class ItemGuideline(ItemModel):
    field_class = GroupedGuidelines


def _words(field: forms.Field, value: str) -> str:
    """The words that the form shows for a value of the address."""
    flat: list[tuple[str, str]] = []
    for key, label in getattr(field.widget, "choices", []):
        flat += label if isinstance(label, list) else [(key, label)]
    return str({str(key): label for key, label in flat}.get(value, value))


def _date(label: str, field: str, lookup: str) -> df.DateFilter:
    return df.DateFilter(
        label=label,
        field_name=field,
        lookup_expr=lookup,
        widget=forms.DateInput(attrs={"type": "date"}),
    )


class CaseFilter(df.FilterSet):
    """Cases by the parameters of the list's address. `form.errors` says what is not understood."""

    q = df.CharFilter(label="Search", method="search")
    outcome = df.MultipleChoiceFilter(
        label="Outcome of the case",
        choices=CASE_OUTCOMES,
        method="by_outcome",
        widget=forms.CheckboxSelectMultiple,
    )
    item_outcome = ItemChoices(
        label="Item's outcome", choices=Outcome.choices, widget=forms.CheckboxSelectMultiple
    )
    category = ItemChoices(
        label="Category", choices=Category.choices, widget=forms.CheckboxSelectMultiple
    )
    treatment = ItemModel(
        label="Treatment", queryset=Treatment.objects.all(), empty_label="Any treatment"
    )
    guideline = ItemGuideline(
        label="Guideline cited", queryset=Guideline.objects.all(), empty_label="Any guideline"
    )
    cited_page = ItemNumber(
        label="Page cited",
        min_value=1,
        max_value=9999,
    )
    relied_on_by = ItemChoice(
        label="Cited by",
        choices=[(side.value, side.label) for side in SIDES],
        empty_label="Either side",
    )
    specialty = df.CharFilter(label="Reviewer's specialty", method="by_array")
    licensed_in = df.CharFilter(label="Reviewer licensed in", method="by_array")
    sex = df.ChoiceFilter(
        label="Sex",
        field_name="review__sex",
        choices=[("female", "Female"), ("male", "Male")],
        empty_label="Any",
    )
    age_min = WholeNumber(label="Age from", field_name="age", lookup_expr="gte")
    age_max = WholeNumber(label="Age to", field_name="age", lookup_expr="lte")
    decided_after = _date("Decided from", "decided_on", "gte")
    decided_before = _date("Decided to", "decided_on", "lte")
    injured_after = _date("Injured from", "injured_on", "gte")
    injured_before = _date("Injured to", "injured_on", "lte")
    flagged = df.BooleanFilter(
        label="Needs checking",
        field_name="review__flagged",
        widget=forms.Select(choices=[("", "Any"), ("true", "Yes"), ("false", "No")]),
    )
    case = Ticked(label="Ticked")
    sort = df.ChoiceFilter(
        label="Sort",
        choices=[(key, label) for key, (label, _order) in SORTS.items()],
        method="keep",
        empty_label=None,
    )

    ITEM_PARAMETERS = (
        "item_outcome",
        "category",
        "treatment",
        "guideline",
        "cited_page",
        "relied_on_by",
    )

    class Meta:
        model = Case
        fields: list[str] = []

    def __init__(self, data: QueryDict, queryset: QuerySet[Case] | None = None) -> None:
        super().__init__(data, queryset=Case.objects.all() if queryset is None else queryset)
        for name, every in (("specialty", "Any specialty"), ("licensed_in", "Any state")):
            chosen = data.get(name, "")
            self.form.fields[name].widget = forms.Select(
                choices=[("", every), *cached_choices(name, chosen)]
            )

    def chips(self) -> list[dict[str, str]]:
        """What is set, for people: label, value and the query string without it."""
        chips = ticked_chip(self.data)
        for name, field in self.form.fields.items():
            for value in [v for v in self.data.getlist(name) if v and name not in ("sort", "case")]:
                rest = self.data.copy()
                rest.setlist(name, [v for v in self.data.getlist(name) if v != value])
                rest.pop("page", None)
                chips.append(
                    {
                        "label": str(field.label),
                        "value": _words(field, value),
                        "without": rest.urlencode(),
                    }
                )
        return chips

    def keep(self, queryset: QuerySet, name: str, value: Any) -> QuerySet:
        return queryset

    def filter_queryset(self, queryset: QuerySet[Case]) -> QuerySet[Case]:
        queryset = super().filter_queryset(queryset)
        if self.asks_for_items():
            queryset = queryset.filter(Exists(self.items().filter(review=OuterRef("review"))))
        return queryset.order_by(*self.order())

    def asked(self) -> dict[str, Any]:
        """The item parameters that are set; none while the address is not understood."""
        values = self.form.cleaned_data if self.is_valid() else {}
        return {name: values[name] for name in self.ITEM_PARAMETERS if values.get(name)}

    def asks_for_items(self) -> bool:
        return bool(self.asked())

    def order(self) -> list[OrderBy]:
        """By the chosen column, then by key, so that every page is the same each time."""
        key = self.form.cleaned_data.get("sort") or DEFAULT_SORT
        column, turned = SORTS[key][1], key.startswith("-")
        if column in {"name", "doubts"}:  # never unknown
            return [OrderBy(F(column), turned), OrderBy(F("pk"), turned)]
        return nulls_last(column, turned)

    def items(self) -> QuerySet[DisputedItem]:
        """The items that meet every item parameter at once, their citations' included."""
        asked = self.asked()
        items = DisputedItem.objects.order_by()
        if "item_outcome" in asked:
            items = items.filter(outcome__in=asked["item_outcome"])
        if "category" in asked:
            items = items.filter(category__in=asked["category"])
        if "treatment" in asked:
            items = items.filter(treatment=asked["treatment"])
        if asked.keys() & {"guideline", "cited_page", "relied_on_by"}:
            items = items.filter(Exists(_citations(asked).filter(item=OuterRef("pk"))))
        return items

    def search(self, queryset: QuerySet[Case], name: str, value: str) -> QuerySet[Case]:
        """Part of a case number or file name, or words of the services, summary or rationales.

        Each has its own index; joined with OR, neither could be used. So few matches are gathered
        through the indexes, while of many the rows are tested on the way along the list's order.
        """
        words = SearchQuery(value, search_type="websearch", config="english")
        named = Case.objects.order_by().filter(name__icontains=value).values("review")
        told = Review.objects.order_by().filter(search=words).values("pk")
        if max(found[: MANY + 1].count() for found in (named, told)) > MANY:
            return queryset.filter(Q(name__icontains=value) | Q(review__search=words))
        return queryset.filter(review__in=named.union(told))

    def by_array(self, queryset: QuerySet[Case], name: str, value: str) -> QuerySet[Case]:
        column = {"specialty": "specialties", "licensed_in": "licensed_in"}[name]
        return queryset.filter(**{f"review__{column}__contains": [value]})

    def by_outcome(self, queryset: QuerySet[Case], name: str, value: list[str]) -> QuerySet[Case]:
        """Derived from the items; a case with an outcome not read has none of the three."""
        items = DisputedItem.objects.filter(review=OuterRef("review"))
        upheld, overturned = (Exists(items.filter(outcome=o)) for o in ("upheld", "overturned"))
        unread = Exists(items.filter(outcome=""))
        met = {
            "upheld": upheld & ~overturned,
            "overturned": overturned & ~upheld,
            "partially-overturned": upheld & overturned,
        }
        chosen = Q()
        for each in value:
            chosen |= Q(met[each])
        return queryset.filter(chosen & ~unread)


def _citations(asked: dict[str, Any]) -> QuerySet[Citation]:
    """The citations that meet every parameter about citations at once."""
    sides = [asked["relied_on_by"]] if "relied_on_by" in asked else SIDES
    citations = Citation.objects.order_by().filter(side__in=sides)
    if "guideline" in asked:
        citations = citations.filter(guideline=asked["guideline"])
    if "cited_page" in asked:
        citations = citations.filter(pages__contains=[int(asked["cited_page"])])
    return citations
