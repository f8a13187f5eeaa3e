"""The verdict sentences of a rationale: what the reviewer's own words conclude.

Only used where a letter has no other outcome, and to compare with the heading's.
"""

import re
from dataclasses import dataclass

# `is not medically necessary`, `notmedically necessary`, `medical necessity is not established`,
# `is non-certified`. A condition (`would be medically necessary if`) is no verdict.
_VERDICT = re.compile(
    r"(?P<upheld>\b(?:not|n't|cannot\s+be|never)\s*(?:\w+\s+){0,4}?(?:medically\s*)"
    r"(?:necessary|appropriate|indicated|supported|warranted|certified|reasonable)"
    r"|\bmedical(?:ly)?\s*necess(?:ity|ary)[^.]{0,60}?\b(?:has|have|is|was|were|are)\s*not\b"
    r"|\bnot\s+(?:\w+\s+){0,3}?(?:support|establish|meet|demonstrate)\w*\s+(?:\w+\s+){0,3}?medical\s+necessity"
    r"|\bmedically\s*unnecessary\b|\bnon-?\s?certified\b"
    r"|\b(?:request|treatment|service|procedure|medication)s?\s+(?:is|are)\s+not\s+"
    r"(?:certified|approved|supported|recommended|necessary|warranted|indicated))"
    r"|(?P<overturned>\b(?:is|are|be|as|was|were|deemed|considered|found|therefore|thus|to\s+be)\s*"
    r"(?:therefore\s*|thus\s*|considered\s*|deemed\s*|found\s*(?:to\s*be\s*)?|both\s*)?"
    r"medically\s*(?:necessary|appropriate|indicated|warranted|reasonable)"
    r"|\bmedical\s*necessity[^.]{0,60}?\b(?:is|has\s+been|was|are)\s*"
    r"(?:established|supported|met|demonstrated|confirmed))",
    re.IGNORECASE,
)
_CONDITION = re.compile(r"\b(?:if|unless|whether|when|until|before|may|could|would|should)\b", re.I)


@dataclass(frozen=True, slots=True)
class Verdict:
    """Clean characters of the verdict's words, and whether they uphold the denial."""

    start: int
    end: int
    upheld: bool


def last_verdict(text: str, start: int, end: int) -> Verdict | None:
    """The last verdict between two places of the clean text, looked for sentence by sentence
    from the end."""
    while end > start:
        first = max(text.rfind(". ", start, end - 1), text.rfind("; ", start, end - 1), start)
        last = None
        for match in _VERDICT.finditer(text, first, end):
            if match["upheld"] or not _CONDITION.search(text, first, match.start()):
                last = Verdict(match.start(), match.end(), bool(match["upheld"]))
        if last:
            return last
        end = first
    return None
