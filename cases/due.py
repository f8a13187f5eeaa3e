"""The queue of what is due: its sections, and the number beside its name."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.contrib.auth.models import User
from django.core.cache import cache
from django.core.paginator import Page, Paginator
from django.db.models import Prefetch, QuerySet, prefetch_related_objects
from django.utils import timezone

from cases.asked import Asked, asked
from cases.models import Answer, Case, Deadline
from reviews.models import DisputedItem, Outcome

LONG_PAST = timedelta(weeks=6)  # overdue by more: an old letter taken in now, not today's work
WEEK = timedelta(days=7)
FEW = 20  # rows of a section on the page that shows all of them
A_LOOK = 5  # of one that asks for nothing any more
MANY = 50  # rows of a page of one section
MOST = 10_000  # beyond this nobody turns pages
COUNT_MOST = 99
COUNT_SECONDS = 30
COUNT_KEY = "due-count"

TITLES = {
    "overdue": ("Overdue", "Nothing is overdue."),
    "today": ("Today", "Nothing is due today."),
    "week": ("Next seven days", "Nothing is due in the next seven days."),
    "later": ("Later", "Nothing is due later."),
    "undated": ("Without a date", "Every decision has a date."),
    "done": ("Done", "Nothing has been marked as done yet."),
    "past": ("Long past", "Nothing is long past."),
}
CASE = ("number", "name", "decided_on", "review")
ITEM = ("review_id", "position", "service", "disputed", "outcome", "details")
FOLDED = {"undated", "past"}  # shown only when they hold something
BEHIND = {"done", "past"}  # asks for nothing any more


@dataclass(frozen=True)
class Section:
    """One part of the queue with its first rows, or with one page of all of them."""

    key: str
    rows: Sequence[Asked]
    total: int
    page: Page | None = None

    @property
    def title(self) -> str:
        return TITLES[self.key][0]

    @property
    def nothing(self) -> str:
        return TITLES[self.key][1]

    @property
    def shown(self) -> bool:
        return bool(self.total) or self.key not in FOLDED

    @property
    def more(self) -> bool:
        """There are more than anybody pages through; `total` is then the most."""
        return self.total > MOST


def queue(today: date, mine: User | None = None) -> dict[str, QuerySet[Deadline]]:
    """The sections, of all cases or of those that a user has: every deadline is in one of them."""
    everything = Deadline.objects.filter(case__assigned_to=mine) if mine else Deadline.objects.all()
    still_open = everything.filter(done_on=None)
    dated = still_open.order_by("due_on", "pk")
    return {
        "overdue": dated.filter(due_on__lt=today, due_on__gte=today - LONG_PAST),
        "today": dated.filter(due_on=today),
        "week": dated.filter(due_on__gt=today, due_on__lte=today + WEEK),
        "later": dated.filter(due_on__gt=today + WEEK),
        "undated": still_open.filter(due_on=None).order_by("pk"),
        "done": everything.exclude(done_on=None).order_by("-done_on", "-pk"),
        "past": still_open.filter(due_on__lt=today - LONG_PAST).order_by("-due_on", "-pk"),
    }


def sections(
    today: date, only: str = "", number: Any = 1, mine: User | None = None
) -> list[Section]:
    """All sections with their first rows, or one page of one. The queries do not grow with rows."""
    found = {
        key: _page(rows, number) if only else _first(rows, A_LOOK if key in BEHIND else FEW)
        for key, rows in queue(today, mine).items()
        if only in ("", key)
    }
    items = _fetch([each for rows, _, _ in found.values() for each in rows])
    return [
        Section(key, [asked(e, items[e.case.review_id], today) for e in rows], total, page)
        for key, (rows, total, page) in found.items()
    ]


def _first(rows: QuerySet[Deadline], few: int) -> tuple[list[Deadline], int, Page | None]:
    some = list(rows[: few + 1])
    total = len(some) if len(some) <= few else rows.order_by()[: MOST + 1].count()
    return some[:few], total, None


def _page(rows: QuerySet[Deadline], number: Any) -> tuple[list[Deadline], int, Page | None]:
    page = Paginator(rows[:MOST], MANY).get_page(number)
    return list(page), page.paginator.count, page


def _fetch(deadlines: list[Deadline]) -> Mapping[int, list[DisputedItem]]:
    """What all the rows show, at once. Returns the overturned items by their review."""
    answers = Prefetch("case__answers", Answer.objects.select_related("entered_by"))
    cases = Prefetch("case", Case.objects.only(*CASE))
    prefetch_related_objects(deadlines, cases, "case__receipt", answers)
    found: dict[int, list[DisputedItem]] = defaultdict(list)
    reviews = {deadline.case.review_id for deadline in deadlines}
    items = DisputedItem.objects.filter(review__in=reviews, outcome=Outcome.OVERTURNED)
    for item in items.only(*ITEM):
        found[item.review_id].append(item)
    return found


def due_count() -> str:
    """How many are overdue or due today, "99+" at most; "" for none. Kept for half a minute."""
    count = cache.get(COUNT_KEY)
    if count is None:
        today = timezone.localdate()
        due = Deadline.objects.filter(
            done_on=None, due_on__gte=today - LONG_PAST, due_on__lte=today
        )
        count = due[: COUNT_MOST + 1].count()
        cache.set(COUNT_KEY, count, COUNT_SECONDS)
    return f"{COUNT_MOST}+" if count > COUNT_MOST else str(count or "")


def forget_count() -> None:
    """Somebody answered: the number beside the name is out of date."""
    cache.delete(COUNT_KEY)
