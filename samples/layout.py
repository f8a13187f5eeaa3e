"""Draws set pages as a PDF that looks as the published letters do."""

from io import BytesIO
from random import Random

from reportlab.pdfgen.canvas import Canvas

from samples.sealing import Sealed
from samples.typeset import HEIGHT, WIDTH, Page, Run, SetLine, width

GREY, RULE = 0.85, 0.6
MARK = "imrsite sample letter"


def draw(pages: list[Page], rng: Random, *, sealed: bool, by_word: bool, title: str) -> bytes:
    """The pages as a PDF; the same pages and generator state give the same bytes."""
    out = BytesIO()
    encrypt = Sealed() if sealed else None
    canvas = Canvas(out, pagesize=(WIDTH, HEIGHT), invariant=1, encrypt=encrypt, pageCompression=1)
    canvas.setTitle(title)
    canvas.setCreator(MARK)
    for page in pages:
        if page.marked:
            draw_mark(canvas)
        draw_boxes(canvas, page)
        for line in page.lines:
            draw_line(canvas, line, rng, by_word)
        if page.footer:
            draw_line(canvas, page.footer, rng, by_word)
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def draw_mark(canvas: Canvas) -> None:
    """A picture of columns and a roof where the letters carry their sender's mark: no words."""
    left, base = WIDTH - 108, HEIGHT - 62
    canvas.setStrokeGray(0.45)
    canvas.setFillGray(0.45)
    for place in range(5):
        canvas.rect(left + place * 8, base, 3, 16, stroke=0, fill=1)
    canvas.rect(left - 3, base - 3, 41, 2, stroke=0, fill=1)
    path = canvas.beginPath()
    path.moveTo(left - 4, base + 18)
    path.lineTo(left + 17.5, base + 27)
    path.lineTo(left + 39, base + 18)
    path.close()
    canvas.drawPath(path, stroke=0, fill=1)
    canvas.setStrokeGray(0)
    canvas.setFillGray(0)


def draw_boxes(canvas: Canvas, page: Page) -> None:
    canvas.setLineWidth(RULE)
    for left, bottom, right, top, grey in page.boxes:
        canvas.setFillGray(GREY if grey else 1)
        canvas.rect(left, bottom, right - left, top - bottom, stroke=1, fill=1)
    canvas.setFillGray(0)


def draw_line(canvas: Canvas, line: SetLine, rng: Random, by_word: bool) -> None:
    """Word by word, or run by run; a run is sometimes drawn in two pieces, as Word does."""
    for place, run in enumerate(line.runs):
        last = place == len(line.runs) - 1
        if by_word:
            pieces = run.text.split(" ")
        else:
            closing = "" if (line.ends and last) or line.cut else " "
            pieces = in_pieces(run.text + closing, rng)
        draw_pieces(canvas, run, line.y, pieces, " " if by_word else "")


def in_pieces(text: str, rng: Random) -> list[str]:
    """The text whole, or cut anywhere, also within a word."""
    if len(text) < 12 or rng.random() < 0.6:
        return [text]
    at = rng.randint(4, len(text) - 4)
    return [text[:at], text[at:]]


def draw_pieces(canvas: Canvas, run: Run, y: float, pieces: list[str], gap: str) -> None:
    left = run.x
    for piece in pieces:
        if piece:
            canvas.setFont(run.font, run.size)
            canvas.drawString(left, y, piece)
        left += width(piece, run.font, run.size)
        left += width(gap, run.font, run.size) if gap else 0.0
