"""Take an export's order: sent at once, or, where a page would keep one waiting, in the background.

Measured on two cores with PostgreSQL 15 at 21 columns, in rows a second: see docs/design.md.
"""

from django.db import transaction

from cases.bell import ring_for_export
from cases.exports.about import filter_of
from cases.exports.counting import count_up_to
from cases.exports.kinds import KINDS
from cases.exports.workbook import ROWS_MOST
from cases.models import Export

# Rows up to which a file is sent at once: what is written in about two seconds. CSV and JSON lines
# flow from the first row on, but hold a thread of the web process while they do.
AT_ONCE = {"csv": 100_000, "jsonl": 50_000, "xlsx": 5_000}


def too_many_for_excel(export: Export) -> bool:
    """As far as can be told at once: found out later, it ends the export with the same words."""
    if export.format != Export.Format.XLSX:
        return False
    rows = count_up_to(KINDS[export.kind], filter_of(export), ROWS_MOST)
    return rows is not None and rows > ROWS_MOST


def takes_long(export: Export) -> bool:
    most = AT_ONCE[export.format]
    rows = count_up_to(KINDS[export.kind], filter_of(export), most)
    return rows is None or rows > most


def order(export: Export) -> Export:
    """Record an export that is written in the background, and ring for it.

    The same one, asked for again while it is under way, is not written twice.
    """
    same = Export.objects.under_way().filter(
        user=export.user,
        kind=export.kind,
        format=export.format,
        zipped=export.zipped,
        columns=export.columns,
        filters=export.filters,
    )
    if found := same.first():
        return found
    export.state = Export.State.WAITING
    export.save()
    transaction.on_commit(lambda: ring_for_export(export.pk), robust=True)
    return export
