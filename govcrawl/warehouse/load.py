"""Loads finished runs, assessments, issued documents and decisions into the warehouse.

Each folder is loaded once, in one transaction, oldest first; loading again changes nothing. A damaged folder is
refused, never repaired: it stays where it is, the report names it with the reason, and the other folders are loaded.
"""

from __future__ import annotations

import tempfile
from collections import defaultdict
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import orjson

from govcrawl.domains import registrable_domain
from govcrawl.records import decisions, folded_rounds, kinds, nights, runs
from govcrawl.records.errors import FolderError, RegistryError, RunError, UserError, WarehouseError
from govcrawl.records.kinds import RunKind
from govcrawl.records.pruned import pruned_runs, pruned_texts
from govcrawl.records.whole import (
    ASSESSMENT_MANIFEST,
    ISSUED_MANIFEST,
    RUN_MANIFEST,
    read_manifest,
    sha256_of,
    verify,
)
from govcrawl.records.withdrawals import withdrawals
from govcrawl.registry import stored_registry
from govcrawl.registry.columns import field_header
from govcrawl.registry.store import stored_files
from govcrawl.warehouse import schema
from govcrawl.warehouse.connection import REBUILD, BusyWarehouseError, open_database
from govcrawl.warehouse.jsonl import RefusedError, insert_lines
from govcrawl.warehouse.shape import flat_shape, shape_of
from govcrawl.warehouse.sound import read_whole
from govcrawl.warehouse.spells import SPELLS, keep

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from collections.abc import Set as AbstractSet

    from govcrawl.records.withdrawals import Withdrawal
    from govcrawl.warehouse.connection import Connection
    from govcrawl.warehouse.shape import Shape

WAREHOUSE = "warehouse.duckdb"
LAST_NIGHTS = 3  # nights whose record files every load verifies against their manifests
IN_TURN = 20  # older runs that every load verifies besides, in turn: 1,825 runs a year take three months

RECORD_SHAPES = {name: shape_of(record) for name, record in kinds.RECORDS.items()}
"""Name of record folder and raw table → shape of a line."""

KEPT: Mapping[str, Mapping[str, str]] = {
    "page_text": {"text": "derived.masked(text)"},  # everybody who has a copy reads it
    "page": {
        "body_sha256": "CASE WHEN same_as_run IS NULL THEN body_sha256 END",
        "final_url": "derived.elsewhere(final_url, url)",
    },
    "link_check": {
        "attempts": "list_transform(attempts, lambda each: "
        "struct_update(each, final_url := derived.elsewhere(each.final_url, target_url)))"
    },
}
"""Raw table → column → how it is kept, where that is not as the crawl wrote it: masked, or only where it says something of its own
(schema/0450_kept_once.sql)."""

ASSESSMENT_TABLES = ("finding", "site_result", "indicator_result", "section_frequency", "ledger")
ADDED_TABLES = (
    "account_result",
    "account_indicator_result",
    "indicator",
    "indicator_finding",
    "repost",
)  # older assessments have no such file

DERIVED: Mapping[str, tuple[str, ...]] = {
    RunKind.AVAILABILITY: ("voided_run",),
    RunKind.SECTIONS: ("superseded_page", "entry_seen", "same_list", "article_seen"),
    RunKind.SITE: ("turn", "superseded_page", "link", "home_entry", "article_seen"),
    RunKind.VISIT: (
        "turn",
        "superseded_page",
        "known_page",
        "link",
        "home_entry",
        "entry_seen",
        "same_list",
        "article_seen",
    ),
    RunKind.LINKS: ("turn", "voided_run", "known_target"),
}
"""Kind of run → the derived tables that get rows from it."""


@dataclass(slots=True)
class LoadReport:
    """The result of a load: names loaded; refused and unfinished folders, each with the reason."""

    loaded: list[str] = field(default_factory=list)
    refused: list[tuple[Path, str]] = field(default_factory=list)
    unfinished: list[tuple[Path, str]] = field(default_factory=list)


