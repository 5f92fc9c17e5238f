"""What the tests of faults share: a short and a whole form, and the table of what happened.

A test takes `told` and says in a few words what was done and what came of it; the table of all stands at the end of the
session, and `make test-faults` keeps it as `docs/faults.md`. `thorough` is whether `make test-faults` runs it (FAULTS=all): else a test does the short form of itself, as CI
does at every push.
"""

import os
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

FAULT = "fault"
HEAD = """# Faults tried

What `make test-faults` did to a night, and what happened; written by it on {day}. Each line is a test in `tests/faults/`,
with real processes, servers, disks and browsers. CI tries a short form of the same at every push.

| done | what happened |
|---|---|
"""


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
        for name, told in report.user_properties
        if name == FAULT
    ]
    if not lines:
        return
    width = max(len(done) for done, _ in lines)
    terminalreporter.section("what was done, and what happened")
    for done, happened in lines:
        terminalreporter.write_line(f"{done:<{width}}  {happened}")
    if page := os.environ.get("FAULTS_TABLE"):
        Path(page).write_text(
            HEAD.format(day=datetime.now(UTC).date())
            + "".join(f"| {done} | {happened} |\n" for done, happened in lines),
            "utf-8",
        )
