"""Writes the folders a crawl and an assessment leave behind, with the product's own writers where they exist."""

import hashlib
import shutil
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import cache
from pathlib import Path

import orjson
import pytest

from govcrawl.records import runs
from govcrawl.records.items import Attempt, Entry, Link, LinkCheck, Page, Probe, SectionVisit, SiteVisit
from govcrawl.registry import Account, Registry, Section, Site, Ticket, store_registry
from govcrawl.warehouse import connection as connections
from govcrawl.warehouse import schema
from govcrawl.warehouse.connection import open_database
from govcrawl.warehouse.load import WAREHOUSE
from govcrawl.warehouse.publish import LATEST, PUBLISHED
from govcrawl.warehouse.snapshot import Snapshot

TODAY = date(2026, 11, 22)
SMALL_BLOCK = 1 << 14  # bytes; a tenth of the file's size by DuckDB's own
PORTAL, BUREAU = "6500000001", "6500000002"
HOME = {PORTAL: "http://www.lanchuan.gov.cn/", BUREAU: "http://jtj.lanchuan.gov.cn/"}
NEWS = f"{HOME[PORTAL]}dtyw/"
NOTICES = f"{HOME[PORTAL]}tzgg/"

REGISTRY = Registry(
    sites=(
        Site(PORTAL, "岚川市人民政府", HOME[PORTAL], "岚川市人民政府办公室", "650000", "市", "门户"),
        Site(BUREAU, "岚川市交通局", HOME[BUREAU], "岚川市交通局", "650000", "市", "部门"),
    ),
    sections=(
        Section(PORTAL, "动态要闻", NEWS, "动态要闻"),
        Section(PORTAL, "通知公告", NOTICES, "通知公告", "二级", 90),
    ),
    accounts=(Account("wx-1", "微信", "岚川发布", last_post_on=date(2026, 11, 1)),),
    tickets=(Ticket("T1", PORTAL, "2026-11-01T02:00:00.000000"),),
)


def instant(day: date, hour: int = 2) -> datetime:
    return datetime(day.year, day.month, day.day, hour, tzinfo=UTC)


def iso(day: date, hour: int = 2) -> str:
    return f"{day.isoformat()}T{hour:02}:00:00.000000"


def page(site: str, path: str = "", **facts) -> Page:
    given = {
        "site_code": site,
        "url": HOME[site] + path,
        "final_url": HOME[site] + path,
        "status": 200,
        "outcome": "ok",
        "fetched_at": iso(TODAY),
        "elapsed_s": 0.3,
        "depth": 1 if path else 0,
        "kind": "article" if path else "home",
    }
    return Page(**(given | facts))


def probe(site: str, probed_at: str, outcome: str = "ok", purpose: str = "round") -> Probe:
    status = 200 if outcome == "ok" else None
    return Probe(site, HOME[site], probed_at, purpose, outcome, status, 0.4, HOME[site])


def section_visit(url: str = NEWS, name: str = "动态要闻", **facts) -> SectionVisit:
    given = {
        "site_code": PORTAL,
        "section_name": name,
        "section_url": url,
        "outcome": "ok",
        "status": 200,
        "final_url": url,
        "fetched_at": iso(TODAY),
        "pages_read": 1,
        "complete": True,
    }
    return SectionVisit(**(given | facts))


def site_visit(site: str, finish_reason: str = "finished") -> SiteVisit:
    reached = finish_reason != "home_unreachable"
    return SiteVisit(
        site_code=site,
        started_at=iso(TODAY),
        finished_at=iso(TODAY, 3),
        home_outcome="ok" if reached else "timeout",
        robots="absent",
        finish_reason=finish_reason,
        requests=3,
        pages=2,
        size_bytes=9000,
        rendered=0,
        not_visited={} if finish_reason == "finished" else {"max_pages": 4},
    )


