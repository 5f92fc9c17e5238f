"""The release for researchers: every view as Parquet, which grows night by night and never changes."""

import hashlib
import os
import shutil
import signal
import subprocess
import sys
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import duckdb
import orjson
import pytest

from govcrawl.records.errors import FolderError, WarehouseError
from govcrawl.records.items import Entry, Link
from govcrawl.records.remote_files import Store
from govcrawl.records.whole import held, sha256_of
from govcrawl.records.withdrawals import Withdrawal, record_withdrawal
from govcrawl.registry import Ticket
from govcrawl.warehouse import schema
from govcrawl.warehouse.load import WAREHOUSE, load_all
from govcrawl.warehouse.publish import LATEST, PUBLISHED, publish
from govcrawl.warehouse.release import in_store
from govcrawl.warehouse.release.export import export
from govcrawl.warehouse.release.manifest import MANIFEST, PAPERS
from govcrawl.warehouse.release.ways import shown, ways
from tests.warehouse.folders import (
    NEWS,
    PORTAL,
    REGISTRY,
    TODAY,
    Folders,
    instant,
    page,
    probe,
    section_visit,
    site_visit,
)

YESTERDAY = TODAY - timedelta(days=1)
MOBILE, ID, SECOND = "13812345678", "650102199001011234", "15912345678"
STAMPS = (datetime(2026, 11, 22, 6, tzinfo=UTC) + timedelta(minutes=n) for n in range(1_000))


def published(data):
    load_all(data)
    return publish(data, next(STAMPS))


@pytest.fixture(scope="module")
def place(tmp_path_factory):
    """A data directory of one judged night under data/, whose pages print numbers of persons, and its release under release/."""
    place = tmp_path_factory.mktemp("release")
    folders = Folders(
        place / "data",
        replace(
            REGISTRY, tickets=(Ticket("T1", PORTAL, "2026-11-01T02:00:00.000000", content="找不到张三的表"),)
        ),
    )
    folders.night(YESTERDAY)
    folders.run(
        "visit",
        page(
            PORTAL,
            f"dtyw/{MOBILE}.html",
            title=f"公示 {MOBILE}、{SECOND}",
            tags={"Keywords": ID},
            new_links=[Link(f"http://www.example.com/{MOBILE}", "page", f"致电{MOBILE}", internal=False)],
            link_nos=[0],
        ),
        section_visit(entries=[Entry(f"名单（{ID}）", f"{NEWS}{MOBILE}.html", "2026-11-20", "list")]),
        site_visit(PORTAL),
        day=YESTERDAY,
        hour=5,
    )
    folders.assessment("20261121T040000Z", YESTERDAY)
    published(folders.data)
    export(folders.data, place / "release", instant(YESTERDAY), publisher="岚川市人民政府办公室")
    return place


@pytest.fixture
def copied(place, tmp_path):
    """A copy of the data directory and of its release, to change."""
    for name in ("data", "release"):
        shutil.copytree(place / name, tmp_path / name, symlinks=True)
    return tmp_path / "data", tmp_path / "release"


def hashes(release):
    return {path: sha256_of(path) for path in sorted(release.rglob("*.parquet"))}


def manifest(release):
    return orjson.loads((release / MANIFEST).read_bytes())


def read(release, monkeypatch):
    """A connection in which each view is what the release holds of it."""
    monkeypatch.chdir(release)
    connection = duckdb.connect()
    connection.execute((release / "views.sql").read_text("utf-8"))
    return connection


def test_every_view_leaves_in_one_way_and_what_is_withheld_is_there():
    with duckdb.connect() as connection:
        schema.prepare(connection)
        views = schema.views_of(connection)
        columns = {view: schema.columns_of(connection, f'main."{view}"').keys() for view in views}

    assert views == ways().keys(), "govcrawl/warehouse/release/ways.toml: one list names each view"
    for way in ways().values():
        assert way.withheld.keys() <= columns[way.view]
        assert set(way.key) <= columns[way.view]
        assert "night" not in columns[way.view], "the column of the partition"


def test_the_release_holds_every_row_of_every_view(place, monkeypatch):
    copy = (place / "data" / PUBLISHED / LATEST).resolve()
    with (
        read(place / "release", monkeypatch) as released,
        duckdb.connect(str(copy), read_only=True) as source,
    ):
        for view, way in ways().items():
            columns = schema.columns_of(source, f'main."{view}"')
            expected = source.execute(
                f'SELECT {shown(way, columns)} FROM main."{view}" ORDER BY ALL'
            ).fetchall()
            found = released.execute(f'SELECT * EXCLUDE (night) FROM "{view}" ORDER BY ALL').fetchall()
            assert expected == found, view
    rows = {file["view"]: file["rows"] for file in manifest(place / "release")["batches"][0]["files"]}
    assert rows.keys() == ways().keys()
    assert min(rows[view] for view in ("page", "link", "entry", "finding", "site", "night_page")) > 0


