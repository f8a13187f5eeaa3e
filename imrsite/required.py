"""What must be set before anything is served or read in the background."""

import os
from typing import Any

from django.core.checks import CheckMessage, Error, register
from django.core.exceptions import ImproperlyConfigured

REQUIRED = {
    "SECRET_KEY": "the output of: python -c 'import secrets; print(secrets.token_urlsafe(50))'",
    "DATABASE_URL": "postgres://USER:PASSWORD@HOST:5432/NAME",
    "CELERY_BROKER_URL": "redis://HOST:6379/0",
}


def missing() -> dict[str, str]:
    return {name: form for name, form in REQUIRED.items() if not os.environ.get(name)}


@register
def check_required(**_: Any) -> list[CheckMessage]:
    return [
        Error(
            f"The environment variable {name} is not set.",
            hint=f"Set it to {form}. `make run` sets all three for trying imrsite out.",
            id="imrsite.E001",
        )
        for name, form in missing().items()
    ]


def insist() -> None:
    """For the web process and the workers, which run no checks. Raises ImproperlyConfigured."""
    if missing():
        raise ImproperlyConfigured(f"Environment variables not set: {', '.join(missing())}.")
