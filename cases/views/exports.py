"""The filtered list as files to take away; every one is recorded."""

from collections.abc import Callable

from django.contrib.auth.decorators import permission_required
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from cases.exports import Statement, case_statement, item_statement, stream
from cases.filters import CaseFilter
from cases.models import Export


@require_GET
@permission_required("cases.export_case", raise_exception=True)
def case_csv(request: HttpRequest) -> HttpResponse | StreamingHttpResponse:
    return _csv(request, "cases", case_statement)


@require_GET
@permission_required("cases.export_case", raise_exception=True)
def item_csv(request: HttpRequest) -> HttpResponse | StreamingHttpResponse:
    return _csv(request, "items", item_statement)


def _csv(
    request: HttpRequest, kind: str, state: Callable[[CaseFilter], Statement]
) -> HttpResponse | StreamingHttpResponse:
    found = CaseFilter(request.GET)
    if not found.is_valid():
        return render(request, "cases/bad_filter.html", {"form": found.form}, status=400)
    record = Export.objects.create(
        user_id=request.user.pk, kind=kind, filters=request.GET.urlencode()
    )
    response = StreamingHttpResponse(
        stream(state(found), record), content_type="text/csv; charset=utf-8"
    )
    name = f"imrsite-{kind}-{timezone.localtime():%Y-%m-%d-%H%M}.csv"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
