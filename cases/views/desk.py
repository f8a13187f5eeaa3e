"""Setting up the list: its columns and length, and views that are saved under a name."""

from typing import cast

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from cases.back import back
from cases.desk import in_words, set_up, settled_query
from cases.models import SavedView

look = permission_required("cases.view_case", raise_exception=True)


class ViewName(forms.ModelForm):
    """A name that this person has not given to another view."""

    class Meta:
        model = SavedView
        fields = ["name"]
        error_messages = {"name": {"required": "Give the view a name."}}

    def clean_name(self) -> str:
        name = cast(str, self.cleaned_data["name"])
        others = SavedView.objects.filter(user=self.instance.user, name=name)
        if others.exclude(pk=self.instance.pk).exists():
            raise forms.ValidationError(f"You have a view “{name}” already. Choose another name.")
        return name


@require_safe
@look
def home(request: HttpRequest) -> HttpResponse:
    """The view that opens first, or the whole list."""
    first = SavedView.objects.filter(user=request.user.pk, first=True).first()
    return redirect(first.address if first else "case_list")


@require_POST
@look
def list_settings(request: HttpRequest) -> HttpResponse:
    set_up(cast(int, request.user.pk), request.POST)
    return back(request, "case_list")


@require_safe
@look
def view_list(request: HttpRequest) -> HttpResponse:
    views = list(SavedView.objects.filter(user=request.user.pk))
    told = [(view, in_words(view.query)) for view in views]
    return render(request, "cases/views.html", {"section": "cases", "views": told})


@require_safe
@look
def view_open(request: HttpRequest, pk: int) -> HttpResponse:
    """Of anybody: an address to pass on. It shows cases to those only who may look at them."""
    return redirect(get_object_or_404(SavedView, pk=pk).address)


@require_POST
@look
def view_save(request: HttpRequest) -> HttpResponse:
    query = settled_query(request.POST.get("query", ""))
    view = SavedView(user_id=cast(int, request.user.pk), query=query)
    if _named(request, view):
        messages.success(request, f"Saved as “{view.name}”.")
    return redirect(view.address)


@require_POST
@look
def view_rename(request: HttpRequest, pk: int) -> HttpResponse:
    view = _own(request, pk)
    if _named(request, view):
        messages.success(request, f"The view is now called “{view.name}”.")
    return redirect("view_list")


@require_POST
@look
def view_first(request: HttpRequest, pk: int) -> HttpResponse:
    """Let it open first, or not any more."""
    view = _own(request, pk)
    with transaction.atomic():
        SavedView.objects.filter(user=request.user.pk, first=True).exclude(pk=pk).update(
            first=False
        )
        view.first = not view.first
        view.save()
    return redirect("view_list")


@require_POST
@look
def view_delete(request: HttpRequest, pk: int) -> HttpResponse:
    view = _own(request, pk)
    view.delete()
    messages.success(request, f"The view “{view.name}” is deleted. No case is.")
    return redirect("view_list")


def _own(request: HttpRequest, pk: int) -> SavedView:
    return get_object_or_404(SavedView, pk=pk, user=request.user.pk)


def _named(request: HttpRequest, view: SavedView) -> bool:
    """Save the view under the name that was sent, or say why not."""
    form = ViewName(request.POST, instance=view)
    if form.is_valid():
        form.save()
        return True
    for error in form.errors.get("name", []):
        messages.error(request, str(error))
    return False
