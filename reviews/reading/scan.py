"""Recognised words to a `LetterText`, with the slips mended that recognition is known for.

Only the form's own words (headings, labels, outcomes) and numbers of a known shape are mended,
for what they should be is known; everything else stays as it was recognised.
"""

import re
from collections.abc import Iterable, Sequence
from functools import cache
from statistics import fmean, median

from reviews.reading import catalogue
from reviews.reading.ocr import Page, Word
from reviews.reading.types import LetterText, Line, Sheet, SheetLine

Box = tuple[float, float, float, float]

_SURE_MARK = 75  # less sure punctuation alone is a speck on the sheet
_SURE_LINE = 50  # less sure lines of a word or two are parts of a picture or a stamp
_RULES = "|_~¦"  # what is left of ruled lines
_BELOW = 0.25  # of a line's height lies below its foot
_PRINTS = str.maketrans(
    {"—": "-", "―": "-", "ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl"} | {"`": "'"}
)
_DIGITS = str.maketrans("OoIl|SB", "0011158")
_DIGIT = r"[\dOoIl|]"
# Numbers of a known shape. Examples: `CMI6-O123456`, `l2/O1/2016`, `#6O`, `l0mg`.
_CASE_NUMBER = re.compile(r"\bC[MN][ .]?([\dOoIl|SB]{2})\s?[-.]?\s?([\dOoIl|SB]{7})(?!\w)")
_NUMBERS = re.compile(
    rf"(?<![\w/-]){_DIGIT}{{1,2}}(?P<by>[/-]){_DIGIT}{{1,2}}(?P=by)(?:{_DIGIT}{{4}}|{_DIGIT}{{2}})"
    rf"(?![\w/-])|#{_DIGIT}+(?!\w)|(?<![\w.]){_DIGIT}+(?=\s?mg\b)"
)
# Labels that stand in no table of headings.
_LABELS = (
    *("MAXIMUS Case Number:", "Case Number:", "Date Assigned:", "Date of Injury:"),
    *("Decision Date:", "Dated:", "UR Denial Date:", "Date of UR Decision:", "Priority:"),
    *("IMR Application Received:", "Application Received:", "Received:"),
    *("Section(s):", "Page(s):"),
)
_ALIKE = {"rn": "(?:rn|m)", "m": "(?:m|rn)"} | dict.fromkeys("oO0", "[oO0]")
_ALIKE |= dict.fromkeys("il1I|", "[il1I|!]")


def letter_text(pages: Sequence[Page]) -> LetterText:
    """The pages as one text, their lines with boxes; `confidence` is the mean over all words
    that were recognised."""
    parts: list[str] = []
    lines: list[Line] = []
    starts = []
    sheets = []
    length = 0
    for number, page in enumerate(pages, 1):
        starts.append(length)
        drawn = []
        for line, box, words in _placed(page):
            lines.append(Line(length, length + len(line), number, box=box))
            drawn.append(_drawn(length, line, box, words))
            parts += [line, "\n"]
            length += len(line) + 1
        if number < len(pages):
            parts.append("\f")
            length += 1
        sheets.append(Sheet(page.posture, tuple(drawn)) if page.posture else None)
    recognised = [page for page in pages if not page.printed]
    sure = [word.confidence for page in recognised for line in page.lines for word in line]
    confidence = round(fmean(sure), 1) if sure else 0.0
    text = "".join(parts)
    return LetterText(
        text, tuple(lines), tuple(starts) or (0,), "scan", confidence, sheets=tuple(sheets)
    )


def mended(line: str) -> str:
    """A line without the slips that would keep it from being understood."""
    line = line.translate(_PRINTS)
    line = _CASE_NUMBER.sub(_case_number, line)
    line = _NUMBERS.sub(_number, line)
    search, known = _form()
    line = search.sub(lambda match: known.get(_skeleton(match.group()), match.group()), line)
    return _outcome().sub(_told_outcome, line)


