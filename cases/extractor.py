"""The child process that opens files and reads them: `python -m cases.extractor FD PARENT LIMITS`.

It imports no Django and holds no secret. It limits itself before it imports a parser, then
answers one job after the other on its socket. A message is 8 bytes of length and so many bytes:
in, a job as a line of JSON and the file behind it; out, JSON. It ends when the socket closes, and
in the middle of a job when its parent, the process PARENT, is gone.
"""

import base64
import json
import os
import resource
import signal
import socket
import struct
import sys
import threading
import time
import traceback
from collections.abc import Callable
from contextlib import suppress
from dataclasses import asdict, dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from reviews.reading.types import LetterText

LENGTH = struct.Struct(">Q")
OUT_OF_MEMORY = {"code": "out-of-memory", "sentence": "the memory limit was reached"}
LONGEST_TRACE = 4000  # characters: an error's message may quote the file

# pypdf's own limits, far below its defaults, for letters are a few pages of plain text. Of thirty
# files made to be slow one timed out instead of eight, and every letter was read as before.
MEBIBYTES_16 = 16 * 1024 * 1024
PYPDF_LIMITS: dict[str, Any] = {
    "zlib_maximum_output_length": MEBIBYTES_16,
    "lzw_maximum_output_length": MEBIBYTES_16,
    "run_length_maximum_output_length": MEBIBYTES_16,
    "brotli_maximum_output_length": MEBIBYTES_16,
    "array_based_stream_maximum_output_length": MEBIBYTES_16,
    "maximum_declared_stream_length": MEBIBYTES_16,
    "stream_filters_maximum_length": 4,
    "stream_parsing_work_maximum_count": 300_000,
    "page_tree_maximum_entries": 2_000,
    "page_tree_maximum_page_entries": 2_000,
    "page_tree_maximum_depth": 32,
    "xform_maximum_invocations_per_extraction": 300,
    "jbig2dec_binary": None,  # no other program is started
}


@dataclass(frozen=True)
class Limits:
    """What one file may take: bytes of address space, seconds of CPU, pages, characters of text,
    and bytes of what is answered."""

    memory: int
    cpu_seconds: int
    pages: int
    characters: int
    reply: int


class TooLong(Exception):
    """The other side wants to send more than it may."""


def send(peer: socket.socket, message: bytes) -> None:
    peer.sendall(LENGTH.pack(len(message)) + message)


def receive(
    peer: socket.socket, most: int | None = None, until: float | None = None
) -> bytes | None:
    """One message, or None when the other side has gone.

    Raises TooLong above `most` bytes, TimeoutError past `until` on the monotonic clock.
    """
    head = _exactly(peer, LENGTH.size, until)
    if head is None:
        return None
    size = LENGTH.unpack(head)[0]
    if most is not None and size > most:
        raise TooLong(f"{size} bytes")
    return _exactly(peer, size, until)


def _exactly(peer: socket.socket, size: int, until: float | None) -> bytes | None:
    parts = bytearray()
    while len(parts) < size:
        if until is not None:
            peer.settimeout(max(until - time.monotonic(), 0.001))
        part = peer.recv(min(size - len(parts), 1 << 20))
        if not part:
            return None
        parts += part
    return bytes(parts)


def main() -> None:
    peer = socket.socket(fileno=int(sys.argv[1]))
    limits = Limits(**json.loads(sys.argv[3]))
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the worker
    _limit(resource.RLIMIT_AS, limits.memory)
    _limit(resource.RLIMIT_CORE, 0)
    _limit(resource.RLIMIT_FSIZE, 0)
    _limit(resource.RLIMIT_NOFILE, 64)
    threading.Thread(target=_end_with, args=[int(sys.argv[2])], daemon=True).start()
    _load()
    while (message := receive(peer)) is not None:
        used = resource.getrusage(resource.RUSAGE_SELF)
        spent = int(used.ru_utime + used.ru_stime)
        _limit(resource.RLIMIT_CPU, spent + limits.cpu_seconds + 1)
        send(peer, _packed(answer(message, limits), limits))


def _load() -> None:
    """Import what reads letters: after the limits, and before a letter has to wait for it."""
    with suppress(MemoryError):  # the letter will be told of it
        import reviews.reading.rows
        import reviews.reading.text  # noqa: F401


def _end_with(parent: int) -> None:
    """End in the middle of a job when nobody is left who waits for its answer."""
    while os.getppid() == parent:
        time.sleep(0.5)
    os._exit(1)


