"""Letters coming in: a page with a plain form, whose answers a script may ask for as JSON."""

from django.contrib.auth.decorators import permission_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from cases import bell
from cases.forms import UploadForm
from cases.uploading import Upload, as_json, upload


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required("cases.add_letter", raise_exception=True)
def letter_add(request: HttpRequest) -> HttpResponse:
    """Several files at once, and a line of answer for each."""
    form, done = take(request)
    if request.method == "POST" and _wants_json(request):
        return _told(form, done)
    context = {"section": "letters", "form": form, **told(done)}
    return render(request, "letters/add.html", context)


def take(request: HttpRequest) -> tuple[UploadForm, Upload | None]:
    """The form, and what became of the files that were sent with it; the admin's page as well."""
    if request.method != "POST":
        return UploadForm(), None
    form = UploadForm(request.POST, request.FILES)
    if not form.is_valid():
        return form, None
    asked = form.cleaned_data
    key = request.user.pk
    return form, upload(asked["files"], key, asked["batch"], asked["of"] or 0)


def told(done: Upload | None) -> dict[str, object]:
    """The answers for a template."""
    if done is None:
        return {"answers": None}
    return {
        "answers": done.answers,
        "received": done.received,
        "batch": done.batch,
        "unheard": bell.unheard(),
    }


def _wants_json(request: HttpRequest) -> bool:
    return request.get_preferred_type(["text/html", "application/json"]) == "application/json"


def _told(form: UploadForm, done: Upload | None) -> JsonResponse:
    if done is None:
        errors = [str(error) for field in form.errors.values() for error in field]
        return JsonResponse({"error": " ".join(errors)}, status=400)
    return JsonResponse(
        {
            "batch": done.batch.pk if done.batch else None,
            "unheard": bell.unheard(),
            "answers": [as_json(answer) for answer in done.answers],
        }
    )
