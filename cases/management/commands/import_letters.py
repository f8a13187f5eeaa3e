"""Take in letters by the folder."""

import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from tqdm import tqdm

from cases.bulk import Tally, files_in, take
from cases.models import Batch


class Command(BaseCommand):
    help = (
        "Take in files, ZIPs and whole folders. Can be stopped and run again: what is here "
        "already is passed over. Ends with status 1 when a file was refused."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("paths", nargs="+", type=Path, metavar="PATH")
        parser.add_argument(
            "--refused", type=Path, metavar="CSV", help="write what was refused, and why, to CSV"
        )

    def handle(self, *args: Any, paths: list[Path], **options: Any) -> None:
        try:
            files = list(files_in(paths))
        except FileNotFoundError as error:
            raise CommandError(str(error)) from error
        tally = Tally(options["refused"])
        batch = Batch.objects.create(name=_batch_name(paths))
        try:
            self._take(files, batch, tally)
        finally:
            tally.close()
            if not tally.counts["received"]:
                batch.delete()
            self.stdout.write(f"{len(files)} files: {tally}.")
        if tally.counts["refused"]:
            where = (
                f" See {options['refused']}." if options["refused"] else " Name them: --refused."
            )
            raise CommandError(f"{tally.counts['refused']} were refused.{where}")

    def _take(self, files: list[Path], batch: Batch, tally: Tally) -> None:
        quiet = not sys.stderr.isatty()
        # Where nobody watches, a bar would fill the log.
        for number, path in enumerate(tqdm(files, unit=" files", disable=quiet), 1):
            for answer in take(path, batch):
                tally.add(path, answer)
            if quiet and number % 1000 == 0:
                self.stdout.write(f"{number} of {len(files)} files: {tally}")


def _batch_name(paths: list[Path]) -> str:
    first = paths[0].resolve().name[:200]
    return first if len(paths) == 1 else f"{first} and {len(paths) - 1} more"
