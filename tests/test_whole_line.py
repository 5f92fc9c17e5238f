"""The whole line on the simulated web: what is found equals what is confessed, night after night."""

import json
import os
import signal
import subprocess
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import get_origin, get_type_hints

import duckdb
import openpyxl
import pandas as pd
import pytest

from analytics.editions.chosen import known_editions, load_edition
from analytics.figures import content_plan, selfcheck
from analytics.figures.rollup import rollup
from analytics.judging.assess import assess
from analytics.judging.recheck import ALONE
from govcrawl.records.kinds import RECORDS
from govcrawl.warehouse.snapshot import Snapshot
from tests.govweb import serve
from tests.govweb.confession import moment, sites
from tests.govweb.demo import WEEK, Office, preload, rounds
from tests.govweb.office import OFFICE, PROVINCE, VERTICAL
from tests.govweb.styles import STYLES
from tests.govweb.view import View
from tests.govweb.web import ROOT, Confessed
from tests.notices.office_words import unfit

# Python from 3.12 on warns of forks beside threads; ours do nothing but run one command and end.
pytestmark = pytest.mark.filterwarnings("ignore:.*fork:DeprecationWarning")

DAY = date(2026, 3, 18)


@dataclass(frozen=True)
class Night:
    """What one night left for readers."""

    findings: set[Confessed]
    candidates: set[Confessed]  # those of them that wait for a person, and are in no ledger
    verdicts: dict[str, str]
    ledger: dict[Confessed, str]
    circular: str


@dataclass(frozen=True)
class Inspection:
    office: Office
    nights: list[Night] = field(default_factory=list)
    rechecked: dict[Confessed, str] = field(default_factory=dict)  # the ledger, before the second night
    decided: dict[Confessed, str] = field(default_factory=dict)  # between the second and the third
    read_before_the_kill: list[str] = field(default_factory=list)  # sites, on the second night


def read_ledger(data: Path) -> dict[Confessed, str]:
    with Snapshot.open(data) as snapshot:
        ledger = snapshot.frame("ledger").fillna({"site_code": ""})
    return {
        Confessed(row.site_code, row.check_id, row.subject_url): row.state
        for row in ledger.itertuples(index=False)
    }


def review(office: Office, path: Path) -> dict[Confessed, str]:
    """A clerk fills the exported file: of the dead links that stay one is no fault, one has a reason."""
    stay = sorted(
        fault for fault in office.web.confessed(1) & office.web.confessed(2) if fault.check_id == "link-dead"
    )
    words = {
        stay[0].subject_url: ("误报", None),
        stay[-1].subject_url: ("说明免计", datetime.now(UTC).date() + timedelta(days=30)),
    }
    office.govcrawl("review", "export", "--data", str(office.data), "--out", str(path))
    book = openpyxl.load_workbook(path)
    headers = [cell.value for cell in book["问题"][1]]
    for row in book["问题"].iter_rows(min_row=2):
        cells = dict(zip(headers, row, strict=True))
        if cells["问题类型"].value == "链接打不开" and cells["问题所在"].value in words:
            cells["判定"].value, cells["截止日期"].value = words[cells["问题所在"].value]
            cells["说明"].value = "已核实"
    book.save(path)
    office.govcrawl("review", "import", str(path), "--by", "王敏", "--data", str(office.data))
    return {stay[0]: "dismissed", stay[-1]: "explained"}


def confessed(findings: pd.DataFrame) -> set[Confessed]:
    return set(
        map(Confessed, findings["site_code"].fillna(""), findings["check_id"], findings["subject_url"])
    )


def read_night(data: Path, as_of: date) -> Night:
    with Snapshot.open(data) as snapshot:
        assessments = snapshot.frame("assessment")
        chosen = assessments[assessments["as_of"].astype(str) == str(as_of)]["assessment_id"].iloc[-1]
        findings = snapshot.frame("finding")
        findings = findings[findings["assessment_id"] == chosen]
        results = snapshot.frame("site_result")
        results = results[results["assessment_id"] == chosen]
    newest = max((data / "notices").glob("*/circular.html"), key=lambda path: path.stat().st_mtime)
    return Night(
        findings=confessed(findings),
        candidates=confessed(findings[findings["state"] == "awaiting"]),
        verdicts=dict(zip(results["site_code"], results["verdict"], strict=True)),
        ledger=read_ledger(data),
        circular=newest.read_text("utf-8"),
    )


NIGHTS = (0, 1, 2)
KILLED = (
    1  # and taken up by the same command: what it finds and writes is held to the same truth as the others
)
BLOCKED = "3414009005"  # on the second night


