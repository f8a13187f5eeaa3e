"""The filtered list as files to take away; every one is recorded."""

import tempfile
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings
from django.contrib.auth.decorators import permission_required
from django.http import FileResponse, HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_GET

from cases.exports.about import file_name
from cases.exports.kinds import KINDS
from cases.exports.making import make, media_type, pieces
from cases.exports.tally import Tally
from cases.filters import CaseFilter
from cases.models import Export
from cases.people import naming_me


@require_GET
@permission_required("cases.export_case", raise_exception=True)
@naming_me
def case_csv(request: HttpRequest) -> HttpResponseBase:
    return _csv(request, "cases")


@require_GET
@permission_required("cases.export_case", raise_exception=True)
@naming_me
def item_csv(request: HttpRequest) -> HttpResponseBase:
    return _csv(request, "items")


@require_GET
@permission_required("cases.export_case", raise_exception=True)
@naming_me
def citation_csv(request: HttpRequest) -> HttpResponseBase:
    return _csv(request, "citations")


def _csv(request: HttpRequest, kind: str) -> HttpResponseBase:
    """The usual columns, streamed: what scripts and links rely on."""
    found = CaseFilter(request.GET)
    if not found.is_valid():
        return bad_filter(request, found)
    columns = [column.key for column in KINDS[kind].usual]
    return sent(
        Export(user_id=request.user.pk, kind=kind, columns=columns, filters=request.GET.urlencode())
    )


def bad_filter(request: HttpRequest, found: CaseFilter) -> HttpResponse:
    return render(request, "cases/bad_filter.html", {"form": found.form}, status=400)


def sent(export: Export) -> HttpResponseBase:
    """Record the export and send it at once."""
    export.save()
    if export.format == Export.Format.XLSX:
        response: HttpResponseBase = _workbook(export)
    else:
        response = StreamingHttpResponse(_recorded(export), content_type=media_type(export))
    response["Content-Disposition"] = f'attachment; filename="{file_name(export)}"'
    return response


def _recorded(export: Export) -> Iterator[bytes]:
    """The pieces; at their end the number of rows is noted, so a broken-off export has none."""
    tally = Tally()
    yield from pieces(export, tally)
    Export.objects.filter(pk=export.pk).update(rows=tally.rows)


def _workbook(export: Export) -> FileResponse:
    """Written first, because a workbook cannot be sent while it grows."""
    tally = Tally()
    with tempfile.TemporaryDirectory(dir=settings.FILE_UPLOAD_TEMP_DIR) as folder:
        path = Path(folder) / "export"
        make(export, path, tally)
        file = path.open("rb")
    Export.objects.filter(pk=export.pk).update(rows=tally.rows)
    return FileResponse(file, content_type=media_type(export))
