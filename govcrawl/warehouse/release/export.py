"""Releases what a published copy holds as Parquet, for people who have no DuckDB file of ours: `govcrawl export`.

    <view>/night=2026-11-22/<batch>.parquet
    manifest.json            last; what it does not name is not released

An export adds what was judged since the one before: it never writes to a file that stands, nor takes one away. What comes late for
a night that has left, such as a round of probes or another judgement of the day, comes as a further file of that night. An
assessment that is withdrawn after it had left stays, for it may have been cited, and the manifest says that it is withdrawn.
"""

from __future__ import annotations

from contextlib import ExitStack
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, Final

from govcrawl.records.errors import FolderError, WarehouseError
from govcrawl.records.runs import code_version
from govcrawl.records.whole import add_files, folder_begun, held, sha256_of, take_back, write_whole
from govcrawl.warehouse import schema
from govcrawl.warehouse.connection import open_database, quoted
from govcrawl.warehouse.one_night import OneNight
from govcrawl.warehouse.publish import LATEST, PUBLISHED, REPUBLISH
from govcrawl.warehouse.release import papers
from govcrawl.warehouse.release.manifest import MANIFEST, Release, check, read_release
from govcrawl.warehouse.release.ways import ASSESSMENT, NEW, NIGHT, PARTITION, RUN, STATE, shown, ways

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime
    from pathlib import Path

    from govcrawl.warehouse.connection import Connection
    from govcrawl.warehouse.release.ways import Way


MEMORY: Final = "2GB"
"""What an export may take: the links of a night of 1,000 sites are put together and packed at once, which half of it does not hold."""


@dataclass(frozen=True, slots=True)
class Exported:
    """What an export did: the batch it added, None when there was nothing new; files and rows of it."""

    batch: str | None
    files: int
    rows: int
    nights: list[str]


@dataclass(frozen=True, slots=True)
class _Fresh:
    """What a published copy holds beyond a release, as far as it was judged."""

    runs: dict[str, tuple[str, str]]  # run id → night, hash of its manifest
    assessments: dict[str, tuple[str, str]]  # assessment id → night, hash of its manifest
    nights: list[str]  # nights whose choices have not left
    newest: str  # the newest night judged
    state: bool  # what stands at present has not left under that night
    withdrawn: list[dict[str, str]]

    def nothing(self, release: Release) -> bool:
        return not (self.runs or self.assessments or self.nights) and self.withdrawn == release.withdrawn


def export(data: Path, to: Path, now: datetime, *, publisher: str = "", every: bool = False) -> Exported:
    """Add to the release in `to` what the published copy of `data` holds beyond it; the first time, begin it.

    `publisher`: whom to cite; kept from the first time. `every`: compare every file released before with its hash.
    Raises FolderError for a folder that holds anything but an unaltered release of these data, WarehouseError for a published copy
    that is not of this version. In both cases the folder stays as it was.
    """
    latest = data / PUBLISHED / LATEST
    if not latest.exists():
        raise WarehouseError(f"{latest}: nothing is published there yet; run `govcrawl publish` first")
    copy = latest.resolve()
    with held(to):
        release = read_release(to)
        take_back(to, {file["path"] for file in release.files})
        check(to, release, every=every)
        named_anew = bool(publisher) and publisher != release.publisher
        release.publisher = publisher or release.publisher
        with open_database(copy, read_only=True, remedy=REPUBLISH) as connection:
            connection.execute("SET memory_limit = $limit", {"limit": MEMORY})
            schema.refuse_other(connection, copy, REPUBLISH)
            _refuse_newer(release, to)
            _refuse_foreign(connection, release, to)
            fresh = _beyond(connection, release)
            if fresh is None:
                raise WarehouseError(
                    f"{copy}: no night has been judged yet; run `govcrawl nightly` or `govcrawl assess` first"
                )
            if fresh.nothing(release):
                added = Exported(None, 0, 0, [])
                if named_anew and release.batches:
                    write_whole(to / MANIFEST, release.content())
            else:
                added = _add(connection, release, fresh, copy.stem, to, now)
            for name, content in papers.papers(connection, release).items():
                if not (to / name).is_file() or (to / name).read_bytes() != content:
                    write_whole(to / name, content)
    return added