def kill_in_mid_visit(office: Office, offset: int) -> list[str]:
    """Begin a night and kill it and its processes when some sites are read and some are not; gives those read."""
    night = subprocess.Popen(
        office.nightly_command(offset),
        env=office.environment(),
        cwd=ROOT,
        stdout=subprocess.DEVNULL,
        process_group=0,
    )
    before = set(office.data.glob("runs/*-visit"))
    deadline = time.monotonic() + 600
    while len(read := pages_since(office.data, before)) < 3:
        assert night.poll() is None, "the night ended before it could be killed"
        assert time.monotonic() < deadline, "no site was read in ten minutes"
        time.sleep(0.02)
    os.killpg(night.pid, signal.SIGKILL)
    night.wait()
    state = json.loads((office.data / "nightly.json").read_text())
    assert state["as_of"] == str(DAY + timedelta(days=offset))
    return read


def pages_since(data: Path, runs: set[Path]) -> list[str]:
    """Sites whose pages a visit begun since then has written whole."""
    return [path.stem for run in set(data.glob("runs/*-visit")) - runs for path in run.glob("page/*.jsonl*")]


@pytest.fixture(scope="session")
def inspection(tmp_path_factory) -> Iterator[Inspection]:
    """A week of probes and a night, as in the demo; then twice a day of probes and its night."""
    folder = tmp_path_factory.mktemp("whole-line")
    preload()
    with serve(DAY, folder / "web") as web:
        office = Office(web, folder / "data")
        office.data.mkdir()
        office.probe(rounds(DAY, WEEK))
        seen = Inspection(office)
        for offset in NIGHTS:
            if offset == KILLED:
                seen.read_before_the_kill.extend(kill_in_mid_visit(office, offset))
            office.nightly(offset)
            seen.nights.append(read_night(office.data, DAY + timedelta(days=offset)))
            if offset == 0:
                office.recheck(moment("1 10:00", DAY))
                seen.rechecked.update(read_ledger(office.data))
            if offset == 1:
                seen.decided.update(review(office, tmp_path_factory.mktemp("review") / "review.xlsx"))
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
    for offset, night in enumerate(inspection.nights):
        at = moment(f"{offset} 23:00", DAY)
        blocked = {
            site.site_code
            for site in sites()
            if any(fault.kind == "challenge" and fault.stands(at, DAY) for fault in site.faults)
        }
        assert {night.verdicts[code] for code in blocked} == {"unmeasured"}
        assert not {finding for finding in night.findings if finding.site_code in blocked}


FILLED = {
    "list": 'nullif(len("{}"), 0)',
    "dict": 'nullif(cardinality("{}"), 0)',
    "bool": 'nullif("{}", false)',
}
"""Type of a field → what of its column counts as filled; of any other type everything but null."""

ABSENT_HERE = {
    "canary.resolved_to": "our own names lead nobody astray here",
    "page.shown_on": "no page contradicts its own tag (tests/pages/test_read.py)",
    "page.doc_number": "no office here numbers its papers (tests/pages/test_particulars.py)",
    "page.same_as_run": "attachments alone have validators here, and no page is the same to the byte (tests/night/test_plan.py)",
    "section_visit.doubt": "every list here is read as one (tests/spiders/test_lists.py)",
    "section_visit.stand_in": "no address of a section here shows a page in its place (tests/spiders/test_lists.py)",
    "section_visit.unread": "every entry here can be read (tests/spiders/test_lists.py)",
    "link_check.certificate_subject": "no foreign host here speaks TLS (tests/spiders/test_links.py, as for the next two)",
    "link_check.certificate_issuer": "as link_check.certificate_subject",
    "link_check.certificate_from_at": "as link_check.certificate_subject",
    "site_file.strangers": "no file leads engines astray here (tests/pages/tampering/test_site_files.py)",
    "site_file.words": "as site_file.strangers",
    "recheck_result.page_gone": "no page with a fault is taken away before the re-check (tests/analytics/judging/test_recheck.py)",
}
"""Fields that no site of the simulated web ever fills → the reason."""


