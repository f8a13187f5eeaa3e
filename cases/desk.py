"""What a person has set up for the list, with what stands there until they do."""

from typing import Any, NamedTuple

from django.http import QueryDict

from cases.columns import COLUMNS, DEFAULT, Column, chosen
from cases.filters import DEFAULT_SORT, SORTS, CaseFilter
from cases.models import ListSettings, Opened, SavedView
from cases.paging import PAGE_SIZE

SIZES = (25, 50, 100)


def settled_query(query: str) -> str:
    """A list's query string as it is kept and compared: what it sets, in one order."""
    asked, kept = QueryDict(query), QueryDict(mutable=True)
    for name in CaseFilter.base_filters:
        for value in sorted(set(asked.getlist(name)) - {""}):
            if (name, value) != ("sort", DEFAULT_SORT):
                kept.appendlist(name, value)
    return kept.urlencode()


class Desk(NamedTuple):
    """The list's columns and length, the person's views, and the cases opened last."""

    columns: list[Column]
    page_size: int
    views: list[SavedView]
    here: SavedView | None
    opened: list[Opened]
    query: str

    @property
    def choices(self) -> list[tuple[Column, bool]]:
        return [(column, column in self.columns) for column in COLUMNS]

    @property
    def sizes(self) -> tuple[int, ...]:
        return SIZES


def desk_of(user_id: int, asked: QueryDict) -> Desk:
    settings = ListSettings.objects.filter(user=user_id).first()
    views = list(SavedView.objects.filter(user=user_id))
    query = settled_query(asked.urlencode())
    return Desk(
        chosen(settings.columns if settings else DEFAULT),
        settings.page_size if settings else PAGE_SIZE,
        views,
        next((view for view in views if view.query == query), None),
        list(Opened.objects.newest(user_id)),
        query,
    )


def in_words(query: str) -> list[tuple[str, str]]:
    """What a saved query sets: labels and the address's words. No value is looked up for it."""
    labels = {name: str(each.label) for name, each in CaseFilter.base_filters.items()}
    sets = [(n, v) for n, values in QueryDict(query).lists() for v in values if n in labels]
    words = {name: label for name, (label, _column) in SORTS.items()}
    return [(labels[n], words.get(v, v) if n == "sort" else v) for n, v in sets if n != "case"]


def set_up(user_id: int, posted: Any) -> None:
    """Keep the columns and the length; what no list has is passed over, "usual" forgets all."""
    if "usual" in posted:
        ListSettings.objects.filter(user=user_id).delete()
        return
    columns = [column.key for column in COLUMNS if column.key in posted.getlist("column")]
    size = int(posted["size"]) if posted.get("size") in map(str, SIZES) else PAGE_SIZE
    ListSettings.objects.update_or_create(
        user_id=user_id, defaults={"columns": columns, "page_size": size}
    )
