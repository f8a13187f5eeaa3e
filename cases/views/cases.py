"""The list of cases."""

from typing import cast

from django.contrib.auth.decorators import permission_required
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from cases.advice import advice, passages
from cases.cells import lines_of
from cases.columns import heads_of
from cases.desk import desk_of
from cases.facets import exact_items, facets_at_once, facets_of
from cases.filters import CaseFilter, patience
from cases.models import Case, Letter
from cases.paging import Found, page_of
from cases.panel import panel_of, tally_of
from cases.people import naming_me
from cases.remarks import PASSING, looked_of, remarks_of
from cases.rows import rows_of


@require_safe
@permission_required("cases.view_case", raise_exception=True)
@naming_me
def case_list(request: HttpRequest) -> HttpResponse:
    found = CaseFilter(request.GET, seconds=patience(request.GET))
    desk = desk_of(cast(int, request.user.pk), request.GET)
    page = page_of(found, request.GET.get("page"), desk.page_size)
    keys = list(page.object_list)
    rows = rows_of(keys, found, passages(keys, found))
    exactly = request.GET.get("count") == "all" and found.is_valid()
    wait_for_all = request.GET.get("facets") == "show"
    gathered = cast(Found, page.paginator).all
    facets = facets_of(found) if wait_for_all else facets_at_once(found, gathered)
    query = _without(request.GET, "page")
    context = {
        "section": "checks" if request.GET.get("flagged") == "true" else "cases",
        "form": found.form,
        "page": page,
        "exactly": exactly,
        "count": found.qs.count() if exactly else page.paginator.count,
        "pages": page.paginator.get_elided_page_range(page.number, on_each_side=2),
        "looked": looked_of(found),
        "advice": advice(found, any_found=bool(keys)),
        "chips": found.chips(),
        "panel": panel_of(found, facets),
        "counts_at": f"{reverse('case_facets')}?{query}" if facets is None else "",
        "tally": tally_of(exact_items(found) if exactly else (facets or {}).get("items")),
        "sort": found.sorted_by(),
        "heads": heads_of(desk.columns, found),
        "lines": lines_of(rows, desk.columns, request.GET.urlencode()),
        "query": query,
        "desk": desk,
        "remarks": remarks_of(found),
        "carried": _carried(request.GET),
        "asks_for_items": found.asks_for_items(),
        "none_at_all": not keys and not Case.objects.exists(),
        "waiting": 0 if keys else Letter.objects.waiting().count(),
    }
    return render(request, "cases/list.html", context)


def _without(query: QueryDict, name: str) -> str:
    rest = query.copy()
    rest.pop(name, None)
    return rest.urlencode()


def _carried(query: QueryDict) -> list[tuple[str, str]]:
    """What an export of the ticked rows takes along: the filters, so that items are the same."""
    return [
        (name, value)
        for name, values in query.lists()
        for value in values
        if value and name not in (*PASSING, "case")
    ]
