"""What stands before the header: a party's own cover letter, letterheads, titles.

A cover letter names the outcome of the whole case and the claim number.
"""

import re
from dataclasses import dataclass

from reviews.reading.clean import Clean
from reviews.reading.types import CaseOutcome, Found
from reviews.reading.values import found

# Words that only a cover letter has.
_COVER = re.compile(r"\bDear\b|\bFinal\s*Determination\s*:|\bSincerely\b|\bClaim\s*Number\s*:")
# Lines of a letterhead or title, which stand before or after a header. Example: `Independent
# Medical Review`.
_LETTERHEAD = re.compile(
    r"(?:MAXIMUS\s*FEDERAL\s*SERVICES,?\s*(?:INC\.?)?|Independent\s*Medical\s*Review"
    r"(?:\s*(?:Final\s*)?Determination(?:\s*Letter)?)?|Notice\s*of|P\.?\s?O\.?\s*Box\s*[\d-]+"
    r"|Sacramento,?\s*CA\s*[\d-]+|Fax:?|\(?\d{3}\)?[ -]\d{3}-\d{4}|FINAL\s*DETERMINATION"
    r"|(?:Application|Request)\s*for\s*Independent\s*Medical\s*Review|[\s,.;:()|*•-]|\d{1,3}\b)+",
    re.IGNORECASE,
)
_OUTCOME = re.compile(
    r"Final\s*Determination\s*:\s*(?P<outcome>PARTIAL(?:LY)?\s*OVERTURN(?:ED)?|UPH[OE]LD"
    r"|OVERTURN(?:ED)?)",
    re.IGNORECASE,
)
_CLAIM = re.compile(r"\bClaim\s*(?:Number|No\.?|#)\s*:\s*(?P<number>[A-Z0-9][\w-]{3,30})")


@dataclass(slots=True)
class Cover:
    """A cover letter at clean characters `start` up to `end`, and what it adds."""

    start: int
    end: int
    outcome: Found[CaseOutcome] | None = None
    claim: Found[str] | None = None


def read_cover(clean: Clean, end: int) -> Cover | None:
    """The cover letter that ends at clean character `end`, where the header begins."""
    if not _COVER.search(clean.text, 0, end):
        return None
    cover = Cover(0, end)
    if match := _OUTCOME.search(clean.text, 0, end):
        cover.outcome = found(clean, _word(match["outcome"]), *match.span("outcome"), "cover")
    if match := _CLAIM.search(clean.text, 0, end):
        cover.claim = found(clean, match["number"], *match.span("number"), "cover:claim")
    return cover


def is_letterhead(text: str) -> bool:
    """Whether words outside of every part are only a letterhead or a title."""
    return not re.search(r"\w", _LETTERHEAD.sub(" ", text))


def _word(printed: str) -> CaseOutcome:
    word = printed.lower()
    if word.startswith("partial"):
        return "partially overturned"
    return "upheld" if word.startswith("uph") else "overturned"
