"""Where the paragraph that ends at a place begins: bold type, room, short lines, sentences.

Item headings have no mark of their own at their start. In a PDF they are bold. In a dump they
follow room, or at least a line that ended before it was full. In a dump of one word a line only
sentences are left, and the answer is not sure.
"""

import re
from statistics import median

from reviews.reading.clean import Clean, Row

_FULL = 0.9  # a line this full could have been broken only by its width
_SHORT = 0.7  # a line so short ended with its paragraph, whatever its last character
_ONE_WORD_LINES = 25  # characters in a line of the middle length
# A sentence ends. Not after an abbreviation (`Qty. 42`, `St. Mary`, `J. Doe`).
_SENTENCE_END = re.compile(
    r"(?<!\b[A-Z])(?<!\b[Qq]ty)(?<!\b(?:[DM]r|[SsVv]t|[Nn]o|vs))(?<!\bInc)(?<!\bapprox)"
    r"[.!?][\"”'’)\]]*\s+(?=[A-Z0-9\"“(])"
)
# The last thing a rationale says. Examples: `is not medically necessary.`, `are certified.`
_VERDICT_END = re.compile(
    r"(?:medically\s*(?:necessary|appropriate|indicated)|medical\s*necessity|not\s*certified"
    r"|is\s*(?:not\s*)?(?:certified|supported|necessary))[^.]{0,80}\.[\"”'’)]*\s+",
    re.IGNORECASE,
)
# Headings that hold sentences of their own.
_CUT_DOWN = re.compile(r"(?:was|were)\s*the original request\b")
_CUT_OFF = re.compile(r"\boriginal request\b")


def paragraph_start(clean: Clean, before: int, end: int) -> tuple[int, bool]:
    """Where the paragraph that ends at clean character `end` begins, not earlier than `before`.

    The second value says whether the place is sure.
    """
    while before < end and clean.text[before].isspace():
        before += 1
    if before >= end:
        return end, True
    first, last = clean.row_at(before), clean.row_at(end - 1)
    rows = clean.rows[first : last + 1]
    if clean.letter.origin == "pdf" and any(row.bold for row in clean.rows):
        place = _bold_start(rows, before)
        if place is not None:
            return rows[place].start, True
    width = _width(clean)
    if width < _ONE_WORD_LINES:
        return _by_sentences(clean.text, before, end)
    return _by_rows(clean, rows, before, end, width)


def _bold_start(rows: tuple[Row, ...], before: int) -> int | None:
    """The first of the bold lines at the end; None when the last line is not bold.

    A line that began before the region is bold only for the label it begins with.
    """
    place = None
    for number in range(len(rows) - 1, -1, -1):
        if not rows[number].bold or rows[number].start < before:
            break
        place = number
    return place


def _by_rows(
    clean: Clean, rows: tuple[Row, ...], before: int, end: int, width: int
) -> tuple[int, bool]:
    """Up from the last line until a line begins a paragraph."""
    text = clean.text
    for number in range(len(rows) - 1, 0, -1):
        row, above = rows[number], rows[number - 1]
        start = max(row.start, before)
        if row.start == above.end:
            continue  # closed up after a hyphen: within a word
        if not re.search(r"\w", text[start:end]):
            continue  # the outcome stands alone on its line
        if _CUT_OFF.search(text, start, end) and not _CUT_DOWN.search(text, start, end):
            continue
        if row.breaks:
            return start, True
        if not _begins_heading(text, start):
            continue
        filled = (above.end - above.start + 1 + _first_word(text, start)) / width
        if _ends_sentence(text, above, before):
            verdict = _VERDICT_END.search(text + " ", max(above.start - 120, before), start)
            if filled < _FULL or (verdict and verdict.end() >= start):
                return start, True
        elif filled < _SHORT:
            return start, False
    if rows[0].start >= before:
        return rows[0].start, True
    return _by_sentences(text, before, end)


def _ends_sentence(text: str, row: Row, before: int) -> bool:
    return text[max(row.start, before) : row.end].rstrip("\"”'’)] ").endswith((".", "!", "?", ":"))


def _begins_heading(text: str, start: int) -> bool:
    return not text[start].islower()


def _first_word(text: str, start: int) -> int:
    stop = text.find(" ", start)
    return (stop if stop > 0 else len(text)) - start


def _width(clean: Clean) -> int:
    widths = sorted(row.end - row.start for row in clean.rows)
    if not widths or median(widths) < _ONE_WORD_LINES:
        return 0
    return widths[int(len(widths) * 0.9)]


def _by_sentences(text: str, before: int, end: int) -> tuple[int, bool]:
    """After the last verdict, else after the last sentence; a cut-down request taken whole."""
    start = before
    for match in _VERDICT_END.finditer(text, before, end):
        start = match.end()
    if not _SENTENCE_END.search(text, start, end):
        return start, True
    cut = _CUT_DOWN.search(text, start, end)
    sure = bool(cut) and not _SENTENCE_END.search(text, start, cut.start() if cut else start)
    for match in _SENTENCE_END.finditer(text, start, cut.start() if cut else end):
        start = match.end()
    return start, sure
