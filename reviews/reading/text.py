"""Bytes to a `LetterText`: judged by the bytes, never by a file's name.

The text that leaves here holds no NUL, no lone surrogate, no carriage return and no invisible
formatting character; lines end in a line feed, pages in a form feed.
"""

import re

from reviews.reading.pdf import Unreadable, from_pdf
from reviews.reading.types import LetterText, Line

__all__ = ["Unreadable", "from_bytes", "from_dump", "from_pdf", "from_string"]

# Characters drawn as nothing: controls, zero-width, bidirectional marks, byte order mark.
_INVISIBLE = dict.fromkeys(
    [
        *(*range(0x09), *range(0x0E, 0x20), *range(0x7F, 0x85), *range(0x86, 0xA0)),
        *(0x200B, 0x200C, 0x200D, 0x200E, 0x200F, 0x2060, 0xFEFF, 0xFFFF),
        *(*range(0x202A, 0x202F), *range(0x2066, 0x206A), *range(0xD800, 0xE000)),
    ]
)
# Letters drawn as one, which some extractors keep as one character.
_LIGATURES = {
    0xFB00 + number: letters for number, letters in enumerate(("ff", "fi", "fl", "ffi", "ffl"))
}
_LINE_ENDS = re.compile("\r\n?|[\x0b\x85\u2028\u2029]")
# A hyphen that pdfium took out at a line's end, or a soft hyphen there.
_TAKEN_HYPHEN = re.compile("\ufffe\n?|\u00ad[ \t]*\n")


def from_bytes(data: bytes, max_pages: int = 200) -> LetterText:
    """A PDF or a text dump, told apart by its first bytes."""
    if data[:1024].lstrip().startswith(b"%PDF-"):
        return from_pdf(data, max_pages)
    return from_dump(data)


def from_dump(data: bytes) -> LetterText:
    """The text of a dump in whatever encoding it came; a form feed ends a page."""
    return from_string(_decode(data))


def from_string(printed: str) -> LetterText:
    """A `LetterText` of plain text: mended, cut into lines and pages."""
    text = _mended(printed)
    lines: list[Line] = []
    page_starts = [0]
    start = 0
    for found in re.finditer(r"[\n\f]|\Z", text):
        lines.append(Line(start, found.start(), len(page_starts)))
        start = found.end()
        if found.group() == "\f":
            page_starts.append(start)
    return LetterText(text, tuple(lines), tuple(page_starts), "dump")


def _decode(data: bytes) -> str:
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return data.decode("utf-16", errors="replace")
    if encoding := _wide(data[:400]):
        return data.decode(encoding, errors="replace")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252", errors="replace")


def _wide(head: bytes) -> str | None:
    """UTF-16 without a byte order mark: half of the bytes of English text are NUL."""
    if len(head) < 8:
        return None
    even, odd = head[::2].count(0), head[1::2].count(0)
    most = 0.8 * len(head) / 2
    if odd > most:
        return "utf-16-le"
    return "utf-16-be" if even > most else None


def _mended(text: str) -> str:
    text = _LINE_ENDS.sub("\n", text)
    text = _TAKEN_HYPHEN.sub("-\n", text)
    return text.replace("\u00ad", "").translate(_INVISIBLE | _LIGATURES)