def test_the_manifest_names_every_file_with_its_rows_and_hash(place):
    found = manifest(place / "release")
    batch = found["batches"][0]

    assert {file["path"]: file["sha256"] for file in batch["files"]} == {
        str(path.relative_to(place / "release")): sha256 for path, sha256 in hashes(place / "release").items()
    }
    for file in batch["files"]:
        rows = duckdb.execute(
            "SELECT count(*) FROM read_parquet($path)", {"path": str(place / "release" / file["path"])}
        )
        assert rows.fetchall() == [(file["rows"],)]  # to its end: the connection is everybody's
    assert "岚川市人民政府办公室" == found["publisher"]
    assert {"inspection-2019": "e" * 64} == batch["editions"]
    assert schema.files("schema")[-1].name == batch["schema"]
    assert 5 == len(batch["runs"])
    assert [] == [name for name in PAPERS if not (place / "release" / name).is_file()]


def test_no_number_of_a_person_and_no_word_of_a_reader_leaves(place, monkeypatch):
    copy = (place / "data" / PUBLISHED / LATEST).resolve()
    with (
        read(place / "release", monkeypatch) as released,
        duckdb.connect(str(copy), read_only=True) as source,
    ):
        told = {
            origin: "\n".join(
                str(connection.execute(f'SELECT to_json(v)::VARCHAR FROM "{view}" AS v').fetchall())
                for view in ways()
            )
            for origin, connection in (("copy", source), ("release", released))
        }
        joined = released.execute("SELECT count(*) FROM entry JOIN page USING (site_code, url)").fetchone()

    for private in (MOBILE, SECOND, ID, "张三"):
        assert private in told["copy"]
        assert private not in told["release"]
    assert "138****5678、159****5678" in told["release"]
    assert (2,) == joined  # a masked address joins with itself


def test_a_night_adds_its_files_and_touches_no_other(copied, monkeypatch):
    data, release = copied
    before, batch = hashes(release), manifest(release)["batches"][0]
    folders = Folders(data)
    folders.night()
    folders.assessment("20261122T040000Z")
    published(data)
    added = export(data, release, instant(TODAY))

    after = hashes(release)
    assert before == {path: after[path] for path in before}
    assert batch == manifest(release)["batches"][0]
    assert {"2026-11-22"} == {
        path.parent.name.removeprefix("night=") for path in after.keys() - before.keys()
    }
    assert added.files == len(after) - len(before)
    with read(release, monkeypatch) as found:
        assert 2 == len(found.execute("FROM assessment").fetchall())
        assert [(2,)] == found.execute("SELECT count(*) FROM site").fetchall()  # as it stands, once
    assert export(data, release, instant(TODAY)).batch is None


def test_what_comes_late_for_a_night_is_a_further_file_of_it(copied):
    data, release = copied
    before = hashes(release)
    Folders(data).run("availability", probe(PORTAL, "2026-11-21T20:00:00.000000"), day=YESTERDAY, hour=20)
    published(data)
    export(data, release, instant(TODAY))

    added = {path.relative_to(release).parent for path in hashes(release).keys() - before.keys()}
    assert {"probe/night=2026-11-21", "run/night=2026-11-21"} <= {str(path) for path in added}
    assert {"site", "ledger", "night_site"}.isdisjoint(path.parts[0] for path in added)


def test_an_assessment_that_is_withdrawn_stays_and_is_told(copied, monkeypatch):
    data, release = copied
    before = hashes(release)
    taken = "20261121-inspection-2019"
    record_withdrawal(data, Withdrawal(taken, "2026-11-22T08:00:00.000000", "王敏", "日期输错"))
    Folders(data).assessment("20261122T040000Z")
    published(data)
    export(data, release, instant(TODAY))

    assert before.items() <= hashes(release).items()
    assert [taken] == [each["assessment_id"] for each in manifest(release)["withdrawn"]]
    with read(release, monkeypatch) as found:
        assert [("20261122-inspection-2019",)] == found.execute(
            "SELECT assessment_id FROM assessment"
        ).fetchall()
        assert [(taken, None)] == found.execute(
            "SELECT assessment_id, withdrawn_by FROM withdrawn_assessment"
        ).fetchall()


