"""The letters: what came in, how each stands, and what can be done about it."""

import hashlib
import json

from auditlog.signals import accessed
from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseNotModified
from django.shortcuts import get_object_or_404, render
from django.template.defaultfilters import pluralize
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from cases.back import back
from cases.cancel import cancel
from cases.models import Batch, Letter, LetterQuerySet
from cases.retry import retry
from cases.standing import TITLES, batches_under_way, counted, sections, times


@require_safe
@permission_required("cases.view_letter", raise_exception=True)
def letter_list(request: HttpRequest) -> HttpResponse:
    """How letters stand: all, of one batch, or one section; the body alone when it refreshes."""
    only = request.GET.get("section", "")
    if only and only not in TITLES:
        raise Http404("no such section")
    batch = _batch(request)
    letters = Letter.objects.filter(batch=batch) if batch else Letter.objects.all()
    found = sections(letters, only, request.GET.get("page"))
    for section in found:
        for letter in section.page:
            letter.times = times(letter)  # type: ignore[attr-defined]
    query = {"section": only, "batch": str(batch.pk) if batch else ""}
    context = {
        "section": "letters",
        "sections": found,
        "only": only,
        "batch": batch,
        "batches": [batch] if batch else batches_under_way()[:5],
        "query": "&".join(f"{name}={value}" for name, value in query.items() if value),
        "status": json.dumps(Letter.objects.state_counts()),
        "none_at_all": not batch and not any(each.total for each in found) and not only,
    }
    part = "letters/_sections.html" if request.headers.get("X-Part") else "letters/list.html"
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
def letters_retry(request: HttpRequest) -> HttpResponse:
    """Read the ticked letters again, or all that failed through a fault of ours."""
    everyone = Letter.objects.failed() if request.POST.get("all") else None
    count = retry(everyone if everyone is not None else _ticked(request))
    messages.success(request, f"{count} letter{pluralize(count)} waiting to be read again.")
    return back(request, reverse("letter_list"))


@require_POST
@permission_required("cases.add_letter", raise_exception=True)
def letters_cancel(request: HttpRequest) -> HttpResponse:
    """Cancel the ticked letters that still wait, or all that do."""
    everyone = Letter.objects.waiting() if request.POST.get("all") else None
    count = cancel(everyone if everyone is not None else _ticked(request))
    messages.success(
        request,
        f"{count} letter{pluralize(count)} cancelled. They are under Done, and can be retried.",
    )
    return back(request, reverse("letter_list"))


def _ticked(request: HttpRequest) -> LetterQuerySet:
    keys = [key for key in request.POST.getlist("letters") if _is_key(key)]
    return Letter.objects.filter(pk__in=keys)


def _batch(request: HttpRequest) -> Batch | None:
    key = request.GET.get("batch")
    if not key:
        return None
    return get_object_or_404(counted(Batch.objects.all()), pk=key if _is_key(key) else 0)


def _is_key(text: str) -> bool:
    """Python refuses to read thousands of digits."""
    return text.isdecimal() and len(text) < 19
