"""CSV and JSON lines, in pieces: PostgreSQL writes them, this passes the bytes on."""

import csv
import io
from collections.abc import Iterator

from django.db import connection

from cases.exports.columns import Column
from cases.exports.statements import Statement
from cases.exports.tally import Tally

BLOCK = 64 * 1024  # bytes a piece
BOM = "\ufeff"  # or Excel takes UTF-8 for a Windows code page


def csv_pieces(statement: Statement, tally: Tally) -> Iterator[bytes]:
    """BOM, headings, rows. An error in the middle breaks off, which browsers report as failed."""
    yield headings(statement.columns)
    yield from copied(statement, tally)


def copied(statement: Statement, tally: Tally) -> Iterator[bytes]:
    """The rows as PostgreSQL sends them, one message each."""
    piece = bytearray()
    with connection.cursor() as cursor:
        with cursor.copy(statement.copy()) as rows:
            for row in rows:
                piece += row
                tally.rows += 1
                if len(piece) >= BLOCK:
                    tally.check()
                    yield bytes(piece)
                    piece.clear()
        tally.rows = cursor.rowcount
    yield bytes(piece)


def headings(columns: list[Column]) -> bytes:
    line = io.StringIO()
    csv.writer(line, lineterminator="\n").writerow(column.heading for column in columns)
    return (BOM + line.getvalue()).encode()