def test_runs_that_were_pruned_since_are_no_reason_to_refuse(copied):
    data, release = copied
    with duckdb.connect(str(data / WAREHOUSE)) as connection:  # as a rebuild after `govcrawl prune` leaves it
        connection.execute("DELETE FROM raw.run WHERE kind = 'availability'")
        connection.execute("INSERT INTO raw.pruned VALUES ('20261121T010000Z-availability', '2026-11-22')")
    publish(data, next(STAMPS))

    assert export(data, release, instant(TODAY)).batch is None


def test_a_column_that_is_added_stands_in_the_changelog(copied):
    data, release = copied
    found = manifest(release)
    del found["columns"]["page"]["depth"]
    (release / MANIFEST).write_bytes(orjson.dumps(found))
    Folders(data).run("availability", probe(PORTAL, "2026-11-21T20:00:00.000000"), day=YESTERDAY, hour=20)
    published(data)
    export(data, release, instant(TODAY))

    assert "| page | `depth` | added | INTEGER |" in (release / "COLUMNS.md").read_text("utf-8")


def test_files_from_before_a_column_and_after_it_are_read_together(copied, monkeypatch):
    data, release = copied
    first = next(iter((release / "probe").glob("*/*.parquet")))
    first.chmod(0o644)
    shorter = duckdb.connect()
    shorter.execute(f"CREATE TABLE p AS SELECT * EXCLUDE (voided) FROM '{first}'")
    shorter.execute(f"COPY p TO '{first}' (FORMAT parquet)")
    found = manifest(release)
    del found["columns"]["probe"]["voided"]
    for file in found["batches"][0]["files"]:
        if file["view"] == "probe":
            file |= {"size": first.stat().st_size, "sha256": sha256_of(first)}
    (release / MANIFEST).write_bytes(orjson.dumps(found))
    assert "union_by_name" not in (release / "views.sql").read_text("utf-8")

    Folders(data).run("availability", probe(PORTAL, "2026-11-21T20:00:00.000000"), day=YESTERDAY, hour=20)
    published(data)
    export(data, release, instant(TODAY))
    with read(release, monkeypatch) as connection:
        probes = connection.execute("SELECT count(*), count(voided) FROM probe").fetchall()
        pages = connection.execute("SELECT count(*) FROM page").fetchall()
    assert [(3, 0)] == probes
    assert pages[0][0] > 0
    assert 1 == (release / "views.sql").read_text("utf-8").count("union_by_name")


def foreign(data, release):
    (release / "page" / "mine.parquet").write_bytes(b"")


def gone(data, release):
    next(iter(hashes(release))).unlink()


def cut(data, release):
    path = next(iter(hashes(release)))
    path.chmod(0o644)
    path.write_bytes(path.read_bytes()[:-1])


def altered(data, release):
    path = next(iter(hashes(release)))
    path.chmod(0o644)
    path.write_bytes(bytes(len(path.read_bytes())))


def of_others(data, release):
    found = manifest(release)
    found["batches"][0]["runs"]["20261121T010000Z-availability"] = "0" * 64
    (release / MANIFEST).write_bytes(orjson.dumps(found))


def of_another_kind(data, release):
    (release / MANIFEST).write_bytes(b'{"kind": "snapshot"}')


def of_a_newer_format(data, release):
    (release / MANIFEST).write_bytes(orjson.dumps(manifest(release) | {"format": 2}))


def of_a_newer_schema(data, release):
    found = manifest(release)
    found["batches"][-1]["schema"] = "9999_of_next_year.sql"
    (release / MANIFEST).write_bytes(orjson.dumps(found))


def torn(data, release):
    (release / MANIFEST).write_bytes((release / MANIFEST).read_bytes()[:-9])


@pytest.mark.parametrize(
    ("harm", "message"),
    [
        (foreign, "mine.parquet: the release does not know this file"),
        (gone, "the manifest names it and it is gone"),
        (cut, "altered since it was released"),
        (altered, "altered since it was released"),
        (of_others, "20261121T010000Z-availability, which is not in these data"),
        (of_another_kind, "not the manifest of a release"),
        (of_a_newer_format, "format 2, this version of govcrawl writes 1"),
        (of_a_newer_schema, "written with schema 9999_of_next_year.sql, this version of govcrawl knows"),
        (torn, "not JSON"),
    ],
)
def test_a_folder_that_is_no_sound_release_of_these_data_is_refused(copied, harm, message):
    data, release = copied
    harm(data, release)
    before = {path: path.read_bytes() for path in sorted(release.rglob("*")) if path.is_file()}

    with pytest.raises(FolderError, match=message):
        export(data, release, instant(TODAY))
    assert before == {path: path.read_bytes() for path in sorted(release.rglob("*")) if path.is_file()}


