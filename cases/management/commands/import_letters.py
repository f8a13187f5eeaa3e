"""Folders, files and ZIPs, through the same intake as an upload."""

import csv
import sys
from argparse import ArgumentParser
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from cases.importing import Tally, find, take
from cases.intake import Answer
from cases.models import Batch
from cases.progress import Progress


class Command(BaseCommand):
    help = (
        "Take in files, folders with all that is below them, and ZIPs. It can be stopped at any "
        "time and run again: what is here already is passed over. Exit code 0: all of it was "
        "taken or was here; 1: some files were refused, and the others taken."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("paths", nargs="+", type=Path, metavar="PATH")
        parser.add_argument(
            "--refused", type=Path, metavar="FILE", help="a CSV of what was refused, and why"
        )

    def handle(self, *args: Any, paths: list[Path], refused: Path | None, **options: Any) -> None:
        for path in paths:
            if not path.exists():
                raise CommandError(f"There is no {path}.", returncode=2)
        files = list(find(paths))
        if not files:
            raise CommandError("There are no files in there.", returncode=2)
        tally = self._take_all(files, Batch(name=_name(paths, files)), refused)
        self.stdout.write(f"{len(files)} files: {tally}.")
        for code, count in tally.codes.most_common():
            self.stdout.write(f"  {code}: {count}")
        if tally.verdicts["received"]:
            self.stdout.write("The readers take them from here; /letters/ tells how they stand.")
        if tally.codes:
            raise SystemExit(1)

    def _take_all(self, files: list[Path], batch: Batch, refused: Path | None) -> Tally:
        tally, progress = Tally(), Progress(sys.stderr, len(files), "files")
        batch.save()
        with writing(refused) as rows:
            try:
                for path in files:
                    for answer in take(path, batch):
                        tally.count(answer)
                        if answer.code:
                            self._tell(path, answer, rows)
                    progress.advance()
            finally:
                progress.end()
                if not tally.verdicts["received"]:
                    batch.delete()
        return tally

    def _tell(self, path: Path, answer: Answer, rows: Any) -> None:
        if rows is not None:
            rows.writerow([path, answer.name, answer.code, answer.sentence])
        else:
            self.stderr.write(f"{path}: {answer.name}: {answer.sentence}")


@contextmanager
def writing(path: Path | None) -> Iterator[Any]:
    """A CSV writer for this file, or None without one."""
    if path is None:
        yield None
        return
    with path.open("w", newline="", encoding="utf-8-sig") as file:
        rows = csv.writer(file)
        rows.writerow(["Path", "File", "Code", "Why"])
        yield rows


def _name(paths: list[Path], files: list[Path]) -> str:
    return paths[0].resolve().name[:255] if len(paths) == 1 else f"{len(files)} files"
