"""What a site is and what it confesses: `sites/<slug>/site.toml` read into plain values.

Days are offsets from the settable day: 0 is the first night, 1 the night after, −7 … −1 the week of probes
before it. A moment is written `"-3 08:00"`: 08:00 Asia/Shanghai on day −3.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from functools import cache
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

SHANGHAI = ZoneInfo("Asia/Shanghai")
SITES = Path(__file__).parent / "sites"
FOREVER = ("-10000 00:00", "10000 00:00")
NIGHTS = (0, 1, 2)


def moment(text: str, day: date) -> datetime:
    """`"-3 08:00"` beside the settable day, as an instant."""
    offset, clock = text.split()
    return datetime.combine(day + timedelta(days=int(offset)), time.fromisoformat(clock), SHANGHAI)


def night(offset: int, day: date) -> datetime:
    """The instant at which the nightly inspection of a day looks at the web: an hour before midnight."""
    return moment(f"{offset} 23:00", day)


@dataclass(frozen=True, slots=True)
class Section:
    """A registered section: its entries stand `every` days apart, the newest of night 0 `newest` days old."""

    name: str
    path: str
    section_class: str
    newest: int = 1
    every: int = 3
    count: int = 5
    rank: str = "一级"
    update_days: int | None = None
    dates: str = "list"  # list: printed in the list; article: only on the page
    on_home: bool = True
    sources: tuple[str, ...] = ()  # whom its articles name in turn as their source, else the site's unit
    required: bool = False
    min_entries: int | None = None


@dataclass(frozen=True, slots=True)
class Expected:
    """Findings a fault must produce: one for each subject, on the nights named."""

    check: str
    subjects: tuple[str, ...]
    nights: tuple[int, ...] | None = None  # None: the nights on which the fault stands


@dataclass(frozen=True, slots=True)
class Fault:
    """Something wrong with a site while one of its spans lasts. What `options` mean is told in `faults`."""

    kind: str
    spans: tuple[tuple[str, str], ...]
    finds: tuple[Expected, ...]
    options: dict[str, Any] = field(default_factory=dict)

    def stands(self, at: datetime, day: date) -> bool:
        return any(moment(start, day) <= at < moment(end, day) for start, end in self.spans)


@dataclass(frozen=True, slots=True)
class Site:
    slug: str
    site_code: str
    name: str
    home_url: str
    unit: str
    region_code: str
    level: str
    kind: str
    style: str
    charset: str
    render: str
    status: str
    has_services: bool
    robots: str  # as served: a body, or "404", "503"
    pubdate: bool  # the articles print their date in the tags
    label: str  # how the articles print their date for readers
    sections: tuple[Section, ...]
    faults: tuple[Fault, ...]
    verdicts: tuple[str, ...]  # one a night
    ipv6: bool = False  # the resolve file names an address of IPv6 as well

    @property
    def host(self) -> str:
        return self.home_url.split("//")[1].strip("/")

    @property
    def scheme(self) -> str:
        return self.home_url.split(":")[0]

    def section(self, name: str) -> Section:
        return next(section for section in self.sections if section.name == name)


def _spans(fault: dict[str, Any]) -> tuple[tuple[str, str], ...]:
    if days := fault.pop("days", None):
        return tuple((f"{day} 00:00", f"{day + 1} 00:00") for day in days)
    return tuple((start, end) for start, end in fault.pop("spans", [FOREVER]))


def _expected(found: dict[str, Any]) -> Expected:
    subjects = found["subject"]
    nights = found.get("nights")
    return Expected(
        check=found["check"],
        subjects=(subjects,) if isinstance(subjects, str) else tuple(subjects),
        nights=None if nights is None else tuple(nights),
    )


def _fault(raw: dict[str, Any]) -> Fault:
    rest = dict(raw)
    return Fault(
        kind=rest.pop("kind"),
        spans=_spans(rest),
        finds=tuple(_expected(found) for found in rest.pop("finds", [])),
        options=rest,
    )


def _section(raw: dict[str, Any]) -> Section:
    rest = dict(raw)
    return Section(section_class=rest.pop("class"), sources=tuple(rest.pop("sources", ())), **rest)


def _site(path: Path) -> Site:
    raw = tomllib.loads(path.read_text("utf-8"))
    return Site(
        slug=path.parent.name,
        site_code=raw["site_code"],
        name=raw["name"],
        home_url=raw["home_url"],
        unit=raw["unit"],
        region_code=raw["site_code"][:6],
        level=raw["level"],
        kind=raw["kind"],
        style=raw["style"],
        charset=raw.get("charset", "utf-8"),
        render=raw.get("render", "auto"),
        status=raw.get("status", "正常"),
        has_services=raw.get("has_services", True),
        robots=raw.get("robots", "User-agent: *\nDisallow: /admin/\n"),
        pubdate=raw.get("pubdate", True),
        label=raw.get("label", "发布时间：{date} {clock}"),
        sections=tuple(_section(section) for section in raw.get("section", [])),
        faults=tuple(_fault(fault) for fault in raw.get("fault", [])),
        verdicts=tuple(raw.get("verdict", ["qualified"] * len(NIGHTS))),
        ipv6=raw.get("ipv6", False),
    )


@cache
def sites() -> tuple[Site, ...]:
    """Every site of the prefecture, in the order of their codes."""
    return tuple(sorted((_site(path) for path in SITES.glob("*/site.toml")), key=lambda site: site.site_code))
