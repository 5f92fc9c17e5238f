import pytest

from tests.warehouse.folders import Folders


@pytest.fixture
def folders(tmp_path):
    """An empty data directory to write runs into."""
    (tmp_path / "data").mkdir()
    return Folders(tmp_path / "data")
