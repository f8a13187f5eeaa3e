"""Where the words of a search stand in the letters that it found: short passages with marks.

Six queries, however many cases: they and their parts, the transcripts, what the typed words mean,
and which words of the letters mean the same. Offsets count characters of the transcript, as
receipts do.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import NamedTuple

from django.db import connection
from django.db.models import Prefetch, prefetch_related_objects
from django.db.models.functions import Left

from cases.models import Case
from cases.parts import Part, parts_of
from cases.spans import Meanings, Row, Span, Told, likely, one_by_one, rows_of, spans_of, words_at
from cases.terms import Asked, asked
from reviews.models import DisputedItem, Transcript

MOST = 2  # passages shown of a case
BEFORE, LONG = 60, 190  # characters shown before the first mark, and in all
LONGEST_TEXT = 200_000  # characters of a transcript that are looked through; letters have 6,100

# PostgreSQL stems the words, as it did when the letter was recorded.
MEANINGS = """
SELECT word, tsvector_to_array(to_tsvector('english', word)) FROM unnest(%s::text[]) word
"""


SPACE = re.compile(r"\s+")


class Piece(NamedTuple):
    """Words as shown, marked or not."""

    text: str
    marked: bool


@dataclass(frozen=True, slots=True)
class Passage:
    """Some words of one part of a letter; `start` and `end` are the first marked words' place."""

    label: str
    pieces: tuple[Piece, ...]
    start: int
    end: int


class Place(NamedTuple):
    """Where a part is told: in the letter's text or in the catalogue's. `words` are those of it
    that may be meant."""

    part: Part
    text: str
    words: list[Told]


class Letter(NamedTuple):
    """A case's letter, where it is printed and what the catalogue says of it."""

    case: Case
    printed: list[Place]
    in_catalogue: list[Place]


class Found(NamedTuple):
    """Terms in a part, and the stretch of it that one passage can show."""

    part: Part
    text: str
    spans: list[Span]
    stretch: list[Span]

    @property
    def terms(self) -> frozenset[int]:
        return _terms(self.stretch)


def passages_of(keys: Iterable[int], typed: str) -> dict[int, list[Passage]]:
    """For each of those cases, one or two passages that tell best why it was found."""
    search = asked(typed)
    meanings = meanings_of(word.text for term in search.sought for word in term.words)
    rows = [row for row in rows_of(search.sought, meanings) if row.words]
    if not rows:
        return {}
    shown = Case.objects.filter(pk__in=keys).select_related("review")
    cases = list(shown.only("name", "number", "review__receipts"))
    called = {case.pk: passages for case in cases if (passages := _called(case, search))}
    letters = _letters([case for case in cases if case.pk not in called], likely(rows))
    meanings = meanings_of(
        told.word
        for letter in letters
        for place in (*letter.printed, *letter.in_catalogue)
        for told in place.words
    )
    return called | {letter.case.pk: _passages(letter, rows, meanings) for letter in letters}


def meanings_of(words: Iterable[str]) -> Meanings:
    """The lexemes of each word, by the word in small letters."""
    distinct = sorted({word.lower() for word in words})
    with connection.cursor() as cursor:
        cursor.execute(MEANINGS, [distinct])
        return {word: frozenset(lexemes) for word, lexemes in cursor.fetchall()}


def _letters(cases: list[Case], words: re.Pattern[str]) -> list[Letter]:
    items = DisputedItem.objects.only(
        "review", "position", "receipts", "administrator_cites", "expert_cites"
    )
    prefetch_related_objects(cases, Prefetch("review__items", items))
    shown = {case.review_id: case for case in cases}
    texts = Transcript.objects.filter(review__in=shown).values_list(
        "review", Left("text", LONGEST_TEXT)
    )
    return [_letter(shown[key], text, words) for key, text in texts]