@pytest.mark.parametrize(("table", "record"), RECORDS.items(), ids=RECORDS)
def test_every_field_of_a_record_arrives_in_the_warehouse(inspection, table, record):
    """A field that is empty in every row of three nights is one that somebody forgot to fill, or to load."""
    filled = {
        name: FILLED.get(getattr(get_origin(kind) or kind, "__name__", ""), '"{}"').format(name)
        for name, kind in get_type_hints(record).items()
    }
    warehouse = (inspection.office.data / "published/latest.duckdb").resolve()
    with duckdb.connect(str(warehouse), read_only=True) as base:
        counted = base.execute(
            f'SELECT {", ".join(f"count({each})" for each in filled.values())} FROM raw."{table}"'
        ).fetchone()
    empty = {f"{table}.{name}" for name, count in zip(filled, counted, strict=True) if not count}

    assert empty == {name for name in ABSENT_HERE if name.startswith(f"{table}.")}


def faults_confessed(inspection, offset: int) -> set[Confessed]:
    """What a night finds and no person has to confirm first: candidates are not in the ledger."""
    return inspection.office.web.confessed(offset) - inspection.nights[offset].candidates


@pytest.mark.parametrize("edition", known_editions())
def test_both_tables_answer_every_row_for_every_site_and_account_and_twice_the_same(
    inspection, tmp_path, edition
):
    day = DAY + timedelta(days=NIGHTS[-1])
    table = load_edition(edition).on(day).indicators
    with Snapshot.open(inspection.office.data) as snapshot:
        first, again = (
            assess(snapshot, edition=edition, as_of=day, out=tmp_path / name) for name in ("first", "again")
        )
        judged, accounts = (snapshot.query(name, as_of=day) for name in ("night_sites", "night_accounts"))
    asked = [
        (site.site_code, row.id)
        for site in judged.itertuples()
        for row in table
        if row.scope == "all" or (row.scope, site.kind) in {("portal", "门户"), ("department", "部门")}
        if site.has_services or not row.needs_services
        if site.level != "部委" or not row.not_ministry
    ]

    def lines(name: str) -> list[dict]:
        return [json.loads(line) for line in (first / f"{name}.jsonl").read_text("utf-8").splitlines()]

    results = lines("indicator_result")
    assert asked == [(row["site_code"], row["indicator_id"]) for row in results]
    assert {row["state"] for row in results} <= {"pass", "fail", "unmeasured", "manual"}
    assert all(row["reason"] for row in results)
    of_accounts, of_apps = (sum(row.scope == scope for row in table) for scope in ("account", "app"))
    apps = int((accounts["kind"] == "移动客户端").sum())
    assert len(accounts) * of_accounts + apps * of_apps == len(lines("account_indicator_result"))
    if edition.startswith("inspection"):
        assert confessed(pd.DataFrame(lines("finding"))) == inspection.office.web.confessed(
            NIGHTS[-1], edition
        )
    assert {path.name: path.read_bytes() for path in first.iterdir()} == {
        path.name: path.read_bytes() for path in again.iterdir()
    }


def test_the_ledger_follows_each_fault_from_night_to_night(inspection):
    first, second, third = (faults_confessed(inspection, offset) for offset in NIGHTS)

    def states(offset: int, faults: set[Confessed]) -> set[str]:
        ledger = inspection.nights[offset].ledger
        return {ledger[fault] for fault in faults}

    hidden = {fault for fault in third & first if fault.site_code == BLOCKED}
    decided = set(inspection.decided)

    assert states(1, second - first) == {"new"}
    assert states(1, second & first) == {"open"}
    assert states(1, first - second - hidden) == {"fixed"}
    assert states(1, hidden) == {"open"}
    assert states(2, (third & first) - second - hidden) == {"reopened"}
    assert states(2, (third & second) - decided | hidden) == {"open"}
    assert states(2, first - second - third) == {"fixed"}
    assert {fault: inspection.nights[2].ledger[fault] for fault in decided} == inspection.decided


def test_a_recheck_mends_what_is_mended_and_nothing_else(inspection):
    first, second, third = (faults_confessed(inspection, offset) for offset in NIGHTS)
    standing = second & first | {fault for fault in third & first if fault.site_code == BLOCKED}
    fixed = {fault for fault in first if inspection.rechecked[fault] == "fixed"}

    assert {fault for fault in first - standing if fault.check_id in ALONE} == fixed
    assert {inspection.rechecked[fault] for fault in first - fixed} == {"new"}
    assert set(inspection.rechecked) == set(inspection.nights[0].ledger)


def test_a_candidate_waits_for_a_person_and_stands_in_no_ledger(inspection):
    checks = {"consult-missing", "reply-overdue", "interpretation-missing", "guide-elements-missing"}
    for night in inspection.nights[:1]:
        assert checks <= {finding.check_id for finding in night.candidates}
        assert not night.candidates & night.ledger.keys()


