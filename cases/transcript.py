"""A letter's text for the page beside the case: page by page, with offsets that receipts name."""

from dataclasses import dataclass

from reviews.models import Transcript


@dataclass(frozen=True)
class TextPage:
    """One page's text and the offset of its first character."""

    number: int
    start: int
    text: str


def pages_of(transcript: Transcript) -> list[TextPage]:
    """The pages in order; their texts join to the transcript's whole text."""
    starts = [0, *[s for s in transcript.page_starts if s > 0]]
    ends = [*starts[1:], len(transcript.text)]
    return [
        TextPage(number, start, transcript.text[start:end])
        for number, (start, end) in enumerate(zip(starts, ends, strict=True), 1)
    ]
