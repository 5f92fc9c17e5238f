"""What holds for all tests together."""

import pytest


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begins with the whole line: it takes longest, and so runs beside all others."""
    items.sort(key=lambda item: item.path.name != "test_whole_line.py")
