"""Read letters again, or tell what that would change."""

import re
from argparse import ArgumentParser
from collections import Counter
from typing import Any

from django.core.management.base import BaseCommand
from django.db.models import QuerySet

from cases.models import Letter
from cases.reader import NotStored
from cases.reread import failed, older, would_change
from cases.retry import retry
from reviews.reading.text import Unreadable

CHOICES = {
    "failed": ("letters that could not be read", failed),
    "older": ("letters read by an older version of the reader (the default)", older),
    "all": ("every letter", Letter.objects.all),
}
SHOWN = 100  # characters of a value


class Command(BaseCommand):
    help = "Have letters read again by the workers, or tell with --dry-run what that would change."

    def add_arguments(self, parser: ArgumentParser) -> None:
        which = parser.add_mutually_exclusive_group()
        for name, (sentence, _letters) in CHOICES.items():
            which.add_argument(
                f"--{name}", dest="which", action="store_const", const=name, help=sentence
            )
        parser.set_defaults(which="older")
        parser.add_argument(
            "--dry-run", action="store_true", help="only tell what would change, field by field"
        )

    def handle(self, *args: Any, which: str, dry_run: bool, **options: Any) -> None:
        letters = CHOICES[which][1]()
        if dry_run:
            self._tell(letters)
            return
        count = retry(letters)
        self.stdout.write(f"{count} letters wait to be read again. Letters shows how they stand.")

    def _tell(self, letters: QuerySet[Letter]) -> None:
        fields: Counter[str] = Counter()
        seen = changed = 0
        for letter in letters.order_by("pk").iterator():
            seen += 1
            try:
                changes = would_change(letter)
            except (Unreadable, NotStored) as trouble:
                self.stdout.write(f"{letter.name}: cannot be read: {trouble}")
                continue
            changed += bool(changes)
            # "item 3 outcome" counts as "outcome".
            fields.update(re.sub(r"^(letter \d+ )?(item \d+ )?", "", name) for name in changes)
            for name, (before, after) in changes.items():
                self.stdout.write(f"{letter.name}: {name}: {_short(before)} -> {_short(after)}")
        self.stdout.write(f"{changed} of {seen} letters would change; nothing was changed.")
        for name, count in fields.most_common():
            self.stdout.write(f"  {name}: {count}")


def _short(value: Any) -> str:
    shown = "nothing" if value in (None, "", []) else str(value)
    return shown if len(shown) <= SHOWN else f"{shown[: SHOWN - 1]}…"
