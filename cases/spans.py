"""Where terms stand in a text, by what its words mean: plain values, no database."""

import re
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import NamedTuple

from cases.terms import WORD, Term

MOST = 1000  # words looked at in one part of a letter
Meanings = dict[str, frozenset[str]]  # the lexemes of a word in small letters; none of "the"


class Row(NamedTuple):
    """A term's words that count: the lexemes of each, and how many others stand before it."""

    words: tuple[tuple[frozenset[str], int], ...]


class Told(NamedTuple):
    """A word of a text, in small letters, and where it stands."""

    start: int
    end: int
    word: str


class Hit(NamedTuple):
    """A word that may be one of a row's."""

    start: int
    end: int
    lexemes: frozenset[str]


class Span(NamedTuple):
    """Characters `start` up to, not including, `end`, on which the terms of these places stand."""

    start: int
    end: int
    terms: frozenset[int]


def rows_of(terms: Iterable[Term], meanings: Meanings) -> list[Row]:
    return [Row(tuple(_counting(term, meanings))) for term in terms]


def one_by_one(rows: Iterable[Row]) -> list[Row]:
    """Each word a row of its own: for words that stand in a row nowhere in what is shown."""
    return [Row(((lexemes, 0),)) for row in rows for lexemes, _others in row.words]


def likely(rows: Iterable[Row]) -> re.Pattern[str]:
    """Words that may mean the same: stemming changes a word's end, never its two first letters."""
    starts = {re.escape(each[:2]) for row in rows for lexemes, _ in row.words for each in lexemes}
    begun = "|".join(sorted(starts))
    return re.compile(rf"(?<![^\W_])(?=(?:{begun})){WORD.pattern}", re.IGNORECASE)


def words_at(text: str, start: int, end: int, words: re.Pattern[str]) -> list[Told]:
    """The first of these words between two characters."""
    found = islice(words.finditer(text, start, end), MOST)
    return [Told(*each.span(), each[0].lower()) for each in found]


def spans_of(text: str, words: list[Told], rows: list[Row], meanings: Meanings) -> list[Span]:
    """The places of the rows among these words of a text, in order; neighbours are one."""
    hits = [
        Hit(start, end, lexemes) for start, end, word in words if (lexemes := meanings.get(word))
    ]
    found = [
        Span(hit.start, end, frozenset([place]))
        for place, row in enumerate(rows)
        for n, hit in enumerate(hits)
        if (end := _end_of(text, hits[n : n + len(row.words)], row))
    ]
    return _joined(text, sorted(found, key=lambda span: span[:2]))


def _counting(term: Term, meanings: Meanings) -> Iterator[tuple[frozenset[str], int]]:
    others = 0
    for word in term.words:
        if lexemes := meanings.get(word.text.lower()):
            yield lexemes, others
            others = 0
        else:
            others += 1


def _end_of(text: str, hits: list[Hit], row: Row) -> int:
    """Where a row ends whose words these may be, or 0 if they are not."""
    last = 0
    for hit, (sought, others) in zip(hits, row.words, strict=False):
        if not hit.lexemes & sought:
            return 0
        if last and len(WORD.findall(text, last, hit.start)) != others:
            return 0
        last = hit.end
    return last if len(hits) == len(row.words) else 0


def _joined(text: str, spans: Iterable[Span]) -> list[Span]:
    joined: list[Span] = []
    for span in spans:
        if joined and not WORD.search(text, joined[-1].end, span.start):
            before = joined.pop()
            end = max(before.end, span.end)
            span = Span(before.start, end, before.terms | span.terms)
        joined.append(span)
    return joined
