"""Letters by the folder: what is found there, and what became of each file."""

import csv
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

from cases.codes import REFUSALS
from cases.intake import Answer, receive
from cases.models import Batch


def files_in(paths: Iterable[Path]) -> Iterator[Path]:
    """Every file named or lying below a folder named, in order, without hidden ones.

    Raises FileNotFoundError for a path that leads nowhere: a slip of the pen, not an empty folder.
    """
    for path in paths:
        if not path.exists():
            raise FileNotFoundError(f"There is nothing at {path}.")
        found = sorted(path.rglob("*")) if path.is_dir() else [path]
        yield from (
            each
            for each in found
            if each.is_file()
            and not any(part.startswith(".") for part in each.relative_to(path).parts)
        )


def take(path: Path, batch: Batch | None = None) -> Iterator[Answer]:
    """An answer for the file, or one for each in it if it is a ZIP. Never raises for a bad file."""
    try:
        with path.open("rb") as file:
            yield from receive(file, path.name, batch=batch)
    except OSError:
        yield Answer(path.name, "refused", REFUSALS["unreadable-file"], code="unreadable-file")


class Tally:
    """How many files were received, here already or refused; the refused ones also as CSV."""

    def __init__(self, refused: Path | None = None) -> None:
        self.counts: Counter[str] = Counter()
        self._file = refused.open("w", newline="", encoding="utf-8") if refused else None
        self._rows = csv.writer(self._file) if self._file else None
        if self._rows:
            self._rows.writerow(["Path", "File", "Code", "Reason"])

    def add(self, path: Path, answer: Answer) -> None:
        self.counts[answer.verdict] += 1
        if self._rows and self._file and answer.verdict == "refused":
            self._rows.writerow([path, answer.name, answer.code, answer.sentence])
            self._file.flush()  # a run that is broken off leaves what it knew

    def close(self) -> None:
        if self._file:
            self._file.close()

    def __str__(self) -> str:
        got, here, refused = (self.counts[v] for v in ("received", "here", "refused"))
        return f"{got} received, {here} already here, {refused} refused"