def link_check(url: str, outcome: str = "not_found", status: int | None = 404) -> LinkCheck:
    tries = [Attempt(iso(TODAY, hour), "GET", outcome, status, 0.2, url, "text/html", 120) for hour in (3, 9)]
    return LinkCheck(url, outcome, status, outcome != "ok", tries)


@cache
def empty_warehouse() -> bytes:
    """A warehouse with all tables and views, and no row; of small blocks, for each test writes a copy of it or two."""
    with tempfile.TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patched:
        patched.setitem(connections._CONFIG, "default_block_size", str(SMALL_BLOCK))
        path = Path(folder) / WAREHOUSE
        with open_database(path) as connection:
            schema.prepare(connection)
        return path.read_bytes()


def shown(data: Path, stamp: datetime) -> Snapshot:
    """Put a copy of the warehouse where readers find it, and open it.

    `publish` would hold it against the copy before and read each of its rows, which many tests need not pay for.
    """
    name = f"{stamp:%Y%m%dT%H%M%SZ}.duckdb"
    (data / PUBLISHED).mkdir(exist_ok=True)
    shutil.copyfile(data / WAREHOUSE, data / PUBLISHED / name)
    latest = data / PUBLISHED / LATEST
    latest.unlink(missing_ok=True)
    latest.symlink_to(name)
    return Snapshot.open(data)


FAILED = {PORTAL: "unqualified", BUREAU: "unmeasured"}


