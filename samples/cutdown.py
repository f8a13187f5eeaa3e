"""Invents requests that utilization review cut down: asked for, authorized, left in dispute."""

import re
from dataclasses import dataclass
from random import Random

from samples.model import Request

AMOUNT = re.compile(r"#(\d+)\b(?!.*#\d)|\b(\d+) (?=sessions|visits)")

LONGEST = 200  # a heading says the request three times, and takes nine lines at most


@dataclass(frozen=True, slots=True)
class CutDown:
    """The whole heading without its " is"; the three parts only when the rest was decided."""

    service: str
    requested: str | None
    authorized: str | None
    disputed: str | None


def cut_down(rng: Random, request: Request) -> CutDown | None:
    """The heading of a request cut down; None when the request has no amount to cut."""
    asked, found = request.service, AMOUNT.search(request.service)
    if found is None or asked.startswith(("1 ", "Associated")) or len(asked) > LONGEST:
        return None
    whole = int(found[1] or found[2])
    if whole < 4:
        return None
    given = rng.choice((whole // 2, whole // 3, whole - whole // 3, whole - 2))
    group = 1 if found[1] else 2
    granted, rest = (
        asked[: found.start(group)] + str(n) + asked[found.end(group) :]
        for n in (given, whole - given)
    )
    if rng.random() < 0.25:
        heading = (
            f"{asked} was the original request. The Claims Administrator authorized {granted}, "
            f"leaving the original request IMR eligible. The original request, {asked}"
        )
        return CutDown(heading, None, None, None)
    heading = (
        f"{asked} was the original request. {granted} was authorized by the Claims Administrator. "
        f"The remaining IMR eligible portion of the original request, {rest}"
    )
    return CutDown(heading, asked, granted, rest)
