"""The API's answers."""

from functools import partial

from django.db.models import F, prefetch_related_objects
from django.http import Http404
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from drf_spectacular.utils import extend_schema
from rest_framework.exceptions import ValidationError
from rest_framework.parsers import MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from cases.api import rows
from cases.api.asking import LetterForm, filter_of, sentences, turn, understand
from cases.api.describing import LETTERS, LISTED, PAGED
from cases.filters import CaseFilter
from cases.forms import UploadForm
from cases.keyset import cases_after, newest_first, page_after
from cases.models import Case, Export, Former, Letter
from cases.paging import WHOLE
from cases.uploading import upload
from reviews.models import DisputedItem, Guideline, Treatment


class Cases(APIView):
    """Cases with their items in brief, by the parameters and in the order of the list."""

    # What a program fetches leaves the house: that is an export, not a look.
    rights = {"GET": "cases.export_case"}

    @extend_schema(
        operation_id="cases", parameters=[*LISTED, *PAGED], responses=rows.page_of(rows.CaseRow)
    )
    def get(self, request: Request) -> Response:
        found = filter_of(request)
        cases, following = turn(request, partial(cases_after, found))
        prefetch_related_objects(cases, "review__items")
        _record(request, found, "cases", len(cases))
        return Response({"next": following, "results": rows.CaseRow(cases, many=True).data})


class OneCase(APIView):
    """A case with everything that its page tells."""

    rights = {"GET": "cases.view_case"}

    @extend_schema(operation_id="case", responses=rows.WholeCase)
    def get(self, request: Request, pk: int) -> HttpResponseBase:
        cases = Case.objects.select_related("review").prefetch_related(*WHOLE)
        try:
            return Response(rows.WholeCase(cases.get(pk=pk)).data)
        except Case.DoesNotExist as gone:
            if heir := Former.objects.heir(pk):
                return redirect("api_case", heir.pk)
            raise Http404("no such case") from gone


class Items(APIView):
    """The items that meet the item parameters, of the cases that the parameters find.

    `limit` counts cases, so that a case's items are never torn apart between two pages.
    """

    rights = {"GET": "cases.export_case"}

    @extend_schema(
        operation_id="items", parameters=[*LISTED, *PAGED], responses=rows.page_of(rows.ItemRow)
    )
    def get(self, request: Request) -> Response:
        found = filter_of(request)
        cases, following = turn(request, partial(cases_after, found))
        items = _items_of(cases, found)
        _record(request, found, "items", len(items))
        return Response({"next": following, "results": rows.ItemRow(items, many=True).data})


class Letters(APIView):
    """Letters, the latest first, and how each stands."""

    rights = {"GET": "cases.view_letter", "POST": "cases.add_letter"}
    parser_classes = [MultiPartParser]

    @extend_schema(
        operation_id="letters",
        parameters=[*LETTERS, *PAGED],
        responses=rows.page_of(rows.LetterRow),
    )
    def get(self, request: Request) -> Response:
        asked = LetterForm(request.query_params)
        understand(request, asked)
        wanted = {name: value for name, value in asked.cleaned_data.items() if value}
        order = newest_first("received_at")
        letters = Letter.objects.filter(**wanted).order_by(*order)
        found, following = turn(request, partial(page_after, letters, order))
        prefetch_related_objects(found, "readings__case")
        return Response({"next": following, "results": rows.LetterRow(found, many=True).data})

    @extend_schema(
        operation_id="add_letters",
        request={"multipart/form-data": rows.FilesRow},
        responses=rows.UploadRow,
    )
    def post(self, request: Request) -> Response:
        """Take several files in, or ZIPs of them; each is answered for, and is read later."""
        form = UploadForm(request.POST, request.FILES)
        if not form.is_valid():
            raise ValidationError(sentences(form))
        asked = form.cleaned_data
        done = upload(asked["files"], request.user.pk, asked["batch"], asked["of"] or 0)
        return Response(rows.UploadRow(done).data)


class OneLetter(APIView):
    """How a letter stands, and its cases."""

    rights = {"GET": "cases.view_letter"}

    @extend_schema(operation_id="letter", responses=rows.LetterRow)
    def get(self, request: Request, pk: int) -> Response:
        letters = Letter.objects.prefetch_related("readings__case")
        return Response(rows.LetterRow(get_object_or_404(letters, pk=pk)).data)


class Guidelines(APIView):
    """The catalogue of guidelines: the values of the parameter `guideline`."""

    rights = {"GET": "cases.view_case"}

    @extend_schema(operation_id="guidelines", responses=rows.GuidelineRow(many=True))
    def get(self, request: Request) -> Response:
        return Response(rows.GuidelineRow(Guideline.objects.all(), many=True).data)


class Treatments(APIView):
    """The catalogue of treatments: the values of the parameter `treatment`."""

    rights = {"GET": "cases.view_case"}

    @extend_schema(operation_id="treatments", responses=rows.TreatmentRow(many=True))
    def get(self, request: Request) -> Response:
        return Response(rows.TreatmentRow(Treatment.objects.all(), many=True).data)


def _items_of(cases: list[Case], found: CaseFilter) -> list[DisputedItem]:
    """Those of these cases that the filter asks for, case by case; each knows its case."""
    case_of = {case.review_id: case for case in cases}
    place = {review: number for number, review in enumerate(case_of)}
    items = found.items().filter(review__in=case_of).select_related("treatment")
    items = items.prefetch_related("citations__guideline")
    for item in (ordered := sorted(items, key=lambda i: (place[i.review_id], i.position))):
        case = case_of[item.review_id]
        item.case, item.number, item.decision_date = case.pk, case.number, case.decided_on  # type: ignore[attr-defined]
    return ordered


def _record(request: Request, found: CaseFilter, kind: str, count: int) -> None:
    """Who took which rows out: one record of all pages that follow each other."""
    query = found.data.copy()
    further = bool(query.get("cursor"))
    for name in ("cursor", "limit"):
        query.pop(name, None)
    about = {"user_id": request.user.pk, "kind": kind, "filters": query.urlencode()}
    about |= {"format": Export.Format.JSONL, "state": Export.State.SENT}
    latest = Export.objects.filter(**about).order_by("-pk").values("pk")[:1]
    rows = F("rows") + count
    if not (further and Export.objects.filter(pk__in=latest, rows__isnull=False).update(rows=rows)):
        Export.objects.create(**about, rows=count)
