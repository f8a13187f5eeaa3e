"""One sweep by hand: what beat and the workers do every half minute."""

from typing import Any

from django.core.management.base import BaseCommand

from cases.sweep import sweep


class Command(BaseCommand):
    help = "Ring for letters that wait, take back those whose reader died, and tell the oldest."

    def handle(self, *args: Any, **options: Any) -> None:
        found = sweep()
        if found is None:
            self.stdout.write("Another sweep is under way.")
            return
        self.stdout.write(
            f"{found.taken_back} taken back from lost readers, {found.rung} rung for."
        )
        if found.oldest is None:
            self.stdout.write("No letter waits.")
            return
        waited = str(found.waited).partition(".")[0]
        self.stdout.write(f"{found.waiting} wait; the oldest, letter {found.oldest}, for {waited}.")
