"""Start-up checks: name what is missing, and what to do about it."""

import os
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, Warning, register
from django.core.files.storage import storages
from django.db import OperationalError, connection

from cases.storage import LetterStorage

LEAST_POSTGRESQL = 150000


@register(Tags.files)
def check_letters_folder(**_: Any) -> list[CheckMessage]:
    """Letters must be storable, and private."""
    if not isinstance(storages["letters"], LetterStorage):
        return []
    folder = Path(settings.LETTERS_DIR)
    there = next(part for part in (folder, *folder.parents) if part.exists())
    if not os.access(there, os.W_OK | os.X_OK):
        return [
            Error(
                f"Letters cannot be stored in {folder}.",
                hint="Set LETTERS_DIR to a folder that the web process and the workers may write.",
                id="cases.E001",
            )
        ]
    if folder.exists() and folder.stat().st_mode & 0o007:
        return [
            Warning(
                f"Everybody on this machine may look into {folder}.",
                hint=f"chmod o-rwx {folder}",
                id="cases.W001",
            )
        ]
    return []


@register(Tags.compatibility)
def check_broker_url(**_: Any) -> list[CheckMessage]:
    """Only Redis-protocol brokers are known to work with these transport options."""
    url = settings.CELERY_BROKER_URL
    if not url or url.startswith(("redis://", "rediss://", "redis+socket://")):
        return []
    return [
        Error(
            "CELERY_BROKER_URL is no Redis address.",
            hint="Use redis://HOST:6379/0, rediss:// for TLS, or redis+socket:///PATH.",
            id="cases.E002",
        )
    ]


@register
def check_lease(**_: Any) -> list[CheckMessage]:
    """A lease or a delivery that runs out before its reader must have ended is read twice."""
    hard = settings.CELERY_TASK_TIME_LIMIT
    visible = settings.CELERY_BROKER_TRANSPORT_OPTIONS["visibility_timeout"]
    short = {
        "LEASE_SECONDS": hard >= settings.LEASE_SECONDS,
        "SCAN_LEASE_SECONDS": settings.SCAN_LEASE_SECONDS <= settings.SCAN_HARD_SECONDS,
        "BROKER_VISIBILITY_SECONDS": visible <= max(hard, settings.SCAN_HARD_SECONDS),
    }
    return [
        Warning(
            f"{name} is not longer than a reader may take: letters may be read twice.",
            hint="Set it above READ_HARD_SECONDS and SCAN_HARD_SECONDS, with some room.",
            id="cases.W002",
        )
        for name, too_short in short.items()
        if too_short
    ]


@register(Tags.database)
def check_database(**_: Any) -> list[CheckMessage]:
    """PostgreSQL, new enough, and reachable."""
    if not settings.DATABASE_URL:
        return []
    if connection.vendor != "postgresql":
        return [
            Error(
                "DATABASE_URL does not name a PostgreSQL database.",
                hint="Use postgres://USER:PASSWORD@HOST:5432/NAME.",
                id="cases.E003",
            )
        ]
    try:
        with connection.cursor() as cursor:
            cursor.execute("SHOW server_version_num")
            version = int(cursor.fetchone()[0])
    except OperationalError as error:
        return [
            Error(
                f"The database cannot be reached: {error}".strip(),
                hint="Is PostgreSQL running, and does DATABASE_URL name it?",
                id="cases.E004",
            )
        ]
    if version >= LEAST_POSTGRESQL:
        return []
    return [Error("PostgreSQL is too old.", hint="Version 15 or newer is needed.", id="cases.E005")]
