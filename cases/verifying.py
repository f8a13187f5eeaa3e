"""Hold what is stored against what is written down about it."""

import hashlib
from collections.abc import Iterator
from datetime import timedelta
from typing import Literal, NamedTuple

from django.core.files.storage import Storage
from django.utils import timezone

from cases.models import Letter, letter_storage
from cases.removal import remove_file

Trouble = Literal["missing", "changed", "orphan"]
PIECE = 1 << 20
DAY = timedelta(days=1)


class Finding(NamedTuple):
    trouble: Trouble
    path: str
    letter: int | None = None


def verify_letters() -> Iterator[Finding | None]:
    """For every letter, in the order of their keys: what is wrong with its file, or None."""
    storage = letter_storage()
    rows = Letter.objects.order_by("pk").values_list("pk", "file", "sha256")
    for pk, path, sha256 in rows.iterator():
        try:
            right = _digest(storage, path) == sha256
        except FileNotFoundError:
            yield Finding("missing", path, pk)
        else:
            yield None if right else Finding("changed", path, pk)


def orphans() -> Iterator[Finding]:
    """Files that no letter has and that are not just arriving: a day old or more."""
    storage = letter_storage()
    for path in _files(storage):
        if not Letter.objects.filter(file=path).exists() and _age(storage, path) > DAY:
            yield Finding("orphan", path)


def sweep_orphan(path: str) -> bool:
    """Delete a file that no letter has; False when one has come in for it meanwhile."""
    name = path.rpartition("/")[2].partition(".")[0]
    if len(name) == 64 and set(name) <= set("0123456789abcdef"):
        return remove_file(name, path)
    letter_storage().delete(path)  # a temporary file that its writer did not live to rename
    return True


def _digest(storage: Storage, path: str) -> str:
    digest = hashlib.sha256()
    with storage.open(path) as file:
        while piece := file.read(PIECE):
            digest.update(piece)
    return digest.hexdigest()


def _files(storage: Storage, folder: str = "") -> Iterator[str]:
    folders, names = storage.listdir(folder)
    start = f"{folder}/" if folder else ""
    yield from (start + name for name in sorted(names))
    for name in sorted(folders):
        yield from _files(storage, start + name)


def _age(storage: Storage, path: str) -> timedelta:
    return timezone.now() - storage.get_modified_time(path)
