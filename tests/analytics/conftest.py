from datetime import UTC, datetime

import pytest

from govcrawl.warehouse.load import load_all
from govcrawl.warehouse.publish import publish
from govcrawl.warehouse.snapshot import Snapshot
from tests.warehouse.folders import Folders


@pytest.fixture
def folders(tmp_path):
    """An empty data directory to write runs into."""
    (tmp_path / "data").mkdir()
    return Folders(tmp_path / "data")


@pytest.fixture
def published(folders):
    """Loads and publishes what stands in the data directory; each call gives the newest snapshot."""
    opened = []

    def publish_now() -> Snapshot:
        report = load_all(folders.data)
        assert not report.refused
        publish(folders.data, datetime(2026, 11, 22, 12, len(opened), tzinfo=UTC))
        opened.append(Snapshot.open(folders.data))
        return opened[-1]

    yield publish_now
    for snapshot in opened:
        snapshot.close()
