"""Whether a DuckDB file can be read to its last row.

DuckDB verifies a block's checksum only when it reads the block, and answers many queries without reading blocks. A
damaged file may open, count its rows, and fail at the first real query. So every column of every table is hashed, which
requires reading it, and every view is bound.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from govcrawl.warehouse import schema

if TYPE_CHECKING:
    from govcrawl.warehouse.connection import Connection


def read_every_table(connection: Connection) -> dict[str, int]:
    """Read every table; return table → number of rows. A damaged block raises DuckDB's own error."""
    rows = {}
    for owner, table in connection.execute(schema.sql("catalogue/all_tables.sql")).fetchall():
        name = f'"{owner}"."{table}"'
        found = connection.execute(f"SELECT count(*), bit_xor(hash(t)) FROM {name} AS t").fetchone()  # noqa: S608 - names are ours
        rows[f"{owner}.{table}"] = int(found[0]) if found else 0
    for owner, view in connection.execute(schema.sql("catalogue/all_views.sql")).fetchall():
        connection.execute(f'SELECT * FROM "{owner}"."{view}" LIMIT 0')  # noqa: S608
    return rows
