"""Reads a CSV or XLSX file as a header and rows of stripped text.

CSV may be UTF-8 (with or without a byte order mark) or GB18030, separated by commas, semicolons or tabs. Of a workbook
the first sheet is read. Cells are not interpreted, except that the marks of spreadsheets (`registry/guards.py`) are
removed: `=1+1` and `007` stay text.
"""

import csv
import io
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, time
from functools import reduce
from pathlib import Path
from typing import Any
from zipfile import BadZipFile, ZipFile

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook

from govcrawl.registry.guards import unguarded
from govcrawl.registry.model import RegistryProblem

MAX_CELLS = 20_000_000  # one stray cell in the last corner of a sheet makes it 17 billion cells
MAX_UNPACKED_BYTES = 1 << 30
_BLANK = " \t\r\n\u00a0\u3000\ufeff"
_ROUNDED = 1e15  # spreadsheets keep 15 digits of a number and round the rest
LONGEST_VALUE = 200  # characters of a row that a problem quotes
_SEPARATORS = ",\t;，；|"  # the most usual first
_SEVERAL = 2
_SEPARATOR_LINE = re.compile(r"\ufeff?\"?sep=([^\r\n])\"?\r?\n", re.IGNORECASE)  # Excel's note to itself
_SAMPLE, _SAMPLE_LINES = 20_000, 10  # characters and lines that are searched for the separator
_SAVE_AGAIN = "Open it in the spreadsheet and save it as .xlsx, or as 'CSV UTF-8'."
_DISGUISES = (
    (b"pk\x03\x04", "a workbook"),
    (b"\xd0\xcf\x11\xe0", "an old workbook (.xls)"),
    (b"<html", "a web page"),
    (b"<!doctype", "a web page"),
    (b"<table", "a web page"),
    (b"<?xml", "an XML file"),
)
_UTF16_MARKS = (b"\xff\xfe", b"\xfe\xff")


@dataclass(slots=True)
class TableRow:
    line: int
    cells: list[str]


@dataclass(slots=True)
class Table:
    """One table. `header` is empty when the file could not be read; `problems` then holds the reason."""

    file: str
    header: TableRow = field(default_factory=lambda: TableRow(0, []))
    rows: list[TableRow] = field(default_factory=list)
    problems: list[RegistryProblem] = field(default_factory=list)

    def refuse(self, line: int, value: str, message: str, remedy: str) -> None:
        self.problems.append(RegistryProblem(self.file, line, value, message, remedy))

    @property
    def is_refused(self) -> bool:
        """Whether any of its problems is more than a warning."""
        return any(problem.severity == "error" for problem in self.problems)

    def warn(self, line: int, value: str, message: str, remedy: str) -> None:
        self.problems.append(RegistryProblem(self.file, line, value, message, remedy, "warning"))


def read_table(path: Path) -> Table:
    """The table in a CSV or XLSX file, without blank rows; unreadable parts are among its problems."""
    table = Table(path.name)
    try:
        body = path.read_bytes()
    except OSError as error:
        table.refuse(0, "", f"file cannot be read ({error.strerror})", "Check its owner and permissions.")
        return table
    rows = _workbook_rows(body, table) if path.suffix.lower() == ".xlsx" else _csv_rows(body, table)
    _fill(table, rows)
    if not table.header.cells and not table.problems:
        table.refuse(0, "", "file is empty", "Write at least the headers (`govcrawl registry init` does).")
    return table


def read_tables(path: Path) -> list[Table]:
    """All non-empty sheets of an XLSX file as tables named `file [sheet]`; for a CSV file its single table."""
    if path.suffix.lower() != ".xlsx":
        return [read_table(path)]
    whole = Table(path.name)
    try:
        sheets = _sheets(path.read_bytes(), whole)
    except OSError as error:
        whole.refuse(0, "", f"file cannot be read ({error.strerror})", "Check its owner and permissions.")
        sheets = {}
    tables = [Table(f"{path.name} [{name}]") for name in sheets]
    for table, grid in zip(tables, sheets.values(), strict=True):
        _fill(table, _grid_rows(grid, table))
    if not tables and not whole.is_refused:
        whole.refuse(0, "", "file is empty", "Fill a file that govcrawl has written.")
    if whole.is_refused:
        return [whole]
    tables[0].problems += whole.problems
    return tables


def _fill(table: Table, rows: Iterable[TableRow]) -> None:
    filled = [row for row in rows if any(row.cells)]
    if filled:
        table.header, *table.rows = filled


def _csv_rows(body: bytes, table: Table) -> Iterator[TableRow]:
    disguise = next((words for mark, words in _DISGUISES if body.lstrip()[:9].lower().startswith(mark)), None)
    if disguise is not None:
        table.refuse(
            1, body.lstrip()[:9].decode("latin-1"), f"{disguise} under the name of a CSV file", _SAVE_AGAIN
        )
        return
    text = _decoded(body, table)
    line = 1
    declaration = _SEPARATOR_LINE.match(text)
    if declaration is not None:
        text, line = text[declaration.end() :], 2
    # newline="": a line break within quotes belongs to the cell
    reader = csv.reader(
        io.StringIO(text, newline=""),
        strict=True,
        delimiter=declaration[1] if declaration is not None else _separator(text),
    )
    above = line - 1
    while True:
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            table.refuse(line, "", f"broken CSV ({error})", "Look for an unpaired quote from here on.")
            return
        yield TableRow(line, [unguarded(cell.strip(_BLANK)) for cell in cells])
        line = above + reader.line_num + 1