def load_all(data: Path) -> LoadReport:
    """Load every finished run and assessment that is not in the warehouse yet."""
    return _load_into(data / WAREHOUSE, data)


def refuse_unreadable(data: Path) -> None:
    """Prove that every row of the warehouse can be read; WarehouseError when it is damaged, which a load itself may not notice."""
    with open_database(data / WAREHOUSE, read_only=True, remedy=REBUILD) as connection:
        read_whole(connection, data / WAREHOUSE)


def rebuild(data: Path) -> LoadReport:
    """Load every finished run and assessment into a new warehouse, which then replaces the old one."""
    target, fresh = data / WAREHOUSE, data / f"{WAREHOUSE}.new"
    for left_over in (fresh, _log_of(fresh)):
        left_over.unlink(missing_ok=True)
    report = _load_into(fresh, data)
    if target.exists():
        try:
            with open_database(target):  # no other process may be loading into the file that is replaced
                pass
        except BusyWarehouseError:
            raise
        except WarehouseError:  # it is damaged, which is why it is rebuilt
            pass
    _log_of(target).unlink(missing_ok=True)  # the log of the old file must not be replayed into the new one
    fresh.replace(target)
    return report


def _load_into(path: Path, data: Path) -> LoadReport:
    if not data.is_dir():
        raise WarehouseError(f"{data}: no such directory; crawl first, or name the right one with --data")
    report = LoadReport()
    with open_database(path) as connection:
        schema.prepare(connection)
        _name_domains(connection, None)
        withdrawn = withdrawals(data)
        _take_out(connection, withdrawn)
        for parent, manifest, loaded, load_one in (
            (data / "runs", RUN_MANIFEST, "loaded_runs.sql", _load_run),
            (data / "assessments", ASSESSMENT_MANIFEST, "loaded_assessments.sql", _load_assessment),
            (data / "issued", ISSUED_MANIFEST, "loaded_issued.sql", _load_issued),
        ):
            hashes = dict(connection.execute(schema.sql(f"catalogue/{loaded}")).fetchall())
            for folder in _folders(parent):
                if not (folder / manifest).is_file():
                    report.unfinished.append((folder, f"no {manifest}"))
                    continue
                if folder.name in withdrawn:
                    continue
                sha256 = sha256_of(folder / manifest)
                if folder.name not in hashes:
                    _load_or_refuse(connection, folder, sha256, load_one, report)
                elif hashes[folder.name] != sha256:
                    report.refused.append((folder, f"{manifest} was altered after it had been loaded"))
        _load_nights(connection, data)
        _load_pruned(connection, data)
        _load_folded(connection, data, report)
        _look_again(connection, data, report)
        _load_decisions(connection, data, report)
    return report


def _load_folded(connection: Connection, data: Path, report: LoadReport) -> None:
    """Load the new ones of the folded rounds, each as if its folder still existed."""
    seen = dict(connection.execute("SELECT file, sha256 FROM raw.folded").fetchall())
    for path in folded_rounds.folded_files(data):
        sha256 = sha256_of(path)
        if path.name in seen:
            if seen[path.name] != sha256:
                report.refused.append((path, "altered after it had been loaded; restore it from a copy"))
            continue
        try:
            rounds = folded_rounds.unfolded(path)
        except RunError as error:
            report.refused.append((path, str(error)))
            continue
        loaded_runs = dict(connection.execute(schema.sql("catalogue/loaded_runs.sql")).fetchall())
        refused = len(report.refused)
        with tempfile.TemporaryDirectory(prefix=".unfolding-", dir=data) as aside:
            for run_id in sorted(rounds.keys() - loaded_runs.keys()):
                folder = Path(aside) / run_id
                folded_rounds.put_back(rounds[run_id], folder)
                _load_or_refuse(connection, folder, sha256_of(folder / RUN_MANIFEST), _load_run, report)
        if len(report.refused) == refused:
            row = {"file": path.name, "sha256": sha256, "runs": sorted(rounds)}
            _insert_row(connection, "raw.folded", row)


