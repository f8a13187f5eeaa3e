"""Diagnoses, from the sentence of the clinical summary that gives them.

A list is cut at semicolons, commas and "and"; pieces that are no diagnosis of their own (`ankle,
and foot`, `subsequent encounter`) are joined to the piece they belong to.
"""

import re
from functools import cache

from reviews.reading import catalogue
from reviews.reading.clean import Clean
from reviews.reading.types import Found
from reviews.reading.values import found

# What introduces a list. Examples: `The diagnoses include`, `was diagnosed as having`, `current
# diagnoses are documented as`, `undergoing treatment for`, `being treated for the diagnosis of`.
_LEAD = re.compile(
    r"\bdiagnos[ei]s(?:\s+(?:is|are|was|were|has|have|been|currently|documented|noted|listed"
    r"|given|reported|as|to|be|include[sd]?|including|of|the|following|consist\w*))+\s*:?\s*"
    r"|\bdiagnos[ei]s\s*:\s*"
    r"|\bdiagnosed\s+(?:as|with|to\s+have)(?:\s+having)?\s*:?\s*"
    r"|\b(?:undergo\w*|receiv\w*|had)\s+treatments?\s+for\s*:?\s*"
    r"|\b(?:been|being|was|is)\s+treated\s+for\s*:?\s*"
    r"(?:the\s+diagnos[ei]s\s+of\s*)?",
    re.IGNORECASE,
)
_SENTENCE_END = re.compile(r"\.(?=\s*[A-Z\"“]|\s+\d|\s*\Z)|\.\s*\Z")
_BREAK = re.compile(r"\s*(?P<sign>[;,])\s*(?P<and>and\s+)?(?!-)|\s+and\s+")
# `a`, `the`, `(1)`, `2)`.
_BEFORE = re.compile(r"(?:\(?\d{1,2}\)\s*)?(?:(?:an?|the)\s+)?", re.IGNORECASE)
# A piece that only says more of the one before. Examples: `subsequent encounter`, `status post
# being struck`, `not otherwise specified`.
_MORE = re.compile(
    r"(?:subsequent|initial|sequela|resolved|resolving|improving|stable"
    r"|work[- ]related|industrial|not\s+otherwise\s+specified|status\s+post\s+\w+ing"
    r"|with|without|single\s+episode|recurrent|moderate\Z|mild\Z|severe\Z"
    r"|secondary\s+to|due\s+to)\b",
    re.IGNORECASE,
)
# `sprain of joints and ligaments`, `strain of the muscle, fascia, and tendon`: one diagnosis.
_TISSUE = ("muscle", "muscles", "fascia", "tendon", "tendons", "ligament", "ligaments", "joints")
_LONGEST = 900


def read(clean: Clean, start: int, end: int) -> tuple[Found[str], ...]:
    """The diagnoses that the summary names."""
    lead = _LEAD.search(clean.text, start, end)
    while lead and (further := _LEAD.match(clean.text, lead.end(), end)):
        lead = further
    if lead is None:
        return ()
    stop = _SENTENCE_END.search(clean.text, lead.end(), min(end, lead.end() + _LONGEST))
    places = _joined(clean.text, _pieces(clean.text, lead.end(), stop.start() if stop else end))
    return tuple(
        found(clean, clean.text[first:last], first, last, "summary:diagnosis")
        for first, last in places
        if last - first < _LONGEST
    )


def _pieces(text: str, start: int, end: int) -> list[tuple[int, int, str]]:
    """Pieces of the list and the sign before each: "", ";", ",", ",and" or "and"."""
    pieces, sign = [], ""
    start = _begin(text, start, end)
    for match in [*_BREAK.finditer(text, start, end), None]:
        stop = match.start() if match else end
        if stop > start:
            pieces.append((start, stop, sign))
        if match:
            sign = f"{match['sign'] or ''}{'and' if match['and'] or not match['sign'] else ''}"
            start = _begin(text, match.end(), end)
    return pieces


def _begin(text: str, start: int, end: int) -> int:
    """Where a piece begins, after its number in the list or its article."""
    before = _BEFORE.match(text, start, end)
    return before.end() if before else start


def _joined(text: str, pieces: list[tuple[int, int, str]]) -> list[tuple[int, int]]:
    places: list[tuple[int, int]] = []
    waiting = False  # for the condition of `lumbar, hip, and neck strain`
    for number, (start, end, sign) in enumerate(pieces):
        before = text[slice(*places[-1])] if places else ""
        only_places = _only_places(text[start:end])
        ahead = only_places and _condition_follows(text, pieces, number)
        more = not ahead and (only_places or _belongs(text[start:end], before, sign))
        if places and not sign.startswith(";") and (waiting or more):
            places[-1] = (places[-1][0], end)
        else:
            places.append((start, end))
        waiting = ahead
    return places


def _condition_follows(text: str, pieces: list[tuple[int, int, str]], number: int) -> bool:
    """Whether a piece of places belongs to the condition after it, not to the one before."""
    own = pieces[number][2]
    if _words(text[slice(*pieces[number][:2])])[0] in _TISSUE:
        return False
    for start, end, sign in pieces[number + 1 :]:
        if sign.startswith(";"):
            return False
        if not _only_places(text[start:end]):
            return sign == "and" or (sign == ",and" and own != "and")
    return False


def _belongs(piece: str, before: str, sign: str) -> bool:
    """Whether a piece is only more of the diagnosis before it."""
    if sign.startswith(",") and _MORE.match(piece):
        return True
    words, said = _words(piece), _words(before)
    if words[0] in _TISSUE:
        return True
    general = words[0] in _known("general") and said[-1] in _known("general")
    return general and sign == "and" and not (_has_place(words) and _has_place(said))


def _only_places(piece: str) -> bool:
    """Whether a piece names places and no condition. Examples: `lumbar`, `rule out cervical`."""
    words = [word for word in _words(piece) if word not in ("rule", "out", "possible", "probable")]
    return all(word in _known("place") or word in _known("small") for word in words)


def _has_place(words: list[str]) -> bool:
    return any(word in _known("place") for word in words)


def _words(text: str) -> list[str]:
    return re.findall(r"[a-z]+", text.lower()) or [""]


@cache
def _known(kind: str) -> frozenset[str]:
    rows = catalogue.rows("diagnosis_words.csv")
    return frozenset(row["word"] for row in rows if row["kind"] == kind)
