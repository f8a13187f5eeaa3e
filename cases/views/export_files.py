"""Exports that are written in the background: how they stand, and the files to take away."""

from auditlog.signals import accessed
from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.core.paginator import Paginator
from django.http import FileResponse, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from cases import bell
from cases.exports.about import columns_of, file_name, filter_of, in_words, order_in_words
from cases.exports.ending import cancel, delete
from cases.exports.kinds import KINDS
from cases.exports.making import media_type
from cases.models import Export

PAGE = 50


@require_safe
@permission_required("cases.export_case", raise_exception=True)
def export_list(request: HttpRequest) -> HttpResponse:
    """What one has taken out oneself, the latest first."""
    mine = Paginator(Export.objects.of(request.user), PAGE)
    page = mine.get_page(request.GET.get("page"))
    context = {
        "section": "exports",
        "page": page,
        "pages": page.paginator.get_elided_page_range(page.number, on_each_side=2),
    }
    return render(request, "exports/list.html", context)


@require_safe
@permission_required("cases.export_case", raise_exception=True)
def export_detail(request: HttpRequest, pk: int) -> HttpResponse:
    export = _open_to(request, pk)
    kind, found = KINDS[export.kind], filter_of(export)
    context = {
        "section": "exports",
        "export": export,
        "kind": kind,
        "name": file_name(export),
        "words": in_words(found),
        "sorted_by": order_in_words(found),
        "headings": [column.heading for column in columns_of(export)],
        "unheard": bell.unheard() and export.state == Export.State.WAITING,
        "mine": export.user_id == request.user.pk,
        "days_left": (export.expires_at - timezone.now()).days if export.expires_at else None,
    }
    return render(request, "exports/detail.html", context)


@require_safe
@permission_required("cases.export_case", raise_exception=True)
def export_status(request: HttpRequest, pk: int) -> HttpResponse:
    """How far it is, in one row's columns: a page asks every second."""
    export = _open_to(request, pk)
    stands = {
        "state": export.state,
        "label": export.get_state_display(),
        "done": export.done,
        "total": export.total,
    }
    return JsonResponse(stands, headers={"Cache-Control": "no-store, private"})


@require_safe
@permission_required("cases.export_case", raise_exception=True)
def export_file(request: HttpRequest, pk: int) -> FileResponse | HttpResponse:
    """The file, for whoever asked for it and for managers; every download is recorded."""
    export = _open_to(request, pk)
    try:
        if export.state != Export.State.READY:
            raise FileNotFoundError
        file = export.file.open("rb")
    except FileNotFoundError:
        return render(request, "exports/gone.html", {"export": export}, status=410)
    accessed.send(Export, instance=export)
    return FileResponse(
        file,
        as_attachment=True,
        filename=file_name(export),
        content_type=media_type(export),
        headers={"Cache-Control": "no-store, private"},
    )


@require_POST
@permission_required("cases.export_case", raise_exception=True)
def export_cancel(request: HttpRequest, pk: int) -> HttpResponse:
    export = _open_to(request, pk)
    if cancel(export):
        messages.success(request, "Cancelled. Nothing of it is kept.")
    else:
        messages.info(request, "It was not under way any more.")
    return redirect(export)


@require_POST
@permission_required("cases.export_case", raise_exception=True)
def export_delete(request: HttpRequest, pk: int) -> HttpResponse:
    """The file goes; that it was asked for stays on record."""
    export = _open_to(request, pk)
    if delete(export):
        messages.success(request, "Deleted. That it was exported stays on record.")
    else:
        messages.error(request, "It is being written: cancel it first.")
    return redirect("export_list")


def _open_to(request: HttpRequest, pk: int) -> Export:
    return get_object_or_404(Export.objects.open_to(request.user).select_related("user"), pk=pk)
