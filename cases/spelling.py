"""Words that stand in no letter, and how they may have been meant."""

from collections.abc import Iterable
from difflib import SequenceMatcher

from django.db import connection

from cases.planning import by_index

SHORTEST = 4  # letters of a word that is compared
ALIKE = 0.7  # of two spellings, 0 to 1; below it they are different words
MOST = 3

# For each word the nearest of those that stand in services, by the index of their trigrams, and of
# the catalogue's names, which are few.
NEAREST = """
SELECT typed, near.word FROM unnest(%s::text[]) typed CROSS JOIN LATERAL (
    SELECT word FROM reviews_word WHERE word %% typed
    UNION
    SELECT lower(part) FROM reviews_treatment, unnest(aliases || name) called,
        regexp_split_to_table(called, '[^[:alpha:]]+') part
    WHERE length(part) >= 4
) near
WHERE similarity(near.word, typed) >= 0.2
"""
STANDS = """
SELECT %s::text WHERE EXISTS (
    SELECT FROM reviews_review WHERE search @@ phraseto_tsquery('english', %s)
)
"""


def standing(words: Iterable[str]) -> set[str]:
    """Those that stand in some letter."""
    asked = sorted(set(words))
    if not asked:
        return set()
    with by_index(), connection.cursor() as cursor:
        cursor.execute(
            " UNION ALL ".join([STANDS] * len(asked)),
            [each for word in asked for each in (word, word)],
        )
        return {word for (word,) in cursor.fetchall()}


def meant(words: Iterable[str]) -> dict[str, list[str]]:
    """For each word the nearest ones that stand in some letter, the nearest first."""
    compared = [word.lower() for word in words if len(word) >= SHORTEST and word.isalpha()]
    if not compared:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(NEAREST, [compared])
        near: dict[str, list[str]] = {}
        for typed, word in cursor.fetchall():
            near.setdefault(typed, []).append(word)
    best = {typed: _alike(typed, candidates) for typed, candidates in near.items()}
    there = standing(word for candidates in best.values() for word in candidates)
    found = {typed: [word for word in each if word in there] for typed, each in best.items()}
    return {typed: each for typed, each in found.items() if each}


def _alike(typed: str, candidates: list[str]) -> list[str]:
    rated = sorted(
        (-SequenceMatcher(None, typed, word, autojunk=False).ratio(), word) for word in candidates
    )
    return [word for ratio, word in rated if -ratio >= ALIKE and word != typed][:MOST]
