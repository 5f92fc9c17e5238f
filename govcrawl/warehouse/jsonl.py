"""Inserts JSONL files into one raw table: checks the keys of every line, then inserts files with equal keys together."""

from __future__ import annotations

from collections import defaultdict
from types import MappingProxyType
from typing import TYPE_CHECKING

import duckdb

from govcrawl.records.packed import stored
from govcrawl.warehouse import schema
from govcrawl.warehouse.shape import Shape, ShapeError, read_shape

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from govcrawl.warehouse.connection import Connection

_LINE_LIMIT = 16 << 20  # bytes of a line that read_json accepts by default

# DuckDB's errors about the content of a file. All others are about the database itself.
_CONTENT_ERRORS = (duckdb.InvalidInputException, duckdb.ConversionException, duckdb.ConstraintException)


class RefusedError(Exception):
    """Raised by the loader for a folder that is damaged or malformed; the message names file and reason."""


def insert_lines(
    connection: Connection,
    table: str,
    paths: Iterable[Path],
    shape: Shape,
    key: dict[str, str],
    *,
    kept: Mapping[str, str] = MappingProxyType({}),
) -> int:
    """Insert the lines of all files into `table` and return the number of rows; RefusedError for a malformed file.

    `key`: columns and values, the same for all rows, that say where they come from, e.g. `run_id`. Columns that a
    file's lines lack get their default: the file is older than the column. `kept`: column → the expression over the columns of the
    table that is put down instead of what the line says.
    """
    alike: dict[frozenset[str], list[Path]] = defaultdict(list)
    rows, longest = 0, _LINE_LIMIT
    for path in paths:
        try:
            lines = read_shape(path, shape)
        except OSError as error:
            raise RefusedError(f"{path}: cannot be read ({error.strerror})") from error
        except ShapeError as error:
            raise RefusedError(f"{path}: {error}") from error
        rows += lines.rows
        longest = max(longest, lines.longest)
        if lines.rows:
            alike[lines.keys].append(path)
    inserted = 0
    for keys, files in alike.items():
        inserted += _insert(connection, table, files, keys, key, longest, kept)
    if inserted != rows:
        raise RefusedError(f"{table}: {rows} lines became {inserted} rows")
    return rows


def _insert(
    connection: Connection,
    table: str,
    files: list[Path],
    keys: frozenset[str],
    key: dict[str, str],
    longest: int,
    kept: Mapping[str, str],
) -> int:
    # The SQL is composed here: its column names come from the database's catalogue; values are bound as parameters.
    types = schema.columns_of(connection, table)
    names = ", ".join(f'"{name}"' for name in types if name in keys)
    values = ", ".join(kept.get(name, f'"{name}"') for name in types if name in keys)
    # All columns of a record, for an expression may name one that older files lack: it is null there.
    columns = ", ".join(f"\"{name}\": '{kind}'" for name, kind in types.items() if name not in key)
    statement = f"""
        INSERT INTO {table} ({", ".join(key)}, {names})
        SELECT {", ".join(f"${name}" for name in key)}, {values}
        FROM read_json(
            $files, format = 'newline_delimited', columns = {{{columns}}}, maximum_object_size = {longest}
        )
    """  # noqa: S608
    try:
        found = connection.execute(
            statement, {"files": [_literal(stored(path)) for path in files], **key}
        ).fetchone()
    except _CONTENT_ERRORS as error:
        place = files[0] if len(files) == 1 else files[0].parent
        raise RefusedError(f"{place}: {str(error).splitlines()[0]}") from error
    return int(found[0]) if found else 0


def _literal(path: Path) -> str:
    """A path in which DuckDB expands no wildcards."""
    return "".join(f"[{character}]" if character in "[*?" else character for character in str(path))
