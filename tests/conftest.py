"""What holds for all tests together."""

import gc
from pathlib import Path

import pytest

HERE = Path(__file__).parent
TOGETHER = ("notices", "texts")
"""Rooms whose files share what is made once: a prefecture judged on two days, a reader of texts."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begins with the whole line: it takes longest, and so runs beside all others. A file, or a room, is one process's work."""
    items.sort(key=lambda item: (item.path.name != "test_whole_line.py", _place(item)[0] != "notices"))
    for item in items:
        room = _place(item)[0]
        item.add_marker(pytest.mark.xdist_group(room if room in TOGETHER else "/".join(_place(item))))


def pytest_collection_finish() -> None:
    """Keeps the collector of garbage from walking through five thousand tests each time it comes."""
    gc.freeze()


def pytest_sessionfinish() -> None:
    gc.unfreeze()


def _place(item: pytest.Item) -> tuple[str, ...]:
    return item.path.relative_to(HERE).parts
