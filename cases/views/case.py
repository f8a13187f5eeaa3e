"""One case beside its letter."""

from typing import Any, NamedTuple

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from cases.asked import asks_of
from cases.checking import to_check
from cases.facts import COURSE, diagnoses_of, facts_of
from cases.filters import CaseFilter
from cases.models import Case, Correction, Former, Letter, Opened
from cases.neighbours import neighbours
from cases.paging import WHOLE
from cases.places import asked_place, marked_pages, places_of
from cases.plain import case_text, item_text
from cases.transcript import pages_of
from cases.views.handling import handling_of
from reviews.models import DisputedItem, Review
from reviews.sides import Row, in_common, side_by_side

UNPLACED = (
    "It was recognised before the places of words were kept, so nothing can be marked on its pages "
    "until it is read again."
)
CUT_DOWN = ("requested", "authorized", "disputed")
OWN = ("as", "at")  # parameters of this page; all others are the list's that led here


class Shown(NamedTuple):
    """A disputed item as the page shows it."""

    item: DisputedItem
    rows: list[Row]
    in_common: str
    text: str
    cut_down: bool
    added: Correction | None


@require_safe
@permission_required("cases.view_case", raise_exception=True)
def case_detail(request: HttpRequest, pk: int) -> HttpResponse:
    cases = Case.objects.select_related("review__transcript", "review__reading__letter")
    try:
        case = cases.prefetch_related(*WHOLE).get(pk=pk)
    except Case.DoesNotExist:
        return _lead_on(request, pk)
    review, current = case.review, case.review.reading
    Opened.objects.note(request.user.pk, case)  # type: ignore[arg-type]
    handled = handling_of(case)
    context = {
        "section": "cases",
        "case": case,
        "review": review,
        "facts": facts_of(review),
        "diagnoses": diagnoses_of(review),
        "course": facts_of(review, COURSE),
        "items": _items(review, handled["corrections"]),
        "part": current.part,
        "others": case.readings.exclude(pk=current.pk).select_related("letter", "review"),
        "to_check": to_check(review),
        "asks": asks_of(case, timezone.localdate()),
        "text": case_text(case),
        **handled,
        **_list(case, request.GET),
        **_letter(case, request.GET),
    }
    return render(request, "cases/detail.html", context)


@require_safe
@permission_required("cases.view_case", raise_exception=True)
def case_summary(request: HttpRequest, pk: int) -> HttpResponse:
    """The case as plain text: what the page's button copies."""
    cases = Case.objects.select_related("review").prefetch_related(*WHOLE)
    case = get_object_or_404(cases, pk=pk)
    return HttpResponse(case_text(case), content_type="text/plain; charset=utf-8")


def _lead_on(request: HttpRequest, pk: int) -> HttpResponse:
    heir = Former.objects.heir(pk)
    if heir is None:
        raise Http404("no such case")
    messages.info(request, f"The case you asked for is part of {heir} by now.")
    query = f"?{request.GET.urlencode()}" if request.GET else ""
    return redirect(f"{heir.get_absolute_url()}{query}")


def _items(review: Review, corrections: dict[str, Correction]) -> list[Shown]:
    """`corrections` stand by the names of their cells."""
    shown = []
    for item in review.items.all():
        rows = side_by_side(*(side["citations"] for side in item.sides))
        added = corrections.get(f"item-{item.position}")
        cut_down = any(
            getattr(item, name) or f"item-{item.position}-{name}" in corrections
            for name in CUT_DOWN
        )
        shown.append(Shown(item, rows, in_common(rows), item_text(item), cut_down, added))
    return shown


def _list(case: Case, asked: QueryDict) -> dict[str, Any]:
    """The list that led here, as its query string, and the cases before and after this one."""
    rest = asked.copy()
    for name in OWN:
        rest.pop(name, None)
    return {
        "list_query": rest.urlencode(),
        "beside": neighbours(CaseFilter(rest, seconds=0), case),
    }


def _letter(case: Case, asked: QueryDict) -> dict[str, Any]:
    """The letter's pages as drawn, or as text with the values' words and those asked for."""
    letter, pages = case.review.reading.letter, pages_of(case.review.transcript)
    drawn = letter.kind == Letter.Kind.PDF and asked.get("as") != "text"
    at = asked_place(asked.get("at"))
    return {
        "letter": letter,
        "as_drawn": drawn,
        "unplaced": UNPLACED if letter.scan and not case.review.transcript.sheets else "",
        "at": at,
        "pages": pages if drawn else marked_pages(pages, places_of(case.review), at),
    }
