"""Take files in: every one gets an answer, and what is taken is on disk before it has a row."""

import hashlib
import io
import lzma
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import BinaryIO, Literal

from django.conf import settings
from django.core.files.base import File
from django.db import transaction
from django.template.defaultfilters import filesizeformat

from cases.bell import ring
from cases.models import Letter, letter_storage

# What zipfile and the decompressors under it raise on bytes that are not what they claim.
DAMAGED_ENTRY = (
    zipfile.BadZipFile,
    zlib.error,
    lzma.LZMAError,
    EOFError,
    NotImplementedError,
    OSError,
    ValueError,
)

ZIP_STARTS = (b"PK\x03\x04", b"PK\x05\x06")  # the second begins one without entries

Verdict = Literal["received", "here", "refused"]


@dataclass(frozen=True)
class Answer:
    """What became of one file: its line on the upload page."""

    name: str
    verdict: Verdict
    sentence: str
    letter: Letter | None = None


class Refused(Exception):
    """A file that is not taken; the message is for the person who sent it."""


def receive(file: BinaryIO, name: str, user_id: int | None = None) -> Iterator[Answer]:
    """Take one file, or every file of a ZIP, yielding an answer each. Never raises `Refused`."""
    name = clean_name(name)
    try:
        if file.read(4) in ZIP_STARTS:
            file.seek(0)
            yield from _receive_zip(file, name, user_id)
        else:
            file.seek(0)
            yield _receive_one(file, name, user_id)
    except Refused as refusal:
        yield Answer(name, "refused", str(refusal))


def receive_all(files: Iterable[tuple[BinaryIO, str]], user_id: int | None) -> Iterator[Answer]:
    for file, name in files:
        yield from receive(file, name, user_id)


def clean_name(name: str) -> str:
    """The last part of a path, without control characters, at most 255 long, never empty."""
    base = PurePosixPath(name.replace("\\", "/")).name
    base = "".join(c for c in base if c.isprintable()).strip()
    if len(base) > 255:
        stem, dot, ending = base.rpartition(".")
        base = stem[: 254 - len(ending)] + dot + ending if dot and len(ending) < 10 else base[:255]
    return base or "unnamed"


def _receive_one(file: BinaryIO, name: str, user_id: int | None) -> Answer:
    data = file.read(settings.LETTER_MAX_BYTES + 1)
    kind = judge(data)
    digest = hashlib.sha256(data).hexdigest()
    known = Letter.objects.filter(sha256=digest).first()
    if known is None:
        return _store(data, digest, kind, name, user_id)
    return Answer(name, "here", f"Already here, as {known.name}.", known)


def judge(data: bytes) -> Letter.Kind:
    """PDF or text, by the bytes alone. Raises `Refused` with the reason for anything else."""
    if not data:
        raise Refused("The file is empty.")
    if len(data) > settings.LETTER_MAX_BYTES:
        limit = filesizeformat(settings.LETTER_MAX_BYTES)
        raise Refused(f"The file is larger than {limit}, far more than any letter.")
    if b"%PDF-" in data[:1024]:
        if b"%%EOF" not in data[-2048:]:
            raise Refused("The PDF is cut off: its end is missing. Get the file again.")
        return Letter.Kind.PDF
    if is_text(data):
        return Letter.Kind.TEXT
    raise Refused("The file is neither a PDF nor text.")


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


def _store(data: bytes, digest: str, kind: Letter.Kind, name: str, user_id: int | None) -> Answer:
    """File first, then row: a row never points at a missing file."""
    ending = "pdf" if kind == Letter.Kind.PDF else "txt"
    path = letter_storage().save(f"{digest[:2]}/{digest}.{ending}", File(io.BytesIO(data)))
    with transaction.atomic():
        letter, made = Letter.objects.get_or_create(
            sha256=digest,
            defaults={
                "name": name,
                "kind": kind,
                "size": len(data),
                "file": path,
                "received_by_id": user_id,
            },
        )
        if made:
            transaction.on_commit(lambda: ring(letter.pk), robust=True)
    if made:
        return Answer(name, "received", "Received, waiting to be read.", letter)
    return Answer(name, "here", f"Already here, as {letter.name}.", letter)


def _receive_zip(file: BinaryIO, name: str, user_id: int | None) -> Iterator[Answer]:
    try:
        with zipfile.ZipFile(file) as archive:
            entries = [entry for entry in archive.infolist() if not _is_clutter(entry)]
            if not entries:
                raise Refused("The ZIP holds no files.")
            if len(entries) > settings.ZIP_MAX_FILES:
                raise Refused(
                    f"The ZIP holds {len(entries)} files; at most {settings.ZIP_MAX_FILES} "
                    "are taken at once. Nothing of it was taken."
                )
            if sum(entry.file_size for entry in entries) > settings.ZIP_MAX_BYTES:
                raise Refused("The ZIP expands to more than is taken at once. Nothing was taken.")
            for entry in entries:
                yield _receive_entry(archive, entry, name, user_id)
    except (zipfile.BadZipFile, zipfile.LargeZipFile, EOFError, NotImplementedError) as error:
        raise Refused("The ZIP is damaged and cannot be opened.") from error


def _is_clutter(entry: zipfile.ZipInfo) -> bool:
    """Folders, and what macOS and Windows add on their own."""
    path = PurePosixPath(entry.filename.replace("\\", "/"))
    return entry.is_dir() or "__MACOSX" in path.parts or path.name in {".DS_Store", "Thumbs.db"}


def _receive_entry(
    archive: zipfile.ZipFile, entry: zipfile.ZipInfo, zip_name: str, user_id: int | None
) -> Answer:
    name = clean_name(entry.filename)
    try:
        return _receive_one(io.BytesIO(_expand(archive, entry)), name, user_id)
    except Refused as refusal:
        return Answer(f"{name} in {zip_name}", "refused", str(refusal))


def _expand(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> bytes:
    """The entry's bytes, counted as they come: what its header says of its size may be a lie."""
    if entry.flag_bits & 0x1:
        raise Refused("The ZIP is locked with a password.")
    if (entry.external_attr >> 16) & 0o170000 == 0o120000:
        raise Refused("It is a link, not a file.")
    if entry.file_size > settings.ZIP_MAX_RATIO * max(entry.compress_size, 1):
        raise Refused("It expands far more than a letter would.")
    try:
        with archive.open(entry) as file:
            data = file.read(settings.LETTER_MAX_BYTES + 1)
    except DAMAGED_ENTRY as error:
        raise Refused("It is damaged inside the ZIP.") from error
    if data.startswith(ZIP_STARTS):
        raise Refused("A ZIP inside a ZIP is not opened. Upload it by itself.")
    return data
