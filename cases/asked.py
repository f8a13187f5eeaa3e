"""What a decision asks for, as the pages show it: by when, of which items, what was answered."""

from dataclasses import dataclass
from datetime import date

from cases.deadlines import (
    APPEAL,
    RULES,
    Appeal,
    Due,
    Kind,
    Rule,
    Start,
    appeal_until,
    due,
    kind_of,
    start,
)
from cases.models import Answer, Case, Deadline, Receipt
from cases.reckon import holds
from reviews.models import DisputedItem, Outcome

EXPEDITED = "expedited"


@dataclass(frozen=True)
class Asked:
    """One deadline with its items. `reckoned` is None while no date is known."""

    deadline: Deadline
    items: list[DisputedItem]
    began: Start
    reckoned: Due | None
    answer: Answer | None
    today: date

    @property
    def case(self) -> Case:
        return self.deadline.case

    @property
    def rule(self) -> Rule:
        return RULES[self.deadline.as_kind]

    @property
    def standing(self) -> str:
        """done, overdue, today, open or undated."""
        day = self.deadline.due_on
        if self.deadline.done_on:
            return "done"
        if day is None:
            return "undated"
        return "overdue" if day < self.today else "today" if day == self.today else "open"

    @property
    def far(self) -> str:
        """How far off it is: "today", "in 3 days", "12 days overdue"."""
        if self.deadline.due_on is None:
            return "date not known"
        days = (self.deadline.due_on - self.today).days
        if days == 0:
            return "today"
        count = f"{abs(days)} {'day' if abs(days) == 1 else 'days'}"
        return f"in {count}" if days > 0 else f"{count} overdue"


@dataclass(frozen=True)
class Asks:
    """All that a case's current decision asks for. `earlier`: a receipt of another decision."""

    began: Start
    receipt: Receipt | None
    earlier: Receipt | None
    deadlines: list[Asked]
    appeal: Appeal | None
    expedited: bool
    appeal_rule: Rule = APPEAL

    @property
    def rules(self) -> list[Rule]:
        return [*(asked.rule for asked in self.deadlines), self.appeal_rule]


def asks_of(case: Case, today: date) -> Asks | None:
    """What the case asks for; None where no denial was overturned. At most three queries."""
    deadlines = list(case.deadlines.order_by("kind"))
    if not deadlines:
        return None
    receipt = Receipt.objects.filter(case=case).select_related("entered_by").first()
    answers = list(case.answers.select_related("entered_by"))
    began = start(case.decided_on, receipt.received_on if receipt else None)
    items = list(case.review.items.all())
    return Asks(
        began=began,
        receipt=receipt if receipt and not began.assumed else None,
        earlier=receipt if receipt and began.assumed else None,
        deadlines=[_asked(each, items, answers, began, today) for each in deadlines],
        appeal=appeal_until(began.mailed_on) if began.mailed_on else None,
        expedited=case.review.priority.casefold() == EXPEDITED,
    )


def asked(deadline: Deadline, items: list[DisputedItem], today: date) -> Asked:
    """As a row of the queue, whose case came with its receipt and answers."""
    case = deadline.case
    receipt = getattr(case, "receipt", None)
    began = start(case.decided_on, receipt.received_on if receipt else None)
    return _asked(deadline, items, list(case.answers.all()), began, today)


def _asked(
    deadline: Deadline,
    items: list[DisputedItem],
    answers: list[Answer],
    began: Start,
    today: date,
) -> Asked:
    kind = deadline.as_kind
    about = [a for a in answers if a.kind == kind and holds(a.done_on, began.mailed_on)]
    return Asked(
        deadline=deadline,
        items=[item for item in items if _is_asked(item, kind)],
        began=began,
        reckoned=due(kind, began.received_on) if began.received_on else None,
        answer=about[0] if about else None,
        today=today,
    )


def _is_asked(item: DisputedItem, kind: Kind) -> bool:
    return (
        item.outcome == Outcome.OVERTURNED
        and kind_of(bool(item.details.get("retrospective"))) == kind
    )