def _load_nights(connection: Connection, data: Path) -> None:
    """Note the assessment each night made; a night that judges again names another."""
    noted = dict(connection.execute("SELECT night_id, assessment_id FROM raw.night").fetchall())
    for night in nights.nights(data):
        if night.assessment_id and noted.get(night.night_id) != night.assessment_id:
            with schema.transaction(connection):
                key = {"night_id": night.night_id}
                connection.execute("DELETE FROM raw.night WHERE night_id = $night_id", key)
                _insert_row(
                    connection,
                    "raw.night",
                    {**key, "as_of": night.as_of, "assessment_id": night.assessment_id},
                )


def _name_domains(connection: Connection, run_id: str | None) -> None:
    """Put down the registrable domain of each host that links of a run name; of all runs in a warehouse from before there was any."""
    if run_id is None and connection.execute("SELECT 1 FROM derived.host LIMIT 1").fetchone():
        return
    unknown = connection.execute(schema.sql("catalogue/hosts_unknown.sql"), {"run_id": run_id}).fetchall()
    if unknown:
        connection.execute(
            "INSERT INTO derived.host SELECT unnest($hosts), unnest($domains)",
            {
                "hosts": [host for (host,) in unknown],
                "domains": [registrable_domain(host) for (host,) in unknown],
            },
        )


def _load_pruned(connection: Connection, data: Path) -> None:
    noted = {name for (name,) in connection.execute("SELECT run_id FROM raw.pruned").fetchall()}
    for run_id, pruned_at in pruned_runs(data).items():
        if run_id not in noted:
            _insert_row(connection, "raw.pruned", {"run_id": run_id, "pruned_at": pruned_at})
    noted = {name for (name,) in connection.execute("SELECT run_id FROM raw.pruned_text").fetchall()}
    for run_id, pruned_at in pruned_texts(data).items():
        if run_id not in noted:
            with schema.transaction(connection):
                connection.execute("DELETE FROM raw.page_text WHERE run_id = $run_id", {"run_id": run_id})
                _insert_row(connection, "raw.pruned_text", {"run_id": run_id, "pruned_at": pruned_at})


def _look_again(connection: Connection, data: Path, report: LoadReport) -> None:
    """Verify the record files of the last nights against their manifests, and some older runs in turn.

    The warehouse keeps what it loaded. But a rebuild would lose a damaged run, so it should be restored from a copy
    while there is one.
    """
    rows = connection.execute(schema.sql("catalogue/runs_in_folders.sql"), {"nights": LAST_NIGHTS}).fetchall()
    last = [run_id for run_id, of_last_nights in rows if of_last_nights]
    rest = [run_id for run_id, of_last_nights in rows if not of_last_nights]
    passed_over = {folder.name for folder, _ in report.refused} | set(report.loaded)
    for run_id in [*last, *_in_turn(rest, nights=_nights(connection))]:
        folder = data / "runs" / run_id
        if run_id in passed_over:
            continue
        if not folder.is_dir():
            report.refused.append((folder, "is gone since it was loaded; restore it from a copy"))
            continue
        try:
            runs.verify(folder)
        except RunError as error:
            report.refused.append((folder, f"{error}; what was loaded of it before stays"))


def _nights(connection: Connection) -> int:
    found = connection.execute(
        "SELECT count(DISTINCT as_of) FROM raw.run WHERE purpose = 'nightly'"
    ).fetchone()
    return int(found[0]) if found else 0


def _in_turn(names: list[str], nights: int) -> list[str]:
    """IN_TURN of the names, the next ones each night, until all have been chosen."""
    start = nights * IN_TURN % len(names) if names else 0
    return [*names[start : start + IN_TURN], *names[: max(0, start + IN_TURN - len(names))]][: len(names)]


