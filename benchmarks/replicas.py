"""Copies what a warehouse holds of a few sites to many others, as if they had been loaded with them night by night.

The code of a site stands in all that is its own: addresses, names, titles, hashes. So the rows of another site are the same rows with
another code; texts, which would lie in the file almost for nothing if they were alike, are made anew from their addresses. Rows of no site
(runs, hosts of others) are there once. Rows come in the order in which nights bring them, because DuckDB chooses among row groups by
it. `tests/test_replicas.py` compares with a warehouse that was grown of all sites.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from govcrawl.warehouse import schema
from govcrawl.warehouse.connection import open_database

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from govcrawl.warehouse.connection import Connection

OWNERS = (
    "site_code",
    "target_url",
    "host",
)  # columns that tell whose a row is, the first of them that a table has
SUMS = ("sites", "pages", "requests")  # of a run, over its sites
MEMORY = "4GB"


def replicate(
    few: Path,
    many: Path,
    copies: Mapping[str, list[str]],
    registry_sha256: str,
    words_of: Callable[[str], str],
) -> None:
    """Make the warehouse `many` of `few`. `copies`: code of a site → the codes that get its rows, its own among them."""
    with open_database(many) as connection:
        schema.prepare(connection)
        connection.execute(f"ATTACH '{few}' AS few (READ_ONLY); SET memory_limit = '{MEMORY}'")
        connection.create_function("words_of", words_of, ["VARCHAR"], "VARCHAR")  # type: ignore[list-item, arg-type]
        connection.execute(
            "CREATE TEMP TABLE copies AS SELECT unnest($mine) AS mine, unnest($theirs) AS theirs",
            {
                "mine": [code for code, others in copies.items() for _ in others] + [""],
                "theirs": [other for others in copies.values() for other in others] + [""],
            },
        )
        tables = connection.execute(
            "SELECT schema_name, table_name FROM duckdb_tables() "
            "WHERE database_name = 'few' AND schema_name IN ('raw', 'derived') AND estimated_size > 0 ORDER BY ALL"
        ).fetchall()
        for owner, table in tables:
            with schema.transaction(connection):
                _copy(connection, owner, table, registry_sha256)
            connection.execute("CHECKPOINT")
        times = sum(map(len, copies.values())) // len(copies)
        connection.execute(f"UPDATE raw.run SET {', '.join(f'{name} = {name} * {times}' for name in SUMS)}")
        connection.execute("DETACH few")


def _copy(connection: Connection, owner: str, table: str, registry_sha256: str) -> None:
    columns = schema.columns_of(connection, f'few.{owner}."{table}"')
    owners = ", ".join(f'"{name}"' for name in OWNERS if name in columns)
    mine = f"regexp_extract(concat_ws(' ', {owners}), '33[0-9]{{8}}')" if owners else "''"
    values = [_value(table, name, kind, registry_sha256) for name, kind in columns.items()]
    in_order = [f'one."{name}"' for name in ("month", "since_no", "run_id") if name in columns]
    for part in _parts(connection, owner, table, columns):
        connection.execute(
            f"""
            INSERT INTO {owner}."{table}" ({", ".join(f'"{name}"' for name in columns)})
            SELECT {", ".join(values)}
            FROM (SELECT *, rowid AS place, {mine} AS mine FROM few.{owner}."{table}" WHERE {part}) AS one
            JOIN copies USING (mine)
            ORDER BY {", ".join([*in_order, "theirs", "place"])}
            """
        )


def _value(table: str, name: str, kind: str, registry_sha256: str) -> str:
    """What a column holds for another site."""
    if name == "registry_sha256":
        return f"'{registry_sha256}'"
    if (table, name) == ("page_text", "text"):
        return 'words_of(replace(one."url", mine, theirs))'
    if "VARCHAR" not in kind:
        return f'one."{name}"'
    if kind == "VARCHAR":
        return f"""replace(one."{name}", mine, theirs)"""
    return f"""replace(to_json(one."{name}")::VARCHAR, mine, theirs)::JSON::{kind}"""


def _parts(connection: Connection, owner: str, table: str, columns: Mapping[str, str]) -> list[str]:
    """Conditions that choose the rows of a month each, as far as a table tells the month."""
    month = next((each for each in ("month", "run_id") if each in columns), None)
    if month is None:
        return ["true"]
    told = "month::VARCHAR" if month == "month" else "left(run_id, 6)"
    found = connection.execute(f'SELECT DISTINCT {told} FROM few.{owner}."{table}" ORDER BY ALL').fetchall()
    return [f"{told} = '{each}'" for (each,) in found]