def _letter(case: Case, text: str, words: re.Pattern[str]) -> Letter:
    parts = parts_of(case.review)
    printed = [Place(part, text, words_at(text, part.start, part.end, words)) for part in parts]
    in_catalogue = [
        Place(part, name, words_at(name, 0, len(name), words))
        for part in parts
        for name in part.says
    ]
    return Letter(case, printed, in_catalogue)


def _called(case: Case, search: Asked) -> list[Passage]:
    """The case number, where the search is a part of it."""
    sought, receipt = search.number_start or search.typed, case.review.receipts.get("case_number")
    at = case.name.upper().find(sought.upper())
    if not (case.number and receipt and at >= 0):
        return []
    pieces = _pieces(case.name, 0, len(case.name), [Span(at, at + len(sought), frozenset())])
    return [Passage("Case number", tuple(pieces), receipt[0], receipt[1])]


def _passages(letter: Letter, rows: list[Row], meanings: Meanings) -> list[Passage]:
    if found := _found(letter.printed, rows, meanings):
        return [_passage(each, printed=True) for each in _best(found)]
    if found := _found(letter.in_catalogue, rows, meanings):
        return [_passage(each, printed=False) for each in _best(found)]
    found = _found(letter.printed, one_by_one(rows), meanings)
    return [_passage(each, printed=True) for each in _best(found)]


def _found(places: list[Place], rows: list[Row], meanings: Meanings) -> list[Found]:
    """What is best shown of each place; those without any of the terms are left out."""
    return [
        Found(part, text, spans, _densest(spans))
        for part, text, words in places
        if (spans := spans_of(text, words, rows, meanings))
    ]


def _densest(spans: list[Span]) -> list[Span]:
    """The first stretch of spans that fits into a passage and holds the most terms."""
    best, most, every = spans[:1], 0, len(_terms(spans))
    for n, first in enumerate(spans):
        ends = first.start + LONG - BEFORE
        stretch = [span for span in spans[n : n + 20] if span.end <= ends] or [first]
        if (terms := len(_terms(stretch))) > most:
            best, most = stretch, terms
        if most == every:
            break
    return best


def _terms(spans: list[Span]) -> frozenset[int]:
    return frozenset[int]().union(*(span.terms for span in spans))


def _best(found: list[Found]) -> list[Found]:
    """First what holds the most terms, then what adds the most to it; else what comes first."""
    chosen: list[Found] = []
    seen = frozenset[int]()
    for _ in range(min(MOST, len(found))):
        left = [each for each in found if each not in chosen]
        chosen.append(max(left, key=lambda each: (len(each.terms - seen), len(each.terms))))
        seen |= chosen[-1].terms
    return chosen


def _passage(found: Found, *, printed: bool) -> Passage:
    text, first, last = found.text, found.stretch[0], found.stretch[-1]
    least, most = (found.part.start, found.part.end) if printed else (0, len(text))
    start = max(least, first.start - BEFORE)
    if start > least:
        start = min(_edge(text, start), first.start)
    end = min(most, max(start + LONG, last.end))
    if end < most:
        end = max(text.rfind(" ", start, end), last.end)
    pieces = list(_pieces(text, start, end, found.spans))
    if start > least:
        pieces.insert(0, Piece("… ", False))
    if end < most:
        pieces.append(Piece(" …", False))
    place = (first.start, first.end) if printed else (found.part.start, found.part.end)
    return Passage(found.part.label, tuple(pieces), *place)


def _edge(text: str, at: int) -> int:
    """The next beginning of a word."""
    return next((gap.end() for gap in SPACE.finditer(text, at)), at)


def _pieces(text: str, start: int, end: int, spans: list[Span]) -> Iterator[Piece]:
    """The words between two characters, marked where the spans are."""
    for span in spans:
        if start <= span.start and span.end <= end:
            yield Piece(SPACE.sub(" ", text[start : span.start]), False)
            yield Piece(SPACE.sub(" ", text[span.start : span.end]), True)
            start = span.end
    yield Piece(SPACE.sub(" ", text[start:end]), False)
