"""What the operations page calls a backup is one: everything else is made again from it."""

import subprocess
from datetime import UTC, datetime

from govcrawl.warehouse.load import load_all, rebuild
from govcrawl.warehouse.publish import publish
from govcrawl.warehouse.snapshot import Snapshot

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
