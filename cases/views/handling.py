"""What people do with a case: mark it as checked, give it to somebody, write notes on it."""

from typing import Any, cast

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.db.models import Prefetch, Q, prefetch_related_objects
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_http_methods, require_POST

from cases.forms import NoteForm
from cases.handling import assign, check, colleagues, take_back
from cases.history import history_of
from cases.models import Case, Checked, Correction, Note
from cases.noting import change, delete, write


def handling_of(case: Case) -> dict[str, Any]:
    """What the page of a case shows of what people did with it: needs `case.review.reading`."""
    told = Q(pk__in=[])
    for letter, part in case.readings.values_list("letter", "part"):
        told |= Q(letter=letter, part=part)
    corrections = list(Correction.objects.filter(told).select_related("made_by"))
    notes = Prefetch("notes", Note.objects.select_related("made_by"))
    checks = Prefetch("checks", Checked.objects.select_related("made_by"))
    prefetch_related_objects([case], notes, checks)  # the history tells of all of them
    current = case.review.reading
    here = [
        each
        for each in corrections
        if each.stands and (each.letter_id, each.part) == (current.letter_id, current.part)
    ]
    kept = [each for each in case.checks.all() if each.state != "taken_back"]
    removed: dict[str, list[Correction]] = {}
    for each in here:
        if each.removes and each.state != "lost":
            removed.setdefault(each.field, []).append(each)
    return {
        "corrections": {str(each.cell): each for each in here if each.in_place},
        "lost": [each for each in here if each.state == "lost"],
        "removed": removed.get("citation", []),
        "removed_items": removed.get("item", []),
        "last_check": kept[-1] if kept else None,
        "notes": [note for note in case.notes.all() if note.deleted_at is None],
        "note_form": NoteForm(),
        "colleagues": colleagues(),
        "history": history_of(case, corrections),
    }


@require_POST
@permission_required("cases.check_case", raise_exception=True)
def check_case(request: HttpRequest, pk: int) -> HttpResponse:
    case = get_object_or_404(Case, pk=pk)
    if request.POST.get("back"):
        take_back(case.pk)
        messages.success(request, "To be checked again.")
    elif check(case.pk, _number(request.POST.get("review", "")), _user(request)):
        messages.success(request, "Checked.")
    else:
        messages.warning(
            request,
            "The letter was read again while you looked at it. Look once more, then mark it.",
        )
    return _back(request, case)


@require_POST
@permission_required("cases.assign_case", raise_exception=True)
def assign_case(request: HttpRequest, pk: int) -> HttpResponse:
    case = get_object_or_404(Case, pk=pk)
    name = request.POST.get("to", "").replace("\0", "")  # which no column can hold
    to = get_object_or_404(colleagues(), username=name) if name else None
    assign(case.pk, to, _user(request))
    messages.success(request, f"Given to {name}." if name else "Given to nobody.")
    return _back(request, case)


@require_POST
@permission_required("cases.add_note", raise_exception=True)
def add_note(request: HttpRequest, pk: int) -> HttpResponse:
    case = get_object_or_404(Case, pk=pk)
    form = NoteForm(request.POST)
    if not form.is_valid():
        return _note_page(request, case, form)
    write(case, form.cleaned_data["text"], _user(request))
    return _back(request, case)


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required("cases.add_note", raise_exception=True)
def edit_note(request: HttpRequest, pk: int, note: int) -> HttpResponse:
    """Change or delete a note of one's own."""
    notes = Note.objects.select_related("case")
    found = get_object_or_404(notes, pk=note, case=pk, deleted_at=None)
    if found.made_by_id != request.user.pk:
        raise PermissionDenied
    if request.method == "POST" and "delete" in request.POST:
        delete(found)
        return _back(request, found.case)
    form = NoteForm(request.POST or None, initial={"text": found.text})
    if not form.is_valid():
        return _note_page(request, found.case, form, found)
    change(found, form.cleaned_data["text"])
    return _back(request, found.case)


def _note_page(
    request: HttpRequest, case: Case, form: NoteForm, note: Note | None = None
) -> HttpResponse:
    context = {"section": "cases", "case": case, "form": form, "note": note}
    context["list_query"] = request.GET.urlencode()
    return render(request, "corrections/note.html", context)


def _user(request: HttpRequest) -> User:
    return cast(User, request.user)


def _number(typed: str) -> int:
    return int(typed) if typed.isdecimal() and len(typed) < 19 else 0


def _back(request: HttpRequest, case: Case) -> HttpResponse:
    query = f"?{request.GET.urlencode()}" if request.GET else ""
    return HttpResponseRedirect(f"{case.get_absolute_url()}{query}#desk")
