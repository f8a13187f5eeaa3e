"""The letters: what came in, how each stands, and the files themselves."""

import hashlib
import json

from auditlog.signals import accessed
from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.core.paginator import Paginator
from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseNotModified
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from cases.models import Letter
from cases.retry import retry

PAGE_SIZE = 100


@require_safe
@permission_required("cases.view_letter", raise_exception=True)
def letter_list(request: HttpRequest) -> HttpResponse:
    """All letters, newest first, or those of one state; the table alone for a refreshing page."""
    state = request.GET.get("state", "")
    letters = Letter.objects.select_related("received_by").prefetch_related("readings__case")
    if state in Letter.State.values:
        letters = letters.filter(state=state)
    else:
        state = ""
    page = Paginator(letters, PAGE_SIZE).get_page(request.GET.get("page"))
    counts = Letter.objects.state_counts()
    context = {
        "page": page,
        "pages": page.paginator.get_elided_page_range(page.number, on_each_side=2),
        "counts": [(value, label, counts[value]) for value, label in Letter.State.choices],
        "total": sum(counts.values()),
        "state": state,
        "section": "letters",
        "query": f"state={state}" if state else "",
        "waiting": counts["received"] + counts["reading"],
        "busy": counts["received"] + counts["reading"],
    }
    part = "letters/_table.html" if request.htmx else "letters/list.html"  # type: ignore[attr-defined]
    return render(request, part, context)


@require_safe
@permission_required("cases.view_letter", raise_exception=True)
def letter_status(request: HttpRequest) -> HttpResponse:
    """How many letters are in each state; 304 while nothing changed."""
    body = json.dumps(Letter.objects.state_counts())
    etag = f'"{hashlib.sha256(body.encode()).hexdigest()[:16]}"'
    if request.headers.get("If-None-Match") == etag:
        response: HttpResponse = HttpResponseNotModified()
    else:
        response = HttpResponse(body, content_type="application/json")
    response["ETag"] = etag
    response["Cache-Control"] = "private, no-cache"
    return response


@require_safe
@permission_required("cases.view_letter", raise_exception=True)
def letter_detail(request: HttpRequest, pk: int) -> HttpResponse:
    letter = get_object_or_404(Letter.objects.select_related("received_by"), pk=pk)
    context = {
        "letter": letter,
        "section": "letters",
        "readings": letter.readings.select_related("case", "review"),
        "tries": letter.tries.all(),
        "see_details": request.user.is_staff and request.user.has_perm("cases.change_letter"),
    }
    return render(request, "letters/detail.html", context)


@require_safe
@permission_required("cases.open_letter", raise_exception=True)
def letter_file(request: HttpRequest, pk: int) -> FileResponse | HttpResponse:
    """The file as it came, as an attachment: a PDF's scripts must not run inside this site."""
    letter = get_object_or_404(Letter, pk=pk)
    try:
        file = letter.file.open("rb")
    except FileNotFoundError:
        return render(request, "letters/missing.html", {"letter": letter}, status=410)
    accessed.send(Letter, instance=letter)
    response = FileResponse(
        file, as_attachment=True, filename=letter.name, content_type=letter.media_type
    )
    response["Cache-Control"] = "no-store, private"
    return response


@require_POST
@permission_required("cases.add_letter", raise_exception=True)
def letter_retry(request: HttpRequest, pk: int) -> HttpResponse:
    letter = get_object_or_404(Letter, pk=pk)
    if retry(Letter.objects.filter(pk=pk)):
        messages.success(request, f"{letter.name} waits to be read again.")
    else:
        messages.info(request, f"{letter.name} is being read or waits already.")
    return redirect(letter)
