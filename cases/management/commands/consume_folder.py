"""Watch a folder, and take in what is put there."""

import time
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import OperationalError, connection

from cases.bulk import files_in, take
from cases.intake import Answer

TAKEN, REFUSED = "taken", "refused"
Size = tuple[int, int]


class Command(BaseCommand):
    help = (
        "Watch a folder and take in every file whose size stands still. A file goes to taken/ "
        "inside the folder afterwards, or to refused/ with its reason beside it."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("folder", type=Path)
        parser.add_argument("--every", type=float, default=5, metavar="SECONDS")
        parser.add_argument("--once", action="store_true", help="end when nothing is left to take")

    def handle(self, *args: Any, folder: Path, every: float, once: bool, **options: Any) -> None:
        if not folder.is_dir():
            raise CommandError(f"{folder} is no folder.")
        for name in (TAKEN, REFUSED):
            (folder / name).mkdir(exist_ok=True)
        seen: dict[Path, Size] = {}
        while True:
            now = {path: _size(path) for path in _arrived(folder)}
            for path, size in now.items():
                if seen.get(path) == size:
                    self._take(folder, path)
            seen = {path: size for path, size in now.items() if path.exists()}
            if once and not seen:
                return
            time.sleep(every)

    def _take(self, folder: Path, path: Path) -> None:
        try:
            answers = list(take(path))
        except OperationalError as error:
            # The database is away: the file stays where it is, and the next round tries again.
            self.stderr.write(f"{path.name} waits: {error}".strip())
            connection.close()
            return
        refused = [answer for answer in answers if answer.verdict == "refused"]
        if any(answer.code == "not-stored" for answer in refused):
            self.stderr.write(f"{path.name} waits: {refused[0].sentence}")
            return
        target = _free(folder / (REFUSED if refused else TAKEN) / path.name)
        path.rename(target)
        if refused:
            target.with_name(f"{target.name}.reason.txt").write_text(_reasons(refused))
        for answer in answers:
            self.stdout.write(f"{answer.name}: {answer.sentence}")


def _arrived(folder: Path) -> list[Path]:
    put_away = {folder / TAKEN, folder / REFUSED}
    return [path for path in files_in([folder]) if not put_away & set(path.parents)]


def _size(path: Path) -> Size:
    try:
        found = path.stat()
    except FileNotFoundError:  # somebody took it back
        return (-1, -1)
    return found.st_size, found.st_mtime_ns


def _free(path: Path) -> Path:
    """The path, or the first with a number in its name at which nothing lies."""
    number = 1
    free = path
    while free.exists():
        number += 1
        free = path.with_name(f"{path.stem} ({number}){path.suffix}")
    return free


def _reasons(refused: list[Answer]) -> str:
    return "".join(f"{answer.name}: {answer.sentence}\n" for answer in refused)
