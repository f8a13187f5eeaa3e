"""Letters, the cases people look at, and what people did with them: a module a subject."""

from cases.models.cases import Case, Reading, nulls_last
from cases.models.exports import Export
from cases.models.letters import Attempt, Batch, Letter, LetterQuerySet, letter_storage

__all__ = [
    "Attempt",
    "Batch",
    "Case",
    "Export",
    "Letter",
    "LetterQuerySet",
    "Reading",
    "letter_storage",
    "nulls_last",
]