def _take_out(connection: Connection, withdrawn: dict[str, Withdrawal]) -> None:
    """Remove the rows of withdrawn assessments, and note who withdrew them and why."""
    taken_out = {name for (name,) in connection.execute("SELECT assessment_id FROM raw.withdrawn").fetchall()}
    for assessment_id in sorted(withdrawn.keys() - taken_out):
        with schema.transaction(connection):
            for (table,) in connection.execute(schema.sql("catalogue/tables_of_assessments.sql")).fetchall():
                connection.execute(
                    f'DELETE FROM raw."{table}" WHERE assessment_id = $id',  # noqa: S608 - names are ours
                    {"id": assessment_id},
                )
            _insert_row(connection, "raw.withdrawn", asdict(withdrawn[assessment_id]))


def _load_decisions(connection: Connection, data: Path, report: LoadReport) -> None:
    loaded = {name for (name,) in connection.execute(schema.sql("catalogue/loaded_decisions.sql")).fetchall()}
    for path in decisions.decision_files(data):
        try:
            decisions.verify(path)
            if path.name not in loaded:
                with schema.transaction(connection):
                    insert_lines(
                        connection,
                        "raw.decision",
                        [path],
                        shape_of(decisions.Decision),
                        {"file": path.name},
                    )
                report.loaded.append(path.name)
        except (RefusedError, UserError) as error:
            report.refused.append((path, str(error)))


def _load_or_refuse(
    connection: Connection,
    folder: Path,
    manifest_sha256: str,
    load_one: Callable[[Connection, Path, str], None],
    report: LoadReport,
) -> None:
    try:
        with schema.transaction(connection):
            load_one(connection, folder, manifest_sha256)
    except (RefusedError, FolderError, RegistryError) as error:
        report.refused.append((folder, str(error)))
    else:
        report.loaded.append(folder.name)


def _load_run(connection: Connection, folder: Path, manifest_sha256: str) -> None:
    manifest = runs.verify(folder)
    _load_registry(connection, folder.parents[1] / "registries", manifest.registry_sha256)
    columns = schema.columns_of(connection, "raw.run")
    row = {name: getattr(manifest, name) for name in columns if name != "manifest_sha256"}
    row["settings"] = orjson.dumps(manifest.settings).decode()
    _insert_row(connection, "raw.run", {**row, "manifest_sha256": manifest_sha256})
    paths: dict[str, list[Path]] = defaultdict(list)
    for file in manifest.files:
        paths[file.path.split("/")[0]].append(folder / file.path)
    if unknown := paths.keys() - RECORD_SHAPES.keys():
        raise RefusedError(f"{folder / min(unknown)}: holds no record this version knows")
    for record, files in paths.items():
        insert_lines(
            connection,
            f"raw.{record}",
            files,
            RECORD_SHAPES[record],
            {"run_id": manifest.run_id},
            kept=KEPT.get(record, {}),
        )
    for table in DERIVED.get(manifest.kind, ()):
        for statement in schema.statements(connection, f"derive/{table}.sql"):
            values = {"run_id": manifest.run_id}
            connection.execute(statement, {name: values[name] for name in statement.named_parameters})
        for spell in SPELLS.get(table, ()):
            keep(connection, spell, manifest.run_id)
        if table == "link":
            _name_domains(connection, manifest.run_id)


def _load_registry(connection: Connection, registries: Path, sha256: str) -> None:
    key = {"registry_sha256": sha256}
    if connection.execute(
        "SELECT 1 FROM raw.registry WHERE registry_sha256 = $registry_sha256", key
    ).fetchone():
        return
    stored_registry(registries, sha256)  # raises RegistryError when its files no longer match the name
    _insert_row(connection, "raw.registry", key)
    for name, record in stored_files(registries / sha256).items():
        path = registries / sha256 / name
        insert_lines(connection, f"raw.{path.stem}", [path], shape_of(record, field_header), key)


