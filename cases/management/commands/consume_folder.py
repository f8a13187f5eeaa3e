"""A watch folder, for scanners and for scripts that fetch mail."""

import time
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import InterfaceError, OperationalError, connection

from cases.consuming import WatchFolder


class Command(BaseCommand):
    help = (
        "Watch a folder until stopped (Ctrl-C, SIGTERM). A file whose size and time stand still "
        "from one look to the next is taken in and moved to the folder `taken` in it; a refused "
        "one goes to `refused`, with a text that says why. Hidden files are left alone."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("folder", type=Path)
        parser.add_argument("--every", type=float, default=5.0, metavar="SECONDS")
        parser.add_argument("--once", action="store_true", help="two looks, and no more")

    def handle(self, *args: Any, folder: Path, every: float, once: bool, **options: Any) -> None:
        if not folder.is_dir():
            raise CommandError(f"{folder} is no folder.")
        if Path(settings.LETTERS_DIR).resolve().is_relative_to(folder.resolve()):
            raise CommandError(f"{folder} holds the stored letters: watch another.")
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
