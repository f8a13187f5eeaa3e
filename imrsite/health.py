"""Is the process alive, and can it do its work?"""

import hmac
import logging
from collections.abc import Callable

from celery import current_app
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.http import require_safe

logger = logging.getLogger(__name__)


@require_safe
@login_not_required
def livez(request: HttpRequest) -> HttpResponse:
    """This process answers. Depends on nothing."""
    return HttpResponse("ok\n", content_type="text/plain")


@require_safe
@login_not_required
def readyz(request: HttpRequest) -> HttpResponse:
    """Each thing that the work needs: 200 when all are there, 503 with the ones that are not.

    For people who are logged in, and for monitors that send `Authorization: Bearer READYZ_TOKEN`.
    """
    if not (_has_token(request) or request.user.is_authenticated):
        return HttpResponse("login or token needed\n", status=403, content_type="text/plain")
    found = {name: _well(name, look) for name, look in LOOKS.items()}
    return JsonResponse(found, status=200 if all(v == "ok" for v in found.values()) else 503)


def _has_token(request: HttpRequest) -> bool:
    given = request.headers.get("Authorization", "").removeprefix("Bearer ")
    wanted = settings.READYZ_TOKEN
    return bool(wanted) and hmac.compare_digest(given.encode(), wanted.encode())


def _well(name: str, look: Callable[[], None]) -> str:
    try:
        look()
    except Exception as error:
        # Whatever it is, the answer must say that this part is not ready, and the log why.
        logger.warning("not ready: %s (%s)", name, type(error).__name__)
        return "not ready"
    return "ok"


def _database() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")


def _broker() -> None:
    with current_app.connection_for_write() as broker:
        broker.ensure_connection(max_retries=1, timeout=2)


def _storage() -> None:
    letters = storages["letters"]
    letters.delete(letters.save(".ready", ContentFile(b"ready")))


def _migrations() -> None:
    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        raise RuntimeError("migrations are missing")


LOOKS = {
    "database": _database,
    "broker": _broker,
    "storage": _storage,
    "migrations": _migrations,
}
