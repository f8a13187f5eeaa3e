"""One export as bytes: each format in pieces or in a file, in memory that does not grow."""

from collections.abc import Iterator
from pathlib import Path

from cases.exports.about import about, about_text, columns_of, file_name, filter_of
from cases.exports.kinds import KINDS
from cases.exports.statements import as_cells, as_csv, as_json
from cases.exports.tally import Tally
from cases.exports.texts import copied, csv_pieces
from cases.exports.workbook import Workbook
from cases.exports.zipped import zip_pieces
from cases.models import Export

MEDIA_TYPES = {
    "csv": "text/csv; charset=utf-8",
    "jsonl": "application/jsonl; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


def media_type(export: Export) -> str:
    return "application/zip" if export.zipped else MEDIA_TYPES[export.format]


def pieces(export: Export, tally: Tally) -> Iterator[bytes]:
    """CSV and JSON lines, in a ZIP if that is asked for."""
    found = _rows(export, tally)
    if not export.zipped:
        return found
    name = file_name(export, member=True)
    return zip_pieces(name, found, lambda: about_text(export, tally.rows))


def _rows(export: Export, tally: Tally) -> Iterator[bytes]:
    kind, found = KINDS[export.kind], filter_of(export)
    columns = columns_of(export)
    if export.format == Export.Format.JSONL:
        return copied(as_json(kind, found, columns), tally)
    return csv_pieces(as_csv(kind, found, columns), tally)


def make(export: Export, path: Path, tally: Tally) -> None:
    """The whole export in a file of this name; its folder is for nothing else."""
    if export.format == Export.Format.XLSX:
        _make_workbook(export, path, tally)
        return
    with path.open("xb") as file:
        for piece in pieces(export, tally):
            file.write(piece)


def _make_workbook(export: Export, path: Path, tally: Tally) -> None:
    kind = KINDS[export.kind]
    book = Workbook(path, kind.key.capitalize())
    book.write_rows(as_cells(kind, filter_of(export), columns_of(export)), tally)
    book.tell(about(export, tally.rows, book.cut))
    tally.check()
    book.close()
