"""The Celery application: `celery -A imrsite worker`, `celery -A imrsite beat`."""

import os
import sys
from typing import Any

from celery import Celery
from celery.signals import beat_init, celeryd_init, task_prerun
from django.db import close_old_connections
from kombu.transport.redis import Transport

from imrsite.required import insist

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "imrsite.settings")

# When the broker goes away, acknowledging a bell, or putting one back, on the channel that went
# with it raises this, and a worker's main process dies of what it does not take for a lost
# connection. As one, it connects anew, and the sweep rings for what was in hand.
Transport.connection_errors += (AttributeError,)

app = Celery("imrsite")
app.config_from_object("django.conf:settings", namespace="CELERY")
# Celery would connect with the database anew for every task, which takes longer than a save.
app.conf["CELERY_DB_REUSE_MAX"] = sys.maxsize
app.autodiscover_tasks()


@celeryd_init.connect
@beat_init.connect
def check_settings(**_: Any) -> None:
    """A worker or beat without its settings ends at once, with the names of what is missing."""
    insist()


@task_prerun.connect
def drop_dead_connections(**_: Any) -> None:
    """As before a request: a connection past CONN_MAX_AGE goes, and the next query tries it."""
    close_old_connections()
