"""Bytes to text: encodings, line ends, pages, and PDFs that give no text."""

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfgen.canvas import Canvas

from reviews import reading
from reviews.reading.clean import clean
from reviews.reading.text import Unreadable, from_bytes, from_dump, from_pdf, from_string

WORDS = "Case Number: CM15-0900001 and enough words to be a letter at all, surely."


def pdf(pages: int = 1, words: str = WORDS, password: str | None = None) -> bytes:
    out = io.BytesIO()
    encrypt = None if password is None else StandardEncryption(password, "owner", strength=128)
    canvas = Canvas(out, encrypt=encrypt)
    for number in range(pages):
        canvas.setFont("Times-Bold", 12)
        canvas.drawString(72, 700, "HEADING")
        canvas.setFont("Times-Roman", 12)
        canvas.drawString(72, 660, words and f"{words} {number}")
        canvas.showPage()
    canvas.save()
    return out.getvalue()


@pytest.mark.parametrize(
    ("data", "text"),
    [
        ("café – 5".encode(), "café – 5"),
        (b"\xef\xbb\xbfBOM", "BOM"),  # UTF-8 with a byte order mark
        ("wide".encode("utf-16"), "wide"),
        ("plainly wide text".encode("utf-16-le"), "plainly wide text"),  # without its mark
        ("plainly wide text".encode("utf-16-be"), "plainly wide text"),
        ("caf\xe9 \x96 5".encode("latin-1"), "café – 5"),  # Windows: 0x96 is an en dash
        (b"a\r\nb\rc", "a\nb\nc"),
        (b"nul\x00 and bell\x07", "nul and bell"),
        ("zero\u200bwidth, bidi\u202e".encode(), "zerowidth, bidi"),
        ("non\ufffecertified".encode(), "non-\ncertified"),  # a hyphen that an extractor took out
        ("soft\u00adly, line\u00ad\nend".encode(), "softly, line-\nend"),
        ("line\u2028end".encode(), "line\nend"),
        ("\ufb01ve \ufb04".encode(), "five ffl"),  # letters drawn as one
        (b"", ""),
    ],
)
def test_a_dump_in_any_encoding(data: bytes, text: str) -> None:
    assert from_dump(data).text == text


@pytest.mark.parametrize(
    ("printed", "kept"),
    [
        ("one\n1\ftwo\n2\fthree\n3", "one two three"),
        ("one\n7\ftwo\n8\fthree", "one two three"),  # counted from further ahead
        ("one\n7\ftwo\n7\fthree", "one 7 two 7 three"),  # not counted: no page numbers
        ("one\n2\nthree", "one 2 three"),
    ],
)
def test_page_numbers_belong_to_no_part(printed: str, kept: str) -> None:
    assert clean(from_string(printed)).text == kept


def test_form_feeds_end_pages() -> None:
    letter = from_string("one\ntwo\fthree")
    assert letter.page_starts == (0, 8)
    assert [(letter.text[line.start : line.end], line.page) for line in letter.lines] == [
        ("one", 1),
        ("two", 1),
        ("three", 2),
    ]


@given(st.binary(max_size=200))
def test_whatever_comes_no_forbidden_character_gets_out(data: bytes) -> None:
    text = from_dump(data).text
    assert "\x00" not in text and "\r" not in text
    text.encode("utf-8")  # a lone surrogate would raise


def test_a_pdf_keeps_pages_lines_and_type() -> None:
    letter = from_bytes(pdf(pages=2))
    assert letter.origin == "pdf" and len(letter.page_starts) == 2
    heading, body = [line for line in letter.lines if line.page == 1]
    assert heading.bold and not body.bold
    assert heading.box is not None and body.box is not None
    assert heading.box[1] > body.box[3] and round(heading.box[0]) == 72


def test_an_empty_user_password_opens_by_itself() -> None:
    assert "Case Number" in from_pdf(pdf(password="")).text


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (pdf(password="secret"), "needs-password"),
        (pdf(words=""), "no-text"),  # a heading only: a scan with a stamp
        (pdf(pages=3), "too-many-pages"),
        (b"%PDF-1.4 and nothing more", "damaged"),
    ],
)
def test_a_pdf_without_text_says_why(data: bytes, code: str) -> None:
    with pytest.raises(Unreadable) as caught:
        from_pdf(data, max_pages=2)
    assert caught.value.code == code
    assert caught.value.sentence.endswith(".")


def test_the_package_offers_its_parts() -> None:
    assert reading.text.from_dump is from_dump
    assert isinstance(reading.VERSION, str)
