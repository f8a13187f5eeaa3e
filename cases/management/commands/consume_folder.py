"""A watch folder, for scanners and for scripts that fetch mail."""

import time
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import InterfaceError, OperationalError, connection

from cases.consuming import WatchFolder


class Command(BaseCommand):
    help = (
        "Watch a folder until stopped (Ctrl-C, SIGTERM). A file whose size and time stand still "
        "from one look to the next is taken in and then deleted; a refused one goes to the folder "
        "`refused` beside it, with a text that says why. Names that begin with a dot are left."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("folder", type=Path)
        parser.add_argument("--every", type=float, default=5.0, metavar="SECONDS")
        parser.add_argument("--once", action="store_true", help="two looks, and no more")

    def handle(self, *args: Any, folder: Path, every: float, once: bool, **options: Any) -> None:
        if not folder.is_dir():
            raise CommandError(f"{folder} is no folder.")
        watched = WatchFolder(folder)
        self._look(watched)
        while True:
            try:
                time.sleep(every)
                self._look(watched)
            except KeyboardInterrupt:
                return
            if once:
                return

    def _look(self, watched: WatchFolder) -> None:
        try:
            tally = watched.look()
        except (OperationalError, InterfaceError):
            connection.close()
            self.stderr.write("The database cannot be reached; the files wait.")
            return
        if tally.verdicts:
            self.stdout.write(f"{tally}.")
