"""Disks, clocks and hands: what happened of each, in a line a person can act on."""

import os
import shutil
import subprocess
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from govcrawl.night.before import check_surroundings
from govcrawl.records.errors import UserError
from govcrawl.warehouse.load import load_all, rebuild
from govcrawl.warehouse.publish import publish
from govcrawl.warehouse.snapshot import Snapshot
from tests.netlab import ready
from tests.night.test_nightly import nightly, port_that, registry_at, wait_until, worker_pids
from tests.warehouse.folders import PORTAL, TODAY, Folders, probe

STAMP = datetime(2026, 11, 22, 12, tzinfo=UTC)


@pytest.fixture
def folders(tmp_path):
    (tmp_path / "data").mkdir()
    return Folders(tmp_path / "data")


@pytest.fixture
def line(folders):
    """A data directory with a night loaded and published."""
    folders.night()
    load_all(folders.data)
    publish(folders.data, STAMP)
    return folders


def readable(data: Path) -> bool:
    with Snapshot.open(data) as snapshot:
        return len(snapshot.frame("site")) == 2


@pytest.fixture
def small_disk(tmp_path):
    """A file system of sixty-four megabytes of its own."""
    place = tmp_path / "small"
    place.mkdir()
    done = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=64m", "tmpfs", place], check=False)
    if done.returncode:
        pytest.skip("file systems cannot be mounted here")
    yield place
    subprocess.run(["umount", "-l", place], check=True)


def test_a_full_disk_fails_the_publish_and_keeps_what_readers_have(line, small_disk, told):
    shutil.copytree(line.data, small_disk / "data", symlinks=True)
    data = small_disk / "data"
    with (data / "filler").open("wb") as filler:
        filler.write(b"\0" * max(0, shutil.disk_usage(data).free - (1 << 20)))
    done = ready.govcrawl("publish", "--data", data)

    assert 1 == done.returncode
    assert "No space left" in done.stderr
    assert "make room" in done.stderr
    assert readable(data)
    (data / "filler").unlink()
    told(
        "disk full during publish",
        f"exit 1: {done.stderr.split('; ')[-1].strip()}; readers keep yesterday's copy",
    )


def test_a_night_does_not_begin_on_a_full_or_foreign_disk(small_disk, told):
    with pytest.raises(UserError, match=r"only .* MiB are free and a night needs 1024"):
        check_surroundings(small_disk)
    subprocess.run(["mount", "-o", "remount,ro", small_disk], check=True)
    with pytest.raises(UserError, match=r"cannot be written .Read-only file system"):
        check_surroundings(small_disk)
    told(
        "disk full, or read-only, before a night",
        "exit 1: says how much is free, or whose directory to change",
    )


@pytest.mark.parametrize(
    ("what", "harm", "words"),
    [
        (
            "a torn line",
            lambda path: path.write_bytes(path.read_bytes()[:-7]),
            "altered since the run was finished",
        ),
        (
            "a flipped byte",
            lambda path: path.write_bytes(path.read_bytes().replace(b"200", b"201", 1)),
            "altered since the run was finished",
        ),
        ("a deleted manifest", lambda path: (path.parents[1] / "run.json").unlink(), "no run.json"),
        ("a deleted record file", lambda path: path.unlink(), "it is gone"),
    ],
)
def test_a_harmed_run_is_named_and_a_rebuild_without_it_waits_for_a_person(line, what, harm, words, told):
    harm(next(line.data.glob("runs/*-site/page/all.jsonl")))
    named = ready.govcrawl("load", "--data", line.data)
    again = ready.govcrawl("load", "--data", line.data, "--rebuild")
    held = ready.govcrawl("publish", "--data", line.data)

    assert words in named.stdout + again.stdout
    assert 1 == named.returncode
    assert 3 == held.returncode
    assert "1 run that readers have seen would be gone" in held.stderr
    assert readable(line.data)
    told(
        f"{what} in a loaded run", "load exits 1 and names it; after a rebuild publish exits 3 until accepted"
    )


def test_a_deleted_and_a_corrupt_warehouse(line, told):
    warehouse = line.data / "warehouse.duckdb"
    size = warehouse.stat().st_size
    with warehouse.open("r+b") as file:
        file.seek(size // 3)
        file.write(os.urandom(size - size // 3))
    loaded = ready.govcrawl("load", "--data", line.data)
    assert 1 == loaded.returncode
    assert "load --rebuild" in loaded.stderr
    corrupt = ready.govcrawl("publish", "--data", line.data)
    assert 1 == corrupt.returncode
    assert "load --rebuild" in corrupt.stderr
    assert readable(line.data)
    warehouse.unlink()
    deleted = ready.govcrawl("publish", "--data", line.data)
    assert 1 == deleted.returncode
    assert "run `govcrawl load` first" in deleted.stderr
    assert 0 == ready.govcrawl("load", "--data", line.data).returncode
    assert 0 == ready.govcrawl("publish", "--data", line.data).returncode
    told(
        "garbage in the warehouse", "load and publish exit 1 and name the rebuild; readers keep the good copy"
    )
    told("the warehouse deleted", "publish exits 1; load makes it again, publish goes on")


def test_two_nights_at_once(tmp_path, told):
    registry, data = tmp_path / "registry", tmp_path / "data"
    with port_that(listens=True) as port:
        registry_at(registry, port)
        first = nightly(registry, data)
        wait_until(lambda: worker_pids(data))
        second = nightly(registry, data)
        output, _ = second.communicate(timeout=300)
        first.terminate()
        first.communicate()

    assert 1 == second.returncode
    assert f"process {first.pid} is inspecting into this directory" in output
    told("two nights at once", "the second exits 1 and names the first's process and how to take over")


def test_a_clock_that_jumps(line, told):
    ahead = [publish(line.data, STAMP + timedelta(days=400 + day)) for day in range(3)]
    back = publish(line.data, STAMP + timedelta(hours=1))
    assert back == (line.data / "published" / "latest.duckdb").resolve()
    os.utime(ahead[0], (time.time() + 4e8,) * 2)
    line.run("availability", probe(PORTAL, f"{TODAY}T20:00:00"), hour=20)
    load_all(line.data)
    assert publish(line.data, STAMP + timedelta(hours=2)).is_file()
    assert readable(line.data)
    future = ready.govcrawl("assess", "--data", line.data, "--as-of", "2999-01-01")
    assert (1, True) == (future.returncode, "that day has not come" in future.stderr)
    told(
        "the clock a year ahead, then back",
        "the copy just made is kept and shown; a day to come is refused, exit 1",
    )


def test_everything_lost_but_the_records(line, told):
    for gone in ("published", "notices"):
        shutil.rmtree(line.data / gone, ignore_errors=True)
    (line.data / "warehouse.duckdb").unlink()

    assert [] == rebuild(line.data).refused
    assert publish(line.data, STAMP + timedelta(days=1))
    assert readable(line.data)
    told("warehouse and copies lost", "load --rebuild and publish: all rows are back")
