"""Reads a registry directory into typed records, and reports all its problems at once."""

import re
import unicodedata
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from govcrawl.records.errors import RegistryError, UserError
from govcrawl.registry.check import CheckedFile, CheckedRow, check_rows
from govcrawl.registry.columns import FILES, Column, File, header_field
from govcrawl.registry.guards import acts_as
from govcrawl.registry.model import Registry, RegistryProblem
from govcrawl.registry.tables import LONGEST_VALUE, Table, TableRow, read_table
from govcrawl.registry.values import BadValue, plain_text

SUFFIXES = (".csv", ".xlsx")
_TITLE_ROWS = 10  # rows below the first in which the header is searched
_NAMES_A_HEADER = 2  # fewest known headers in a row that is taken as the header
_TOTAL = re.compile(r"[\W_]*(?:合|总|小|共)\s*计|[\W_]*(?:sub)?total\b", re.IGNORECASE)
_REMARK = re.compile(
    r"[\W_]*(?:备?\s*注|说\s*明)|(?=[^：:]{0,12}[\u4e00-\u9fff])[^：:]{1,12}[：:](?!//)|\d{4}\s*年\s*\d{1,2}\s*月"
)
_IN_BRACKETS = re.compile(r"\([^()]*\)$")
_ORDER = {file.stem: number for number, file in enumerate(FILES)}


def load_registry(folder: Path) -> Registry:
    """The registry in `folder`; RegistryError lists every error."""
    registry, problems = read_registry(folder)
    errors = [problem for problem in problems if problem.severity == "error"]
    if errors:
        listed = "\n".join(f"  {problem}" for problem in errors)
        raise RegistryError(
            f"{folder}: the registry has {len(errors)} error(s), nothing was crawled:\n{listed}"
        )
    return registry


def read_registry(folder: Path) -> tuple[Registry, list[RegistryProblem]]:
    """The readable part of the registry in `folder`, and all its problems, ordered by file and line."""
    paths, problems = _files_of(folder)
    files: dict[str, CheckedFile] = {}
    records: dict[str, tuple[Any, ...]] = {}
    for file in FILES:
        if file.stem in paths:
            table = read_table(paths[file.stem])
            reading = _Reading(file, table)
            columns = reading.columns()
            if columns is not None:
                files[file.stem], records[file.stem] = reading.rows(columns)
            problems += table.problems
    problems += check_rows(files)
    problems.sort(key=lambda problem: (_ORDER.get(Path(problem.file.lower()).stem, len(FILES)), problem.line))
    return Registry(**({"sites": ()} | records)), problems


def init_registry(folder: Path) -> list[Path]:
    """Write each file that `folder` lacks, with its headers only; return the files written."""
    folder.mkdir(parents=True, exist_ok=True)
    present = {path.stem.lower() for path in folder.iterdir() if path.suffix.lower() in SUFFIXES}
    written = []
    for file in FILES:
        if file.stem not in present:
            path = folder / f"{file.stem}.csv"
            headers = ",".join(column.header for column in file.columns)
            # with a byte order mark, by which spreadsheets recognise UTF-8
            with path.open("x", encoding="utf-8-sig", newline="") as stream:
                stream.write(headers + "\r\n")
            written.append(path)
    return written


def _files_of(folder: Path) -> tuple[dict[str, Path], list[RegistryProblem]]:
    """Stem → path of each registry file, and the problems of the directory itself."""
    try:
        names = sorted(path for path in folder.iterdir() if not path.name.startswith((".", "~$")))
    except OSError as error:
        raise UserError(
            f"{folder}: no registry directory can be read there ({error.strerror}). "
            "Name the directory that holds sites.csv, or begin one with `govcrawl registry init DIR`."
        ) from None
    paths: dict[str, Path] = {}
    problems = []
    for path in names:
        stem, suffix = path.stem.lower(), path.suffix.lower()
        if stem not in _ORDER:
            problems.append(
                RegistryProblem(
                    path.name, 0, "", "not a file of the registry", "It is left unread.", "warning"
                )
            )
        elif suffix not in SUFFIXES:
            problems.append(
                RegistryProblem(
                    path.name,
                    0,
                    suffix,
                    "neither CSV nor XLSX",
                    "Open it in the spreadsheet, save it as .xlsx or as 'CSV UTF-8', and remove this one.",
                )
            )
        elif stem in paths:
            problems.append(
                RegistryProblem(
                    path.name, 0, paths[stem].name, "same table in two files", "Keep one of the two."
                )
            )
        else:
            paths[stem] = path
    if "sites" not in paths and not any(path.stem.lower() == "sites" for path in names):
        problems.append(
            RegistryProblem(
                "sites.csv",
                0,
                str(folder),
                "the list of sites is missing",
                "`govcrawl registry init DIR` begins one.",
            )
        )
    return paths, problems


