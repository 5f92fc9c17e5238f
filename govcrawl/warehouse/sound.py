"""Checks that a DuckDB file can be read to its last row.

DuckDB writes a sum with every block, and verifies it only when it reads the block; many queries are answered without. A
damaged file may open, count its rows, and fail at the first real query. So the sum of every block is compared here, in one pass over the
bytes. What that does not prove (a block that is free need not hold; another DuckDB may lay out its files otherwise) is
read: every column of every table is hashed, which takes ten times as long. Every view is bound.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from govcrawl.warehouse import schema

if TYPE_CHECKING:
    from pathlib import Path

    from govcrawl.warehouse.connection import Connection

# DuckDB, src/include/duckdb/storage/storage_info.hpp and src/common/checksum.cpp: a main header and two headers of the database, of
# which the newer one holds; then the blocks. Each begins with the sum of the rest: 5381 xor each word times the factor.
_HEADER, _HEADERS = 4096, 3
_WORD = "<u8"
_START, _FACTOR = 5381, np.uint64(0xBF58476D1CE4E5B9)
_ITERATION, _BLOCKS, _BLOCK_SIZE = 1, 4, 5  # words of a header of the database


def read_whole(connection: Connection, path: Path) -> dict[str, int]:
    """Prove that a file, opened by the connection, can be read to its last row; return table → number of rows.

    A damaged block raises DuckDB's own error.
    """
    rows = count_rows(connection) if every_block_holds(path) else _read_every_table(connection)
    for owner, view in connection.execute(schema.sql("catalogue/all_views.sql")).fetchall():
        connection.execute(f'DESCRIBE "{owner}"."{view}"')  # binds it, and plans nothing
    return rows


def every_block_holds(path: Path) -> bool:
    """Whether a file has all the blocks it says it has, and each the sum that DuckDB wrote with it."""
    with path.open("rb", buffering=0) as file:
        head = file.read(_HEADER * _HEADERS)
        if len(head) < _HEADER * _HEADERS:
            return False
        headers = np.frombuffer(head, _WORD).reshape(_HEADERS, -1)
        if not all(_holds(header) for header in headers):
            return False
        newest = max(headers[1:], key=lambda header: int(header[_ITERATION]))
        blocks, size = int(newest[_BLOCKS]), int(newest[_BLOCK_SIZE])
        if path.stat().st_size < _HEADER * _HEADERS + blocks * size:
            return False
        block = bytearray(size)
        words = np.frombuffer(block, _WORD)
        return all(file.readinto(block) == size and _holds(words) for _ in range(blocks))


def _holds(words: np.ndarray[tuple[int], np.dtype[np.uint64]]) -> bool:
    return int(words[0]) == _START ^ int(np.bitwise_xor.reduce(words[1:] * _FACTOR))


def _read_every_table(connection: Connection) -> dict[str, int]:
    """Read every table; return table → number of rows. A damaged block raises DuckDB's own error."""
    return _of_tables(connection, "bit_xor(hash(t))")


def count_rows(connection: Connection) -> dict[str, int]:
    """Table → number of its rows, which DuckDB knows without reading them."""
    return _of_tables(connection, "NULL")


def _of_tables(connection: Connection, also: str) -> dict[str, int]:
    """Table → number of its rows, with a further aggregate `also` of each; one statement, a tenth of the time of one a table."""
    tables = connection.execute(schema.sql("catalogue/all_tables.sql")).fetchall()
    each = (
        f'SELECT \'{owner}.{table}\', count(*), {also} FROM "{owner}"."{table}" AS t'  # noqa: S608 - names are ours
        for owner, table in tables
    )
    return {name: rows for name, rows, _ in connection.execute(" UNION ALL ".join(each)).fetchall()}
