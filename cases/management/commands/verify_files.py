"""Every stored file against its SHA-256, and every file against the letters."""

import sys
from argparse import ArgumentParser
from collections import Counter
from typing import Any

from django.core.management.base import BaseCommand

from cases.models import Letter
from cases.progress import Progress
from cases.verifying import Finding, orphans, sweep_orphan, verify_letters

SENTENCES = {
    "missing": "letter {letter}: its file {path} is missing",
    "changed": "letter {letter}: its file {path} is not what arrived",
    "orphan": "{path}: no letter has this file",
}


class Command(BaseCommand):
    help = (
        "Compare every stored file with the SHA-256 that it arrived with, and name files that no "
        "letter has and that are older than a day. Exit code 0: all is well; 1: a file is missing "
        "or changed; orphans alone change nothing."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--sweep-orphans", action="store_true", help="delete the files that no letter has"
        )

    def handle(self, *args: Any, sweep_orphans: bool, **options: Any) -> None:
        found: Counter[str] = Counter()
        total = Letter.objects.count()
        progress = Progress(sys.stderr, total, "letters")
        for finding in verify_letters():
            if finding:
                self._tell(finding, found)
            progress.advance()
        progress.end()
        swept = 0
        for finding in list(orphans()):
            self._tell(finding, found)
            swept += sweep_orphans and sweep_orphan(finding.path)
        told = ", ".join(f"{found[trouble]} {trouble}" for trouble in SENTENCES)
        self.stdout.write(f"{total} letters: {told}; {swept} orphans deleted.")
        if found["missing"] or found["changed"]:
            raise SystemExit(1)

    def _tell(self, finding: Finding, found: Counter[str]) -> None:
        found[finding.trouble] += 1
        self.stdout.write(SENTENCES[finding.trouble].format(**finding._asdict()))
