"""What a person chooses to take out: the filters, the kind of rows, the format and the columns."""

from collections.abc import Iterable

from django import forms
from django.contrib.auth.models import User
from django.http import HttpRequest, QueryDict

from cases.exports.columns import Column
from cases.exports.kinds import KINDS, Kind
from cases.filters import CaseFilter
from cases.models import Export, ExportChoice

FORMAT_HINTS = {
    "xlsx": "Dates and numbers as such, a sheet that says what it holds.",
    "csv": "For any spreadsheet or program.",
    "jsonl": "For programs: an object a line, values typed, items and citations nested.",
}


class ExportForm(forms.Form):
    format = forms.ChoiceField(
        choices=[(key, Export.Format(key).label) for key in FORMAT_HINTS],
        error_messages={"required": "Choose a format."},
    )
    zipped = forms.BooleanField(required=False)
    columns = forms.MultipleChoiceField(error_messages={"required": "Tick at least one column."})

    def __init__(self, kind: Kind, data: QueryDict | None) -> None:
        super().__init__(data)
        self.kind = kind
        choices = [(column.key, column.heading) for column in kind.columns.values()]
        self.fields["columns"].choices = choices  # type: ignore[attr-defined]

    def clean(self) -> None:
        """Columns that only JSON can hold are none for another format."""
        given = super().clean() or {}
        keys = given.get("columns", [])
        nested = all(self.kind.columns[key].nested for key in keys)
        if keys and nested and given.get("format") != Export.Format.JSONL:
            self.add_error("columns", "Tick a column that this format can hold.")

    def export(self, user_id: int, filters: str) -> Export:
        """The export that was chosen, not saved."""
        chosen = self.cleaned_data
        texts = chosen["format"] != Export.Format.XLSX
        return Export(
            user_id=user_id,
            kind=self.kind.key,
            format=chosen["format"],
            zipped=texts and chosen["zipped"],
            columns=chosen["columns"],
            filters=filters,
        )


def asked_filters(request: HttpRequest) -> QueryDict:
    """The filters alone, as one address: of the list's link or form, or of the page's own form."""
    if "filters" in request.POST:
        sent = QueryDict(request.POST["filters"])
    else:
        sent = request.POST if request.method == "POST" else request.GET
    kept = QueryDict(mutable=True)
    for name in sent:
        if name in CaseFilter.base_filters and (values := [v for v in sent.getlist(name) if v]):
            kept.setlist(name, values)
    return kept


def kind_of(key: str | None) -> Kind:
    return KINDS.get(key or "", KINDS["cases"])


def remembered(user: User, kind: Kind) -> list[str]:
    """The keys that this person chose last, or the usual ones."""
    choice = ExportChoice.objects.filter(user=user.pk, kind=kind.key).first()
    return [column.key for column in kind.chosen(choice.columns if choice else [])]


def remember(user: User, kind: Kind, keys: list[str]) -> None:
    ExportChoice.objects.update_or_create(
        user_id=user.pk, kind=kind.key, defaults={"columns": keys}
    )


def forget(user: User, kind: Kind) -> None:
    ExportChoice.objects.filter(user=user.pk, kind=kind.key).delete()


def moved(keys: list[str], key: str, by: int) -> list[str]:
    """The keys with one of them a place further up (-1) or down (1), as far as there is one."""
    if key not in keys:
        return keys
    at = keys.index(key)
    to = min(max(at + by, 0), len(keys) - 1)
    rest = [each for each in keys if each != key]
    return [*rest[:to], key, *rest[to:]]


def in_order(kind: Kind, ticked: Iterable[str]) -> list[tuple[Column, bool]]:
    """Every column and whether it is ticked: the ticked ones first, in their order."""
    keys = [key for key in dict.fromkeys(ticked) if key in kind.columns]
    rest = [key for key in kind.columns if key not in keys]
    return [(kind.columns[key], key in keys) for key in (*keys, *rest)]