def _separator(text: str) -> str:
    """The separator: the one most frequent in the first line that holds any twice; the comma in doubt."""
    for line in text[:_SAMPLE].splitlines()[:_SAMPLE_LINES]:
        mark = max(_SEPARATORS, key=line.count)
        if line.count(mark) >= _SEVERAL:
            return mark
    return ","


def _decoded(body: bytes, table: Table) -> str:
    if body.startswith(_UTF16_MARKS):
        table.refuse(0, "UTF-16", "encoding is not read", "Save the file as 'CSV UTF-8'.")
        return ""
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return body.decode(encoding)
        except UnicodeDecodeError as error:
            line, found = body.count(b"\n", 0, error.start) + 1, body[error.start : error.end]
    table.refuse(line, repr(found), "neither UTF-8 nor GB18030", "Save the file as 'CSV UTF-8'.")
    return ""


def _workbook_rows(body: bytes, table: Table) -> Iterator[TableRow]:
    sheets = _sheets(body, table)
    for name in list(sheets)[1:]:
        table.warn(
            0, name, "sheet is not read, only the first is", "Move its rows to the first or delete it."
        )
    return _grid_rows(next(iter(sheets.values()), []), table)


def _sheets(body: bytes, table: Table) -> dict[str, list[list[Any]]]:
    """Name → cells of every non-empty sheet; problems of the workbook are added to `table`."""
    try:
        _measure(body, table)
        if table.is_refused:
            return {}
        with CalamineWorkbook.from_filelike(io.BytesIO(body)) as book:
            sheets = [book.get_sheet_by_name(name) for name in book.sheet_names]
            return {sheet.name: _unmerged(sheet) for sheet in sheets if sheet.height}
    except (CalamineError, BadZipFile) as error:
        table.refuse(
            0, "", f"not a readable workbook ({error})", "Save it again as .xlsx, without a password."
        )
        return {}


def _unmerged(sheet: CalamineSheet) -> list[list[Any]]:
    """The cells of a sheet; the value of a cell merged downwards is repeated in each of its rows."""
    grid: list[list[Any]] = sheet.to_python(skip_empty_area=False)
    for (top, left), (bottom, right) in sheet.merged_cell_ranges or []:
        if left == right:
            for row in grid[top + 1 : bottom + 1]:
                if left < len(row) and row[left] == "":
                    row[left] = grid[top][left]
    return grid


def _grid_rows(grid: list[list[Any]], table: Table) -> Iterator[TableRow]:
    for line, cells in enumerate(grid, start=1):
        yield TableRow(line, [_cell_text(cell, line, table) for cell in cells])


_FILLED_CELL = re.compile(rb'<c r="([A-Z]{1,3})(\d{1,7})"[^>]*[^/>]>')


_WITHOUT_VALUE = re.compile(
    rb'<c r="([A-Z]{1,3})(\d{1,7})"[^<>]*><f(?:[^<>]*/>|[^<>]*>[^<]*</f>)(?:<v\s?/>|<v></v>)?</c>'
)


def _measure(body: bytes, table: Table) -> None:
    """Refuse a workbook whose sheets would not fit in memory; reading it with calamine would kill the process."""
    with ZipFile(io.BytesIO(body)) as archive:
        if sum(member.file_size for member in archive.infolist()) > MAX_UNPACKED_BYTES:
            table.refuse(0, "", "workbook is too large", "Split it, or save it as CSV.")
            return
        for member in archive.namelist():
            if member.startswith("xl/worksheets/sheet"):
                markup = archive.read(member)
                places = {
                    (len(letters), letters, int(line)) for letters, line in _FILLED_CELL.findall(markup)
                }
                for letters, line in _WITHOUT_VALUE.findall(markup):
                    table.warn(
                        int(line),
                        f"{letters.decode()}{line.decode()}",
                        "formula without a value, read as blank: whatever wrote the file has not worked it out",
                        "Open the file in the spreadsheet and save it, or type the value over the formula.",
                    )
                last_line = max((line for _, _, line in places), default=0)
                last_letters = max(places, default=(0, b"", 0))[1].decode()
                width = reduce(lambda sum_, letter: sum_ * 26 + ord(letter) - 64, last_letters, 0)
                if last_line * width > MAX_CELLS:
                    table.refuse(
                        last_line,
                        f"{last_letters}{last_line}",
                        "sheet is too large",
                        "Delete the stray cells far below or far to the right of the table.",
                    )


def _cell_text(cell: Any, line: int, table: Table) -> str:
    """The text of a typed cell: whole numbers without point, dates as ISO."""
    match cell:
        case str():
            return unguarded(cell.strip(_BLANK))
        case bool():
            return "true" if cell else "false"
        case int() | float() if abs(cell) >= _ROUNDED:
            table.refuse(
                line,
                f"{cell:.0f}",
                "number of more than 15 digits, which the spreadsheet has already rounded",
                "Format the column as text and type the value again.",
            )
            return ""
        case float() if cell.is_integer():
            return str(int(cell))
        case datetime() if cell.time() == time():
            return cell.date().isoformat()
        case datetime():
            return cell.isoformat(" ", "seconds")
    return str(cell)
