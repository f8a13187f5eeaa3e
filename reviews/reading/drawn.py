"""Pages as they are drawn, and where on them words of the letter's text stand."""

import ctypes
import io
from collections.abc import Iterator
from itertools import groupby
from typing import NamedTuple

import pypdfium2
import pypdfium2.raw as pdfium

from reviews.reading.pdf import is_kept, printed_lines, units

_SCALE = 1.6  # 115 dpi: sharp at the width of half a screen, some 80 KB a page


class Box(NamedTuple):
    """A rectangle on a drawn page, in shares of its width and height from the upper left corner."""

    left: float
    top: float
    width: float
    height: float


def draw(data: bytes, page: int) -> bytes:
    """Page `page`, counted from 1, as a PNG. Raises IndexError where there is none."""
    with pypdfium2.PdfDocument(data) as document:
        drawn = document[_index(document, page)]
        target = io.BytesIO()
        drawn.render(scale=_SCALE, grayscale=True).to_pil().save(target, "PNG")
        return target.getvalue()


def boxes(data: bytes, page: int, text: str, spans: list[tuple[int, int]]) -> list[list[Box]]:
    """Where each span's characters of a page's text stand on the drawn page, line by line.

    `text` is the page's text as it was read; where the file no longer gives that text, there is
    no box to trust, and none is given.
    """
    with pypdfium2.PdfDocument(data) as document:
        drawn = document[_index(document, page)]
        textpage = drawn.get_textpage()
        printed = textpage.get_text_range()
        found, sources = _sources(printed)
        if _bare(found) != _bare(text):
            return [[] for _ in spans]
        inked = [source for char, source in zip(found, sources, strict=True) if not char.isspace()]
        bare = [(len(_bare(text[:start])), len(_bare(text[:end]))) for start, end in spans]
        return [list(_span_boxes(drawn, textpage, printed, inked[s:e])) for s, e in bare]


def _bare(text: str) -> str:
    """Without spaces: those at the ends of lines are not always kept."""
    return "".join(text.split())


def _span_boxes(
    page: pypdfium2.PdfPage,
    textpage: pypdfium2.PdfTextPage,
    printed: str,
    sources: list[tuple[int, int] | None],
) -> Iterator[Box]:
    marked = [source for source in sources if source]
    for _line, places in groupby(marked, key=lambda source: source[0]):
        if box := _box(page, textpage, [units(printed, at) for _, at in places]):
            yield box


def _index(document: pypdfium2.PdfDocument, page: int) -> int:
    if not 1 <= page <= len(document):
        raise IndexError(f"page {page} of {len(document)}")
    return page - 1


def _sources(printed: str) -> tuple[str, list[tuple[int, int] | None]]:
    """The page's text as the reader has it, and for each character its line and its place."""
    text: list[str] = []
    sources: list[tuple[int, int] | None] = []
    for number, (start, end, hyphen) in enumerate(printed_lines(printed)):
        kept = [at for at in range(start, end) if is_kept(printed[at])]
        text += [printed[at] for at in kept] + [hyphen, "\n"]
        sources += [(number, at) for at in kept] + [None] * len(hyphen) + [None]
    return "".join(text), sources


def _box(page: pypdfium2.PdfPage, textpage: pypdfium2.PdfTextPage, places: list[int]) -> Box | None:
    """The rectangle around characters of one line; None where all of them are undrawn spaces."""
    rectangles = []
    for place in places:
        index = pdfium.FPDFText_GetCharIndexFromTextIndex(textpage, place)
        found = pdfium.FS_RECTF()
        if index >= 0 and pdfium.FPDFText_GetLooseCharBox(textpage, index, ctypes.byref(found)):
            rectangles.append((found.left, found.bottom, found.right, found.top))
    if not rectangles:
        return None
    left, bottom, _, _ = map(min, zip(*rectangles, strict=True))
    _, _, right, top = map(max, zip(*rectangles, strict=True))
    return _on_page(page, left, bottom, right, top)


def _on_page(
    page: pypdfium2.PdfPage, left: float, bottom: float, right: float, top: float
) -> Box | None:
    """From points of the PDF to shares of the drawn page, which may be cropped or turned."""
    size = 100_000
    corners = []
    for x, y in ((left, bottom), (right, top)):
        across, down = ctypes.c_int(), ctypes.c_int()
        pdfium.FPDF_PageToDevice(
            page, 0, 0, size, size, 0, x, y, ctypes.byref(across), ctypes.byref(down)
        )
        corners.append((across.value / size, down.value / size))
    (x1, y1), (x2, y2) = corners
    if x1 == x2 or y1 == y2:
        return None
    return Box(min(x1, x2), min(y1, y2), abs(x2 - x1), abs(y2 - y1))
