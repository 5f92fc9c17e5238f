"""Writes the plan of a visit from the warehouse: which pages are due tonight. Its files: govcrawl/spiders/plan.py."""

from __future__ import annotations

from itertools import groupby
from operator import itemgetter
from typing import TYPE_CHECKING, Any

import orjson

from govcrawl import settings as defaults
from govcrawl.records.kinds import READS_PAGES
from govcrawl.records.runs import finished_runs
from govcrawl.records.whole import write_whole
from govcrawl.spiders.plan import (
    ATTACHMENTS,
    EVER_CHECKED,
    FOLDER,
    HEAD,
    TARGETS,
    Due,
    KnownFile,
    LeftTarget,
    ReadList,
    key_of,
    lists_file,
    write_known,
)
from govcrawl.warehouse import schema
from govcrawl.warehouse.connection import open_database
from govcrawl.warehouse.load import WAREHOUSE

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from govcrawl.records.runs import Run
    from govcrawl.warehouse.connection import Connection

RECENT_DAYS = 7  # entries as young as this are read every night
TARGETS_WITHIN_DAYS = 7  # a link target that opened is checked again within so many nights
_ALLOWANCES = ("SITE_MAX_PAGES", "LINK_MAX_PER_HOST", "LINK_MAX_HOSTS_PER_SITE", "ATTACHMENTS_MAX_PER_HOST")
_MANY = 10_000  # rows taken from the warehouse at a time


def write_plan(run: Run, data: Path, settings: Sequence[str]) -> str:
    """Write what the visit `run` is to read; return a sentence for people. Without a warehouse it becomes a first visit."""
    path = data / WAREHOUSE
    if not path.exists():
        lost = any(folder.name.rpartition("-")[2] in READS_PAGES for folder in finished_runs(data))
        why = "the warehouse is gone (`govcrawl load` makes it again)" if lost else "no warehouse yet"
        return f"{why}: a first visit, everything is read"
    folder = run.folder / FOLDER
    folder.mkdir()
    given = dict(setting.split("=", 1) for setting in settings)
    most_pages, most_targets, most_hosts, most_attachments = (
        int(given.get(name, getattr(defaults, name))) for name in _ALLOWANCES
    )
    day = {"as_of": run.plan.as_of}
    due = earlier = 0
    with open_database(path) as connection:
        schema.prepare(connection)  # it may be of an older version
        _write_lists(run, connection)
        rows = _rows(
            connection,
            "pages_due",
            **day,
            recent_days=RECENT_DAYS,
            most=most_pages,
            reader_sha256=run.plan.reader_sha256,
        )
        for site_code, pages in groupby(rows, key=itemgetter(0)):
            tonight, beyond = [], []
            for _, url, *facts, left in pages:
                if left:
                    beyond.append(key_of(url))
                else:
                    tonight.append(Due(url, *facts))
            _write_lines(folder / f"{site_code}.jsonl", tonight)
            write_known(folder / f"{site_code}.left", sorted(beyond))
            due += len(tonight)
        for site_code, numbers in groupby(_rows(connection, "pages_known", **day), key=itemgetter(0)):
            earlier += write_known(folder / f"{site_code}.known", (number for _, number in numbers))
        left = _rows(connection, "targets_left", **day, most=most_targets, most_hosts=most_hosts)
        unread = _rows(connection, "attachments_unread", **day, most=most_attachments)
        _write_lines(folder / f"{TARGETS}.jsonl", [LeftTarget(*row) for row in (*left, *unread)])
        targets = _rows(connection, "targets_known", **day, within_days=TARGETS_WITHIN_DAYS)
        write_known(folder / f"{TARGETS}.known", (number for (number,) in targets))
        files = _rows(connection, "attachments_known", **day, within_days=TARGETS_WITHIN_DAYS)
        _write_lines(folder / f"{ATTACHMENTS}.jsonl", [KnownFile(*row) for row in files])
        checked = _rows(connection, "targets_checked", **day)
        write_known(folder / f"{EVER_CHECKED}.known", (number for (number,) in checked))
    head = {
        **day,
        "registry_sha256": run.plan.registry_sha256,
        "due": due,
        "known": earlier,
    }
    write_whole(folder / HEAD, orjson.dumps(head, option=orjson.OPT_INDENT_2))
    return f"{due:,} of {earlier:,} known pages are due" if earlier else "nothing known yet: a first visit"


def _write_lists(run: Run, connection: Connection) -> None:
    alike = {
        "as_of": run.plan.as_of,
        "reader_sha256": run.plan.reader_sha256,
        "registry_sha256": run.plan.registry_sha256,
        "section_days": run.plan.settings.get("SECTION_DAYS"),
    }
    for site_code, lists in groupby(_rows(connection, "lists_read", **alike), key=itemgetter(0)):
        _write_lines(lists_file(run.folder, site_code), [ReadList(*facts) for _, *facts in lists])


def _write_lines(path: Path, records: Sequence[Due | LeftTarget | KnownFile | ReadList]) -> None:
    path.write_bytes(b"".join(orjson.dumps(one, option=orjson.OPT_APPEND_NEWLINE) for one in records))


def _rows(connection: Connection, name: str, **values: Any) -> Iterator[tuple[Any, ...]]:
    found = connection.execute(schema.sql(f"catalogue/plan/{name}.sql"), values)
    while rows := found.fetchmany(_MANY):
        yield from rows
