"""PDF to a `LetterText` with the position and weight of every line.

pdfium reads; pypdf is asked when pdfium cannot open the file. Published letters are encrypted
with an empty user password, which both try by themselves. pdfium keeps one state for the whole
process: call from one thread at a time.
"""

import ctypes
import io
import re
from collections.abc import Iterator
from typing import Literal

import pypdf
import pypdfium2
import pypdfium2.raw as pdfium

from reviews.reading.types import LetterText, Line

_BOLD = 600  # weights: 400 regular, 700 bold
_LONGEST_NAME = 64
_FEWEST_LETTERS = 40  # fewer in a whole file, or on a page: a scan, perhaps with a stamp
_MOST_OF_A_PAGE = 0.5  # of its area: a logo or a signature covers less
# pdfium gives U+FFFE where it took a hyphen and a line break out.
_LINE_END = re.compile("\r\n|[\r\n]|\ufffe(?:\r\n)?")
_UNPRINTABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f\u00ad\u200b-\u200f\ufeff\ud800-\udfff\uffff]")


class Unreadable(Exception):
    """A file that gives no text: a short code and a sentence that says so."""

    def __init__(self, code: str, sentence: str) -> None:
        super().__init__(sentence)
        self.code = code
        self.sentence = sentence


def from_pdf(data: bytes, max_pages: int = 200) -> LetterText:
    """The text of a PDF, or `Unreadable`: needs-password, no-text, too-many-pages, damaged."""
    try:
        letter = _with_pdfium(data, max_pages)
    except pypdfium2.PdfiumError as error:
        letter = _with_pypdf(data, max_pages, needs_password="password" in str(error).lower())
    if sum(map(str.isalnum, letter.text)) < _FEWEST_LETTERS:
        raise Unreadable("no-text", "The PDF holds pictures of pages and no text.")
    return letter


class _Pages:
    """Text, lines and page starts, added to page by page."""

    def __init__(self) -> None:
        self.parts: list[str] = []
        self.length = 0
        self.lines: list[Line] = []
        self.starts: list[int] = []
        self.pictures: list[int] = []

    def begin_page(self) -> None:
        if self.starts:
            self._put("\f")
        self.starts.append(self.length)

    def add(
        self,
        printed: str,
        *,
        bold: bool = False,
        box: tuple[float, float, float, float] | None = None,
    ) -> None:
        start = self.length
        self._put(printed)
        self.lines.append(Line(start, self.length, len(self.starts), bold, box))
        self._put("\n")

    def letter(self, *, drawn: bool) -> LetterText:
        text = "".join(self.parts)
        starts = tuple(self.starts) or (0,)
        origin: Literal["pdf", "dump"] = "pdf" if drawn else "dump"
        return LetterText(text, tuple(self.lines), starts, origin, pictures=tuple(self.pictures))

    def _put(self, text: str) -> None:
        self.parts.append(text)
        self.length += len(text)


def _with_pdfium(data: bytes, max_pages: int) -> LetterText:
    pages = _Pages()
    with pypdfium2.PdfDocument(data) as document:
        _check_pages(len(document), max_pages)
        for number in range(len(document)):
            page = document[number]
            textpage = page.get_textpage()
            pages.begin_page()
            letters = _add_lines(pages, textpage)
            if letters < _FEWEST_LETTERS and _is_picture(page):
                pages.pictures.append(number + 1)
            textpage.close()
            page.close()
    return pages.letter(drawn=True)


def printed_lines(printed: str) -> Iterator[tuple[int, int, str]]:
    """Each line that pdfium prints: start, end, and the hyphen that it took out behind it."""
    start = 0
    for found in _LINE_END.finditer(printed):
        yield start, found.start(), "-" if found.group().startswith("\ufffe") else ""
        start = found.end()
    if printed[start:].strip():
        yield start, len(printed), ""


def is_kept(char: str) -> bool:
    """Whether a character that pdfium prints stands in the letter's text."""
    return not _UNPRINTABLE.match(char)


