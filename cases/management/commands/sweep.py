"""One sweep by hand."""

from typing import Any

from django.core.management.base import BaseCommand

from cases.sweep import sweep


class Command(BaseCommand):
    help = "Ring for letters that wait and take back those of lost readers, as beat does."

    def handle(self, *args: Any, **options: Any) -> None:
        found = sweep()
        if found is None:
            self.stdout.write("Another sweep is under way; nothing was done.")
            return
        self.stdout.write(
            f"{found.taken_back} taken back from lost readers, {found.rung} rung for, "
            f"{found.waiting} waiting."
        )
        if found.oldest:
            self.stdout.write(f"Letter {found.oldest} waits longest: {found.waited}.")
