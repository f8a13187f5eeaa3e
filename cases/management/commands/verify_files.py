"""Every stored file against its SHA-256."""

import sys
from argparse import ArgumentParser
from collections import Counter
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from tqdm import tqdm

from cases.models import Letter, letter_storage
from cases.verify import Fault, check, orphans


class Command(BaseCommand):
    help = (
        "Check every stored file against its SHA-256, and look for files that no letter names. "
        "Ends with status 1 when something is wrong."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--sweep-orphans",
            action="store_true",
            help="delete files that no letter names and that are older than a day",
        )

    def handle(self, *args: Any, sweep_orphans: bool, **options: Any) -> None:
        faults: Counter[str] = Counter()
        letters = Letter.objects.order_by("pk")
        count = letters.count()
        quiet = not sys.stderr.isatty()
        for letter in tqdm(letters.iterator(), total=count, unit=" files", disable=quiet):
            if fault := check(letter):
                self._tell(fault, faults)
        for path in list(orphans(letter_storage())):
            if sweep_orphans:
                letter_storage().delete(path)
                self.stdout.write(f"orphan deleted: {path}")
            else:
                self._tell(Fault("orphan", path), faults)
        if faults:
            found = ", ".join(f"{number} {kind}" for kind, number in faults.items())
            raise CommandError(f"{count} letters checked: {found}.")
        self.stdout.write(f"{count} letters checked: every file is there and as it came.")

    def _tell(self, fault: Fault, faults: Counter[str]) -> None:
        faults[fault.kind] += 1
        self.stdout.write(f"{fault.kind}: {fault.what}")