def _load_assessment(connection: Connection, folder: Path, manifest_sha256: str) -> None:
    path = folder / ASSESSMENT_MANIFEST
    try:
        manifest = read_manifest(path)
        files = manifest.pop("files")
        listed = {file["path"]: file["rows"] for file in files}
    except (KeyError, TypeError) as error:
        raise RefusedError(f"{path}: not the manifest of an assessment ({error!r})") from error
    if problem := _flat_shape(connection, "raw.assessment", {"manifest_sha256"}).problem(manifest):
        raise RefusedError(f"{path}: {problem}")
    if manifest["assessment_id"] != folder.name:
        raise RefusedError(f"{path}: the manifest is of assessment {manifest['assessment_id']}")
    needed, allowed = (
        {f"{table}.jsonl" for table in tables}
        for tables in (ASSESSMENT_TABLES, ASSESSMENT_TABLES + ADDED_TABLES)
    )
    if not needed <= listed.keys() <= allowed:
        raise RefusedError(f"{path}: lists {sorted(listed)}; expected {sorted(allowed)}")
    verify(folder, files)
    _insert_row(connection, "raw.assessment", {**manifest, "manifest_sha256": manifest_sha256})
    for name, rows in listed.items():
        file = folder / name
        found = _insert_flat(connection, f"raw.{file.stem}", file, {"assessment_id": folder.name})
        if found != rows:
            raise RefusedError(f"{file}: {found} rows; the manifest says {rows}")


def _load_issued(connection: Connection, folder: Path, manifest_sha256: str) -> None:
    path = folder / ISSUED_MANIFEST
    try:
        manifest = read_manifest(path)
        announced = [
            {
                "unit": notice["unit"],
                "number": notice["number"],
                "due_on": notice["due_on"],
                "finding_key": key,
            }
            for notice in manifest.pop("notices")
            for key in notice["finding_keys"]
        ]
    except (KeyError, TypeError) as error:
        raise RefusedError(f"{path}: not the manifest of an issued document ({error!r})") from error
    columns = schema.columns_of(connection, "raw.issued_document").keys() - {"manifest_sha256"}
    if problem := flat_shape(columns).problem(manifest):
        raise RefusedError(f"{path}: {problem}")
    if manifest["notice_id"] != folder.name:
        raise RefusedError(f"{path}: the manifest is of document {manifest['notice_id']}")
    verify(folder, manifest["files"])
    _insert_row(connection, "raw.issued_document", {**manifest, "manifest_sha256": manifest_sha256})
    connection.execute(
        schema.sql("derive/issued_finding.sql"),
        {
            "notice_id": folder.name,
            **{
                name: [row[name] for row in announced] for name in ("unit", "number", "due_on", "finding_key")
            },
        },
    )


def _insert_flat(connection: Connection, table: str, path: Path, key: dict[str, str]) -> int:
    """Insert a file whose lines have the table's columns; nullable columns may be missing from an older file."""
    return insert_lines(connection, table, [path], _flat_shape(connection, table, key.keys()), key)


def _flat_shape(connection: Connection, table: str, key: AbstractSet[str]) -> Shape:
    return flat_shape(
        schema.columns_of(connection, table).keys() - key, schema.optional_columns_of(connection, table)
    )


def _insert_row(connection: Connection, table: str, row: dict[str, Any]) -> None:
    names, values = ", ".join(row), ", ".join(f"${name}" for name in row)
    connection.execute(f"INSERT INTO {table} ({names}) VALUES ({values})", row)  # noqa: S608 - names are ours


def _folders(parent: Path) -> list[Path]:
    """Return the folders sorted by name, which begins with an instant; hidden ones, still being made, are left out."""
    if not parent.is_dir():
        return []
    return sorted(path for path in parent.iterdir() if path.is_dir() and not path.name.startswith("."))


def _log_of(database: Path) -> Path:
    return database.with_name(f"{database.name}.wal")
