"""The child process that opens files: `python -m cases.extractor FD LIMITS`.

It imports no Django and holds no secret. It limits itself before it imports a parser, then
answers one job after the other on its socket. A message is 8 bytes of length and so many bytes:
in, a job as a line of JSON and the file behind it; out, JSON. It ends when the socket closes.
"""

import base64
import json
import resource
import signal
import socket
import struct
import sys
import traceback
from collections.abc import Callable
from contextlib import suppress
from dataclasses import asdict, dataclass
from typing import Any

LENGTH = struct.Struct(">Q")


@dataclass(frozen=True)
class Limits:
    """What one file may take: bytes of address space, seconds of CPU, pages, characters."""

    memory: int
    cpu_seconds: int
    pages: int
    characters: int


def send(peer: socket.socket, message: bytes) -> None:
    peer.sendall(LENGTH.pack(len(message)) + message)


def receive(peer: socket.socket) -> bytes | None:
    """One message, or None when the other side has gone."""
    head = _exactly(peer, LENGTH.size)
    return _exactly(peer, LENGTH.unpack(head)[0]) if head else None


def _exactly(peer: socket.socket, size: int) -> bytes | None:
    parts = bytearray()
    while len(parts) < size:
        part = peer.recv(min(size - len(parts), 1 << 20))
        if not part:
            return None
        parts += part
    return bytes(parts)


def main() -> None:
    peer = socket.socket(fileno=int(sys.argv[1]))
    limits = Limits(**json.loads(sys.argv[2]))
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the worker
    _limit(resource.RLIMIT_AS, limits.memory)
    _limit(resource.RLIMIT_CORE, 0)
    _limit(resource.RLIMIT_NOFILE, 64)
    while (message := receive(peer)) is not None:
        used = resource.getrusage(resource.RUSAGE_SELF)
        spent = int(used.ru_utime + used.ru_stime)
        _limit(resource.RLIMIT_CPU, spent + limits.cpu_seconds + 1)
        send(peer, json.dumps(answer(message, limits)).encode("ascii"))


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
        return {"code": "out-of-memory", "sentence": "the memory limit was reached"}
    except Exception:
        # Hostile bytes make parsers raise anything; the code is the letter's, the trace for staff.
        return {"code": "crashed", "sentence": traceback.format_exc(limit=-8)}


def take_text(data: bytes, limits: Limits) -> dict[str, Any]:
    """The letter's text and lines."""
    from reviews.reading.text import from_bytes

    found = from_bytes(data, max_pages=limits.pages)
    if len(found.text) > limits.characters:
        return {"code": "too-much-text", "sentence": f"{len(found.text)} characters"}
    return asdict(found)


def draw_page(data: bytes, limits: Limits, page: int) -> dict[str, Any]:
    """The page as a PNG, in base 64."""
    from reviews.reading.drawn import draw

    return {"png": base64.b64encode(draw(data, page)).decode("ascii")}


def find_boxes(
    data: bytes, limits: Limits, page: int, text: str, start: int, end: int
) -> dict[str, Any]:
    """Where characters of the page's text stand on the drawn page."""
    from reviews.reading.drawn import boxes

    return {"boxes": boxes(data, page, text, start, end)}


JOBS: dict[str, Callable[..., dict[str, Any]]] = {
    "text": take_text,
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