@dataclass
class Folders:
    """A data directory under construction."""

    data: Path
    registry: Registry = REGISTRY

    def __post_init__(self) -> None:
        """Put an empty warehouse there, so that not every test makes its tables anew."""
        path = self.data / WAREHOUSE
        if not path.exists():
            self.data.mkdir(parents=True, exist_ok=True)
            path.write_bytes(empty_warehouse())

    def run(
        self, kind: str, *records: object, day: date = TODAY, hour: int = 2, seal: bool = True, **plan
    ) -> str:
        """One run of one task; returns its run_id."""
        sha256 = store_registry(self.registry, self.data / "registries")
        run = runs.create_run(
            self.data,
            kind=kind,
            as_of=day,
            registry_sha256=sha256,
            tasks=["all"],
            started_at=instant(day, hour),
            **plan,
        )
        writer = run.writer("all")
        for record in records:
            writer.write(record)
        writer.finish()
        if seal:
            run.seal("finished", instant(day, hour) + timedelta(minutes=30))
        return run.plan.run_id

    def folder(self, run_id: str) -> Path:
        return self.data / "runs" / run_id

    def assessment(
        self,
        snapshot: str,
        day: date = TODAY,
        *,
        state: str = "new",
        run_id: str | None = None,
        verdicts: Mapping[str, str] = FAILED,
    ) -> str:
        """One assessment with one dead link on the portal; returns its assessment_id."""
        assessment_id = f"{day:%Y%m%d}-inspection-2019"
        fault = {
            "finding_key": "k1",
            "site_code": PORTAL,
            "check_id": "link-dead",
            "subject_url": f"{NEWS}gone.html",
        }
        measured = {
            "entries": 3,
            "undated": 1,
            "undated_share": 0.25,
            "median_gap_days": 2.0,
            "longest_gap_days": 4,
        }
        tables = {
            "finding": [
                {
                    **fault,
                    "state": "found",
                    "origin_url": NEWS,
                    "observed": "404",
                    "expected": "可访问",
                    "evidence": "{}",
                    "run_id": run_id,
                    "indicator_id": None,
                }
            ],
            "site_result": [
                {
                    "site_code": code,
                    "verdict": verdict,
                    "score": None,
                    "vetoes": ["1-1"] if verdict == "unqualified" else [],
                }
                for code, verdict in verdicts.items()
            ],
            "indicator_result": [
                {
                    "site_code": PORTAL,
                    "indicator_id": "1-1",
                    "state": "fail",
                    "points": None,
                    "max_points": None,
                    "count": 1,
                    "reason": "不可用",
                }
            ],
            "section_frequency": [
                {
                    "site_code": PORTAL,
                    "section_name": "动态要闻",
                    "section_url": NEWS,
                    "class": "动态要闻",
                    "run_id": None,
                    "term_days": 14,
                    **measured,
                    "idle_days": 2,
                    "last_entry_on": "2026-11-20",
                    "next_due_on": "2026-12-04",
                }
            ],
            "ledger": [
                {
                    **fault,
                    "state": state,
                    "first_seen_on": "2026-11-20",
                    "last_seen_on": day.isoformat(),
                    "fixed_on": None,
                    "notified_in": None,
                    "due_on": None,
                }
            ],
        }
        folder = self.data / "assessments" / assessment_id
        folder.mkdir(parents=True)
        files = []
        for table, rows in tables.items():
            content = b"".join(orjson.dumps(row) + b"\n" for row in rows)
            (folder / f"{table}.jsonl").write_bytes(content)
            files.append(
                {"path": f"{table}.jsonl", "rows": len(rows), "sha256": hashlib.sha256(content).hexdigest()}
            )
        manifest = {
            "assessment_id": assessment_id,
            "as_of": day.isoformat(),
            "edition": "inspection-2019",
            "edition_sha256": "e" * 64,
            "overlay": None,
            "snapshot": snapshot,
            "created_at": iso(day, 5),
            "code_version": "0.1.0",
            "runs": [],
            "files": files,
        }
        (folder / "assessment.json").write_bytes(orjson.dumps(manifest))
        return assessment_id

    def night(self, day: date = TODAY) -> dict[str, str]:
        """A small night of every kind; returns kind → run_id."""
        entry, gone = f"{NEWS}a.html", f"{NEWS}gone.html"
        stamp = iso(day, 1)
        made = {
            "availability": self.run(
                "availability",
                probe(PORTAL, stamp),
                probe(BUREAU, stamp, "timeout"),
                day=day,
                hour=1,
                purpose="round",
            ),
            "sections": self.run(
                "sections",
                section_visit(
                    entries=[
                        Entry("岚川市召开会议", entry, "2026-11-20", "list"),
                        Entry("关于放假的通知", f"{NEWS}b.html"),
                        Entry("明年的事", f"{NEWS}c.html", "2027-01-01", "list"),
                    ]
                ),
                section_visit(
                    NOTICES, "通知公告", outcome="timeout", status=None, pages_read=0, complete=False
                ),
                site_visit(PORTAL),
                site_visit(BUREAU, "home_unreachable"),
                day=day,
            ),
            "site": self.run(
                "site",
                page(
                    PORTAL,
                    entries=[Entry("岚川市召开会议", entry), Entry("未注明日期", f"{NEWS}b.html")],
                    new_links=[
                        Link(entry, "page", "岚川市召开会议"),
                        Link(gone, "page", "已失效"),
                        Link("http://10.1.2.3/oa", "page", "办公系统", wrong="intranet", internal=False),
                        Link("http://www.example.com/x", "page", "外部", internal=False),
                    ],
                    link_nos=[0, 1, 2, 3],
                    tags={"SiteName": "岚川市人民政府"},
                ),
                page(
                    PORTAL,
                    "dtyw/a.html",
                    published_at="2026-11-20T10:08",
                    date_origin="tag",
                    first_link_no=4,
                    new_links=[Link(f"{HOME[PORTAL]}a.pdf", "attachment", "附件")],
                    link_nos=[1, 4],
                ),
                page(PORTAL, "dtyw/gone.html", status=404, outcome="not_found"),
                page(BUREAU, status=None, outcome="timeout", final_url=None),
                site_visit(PORTAL),
                site_visit(BUREAU, "home_unreachable"),
                day=day,
                hour=3,
            ),
        }
        made["links"] = self.run(
            "links",
            link_check(gone),
            link_check("http://www.example.com/x", "ok", 200),
            day=day,
            hour=4,
            of_run=made["site"],
        )
        return made
