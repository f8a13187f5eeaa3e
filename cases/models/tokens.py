"""Keys by which programs come in."""

import hashlib
import secrets
from datetime import timedelta
from typing import ClassVar

from auditlog.registry import auditlog
from django.conf import settings
from django.db import models, transaction
from django.db.models import Q
from django.db.models.functions import Now
from django.utils import timezone

PREFIX = "imr_"  # so that a token that got out is known for one wherever it turns up
NOTED_EVERY = timedelta(minutes=1)


class TooManyTokens(Exception):
    """The user has as many as one may have."""


class TokenQuerySet(models.QuerySet["Token"]):
    def valid(self) -> "TokenQuerySet":
        return self.filter(Q(expires_at=None) | Q(expires_at__gt=Now()), user__is_active=True)

    def of_secret(self, secret: str) -> "Token | None":
        return self.valid().filter(digest=digest_of(secret)).select_related("user").first()


class Token(models.Model):
    """Lets a program do what its user may. The secret is shown once; its hash is kept."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="api_tokens", editable=False
    )
    name = models.CharField(max_length=80, help_text="what uses it")
    digest = models.CharField(max_length=64, unique=True, editable=False)
    made_at = models.DateTimeField(db_default=Now(), editable=False)
    used_at = models.DateTimeField("last used", null=True, editable=False)
    expires_at = models.DateTimeField(null=True, editable=False)

    objects = TokenQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-made_at", "-id"]
        verbose_name = "API token"

    def __str__(self) -> str:
        return self.name

    @property
    def expired(self) -> bool:
        return self.expires_at is not None and self.expires_at <= timezone.now()

    def note_use(self) -> None:
        """To the minute: a program that fetches page after page must not write with each."""
        now = timezone.now()
        if self.used_at is None or now - self.used_at > NOTED_EVERY:
            Token.objects.filter(pk=self.pk).update(used_at=now)


def digest_of(secret: str) -> str:
    """Of 256 random bits, so that a plain hash cannot be turned back by guessing."""
    return hashlib.sha256(secret.encode()).hexdigest()


def issue(user_id: int, name: str, days: int | None) -> tuple[Token, str]:
    """A new token and its secret, which nobody can be told again. Raises TooManyTokens."""
    secret = PREFIX + secrets.token_urlsafe(32)
    until = timezone.now() + timedelta(days=days) if days else None
    with transaction.atomic():
        mine = Token.objects.filter(user_id=user_id).select_for_update()
        if len(mine) >= settings.API_TOKENS_MOST:
            raise TooManyTokens
        token = Token.objects.create(
            user_id=user_id, name=name, digest=digest_of(secret), expires_at=until
        )
    return token, secret


# Who made and who revoked which; not its hash, nor each use.
auditlog.register(Token, exclude_fields=["digest", "used_at"])
