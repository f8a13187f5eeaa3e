"""The broker stopped, emptied, hung, and bells that ring too often."""

import signal
import time

import pytest
from celery import current_app

from cases.models import Attempt, Letter
from cases.sweep import sweep
from tests.faults.conftest import Breakable
from tests.faults.proof import (
    assert_nothing_left,
    assert_read_once,
    bring,
    wait_until_ended,
    wait_until_read,
)
from tests.workers import forget_broker, working

pytestmark = [pytest.mark.processes, pytest.mark.django_db(transaction=True)]


def test_flushed_and_killed_with_200_letters_waiting(broker: Breakable) -> None:
    names = bring(200)
    with working() as worker:
        wait_until_read(10)
        broker.crash()  # it keeps nothing on disk: every bell is gone
        assert Letter.objects.in_progress().exists()
        names += bring(5, start=500)  # and uploads go on
        broker.start()
        wait_until_ended()
        assert_read_once(names)
        assert_nothing_left(worker)


def test_hung_while_letters_come_in(broker: Breakable) -> None:
    child = broker.service.child
    assert child is not None
    child.process.send_signal(signal.SIGSTOP)
    began = time.monotonic()
    names = bring(3)
    took = time.monotonic() - began
    child.process.send_signal(signal.SIGCONT)
    assert took < 9  # three of its 2 s, once; then nobody tries for a while
    with working() as worker:
        wait_until_ended()
        assert_read_once(names)
        assert_nothing_left(worker)


def test_every_bell_rung_three_times_for_two_workers(broker: Breakable) -> None:
    names = bring(60)
    for _ in range(2):
        for key in Letter.objects.values_list("pk", flat=True):
            current_app.send_task("cases.tasks.read_letter", [key], queue="letters")
    with working() as one, working() as other:
        wait_until_ended()
        forget_broker()
        assert_read_once(names)
        assert Attempt.objects.count() == len(names)
        for worker in (one, other):
            assert_nothing_left(worker)


def test_bells_do_not_pile_up_while_nobody_listens(broker: Breakable) -> None:
    bring(20)
    Letter.objects.update(received_at="2020-01-01T00:00Z")
    with current_app.connection_for_read() as connection:
        connection.default_channel.queue_purge("letters")
        found = [sweep() for _ in range(3)]
    assert [each.rung for each in found] == [20, 0, 0]
    assert found[0].waiting == 20
    assert found[0].oldest == Letter.objects.order_by("pk")[0].pk
