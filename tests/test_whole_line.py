"""The whole line on the simulated web: what is found equals what is confessed, night after night."""

import json
import os
import shutil
import signal
import subprocess
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path

import pytest

from govcrawl.warehouse.snapshot import Snapshot
from tests.govweb import serve
from tests.govweb.confession import sites
from tests.govweb.demo import WEEK, Office, preload, rounds
from tests.govweb.web import ROOT, Confessed

# Python from 3.12 on warns of forks beside threads; ours do nothing but run one command and end.
pytestmark = pytest.mark.filterwarnings("ignore:.*fork:DeprecationWarning")

DAY = date(2026, 3, 18)


@dataclass(frozen=True)
class Night:
    """What one night left for readers."""

    findings: set[Confessed]
    verdicts: dict[str, str]
    ledger: dict[tuple[str, str, str], str]
    circular: str


@dataclass(frozen=True)
class Inspection:
    office: Office
    week_only: Path  # a copy of the data directory with a week of probes and no night
    nights: list[Night] = field(default_factory=list)


def read_night(data: Path, as_of: date) -> Night:
    with Snapshot.open(data) as snapshot:
        assessments = snapshot.frame("assessment")
        chosen = assessments[assessments["as_of"].astype(str) == str(as_of)]["assessment_id"].iloc[-1]
        findings = snapshot.frame("finding")
        findings = findings[findings["assessment_id"] == chosen]
        results = snapshot.frame("site_result")
        results = results[results["assessment_id"] == chosen]
        ledger = snapshot.frame("ledger")
    newest = max((data / "notices").glob("*/circular.html"), key=lambda path: path.stat().st_mtime)
    return Night(
        findings=set(map(Confessed, findings["site_code"], findings["check_id"], findings["subject_url"])),
        verdicts=dict(zip(results["site_code"], results["verdict"], strict=True)),
        ledger={
            (row.site_code, row.check_id, row.subject_url): row.state
            for row in ledger.itertuples(index=False)
        },
        circular=newest.read_text("utf-8"),
    )


NIGHTS = (0, 1, 2)


@pytest.fixture(scope="session")
def inspection(tmp_path_factory) -> Iterator[Inspection]:
    """A week of probes and a night, as in the demo; then twice a day of probes and its night."""
    folder = tmp_path_factory.mktemp("whole-line")
    preload()
    with serve(DAY, folder / "web") as web:
        office = Office(web, folder / "data")
        office.data.mkdir()
        office.probe(rounds(DAY, WEEK))
        seen = Inspection(office, folder / "week-only")
        shutil.copytree(office.data, seen.week_only)
        for offset in NIGHTS:
            office.nightly(offset)
            seen.nights.append(read_night(office.data, DAY + timedelta(days=offset)))
            if offset != NIGHTS[-1]:
                office.probe(rounds(DAY, [offset]))
        yield seen


@pytest.mark.parametrize("offset", NIGHTS)
def test_found_equals_confessed(inspection, offset):
    assert inspection.nights[offset].findings == inspection.office.web.confessed(offset)


@pytest.mark.parametrize("offset", NIGHTS)
def test_every_running_site_gets_its_verdict(inspection, offset):
    assert inspection.nights[offset].verdicts == inspection.office.web.verdicts(offset)


def test_what_a_firewall_hides_is_unmeasured_and_never_a_fault(inspection):
    blocked = {site.site_code for site in sites() if any(fault.kind == "challenge" for fault in site.faults)}
    for night in inspection.nights:
        assert {night.verdicts[code] for code in blocked} == {"unmeasured"}
        assert not {finding for finding in night.findings if finding.site_code in blocked}


def test_the_ledger_follows_each_fault_from_night_to_night(inspection):
    first, second, third = (inspection.office.web.confessed(offset) for offset in NIGHTS)

    def states(offset: int, faults: set[Confessed]) -> set[str]:
        ledger = inspection.nights[offset].ledger
        return {ledger[fault.site_code, fault.check_id, fault.subject_url] for fault in faults}

    assert states(1, second - first) == {"new"}
    assert states(1, second & first) == {"open"}
    assert states(1, first - second) == {"fixed"}
    assert states(2, (third & first) - second) == {"reopened"}
    assert states(2, third & second) == {"open"}


def test_the_second_circular_speaks_of_what_was_mended(inspection):
    assert "已整改" in inspection.nights[1].circular


def test_a_circular_whose_blanks_the_office_has_filled_is_no_draft(inspection):
    for night in inspection.nights:
        assert "岚川市人民政府办公室" in night.circular
        assert "草稿" not in night.circular


def test_a_night_that_was_killed_is_taken_up_and_ends_the_same(inspection):
    office = Office(inspection.office.web, inspection.week_only)
    night = subprocess.Popen(
        office.nightly_command(0),
        env=office.environment(),
        cwd=ROOT,
        stdout=subprocess.DEVNULL,
        process_group=0,
    )
    until_some_sites_are_read(office.data, night)
    os.killpg(night.pid, signal.SIGKILL)
    night.wait()
    state = json.loads((office.data / "nightly.json").read_text())
    assert state["as_of"] == str(DAY)

    office.nightly(0)
    resumed = read_night(office.data, DAY)
    assert resumed.findings == inspection.nights[0].findings
    assert resumed.verdicts == inspection.nights[0].verdicts


def until_some_sites_are_read(data: Path, night: subprocess.Popen) -> None:
    """Waits until the site spider has finished a few sites and still has some to do."""
    deadline = time.monotonic() + 120
    while len(list(data.glob("runs/*-site/page/*.jsonl"))) < 3:
        assert night.poll() is None, "the night ended before it could be killed"
        assert time.monotonic() < deadline, "no site was read in two minutes"
        time.sleep(0.02)
