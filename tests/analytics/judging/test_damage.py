"""Sound and failing sites whose pages are damaged at random, from their markup to the verdict and the ledger.

Every page is read by the product's own reader, so that what a damaged page seems to lack is what it would seem to lack in a
crawl. Whatever the damage, an answer moves towards unmeasured or awaiting only. The seed is drawn anew; a failure names it.
"""

from __future__ import annotations

import logging
import random
import re
from collections import Counter
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import TYPE_CHECKING

import orjson
import pytest

from analytics.judging.assess import assess
from govcrawl.pages.dates.date_reader import DateReader
from govcrawl.pages.links.on_page import LinkMemo
from govcrawl.pages.read import read_page
from govcrawl.records.items import Page, PageFacts, Probe, SiteVisit, carried
from govcrawl.records.outcomes import Outcome
from govcrawl.registry import Registry, Section, Site
from govcrawl.spiders.lists import Reading
from govcrawl.spiders.reading import seen_as
from tests.warehouse.folders import TODAY, Folders, instant, iso, link_check

if TYPE_CHECKING:
    from collections.abc import Callable

    from govcrawl.pages.read import PageRead
    from govcrawl.records.items import Link

logger = logging.getLogger(__name__)

SECTIONS = (("dtyw", "动态要闻"), *((f"tz{number}", "通知公告") for number in range(6)))
ROWS = 4
READ = 2  # articles of a section that are read
TEXT = (
    "<p>现将有关事项通知如下，请各科室、各下属单位认真贯彻执行，并于月底前将落实情况报送办公室汇总。</p>" * 4
)
HEAD = (
    '<html><head><meta charset=utf-8><title>{title}</title><meta name="SiteName" content="云汀市某局"><meta name="SiteDomain" content="x">'
    '<meta name="SiteIDCode" content="{code}">{tags}</head><body><div class=nav><a href=/>首页</a><a href=/dtyw/>动态要闻</a><a href=/tz0/>通知公告</a></div>'
)
FOOT = (
    "<div class=foot><a href=/zt/gone.html>专题专栏</a><p>主办单位：云汀市某局 网站标识码：{code}</p><p>云ICP备09000001号 云公网安备99010002000001号 联系电话：0999-1234567</p>"
    '<a href="http://bszs.conac.cn/sitename?method=show"><img src=/red.png></a><a href="http://pucha.kaipuyun.cn/exposure/jiucuo.html">找错</a></div></body></html>'
)
KINDS = ("sound", "home stale", "blank sections", "stale sections")
SITES_A_KIND = 6


@dataclass
class Town:
    """One site: its registry row, and how old its newest entries are."""

    number: int
    kind: str
    numbers: dict[str, int] = field(default_factory=dict)

    @property
    def code(self) -> str:
        return f"33010000{self.number:02}"

    @property
    def home(self) -> str:
        return f"http://www.town{self.number}.gov.cn/"

    def rows(self, folder: str) -> list[tuple[str, str, date]]:
        """Address, title and day of the entries of a section."""
        if self.kind == "blank sections" and folder != "dtyw":
            return []
        old = self.kind == "home stale" or (self.kind == "stale sections" and folder != "dtyw")
        newest = TODAY - timedelta(days=400 if old else 2)
        return [
            (
                f"/{folder}/a{n}.html",
                f"云汀市某局关于第{n}号{folder}事项办理情况的通知",
                newest - timedelta(days=3 * n),
            )
            for n in range(ROWS)
        ]

    def pages(self) -> dict[str, str]:
        """Path → markup, of which the last section's list prints no dates."""
        lists = {folder: self.rows(folder) for folder, _ in SECTIONS}
        shown = [row for rows in lists.values() for row in rows[:2]]
        pages = {"/": self._page("云汀市某局", f"<div class=m>{_list(shown)}</div>")}
        for folder, rows in lists.items():
            pages[f"/{folder}/"] = self._page(
                "栏目",
                f"<h2>栏目</h2>{_list(rows, dated=folder != 'tz5')}",
                '<meta name="ColumnName" content="栏目"><meta name="ColumnType" content="通知公告">',
            )
            for path, title, day in rows[:READ] if folder != "tz5" else rows:
                tags = (
                    f'<meta name="ArticleTitle" content="{title}"><meta name="ContentSource" content="某局">'
                )
                pages[path] = self._page(
                    title, f"<h1>{title}</h1><p>发布时间：{day}</p><div class=c>{TEXT}</div>", tags
                )
        return pages

    def _page(self, title: str, body: str, tags: str = "") -> str:
        return HEAD.format(title=title, code=self.code, tags=tags) + body + FOOT.format(code=self.code)


