"""Lists of section names, told apart by the names that are known.

Names hold commas (`NSAIDs, GI symptoms & cardiovascular risk`), colons and "and"; so a list is cut
at its commas outside of brackets, and pieces that make a known name together are joined again.
"""

import re

from reviews.reading import catalogue, names

_NUMBERED = re.compile(r"\d+(?:\.\d+)*\.?\s+[A-Za-z]")
_MOST_JOINED = 7
# Words that say "section" and are no section.
_FILLER = frozenset(
    ["subheading", "section", "sections", "guidelines", "guideline", "topic", "chapter"]
)


def sections(printed: str) -> list[str]:
    """The section names in a printed list."""
    pieces = _pieces(printed)
    found: list[str] = []
    place = 0
    while place < len(pieces):
        count = _known(pieces, place) or _numbered(pieces, place)
        name = ", ".join(pieces[place : place + count])
        if catalogue.key(name) and name.lower() not in _FILLER:
            found.append(name)
        place += count
    return found


def _known(pieces: list[str], place: int) -> int:
    """How many pieces from `place` on make a known name, at most; 0 for none."""
    for count in range(min(_MOST_JOINED, len(pieces) - place), 0, -1):
        if catalogue.key(" ".join(pieces[place : place + count])) in names.sections():
            return count
    return 0


def _numbered(pieces: list[str], place: int) -> int:
    """A numbered section runs on to the next number or known name; any other is one piece."""
    if not _NUMBERED.match(pieces[place]):
        return 1
    count = 1
    while place + count < len(pieces):
        following = pieces[place + count]
        if _NUMBERED.match(following) or _known(pieces, place + count):
            break
        count += 1
    return count


def _pieces(printed: str) -> list[str]:
    """The list cut at commas and semicolons outside of brackets."""
    pieces, depth, start = [], 0, 0
    for match in re.finditer(r"[()\[\],;]", printed):
        char = match.group()
        if char in "([":
            depth += 1
        elif char in ")]":
            depth = max(depth - 1, 0)
        elif depth == 0:
            pieces.append(printed[start : match.start()])
            start = match.end()
    pieces.append(printed[start:])
    cleaned = (re.sub(r"\A(?:and|&)\s+", "", piece.strip(" .:-–")) for piece in pieces)
    return [piece for piece in cleaned if re.search(r"\w", piece)]
