"""Who comes in, and what for: a token in a header, and the same rights as on the pages."""

from typing import Any

from django.contrib.auth.models import User
from rest_framework.authentication import TokenAuthentication as DrfTokenAuthentication
from rest_framework.exceptions import AuthenticationFailed
from rest_framework.permissions import BasePermission
from rest_framework.request import Request

from cases.models import Token


class TokenAuthentication(DrfTokenAuthentication):
    """`Authorization: Bearer TOKEN`. No cookie opens the API, so no other site can use one."""

    keyword = "Bearer"

    def authenticate_credentials(self, key: str) -> tuple[User, Token]:
        token = Token.objects.of_secret(key)
        if token is None:
            raise AuthenticationFailed("The token is not known, was revoked or has expired.")
        token.note_use()
        return token.user, token


class HasRight(BasePermission):
    """The right that the view names for the method in `rights`."""

    message = "Your account may not do this. Ask a manager to put you in the right group."

    def has_permission(self, request: Request, view: Any) -> bool:
        method = "GET" if request.method in {"HEAD", "OPTIONS"} else request.method
        right = view.rights.get(method)
        # Where there is no such method, the answer is that, not a lack of rights.
        return bool(request.user.is_authenticated) and (not right or request.user.has_perm(right))
