"""An Excel workbook, in constant memory: numbers and dates as such, text never as a formula."""

from collections.abc import Iterator
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import Any

import xlsxwriter
from django.db import connection

from cases.exports.columns import Column
from cases.exports.statements import Statement
from cases.exports.tally import Tally

ROWS_MOST = 1_048_575  # below the headings
CELL_MOST = 32_767  # characters
CUT = "…"
CHECK_EVERY = 100  # rows
WIDTHS = {"date": 12.0, "int8": 9.0, "text": 26.0}
NOT_IN_XML = dict.fromkeys([0xFFFE, 0xFFFF], "\ufffd")
OPTIONS = {
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_numbers": False,
    "strings_to_urls": False,
}


class TooManyRows(Exception):
    """More than a sheet holds."""


class Workbook:
    """One sheet of rows and one that tells about them. `cut` counts the cells too long for it."""

    def __init__(self, path: Path, title: str) -> None:
        self.cut = 0
        self.book = xlsxwriter.Workbook(str(path), {**OPTIONS, "tmpdir": str(path.parent)})
        self.day = self.book.add_format({"num_format": "yyyy-mm-dd", "align": "left"})
        self.head = self.book.add_format({"bold": True, "bottom": 1})
        self.wrapped = self.book.add_format({"text_wrap": True, "valign": "top"})
        self.sheet = self.book.add_worksheet(title)

    def write_rows(self, statement: Statement, tally: Tally) -> None:
        self._head(statement.columns)
        for number, row in enumerate(_rows(statement), start=1):
            if number > ROWS_MOST:
                raise TooManyRows
            for column, value in enumerate(row):
                self._cell(number, column, value)
            tally.rows = number
            if number % CHECK_EVERY == 0:
                tally.check()
        self.sheet.autofilter(0, 0, tally.rows, len(statement.columns) - 1)

    def tell(self, about: list[tuple[str, str]]) -> None:
        sheet = self.book.add_worksheet("About")
        sheet.set_column(0, 0, 20)
        sheet.set_column(1, 1, 100)
        for number, (label, value) in enumerate(about):
            sheet.write_string(number, 0, label, self.head)
            sheet.write_string(number, 1, value[:CELL_MOST], self.wrapped)

    def close(self) -> None:
        self.book.close()

    def _head(self, columns: list[Column]) -> None:
        for number, column in enumerate(columns):
            width = max(WIDTHS[column.type], min(len(column.heading) + 4.0, 40))
            self.sheet.set_column(number, number, width)
            self.sheet.write_string(0, number, column.heading, self.head)
        self.sheet.freeze_panes(1, 0)

    def _cell(self, row: int, column: int, value: Any) -> None:
        if isinstance(value, str):
            if value:
                self.sheet.write_string(row, column, self._fitting(value))
        elif isinstance(value, date):
            self._date(row, column, value)
        elif value is not None:
            self.sheet.write_number(row, column, value)

    def _date(self, row: int, column: int, value: date) -> None:
        if value.year < 1900:  # Excel knows no day before
            self.sheet.write_string(row, column, value.isoformat())
        else:
            self.sheet.write_datetime(row, column, value, self.day)

    def _fitting(self, value: str) -> str:
        if not value.isascii():
            value = value.translate(NOT_IN_XML)
        if len(value) <= CELL_MOST:
            return value
        self.cut += 1
        return value[: CELL_MOST - len(CUT)] + CUT


def _rows(statement: Statement) -> Iterator[tuple[Any, ...]]:
    with connection.cursor() as cursor, cursor.copy(statement.copy()) as copy:
        copy.set_types([column.type for column in statement.columns])
        with closing(copy.rows()) as rows:
            yield from rows
