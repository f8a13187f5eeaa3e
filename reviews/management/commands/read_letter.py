"""Read letters and print what they say, without storing anything."""

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from reviews import reading
from reviews.reading.types import Citation, Determination, Item


class Command(BaseCommand):
    help = "Read determination letters (PDF or text) and print what they say, storing nothing."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("files", nargs="+", type=Path, metavar="FILE")
        parser.add_argument("--json", action="store_true", help="one JSON object a line")

    def handle(self, *args: Any, **options: Any) -> None:
        unread = 0
        for path in options["files"]:
            try:
                found = reading.read_all(reading.text.from_bytes(path.read_bytes()))
            except reading.text.Unreadable as error:
                self.stderr.write(f"{path}: {error.code}: {error.sentence}")
                unread += 1
                continue
            except OSError as error:
                self.stderr.write(f"{path}: {error.strerror or error}")
                unread += 1
                continue
            for determination in found:
                self.stdout.write(_printed(determination, path, as_json=options["json"]))
        if unread:
            raise CommandError(f"{unread} of {len(options['files'])} files could not be read.")


def _printed(determination: Determination, path: Path, *, as_json: bool) -> str:
    if as_json:
        return json.dumps(reading.as_json(determination, path.name), ensure_ascii=False)
    return "\n".join(_summary(determination, path))


def _summary(d: Determination, path: Path) -> list[str]:
    """The reading for people, a line for each thing."""
    number = d.case_number.value if d.case_number else "no case number"
    decided = d.decision.value.isoformat() if d.decision else "no decision date"
    worker = ", ".join(str(part.value) for part in (d.age, d.sex) if part) or "worker unknown"
    lines = [f"{path.name}: {number}, {decided}, {d.outcome or 'outcome unknown'} ({worker})"]
    for position, item in enumerate(d.items, 1):
        lines.extend(_item(position, item))
    lines.extend(f"  flag {doubt.code}: {doubt.sentence}" for doubt in d.flags)
    lines.extend(f"  note {doubt.code}: {doubt.sentence}" for doubt in d.notices)
    return lines


def _item(position: int, item: Item) -> list[str]:
    outcome = item.outcome.value if item.outcome else "outcome unknown"
    asked = (item.disputed or item.service).value
    return [
        f"  {position}. {asked}: {outcome} [{item.category}]",
        f"     administrator: {_cited(item.administrator.citations)}",
        f"     expert: {_cited(item.expert.citations)}",
    ]


def _cited(citations: tuple[Citation, ...]) -> str:
    return "; ".join(_citation(citation) for citation in citations) or "nothing"


def _citation(citation: Citation) -> str:
    year = f" {citation.year}" if citation.year else ""
    pages = f", pages {citation.printed_pages}" if citation.printed_pages else ""
    sections = f": {', '.join(citation.sections)}" if citation.sections else ""
    return f"{citation.source} {citation.title}{year}{pages}{sections}".replace("  ", " ")
