"""The counts beside the filters, for lists that are too long to count as a part of the page."""

from django.contrib.auth.decorators import permission_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from cases.facets import facets_of
from cases.filters import CaseFilter, patience
from cases.panel import panel_of, tally_of


@require_safe
@permission_required("cases.view_case", raise_exception=True)
def case_facets(request: HttpRequest) -> HttpResponse:
    found = CaseFilter(request.GET, seconds=patience(request.GET))
    facets = facets_of(found)
    context = {
        "form": found.form,
        "panel": panel_of(found, facets),
        "tally": tally_of(facets.get("items")),
    }
    return render(request, "cases/facets.html", context)
