"""Readers and whole workers killed in the middle of letters."""

import signal

import pytest
from django.db.models import QuerySet

from cases.models import Attempt, Letter
from tests.faults.proof import (
    assert_nothing_left,
    assert_read_once,
    bring,
    wait_until_ended,
    wait_until_read,
)
from tests.workers import Worker, children, send, wait, working

SLOW = ("-m", "tests.faults.odd_worker")

pytestmark = [pytest.mark.processes, pytest.mark.django_db(transaction=True)]


def kill_holder(worker: Worker, attempt: Attempt) -> bool:
    """Kill the reader in the middle of this attempt; False when it is over or the reader gone.

    It is stopped first, so that the letter is surely still in its hands when it dies.
    """
    pid = int(attempt.worker.rpartition(":")[2])
    if pid not in worker.others() or not send(pid, signal.SIGSTOP):
        return False
    held = Letter.objects.filter(lease_token=attempt.token).exists()
    send(pid, signal.SIGKILL if held else signal.SIGCONT)
    return held


def kill_one(worker: Worker, attempts: QuerySet[Attempt], killed: list[int]) -> bool:
    """Kill the reader of one of these attempts that runs and was not killed before."""
    for attempt in attempts.filter(code="").exclude(pk__in=killed):
        if kill_holder(worker, attempt):
            killed.append(attempt.pk)
            return True
    return False


def test_readers_killed_in_the_middle_of_letters(broker: object) -> None:
    names = bring(120)
    killed: list[int] = []
    with working(*SLOW, ODD_SECONDS="0.2", concurrency=4) as worker:
        first = Attempt.objects.filter(letter__attempts=1)
        for _ in range(20):
            wait(lambda: kill_one(worker, first, killed), 60, "a reader holds a letter")
        wait_until_ended()
        lost = Attempt.objects.filter(code="reader-lost").values_list("pk", flat=True)
        assert sorted(lost) == sorted(killed)
        assert_read_once(names)
        assert_nothing_left(worker)


def test_extractors_killed_at_any_time(broker: object) -> None:
    names = bring(100)
    with working() as worker:
        for done in range(0, 80, 4):
            wait_until_read(done)
            wait(lambda: kill_an_extractor(worker), 60, "an extractor lives")
        wait_until_ended()
        assert_read_once(names)
        assert_nothing_left(worker)


def kill_an_extractor(worker: Worker) -> bool:
    pools = children(worker.process.pid)
    found = [pid for pool in pools for pid in children(pool)]
    return any(send(pid, signal.SIGKILL) for pid in found[:1])


def test_the_whole_worker_killed_and_another_started(broker: object) -> None:
    names = bring(80)
    for done in (10, 30):
        with working() as worker:
            wait_until_read(done)
            worker.kill()
            # What its readers have in hand they may finish; then they end by themselves.
            wait(lambda: not worker.others(), 30, "no reader outlives its worker")
    with working() as worker:
        wait_until_ended()
        assert_read_once(names)
        assert_nothing_left(worker)


def test_a_letter_that_kills_every_reader_is_set_aside(broker: object) -> None:
    names = bring(40)
    poison = Letter.objects.order_by("pk")[5]
    killed: list[int] = []
    with working(*SLOW, ODD_SECONDS="2", ODD_WORDS=names[5]) as worker:
        tries = Attempt.objects.filter(letter=poison)
        for _ in range(2):
            wait(lambda: kill_one(worker, tries, killed), 60, "the poison is being read")
        wait_until_ended()
        poison.refresh_from_db()
        assert (poison.state, poison.code) == ("failed", "gave-up")
        assert Letter.objects.filter(state="read").count() == len(names) - 1
        lost = Attempt.objects.filter(code="reader-lost").values_list("letter", flat=True)
        assert list(lost) == [poison.pk, poison.pk]
        assert_nothing_left(worker)
