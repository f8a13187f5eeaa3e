"""The user's own tokens, and the page that describes the API."""

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from cases.api.description import operations
from cases.forms import TokenForm
from cases.models import Token, TooManyTokens, issue


@require_http_methods(["GET", "HEAD", "POST"])
def token_list(request: HttpRequest) -> HttpResponse:
    """The user's tokens; a new one is shown in the answer that makes it, and never again."""
    form = TokenForm(request.POST or None)
    made = secret = None
    if request.method == "POST" and form.is_valid():
        try:
            made, secret = issue(_me(request), form.cleaned_data["name"], form.days)
            form = TokenForm()
        except TooManyTokens:
            form.add_error(None, f"You have {settings.API_TOKENS_MOST} tokens. Revoke one first.")
    context = {
        "form": form,
        "made": made,
        "secret": secret,
        "tokens": Token.objects.filter(user=_me(request)),
        "most": settings.API_TOKENS_MOST,
    }
    return render(request, "account/tokens.html", context)


@require_POST
def token_revoke(request: HttpRequest, pk: int) -> HttpResponse:
    token = get_object_or_404(Token, pk=pk, user=_me(request))
    token.delete()
    messages.success(request, f"{token.name} is revoked. Programs that use it are shut out.")
    return redirect("token_list")


def _me(request: HttpRequest) -> int:
    assert request.user.pk  # nobody comes here without a login
    return request.user.pk


@require_safe
def api_docs(request: HttpRequest) -> HttpResponse:
    return render(request, "api/docs.html", {"operations": operations()})