def _list(rows: list[tuple[str, str, date]], *, dated: bool = True) -> str:
    lines = (
        f"<li><a href={path}>{title}</a>{f'<span>{day}</span>' if dated else ''}</li>"
        for path, title, day in rows
    )
    return f"<div class=list><ul>{''.join(lines)}</ul></div>"


def _words(dice: random.Random) -> str:
    return "".join(chr(dice.randrange(0x4E00, 0x9FA5)) for _ in range(dice.randrange(3, 9)))


def _cut(markup: str, dice: random.Random) -> str:
    """The page as far as it came: within a tag."""
    tags = [found.start() for found in re.finditer("<", markup)]
    return markup[: dice.choice(tags) + 2]


def _rows_by_script(markup: str, _: random.Random) -> str:
    return re.sub(r"<a href=(/\w+/a\S+?)>(.*?)</a>", r"<a onclick=open('\1')>\2</a>", markup)


def _other_label(markup: str, dice: random.Random) -> str:
    return (
        markup.replace("发布时间", _words(dice))
        .replace("主办单位", _words(dice))
        .replace("联系电话", _words(dice))
    )


def _other_order(markup: str, _: random.Random) -> str:
    """The blocks of the page from the last to the first."""
    head, _, body = markup.partition("<body>")
    blocks = re.split(r"(?=<div class=(?:nav|m|list|c|foot)>|<h[12]>)", body.removesuffix("</body></html>"))
    return f"{head}<body>{''.join(reversed(blocks))}</body></html>"


def _written(markup: str, _: random.Random) -> str:
    head, _, body = markup.partition("<body>")
    return f"{head}<body><script>document.write({orjson.dumps(body).decode()})</script></body>"


DAMAGE: dict[str, Callable[[str, random.Random], str]] = {
    "none": lambda markup, _: markup,
    "blank": lambda _, __: "<html><body>\n</body></html>",
    "empty shell": lambda _, __: "<html><body><div id=app></div><script type=module src=/app.js></script></body></html>",
    "challenge": lambda _, dice: f"<p>{_words(dice) * 9}</p><script src=/c.js></script>",
    "asks for patience": lambda _, dice: f"<h1>{_words(dice)}</h1><p>{_words(dice) * 30}</p><script>{_words(dice)}</script>",
    "frames": lambda _, __: "<html><frameset cols=200,*><frame src=/m.html><frame src=/n.html></frameset></html>",
    "cut": _cut,
    "other labels": _other_label,
    "rows by script": _rows_by_script,
    "written by script": _written,
    "hidden": lambda markup, _: markup.replace("<body>", "<body><div style='display:none'>") + "<script src=/s.js></script>",
    "other order": _other_order,
    "another file": lambda _, __: "%PDF-1.4",
}  # fmt: skip


def visited(town: Town, day: date, dice: random.Random | None, dealt: Counter[str]) -> list[object]:
    """The records of a visit of a site, each page damaged as the dice say."""
    town.numbers.clear()
    records: list[object] = []
    share = dice.choice((0.05, 0.3, 1.0)) if dice else 0.0
    reads: dict[str, PageRead] = {}
    for path, markup in town.pages().items():
        damage = dice.choice(sorted(DAMAGE)) if dice and dice.random() < share else "none"
        dealt[damage] += 1
        body = markup if damage == "none" or dice is None else DAMAGE[damage](markup, dice)
        kind = "home" if path == "/" else "section" if path.endswith("/") else None
        read = read_page(body.encode(), town.home[:-1] + path, as_of=day, memo=LinkMemo(town.home), kind_hint=kind, is_entry=kind is None)  # fmt: skip
        reads[path] = read
        records.append(_page(town, path, read, day))
    for section in sections(town):
        read = reads[section.url.removeprefix(town.home[:-1])]
        reading = Reading(section, day - timedelta(days=180), DateReader(day), outcome=seen_as(read))
        if read.read_state == "read":
            reading.add(read.entries)
            reading.complete, reading.doubt = True, read.doubts.get("entries")
        for entry in reading.entries.values():
            own = reads.get(entry.url.removeprefix(town.home[:-1]))
            if own is not None and own.published_at and own.date_origin != "url":
                reading.learn_date(entry, own.published_at, own.date_origin)
        records.append(reading.record(town.code, iso(day)))
    home = seen_as(reads["/"])
    unread = Counter(str(read.read_state) for read in reads.values() if read.read_state != "read")
    reason = "finished" if home in (Outcome.OK, Outcome.EMPTY) else "home_unreachable"
    records.append(SiteVisit(site_code=town.code, started_at=iso(day), finished_at=iso(day, 3), home_outcome=home, robots="absent", finish_reason=reason, requests=9, pages=len(reads), size_bytes=9, rendered=0, not_visited=dict(unread)))  # fmt: skip
    return records


