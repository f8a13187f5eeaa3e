"""Lines before which a letter leaves more room than between the lines of a paragraph."""

from collections import Counter

from reviews.reading.running import Running
from reviews.reading.types import LetterText, Line

_ROOM = 0.6  # of a line's height


def paragraph_starts(letter: LetterText, running: Running) -> frozenset[int]:
    """The numbers of these lines."""
    if letter.origin != "dump":
        return _by_boxes(letter, running)
    gaps = _gaps(letter, running)
    if any(spaces for _, spaces in gaps.values()):
        # a dump with a blank line after every line: a line of spaces is the real break
        return frozenset(index for index, (_, spaces) in gaps.items() if spaces)
    usual = Counter(count for count, _ in gaps.values()).most_common(1)
    return frozenset(index for index, (count, _) in gaps.items() if usual and count > usual[0][0])


def _gaps(letter: LetterText, running: Running) -> dict[int, tuple[int, bool]]:
    """For each line with words: how many blank lines before it, whether one holds spaces.

    At a page's edge room says nothing.
    """
    gaps: dict[int, tuple[int, bool]] = {}
    blank, spaces, edge = 0, False, False
    page = 1
    for index, line in enumerate(letter.lines):
        if index in running.lines:
            edge = True
        elif letter.text[line.start : line.end].strip():
            edge |= line.page != page
            gaps[index] = (0, False) if edge else (blank, spaces)
            blank, spaces, edge, page = 0, False, False, line.page
        else:
            blank += 1
            spaces |= line.end > line.start
    return gaps


def _by_boxes(letter: LetterText, running: Running) -> frozenset[int]:
    found = set()
    before: Line | None = None
    for index, line in enumerate(letter.lines):
        if index in running.lines or line.box is None:
            continue
        if before is not None and before.box is not None and before.page == line.page:
            height = max(line.box[3] - line.box[1], 1.0)
            if before.box[1] - line.box[3] > _ROOM * height:
                found.add(index)
        before = line
    return frozenset(found)