def _refuse_newer(release: Release, to: Path) -> None:
    """FolderError when a newer version has added to the release: this one would tell its columns as taken away."""
    known = schema.files("schema")[-1].name
    for batch in release.batches[-1:]:
        if batch["schema"] > known:
            raise FolderError(
                f"{to / MANIFEST}: batch {batch['batch']} was written with schema {batch['schema']}, this version of govcrawl knows "
                f"{known}; go on with govcrawl {batch['code_version']} or newer"
            )


def _refuse_foreign(connection: Connection, release: Release, to: Path) -> None:
    """FolderError when the release holds a run that these data never had, or another of that name."""
    manifests = dict(connection.execute("SELECT run_id, manifest_sha256 FROM raw.run").fetchall())
    pruned = {run_id for (run_id,) in connection.execute("SELECT run_id FROM raw.pruned").fetchall()}
    for run_id, sha256 in release.released("runs").items():
        if manifests.get(run_id) != sha256 and (run_id in manifests or run_id not in pruned):
            raise FolderError(
                f"{to / MANIFEST}: holds run {run_id}, which is not in these data or not the same there: another office's release, or "
                "an older copy of the data; name another folder with --to, or the right data with --data"
            )


def _beyond(connection: Connection, release: Release) -> _Fresh | None:
    """What the copy holds beyond the release; None when nothing has been judged."""
    (newest,) = connection.execute("SELECT max(as_of)::VARCHAR FROM raw.assessment").fetchone() or (None,)
    if newest is None:
        return None
    runs, assessments = release.released("runs"), release.released("assessments")
    return _Fresh(
        {
            run_id: (night, sha256)
            for run_id, night, sha256 in connection.execute(
                "SELECT run_id, as_of::VARCHAR, manifest_sha256 FROM raw.run WHERE as_of <= $newest::DATE ORDER BY run_id",
                {"newest": newest},
            ).fetchall()
            if run_id not in runs
        },
        {
            name: (night, sha256)
            for name, night, sha256 in connection.execute(
                "SELECT assessment_id, as_of::VARCHAR, manifest_sha256 FROM raw.assessment ORDER BY assessment_id"
            ).fetchall()
            if name not in assessments
        },
        [
            night
            for (night,) in connection.execute(
                "SELECT as_of::VARCHAR FROM derived.night_registry WHERE as_of <= $newest::DATE ORDER BY as_of",
                {"newest": newest},
            ).fetchall()
            if night not in release.nights
        ],
        newest,
        all(batch["state_of"] != newest for batch in release.batches),
        [
            {"assessment_id": name, "withdrawn_at": at}
            for name, at in connection.execute(
                "SELECT assessment_id, withdrawn_at::VARCHAR FROM raw.withdrawn ORDER BY assessment_id"
            ).fetchall()
            if name in assessments
        ],
    )


def _add(
    connection: Connection, release: Release, fresh: _Fresh, snapshot: str, to: Path, now: datetime
) -> Exported:
    batch = _unused(release, snapshot)
    columns = {view: schema.columns_of(connection, f'main."{view}"') for view in ways()}
    with folder_begun(to) as beside, ExitStack() as resources:
        tables = OneNight(connection, resources)
        files = list(_written(connection, tables, release, fresh, columns, beside, to, batch))
        release.changes += _changes(release.columns, columns, batch)
        release.columns = columns
        release.withdrawn = fresh.withdrawn
        release.batches.append(
            {
                "batch": batch,
                "snapshot": snapshot,
                "exported_at": now.isoformat(),
                "code_version": code_version(),
                "schema": schema.files("schema")[-1].name,
                "views_sha256": schema.applied(connection)["views"],
                "editions": dict(
                    connection.execute(
                        "SELECT DISTINCT edition, edition_sha256 FROM raw.assessment ORDER BY ALL"
                    ).fetchall()
                ),
                "nights": fresh.nights,
                "state_of": fresh.newest if fresh.state else None,
                "runs": {name: sha256 for name, (_, sha256) in fresh.runs.items()},
                "assessments": {name: sha256 for name, (_, sha256) in fresh.assessments.items()},
                "files": files,
            }
        )
        add_files(beside, to, MANIFEST, release.content())
    nights = sorted({file["night"] for file in files})
    return Exported(batch, len(files), sum(file["rows"] for file in files), nights)


