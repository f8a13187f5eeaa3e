"""Every stored file against its SHA-256, and files that no letter names."""

import hashlib
from collections.abc import Iterator
from datetime import timedelta
from typing import Literal, NamedTuple

from django.core.files.storage import Storage
from django.utils import timezone

from cases.models import Letter

ORPHAN_AGE = timedelta(days=1)  # younger ones may still get their row


class Fault(NamedTuple):
    """What is wrong with a file: the letter's name and number, or the path where there is none."""

    kind: Literal["missing", "changed", "unreadable", "orphan"]
    what: str


def check(letter: Letter) -> Fault | None:
    """The letter's file is there, and its bytes are those that came in."""
    name = f"{letter.name} (letter {letter.pk}, {letter.file})"
    digest = hashlib.sha256()
    try:
        with letter.file.open("rb") as file:
            for piece in file.chunks():
                digest.update(piece)
    except FileNotFoundError:
        return Fault("missing", name)
    except OSError as error:
        return Fault("unreadable", f"{name}: {error.strerror}")
    return None if digest.hexdigest() == letter.sha256 else Fault("changed", name)


def orphans(storage: Storage) -> Iterator[str]:
    """Paths of stored files that no letter names and that are older than a day."""
    before = timezone.now() - ORPHAN_AGE
    folders, _files = storage.listdir("")
    for folder in sorted(folders):
        _folders, files = storage.listdir(folder)
        paths = {f"{folder}/{file}" for file in files}
        known = Letter.objects.filter(file__in=paths).values_list("file", flat=True)
        for path in sorted(paths - set(known)):
            if storage.get_modified_time(path) < before:
                yield path
