"""Correcting a value of a case, on a page of its own or in place, and taking that back."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.db.models import F
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from cases.amend import Meanwhile, SameAgain, Sheet, correct, sheet_of, withdraw
from cases.amend_items import add_item, remove_item
from cases.correction_forms import Correcting, form_of, initial
from cases.models import Case, Correction, Reading
from cases.words import words_of
from reviews.cells import Cell, Gone

MEANWHILE = (
    "Somebody, or the reader, changed this in the meantime: it is now “{now}”. "
    "Look again; saving puts yours in its place."
)
SAME = "This is what stands there already."
SAME_ITEM = (
    "An item of this name is here already, or was removed: withdraw that, or name it otherwise."
)


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required("cases.correct_case", raise_exception=True)
def correct_value(request: HttpRequest, pk: int, name: str) -> HttpResponse:
    """The form alone when a script asks for it, to stand beside the value."""
    cell = Cell.named(name)
    if cell is None:
        raise Http404("no such value")
    if request.method == "POST":
        return _put(request, pk, cell)
    sheet, value = _sheet(pk, cell)
    first = initial(cell, value) | {"seal": sheet.seal(cell)}
    return _page(request, sheet, cell, form_of(cell)(cell, initial=first))


def _put(request: HttpRequest, pk: int, cell: Cell) -> HttpResponse:
    removes = "remove" in request.POST and not cell.is_new and (cell.is_citation or cell.is_item)
    form: Any = form_of(cell)(cell, request.POST)
    if removes or form.is_valid():
        told = form.cleaned_data if not removes else {"why": _why(request)}
        put = None if removes else form.put
        seal = request.POST.get("seal", "")
        try:
            made = _correct(pk, cell, put, seal=seal, user=request.user, why=told["why"])
            return _done(request, pk, made)
        except SameAgain:
            form.add_error(None, SAME_ITEM if cell.is_item else SAME)
        except Meanwhile:
            form = _sealed_again(request, pk, cell)
    sheet, _value = _sheet(pk, cell)
    return _page(request, sheet, cell, form)


def _why(request: HttpRequest) -> str:
    """As far as a column can hold it: a removal's form is not looked through."""
    return request.POST.get("why", "").replace("\0", "")[:500]


def _correct(pk: int, cell: Cell, value: Any, **how: Any) -> Correction:
    """To remove a citation that a person added is to take that back."""
    if cell.is_item:
        return add_item(pk, value, **how) if cell.is_new else remove_item(pk, cell, **how)
    if cell.is_citation and value is None:
        added = sheet_of(pk).at(cell)
        if added and added.adds:
            return withdraw(added.pk)
    return correct(pk, cell, value, **how)


def _sealed_again(request: HttpRequest, pk: int, cell: Cell) -> Correcting:
    """What was typed, with the seal of what stands there by now."""
    sheet, value = _sheet(pk, cell)
    typed = request.POST.copy()
    typed["seal"] = sheet.seal(cell)
    form = form_of(cell)(cell, typed)
    form.full_clean()
    form.add_error(None, MEANWHILE.format(now=words_of(cell, value)))
    return form


def _sheet(pk: int, cell: Cell) -> tuple[Sheet, Any]:
    try:
        sheet = sheet_of(pk)
        return sheet, sheet.value(cell)
    except (Reading.DoesNotExist, Gone) as gone:
        raise Http404("no such case, or no such value in it") from gone


def _page(request: HttpRequest, sheet: Sheet, cell: Cell, form: Correcting) -> HttpResponse:
    standing = sheet.at(cell)
    context = {
        "section": "cases",
        "case": sheet.reading.case,
        "cell": cell,
        "title": _title(cell),
        "form": form,
        "standing": standing,
        "removable": cell.is_citation and not cell.is_new and not (standing and standing.removes),
        "service": sheet.service(cell.item) if cell.item else "",
        "list_query": request.GET.urlencode(),
    }
    part = "_form" if request.headers.get("X-Part") else "page"
    return render(request, f"corrections/{part}.html", context)


def _title(cell: Cell) -> str:
    if cell.is_new:
        return "Add a disputed item" if cell.is_item else "Add a citation"
    return f"Not an item of this letter: {cell.label}" if cell.is_item else f"Correct: {cell.label}"


@require_POST
@permission_required("cases.correct_case", raise_exception=True)
def withdraw_correction(request: HttpRequest, pk: int, correction: int) -> HttpResponse:
    own = Correction.objects.filter(letter__readings__case=pk, part=F("letter__readings__part"))
    get_object_or_404(own, pk=correction)
    try:
        return _done(request, pk, withdraw(correction))
    except Meanwhile:
        messages.warning(request, "This correction does not stand any more.")
        return redirect("case", pk)


def _done(request: HttpRequest, pk: int, made: Correction) -> HttpResponse:
    """Back to the value, on the page of the case that it belongs to by now.

    A script that follows a redirect would use up what is said; to another page it goes by itself.
    """
    verb = "removed" if made.removes else "added" if made.adds else "corrected"
    verb = verb if made.stands else "as the reader has it again"
    messages.success(request, f"{made.cell.label}: {verb}.")
    case = Case.objects.filter(readings__letter=made.letter_id, readings__part=made.part).first()
    if case is None:
        return redirect("case_list")
    query = f"?{request.GET.urlencode()}" if request.GET else ""
    url = f"{case.get_absolute_url()}{query}#correct-{made.cell}"
    if case.pk != pk and request.headers.get("X-Part"):
        return HttpResponse(status=204, headers={"Location": url})
    return HttpResponseRedirect(url)
