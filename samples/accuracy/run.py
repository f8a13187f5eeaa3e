"""Reads files in several processes and marks what was read."""

from collections.abc import Iterable
from itertools import chain
from multiprocessing import Pool
from typing import Protocol

from reviews import reading
from samples.accuracy.files import Printed
from samples.accuracy.questions import Json
from samples.accuracy.scores import Mark, mark


class File(Protocol):
    def printed(self) -> Printed: ...


def marks(files: Iterable[File]) -> list[Mark]:
    """A mark for every letter in the files, in their order, on all the cores there are."""
    with Pool() as pool:
        return list(chain.from_iterable(pool.imap(marks_of, files, chunksize=8)))


def marks_of(file: File) -> list[Mark]:
    printed = file.printed()
    try:
        found = readings(printed.data)
    except Exception as error:
        error.add_note(f"The reader broke at {printed.letters[0][0]}")
        raise
    return marked(printed, found)


def marked(printed: Printed, found: list[Json]) -> list[Mark]:
    """Letters and readings by their order; the last letter answers for readings too many."""
    missing = len(printed.letters) - len(found)
    each: list[Json | None] = [*found, *[None] * missing]
    extra = [*[0] * (len(printed.letters) - 1), max(-missing, 0)]
    pairs = zip(printed.letters, each, extra, strict=False)
    return [mark(name, labels, one, more) for (name, labels), one, more in pairs]


def readings(data: bytes | None) -> list[Json]:
    """What the reader says of each letter in the file; none when it says that it cannot read it."""
    if data is None:
        return []
    try:
        found = reading.read_all(reading.text.from_bytes(data))
    except reading.text.Unreadable:
        return []
    return [reading.as_json(one, "") for one in found]
