"""Spare the garbage collector what a web process keeps for good.

Every few pages Python looks through all objects for those that nobody needs. Most of them are
modules, forms and templates, which stay; looking at them again and again costs some page a fifth
of a second each time. Once the first pages have loaded them they are set aside. The little that is
left is looked through often, so that no page has to do it for ten others.
"""

import gc
from itertools import count
from typing import Any

from django.core.signals import request_finished

FIRST = 30  # pages, by which nearly everything is loaded
_pages = count(1)


def keep_after_the_first_pages(**_: Any) -> None:
    if next(_pages) >= FIRST:
        request_finished.disconnect(keep_after_the_first_pages)
        gc.collect()
        gc.freeze()
        gc.set_threshold(*gc.get_threshold()[:2], 1)
