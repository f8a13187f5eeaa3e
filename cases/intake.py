"""Take files in: every one gets an answer, and what is taken is on disk before it has a row."""

import hashlib
import io
import logging
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import PurePosixPath
from typing import BinaryIO, Literal

from django.conf import settings
from django.core.files.base import File
from django.db import transaction
from django.template.defaultfilters import filesizeformat

from cases import zips
from cases.bell import ring
from cases.locks import lock_bytes
from cases.models import Batch, Letter, letter_storage
from cases.refusing import Refused

__all__ = ["Answer", "Origin", "Refused", "clean_name", "judge", "receive", "receive_all"]

logger = logging.getLogger(__name__)

Verdict = Literal["received", "here", "refused"]


@dataclass(frozen=True)
class Answer:
    """What became of one file: its line on the upload page."""

    name: str
    verdict: Verdict
    sentence: str
    letter: Letter | None = None
    code: str = ""  # why it was refused


@dataclass(frozen=True)
class Origin:
    """Who brought a letter in, and with which others."""

    user_id: int | None = None
    batch: Batch | None = None


def receive(
    file: BinaryIO, name: str, user_id: int | None = None, batch: Batch | None = None
) -> Iterator[Answer]:
    """Take one file, or every file of a ZIP, yielding an answer each. Never raises `Refused`."""
    name = clean_name(name)
    origin = Origin(user_id, batch)
    start = file.read(4)
    file.seek(0)
    if start in zips.STARTS:
        yield from _receive_zip(file, name, origin)
    else:
        yield receive_one(file.read(settings.LETTER_MAX_BYTES + 1), name, origin)


def receive_all(
    files: Iterable[tuple[BinaryIO, str]], user_id: int | None, batch: Batch | None = None
) -> Iterator[Answer]:
    for file, name in files:
        yield from receive(file, name, user_id, batch)


def clean_name(name: str) -> str:
    """The last part of a path, without control characters, at most 255 long, never empty."""
    base = PurePosixPath(name.replace("\\", "/")).name
    base = "".join(c for c in base if c.isprintable()).strip()
    if len(base) > 255:
        stem, dot, ending = base.rpartition(".")
        base = stem[: 254 - len(ending)] + dot + ending if dot and len(ending) < 10 else base[:255]
    return base or "unnamed"


def _receive_zip(file: BinaryIO, name: str, origin: Origin) -> Iterator[Answer]:
    try:
        for path, data in zips.entries(file):
            inside = clean_name(path)
            answer = _refused(inside, data) if isinstance(data, Refused) else None
            answer = answer or receive_one(data, inside, origin)  # type: ignore[arg-type]
            yield _within(answer, name) if answer.verdict == "refused" else answer
    except Refused as refusal:
        yield _refused(name, refusal)


def receive_one(data: bytes, name: str, origin: Origin) -> Answer:
    """Take these bytes as a letter, if they are one."""
    try:
        kind = judge(data)
        digest = hashlib.sha256(data).hexdigest()
        known = Letter.objects.filter(sha256=digest).first()
        return _here(name, known) if known else _store(data, digest, kind, name, origin)
    except Refused as refusal:
        return _refused(name, refusal)


def judge(data: bytes) -> Letter.Kind:
    """PDF or text, by the bytes alone. Raises `Refused` with the reason for anything else."""
    if not data:
        raise Refused("empty")
    if len(data) > settings.LETTER_MAX_BYTES:
        raise Refused("too-large", limit=filesizeformat(settings.LETTER_MAX_BYTES))
    if b"%PDF-" in data[:1024]:
        if b"%%EOF" not in data[-2048:]:
            raise Refused("cut-off")
        return Letter.Kind.PDF
    if is_text(data):
        return Letter.Kind.TEXT
    raise Refused("no-letter")


def is_text(data: bytes) -> bool:
    """Text in UTF-8, UTF-16 with its mark, or a Windows code page: no binary control characters."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        try:
            data = data.decode("utf-16").encode()
        except UnicodeError:
            return False
    controls = sum(data.count(bytes([code])) for code in (*range(1, 8), *range(14, 27), 28, 29, 30))
    # A few stray NULs and control characters come out of bad extractors; a binary is full of them.
    return (controls + data.count(0)) * 100 <= len(data) and any(c > 32 for c in data)


def _store(data: bytes, digest: str, kind: Letter.Kind, name: str, origin: Origin) -> Answer:
    """File first, then row: a row never points at a missing file."""
    with transaction.atomic():
        lock_bytes(digest)  # or a removal of the same bytes could take the file away in between
        path = _save(data, f"{digest[:2]}/{digest}.{'pdf' if kind == Letter.Kind.PDF else 'txt'}")
        letter, made = Letter.objects.get_or_create(
            sha256=digest,
            defaults={
                "name": name,
                "kind": kind,
                "size": len(data),
                "file": path,
                "received_by_id": origin.user_id,
                "batch": origin.batch,
            },
        )
        if not made:
            return _here(name, letter)
        transaction.on_commit(lambda: ring(letter.pk), robust=True)
    return Answer(name, "received", "Received, waiting to be read.", letter)


def _save(data: bytes, path: str) -> str:
    try:
        return letter_storage().save(path, File(io.BytesIO(data)))
    except Exception as error:
        # A full disk, a folder that is gone, a bucket that refuses: no row, and the person knows.
        logger.exception("a letter could not be stored")
        raise Refused("not-stored") from error


def _here(name: str, letter: Letter) -> Answer:
    return Answer(name, "here", f"Already here, as {letter.name}.", letter)


def _refused(name: str, refusal: Refused) -> Answer:
    return Answer(name, "refused", str(refusal), code=refusal.code)


def _within(answer: Answer, zip_name: str) -> Answer:
    return replace(answer, name=f"{answer.name} in {zip_name}")
