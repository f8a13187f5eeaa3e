"""Letters, the cases people look at, and what people did with them: a module a subject."""

from cases.models.cases import Case, Reading, nulls_last
from cases.models.deadlines import Answer, CalendarAddress, Deadline, Receipt
from cases.models.desk import ListSettings, Opened, SavedView
from cases.models.exports import Export
from cases.models.letters import Attempt, Batch, Letter, LetterQuerySet, letter_storage

__all__ = [
    "Answer",
    "Attempt",
    "Batch",
    "CalendarAddress",
    "Case",
    "Deadline",
    "Export",
    "Letter",
    "LetterQuerySet",
    "ListSettings",
    "Opened",
    "Reading",
    "Receipt",
    "SavedView",
    "letter_storage",
    "nulls_last",
]
