"""Files are opened and read in a child process: a hostile one costs one letter, or one picture."""

import json
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from dataclasses import asdict
from typing import Any

from django.conf import settings

from cases.extractor import Limits, TooLong, receive, send
from reviews.reading.rows import Rows
from reviews.reading.text import Unreadable
from reviews.reading.types import LetterText, Line

JOBS_PER_CHILD = 500  # a parser that leaks starts anew

# What a dead child's signal says of the file.
SIGNAL_CODES = {
    int(signal.SIGXCPU): "timed-out",
    int(signal.SIGABRT): "out-of-memory",  # pdfium aborts when it is given no more
    int(signal.SIGKILL): "extractor-killed",
}
# What may have come from the files before it in the same child, or from outside.
# pdfium may even tell the error of the last file that it could not open.
DOUBTFUL = {"crashed", "out-of-memory", "extractor-killed", "needs-password"}


class Killed(Unreadable):
    """The child was killed from outside, twice: no fault of the file's."""


class ReaderFailed(Exception):
    """The reader itself failed on a letter. `trace` tells where, and may quote the letter."""

    def __init__(self, trace: str) -> None:
        super().__init__("its attempt tells where")
        self.trace = trace


class _Child:
    """One warm extractor process; starting Python and a parser for every letter costs more."""

    def __init__(self, *, scan: bool) -> None:
        limits = _limits(scan=scan)
        self.scan = scan
        self.seconds = settings.SCAN_PAGE_SECONDS if scan else settings.EXTRACT_WALL_SECONDS
        self.owner = os.getpid()
        self.jobs = 0
        self.peer, theirs = socket.socketpair()
        fd = theirs.fileno()
        words = [str(fd), str(self.owner), json.dumps(asdict(limits))]
        self.process = subprocess.Popen(
            [sys.executable, "-B", "-m", "cases.extractor", *words],
            pass_fds=[fd],
            cwd=settings.BASE_DIR,
            # One thread: several that recognise a page wait for each other, and take longer.
            env={"LC_ALL": "C.UTF-8", "OMP_THREAD_LIMIT": "1"},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        theirs.close()

    def ask(self, job: dict[str, Any], data: bytes) -> Any:
        """The child's answer. Raises TimeoutError, TooLong, or ConnectionError when it has died."""
        self.jobs += 1
        self.peer.settimeout(self.seconds)
        until = time.monotonic() + self.seconds
        send(self.peer, json.dumps(job).encode("ascii") + b"\n" + data)
        reply = receive(self.peer, settings.EXTRACT_MAX_REPLY_BYTES, until)
        if reply is None:
            raise ConnectionError
        return json.loads(reply)

    def end(self) -> int:
        """Kill it and give its exit status, negative for a signal."""
        self.peer.close()
        try:
            return self.process.wait(timeout=0.2)
        except subprocess.TimeoutExpired:
            self.process.kill()
            return self.process.wait()


def _limits(*, scan: bool) -> Limits:
    return Limits(
        memory=settings.SCAN_MEMORY_BYTES if scan else settings.EXTRACT_MEMORY_BYTES,
        cpu_seconds=settings.SCAN_PAGE_SECONDS if scan else settings.EXTRACT_CPU_SECONDS,
        pages=settings.SCAN_MAX_PAGES if scan else settings.LETTER_MAX_PAGES,
        characters=settings.EXTRACT_MAX_CHARACTERS,
        reply=settings.EXTRACT_MAX_REPLY_BYTES,
    )


_children: dict[bool, _Child] = {}  # by whether they recognise scans
_busy = threading.Lock()  # the web process has threads, and the child answers one job at a time


def start() -> None:
    """Have a child ready for the first letter: it takes half a second to start."""
    with _busy:
        _ready_child(scan=False)


def read(data: bytes, *, pictures: bool) -> list[Rows]:
    """What each determination in the file says; with `pictures`, though pages are pictures.

    Raises Unreadable with a code of `cases.codes`, or ReaderFailed.
    """
    reply = ask({"do": "read", "pictures": pictures}, data)
    return [
        Rows(**rows | {"transcript": reply["whole"] | rows["transcript"]})
        for rows in reply["letters"]
    ]


def extract(data: bytes) -> LetterText:
    """The letter's text with its lines. Raises Unreadable with a code of `cases.codes`."""
    return _letter_text(ask({"do": "text"}, data))


def ask(job: dict[str, Any], data: bytes) -> dict[str, Any]:
    """The child's answer to a job on a file. Raises Unreadable with a code of `cases.codes`, or
    ReaderFailed."""
    with _busy:
        reply = _asked(job, data)
    if reply.get("code") == "internal":
        raise ReaderFailed(reply["sentence"])
    if "code" in reply:
        kind = Killed if reply["code"] == "extractor-killed" else Unreadable
        raise kind(reply["code"], reply["sentence"])
    return reply


def _asked(job: dict[str, Any], data: bytes) -> dict[str, Any]:
    """No file is blamed for what another did to the child, nor for a kill from outside: once more,
    in a child of its own."""
    scan = job["do"] == "recognise"
    child = _ready_child(scan)
    reply = _answer(child, job, data)
    if reply.get("code") not in DOUBTFUL:
        return reply
    _end_child(scan)
    if child.jobs == 1 and reply["code"] != "extractor-killed":
        return reply
    again = _answer(_ready_child(scan), job, data)
    if again.get("code") in DOUBTFUL:
        _end_child(scan)
    return again


def _answer(child: _Child, job: dict[str, Any], data: bytes) -> dict[str, Any]:
    began = time.monotonic()
    try:
        return child.ask(job, data)
    except TimeoutError:
        _end_child(child.scan)
        return {"code": "timed-out", "sentence": f"after {child.seconds} s"}
    except TooLong as error:
        _end_child(child.scan)
        return {"code": "too-much-text", "sentence": str(error)}
    except ConnectionError:
        status = _end_child(child.scan)
        code = SIGNAL_CODES.get(-status, "crashed")
        took = time.monotonic() - began
        return {"code": code, "sentence": f"exit status {status} after {took:.1f} s"}
    except BaseException:
        _end_child(child.scan)  # its answer to this letter must never be taken for the next one's
        raise


def _letter_text(reply: dict[str, Any]) -> LetterText:
    lines = tuple(
        Line(start, end, page, bold, tuple(box) if box else None)
        for start, end, page, bold, box in reply["lines"]
    )
    return LetterText(
        reply["text"],
        lines,
        tuple(reply["page_starts"]),
        reply["origin"],
        pictures=tuple(reply["pictures"]),
    )


def _ready_child(scan: bool) -> _Child:
    child = _children.get(scan)
    if child and (child.owner != os.getpid() or child.jobs >= JOBS_PER_CHILD):
        _end_child(scan)
        child = None
    if child is None or child.process.poll() is not None:
        child = _children[scan] = _Child(scan=scan)
    return child


def _end_child(scan: bool) -> int:
    child = _children.pop(scan, None)
    if child is None or child.owner != os.getpid():
        return 0
    return child.end()