def _placed(page: Page) -> Iterable[tuple[str, Box, list[Word]]]:
    """Each line's text, box and words. Boxes are equally high: ink alone would make a line without
    tall letters look as if there were room around it."""
    kept = [line for words in page.lines if (line := [word for word in words if _is_kept(word)])]
    kept = [line for line in kept if not _is_picture(line)]
    height = median(_top(line) - _foot(line) for line in kept) if kept else 0.0
    for line in kept:
        text = mended(" ".join(word.text.strip(_RULES) for word in line))
        foot = _foot(line)
        box = (line[0].box[0], foot - _BELOW * height, line[-1].box[2], foot + height)
        yield text, box, line


def _drawn(start: int, line: str, box: Box, words: Sequence[Word]) -> SheetLine:
    """The line's words on the page, unless mending made them more or fewer."""
    left, bottom, right, top = box
    sides = tuple((word.box[0], word.box[2]) for word in words)
    if len(line.split()) != len(words):
        sides = ((left, right),)
    return SheetLine(start, start + len(line), bottom, top, sides)


def _is_kept(word: Word) -> bool:
    if any(map(str.isalnum, word.text)):
        return True
    return word.confidence >= _SURE_MARK and not set(word.text) & set(_RULES)


def _is_picture(line: Sequence[Word]) -> bool:
    sure = fmean(word.confidence for word in line)
    return len(line) < 3 and sure < _SURE_LINE


def _top(line: Sequence[Word]) -> float:
    return max(word.box[3] for word in line)


def _foot(line: Sequence[Word]) -> float:
    return median(word.box[1] for word in line)


def _case_number(match: re.Match[str]) -> str:
    digits = (match[1] + match[2]).translate(_DIGITS)
    return f"CM{digits[:2]}-{digits[2:]}"


def _number(match: re.Match[str]) -> str:
    printed = match.group()
    return printed.translate(_DIGITS) if any(map(str.isdecimal, printed)) else printed


@cache
def _form() -> tuple[re.Pattern[str], dict[str, str]]:
    """A pattern that finds the form's words with or without slips, and what each should be."""
    printed = [heading.printed.split("...")[0].strip() for heading in catalogue.headings()]
    words = sorted({*printed, *_LABELS}, key=lambda one: (-len(one), one))
    found = "|".join(map(_with_slips, words))
    return re.compile(rf"(?<!\w)(?:{found})"), {_skeleton(one): one for one in words}


@cache
def _outcome() -> re.Pattern[str]:
    """An outcome at a line's end. Examples: `; Upheld`, `. : Overtumed.`, `Up held` alone."""
    words = f"(?P<upheld>{_with_slips('Upheld')})|{_with_slips('Overturned')}"
    return re.compile(rf"(?P<colon>(?:\s?[.,])?\s?[:;]\s?\.?\s?|^)(?:{words})\s?[.,]?$")


def _told_outcome(match: re.Match[str]) -> str:
    word = "Upheld" if match["upheld"] else "Overturned"
    return f": {word}" if match["colon"] else word


def _with_slips(printed: str) -> str:
    """A pattern for words as recognition may give them: broken, `rn` as `m`, `l` as `1` ..."""
    colon = printed.endswith(":")
    units = re.findall(r"rn|\S", printed.removesuffix(":"))
    pattern = " ?".join(_ALIKE.get(unit, re.escape(unit)) for unit in units)
    return pattern + (r"(?: ?\.? ?[:;]\.?)" if colon else r"(?!\w)")


def _skeleton(printed: str) -> str:
    """What is left of words when all that recognition confuses is taken for the same."""
    plain = re.sub(r"[il1I|!]", "i", printed).replace("0", "o").replace("O", "o")
    return re.sub(r"[\s.:;]", "", plain.replace("rn", "m")) + (":" if _ends(printed) else "")


def _ends(printed: str) -> bool:
    return printed.rstrip(". ").endswith((":", ";"))
