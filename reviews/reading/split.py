"""Lists of section names, told apart by the names that are known.

Names hold commas (`NSAIDs, GI symptoms & cardiovascular risk`), colons and "and"; so a list is cut
at its commas outside of brackets, and pieces that make a known name together are joined again.
"""

import re

from reviews.reading import catalogue, names

_NUMBERED = re.compile(r"\d+(?:\.\d+)*\.?\s+[A-Za-z]")
_AND = re.compile(r"\s(?:and|&)\s+")
_MOST_JOINED = 7
# Words that say "section" and are no section.
_FILLER = frozenset(
    ["subheading", "section", "sections", "guidelines", "guideline", "topic", "chapter"]
)

Piece = tuple[int, int]


def sections(printed: str) -> list[str]:
    """The section names in a printed list."""
    pieces = _pieces(printed)
    found: list[str] = []
    place = 0
    while place < len(pieces):
        count = _known(printed, pieces, place)
        if not count and (cut := _and(printed, pieces, place)):
            pieces[place : place + 1] = cut
            count = 1
        count = count or _numbered(printed, pieces, place)
        name = printed[pieces[place][0] : pieces[place + count - 1][1]]
        if catalogue.key(name) and name.lower() not in _FILLER:
            found.append(" ".join(name.split()))
        place += count
    return found


def _is_known(name: str) -> bool:
    return catalogue.key(name) in names.sections()


def _known(printed: str, pieces: list[Piece], place: int) -> int:
    """How many pieces from `place` on make a known name, at most; 0 for none."""
    for count in range(min(_MOST_JOINED, len(pieces) - place), 0, -1):
        if _is_known(printed[pieces[place][0] : pieces[place + count - 1][1]]):
            return count
    return 0


def _and(printed: str, pieces: list[Piece], place: int) -> list[Piece]:
    """Two pieces of one that joins two names by "and": known names, or alike at their start."""
    start, end = pieces[place]
    for match in _AND.finditer(printed, start, end):
        left, right = printed[start : match.start()], (match.end(), end)
        rest = [right, *pieces[place + 1 : place + _MOST_JOINED]]
        alike = left.split()[0].lower() == printed[slice(*right)].split()[0].lower()
        if alike or _is_known(left) or _known(printed, rest, 0):
            return [(start, match.start()), right]
    return []


def _numbered(printed: str, pieces: list[Piece], place: int) -> int:
    """A numbered section runs on to the next number or known name; any other is one piece."""
    if not _NUMBERED.match(printed, pieces[place][0]):
        return 1
    count = 1
    while place + count < len(pieces):
        if _NUMBERED.match(printed, pieces[place + count][0]):
            break
        if _known(printed, pieces, place + count):
            break
        count += 1
    return count


def _pieces(printed: str) -> list[Piece]:
    """The list cut at commas and semicolons outside of brackets, without what is no word."""
    pieces, depth, start = [], 0, 0
    for match in re.finditer(r"[()\[\],;]|\Z", printed):
        char = match.group()
        if char in ("(", "["):
            depth += 1
        elif char in (")", "]"):
            depth = max(depth - 1, 0)
        elif depth == 0 or not char:
            pieces.append(_trimmed(printed, start, match.start()))
            start = match.end()
    return [(first, last) for first, last in pieces if catalogue.key(printed[first:last])]


def _trimmed(printed: str, start: int, end: int) -> Piece:
    """Without separators and "and" at either end."""
    piece = printed[start:end]
    lead = re.match(r"[\s.:–-]*(?:(?:and|&)\s+)?", piece)
    start += lead.end() if lead else 0
    tail = re.search(r"(?:[\s.:–-]|\s(?:and|&))*\Z", printed[start:end])
    return start, start + tail.start() if tail else end
