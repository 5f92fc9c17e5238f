"""A small prefecture judged on two days, through the real warehouse: one sound site, one unreachable, one blocked."""

import shutil
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta

import pytest

from analytics.judging.assess import assess
from analytics.notices.catalogue import DOCUMENT_KINDS
from analytics.notices.write import NoticeSet, write_notices
from govcrawl.records.items import Entry, Link
from govcrawl.registry import Account, Registry, Section, Site, Submission, Ticket, Unit
from govcrawl.warehouse.load import load_all
from govcrawl.warehouse.publish import publish
from govcrawl.warehouse.snapshot import Snapshot
from tests.notices import golden
from tests.warehouse import folders
from tests.warehouse.folders import BUREAU, HOME, NEWS, PORTAL, TODAY, Folders

WALLED = "6500000003"
HOSTILE = "岚川<script>window.hacked=1</script>{{7*7}}局\u202e"
FORMULA = "=cmd|'/C calc'!A0 防护局"
HOME.setdefault(WALLED, "http://wall.lanchuan.gov.cn/")
GONE = f'{HOME[PORTAL]}old/"><script>window.hacked=2</script>.html'

REGISTRY = Registry(
    sites=(
        Site(PORTAL, "岚川市人民政府", HOME[PORTAL], "岚川市人民政府办公室", "650000", "市", "门户"),
        Site(BUREAU, HOSTILE + "长" * 10_000, HOME[BUREAU], HOSTILE, "650000", "市", "部门"),
        Site(WALLED, "岚川市防护局", HOME[WALLED], FORMULA, "650000", "县", "部门"),
    ),
    sections=(Section(PORTAL, "动态要闻", NEWS, "动态要闻"),),
)

OFFICE = "岚川市人民政府办公室"
PREFECTURE = Registry(
    sites=(
        Site(PORTAL, "岚川市人民政府", HOME[PORTAL], OFFICE, "341400", "市", "门户"),
        Site(BUREAU, "岚川市交通局", HOME[BUREAU], "岚川市交通局", "341400", "市", "部门"),
        Site(WALLED, "青檀县人民政府", HOME[WALLED], "青檀县人民政府办公室", "341421", "县", "门户"),
        Site(
            "6500000009", "岚川市旧网", "http://old.lanchuan.gov.cn/", OFFICE, "341400", "市", "部门", "关停"
        ),
    ),
    sections=(Section(PORTAL, "动态要闻", NEWS, "动态要闻"),),
    units=(
        Unit("省人民政府办公厅"),
        Unit(OFFICE, "省人民政府办公厅", "341400"),
        Unit("岚川市交通局", "省人民政府办公厅", "341400", vertical=True, mail="jt@lanchuan.example"),
        Unit("青檀县人民政府办公室", OFFICE, "341421"),
    ),
    accounts=(
        Account("wx-1", "微信", "岚川发布", OFFICE, last_post_on=TODAY - timedelta(days=2)),
        Account("dy-1", "抖音", "岚川交通", "岚川市交通局", last_post_on=TODAY - timedelta(days=60)),
        Account("wb-1", "微博", "岚川公安", "岚川市公安局", last_post_on=TODAY - timedelta(days=90)),
    ),
    tickets=(
        Ticket("T1", PORTAL, f"{TODAY - timedelta(days=40)}T02:00:00.000000"),
        Ticket("T2", PORTAL, f"{TODAY - timedelta(days=1)}T02:00:00.000000"),
        Ticket("T3", BUREAU, f"{TODAY - timedelta(days=50)}T02:00:00.000000", f"{TODAY}T02:00:00.000000"),
    ),
    submissions=(Submission(OFFICE, "2026-10", 12), Submission("岚川市交通局", "2026-10", 5)),
)


@dataclass
class Judged:
    data: object
    assessments: list[str]
    notices: list[NoticeSet]


def _week(day: date) -> list[object]:
    """140 rounds a site: the portal always opens, the bureau fails 7 times, the third is walled off."""
    rounds = []
    for number in range(140):
        at = datetime(day.year, day.month, day.day, tzinfo=UTC) - timedelta(
            days=7 - number // 20, minutes=-(number % 20) * 30
        )
        stamp = at.replace(tzinfo=None).isoformat(timespec="microseconds")
        rounds += [
            folders.probe(PORTAL, stamp),
            folders.probe(BUREAU, stamp, "timeout" if number % 20 == 3 else "ok"),
            folders.probe(WALLED, stamp, "blocked"),
        ]
    return rounds


def _night(made: Folders, day: date, *, mended: bool) -> str:
    entry = Entry("今日要闻", f"{NEWS}1.html", (day - timedelta(days=1)).isoformat(), "list")
    links = [Link(GONE, "page", "旧闻")]
    made.run("availability", *_week(day), day=day, hour=1, purpose="round")
    made.run(
        "sections",
        folders.section_visit(entries=[entry]),
        *(replace(folders.site_visit(code), site_code=code) for code in (PORTAL, BUREAU)),
        folders.site_visit(WALLED, "home_unreachable"),
        day=day,
        hour=2,
    )
    reached = [
        folders.page(PORTAL, kind="home", entries=[entry], new_links=links, link_nos=[0]),
        folders.page(BUREAU, kind="home", entries=[entry]),
        folders.page(WALLED, kind=None, outcome="blocked", status=412),
    ]
    visits = [folders.site_visit(code) for code in (PORTAL, BUREAU)]
    site_run = made.run(
        "site", *reached, *visits, folders.site_visit(WALLED, "home_unreachable"), day=day, hour=3
    )
    check = folders.link_check(GONE, "ok", 200) if mended else folders.link_check(GONE)
    made.run("links", check, day=day, hour=4, of_run=site_run)
    return _judge(made.data, day)


def _judge(data, day: date) -> str:
    load_all(data)
    publish(data, folders.instant(day, 5))
    with Snapshot.open(data) as snapshot:
        folder = assess(snapshot, edition="inspection-2019", as_of=day, out=data / "assessments")
    load_all(data)
    publish(data, folders.instant(day, 6))
    return folder.name


def judge_two_days(data, registry: Registry = REGISTRY, documents: tuple[str, ...] = ()) -> Judged:
    """The prefecture judged twice, and the documents of every night, or those named, written for both days."""
    made = Folders(data, registry)
    first = _night(made, TODAY - timedelta(days=1), mended=False)
    notices = [write_notices(data, first, documents=documents)]
    second = _night(made, TODAY, mended=True)
    notices.append(write_notices(data, second, documents=documents))
    return Judged(data, [first, second], notices)


@pytest.fixture(scope="session")
def judged(tmp_path_factory) -> Judged:
    return judge_two_days(tmp_path_factory.mktemp("data"))


@pytest.fixture
def office(judged, tmp_path):
    """A data directory of our own to issue from."""
    data = tmp_path / "data"
    shutil.copytree(judged.data, data, symlinks=True, ignore=shutil.ignore_patterns("notices", "issued"))
    return data, judged.assessments


@pytest.fixture(scope="session")
def prefecture(tmp_path_factory) -> tuple[Judged, NoticeSet]:
    """Two nights of a prefecture with accounts, tickets, a vertical unit and a superior, and every kind of document."""
    judged = judge_two_days(tmp_path_factory.mktemp("prefecture"), PREFECTURE, ("circular",))
    campaign = replace(golden.CAMPAIGN, documents=())
    kinds = [kind.stem for kind in DOCUMENT_KINDS if kind.stem != "content_report"]
    written = write_notices(judged.data, judged.assessments[1], campaign, documents=kinds)
    return judged, written