def test_the_second_circular_speaks_of_what_was_mended(inspection):
    assert "已整改" in inspection.nights[1].circular


def test_no_document_and_no_page_of_the_three_nights_speaks_like_a_machine(inspection):
    pages = [
        path
        for path in (inspection.office.data / "notices").rglob("*.html")
        if not path.stem.endswith("-figures")  # for who doubts a number: its rows and its statement
    ]
    found = {path.name: words for path in pages if (words := unfit(path.read_text("utf-8")))}

    assert len(pages) > 100
    assert {} == found


def test_a_circular_whose_blanks_the_office_has_filled_is_no_draft(inspection):
    for night in inspection.nights:
        assert "岚川市人民政府办公室" in night.circular
        assert "草稿" not in night.circular


def test_figures_hold_all_below_and_a_vertical_unit_counts_where_it_is_led_from(inspection):
    running = [site for site in sites() if site.status != "关停"]
    with Snapshot.open(inspection.office.data) as snapshot:
        assessment_id = snapshot.frame("assessment").sort_values("as_of")["assessment_id"].iloc[-1]
        units, regions = (
            rollup(snapshot, assessment_id, dimension).set_index("member")["running"].to_dict()
            for dimension in ("unit", "region")
        )
        compared = selfcheck.compare(snapshot, assessment_id).set_index("site_code")

    assert len(running) == units[PROVINCE]
    assert len(running) - len(VERTICAL) == units[OFFICE] == regions["341400"]
    assert 2 == units["青檀县人民政府办公室"]
    verdicts = inspection.office.web.verdicts(NIGHTS[-1])
    assert {code for code, verdict in verdicts.items() if verdict == "unqualified"} >= set(
        compared.index[compared["self_machine"] == "milder"]
    )


def test_the_content_plan_says_what_is_missing_and_what_is_thin(inspection):
    with Snapshot.open(inspection.office.data) as snapshot:
        assessment_id = snapshot.frame("assessment").sort_values("as_of")["assessment_id"].iloc[-1]
        plan = content_plan.plan(snapshot, assessment_id)

    assert {
        ("3414009001", "政府文件", "kept"),
        ("3414009001", "政策解读", "thin"),
        ("3414009009", "统计信息", "missing"),
        ("3414009010", "规划计划", "missing"),
    } <= set(zip(plan["site_code"], plan["section_name"], plan["state"], strict=True))


def test_a_portal_adopted_what_its_articles_name(inspection):
    with Snapshot.open(inspection.office.data) as snapshot:
        assessment_id = snapshot.frame("assessment").sort_values("as_of")["assessment_id"].iloc[-1]
        adopted = (
            content_plan.adoption(snapshot, assessment_id)
            .set_index(["unit", "month"])["adopted"]
            .dropna()
            .to_dict()
        )
    portal = next(site for site in sites() if site.slug == "portal")
    view = View(portal, STYLES[portal.style], DAY, moment(f"{NIGHTS[-1]} 23:00", DAY))
    owners = {"岚川市教育局": "岚川市教育局", "市水务局": "岚川市水务局", "市农委": "岚川市农业农村局"}
    named = Counter(
        (owners[view.source(entry)], f"{entry.day:%Y-%m}")
        for entry in view.entries(portal.section("部门动态"))
        if view.source(entry) in owners
    )

    assert len(named) >= len(owners)
    assert named == {key: adopted[key] for key in named}


def test_the_second_night_was_killed_and_taken_up(inspection):
    """That it ended as if nothing had been is what all other tests of the second night say."""
    begun, visited = len(inspection.read_before_the_kill), len(inspection.nights[KILLED].verdicts)
    assert 3 <= begun < visited
    with Snapshot.open(inspection.office.data) as snapshot:
        runs = snapshot.frame("run")
    visits = runs[
        (runs["kind"] == "visit") & (runs["as_of"].astype(str) == str(DAY + timedelta(days=KILLED)))
    ]
    assert 1 == len(visits)


def test_a_first_night_burdens_its_hosts_as_little_as_it_may(inspection):
    with Snapshot.open(inspection.office.data) as snapshot:
        night = snapshot.query("courtesy_of_night", as_of=DAY).sum(numeric_only=True)

    assert night["existing_pages"] > 1000
    assert (night["page_requests"] - night["second_attempts"]) / night["existing_pages"] <= 1.10
    assert night["repeats"] <= 0.02 * night["page_requests"]
    assert night["into_traps"] <= 0.01 * night["page_requests"]
