"""A signal behind the crawls of a night: in the control, the texts, the judging, the documents; and while a statement runs."""

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import cycle
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from analytics.notices.folders import written_folders
from govcrawl.records.nights import nights
from govcrawl.warehouse.connection import open_database
from tests.faults.test_killed import left_over
from tests.night.test_nightly import ended, nightly, port_that, registry_at, wait_until

if TYPE_CHECKING:
    import subprocess

ENDS = {signal.SIGTERM: "SIGTERM", signal.SIGINT: "Ctrl-C", signal.SIGHUP: "a lost terminal"}
STAGES = ("control", "texts", "load and publish", "assess", "publish the judgement", "notices")
CRAWLED = ("availability", "visit", "surroundings", "links")


@contextmanager
def default_ends() -> Iterator[None]:
    """Each signal ends a process as it does by default, also where the tests run under nohup or in the background."""
    before = {
        each: signal.signal(each, signal.default_int_handler if each is signal.SIGINT else signal.SIG_DFL)
        for each in ENDS
    }
    try:
        yield
    finally:
        for each, way in before.items():
            signal.signal(each, way)


def under_way(data: Path) -> str | None:
    """The stage that the newest night is in."""
    stages = [stage for night in nights(data)[-1:] for stage in night.stages]
    return stages[-1].name if stages and stages[-1].ended_at is None else None


def stopped_in(stage: str, night: "subprocess.Popen[str]", data: Path, end: signal.Signals) -> str:
    """Send the signal once the night is in a stage; return what it said."""
    wait_until(lambda: night.poll() is not None or under_way(data) == stage)
    night.send_signal(end)
    return ended(night, 128 + end)


def test_a_night_told_to_stop_behind_its_crawls_is_one_night_in_the_end(tmp_path, thorough, told):
    if not thorough:
        pytest.skip(
            "seven nights; one that is told to stop in its crawls stands in tests/night/test_nightly.py"
        )
    registry, data = tmp_path / "registry", tmp_path / "data"
    with port_that(listens=False) as port, default_ends():
        registry_at(registry, port)
        for stage, end in zip(STAGES, cycle(ENDS), strict=False):
            said = stopped_in(stage, nightly(registry, data, control=True), data, end)
            assert "the same command takes up" in said
            assert [] == left_over(str(data))
            (record,) = nights(data)
            assert ("stopped", stage) == (record.state, record.stages[-1].name)
        ended(nightly(registry, data, control=True))

    kinds = [path.parent.name.rpartition("-")[2] for path in data.glob("runs/*/run.json")]
    assert sorted(kinds) == sorted([*CRAWLED, "control", "texts"])
    assert 1 == len(list(data.glob("assessments/*/assessment.json")))
    assert 1 == len(written_folders(data / "notices"))
    assert ["finished"] == [record.state for record in nights(data)]
    assert not (data / "nightly.json").exists()
    told(
        f"{', '.join(ENDS.values())} in turn, in the stages {', '.join(STAGES)}",
        "exit 143, 130 or 129; no process left; the same command goes on: one night, one assessment, one set of documents",
    )


class _CameError(BaseException):
    """What the handler of a signal raises."""


def long_statement(path: Path) -> None:
    """Run a statement of many seconds, during which a signal comes."""
    with open_database(path) as connection:
        signal.setitimer(signal.ITIMER_REAL, 0.2)
        connection.execute("SELECT sum(a.range * b.range) FROM range(100_000) AS a, range(200_000) AS b")


def test_a_signal_that_comes_while_a_statement_runs_is_somebodys_wish_and_no_error(tmp_path):
    def handler(number: int, frame: object) -> None:
        raise _CameError

    before = signal.signal(signal.SIGALRM, handler)
    try:
        with pytest.raises(KeyboardInterrupt):
            long_statement(tmp_path / "w.duckdb")
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
