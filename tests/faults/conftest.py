"""What the tests of faults share: a short and a whole form, and the table of what happened.

A test takes `told` and says in a few words what was done and what came of it; the table of all stands at the end of the
session. `thorough` is whether `make test-faults` runs it (FAULTS=all): else a test does the short form of itself, as CI
does at every push.
"""

import os
from collections.abc import Callable

import pytest

FAULT = "fault"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if item.path.parent.name == "faults":
            item.add_marker(pytest.mark.faults)


@pytest.fixture(scope="session")
def thorough() -> bool:
    return os.environ.get("FAULTS") == "all"


@pytest.fixture
def told(record_property) -> Callable[[str, str], None]:
    """Put a line into the table: what was done, what happened."""

    def tell(done: str, happened: str) -> None:
        record_property(FAULT, (done, happened))

    return tell


def pytest_terminal_summary(terminalreporter) -> None:
    lines = [
        told
        for report in terminalreporter.getreports("passed")
        if report.when == "teardown"
        for name, told in report.user_properties
        if name == FAULT
    ]
    if lines:
        width = max(len(done) for done, _ in lines)
        terminalreporter.section("what was done, and what happened")
        for done, happened in lines:
            terminalreporter.write_line(f"{done:<{width}}  {happened}")
