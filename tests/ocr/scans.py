"""Scans of invented letters: their pages drawn, spoiled, and saved as a PDF of pictures."""

import io
import time
from collections.abc import Iterable
from random import Random

import pypdf
import pypdfium2
from PIL import Image, ImageChops, ImageFilter

from samples.writer import Letter

DPI = 200


def scan(
    letter: Letter, *, tilt: float = 0, noise: int = 0, turns: Iterable[int] = (), blur: float = 0
) -> bytes:
    """The letter scanned askew by `tilt` degrees, with noise; `turns` are degrees, page by page."""
    each = list(turns)
    random = Random(f"scan {letter.name}")
    pages = []
    for number, page in enumerate(_drawn(letter.pdf())):
        spoiled = page.rotate(tilt, Image.Resampling.BICUBIC, fillcolor=255)
        spoiled = spoiled.filter(ImageFilter.GaussianBlur(blur)) if blur else spoiled
        spoiled = _noisy(spoiled, noise, random) if noise else spoiled
        turn = each[number] if number < len(each) else 0
        pages.append(spoiled.rotate(turn, expand=True) if turn else spoiled)
    return pictures(pages)


def scan_in_part(letter: Letter, scanned: Iterable[int]) -> bytes:
    """The letter's PDF with these pages, from 1, as pictures and the others as they were."""
    each, whole = set(scanned), pypdf.PdfReader(io.BytesIO(letter.pdf()))
    drawn = pypdf.PdfReader(io.BytesIO(scan(letter, noise=20)))
    target = pypdf.PdfWriter()
    for number in range(len(whole.pages)):
        target.add_page((drawn if number + 1 in each else whole).pages[number])
    data = io.BytesIO()
    target.write(data)
    return data.getvalue()


def pictures(pages: list[Image.Image]) -> bytes:
    """A PDF of nothing but pictures; its bytes are the same in every run."""
    target, made = io.BytesIO(), time.gmtime(0)
    pages[0].save(
        target,
        "PDF",
        resolution=DPI,
        save_all=True,
        append_images=pages[1:],
        creationDate=made,
        modDate=made,
    )
    return target.getvalue()


def _drawn(data: bytes) -> list[Image.Image]:
    with pypdfium2.PdfDocument(data) as document:
        return [page.render(scale=DPI / 72, grayscale=True).to_pil() for page in document]


def _noisy(page: Image.Image, strength: int, random: Random) -> Image.Image:
    """Lighter and darker dots, the same ones in every run."""
    dots = Image.frombytes("L", (256, 256), random.randbytes(256 * 256))
    tiled = Image.new("L", page.size)
    for left in range(0, page.width, 256):
        for top in range(0, page.height, 256):
            tiled.paste(ImageChops.offset(dots, random.randrange(256)), (left, top))
    specks = tiled.point(lambda level: 128 + (level - 128) * strength // 128)
    return ImageChops.add(page, specks, 1, -128)
