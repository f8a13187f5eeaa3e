"""Work out what the decisions of cases ask for and by when, and keep it as rows: rebuilt whole."""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from django.utils import timezone

from cases.deadlines import Kind, due, kind_of, start
from cases.models import Answer, Deadline
from reviews.models import DisputedItem, Outcome
from reviews.reading.rows import Rows

ITEM = (
    "review__case",
    "review__case__decided_on",
    "review__case__receipt__received_on",
    "details__retrospective",
)
Asked = dict[tuple[int, Kind], tuple[date | None, date | None]]


def first_deadlines(rows: Rows) -> list[dict[str, Any]]:
    """Of a case that is new: what its first decision asks for, and by when, as JSON."""
    kinds = {
        kind_of(bool(item["details"].get("retrospective")))
        for item in rows.items
        if item["outcome"] == Outcome.OVERTURNED
    }
    decided_on = rows.review["decision_date"]
    received_on = start(decided_on and date.fromisoformat(decided_on), None).received_on
    return [
        {"kind": kind, "due_on": received_on and due(kind, received_on).due_on.isoformat()}
        for kind in sorted(kinds)
    ]


def reckon(case_ids: Iterable[int]) -> None:
    """Rebuild the deadlines of these cases. Call inside a transaction that holds the cases."""
    keys = list(case_ids)
    if not keys:
        return
    asked = _asked(keys)
    Deadline.objects.filter(case__in=keys).delete()
    if asked:
        Deadline.objects.bulk_create(_deadlines(asked, _answered(keys)))


def _asked(keys: list[int]) -> Asked:
    """By case and kind: when it was decided, and when received as somebody entered."""
    items = DisputedItem.objects.filter(review__case__in=keys, outcome=Outcome.OVERTURNED)
    return {
        (case, kind_of(bool(retrospective))): (decided_on, received_on)
        for case, decided_on, received_on, retrospective in items.order_by().values_list(*ITEM)
    }


def _answered(keys: list[int]) -> dict[tuple[int, Kind], date]:
    answers = Answer.objects.filter(case__in=keys).values_list("case", "kind", "done_on")
    return {(case, Kind(kind)): done_on for case, kind, done_on in answers}


def _deadlines(asked: Asked, answered: dict[tuple[int, Kind], date]) -> Iterator[Deadline]:
    now = timezone.now()
    for (case, kind), (decided_on, received_on) in asked.items():
        began = start(decided_on, received_on)
        done_on = answered.get((case, kind))
        yield Deadline(
            case_id=case,
            kind=kind,
            due_on=due(kind, began.received_on).due_on if began.received_on else None,
            assumed=began.assumed,
            done_on=done_on if done_on and holds(done_on, decided_on) else None,
            changed_at=now,
        )


def holds(day: date, decided_on: date | None) -> bool:
    """Whether something entered for that day is about this decision, and not an earlier one."""
    return decided_on is None or day >= decided_on
