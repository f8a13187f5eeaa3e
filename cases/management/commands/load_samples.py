"""The trial run's account and letters."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.auth.models import Group, User
from django.core.management.base import BaseCommand, CommandError

from cases.intake import receive
from cases.reader import read_letter

LETTERS = Path(settings.BASE_DIR) / "samples" / "letters"


class Command(BaseCommand):
    help = "Make the demo account (demo / demo) and, the first time, load the sample letters."

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.DEBUG:
            raise CommandError(
                "The demo account is for trying imrsite out: it is made only with DEBUG=1. "
                "Make accounts for people with manage.py createsuperuser and in the admin."
            )
        if User.objects.filter(username="demo").exists():
            self.stdout.write("The demo account is there already; no samples are loaded again.")
            return
        for path in sorted(LETTERS.iterdir()):
            self._load(path)
        # Last, as the sign that all of it is done: a run that was broken off goes on next time.
        user = User.objects.create_user("demo", password="demo", is_staff=True)
        user.groups.add(Group.objects.get(name="manager"))

    def _load(self, path: Path) -> None:
        with path.open("rb") as file:
            for answer in receive(file, path.name):
                self.stdout.write(f"{answer.name}: {answer.sentence}")
                if answer.letter:
                    read_letter(answer.letter.pk)