def test_a_folder_with_other_things_in_it_is_refused(place, tmp_path):
    (tmp_path / "thesis.docx").write_bytes(b"")

    with pytest.raises(FolderError, match=r"thesis\.docx"):
        export(place / "data", tmp_path, instant(TODAY))


def test_two_exports_at_once_do_not_meet(place):
    with (
        held(place / "release"),
        pytest.raises(FolderError, match="another process is adding to it"),
    ):
        export(place / "data", place / "release", instant(TODAY))


def test_data_without_a_judged_night_release_nothing(tmp_path):
    folders = Folders(tmp_path / "data")
    folders.run("availability", probe(PORTAL, "2026-11-21T20:00:00.000000"), day=YESTERDAY)
    published(folders.data)

    with pytest.raises(WarehouseError, match="no night has been judged yet"):
        export(folders.data, tmp_path / "release", instant(TODAY))
    assert not (tmp_path / "release" / MANIFEST).exists()


def test_a_copy_of_another_version_is_refused(copied, monkeypatch):
    data, release = copied
    copy = (data / PUBLISHED / LATEST).resolve()
    copy.chmod(0o644)
    with duckdb.connect(str(copy)) as connection:
        connection.execute("UPDATE migration.applied SET sha256 = '0' WHERE file = 'views'")

    with pytest.raises(WarehouseError, match="published by another version of govcrawl"):
        export(data, release, instant(TODAY))


KILLED = """
import os, signal, sys
from datetime import UTC, datetime
from pathlib import Path
from govcrawl.warehouse.release import in_store
from govcrawl.warehouse.release.export import export

moves, rename = 0, Path.rename
def counted(self, target):
    global moves
    moves += 1
    if moves == int(sys.argv[3]):
        os.kill(os.getpid(), signal.SIGKILL)
    return rename(self, target)
Path.rename = counted
export(Path(sys.argv[1]), Path(sys.argv[2]), datetime.now(UTC))
"""


def test_an_export_that_is_killed_leaves_nothing_half_done(place, tmp_path):
    release, moves = tmp_path / "release", 40
    killed = subprocess.run(
        [sys.executable, "-c", KILLED, str(place / "data"), str(release), str(moves)], check=False
    )
    assert -signal.SIGKILL == killed.returncode
    assert not (release / MANIFEST).exists()
    assert moves - 1 == len(list(release.glob("*/*/*.parquet")))

    export(place / "data", release, instant(YESTERDAY), publisher="岚川市人民政府办公室")
    names = {file["path"]: file["rows"] for batch in manifest(release)["batches"] for file in batch["files"]}
    expected = {
        file["path"]: file["rows"]
        for batch in manifest(place / "release")["batches"]
        for file in batch["files"]
    }
    assert names == expected
    assert [] == [path for path in release.iterdir() if path.name.startswith((".new-", ".arriving"))]


def export_again(store, release):
    in_store.begin(store, release)
    in_store.keep(store, release, every=True)


@pytest.fixture
def bucket(tmp_path):
    """A store; what tests do to it by hand they do to its folder."""
    for package in ("fsspec", "obstore"):
        pytest.importorskip(package, reason="without the extra `store`")
    return Store(f"file://{tmp_path / 'bucket'}", "--to"), tmp_path / "bucket"


def test_a_release_in_a_bucket_gets_what_it_lacks_and_a_lost_folder_is_fetched_from_it(copied, bucket):
    (data, release), (store, place) = copied, bucket
    in_store.begin(store, release)
    assert in_store.keep(store, release).files == len(hashes(release)) + len(PAPERS) + 1
    before = hashes(place)
    assert [*before.values()] == [*hashes(release).values()]
    assert 0 == in_store.keep(store, release, every=True).files

    shutil.rmtree(release)
    in_store.begin(store, release)
    Folders(data).run("availability", probe(PORTAL, "2026-11-21T20:00:00.000000"), day=YESTERDAY, hour=20)
    published(data)
    added = export(data, release, instant(TODAY))
    assert in_store.keep(store, release).files >= added.files + 1

    assert before.items() < hashes(place).items()
    assert manifest(release) == manifest(place)


def test_a_bucket_that_was_put_by_half_is_gone_on_with(copied, bucket):
    (_, release), (store, place) = copied, bucket
    some = manifest(release)["batches"][0]["files"][:9]
    for file in some:
        store.put(release / file["path"], file["path"])
    in_store.begin(store, release)
    in_store.keep(store, release)

    assert manifest(release) == manifest(place)
    in_store.begin(store, release)


