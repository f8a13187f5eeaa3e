"""What the two sides of an item cite of the same guidelines, and where they differ."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from reviews.models import Citation, Side

SENTENCES = {
    "administrator": "only the claims administrator",
    "expert": "only the expert",
    "whole": "both",
    "same pages": "both, the same pages",
    "some pages": "both, some pages the same",
    "other pages": "both, other pages",
    "same sections": "both, the same sections",
    "some sections": "both, some sections the same",
    "other sections": "both, other sections",
    "administrator tells": "both, but only the claims administrator tells where in it",
    "expert tells": "both, but only the expert tells where in it",
}


@dataclass
class Row:
    """One guideline and each side's citations of it, in their order; one of them may be empty."""

    administrator: list[Citation] = field(default_factory=list)
    expert: list[Citation] = field(default_factory=list)

    @property
    def first(self) -> Citation:
        return (self.administrator or self.expert)[0]

    @property
    def cells(self) -> list[tuple[Side, list[Citation]]]:
        return [(Side.ADMINISTRATOR, self.administrator), (Side.EXPERT, self.expert)]

    @property
    def is_shared(self) -> bool:
        return bool(self.administrator and self.expert)

    @property
    def relation(self) -> str:
        """A key of SENTENCES."""
        if not self.is_shared:
            return "administrator" if self.administrator else "expert"
        for places, name in ((_pages, "pages"), (_sections, "sections")):
            ours, theirs = places(self.administrator), places(self.expert)
            if ours and theirs:
                return f"{_likeness(ours, theirs)} {name}"
        for cited, whose in ((self.administrator, "administrator"), (self.expert, "expert")):
            if _pages(cited) or _sections(cited):
                return f"{whose} tells"
        return "whole"

    @property
    def other_edition(self) -> bool:
        ours, theirs = _years(self.administrator), _years(self.expert)
        return bool(ours and theirs) and not ours & theirs

    @property
    def sentence(self) -> str:
        """How the sides stand to each other: "both, other pages, another edition"."""
        return SENTENCES[self.relation] + (", another edition" if self.other_edition else "")


def side_by_side(administrator: Iterable[Citation], expert: Iterable[Citation]) -> list[Row]:
    """A row a guideline: first those that both cite, then one side's, in the letter's order."""
    rows: dict[str, Row] = {}
    for citation in administrator:
        rows.setdefault(_key(citation), Row()).administrator.append(citation)
    for citation in expert:
        rows.setdefault(_key(citation), Row()).expert.append(citation)
    return sorted(rows.values(), key=lambda row: not row.is_shared)


def in_common(rows: Sequence[Row]) -> str:
    """The rows in a sentence; "" where at most one side cites anything."""
    if not any(row.administrator for row in rows) or not any(row.expert for row in rows):
        return ""
    shared = [row for row in rows if row.is_shared]
    if not shared:
        return "The two sides cite no guideline in common."
    if len(shared) < len(rows):
        return f"The two sides cite {len(shared)} of {len(rows)} guidelines in common."
    same = all(_is_same(row) for row in rows)
    guidelines = "guideline" if len(rows) == 1 else "guidelines"
    return f"Both sides cite the same {guidelines}{', at the same places' if same else ''}."


def _is_same(row: Row) -> bool:
    return row.relation in {"whole", "same pages", "same sections"} and not row.other_edition


def _key(citation: Citation) -> str:
    """The catalogue's guideline, or the printed title where the catalogue has no place for it."""
    return citation.guideline_id or f"{citation.source}: {' '.join(_words(citation.title))}"


def _pages(citations: Iterable[Citation]) -> set[int]:
    return {page for citation in citations for page in citation.pages}


def _years(citations: Iterable[Citation]) -> set[int]:
    return {citation.year for citation in citations if citation.year}


def _sections(citations: Iterable[Citation]) -> set[str]:
    sections = (" ".join(_words(section)) for each in citations for section in each.sections)
    return {section for section in sections if section}


def _words(text: str) -> list[str]:
    """Without case and punctuation, which letters set as they please."""
    kept = "".join(char if char.isalnum() else " " for char in text.casefold())
    return kept.split()


def _likeness(ours: set[int] | set[str], theirs: set[int] | set[str]) -> str:
    if ours == theirs:
        return "same"
    return "some" if ours & theirs else "other"
