"""How fast letters are read: `python -m reviews.reading.bench FOLDER`.

Prints, for the PDFs and text dumps of a folder: extraction with line positions and fonts, the
reader alone (text to determination, receipts and all), and beside them pypdf's own extraction of
the same PDFs in the same run. CPU seconds of one core.
"""

import argparse
import io
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import pypdf

from reviews.reading.letters import read_all
from reviews.reading.text import Unreadable, from_bytes
from reviews.reading.types import LetterText

_ROUNDS = 3  # the best of so many counts


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure and print; 1 when the folder holds no letter."""
    parser = argparse.ArgumentParser(prog="python -m reviews.reading.bench")
    parser.add_argument("folder", type=Path, nargs="?", default=Path("samples/letters"))
    parser.add_argument("--most", type=int, default=300, help="read at most so many files")
    options = parser.parse_args(arguments)
    files = [path for path in sorted(options.folder.rglob("*")) if path.is_file()]
    letters = [path.read_bytes() for path in files[: options.most]]
    pdfs = [data for data in letters if data.startswith(b"%PDF-")]
    texts = [text for data in letters if (text := _text(data))]
    if not texts:
        sys.stderr.write(f"{options.folder} holds no letter.\n")
        return 1
    pages = sum(len(text.page_starts) for text in texts if text.origin == "pdf")
    sys.stdout.write(f"{len(letters)} files, {len(pdfs)} PDFs, {pages} pages\n")
    if pdfs:
        _print("extraction: lines, boxes, bold", len(pdfs), _best(lambda: _extract(pdfs)))
    _print("reader: text to determination", len(texts), _best(lambda: _read(texts)))
    if pdfs:
        _print("pypdf: bare text", len(pdfs), _best(lambda: _pypdf(pdfs), rounds=1))
    return 0


def _best(work: Callable[[], None], rounds: int = _ROUNDS) -> float:
    seconds = []
    for _ in range(rounds):
        started = time.process_time()
        work()
        seconds.append(time.process_time() - started)
    return min(seconds)


def _text(data: bytes) -> LetterText | None:
    try:
        return from_bytes(data)
    except Unreadable:
        return None


def _extract(pdfs: list[bytes]) -> None:
    for data in pdfs:
        _text(data)


def _read(texts: list[LetterText]) -> None:
    for text in texts:
        read_all(text)


def _pypdf(pdfs: list[bytes]) -> None:
    for data in pdfs:
        for page in pypdf.PdfReader(io.BytesIO(data)).pages:
            page.extract_text()


def _print(name: str, count: int, seconds: float) -> None:
    speed, each = count / max(seconds, 1e-9), 1000 * seconds / max(count, 1)
    sys.stdout.write(f"{name:32} {speed:8.0f} letters/s {each:8.2f} ms a letter\n")


if __name__ == "__main__":
    sys.exit(main())
