"""The list of cases."""

from typing import Any

from django.contrib.auth.decorators import permission_required
from django.core.paginator import Page
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.views.decorators.http import require_safe

from cases.filters import DEFAULT_SORT, SORTS, CaseFilter
from cases.models import Case, Letter
from cases.paging import page_of

HEADS = [("number", "Case"), ("age", "Worker"), ("-injured", "Injury"), ("-decided", "Decision")]


@require_safe
@permission_required("cases.view_case", raise_exception=True)
def case_list(request: HttpRequest) -> HttpResponse:
    found = CaseFilter(request.GET)
    page = page_of(found, request.GET.get("page"))
    _choose_items(page, found)
    exactly = "count" in request.GET and found.is_valid()
    context = {
        "section": "checks" if request.GET.get("flagged") == "true" else "cases",
        "form": found.form,
        "page": page,
        "exactly": exactly,
        "count": found.qs.count() if exactly else page.paginator.count,
        "pages": page.paginator.get_elided_page_range(page.number, on_each_side=2),
        "chips": found.chips(),
        "sort": found.form.cleaned_data.get("sort") or DEFAULT_SORT,
        "columns": _columns(found),
        "query": _without(request.GET, "page"),
        "asks_for_items": found.asks_for_items(),
        "none_at_all": not page.object_list and not Case.objects.exists(),
        "waiting": 0 if page.object_list else Letter.objects.waiting().count(),
    }
    return render(request, "cases/list.html", context)


def _choose_items(page: Page, found: CaseFilter) -> None:
    """Show in each row the items that the filter asks for, and count the others."""
    asked = found.asks_for_items()
    reviews = [case.review_id for case in page]
    wanted = (
        set(found.items().filter(review__in=reviews).values_list("pk", flat=True)) if asked else ()
    )
    for case in page:
        items = list(case.review.items.all())
        case.shown_items = [i for i in items if not asked or i.pk in wanted]
        case.other_items = len(items) - len(case.shown_items)


def _columns(found: CaseFilter) -> list[dict[str, Any]]:
    """The sortable heads: label, the query string that sorts by it, and how it sorts now."""
    chosen = found.form.cleaned_data.get("sort") or DEFAULT_SORT
    return [
        {
            "label": label,
            "query": _query_with(found, first if chosen != first else _turned(first)),
            "direction": _direction(chosen) if chosen.strip("-") == first.strip("-") else "",
            "sentence": SORTS[first if chosen != first else _turned(first)][0],
        }
        for first, label in HEADS
    ]


def _turned(sort: str) -> str:
    return sort[1:] if sort.startswith("-") else f"-{sort}"


def _direction(sort: str) -> str:
    return "descending" if sort.startswith("-") else "ascending"


def _query_with(found: CaseFilter, sort: str) -> str:
    query = found.data.copy()
    query.pop("page", None)
    query["sort"] = sort
    return query.urlencode()


def _without(query: QueryDict, name: str) -> str:
    rest = query.copy()
    rest.pop(name, None)
    return rest.urlencode()
