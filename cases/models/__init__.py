"""Letters, the cases people look at, and what people did with them: a module a subject."""

from cases.models.cases import Case, Former, Reading, nulls_last
from cases.models.corrections import Correction, CorrectionQuerySet
from cases.models.deadlines import Answer, CalendarAddress, Deadline, Receipt
from cases.models.desk import ListSettings, Opened, SavedView
from cases.models.exports import Export, ExportChoice, ExportQuerySet, export_storage
from cases.models.handling import Assignment, Checked, Note
from cases.models.letters import Attempt, Batch, Letter, LetterQuerySet, letter_storage
from cases.models.tokens import Token, TooManyTokens, issue

__all__ = [
    "Answer",
    "Assignment",
    "Attempt",
    "Batch",
    "CalendarAddress",
    "Case",
    "Checked",
    "Correction",
    "CorrectionQuerySet",
    "Deadline",
    "Export",
    "ExportChoice",
    "ExportQuerySet",
    "Former",
    "Letter",
    "LetterQuerySet",
    "ListSettings",
    "Note",
    "Opened",
    "Reading",
    "Receipt",
    "SavedView",
    "Token",
    "TooManyTokens",
    "export_storage",
    "issue",
    "letter_storage",
    "nulls_last",
]
