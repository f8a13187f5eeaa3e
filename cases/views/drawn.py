"""A letter's drawn pages, and where words stand on them."""

from django.contrib.auth.decorators import permission_required
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from cases.drawing import boxes, draw, value_boxes
from cases.models import Case, Letter
from cases.paging import WHOLE
from cases.places import places_of
from reviews.reading.text import Unreadable


@require_safe
@permission_required("cases.view_letter", raise_exception=True)
def letter_page(request: HttpRequest, pk: int, page: int) -> HttpResponse:
    """One page as a picture: its text can be read, its scripts cannot run."""
    letter = get_object_or_404(Letter, pk=pk, kind=Letter.Kind.PDF)
    try:
        picture = draw(letter, page)
    except (Unreadable, FileNotFoundError) as trouble:
        raise Http404("This page cannot be drawn.") from trouble
    return HttpResponse(picture, content_type="image/png")


@require_safe
@permission_required("cases.view_case", raise_exception=True)
def case_boxes(request: HttpRequest, pk: int) -> JsonResponse:
    """The rectangles of the letter's characters `start` up to `end` on its drawn pages."""
    try:
        start, end = int(request.GET["start"]), int(request.GET["end"])
    except (KeyError, ValueError):
        return JsonResponse({"error": "start and end must be whole numbers"}, status=400)
    review = get_object_or_404(_cases(), pk=pk).review
    try:
        found = boxes(review.reading.letter, review.transcript, start, end)
    except (Unreadable, FileNotFoundError):
        found = []
    return JsonResponse({"boxes": found})


@require_safe
@permission_required("cases.view_case", raise_exception=True)
def case_values(request: HttpRequest, pk: int, page: int) -> JsonResponse:
    """The rectangles of all values on one drawn page."""
    review = get_object_or_404(_cases().prefetch_related(*WHOLE), pk=pk).review
    places = places_of(review)
    try:
        found = value_boxes(review.reading.letter, review.transcript, page, places)
    except (Unreadable, FileNotFoundError):
        found = []
    return JsonResponse({"boxes": found})


def _cases() -> QuerySet[Case]:
    return Case.objects.select_related("review__transcript", "review__reading__letter")
