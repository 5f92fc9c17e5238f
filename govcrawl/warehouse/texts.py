"""The texts the warehouse holds, for the nightly reading: straight from the warehouse, before anything is published."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from govcrawl.warehouse import schema
from govcrawl.warehouse.connection import open_database
from govcrawl.warehouse.load import WAREHOUSE

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date
    from pathlib import Path

BATCH = 500  # texts in memory at a time
AGAIN_AFTER_DAYS = (
    180  # a text still shown is written down anew, so that older records can go (`govcrawl prune`)
)


class Text(NamedTuple):
    """One text, and the day its page states."""

    sha256: str
    text: str
    published_on: str | None


def unread(data: Path, read_by: str) -> Iterator[list[Text]]:
    """Yield, in batches, the texts nobody has read by these lists."""
    with open_database(data / WAREHOUSE, read_only=True) as connection:
        answer = connection.execute(schema.sql("catalogue/texts_unread.sql"), {"read_by": read_by})
        while rows := answer.fetchmany(BATCH):
            yield [Text(*row) for row in rows]


def hashes_of_texts(data: Path, as_of: date) -> list[str]:
    """Hashes of the texts that a visit of the day need not write down; none before the first load."""
    if not (data / WAREHOUSE).is_file():
        return []
    values = {"as_of": as_of, "days": AGAIN_AFTER_DAYS}
    with open_database(data / WAREHOUSE) as connection:
        schema.prepare(connection)  # an older version may have left it
        return [
            sha256
            for (sha256,) in connection.execute(schema.sql("catalogue/texts_known.sql"), values).fetchall()
        ]