def _packed(reply: dict[str, Any], limits: Limits) -> bytes:
    try:
        packed = json.dumps(reply).encode("ascii")
    except MemoryError:
        return json.dumps(OUT_OF_MEMORY).encode()
    if len(packed) <= limits.reply:
        return packed
    return json.dumps({"code": "too-much-text", "sentence": f"{len(packed)} bytes"}).encode()


def answer(message: bytes, limits: Limits) -> dict[str, Any]:
    """What the job asks for, or the code of what is wrong with the file."""
    # After the limits: what a parser does while it is imported counts too.
    from reviews.reading.pdf import Unreadable

    line, _newline, data = message.partition(b"\n")
    job = json.loads(line)
    try:
        return JOBS[job.pop("do")](data, limits, **job)
    except Unreadable as trouble:
        return {"code": trouble.code, "sentence": str(trouble)}
    except MemoryError:
        return OUT_OF_MEMORY
    except Exception:
        # Hostile bytes make parsers raise anything; the code is the letter's, the trace for staff.
        return {"code": "crashed", "sentence": _trace()}


def _trace() -> str:
    return traceback.format_exc(limit=-8)[-LONGEST_TRACE:]


def take_text(data: bytes, limits: Limits) -> dict[str, Any]:
    """The letter's text and lines."""
    found = _text(data, limits)
    return {
        "text": found.text,
        "page_starts": found.page_starts,
        "origin": found.origin,
        "pictures": found.pictures,
        "lines": [(one.start, one.end, one.page, one.bold, one.box) for one in found.lines],
    }


def _text(data: bytes, limits: Limits) -> "LetterText":
    from reviews.reading.text import Unreadable, from_bytes

    _tighten_pypdf()
    found = from_bytes(data, max_pages=limits.pages)
    if len(found.text) > limits.characters:
        raise Unreadable("too-much-text", f"{len(found.text)} characters")
    return found


@cache
def _tighten_pypdf() -> None:
    import pypdf

    pypdf.overwrite_configuration(**PYPDF_LIMITS)


def read_letter(data: bytes, limits: Limits, *, pictures: bool) -> dict[str, Any]:
    """What each determination in the file says, as rows; of a file with some pages that are
    pictures only with `pictures`."""
    from reviews.reading.rows import letters
    from reviews.reading.text import Unreadable

    text = _text(data, limits)
    if text.pictures and not pictures:
        raise Unreadable("no-text", "some of its pages are pictures")
    try:
        found = [vars(one) for one in letters(text)]
    except (Unreadable, MemoryError):
        raise
    except Exception:
        return {"code": "internal", "sentence": _trace()}  # the reader's trouble, not the file's
    # The text of the whole file once, however many letters are in it.
    whole = dict(found[0]["transcript"])
    del whole["sections"]
    own = [one | {"transcript": {"sections": one["transcript"]["sections"]}} for one in found]
    return {"whole": whole, "letters": own}


def recognise_page(data: bytes, limits: Limits, page: int) -> dict[str, Any]:
    """The lines of a page that is a picture, word by word."""
    from reviews.reading.ocr import recognise

    return asdict(recognise(data, page, limits.pages))


def draw_page(data: bytes, limits: Limits, page: int) -> dict[str, Any]:
    """The page as a PNG, in base 64."""
    from reviews.reading.drawn import draw

    return {"png": base64.b64encode(draw(data, page)).decode("ascii")}


def find_boxes(
    data: bytes, limits: Limits, page: int, text: str, spans: list[tuple[int, int]]
) -> dict[str, Any]:
    """Where each span's characters of the page's text stand on the drawn page."""
    from reviews.reading.drawn import boxes

    return {"boxes": boxes(data, page, text, spans)}


JOBS: dict[str, Callable[..., dict[str, Any]]] = {
    "read": read_letter,
    "text": take_text,
    "recognise": recognise_page,
    "draw": draw_page,
    "boxes": find_boxes,
}


def _limit(which: int, soft: int) -> None:
    """Lower the soft limit; a system that has no such limit (macOS: address space) goes without."""
    _soft, hard = resource.getrlimit(which)
    if hard != resource.RLIM_INFINITY:
        soft = min(soft, hard)
    with suppress(ValueError, OSError):
        resource.setrlimit(which, (soft, hard))


if __name__ == "__main__":
    main()
