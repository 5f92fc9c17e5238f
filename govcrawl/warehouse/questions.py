"""The questions people ask of the published views: the files of `questions/`, each with what it asks, takes and gives.

    -- One sentence: what is asked.
    -- param since DATE = 2020-01-01: what it is; without `= …` it may be left out and is null
    -- column entries: what it holds
    SELECT …

They stand on the published views and the tables `words` alone, so a release answers them as well. The queries of checks and
documents, which need the raw tables, are in `queries/`.
"""

from __future__ import annotations

import csv
import difflib
import io
import re
import tempfile
import unicodedata
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import orjson

from govcrawl.invisible import seen
from govcrawl.records.errors import UserError
from govcrawl.registry.guards import guarded
from govcrawl.warehouse import schema
from govcrawl.warehouse.connection import quoted
from govcrawl.warehouse.snapshot import literal

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from govcrawl.warehouse.connection import Connection

_PARAM: Final = re.compile(r"param (\w+) (DATE|INTEGER|VARCHAR)(?: = (\S+))?: (.+)")
_COLUMN: Final = re.compile(r"column (\w+): (.+)")
_READERS: Final[dict[str, Callable[[str], Any]]] = {
    "DATE": date.fromisoformat,
    "INTEGER": int,
    "VARCHAR": str,
}
_EXAMPLES: Final = {"DATE": "2026-11-22", "INTEGER": "10"}


@dataclass(frozen=True, slots=True)
class Param:
    """One parameter: its SQL type, the value it has when none is given, and what it is."""

    kind: str
    default: str | None
    meaning: str


@dataclass(frozen=True, slots=True)
class Question:
    """One file: what is asked, its parameters and the columns of its answer with their meanings, and the statement alone."""

    name: str
    asks: str
    params: dict[str, Param]
    columns: dict[str, str]
    statement: str

    def with_values(self, given: Mapping[str, str]) -> str:
        """The statement with values in place of its parameters; UserError for one it does not take, or that does not fit."""
        if unknown := sorted(given.keys() - self.params.keys()):
            takes = ", ".join(self.params) or "none"
            raise UserError(f"--param {unknown[0]}: {self.name} takes no such parameter (it takes: {takes})")
        values = {
            name: _value(name, param, given.get(name, param.default)) for name, param in self.params.items()
        }
        return re.sub(r"\$(\w+)", lambda match: literal(values[match[1]]), self.statement)


@dataclass(frozen=True, slots=True)
class QueryResult:
    """The answer to a question: its columns and its rows."""

    columns: list[str]
    rows: list[tuple[Any, ...]]


def _value(name: str, param: Param, text: str | None) -> Any:
    if text is None:
        return None
    try:
        return _READERS[param.kind](text)
    except ValueError:
        raise UserError(
            f"--param {name}={text}: is no {param.kind}; write it as {_EXAMPLES[param.kind]}"
        ) from None


def questions() -> dict[str, Question]:
    """Name → question, by name."""
    return {path.stem: _read(path) for path in schema.files("questions")}


def question(name: str) -> Question:
    """The question of that name; UserError with the nearest names when there is none."""
    by_name = questions()
    if name not in by_name:
        near = difflib.get_close_matches(name, by_name, n=3, cutoff=0.4)
        hint = f"did you mean {' or '.join(near)}? " if near else ""
        raise UserError(f"{name}: no such question; {hint}`govcrawl query` lists them all")
    return by_name[name]


def _read(path: Path) -> Question:
    head, lines = [], path.read_text("utf-8").splitlines()
    while lines and lines[0].startswith("-- "):
        head.append(lines.pop(0).removeprefix("-- "))
    params, columns = {}, {}
    for line in head[1:]:
        if found := _PARAM.fullmatch(line):
            params[found[1]] = Param(found[2], found[3], found[4])
        elif found := _COLUMN.fullmatch(line):
            columns[found[1]] = found[2]
        else:
            raise ValueError(f"{path}: neither `param` nor `column`: {line}")
    return Question(path.stem, head[0], params, columns, "\n".join(lines))


def answer(connection: Connection, statement: str) -> QueryResult:
    """What a statement gives."""
    result = connection.execute(statement)
    return QueryResult([column[0] for column in result.description or ()], result.fetchall())


# ---------- as people and programs read it


def as_table(found: QueryResult) -> str:
    """The answer as lines of aligned text; a Chinese character takes two places, and nothing crawled moves the cursor."""
    texts = [found.columns, *([seen(_text(value)).replace("\n", " ") for value in row] for row in found.rows)]
    widths = [max(_width(row[place]) for row in texts) for place in range(len(found.columns))]
    right = [
        all(isinstance(row[place], int | float) or row[place] is None for row in found.rows)
        for place in range(len(found.columns))
    ]
    lines = []
    for row in texts:
        cells = [
            " " * (width - _width(cell)) + cell if to_right else cell + " " * (width - _width(cell))
            for cell, width, to_right in zip(row, widths, right, strict=True)
        ]
        lines.append("  ".join(cells).rstrip())
    return "\n".join([lines[0], "  ".join("-" * width for width in widths), *lines[1:], ""])


def as_csv(found: QueryResult) -> str:
    """The answer as CSV; what is unknown is an empty field, and a text that a spreadsheet would calculate has `'` before it."""
    file = io.StringIO()
    writer = csv.writer(file, lineterminator="\n")
    writer.writerow(found.columns)
    writer.writerows(
        [guarded(value) if isinstance(value, str) else _text(value) for value in row] for row in found.rows
    )
    return file.getvalue()


def as_json(found: QueryResult) -> str:
    """The answer as a JSON list with one object a row."""
    rows = [dict(zip(found.columns, row, strict=True)) for row in found.rows]
    return orjson.dumps(rows, default=str, option=orjson.OPT_INDENT_2).decode() + "\n"


def answer_as(connection: Connection, statement: str, form: str) -> bytes:
    """What a statement gives, as one of FORMS."""
    if form == "parquet":
        return as_parquet(connection, statement)
    return _FORMS[form](answer(connection, statement)).encode()


def as_parquet(connection: Connection, statement: str) -> bytes:
    """The answer as the bytes of a Parquet file."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "answer.parquet"
        connection.execute(f"COPY ({statement}) TO {quoted(str(path))} (FORMAT parquet, COMPRESSION zstd)")
        return path.read_bytes()


def _text(value: object) -> str:
    return "" if value is None else str(value)


def _width(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(character) in "WF" else 1 for character in text)


_FORMS: Final = {"table": as_table, "csv": as_csv, "json": as_json}
FORMS: Final = (*_FORMS, "parquet")