def test_a_file_that_is_listed_late_is_asked_for_by_its_name(copied, bucket, monkeypatch):
    (_, release), (store, _) = copied, bucket
    in_store.keep(store, release)
    monkeypatch.setattr(store, "listed", dict)

    in_store.begin(store, release)


@pytest.mark.parametrize(
    ("harm", "message"),
    [
        (foreign, "mine.parquet: the release does not know this file"),
        (gone, "gone, or altered since it was released"),
        (cut, "gone, or altered since it was released"),
        (altered, "altered since it was released"),
        (of_others, "another release than that of"),
        (of_another_kind, "not the manifest of a release"),
        (of_a_newer_format, "format 2, this version of govcrawl writes 1"),
        (torn, "not JSON"),
    ],
)
def test_a_bucket_that_holds_no_sound_release_of_these_data_is_refused(copied, bucket, harm, message):
    (data, release), (store, place) = copied, bucket
    in_store.keep(store, release)
    harm(data, place)
    before = {path: path.read_bytes() for path in sorted(place.rglob("*")) if path.is_file()}

    with pytest.raises(FolderError, match=message):
        export_again(store, release)
    assert before == {path: path.read_bytes() for path in sorted(place.rglob("*")) if path.is_file()}


R_PROGRAMS = {
    "arrow": "found <- as.data.frame(arrow::open_dataset('finding'))",
    "reticulate": """found <- reticulate::import("pyarrow.dataset")$dataset("finding", partitioning = "hive")$
        to_table(columns = c("check_id", "state"))$to_pydict()""",
    "duckdb": """found <- read.csv(pipe("duckdb -csv -c \\"SELECT * FROM 'finding/*/*.parquet'\\""))""",
}
"""By what R reads a release: a package of R, one of Debian with Python's pyarrow, DuckDB's command line (`pip install duckdb-cli`)."""


@pytest.mark.parametrize("reader", ["pyarrow", "polars", *R_PROGRAMS])
def test_other_tools_read_it(place, reader):
    """`pip install --group readers` brings the first two along."""
    release, expected = place / "release", {("link-dead", "found")}
    if reader in R_PROGRAMS:
        here = {"RETICULATE_PYTHON": sys.executable, **os.environ}
        here["PATH"] = f"{Path(sys.executable).parent}{os.pathsep}{here['PATH']}"
        has = (
            "command -v Rscript && duckdb -version"
            if reader == "duckdb"
            else f"Rscript -e 'library({reader})'"
        )
        if reader == "reticulate":
            pytest.importorskip("pyarrow")
        if subprocess.run(["/bin/sh", "-c", has], capture_output=True, check=False, env=here).returncode:
            pytest.skip(f"no R with {reader} here")
        program = f"{R_PROGRAMS[reader]}; cat(paste(found$check_id, found$state))"
        told = subprocess.run(
            ["Rscript", "-e", program], cwd=release, capture_output=True, text=True, check=True, env=here
        )
        found = {tuple(told.stdout.split())}
    elif reader == "polars":
        polars = pytest.importorskip("polars")
        table = polars.scan_parquet(release / "finding/*/*.parquet", hive_partitioning=True).collect()
        found = set(table.select("check_id", "state").iter_rows())
    else:
        pytest.importorskip("pyarrow")
        pandas = pytest.importorskip("pandas")
        table = pandas.read_parquet(release / "finding", filters=[("night", "=", str(YESTERDAY))])
        found = set(zip(table["check_id"], table["state"], strict=True))

    assert expected == found


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("电话13812345678、13912345678,13712345678", "电话138****5678、139****5678,137****5678"),
        ("身份证650102199001011234", "身份证650102********1234"),
        ("65010219900101123X 650102900101123", "650102********123X 650102******123"),
        ("+86 138-1234-5678", "+86 138****5678"),
        ("１３８１２３４５６７８", "１３８****５６７８"),
        ("卡号6222021234567890123", "卡号6222********123"),
        ("0999-8610000 2026-11-22 10:08 2026112200012345", "0999-8610000 2026-11-22 10:08 2026112200012345"),
        (hashlib.sha256(b"x").hexdigest(), hashlib.sha256(b"x").hexdigest()),
        (None, None),
    ],
)
def test_the_mask(place, text, masked):
    with duckdb.connect(str(place / "data" / WAREHOUSE), read_only=True) as connection:
        assert (masked,) == connection.execute("SELECT derived.masked($text)", {"text": text}).fetchone()
