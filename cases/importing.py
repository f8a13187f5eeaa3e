"""Take in whole folders: find the files, and count what becomes of them."""

import os
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from cases.codes import REFUSALS
from cases.intake import Answer, receive
from cases.models import Batch

CLUTTER = {".DS_Store", "Thumbs.db", "desktop.ini"}


@dataclass
class Tally:
    """How many files were taken, were here already, or were refused and why."""

    verdicts: Counter[str] = field(default_factory=Counter)
    codes: Counter[str] = field(default_factory=Counter)

    def count(self, answer: Answer) -> None:
        self.verdicts[answer.verdict] += 1
        if answer.code:
            self.codes[answer.code] += 1

    def __str__(self) -> str:
        counts = self.verdicts
        told = f"{counts['received']} received, {counts['here']} were here already"
        return f"{told}, {counts['refused']} refused"


def find(paths: Iterable[Path]) -> Iterator[Path]:
    """Every file in these folders, sorted within each; links and hidden files are left out."""
    for path in paths:
        if not path.is_dir():
            yield path
            continue
        for folder, folders, names in os.walk(path):
            folders[:] = sorted(name for name in folders if not name.startswith("."))
            for name in sorted(names):
                found = Path(folder) / name
                if not name.startswith(".") and name not in CLUTTER and not found.is_symlink():
                    yield found


def take(path: Path, batch: Batch | None = None) -> Iterator[Answer]:
    """Take in one file, or each of a ZIP; one that cannot be opened here is refused as well."""
    try:
        file = path.open("rb")
    except OSError:
        code = "unreadable-file"
        yield Answer(path.name, "refused", REFUSALS[code], code=code)
        return
    with file:
        yield from receive(file, path.name, batch=batch)
