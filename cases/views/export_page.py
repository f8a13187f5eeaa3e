"""The page on which one chooses what to take out of the filtered list, and as what."""

from typing import Any, cast

from django.contrib.auth.decorators import permission_required
from django.contrib.auth.models import User
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from cases.counting import MOST
from cases.exports.about import in_words, order_in_words
from cases.exports.asking import AT_ONCE, order, takes_long, too_many_for_excel
from cases.exports.choosing import (
    FORMAT_HINTS,
    ExportForm,
    asked_filters,
    forget,
    in_order,
    kind_of,
    moved,
    remember,
    remembered,
)
from cases.exports.codes import CODES
from cases.exports.counting import count, count_up_to
from cases.exports.kinds import KINDS, Kind
from cases.filters import CaseFilter
from cases.models import Export
from cases.people import naming_me
from cases.views.exports import bad_filter, sent


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required("cases.export_case", raise_exception=True)
@naming_me
def case_export(request: HttpRequest) -> HttpResponseBase:
    """By GET with the list's address, or by POST with more ticked cases than an address holds.

    The page's own form says in `do` what to do; anything but `write` shows the page again.
    """
    found = CaseFilter(asked_filters(request))
    if not found.is_valid():
        return bad_filter(request, found)
    do, _, what = request.POST.get("do", "").partition(":")
    sent_by = request.POST if request.method == "POST" else request.GET
    kind = kind_of(what if do == "kind" else sent_by.get("kind"))
    form = ExportForm(kind, request.POST if do == "write" else None)
    if do == "write" and form.is_valid():
        remember(cast(User, request.user), kind, form.cleaned_data["columns"])
        export = form.export(cast(int, request.user.pk), found.data.urlencode())
        if not too_many_for_excel(export):
            return _taken(export)
        trouble = CODES["too-many-rows"]
        form.add_error("format", f"{trouble.sentence} {trouble.next_step}")
    context = {
        "section": "exports",
        "form": form,
        **_rows(kind, found, exactly=do == "count"),
        **_choices(request, kind, do, what),
        "filters": found.data.urlencode(),
        "words": in_words(found),
        "sorted_by": order_in_words(found),
        "back": _address_without_ticked(found),
    }
    return render(request, "exports/new.html", context)


def _taken(export: Export) -> HttpResponseBase:
    return redirect(order(export)) if takes_long(export) else sent(export)


def _rows(kind: Kind, found: CaseFilter, *, exactly: bool) -> dict[str, Any]:
    rows = count(kind, found) if exactly else count_up_to(kind, found, MOST)
    if rows is None:
        return {"uncounted": True}
    more = rows > MOST and not exactly
    return {"rows": kind.words(MOST if more else rows), "more": more, "nothing": not rows}


def _choices(request: HttpRequest, kind: Kind, do: str, what: str) -> dict[str, Any]:
    ticked = _ticked(request, kind, do, what)
    chosen = request.POST.get("format") or request.GET.get("format")
    return {
        "kind": kind,
        "kinds": KINDS.values(),
        "columns": in_order(kind, ticked),
        "format": chosen if chosen in FORMAT_HINTS else "xlsx",
        "formats": [
            (key, Export.Format(key).label, hint, AT_ONCE[key])
            for key, hint in FORMAT_HINTS.items()
        ],
        # Ticked until somebody unticks it: a file that is handed on should say what it holds.
        "zipped": "zipped" in request.POST if "format" in request.POST else True,
    }


def _ticked(request: HttpRequest, kind: Kind, do: str, what: str) -> list[str]:
    user = cast(User, request.user)
    if do == "reset":
        forget(user, kind)
    if do in {"", "kind", "reset"}:
        return remembered(user, kind)
    if do == "all":
        return list(kind.columns)
    keys = request.POST.getlist("columns")
    if do in {"up", "down"}:
        keys = moved(keys, what, -1 if do == "up" else 1)
        remember(user, kind, [key for key in keys if key in kind.columns])
    return keys


def _address_without_ticked(found: CaseFilter) -> str:
    """Of the list as it was: a thousand ticked cases would make an address that no server takes."""
    rest = found.data.copy()
    rest.pop("case", None)
    return rest.urlencode()
