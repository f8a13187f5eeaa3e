"""The queue of what is due, what people enter about it, and its calendar."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required, permission_required
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from cases.answering import answer, received, take_back
from cases.back import back
from cases.deadlines import RULES
from cases.due import TITLES, WEEK, sections
from cases.due_forms import AnswerForm, DayForm
from cases.feed import feed, make_key, user_of
from cases.models import CalendarAddress, Case, Deadline


@require_safe
@permission_required("cases.view_case", raise_exception=True)
def due_list(request: HttpRequest) -> HttpResponse:
    """What is due, by how soon; or one section of it with all its pages."""
    only = request.GET.get("section", "")
    if only and only not in TITLES:
        raise Http404("no such section")
    today, mine = timezone.localdate(), "mine" in request.GET
    found = sections(today, only, request.GET.get("page"), _user(request) if mine else None)
    page = found[0].page if only else None
    context = {
        "section": "due",
        "sections": found,
        "only": only,
        "today": today,
        "week_ends": today + WEEK,
        "mine": mine,
        "none_at_all": not only and not any(each.total for each in found),
        "page": page,
        "pages": page.paginator.get_elided_page_range(page.number) if page else [],
        "query": f"section={only}" + ("&mine=1" if mine else ""),
        "rules": RULES.values(),
        "next": request.get_full_path(),
    }
    return render(request, "due/list.html", context)


@require_POST
@permission_required("cases.change_deadline", raise_exception=True)
def case_received(request: HttpRequest, pk: int) -> HttpResponse:
    """Enter the day on which the case's determination was received, or take it back."""
    case = get_object_or_404(Case, pk=pk)
    form = DayForm(case, request.POST)
    if not form.is_valid():
        messages.error(request, f"The day of receipt was not changed. {form.problem}")
        return back(request, case.get_absolute_url())
    day = form.cleaned_data["day"]
    received(case, day, _user(request))
    told = f"{case}: received on {day}." if day else f"{case}: the day of receipt is assumed again."
    messages.success(request, told)
    return back(request, case.get_absolute_url())


@require_POST
@permission_required("cases.change_deadline", raise_exception=True)
def case_answer(request: HttpRequest, pk: int) -> HttpResponse:
    """Say that what the decision asks for was done, or why it need not be."""
    case = get_object_or_404(Case, pk=pk)
    form = AnswerForm(case, request.POST)
    if not form.is_valid():
        messages.error(request, f"Nothing was marked as done. {form.problem}")
        return back(request, case.get_absolute_url())
    said = form.cleaned_data
    answer(case, said["kind"], said["how"], said["day"], _user(request))
    messages.success(request, f"{case}: marked as done. It can be undone under Done.")
    return back(request, case.get_absolute_url())


@require_POST
@permission_required("cases.change_deadline", raise_exception=True)
def case_unanswer(request: HttpRequest, pk: int) -> HttpResponse:
    """Take back what was said, with one click."""
    case = get_object_or_404(Case, pk=pk)
    kind = request.POST.get("kind", "")
    deadline = get_object_or_404(Deadline, case=case, kind=kind if kind in RULES else "")
    take_back(case, deadline.as_kind)
    messages.success(request, f"{case}: no longer marked as done.")
    return back(request, case.get_absolute_url())


@permission_required("cases.view_case", raise_exception=True)
def due_calendar(request: HttpRequest) -> HttpResponse:
    """The user's secret address: made, renewed or revoked here; shown once, when it is made."""
    user, address = _user(request), ""
    if request.method == "POST" and "revoke" in request.POST:
        for each in CalendarAddress.objects.filter(user=user):
            each.delete()
        messages.success(request, "The calendar's address is revoked and no longer works.")
        return redirect("due_calendar")
    if request.method == "POST":
        address = request.build_absolute_uri(f"{reverse('due_feed')}?key={make_key(user)}")
    made = CalendarAddress.objects.filter(user=user).first()
    context = {"section": "due", "address": address, "made": made}
    return render(request, "due/calendar.html", context)


@require_safe
@login_not_required
def due_feed(request: HttpRequest) -> HttpResponse:
    """The calendar, for whoever knows a key; a key in the query stays out of access logs."""
    user = user_of(request.GET.get("key", ""))
    if user is None:
        raise PermissionDenied
    body = feed(
        timezone.localdate(),
        lambda case: request.build_absolute_uri(case.get_absolute_url()),
        user if "mine" in request.GET else None,
    )
    response = HttpResponse(body, content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = 'inline; filename="due.ics"'
    response["Cache-Control"] = "private, no-store"
    response["Referrer-Policy"] = "no-referrer"
    return response


def _user(request: HttpRequest) -> User:
    user = request.user
    assert isinstance(user, User), "the permission asks for a login"
    return user
