"""JSONL files → one raw table: every line's keys compared first, then one statement for all files alike."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

import duckdb

from govcrawl.records.packed import stored
from govcrawl.warehouse import schema
from govcrawl.warehouse.shape import Shape, ShapeError, read_shape

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from govcrawl.warehouse.connection import Connection

_LINE_LIMIT = 16 << 20  # bytes; what read_json accepts unless told otherwise

# What DuckDB raises over the content of a file. Anything else is about the database itself.
_CONTENT_ERRORS = (duckdb.InvalidInputException, duckdb.ConversionException, duckdb.ConstraintException)


class RefusedError(Exception):
    """Raised while a folder is loaded when it cannot be trusted; the message names file and reason."""


def take_in(
    connection: Connection, table: str, paths: Iterable[Path], shape: Shape, key: dict[str, str]
) -> int:
    """Insert the lines of all files into `table`, with `key` as the column that says where they come from.

    Columns whose key no line of a file has take their default: the file is older than the column. Returns the
    number of rows.
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
        inserted += _insert(connection, table, files, keys, key, longest)
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
) -> int:
    # The one place where SQL is composed: the column list comes from the catalogue, values stay bound.
    types = {name: kind for name, kind in schema.columns_of(connection, table).items() if name in keys}
    names = ", ".join(f'"{name}"' for name in types)
    columns = ", ".join(f"\"{name}\": '{kind}'" for name, kind in types.items())
    statement = f"""
        INSERT INTO {table} ({", ".join(key)}, {names})
        SELECT {", ".join(f"${name}" for name in key)}, {names}
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
    """A path in which DuckDB finds nothing to expand."""
    return "".join(f"[{character}]" if character in "[*?" else character for character in str(path))
