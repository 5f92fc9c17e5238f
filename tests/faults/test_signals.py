"""A night that is told to stop, or whose hour comes, after its crawls: in the control, the texts, the judging, the documents."""

import io
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from itertools import cycle
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from analytics.notices.folders import written_folders
from govcrawl.night.nightly import Orders
from govcrawl.night.nightly import nightly as whole_night
from govcrawl.night.text_readings import LEFT
from govcrawl.records.nights import nights
from tests.faults.test_killed import left_over
from tests.netlab.server import Server
from tests.night.pauses import NO_PAUSES
from tests.night.test_nightly import DAY, ended, nightly, port_that, registry_at, wait_until
from tests.spiders.inspection import anchors, article, page

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


def test_when_the_hour_comes_after_the_crawls_texts_wait_and_the_night_is_judged_all_the_same(
    tmp_path, thorough, told
):
    """Our own pages are looked at too: they burden nobody, take seconds, and without them the gate knows less."""
    registry, data = tmp_path / "registry", tmp_path / "data"
    registry.mkdir()

    def clock() -> datetime:
        """Ours, and two hours later from the end of the crawls on."""
        later = timedelta(hours=2) if list(data.glob("runs/*-links/run.json")) else timedelta(0)
        return datetime.now(UTC) + later

    pages = {
        "/": page(anchors("/t20261120_1.html")),
        "/t20261120_1.html": article("关于检查工作的通知", "2026-11-20"),
    }
    with Server(pages) as web:
        home = f"http://127.0.0.1:{web.port}/"
        (registry / "sites.csv").write_text(
            f"site_code,name,home_url,unit,private_address,render\n3301000001,站,{home},某办,127.0.0.1,http\n",
            "utf-8",
        )
        said = io.StringIO()
        orders = Orders(
            registry=registry,
            data=data,
            as_of=DAY,
            workers=1,
            settings=[*NO_PAUSES, f"CONTROL_PAGES={thorough}"],
            clock=clock,
            out=said,
            until=datetime.now(UTC) + timedelta(hours=1),
        )
        _, documents = whole_night(orders, "inspection-2019")

    (record,) = nights(data)
    stages = {stage.name: stage for stage in record.stages}
    assert "finished" == record.state
    assert 1 == stages["texts"].figures[LEFT]
    (shortfall,) = stages["texts"].shortfalls
    assert "1 texts not begun by" in shortfall
    assert "the next night reads them" in shortfall
    assert documents.folder.is_dir()
    if thorough:
        assert 0 == stages["control"].figures["wrong answers"]
    told(
        "the hour of `--until` comes after the crawls",
        f"texts: {shortfall}; our own pages, judgement and {stages['notices'].figures['documents']} documents are done",
    )
