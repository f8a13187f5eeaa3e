"""The Celery application: `celery -A imrsite worker`, `celery -A imrsite beat`."""

import os
from typing import Any

from celery import Celery
from celery.signals import beat_init, celeryd_init

from imrsite.required import insist

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "imrsite.settings")

app = Celery("imrsite")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()


@celeryd_init.connect
@beat_init.connect
def check_settings(**_: Any) -> None:
    """A worker or beat without its settings ends at once, with the names of what is missing."""
    insist()