def _unused(release: Release, snapshot: str) -> str:
    """A name for the batch: that of the published copy, numbered when it has been released from before."""
    taken = {batch["batch"] for batch in release.batches}
    name, number = snapshot, 1
    while name in taken:
        number += 1
        name = f"{snapshot}-{number}"
    return name


def _written(
    connection: Connection,
    tables: OneNight,
    release: Release,
    fresh: _Fresh,
    columns: dict[str, dict[str, str]],
    beside: Path,
    to: Path,
    batch: str,
) -> Iterator[dict[str, Any]]:
    """Write the files of a batch below `beside`, view by view, and yield what the manifest says of each.

    A view that has no row is written once all the same, so that its columns are there.
    """
    standing = {file["view"] for file in release.files}
    for view, way in ways().items():
        chosen = dict(_chosen(way, fresh, to, standing))
        for number, (night, conditions) in enumerate(sorted(chosen.items(), reverse=True)):
            path = f"{view}/{PARTITION}={night}/{batch}.parquet"
            target = beside / path
            target.parent.mkdir(parents=True)
            # S608: names are our own, ids of runs and assessments are quoted.
            source = f'main."{view}"'
            if way.one_night:
                source = tables.made(way.one_night, date.fromisoformat(night))
            every = " UNION ALL ".join(f"SELECT v.* FROM {source} AS v {each}" for each in conditions)  # noqa: S608
            found = connection.execute(
                f"COPY (SELECT {shown(way, columns[view])} FROM ({every})) "  # noqa: S608
                f"TO {quoted(str(target))} (FORMAT parquet, COMPRESSION zstd)"
            ).fetchone()
            rows = int(found[0]) if found else 0
            if rows or (view not in standing and number == 0):
                yield {
                    "path": path,
                    "view": view,
                    "night": night,
                    "rows": rows,
                    "size": target.stat().st_size,
                    "sha256": sha256_of(target),
                }
            else:
                target.unlink()


def _chosen(way: Way, fresh: _Fresh, to: Path, standing: set[str]) -> Iterator[tuple[str, list[str]]]:
    """The nights of a view that get a file, each with the conditions whose rows it holds, one after the other."""
    if way.kind in (RUN, ASSESSMENT):
        names = fresh.runs if way.kind == RUN else fresh.assessments
        column = "run_id" if way.kind == RUN else "assessment_id"
        by_night: dict[str, list[str]] = {fresh.newest: []}
        for name, (night, _) in names.items():
            by_night.setdefault(night, []).append(name)
        for night, of_night in by_night.items():
            if of_night or way.view not in standing:
                # One by one: what is kept as spells is found by the one run alone, and for a list of them DuckDB reads all nights.
                yield (
                    night,
                    [f"WHERE {column} = {quoted(name)}" for name in sorted(of_night)] or ["WHERE false"],
                )
    elif way.kind == NIGHT:
        for night in fresh.nights:
            yield night, [f"WHERE as_of = DATE '{night}'"]
    elif way.kind == STATE and fresh.state:
        yield fresh.newest, [""]
    elif way.kind == NEW:
        # Keys hold no text that the mask could change.
        released = f"read_parquet({quoted(str(to / way.view / '*' / '*.parquet'))})"
        keys = " AND ".join(f'k."{key}" IS NOT DISTINCT FROM v."{key}"' for key in way.key)
        yield fresh.newest, [f"ANTI JOIN {released} AS k ON {keys}" if way.view in standing else ""]


def _changes(
    before: dict[str, dict[str, str]], after: dict[str, dict[str, str]], batch: str
) -> Iterator[dict[str, str]]:
    """How the columns differ from those of the batch before; nothing for the first batch."""
    if not before:
        return
    for view in sorted(before.keys() | after.keys()):
        old, new = before.get(view, {}), after.get(view, {})
        for column in [*new, *(name for name in old if name not in new)]:
            if old.get(column) != new.get(column):
                change = "added" if column not in old else "removed" if column not in new else "another type"
                yield {
                    "batch": batch,
                    "view": view,
                    "column": column,
                    "change": change,
                    "type": new.get(column, old.get(column, "")),
                }
