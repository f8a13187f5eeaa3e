"""One sweep by hand: what beat and the workers do every half minute."""

from typing import Any

from django.core.management.base import BaseCommand

from cases.exports import sweeping
from cases.sweep import sweep


class Command(BaseCommand):
    help = "Ring for letters and exports that wait, and take back what dead readers hold."

    def handle(self, *args: Any, **options: Any) -> None:
        found = sweep()
        exports = sweeping.sweep()
        if found is None:
            self.stdout.write("Another sweep is under way.")
            return
        self.stdout.write(
            f"{found.taken_back} taken back from lost readers, {found.rung} rung for."
        )
        self.stdout.write(
            f"Exports: {exports.taken_back} taken back, {exports.rung} rung for, "
            f"{exports.expired} expired."
        )
        if found.oldest is None:
            self.stdout.write("No letter waits.")
            return
        waited = str(found.waited).partition(".")[0]
        self.stdout.write(f"{found.waiting} wait; the oldest, letter {found.oldest}, for {waited}.")