@dataclass(slots=True)
class _Reading:
    """Turns one table of text into records, and collects its problems."""

    file: File
    table: Table

    def columns(self) -> list[Column | None] | None:
        """The column of each header, None for an unknown header; None instead of a list when the table is unusable."""
        by_header = {
            _folded(name): column for column in self.file.columns for name in (column.header, *column.zh)
        }
        self._leave_titles_out(by_header)
        header = self.table.header
        columns = [_column(name, by_header) for name in header.cells]
        if not header.cells:
            return None
        if not any(columns):
            self.table.refuse(
                header.line,
                ",".join(header.cells)[:LONGEST_VALUE],
                "no known header",
                f"The first row names the columns: {','.join(c.header for c in self.file.columns)}. "
                "Delete what stands above it.",
            )
            return None
        usable = True
        for name, column in zip(header.cells, columns, strict=True):
            if column is None and name and _folded(name) not in self.file.remarks:
                self.table.warn(header.line, name, "unknown column", "It is left unread.")
            elif column is not None and columns.count(column) > 1:
                self.table.refuse(
                    header.line, name, f"column {column.header} is there twice", "Keep one of them."
                )
                usable = False
        for column in self.file.required():
            if column not in columns:
                self.table.refuse(
                    header.line,
                    column.header,
                    "required column is missing",
                    f"Add a column {column.header} or {column.zh[0]}.",
                )
        return columns if usable else None

    def _leave_titles_out(self, by_header: dict[str, Column]) -> None:
        """Make the first row that holds known headers the header; the rows above it are the title of a form."""
        every = [self.table.header, *self.table.rows[:_TITLE_ROWS]]
        headers_in_row = [sum(_column(name, by_header) is not None for name in row.cells) for row in every]
        if headers_in_row[0]:
            return
        number = next((number for number, count in enumerate(headers_in_row) if count >= _NAMES_A_HEADER), 0)
        for row in every[:number]:
            title = " ".join(filter(None, row.cells))[:LONGEST_VALUE]
            self.table.warn(row.line, title, "title above the headers", "It is left unread.")
        if number:
            self.table.header, self.table.rows = every[number], self.table.rows[number:]

    def _is_no_record(self, row: TableRow, columns: list[Column | None]) -> str | None:
        """What a row is, if it holds no record: a repeated header, a total, a heading, a remark. None for a record."""
        filled = [(column, cell) for column, cell in zip(columns, row.cells, strict=False) if cell]
        if row.cells == self.table.header.cells:
            return "the headers again"
        if filled and all(_REMARK.match(cell) for _, cell in filled):
            return "a remark"
        required = [column for column in self.file.required() if column in columns]
        given = [column for column, _ in filled if column in required]
        if not filled or (required and len(given) == len(required)):
            return None
        column, cell = filled[0]
        few = 2 * len(given) < max(len(required), 2)
        if _TOTAL.match(cell) and (few or not _may_be(column, cell)):
            return "a total"
        if not few:
            return None
        if len(filled) == 1 and len(self.file.columns) > 1 and not _may_be(column, cell):
            return "a heading between the rows"
        return None

    def rows(self, columns: list[Column | None]) -> tuple[CheckedFile, tuple[Any, ...]]:
        """All rows with their readable values, and the records of the rows without an error.

        A table that lacks a required column gives no records; its other columns are checked all the same.
        """
        checked = CheckedFile(self.table.file)
        records = []
        blanks = {column.header: column.blank for column in self.file.columns}
        lacking = [column for column in self.file.required() if column not in columns]
        for row in self.table.rows:
            what = self._is_no_record(row, columns)
            if what is not None:
                text = " ".join(filter(None, row.cells))[:LONGEST_VALUE]
                self.table.warn(
                    row.line, text, f"row is {what}", "It is left unread; a site in it must be given whole."
                )
                continue
            before = len(self.table.problems)
            values = self._values(row, columns)
            for column in lacking:
                del values[column.header]
            checked.rows.append(CheckedRow(row.line, values))
            harmed = any(problem.severity == "error" for problem in self.table.problems[before:])
            if not lacking and not harmed:
                meant = {name: blanks[name] if value is None else value for name, value in values.items()}
                given = {header_field(name): value for name, value in meant.items() if value is not None}
                records.append(self.file.record(**given))
        return checked, tuple(records)

    def _values(self, row: TableRow, columns: list[Column | None]) -> dict[str, Any]:
        values: dict[str, Any] = {column.header: None for column in self.file.columns}
        surplus = [cell for cell in row.cells[len(columns) :] if cell]
        if surplus:
            self.table.refuse(
                row.line,
                surplus[0],
                "more cells than headers",
                "Put a value that contains a comma in quotes.",
            )
        for column, cell in zip(columns, row.cells, strict=False):
            if column is None or not cell:
                continue
            try:
                values[column.header] = column.read(cell)
            except BadValue as error:
                self.table.refuse(row.line, cell, f"{column.header}: {error}", error.remedy)
                del values[column.header]
                continue
            acts = acts_as(cell) if column.read is plain_text else None
            if acts is not None:
                self.table.warn(
                    row.line,
                    cell,
                    f"{column.header}: {acts}",
                    "It is kept and shown as plain text; correct it if it is no name.",
                )
        for column in self.file.required():
            if column in columns and values.get(column.header, "") is None:
                self.table.refuse(row.line, "", f"{column.header} is blank", "Every row needs it.")
                del values[column.header]
        return values


def _may_be(column: Column | None, cell: str) -> bool:
    """Whether a column accepts the value of a cell."""
    if column is None:
        return False
    try:
        column.read(cell)
    except BadValue:
        return False
    return True


def _column(header: str, by_header: dict[str, Column]) -> Column | None:
    """The column that a header names; the header may end in a remark in brackets, as in 首页网址（URL）."""
    folded = _folded(header)
    return by_header.get(folded) or by_header.get(_IN_BRACKETS.sub("", folded))


def _folded(header: str) -> str:
    """A header without the line breaks and asterisks of printed forms."""
    return "".join(unicodedata.normalize("NFKC", header).casefold().replace("*", "").split())
