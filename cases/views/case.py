"""One case beside its letter."""

from typing import Any

from django.contrib.auth.decorators import permission_required
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from cases.asked import asks_of
from cases.checking import to_check
from cases.facts import COURSE, diagnoses_of, facts_of
from cases.models import Case, Letter
from cases.paging import WHOLE
from cases.places import asked_place, marked_pages, places_of
from cases.transcript import pages_of

OWN = ("as", "at")  # parameters of this page; all others are the list's that led here


@require_safe
@permission_required("cases.view_case", raise_exception=True)
def case_detail(request: HttpRequest, pk: int) -> HttpResponse:
    cases = Case.objects.select_related("review__transcript", "review__reading__letter")
    case = get_object_or_404(cases.prefetch_related(*WHOLE), pk=pk)
    review, current = case.review, case.review.reading
    context = {
        "section": "cases",
        "case": case,
        "review": review,
        "facts": facts_of(review),
        "diagnoses": diagnoses_of(review),
        "course": facts_of(review, COURSE),
        "part": current.part,
        "others": case.readings.exclude(pk=current.pk).select_related("letter", "review"),
        "to_check": to_check(review),
        "asks": asks_of(case, timezone.localdate()),
        "list_query": _list_query(request.GET).urlencode(),
        **_letter(case, request.GET),
    }
    return render(request, "cases/detail.html", context)


def _letter(case: Case, asked: QueryDict) -> dict[str, Any]:
    """The letter's pages as drawn, or as text with the values' words and those asked for."""
    letter, pages = case.review.reading.letter, pages_of(case.review.transcript)
    drawn = letter.kind == Letter.Kind.PDF and asked.get("as") != "text"
    at = asked_place(asked.get("at"))
    return {
        "letter": letter,
        "as_drawn": drawn,
        "at": at,
        "pages": pages if drawn else marked_pages(pages, places_of(case.review), at),
    }


def _list_query(asked: QueryDict) -> QueryDict:
    rest = asked.copy()
    for name in OWN:
        rest.pop(name, None)
    return rest
