"""Who may come in, from where, and for how long."""

from collections.abc import Callable
from typing import Any

from auditlog.middleware import AuditlogMiddleware
from django.conf import settings
from django.contrib.auth import logout
from django.contrib.auth.middleware import LoginRequiredMiddleware as DjangoLoginRequired
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.cache import add_never_cache_headers
from django.utils.functional import SimpleLazyObject


class LoginRequiredMiddleware(DjangoLoginRequired):
    """Every page asks for a login but those marked `login_not_required`."""


SEEN_SECONDS = 60  # how exactly idleness is known: noting it on every page waits for the disk


class SessionAgeMiddleware:
    """End a session that is older than settings.SESSION_LONGEST, however busy; keep pages uncached.

    One in use is saved each SEEN_SECONDS, which puts off its end of idleness. A page seen after
    login must not come back from the browser's cache on a shared machine.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.user.is_authenticated:
            now = int(timezone.now().timestamp())
            began = request.session.setdefault("began", now)
            if now - began > settings.SESSION_LONGEST.total_seconds():
                logout(request)
            elif now - request.session.get("seen", 0) >= SEEN_SECONDS:
                request.session["seen"] = now
        response = self.get_response(request)
        if request.user.is_authenticated and "Cache-Control" not in response:
            add_never_cache_headers(response)
            response["Cache-Control"] = "no-store, private"
        return response


class AuditMiddleware(AuditlogMiddleware):
    """Records the user as known in the moment, a token's as well, and the address of `client_ip`.

    The package asks for the user before the API has looked at the token, and believes any
    X-Forwarded-For.
    """

    @staticmethod
    def _get_actor(request: HttpRequest) -> Any:
        return SimpleLazyObject(lambda: request.user)

    @staticmethod
    def _get_remote_addr(request: HttpRequest) -> str:
        return client_ip(request)


def client_ip(request: HttpRequest) -> str:
    """The caller's address: behind settings.PROXY_COUNT trusted proxies, the one the first saw."""
    chain = [part.strip() for part in request.META.get("HTTP_X_FORWARDED_FOR", "").split(",")]
    if 0 < settings.PROXY_COUNT <= len(chain) and chain[0]:
        return chain[-settings.PROXY_COUNT]
    return request.META.get("REMOTE_ADDR", "")