def _is_picture(page: pypdfium2.PdfPage) -> bool:
    """Whether a picture covers most of the page: one that was scanned."""
    width, height = page.get_size()
    for picture in page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_IMAGE], max_depth=3):
        left, bottom, right, top = picture.get_bounds()
        if (right - left) * (top - bottom) > _MOST_OF_A_PAGE * width * height:
            return True
    return False


def _add_lines(pages: _Pages, textpage: pypdfium2.PdfTextPage) -> int:
    """Add what the page prints, line by line: the number of letters and digits."""
    printed = textpage.get_text_range()
    # pdfium counts UTF-16 units: characters beyond the first plane count twice.
    wide = any(char > "\uffff" for char in printed) if not printed.isascii() else False
    for start, end, hyphen in printed_lines(printed):
        line = printed[start:end]
        words = line.strip()
        bold, box = False, None
        if words:
            first = start + line.index(words[0])
            last = first + len(words) - 1
            if wide:
                first, last = (units(printed, at) for at in (first, last))
            bold, box = _drawn(textpage, first, last)
        pages.add(_UNPRINTABLE.sub("", line) + hyphen, bold=bold, box=box)
    return sum(map(str.isalnum, printed))


def units(text: str, at: int) -> int:
    """A position in UTF-16 units, in which pdfium counts."""
    return len(text[:at].encode("utf-16-le", errors="surrogatepass")) // 2


def _drawn(
    textpage: pypdfium2.PdfTextPage, first: int, last: int
) -> tuple[bool, tuple[float, float, float, float] | None]:
    """Whether a line starts in bold, and its box, from its first and last characters."""
    first = pdfium.FPDFText_GetCharIndexFromTextIndex(textpage, first)
    last = pdfium.FPDFText_GetCharIndexFromTextIndex(textpage, last)
    if first < 0 or last < 0:
        return False, None
    left, right = pdfium.FS_RECTF(), pdfium.FS_RECTF()
    bold = _is_bold(textpage, first)
    if not pdfium.FPDFText_GetLooseCharBox(textpage, first, ctypes.byref(left)):
        return bold, None
    if not pdfium.FPDFText_GetLooseCharBox(textpage, last, ctypes.byref(right)):
        return bold, None
    bottom, top = min(left.bottom, right.bottom), max(left.top, right.top)
    return bold, (left.left, bottom, right.right, top)


def _is_bold(textpage: pypdfium2.PdfTextPage, at: int) -> bool:
    """By weight, or by name where the font is one of the fourteen that PDFs need not hold."""
    if pdfium.FPDFText_GetFontWeight(textpage, at) >= _BOLD:
        return True
    name = ctypes.create_string_buffer(_LONGEST_NAME)
    flags = ctypes.c_int()
    pdfium.FPDFText_GetFontInfo(textpage, at, name, _LONGEST_NAME, ctypes.byref(flags))
    return b"bold" in name.value.lower()


def _with_pypdf(data: bytes, max_pages: int, *, needs_password: bool) -> LetterText:
    locked = Unreadable("needs-password", "The PDF can only be opened with a password.")
    try:
        document = pypdf.PdfReader(io.BytesIO(data), strict=False)
        if document.is_encrypted and not document.decrypt(""):
            raise locked
        _check_pages(len(document.pages), max_pages)
        pages = _Pages()
        for page in document.pages:
            pages.begin_page()
            for line in page.extract_text().splitlines():
                pages.add(_UNPRINTABLE.sub("", line))
    except Unreadable:
        raise
    except Exception as error:  # pypdf raises what its parsing meets, not only its own errors
        if needs_password:
            raise locked from error
        raise Unreadable("damaged", "The PDF is damaged and cannot be read.") from error
    return pages.letter(drawn=False)


def _check_pages(count: int, most: int) -> None:
    if count > most:
        raise Unreadable("too-many-pages", f"The PDF has {count} pages; the most is {most}.")
