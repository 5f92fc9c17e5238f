from datetime import UTC, datetime

import pytest

from govcrawl.warehouse.load import load_all
from govcrawl.warehouse.snapshot import Snapshot
from tests.warehouse.folders import Folders, shown


@pytest.fixture
def folders(tmp_path):
    """An empty data directory to write runs into."""
    (tmp_path / "data").mkdir()
    return Folders(tmp_path / "data")


@pytest.fixture
def published(folders):
    """Loads what stands in the data directory and shows it to readers; each call gives the newest snapshot."""
    opened = []

    def show_now() -> Snapshot:
        report = load_all(folders.data)
        assert not report.refused
        opened.append(shown(folders.data, datetime(2026, 11, 22, 12, len(opened), tzinfo=UTC)))
        return opened[-1]

    yield show_now
    for snapshot in opened:
        snapshot.close()