def _page(town: Town, path: str, read: PageRead, day: date) -> Page:
    new: list[Link] = [link for link in read.links if link.url not in town.numbers]
    for link in new:
        town.numbers[link.url] = len(town.numbers)
    url = town.home[:-1] + path
    return Page(**carried(read, PageFacts), site_code=town.code, url=url, final_url=url, status=200, outcome="ok", fetched_at=iso(day), elapsed_s=0.1, depth=path.count("/") - (path == "/"), entries=read.entries, new_links=new, link_nos=[town.numbers[link.url] for link in read.links])  # fmt: skip


def sections(town: Town) -> list[Section]:
    return [Section(town.code, folder, f"{town.home}{folder}/", name, "一级") for folder, name in SECTIONS]


def night(
    folders: Folders, towns: list[Town], day: date, dice: random.Random | None, dealt: Counter[str]
) -> None:
    records = [record for town in towns for record in visited(town, day, dice, dealt)]
    visit = folders.run("visit", *records, day=day)
    gone = [link_check(f"{town.home}zt/gone.html") for town in towns]
    folders.run("links", *gone, day=day, hour=4, of_run=visit)


def rows(folder, name: str) -> list[dict]:
    return [orjson.loads(line) for line in (folder / f"{name}.jsonl").read_bytes().splitlines()]


@pytest.fixture
def towns() -> list[Town]:
    return [Town(number, kind) for number, kind in enumerate(KINDS * SITES_A_KIND)]


def test_damage_moves_an_answer_towards_unmeasured_or_awaiting_only(towns, published, folders):
    seed = random.randrange(10**6)
    dice, dealt = random.Random(seed), Counter[str]()
    folders.registry = Registry(
        sites=tuple(Site(town.code, f"某局{town.number}", town.home, "某局", "330100", "市", "部门", has_services=False) for town in towns),
        sections=tuple(section for town in towns for section in sections(town)),
    )  # fmt: skip
    moments = [
        instant(TODAY - timedelta(days=back), hour) + timedelta(minutes=step)
        for back in range(8)
        for hour in range(1, 15)
        for step in (0, 30)
    ]
    probes = [
        Probe(town.code, town.home, f"{at:%Y-%m-%dT%H:%M:%S.000000}", "round", "ok", 200, 0.4, town.home)
        for town in towns
        for at in moments
    ]
    folders.run("availability", *probes, day=TODAY - timedelta(days=1), hour=1, purpose="round")
    out = folders.data / "assessments"
    night(folders, towns, TODAY, None, Counter())
    first = assess(published(), edition="inspection-2019", as_of=TODAY, out=out)
    whole = {row["site_code"]: row["verdict"] for row in rows(first, "site_result")}
    assert {"sound": "qualified", **dict.fromkeys(KINDS[1:], "unqualified")} == {
        town.kind: whole[town.code] for town in towns
    }

    night(folders, towns, TODAY + timedelta(days=1), dice, dealt)
    second = assess(published(), edition="inspection-2019", as_of=TODAY + timedelta(days=1), out=out)
    after = {row["site_code"]: row["verdict"] for row in rows(second, "site_result")}
    mended = [row for row in rows(second, "ledger") if row["state"] == "fixed"]
    counts = Counter((town.kind, after[town.code]) for town in towns)
    logger.info(
        "seed %d; pages %s; verdicts %s; faults %d, fixed %d",
        *(seed, dict(dealt), dict(counts), len(rows(second, "ledger")), len(mended)),
    )
    assert {verdict for (kind, verdict) in counts if kind == "sound"} <= {"qualified", "unmeasured"}, seed
    assert {verdict for (kind, verdict) in counts if kind != "sound"} <= {"unqualified", "unmeasured"}, seed
    assert mended == [], seed
