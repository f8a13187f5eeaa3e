"""What the reader takes and what it gives: plain frozen values, no Django.

Offsets count characters of `LetterText.text`, half-open, so that `text[span.start:span.end]` is
what the letter prints. Pages count from 1.
"""

from dataclasses import dataclass, field
from datetime import date
from typing import Generic, Literal, TypeVar

T = TypeVar("T")

Outcome = Literal["upheld", "overturned"]
CaseOutcome = Literal["upheld", "overturned", "partially overturned"]
Basis = Literal["mtus", "outside", "none"]
Source = Literal["MTUS", "ODG", "ACOEM", "other"]


@dataclass(frozen=True, slots=True)
class Span:
    """Characters `start` up to, not including, `end` of a letter's text."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a letter: where its characters are, its page, and, for a PDF, how it is drawn.

    `box` is (left, bottom, right, top) in PDF points from the page's lower left corner.
    """

    start: int
    end: int
    page: int
    bold: bool = False
    box: tuple[float, float, float, float] | None = None


@dataclass(frozen=True, slots=True)
class Posture:
    """How a scanned page lay: the quarters of a turn (to the left) and the degrees of tilt that
    were undone, and the width and height in points of the upright page."""

    quarters: int
    tilt: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class SheetLine:
    """A line on an upright page: its characters in the text, and in points from the lower left
    corner its bottom and top and the left and right of each of its words.

    There is one pair for the whole line where its words are not told apart.
    """

    start: int
    end: int
    bottom: float
    top: float
    words: tuple[tuple[float, float], ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """Where the words of one scanned page stand."""

    posture: Posture
    lines: tuple[SheetLine, ...]


@dataclass(frozen=True, slots=True)
class LetterText:
    """The text of one file, its lines in reading order, and where each page begins.

    `origin` says whether fonts and boxes can be trusted ("pdf"), boxes alone ("scan"), or neither
    is there ("dump"). `confidence` is how sure the recognition of a scan was, 0 to 100. `pictures`
    are the pages, from 1, that are pictures whose words are not part of the text. `sheets` are the
    pages of a scan, None for one that has a text layer.
    """

    text: str
    lines: tuple[Line, ...]
    page_starts: tuple[int, ...]
    origin: Literal["pdf", "scan", "dump"]
    confidence: float | None = None
    pictures: tuple[int, ...] = ()
    sheets: tuple[Sheet | None, ...] = ()


@dataclass(frozen=True, slots=True)
class Found(Generic[T]):
    """A value with its receipt: where it stands, on which page, and the rule that found it."""

    value: T
    span: Span
    page: int
    rule: str


@dataclass(frozen=True, slots=True)
class Doubt:
    """A flag or a notice: a short code, a sentence for people, and the words it is about."""

    code: str
    sentence: str
    span: Span | None = None


@dataclass(frozen=True, slots=True)
class Section:
    """A part of the letter. The sections of a determination join to the letter's whole text."""

    name: str
    span: Span


@dataclass(frozen=True, slots=True)
class Citation:
    """A guideline as cited, placed in the catalogue where it can be.

    `guideline` is a slug of the catalogue or None when the name cannot be placed; `printed_pages`
    is what the letter prints ("64-66, 70"), `pages` the same as inclusive ranges.
    """

    source: Source
    guideline: str | None
    title: str
    year: int | None
    sections: tuple[str, ...]
    printed_pages: str | None
    pages: tuple[tuple[int, int], ...]
    span: Span
    page: int
    rule: str
    chapter: int | None = None
    notices: tuple[Doubt, ...] = ()


@dataclass(frozen=True, slots=True)
class Side:
    """What one party relied on for an item; `text` is the whole block as printed."""

    basis: Basis
    citations: tuple[Citation, ...]
    text: Found[str] | None


@dataclass(frozen=True, slots=True)
class Details:
    """What a heading tells of its service; None or empty is what it does not tell surely.

    `sessions` may be reckoned: 2 times a week for 4 weeks are 8; its span is then the words it is
    reckoned from. `side` is "left", "right" or "bilateral". `retrospective` is the word for it.
    """

    strength: Found[str] | None = None
    form: Found[str] | None = None
    quantity: Found[int] | None = None
    refills: Found[int] | None = None
    sessions: Found[int] | None = None
    body_parts: tuple[Found[str], ...] = ()
    side: Found[str] | None = None
    retrospective: Found[str] | None = None
    service_dates: tuple[Found[date], ...] = ()


@dataclass(frozen=True, slots=True)
class Item:
    """A disputed item. `requested`, `authorized` and `disputed` only for a cut-down request."""

    service: Found[str]
    outcome: Found[Outcome] | None
    category: str
    administrator: Side
    expert: Side
    rationale: Found[str] | None
    requested: Found[str] | None = None
    authorized: Found[str] | None = None
    disputed: Found[str] | None = None
    treatment: str | None = None
    treatment_class: str | None = None
    rationale_citations: tuple[Citation, ...] = ()
    details: Details = field(default_factory=Details)


@dataclass(frozen=True, slots=True)
class Determination:
    """Everything one letter says. `generation` is "G1" to "G6", or None when not recognised.

    `injury` is the header's date or, lacking one, `injury_told`, the one the summary gives.
    """

    version: str
    generation: str | None
    sections: tuple[Section, ...]
    case_number: Found[str] | None = None
    assigned: Found[date] | None = None
    injury: Found[date] | None = None
    injury_told: Found[date] | None = None
    decision: Found[date] | None = None
    ur_denial: Found[date] | None = None
    received: Found[date] | None = None
    priority: Found[str] | None = None
    licensed_in: tuple[Found[str], ...] = ()
    specialties: tuple[Found[str], ...] = ()
    age: Found[int] | None = None
    sex: Found[str] | None = None
    mechanism: Found[str] | None = None
    treatment_to_date: Found[str] | None = None
    clinical_summary: Found[str] | None = None
    diagnoses: tuple[Found[str], ...] = ()
    items: tuple[Item, ...] = ()
    cover_outcome: Found[CaseOutcome] | None = None
    claim_number: Found[str] | None = None
    flags: tuple[Doubt, ...] = field(default=())
    notices: tuple[Doubt, ...] = field(default=())

    @property
    def outcome(self) -> CaseOutcome | None:
        """The case's outcome, from its items; None while any item's is unknown."""
        found = {item.outcome.value if item.outcome else None for item in self.items}
        if not found or None in found:
            return None
        if found == {"upheld"}:
            return "upheld"
        return "overturned" if found == {"overturned"} else "partially overturned"
