"""The texts the warehouse holds, for the nightly reading: straight from the warehouse, before anything is published."""

from __future__ import annotations

from collections import defaultdict
from contextlib import suppress
from typing import TYPE_CHECKING, Any, NamedTuple

from govcrawl.records.errors import RunError
from govcrawl.records.items import PageText
from govcrawl.records.kinds import name_of
from govcrawl.records.packed import record_files
from govcrawl.records.record_files import read_records
from govcrawl.warehouse import schema
from govcrawl.warehouse.connection import open_database
from govcrawl.warehouse.load import WAREHOUSE

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Iterator
    from datetime import date
    from pathlib import Path

BATCH = 500  # texts in memory at a time
GROUPED = 2000  # texts of groups in memory at a time
AGAIN_AFTER_DAYS = (
    180  # a text still shown is written down anew, so that older records can go (`govcrawl prune`)
)


class Text(NamedTuple):
    """One text, and the day its page states."""

    sha256: str
    text: str | None  # None: it stands masked here, and the record that holds it as it came is gone
    published_on: str | None
    site_code: str  # of the site that showed it first


def unread(data: Path, read_by: str) -> Iterator[list[Text]]:
    """Yield, in batches, the texts nobody has read by these lists, as they came: what is masked here is read from its record."""
    with open_database(data / WAREHOUSE, read_only=True) as connection:
        answer = connection.execute(schema.sql("catalogue/texts_unread.sql"), {"read_by": read_by})
        while rows := answer.fetchmany(BATCH):
            masked = defaultdict(set)
            for sha256, *_, is_masked, of_run, of_site in rows:
                if is_masked:
                    masked[of_run, of_site].add(sha256)
            written: dict[str, str] = {}
            for (of_run, of_site), hashes in masked.items():
                written |= _as_written(data / "runs" / of_run, of_site, hashes)
            yield [
                Text(sha256, written.get(sha256) if is_masked else text, published_on, site_code)
                for sha256, text, published_on, site_code, is_masked, _, _ in rows
            ]


def _as_written(run_folder: Path, site_code: str, hashes: Container[str]) -> dict[str, str]:
    """Hash → text of those that a run wrote down of a site; a folder that is gone or damaged has none: the loader tells."""
    found: dict[str, str] = {}
    files = record_files(run_folder / name_of(PageText))
    of_site = [path for path in files if path.stem == site_code]  # a task of a visit is a site
    for path in of_site or files:
        with suppress(OSError, RunError):
            found |= {each["sha256"]: each["text"] for each in read_records(path) if each["sha256"] in hashes}
    return found


def shown(data: Path, as_of: date) -> Iterator[list[tuple[str, str]]]:
    """Yield, in batches, hash and text of what the articles of a day show."""
    with open_database(data / WAREHOUSE, read_only=True) as connection:
        answer = connection.execute(schema.sql("catalogue/texts_shown.sql"), {"as_of": as_of})
        while rows := answer.fetchmany(BATCH):
            yield rows


def copies(
    data: Path, as_of: date, groups: Iterable[list[str]]
) -> Iterator[list[tuple[str, str, list[tuple[Any, ...]]]]]:
    """For each group of hashes the hash, the text, and the pages of the day that show it, as `text_pages.sql` gives them."""
    with open_database(data / WAREHOUSE, read_only=True) as connection:
        for together in _together(groups):
            hashes = [sha256 for group in together for sha256 in group]
            texts = dict(
                connection.execute(schema.sql("catalogue/texts_of.sql"), {"hashes": hashes}).fetchall()
            )
            pages = defaultdict(list)
            values = {"as_of": as_of, "hashes": hashes}
            for sha256, *page in connection.execute(
                schema.sql("catalogue/text_pages.sql"), values
            ).fetchall():
                pages[sha256].append(tuple(page))
            for group in together:
                yield [(sha256, texts[sha256], pages[sha256]) for sha256 in group if sha256 in pages]


def _together(groups: Iterable[list[str]]) -> Iterator[list[list[str]]]:
    """Groups that are asked for at once."""
    waiting: list[list[str]] = []
    for group in groups:
        waiting.append(group)
        if sum(map(len, waiting)) >= GROUPED:
            yield waiting
            waiting = []
    if waiting:
        yield waiting


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
