"""Doorbells: each takes a key, and is safe to ring twice."""

from typing import Any

from celery import current_app, shared_task
from celery.signals import worker_process_init, worker_ready
from django.conf import settings

from cases import extraction, reader
from cases import sweep as sweeper
from cases.bell import ring_for_sweep
from cases.exports import sweeping, writing


@shared_task(name="cases.tasks.read_letter")
def read_letter(letter_id: int) -> None:
    reader.read_waiting(letter_id)


@shared_task(
    name="cases.tasks.read_scan",
    soft_time_limit=settings.SCAN_SOFT_SECONDS,
    time_limit=settings.SCAN_HARD_SECONDS,
)
def read_scan(letter_id: int) -> None:
    reader.read_letter(letter_id, scan=True)


@shared_task(name="cases.tasks.sweep")
def sweep() -> None:
    sweeper.sweep()
    sweeping.sweep()


@shared_task(
    name="cases.tasks.write_export",
    soft_time_limit=settings.EXPORT_SOFT_SECONDS,
    time_limit=settings.EXPORT_HARD_SECONDS,
)
def write_export(export_id: int) -> None:
    writing.write_export(export_id)


@worker_process_init.connect
def be_ready_to_read(**_: Any) -> None:
    if "letters" in current_app.amqp.queues.consume_from:
        extraction.start()


@worker_ready.connect
def sweep_while_working(sender: Any, **_: Any) -> None:
    """Every worker asks for sweeps itself, at its start and on: beat may be dead all along."""
    ring_for_sweep(settings.SWEEP_SECONDS)
    sender.timer.call_repeatedly(settings.SWEEP_SECONDS, ring_for_sweep, [settings.SWEEP_SECONDS])
