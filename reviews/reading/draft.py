"""A citation while it is being put together, in places of the clean text."""

import re
from dataclasses import dataclass, field

from reviews.reading import pages
from reviews.reading.clean import Clean
from reviews.reading.types import Citation, Doubt, Source
from reviews.reading.values import trimmed


@dataclass(slots=True)
class Draft:
    """What has been read of one citation; `start` and `end` are clean characters."""

    source: Source
    guideline: str | None
    title: str
    start: int
    end: int
    rule: str
    year: int | None = None
    chapter: int | None = None
    sections: list[str] = field(default_factory=list)
    page_lists: list[str] = field(default_factory=list)
    mislabelled: bool = False
    unsure: str | None = None

    def citation(self, clean: Clean) -> Citation:
        """The finished citation."""
        start, end = trimmed(clean.text, self.start, self.end)
        while end > start and clean.text[end - 1] in ",;":
            end = trimmed(clean.text, start, end - 1)[1]
        return Citation(
            source=self.source,
            guideline=self.guideline,
            title=self.title,
            year=self.year,
            sections=tuple(self.sections),
            printed_pages=pages.printed(self.page_lists),
            pages=pages.ranges(self.page_lists),
            span=clean.span(start, end),
            page=clean.page(start),
            rule=self.rule,
            chapter=self.chapter,
            notices=self._notices(clean),
        )

    def _notices(self, clean: Clean) -> tuple[Doubt, ...]:
        if not self.mislabelled:
            return ()
        sentence = "Check the label: this is cited as MTUS and is not part of it."
        return (Doubt("mtus-label", sentence, clean.span(self.start, self.end)),)

    def doubts(self, clean: Clean) -> list[Doubt]:
        """Flags this citation raises."""
        if self.unsure is None:
            return []
        return [Doubt("citation-unplaced", self.unsure, clean.span(self.start, self.end))]


def tidy(printed: str) -> str:
    """A title or section without separators around it."""
    return re.sub(r"\A[\s,;:./–-]+|[\s,;:/–-]+\Z|(?<![A-Z])\.\Z", "", printed.strip()).strip()
