"""What a web process keeps for good is set aside once, after its first pages."""

import gc
from itertools import count
from unittest import mock

import pytest
from django.core.signals import request_finished
from django.dispatch import Signal

from cases import keeping


def test_what_stays_is_set_aside_once_after_the_first_pages(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    pages = Signal()
    pages.connect(keeping.keep_after_the_first_pages)
    monkeypatch.setattr(keeping, "request_finished", pages)
    monkeypatch.setattr(keeping, "_pages", count(1))
    with mock.patch.object(keeping, "gc", wraps=gc, freeze=mock.Mock(), set_threshold=mock.Mock()):
        for page in range(1, 2 * keeping.FIRST):
            pages.send(sender=None)
            assert keeping.gc.freeze.call_count == (page >= keeping.FIRST)
        most, few, seldom = keeping.gc.set_threshold.call_args.args
    assert (most, few, seldom) == (*gc.get_threshold()[:2], 1)


def test_every_web_process_does_so() -> None:
    listening = {receiver() for _key, receiver, *_ in request_finished.receivers}
    assert keeping.keep_after_the_first_pages in listening or gc.get_freeze_count()
