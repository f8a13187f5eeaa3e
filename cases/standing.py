"""How letters stand: what needs somebody, what is under way, what is done, and each batch."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.core.paginator import Page, Paginator
from django.db.models import Count, Exists, OuterRef, Prefetch, Q, QuerySet
from django.db.models.functions import Now
from django.utils import timezone

from cases.models import Attempt, Batch, Letter, LetterQuerySet, Reading

FEW = 15  # rows of a section on the page that shows all three
MANY = 50  # rows of a page of one section
MOST = 10_000  # letters of a section that can be paged through
UNDER_WAY = Q(state__in=[Letter.State.RECEIVED, Letter.State.READING])


@dataclass(frozen=True)
class Section:
    """One of the three parts of the page, with one page of its letters."""

    key: str
    title: str
    nothing: str
    page: Page[Letter]
    total: int

    @property
    def more(self) -> bool:
        """Whether there are letters beyond the last page that can be turned."""
        return self.total > MOST

    @property
    def pages(self) -> Iterator[str | int]:
        return self.page.paginator.get_elided_page_range(self.page.number, on_each_side=2)


@dataclass(frozen=True)
class Times:
    """How long a letter waited for its reader and how long reading took, in words."""

    waited: str
    run: str


TITLES = {
    "attention": ("Needs attention", "Nothing needs you."),
    "progress": ("In progress", "No letter waits or is being read."),
    "done": ("Done", "No letter has been read yet."),
}


def sections(letters: LetterQuerySet, only: str = "", page: Any = 1) -> list[Section]:
    """The three sections, or one of them with all its pages."""
    parts = {
        "attention": letters.needing_attention(),
        "progress": letters.in_progress().order_by("received_at", "id"),
        "done": letters.done(),
    }
    found = []
    for key in [only] if only else parts:
        # Of those that are done there are far too many to count them one by one.
        total = letters.total() - letters.undone().count() if key == "done" else parts[key].count()
        pages = Letters(parts[key], total, MANY if only else FEW)
        found.append(Section(key, *TITLES[key], pages.get_page(page if only else 1), total))
    return found


class Letters(Paginator):
    """Pages of letters with what is told of them, as far as anybody turns pages."""

    def __init__(self, letters: LetterQuerySet, total: int, rows: int) -> None:
        self.count = min(total, MOST)
        super().__init__(letters.values_list("pk", flat=True), rows)

    def _get_page(self, keys: Any, number: int, paginator: Paginator) -> Page:
        letters = Letter.objects.select_related("received_by").prefetch_related(
            Prefetch("readings", Reading.objects.naming_cases()),
            Prefetch("tries", Attempt.objects.only("letter", "started_at", "seconds")),
        )
        found = letters.in_bulk(keys := list(keys))
        return Page([found[key] for key in keys if key in found], number, paginator)


def nobody_reads() -> bool:
    """Whether letters wait although no reader has anything in hand or has taken one up of late."""
    long_ago = Now() - timedelta(seconds=settings.READERS_SILENT)
    waiting = Letter.objects.waiting().filter(received_at__lt=long_ago)
    if not waiting.filter(Q(due_at=None) | Q(due_at__lt=long_ago)).exists():
        return False
    latest = Attempt.objects.order_by("-pk").first()  # keys go up with time, and have an index
    if latest and timezone.now() - latest.started_at < timedelta(seconds=settings.READERS_SILENT):
        return False
    return not Letter.objects.filter(state=Letter.State.READING, lease_until__gt=Now()).exists()


def times(letter: Letter) -> Times:
    """Of the last try; while a letter waits, how long it has waited so far."""
    last: Attempt | None = next(iter(letter.tries.all()), None)
    if letter.state == Letter.State.RECEIVED or last is None:
        return Times(spell((timezone.now() - letter.received_at).total_seconds()), "")
    first = min(attempt.started_at for attempt in letter.tries.all())
    waited = (first - letter.received_at).total_seconds()
    return Times(spell(waited), spell(last.seconds))


def spell(seconds: float | None) -> str:
    """A length of time as one looks at it: "0.08 s", "3.2 s", "12 min", "5 h", "3 days"."""
    if seconds is None:
        return ""
    if seconds < 60:
        return f"{max(seconds, 0):.{1 if seconds >= 1 else 2}f} s"
    for size, word, most in ((60, "min", 60), (3600, "h", 48)):
        if seconds < size * most:
            return f"{seconds / size:.0f} {word}"
    return f"{seconds / 86400:.0f} days"


def batches_under_way() -> QuerySet[Batch]:
    """Batches with letters that wait or are being read, newest first, with their counts."""
    waiting = Letter.objects.filter(UNDER_WAY, batch=OuterRef("pk"))
    return counted(Batch.objects.filter(Exists(waiting)))


def counted(batches: QuerySet[Batch]) -> QuerySet[Batch]:
    """With `total`, `under_way`, `read`, `troubled` and `done`: how many letters stand so."""
    troubled = Q(letters__state__in=[Letter.State.UNREADABLE, Letter.State.FAILED])
    under_way = Q(letters__state__in=[Letter.State.RECEIVED, Letter.State.READING])
    return batches.annotate(
        total=Count("letters"),
        under_way=Count("letters", filter=under_way),
        read=Count("letters", filter=Q(letters__state=Letter.State.READ)),
        troubled=Count("letters", filter=troubled),
        done=Count("letters", filter=~under_way),
    )
