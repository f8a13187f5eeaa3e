"""Look into a ZIP without believing it: what its headers say of sizes and names may be a lie."""

import lzma
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import BinaryIO

from django.conf import settings

from cases.refusing import Refused

STARTS = (b"PK\x03\x04", b"PK\x05\x06")  # the second begins one without entries

# What zipfile and the decompressors under it raise on bytes that are not what they claim.
DAMAGED = (
    zipfile.BadZipFile,
    zlib.error,
    lzma.LZMAError,
    EOFError,
    NotImplementedError,
    OSError,
    ValueError,
)


def entries(file: BinaryIO) -> Iterator[tuple[str, bytes | Refused]]:
    """Every file's name in the ZIP, and its bytes or why they are not taken.

    Raises Refused when nothing of the ZIP is taken.
    """
    try:
        with zipfile.ZipFile(file) as archive:
            for entry in _wanted(archive):
                try:
                    yield entry.filename, _expand(archive, entry)
                except Refused as refusal:
                    yield entry.filename, refusal
    except (zipfile.BadZipFile, zipfile.LargeZipFile, EOFError, NotImplementedError) as error:
        raise Refused("zip-damaged") from error


def _wanted(archive: zipfile.ZipFile) -> list[zipfile.ZipInfo]:
    wanted = [entry for entry in archive.infolist() if not _is_clutter(entry)]
    if not wanted:
        raise Refused("zip-empty")
    if len(wanted) > settings.ZIP_MAX_FILES:
        raise Refused("zip-too-many", count=len(wanted), limit=settings.ZIP_MAX_FILES)
    if sum(entry.file_size for entry in wanted) > settings.ZIP_MAX_BYTES:
        raise Refused("zip-too-large")
    return wanted


def _is_clutter(entry: zipfile.ZipInfo) -> bool:
    """Folders, and what macOS and Windows add on their own."""
    path = PurePosixPath(entry.filename.replace("\\", "/"))
    return entry.is_dir() or "__MACOSX" in path.parts or path.name in {".DS_Store", "Thumbs.db"}


def _expand(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> bytes:
    """The entry's bytes, counted as they come."""
    if entry.flag_bits & 0x1:
        raise Refused("zip-locked")
    if (entry.external_attr >> 16) & 0o170000 == 0o120000:
        raise Refused("zip-link")
    if entry.file_size > settings.ZIP_MAX_RATIO * max(entry.compress_size, 1):
        raise Refused("zip-bomb")
    try:
        with archive.open(entry) as file:
            data = file.read(settings.LETTER_MAX_BYTES + 1)
    except DAMAGED as error:
        raise Refused("zip-entry-damaged") from error
    if data.startswith(STARTS):
        raise Refused("zip-nested")
    return data
