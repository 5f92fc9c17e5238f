"""What holds for all tests together."""

import gc

import pytest
import scrapy.core.downloader.contextfactory  # noqa: F401 - early: it looks through all modules loaded before it

from tests.processes import run_in_processes

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


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--processes",
        type=int,
        default=0,
        metavar="NUMBER",
        help="run the tests in so many processes (tests/processes.py)",
    )


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


@pytest.hookimpl(tryfirst=True)
def pytest_runtestloop(session: pytest.Session) -> bool | None:
    processes = session.config.getoption("processes")
    if not processes or session.config.option.collectonly or session.testsfailed:
        return None
    rooms: dict[str, list[pytest.Item]] = {}
    for item in session.items:
        rooms.setdefault(_room(item), []).append(item)
    run_in_processes(session, list(rooms.values()), processes)
    return True


def _room(item: pytest.Item) -> str:
    """The file of a test, or its folder where files belong together."""
    path = item.nodeid.partition("::")[0]
    return next((room for room in TOGETHER if path.startswith(f"{room}/")), path)
