"""The side panel: each filter's values for people, with their counts as far as they are known."""

from dataclasses import dataclass, replace
from html import escape

from django.utils.safestring import SafeString, mark_safe

from cases.counting import Count
from cases.facets import FACETS, Facet, Facets
from cases.fields import given, grouped_choices
from cases.filters import CaseFilter

TOPS = 5  # values of a long list that can be chosen with one click
LONG = ("guideline", "treatment", "specialty")
UNCOUNTED = ("licensed_in", "checked", "corrected", "assigned_to")


@dataclass(frozen=True)
class Option:
    """A value to choose; `query` is the address with it.

    `key` names its count on the page, "" where nothing is counted.
    """

    value: str
    label: str
    key: str
    count: Count | None
    chosen: bool
    query: str = ""


@dataclass(frozen=True)
class Control:
    """A filter with its values in groups, and those that most cases have."""

    name: str
    label: str
    invalid: bool
    groups: list[tuple[str, list[Option]]]
    tops: list[Option]

    @property
    def options(self) -> list[Option]:
        return [option for _group, options in self.groups for option in options]

    @property
    def as_html(self) -> SafeString:
        """The inside of a select: hundreds of options, too many for a template."""
        written = ((group, "".join(map(_as_html, options))) for group, options in self.groups)
        return mark_safe(
            "".join(
                f'<optgroup label="{escape(group)}">{options}</optgroup>' if group else options
                for group, options in written
            )
        )


def _as_html(option: Option) -> str:
    key = f' id="{escape(option.key)}"' if option.key else ""
    chosen = " selected" if option.chosen else ""
    count = f" ({option.count})" if option.count else ""
    value, label = escape(option.value), escape(option.label)
    return f'<option value="{value}"{key}{chosen}>{label}{count}</option>'


def panel_of(found: CaseFilter, facets: Facets | None) -> dict[str, Control]:
    """A control for each filter with values to choose; without counts if those are not there."""
    form, controls = found.form, {}
    for name in (*FACETS, *UNCOUNTED):
        field, facet = form.fields[name], (facets or {}).get(name)
        chosen = given(found.data, name) or [""]
        groups = [
            (group, [_option(name, v, label, facet, v in chosen) for v, label in choices])
            for group, choices in grouped_choices(field)
        ]
        tops = _tops(found, name, groups) if name in LONG else []
        controls[name] = Control(name, str(field.label), name in form.errors, groups, tops)
    return controls


def _option(name: str, value: str, label: str, facet: Facet | None, chosen: bool) -> Option:
    key = f"n-{name}-{'_'.join(value.split())}" if name in FACETS else ""
    return Option(value, label, key, facet.count(value) if facet and value else None, chosen)


def _tops(found: CaseFilter, name: str, groups: list[tuple[str, list[Option]]]) -> list[Option]:
    """The values with the most cases; the chosen one's query takes it away again."""
    counted = [o for _group, options in groups for o in options if o.count and o.count.number]
    counted.sort(key=lambda option: option.count.number if option.count else 0, reverse=True)
    return [
        replace(option, query=found.query(name, [] if option.chosen else [option.value]))
        for option in counted[:TOPS]
    ]


@dataclass(frozen=True)
class Tallied:
    """How many items there are, of a kind or in all."""

    kind: str
    label: str
    count: Count


def tally_of(items: Facet | None) -> list[Tallied]:
    """The items found, in all and by their outcome, as far as they are counted."""
    if items is None or not items.counts:
        return []
    counts = [items.count(outcome) for outcome, _kind, _label in KINDS]
    known = [count for count in counts if count]
    more = len(known) < len(counts) or any(count.more for count in known)
    total = Count(sum(count.number for count in known), more)
    tallies = [Tallied("all", "disputed item" if total == Count(1) else "disputed items", total)]
    for outcome, kind, label in KINDS:
        count = items.count(outcome)
        if count and count.number:
            tallies.append(Tallied(kind, label, count))
    return tallies


KINDS = [
    ("overturned", "overturned", "overturned"),
    ("upheld", "upheld", "upheld"),
    ("", "unread", "not read"),
]
