"""Where each letter begins in a text that may hold several."""

import re
from collections.abc import Sequence

from reviews.reading.clean import Clean
from reviews.reading.sections import Mark

# Parts with which a letter can begin once the one before has given its reasons.
_OPENS = frozenset(
    ["notice", "decision", "how-made", "medical-review", "clinical-summary", "issues"]
)
# What stands at the head of a letter, before the first of its parts.
_HEAD = re.compile(
    r"(?:IMR\s*|MAXIMUS\s*)?Case\s*(?:Number|No\.?)\s*:|Date\s*Assigned\s*:"
    r"|Notice\s*of\s*Independent\s*Medical|Independent\s*Medical\s*Review\s*(?:Final|Determination)"
    r"|MAXIMUS\s*FEDERAL\s*SERVICES,\s*INC|Dear\s",
    re.IGNORECASE,
)


def starts(clean: Clean, marks: Sequence[Mark]) -> list[int]:
    """Clean characters at which letters begin; the first is 0."""
    found = [0]
    reasons = -1  # the end of the last rationale's label since the last start
    last = max((mark.start for mark in marks if mark.part == "rationale"), default=0)
    for mark in marks:
        if mark.part == "rationale":
            reasons = mark.end
        elif _opens(mark) and reasons >= 0 and mark.start < last:
            found.append(_head(clean, reasons, mark.start))
            reasons = -1
    return found


def _opens(mark: Mark) -> bool:
    """Whether a letter can begin here; a label (`Case summary:`) may be a rationale's own words."""
    return mark.part in _OPENS and mark.kind != "label"


def _head(clean: Clean, after: int, before: int) -> int:
    """The first line of a letter's head between two places, or the second place itself."""
    first = clean.row_at(after) + 1
    for row in clean.rows[first:]:
        if row.start >= before:
            break
        if _HEAD.match(clean.text, row.start):
            return row.start
    return before
