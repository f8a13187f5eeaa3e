"""The one filter that list, counts, exports and statistics share."""

from functools import cached_property, partial
from typing import Any

import django_filters as df
from django import forms
from django.db.models import F, OrderBy, QuerySet
from django.http import QueryDict
from django.utils.choices import CallableChoiceIterator

from cases import counting, sampling
from cases.choices import cached_choices
from cases.fields import (
    CaseForm,
    ItemChoice,
    ItemChoices,
    ItemGuideline,
    ItemNumber,
    ItemTreatment,
    WholeNumber,
    YesNo,
    date,
    given,
    words_of,
)
from cases.meeting import (
    CITATION_PARAMETERS,
    SIDES,
    citations_meeting,
    has_trait,
    items_meeting,
    traits_meeting,
)
from cases.models import Case, nulls_last
from cases.people import PeopleFilter
from cases.searching import LOOKED_THROUGH, Sought, seek
from cases.terms import LONGEST
from cases.ticked import Ticked, ticked_chip
from reviews.models import (
    Category,
    Citation,
    DisputedItem,
    Guideline,
    Outcome,
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
DEFAULT_SORT = "-decided"
PATIENT = 20.0  # seconds; a web process gives up on a page after 60


class CaseFilter(PeopleFilter):
    """Cases by the parameters of the list's address. `form.errors` says what is not understood."""

    q = df.CharFilter(label="Search", method="keep", max_length=LONGEST)
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
    treatment = ItemTreatment(
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
    specialty = df.CharFilter(label="Reviewer's specialty", method="by_trait")
    licensed_in = df.CharFilter(label="Reviewer licensed in", method="by_trait")
    sex = df.ChoiceFilter(
        label="Sex",
        method="by_trait",
        choices=[("female", "Female"), ("male", "Male")],
        empty_label="Any",
    )
    age_min = WholeNumber(label="Age from", field_name="age", lookup_expr="gte")
    age_max = WholeNumber(label="Age to", field_name="age", lookup_expr="lte")
    decided_after = date("Decided from", "decided_on", "gte")
    decided_before = date("Decided to", "decided_on", "lte")
    injured_after = date("Injured from", "injured_on", "gte")
    injured_before = date("Injured to", "injured_on", "lte")
    flagged = YesNo(label="Needs checking", method="by_doubts")
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
        form = CaseForm
        fields: list[str] = []

    def __init__(
        self,
        data: QueryDict,
        queryset: QuerySet[Case] | None = None,
        *,
        seconds: float | None = None,
    ) -> None:
        """`seconds` that a search may take where somebody waits, 0 for what surely needs no more
        than a page's time: one that takes longer finds only what the latest cases have."""
        self.seconds = seconds
        everything = Case.objects.defer("traits") if queryset is None else queryset
        super().__init__(data, queryset=everything)
        for name, every in (("specialty", "Any specialty"), ("licensed_in", "Any state")):
            chosen = data.get(name, "")
            choices = partial(_choices, every, name, chosen)
            self.form.fields[name].widget = forms.Select(choices=CallableChoiceIterator(choices))

    def chips(self) -> list[dict[str, str]]:
        """What is set, for people: label, value and the query string without it."""
        chips = ticked_chip(self.data)
        for name, field in self.form.fields.items():
            values = given(self.data, name) if name not in {"sort", "case"} else []
            chips += [
                {
                    "label": str(field.label),
                    "value": words_of(field, value),
                    "without": self.query(name, [v for v in values if v != value]),
                }
                for value in values
            ]
        return chips

    def query(self, name: str, values: list[str]) -> str:
        """The address's query with other values for one parameter, from the first page on."""
        query = self.data.copy()
        query.pop("page", None)
        query.setlist(name, values)
        return query.urlencode()

    def without(self, name: str) -> "CaseFilter":
        """The same filter, but for one parameter."""
        other = CaseFilter(QueryDict(self.query(name, [])), seconds=self.seconds)
        if name != "q":
            other.sought = self.sought
        return other

    def keep(self, queryset: QuerySet, name: str, value: Any) -> QuerySet:
        return queryset

    def filter_queryset(self, queryset: QuerySet[Case]) -> QuerySet[Case]:
        return self._found[0].order_by(*self.order())

    @property
    def partly(self) -> int:
        """How many of the latest cases the search looked through, where there are more; else 0."""
        return LOOKED_THROUGH if self.is_valid() and self._found[1] else 0

    @cached_property
    def _found(self) -> tuple[QuerySet[Case], bool]:
        return self._searched(self.asked())

    def having(self, cases: QuerySet[Case], asked: dict[str, Any]) -> QuerySet[Case]:
        """Of these cases, those with one item that meets every parameter asked."""
        return cases.filter(traits_meeting(asked)) if asked else cases

    def cases(self) -> QuerySet[Case]:
        """The cases that meet what is asked of a case, whatever is asked of items.

        Where a search finds a part only, what it finds.
        """
        return self.qs.order_by() if self.partly else self._searched({})[0]

    def with_items(self, **other: Any) -> QuerySet[Case]:
        """The cases with another item parameter on top, in no order."""
        return self._searched(self.asked() | other)[0]

    def _searched(self, asked: dict[str, Any]) -> tuple[QuerySet[Case], bool]:
        """The search is last, for it goes by how many the others leave: all of them are looked
        through, or there are more."""
        self.is_valid()
        cases = self.having(super().filter_queryset(self.queryset.all()), asked)
        return self.sought.among_latest(cases) if self.sought else (cases, False)

    @cached_property
    def sought(self) -> Sought | None:
        """What the search finds, whatever else is filtered; None when nothing is searched for."""
        typed = self.form.cleaned_data.get("q") if self.is_valid() else ""
        return seek(typed, self.seconds) if typed else None

    @cached_property
    def crowd(self) -> bool:
        """Whether surely more cases are found than anybody pages through, without counting any."""
        if not self.is_valid():
            return False
        if sought := self.sought:
            if sought.reviews is not None or sought.too_long:
                return False
            if sought.crowd and self.only_searches():
                return True
        return sampling.surely_more(self.qs, counting.MOST)

    def asked(self) -> dict[str, Any]:
        """The item parameters that are set; none while the address is not understood."""
        values = self.form.cleaned_data if self.is_valid() else {}
        return {name: values[name] for name in self.ITEM_PARAMETERS if values.get(name)}

    def asks_for_items(self) -> bool:
        return bool(self.asked())

    def sorted_by(self) -> str:
        """The address's word for the order."""
        return (self.is_valid() and self.form.cleaned_data["sort"]) or DEFAULT_SORT

    def order(self) -> list[OrderBy]:
        """By the chosen column, then by key, so that every page is the same each time."""
        key = self.sorted_by()
        column, turned = SORTS[key][1], key.startswith("-")
        if column in {"name", "doubts"}:  # never unknown
            return [OrderBy(F(column), turned), OrderBy(F("pk"), turned)]
        return nulls_last(column, turned)

    def items(self) -> QuerySet[DisputedItem]:
        """The items that meet every item parameter at once, their citations' included."""
        return items_meeting(self.asked())

    def asks_for_citations(self) -> bool:
        return bool(self.asked().keys() & CITATION_PARAMETERS)

    def citations(self) -> QuerySet[Citation]:
        """The citations that meet every parameter about citations at once."""
        return citations_meeting(self.asked())

    def only_searches(self) -> bool:
        """Whether no other filter is set."""
        others = (each for each in self.form.fields if each not in ("q", "sort"))
        return not any(given(self.data, each) for each in others)

    def by_doubts(self, queryset: QuerySet[Case], name: str, value: bool) -> QuerySet[Case]:
        return queryset.filter(doubts__gt=0) if value else queryset.filter(doubts=0)

    def by_trait(self, queryset: QuerySet[Case], name: str, value: str) -> QuerySet[Case]:
        return queryset.filter(has_trait(name, value))

    def by_outcome(self, queryset: QuerySet[Case], name: str, value: list[str]) -> QuerySet[Case]:
        return queryset.filter(outcome__in=value)


def patience(data: QueryDict) -> float:
    """Seconds that a page's address gives its search: with `look=all` one waits for it."""
    return PATIENT if data.get("look") == "all" else 0


def _choices(every: str, name: str, chosen: str) -> list[tuple[str, str]]:
    """Only asked for where the form is shown: reading them all is slow."""
    return [("", every), *cached_choices(name, chosen)]
