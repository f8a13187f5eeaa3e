"""What a file holds, in words: it goes with the file, in a sheet or a text of its own."""

import textwrap
from datetime import datetime

from django.conf import settings
from django.http import QueryDict
from django.urls import reverse
from django.utils import timezone

from cases.exports.columns import Column
from cases.exports.kinds import KINDS
from cases.filters import DEFAULT_SORT, SORTS, CaseFilter
from cases.models import Export
from reviews import reading

WHOLE = "none: all cases"
SHOWN_MOST = 2_000  # characters of an address: a thousand ticked cases make a long one


def filter_of(export: Export) -> CaseFilter:
    return CaseFilter(QueryDict(export.filters))


def columns_of(export: Export) -> list[Column]:
    return KINDS[export.kind].chosen(export.columns, nested=export.format == Export.Format.JSONL)


def in_words(found: CaseFilter) -> list[str]:
    """Each filter that is set, as the list's chips say it."""
    return [f"{chip['label']}: {chip['value']}" for chip in found.chips()]


def order_in_words(found: CaseFilter) -> str:
    return SORTS.get(found.data.get("sort", ""), SORTS[DEFAULT_SORT])[0]


def about(export: Export, rows: int, cut: int = 0) -> list[tuple[str, str]]:
    """Labels and values, once the rows are written."""
    kind, found = KINDS[export.kind], filter_of(export)
    lines = [
        ("What", f"{kind.words(rows)}. {kind.about}"),
        ("Filters", "; ".join(in_words(found)) or WHOLE),
        ("Order", order_in_words(found)),
        ("Address", _address(export.filters)),
        ("Columns", "; ".join(column.heading for column in columns_of(export))),
        ("Asked for", _moment(export.started_at)),
        ("Written", _moment(timezone.now())),
        ("By", export.user.get_username() if export.user else "an account that is gone"),
        ("Export", f"number {export.pk}"),
        ("Written with", f"imrsite {settings.VERSION}, reader version {reading.VERSION}"),
    ]
    if export.format == Export.Format.CSV:
        lines.append(("Apostrophes", "A cell that would run as a formula begins with one."))
    if cut:
        lines.append(
            (
                "Cut",
                f"{cut:,} {'cell held' if cut == 1 else 'cells held'} more than the 32,767 "
                "characters that Excel allows, and end with …. CSV and JSON lines hold all.",
            )
        )
    return lines


def about_text(export: Export, rows: int) -> str:
    lines = [
        textwrap.fill(f"{label}: {value}", 100, subsequent_indent="    ", break_on_hyphens=False)
        for label, value in about(export, rows)
    ]
    return "\n".join([f"imrsite: {file_name(export, member=True)}", "", *lines, ""])


def file_name(export: Export, *, member: bool = False) -> str:
    """What it is, when, and of which number; never what was searched for: names end up in logs."""
    which = "" if not export.filters else "-filtered"
    when = timezone.localtime(export.started_at)
    ending = "zip" if export.zipped and not member else export.format
    return f"imrsite-{export.kind}-{when:%Y-%m-%d-%H%M}{which}-{export.pk}.{ending}"


def _address(query: str) -> str:
    whole = f"{reverse('case_list')}?{query}" if query else reverse("case_list")
    return whole if len(whole) <= SHOWN_MOST else f"{whole[:SHOWN_MOST]}… (cut)"


def _moment(when: datetime) -> str:
    return f"{timezone.localtime(when):%Y-%m-%d %H:%M:%S %Z}"
