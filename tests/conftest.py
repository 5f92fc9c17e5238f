"""What holds for all tests together."""

import gc

import pytest
import scrapy.core.downloader.contextfactory  # noqa: F401 - early: it looks through all modules loaded before it
from hypothesis import HealthCheck, settings
from xdist.scheduler import LoadFileScheduling

settings.register_profile("shared", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("shared")  # how long an example takes says what else the machine does

TOGETHER = ("tests/notices", "tests/texts")
"""Rooms whose files share what is made once: a prefecture judged on two days, a reader of texts."""

LONGEST = (
    "tests/test_whole_line.py",
    "tests/notices",
    "tests/night",
    "tests/faults",
    "tests/analytics/judging",
)
"""What takes longest is begun first, so that it runs beside all others."""


class _Rooms(LoadFileScheduling):
    """Gives each process a file after the other, but the rooms of TOGETHER whole."""

    def _split_scope(self, nodeid: str) -> str:
        path = nodeid.partition("::")[0]
        return next((room for room in TOGETHER if path.startswith(f"{room}/")), path)


@pytest.hookimpl(optionalhook=True)  # nobody asks for it with -p no:xdist
def pytest_xdist_make_scheduler(config: pytest.Config, log: object) -> _Rooms:
    return _Rooms(config, log)


@pytest.hookimpl(tryfirst=True)
def pytest_configure(config: pytest.Config) -> None:
    """Let everything be collected again at the end, or DuckDB tells there what never was; begun first, so done last:

    pytest itself collects before, five times, and looks for what tests left only.
    """
    config.add_cleanup(gc.unfreeze)


def pytest_collectstart() -> None:
    """Collect no garbage while tests are collected: their modules stay, and every walk over them finds nothing."""
    gc.disable()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    items.sort(
        key=lambda item: next(
            (n for n, place in enumerate(LONGEST) if item.nodeid.startswith(place)), len(LONGEST)
        )
    )


def pytest_collection_finish() -> None:
    """Let the collector of cycles look at what tests make only, and less often: it took 6 % of their time."""
    gc.freeze()
    gc.set_threshold(20_000, 20, 50)
    gc.enable()
