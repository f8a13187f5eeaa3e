"""The child process that takes text out of files: `python -m cases.extractor FD LIMITS`.

It imports no Django and holds no secret. It limits itself before it imports a parser, then
answers one job after the other on its socket: 8 bytes of length and the file in, 8 bytes of
length and JSON out. It ends when the socket closes.
"""

import json
import resource
import signal
import socket
import struct
import sys
import traceback
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
    while (data := receive(peer)) is not None:
        used = resource.getrusage(resource.RUSAGE_SELF)
        spent = int(used.ru_utime + used.ru_stime)
        _limit(resource.RLIMIT_CPU, spent + limits.cpu_seconds + 1)
        send(peer, json.dumps(answer(data, limits)).encode("ascii"))


def answer(data: bytes, limits: Limits) -> dict[str, Any]:
    """The letter's text as JSON, or the code of what is wrong with it."""
    from reviews.reading import text as letter_text

    try:
        found = letter_text.from_bytes(data, max_pages=limits.pages)
    except letter_text.Unreadable as trouble:
        return {"code": trouble.code, "sentence": str(trouble)}
    except MemoryError:
        return {"code": "out-of-memory", "sentence": "the memory limit was reached"}
    except Exception:
        # Hostile bytes make parsers raise anything; the code is the letter's, the trace for staff.
        return {"code": "crashed", "sentence": traceback.format_exc(limit=-8)}
    if len(found.text) > limits.characters:
        return {"code": "too-much-text", "sentence": f"{len(found.text)} characters"}
    return asdict(found)


def _limit(which: int, soft: int) -> None:
    """Lower the soft limit; a system that has no such limit (macOS: address space) goes without."""
    _soft, hard = resource.getrlimit(which)
    if hard != resource.RLIM_INFINITY:
        soft = min(soft, hard)
    with suppress(ValueError, OSError):
        resource.setrlimit(which, (soft, hard))


if __name__ == "__main__":
    main()
