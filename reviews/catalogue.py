"""The catalogues of guidelines and treatments as rows, kept like the reader's data files."""

import csv
import re
from pathlib import Path
from typing import Any

from django.db import connections

from reviews.models import Guideline, Treatment
from reviews.reading.catalogue import treatment_slug

# What the data file says of a row's place, not of its name.
ASIDES = re.compile(r" (\(no chapter named\)|cited outside of the MTUS)$")

DATA = Path(__file__).parent / "reading" / "data"


def sync_catalogue(using: str = "default", **_: Any) -> None:
    """Bring both tables in line with the data files; rows that letters refer to are never removed.

    Runs after every migration, so also after one back to before the tables.
    """
    if Treatment._meta.db_table not in connections[using].introspection.table_names():
        return
    Guideline.objects.bulk_create(
        _guidelines(),
        update_conflicts=True,
        unique_fields=["slug"],
        update_fields=["source", "title", "acoem_chapter", "regulation", "position"],
    )
    Treatment.objects.bulk_create(
        _treatments(),
        update_conflicts=True,
        unique_fields=["slug"],
        update_fields=["name", "aliases", "treatment_class", "dwc_category"],
    )


def _rows(name: str) -> list[dict[str, str]]:
    with (DATA / name).open(newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


def _guidelines() -> list[Guideline]:
    return [
        Guideline(
            slug=row["slug"],
            source=row["source"],
            title=ASIDES.sub("", row["title"]),
            acoem_chapter=int(row["acoem_chapter"]) if row["acoem_chapter"] else None,
            regulation=row["regulation"],
            position=position,
        )
        for position, row in enumerate(_rows("guidelines.csv"))
    ]


def _treatments() -> list[Treatment]:
    return [
        Treatment(
            slug=treatment_slug(row["canonical"]),
            name=row["canonical"],
            aliases=[alias for alias in row["aliases"].split("|") if alias],
            treatment_class=row["class"],
            dwc_category=row["dwc_category"],
        )
        for row in _rows("treatments.csv")
    ]
