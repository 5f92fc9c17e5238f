"""The descriptions of columns: `meanings.toml` holds each text once, for all tables and views with that column.

`prepare` writes the texts into the warehouse as comments. They replace those of the numbered schema files, which are
never edited. `docs/data-dictionary.md` is made from the comments.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from govcrawl.records.own_toml import own_toml
from govcrawl.warehouse.connection import quoted

if TYPE_CHECKING:
    from collections.abc import Iterator

    from govcrawl.warehouse.connection import Connection

FILE = Path(__file__).with_suffix(".toml")
SCHEMAS = ("main", "raw", "derived")
"""Schemas whose columns the file describes; those of `words` and `migration` are described where they are made."""

_COLUMNS = (Path(__file__).parent / "catalogue" / "columns_to_describe.sql").read_text("utf-8")


def meanings() -> dict[str, Any]:
    """Column → its text, or a table: names of tables and views → the text of the column there."""
    return own_toml(FILE)


def meaning(texts: dict[str, Any], schema: str, table: str, column: str) -> str | None:
    """The text of one column: that for its table's full name, else for its table's name in any schema, else the general one."""
    entry = texts.get(column)
    if not isinstance(entry, dict):
        return entry
    by_table = {name: text for names, text in entry.items() for name in names.split()}
    found = by_table.get(f"{schema}.{table}", by_table.get(table, by_table.get("everywhere")))
    return texts[found["as"]] if isinstance(found, dict) else found


def statements(connection: Connection) -> Iterator[str]:
    """Yield the COMMENT statements for all columns of the tables and views that exist when the generator starts."""
    texts = meanings()
    for schema, table, column, described in connection.execute(_COLUMNS, {"schemas": SCHEMAS}).fetchall():
        text = meaning(texts, schema, table, column)
        if text is not None and text != described:
            yield f'COMMENT ON COLUMN "{schema}"."{table}"."{column}" IS {quoted(text)}'
