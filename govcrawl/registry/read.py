"""Reads a registry directory: every problem at once, or the typed registry."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from govcrawl.records.errors import RegistryError, UserError
from govcrawl.registry.check import CheckedFile, CheckedRow, check
from govcrawl.registry.columns import FILES, Column, File, header_field
from govcrawl.registry.model import Problem, Registry
from govcrawl.registry.tables import Row, Table, read_table
from govcrawl.registry.values import BadValue

SUFFIXES = (".csv", ".xlsx")
_ORDER = {file.stem: number for number, file in enumerate(FILES)}


def load_registry(folder: Path) -> Registry:
    """The registry in `folder`; raises RegistryError that lists every error."""
    registry, problems = read_registry(folder)
    errors = [problem for problem in problems if problem.severity == "error"]
    if errors:
        listed = "\n".join(f"  {problem}" for problem in errors)
        raise RegistryError(
            f"{folder}: the registry has {len(errors)} error(s), nothing was crawled:\n{listed}"
        )
    return registry


def read_registry(folder: Path) -> tuple[Registry, list[Problem]]:
    """What could be read of the registry in `folder` and all its problems, in order of file and line."""
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
    problems += check(files)
    problems.sort(key=lambda problem: (_ORDER.get(Path(problem.file.lower()).stem, len(FILES)), problem.line))
    return Registry(**({"sites": ()} | records)), problems


def init_registry(folder: Path) -> list[Path]:
    """Writes each file that `folder` lacks, with its headers only; returns those written."""
    folder.mkdir(parents=True, exist_ok=True)
    present = {path.stem.lower() for path in folder.iterdir() if path.suffix.lower() in SUFFIXES}
    written = []
    for file in FILES:
        if file.stem not in present:
            path = folder / f"{file.stem}.csv"
            headers = ",".join(column.header for column in file.columns)
            # with the mark spreadsheets know UTF-8 by
            with path.open("x", encoding="utf-8-sig", newline="") as stream:
                stream.write(headers + "\r\n")
            written.append(path)
    return written


def _files_of(folder: Path) -> tuple[dict[str, Path], list[Problem]]:
    """The path of each registry file by its stem, and what else is wrong with the directory."""
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
                Problem(path.name, 0, "", "not a file of the registry", "It is left unread.", "warning")
            )
        elif suffix not in SUFFIXES:
            problems.append(
                Problem(
                    path.name,
                    0,
                    suffix,
                    "neither CSV nor XLSX",
                    "Save it as .csv or .xlsx and remove this one.",
                )
            )
        elif stem in paths:
            problems.append(
                Problem(path.name, 0, paths[stem].name, "same table in two files", "Keep one of the two.")
            )
        else:
            paths[stem] = path
    if "sites" not in paths:
        problems.append(
            Problem(
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
    """One table under way from text to records."""

    file: File
    table: Table

    def columns(self) -> list[Column | None] | None:
        """The column under each header, None where the header says nothing to us; None if unusable."""
        by_header = {
            _folded(name): column for column in self.file.columns for name in (column.header, *column.zh)
        }
        header = self.table.header
        columns = [by_header.get(_folded(name)) for name in header.cells]
        if not header.cells:
            return None
        if not any(columns):
            self.table.refuse(
                header.line,
                ",".join(header.cells)[:200],
                "no known header",
                f"The first row names the columns: {','.join(c.header for c in self.file.columns)}.",
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

    def rows(self, columns: list[Column | None]) -> tuple[CheckedFile, tuple[Any, ...]]:
        """Every row as far as it could be read, and the records of those without a fault.

        A table that lacks a column gives no records, but what stands in the others is checked all the same.
        """
        checked = CheckedFile(self.table.file)
        records = []
        blanks = {column.header: column.blank for column in self.file.columns}
        lacking = [column for column in self.file.required() if column not in columns]
        for row in self.table.rows:
            before = len(self.table.problems)
            values = self._values(row, columns)
            for column in lacking:
                del values[column.header]
            checked.rows.append(CheckedRow(row.line, values))
            if not lacking and len(self.table.problems) == before:
                meant = {name: blanks[name] if value is None else value for name, value in values.items()}
                given = {header_field(name): value for name, value in meant.items() if value is not None}
                records.append(self.file.record(**given))
        return checked, tuple(records)

    def _values(self, row: Row, columns: list[Column | None]) -> dict[str, Any]:
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
        for column in self.file.required():
            if column in columns and values.get(column.header, "") is None:
                self.table.refuse(row.line, "", f"{column.header} is blank", "Every row needs it.")
                del values[column.header]
        return values


def _folded(header: str) -> str:
    return header.strip().casefold()
