"""Doorbells: each takes a key, and is safe to ring twice."""

from celery import shared_task

from cases import reader
from cases import sweep as sweeper


@shared_task(name="cases.tasks.read_letter")
def read_letter(letter_id: int) -> None:
    reader.read_letter(letter_id)


@shared_task(name="cases.tasks.sweep")
def sweep() -> None:
    sweeper.sweep()
