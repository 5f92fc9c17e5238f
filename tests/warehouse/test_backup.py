"""What the operations page calls a backup is one: everything else is made again from it."""

import re
import shutil
import subprocess
from datetime import UTC, datetime
from fnmatch import fnmatch
from pathlib import Path

import pytest

from govcrawl.warehouse.load import load_all, rebuild
from govcrawl.warehouse.publish import publish
from govcrawl.warehouse.snapshot import Snapshot

OPERATIONS = Path(__file__).parents[2] / "docs/operations.md"
NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)
LEFT_OUT = ("warehouse.duckdb*", "published", "metrics.prom", ".*")


def shown(data):
    with Snapshot.open(data) as snapshot:
        return {
            view: snapshot.frame(view).astype(str).to_dict("records")
            for view in ("run", "page", "link", "entry", "probe", "finding", "ledger", "site_result")
        }


def test_a_backup_is_restored_to_the_same_views(folders, tmp_path):
    folders.night()
    folders.assessment("20261122T040000Z")
    load_all(folders.data)
    publish(folders.data, NOON)
    before = shown(folders.data)
    backup, back = tmp_path / "backup.tar", tmp_path / "restored"
    excludes = [f"--exclude=./{name}" for name in LEFT_OUT]
    subprocess.run(["tar", "cf", backup, *excludes, "-C", folders.data, "."], check=True)
    back.mkdir()
    subprocess.run(["tar", "xf", backup, "-C", back], check=True)
    assert not (back / "warehouse.duckdb").exists()

    assert [] == rebuild(back).refused
    publish(back, NOON)
    assert before == shown(back)


@pytest.mark.skipif(shutil.which("rsync") is None, reason="no rsync here")
def test_the_commands_of_the_operations_page_make_it_and_bring_it_back(folders, tmp_path):
    folders.night()
    first, copy, back = re.findall(r"^(?:mkdir|rsync) .*$", OPERATIONS.read_text("utf-8"), re.MULTILINE)
    for command in (first, copy, "mv data lost && mkdir data", back):
        subprocess.run(["sh", "-ec", command], cwd=tmp_path, check=True)

    restored = contents(folders.data)
    assert restored
    assert restored == {
        path: content for path, content in contents(tmp_path / "lost").items() if not is_left_out(path)
    }


def is_left_out(path):
    return any(fnmatch(part, pattern) for part in path.parts for pattern in LEFT_OUT)


def contents(folder):
    return {path.relative_to(folder): path.is_file() and path.read_bytes() for path in folder.rglob("*")}
