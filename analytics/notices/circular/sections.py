"""Sections of a circular that a campaign asks for by name (`sections`): the year month by month, IPv6, interpretations and others.

The figures of a section come from one warehouse query, so every number can be traced like those of the circular itself. What was
not inspected is printed as a gap, never as zero.
"""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from analytics.figures.cross_inspection import assign
from analytics.figures.rates import Rate
from analytics.notices.circular.inspection import MEASURED
from analytics.notices.official_document import Annex, AnnexColumn
from analytics.words.of_checks import checks_of_groups
from govcrawl.records.states import Verdict
from govcrawl.registry.choices import SectionClass
from govcrawl.registry.model import UNQUALIFIED

if TYPE_CHECKING:
    from analytics.notices.material import Material
    from analytics.notices.traced_figures import Figure, Figures, Rows

SECTIONS = ("year", "ipv6", "interpretations", "reminders", "cross", "spotless")
NOT_INSPECTED = "未检查"
FORMS = {
    "infographic": "图解",
    "recording": "音视频",
    "press conference": "新闻发布会",
    "by an expert": "专家、负责人解读",
    "plain text": "文字",
}


@dataclass(frozen=True, slots=True)
class Month:
    """One month of the year; no figures where it was not inspected."""

    number: int
    figures: tuple[
        Figure, ...
    ]  # sites, measured, passed, failed, faults; none in a month without an inspection


@dataclass(frozen=True, slots=True)
class Year:
    """The year's monthly inspections; the sums are those of the months' own figures."""

    year: int
    months: list[Month]
    sums: tuple[Figure, ...]  # as those of a month
    pass_rate: Figure
    inspected: int
    gaps: list[int]


@dataclass(frozen=True, slots=True)
class Ipv6:
    """Home pages reached over IPv6, and the shares of second and third level links on hosts that answer over it."""

    tried: Figure
    reached: Figure
    rate: Figure
    untried: Figure
    second: tuple[int, int]  # links on hosts that were tried, and of these on hosts that answered
    third: tuple[int, int]
    unknown: int  # links on hosts that nobody tried
    decimals: int

    def links(self, level: str, counted: tuple[int, int]) -> str:
        """`二级链接支持率96.7%(29/30)`."""
        total, reached = counted
        return f"{level}链接支持率{Rate(reached, total).printed(self.decimals)}（{reached}/{total}）"


@dataclass(frozen=True, slots=True)
class Interpretations:
    total: Figure
    forms: list[tuple[str, Figure]]


@dataclass(frozen=True, slots=True)
class Reminders:
    """Letters to units within the period, and those of them that tell of updates that did not come."""

    letters: Figure
    units: Figure
    of_updates: Figure


@dataclass(frozen=True, slots=True)
class Cross:
    """Units that inspect each other: as drawn by the campaign's seed, and what they reported."""

    units: int
    inspectors: Figure
    sites: Figure
    failed: Figure
    lines: list[tuple[str, str, str]]  # inspector, inspected, result


@dataclass(frozen=True, slots=True)
class Spotless:
    """Sites with a score that lost no point (无扣分点的网站)."""

    scored: Figure
    spotless: Figure


@dataclass(frozen=True, slots=True)
class Sections:
    """The sections the campaign asks for; None: not asked for."""

    year: Year | None = None
    ipv6: Ipv6 | None = None
    interpretations: Interpretations | None = None
    reminders: Reminders | None = None
    cross: Cross | None = None
    spotless: Spotless | None = None

    @property
    def annexes(self) -> tuple[Annex, ...]:
        return (
            *((_year_table(self.year),) if self.year else ()),
            *((_cross_table(self.cross),) if self.cross else ()),
        )


def sections(material: Material, figures: Figures) -> Sections:
    """The sections that the campaign names."""
    writer = _Writer(material, figures)
    return Sections(**{name: getattr(writer, name)() for name in material.campaign.sections})


class _Writer:
    def __init__(self, material: Material, figures: Figures) -> None:
        self.material = material
        self.figures = figures
        self.since, self.until = material.period

    def year(self) -> Year:
        day = self.material.results.as_of
        span = {
            "assessment_id": self.material.results.assessment_id,
            "since": date(day.year, 1, 1),
            "until": day.replace(day=monthrange(day.year, day.month)[1]),
        }
        judged = self._drawn(self.figures.rows("sites_judged_by_month", **span))
        faults = self._drawn(self.figures.rows("findings_reported_by_month", **span))
        months = [
            Month(number, self._of_month(judged, faults, f"{day.year}-{number:02d}", f"{number}月"))
            if f"{day.year}-{number:02d}" in set(judged.frame["month"])
            else Month(number, ())
            for number in range(1, day.month + 1)
        ]
        sums = self._of_month(judged, faults, None, "全年")
        return Year(
            day.year,
            months,
            sums,
            self.figures.rate("year-rate", "全年累计合格率", sums[2], sums[1]),
            sum(bool(month.figures) for month in months),
            [month.number for month in months if not month.figures],
        )

    def _of_month(self, judged: Rows, faults: Rows, month: str | None, words: str) -> tuple[Figure, ...]:
        """What a month counts, or, of None, the sum of all months: the same rows without the month."""
        of, key = ({} if month is None else {"month": month}), month or "year"
        return (
            self.figures.count(f"{key}-sites", f"{words}检查网站", judged, of),
            self.figures.count(f"{key}-measured", f"{words}完成检测", judged, of | {"verdict": MEASURED}),
            self.figures.count(f"{key}-passed", f"{words}合格", judged, of | {"verdict": Verdict.QUALIFIED}),
            self.figures.count(
                f"{key}-failed", f"{words}不合格", judged, of | {"verdict": Verdict.UNQUALIFIED}
            ),
            self.figures.count(f"{key}-findings", f"{words}发现问题", faults, of),
        )

    def _drawn(self, rows: Rows) -> Rows:
        return rows.only("drawn") if self.material.edition.draw else rows

    def ipv6(self) -> Ipv6:
        rows = self.figures.rows("ipv6_of_day", as_of=self.material.results.as_of)
        count = self.figures.count
        tried = count("ipv6-tried", "检测IPv6的网站", rows, {"home": ("reached", "not")})
        reached = count("ipv6-reached", "首页可通过IPv6访问的网站", rows, {"home": "reached"})
        total = {
            str(name): int(rows.frame[name].sum())
            for name in rows.frame.columns
            if "second" in name or "third" in name
        }
        return Ipv6(
            tried,
            reached,
            self.figures.rate("ipv6-rate", "首页IPv6连通率", reached, tried),
            count("ipv6-untried", "未能检测IPv6的网站", rows, {"home": None}),
            (total["second_known"], total["second_reached"]),
            (total["third_known"], total["third_reached"]),
            total["second"] + total["third"] - total["second_known"] - total["third_known"],
            self.material.campaign.decimals,
        )

    def interpretations(self) -> Interpretations:
        rows = self.figures.rows(
            "interpretations_within",
            as_of=self.material.results.as_of,
            since=self.since,
            until=self.until,
            **{"class": SectionClass.INTERPRETATIONS.value},
        )
        return Interpretations(
            self.figures.count("interpretations", "发布解读材料", rows),
            [
                (words, self.figures.count(f"interpretations-{form}", f"{words}解读", rows, {"form": form}))
                for form, words in FORMS.items()
                if (rows.frame["form"] == form).any()
            ],
        )

    def reminders(self) -> Reminders:
        rows = self.figures.rows(
            "reminders_within",
            since=self.since,
            until=self.until,
        )
        return Reminders(
            self.figures.count("reminders", "发出整改提示单", rows, different="notice"),
            self.figures.count("reminded-units", "收到提示单的单位", rows, different="unit"),
            self.figures.count(
                "reminders-updates",
                "更新提醒",
                rows,
                {"check_id": checks_of_groups(["updates"])},
                different="notice",
            ),
        )

    def cross(self) -> Cross:
        rows = self.figures.rows(
            "cross_checks_within",
            assessment_id=self.material.results.assessment_id,
            since=self.since,
            until=self.until,
        )
        units = set(self.material.results.sites["unit"])
        pairs = assign(units, self.material.campaign.cross_seed or str(self.material.campaign.period or ""))
        passed = {
            pair: len(reported) - int((reported["verdict"] == UNQUALIFIED).sum())
            for pair, reported in rows.frame.groupby(["inspector", "unit"])
        }
        number = rows.frame.groupby(["inspector", "unit"]).size().to_dict()
        return Cross(
            len(units),
            self.figures.count("cross-inspectors", "报送互评结果的单位", rows, different="inspector"),
            self.figures.count("cross-sites", "互评的网站", rows, different="site_code"),
            self.figures.count(
                "cross-failed", "互评不合格的网站", rows, {"verdict": UNQUALIFIED}, different="site_code"
            ),
            [
                (
                    one,
                    other,
                    f"检查{number[one, other]}次，合格{passed[one, other]}次"
                    if (one, other) in number
                    else "未报送",
                )
                for one, other in ((one, pairs[one]) for one in self.material.in_order(units))
            ],
        )

    def spotless(self) -> Spotless:
        rows = self._drawn(
            self.figures.rows("points_lost", assessment_id=self.material.results.assessment_id)
        )
        settled = {"settled": True}
        return Spotless(
            self.figures.count("scored", "扣分项目均已核定的网站", rows, settled),
            self.figures.count("spotless", "无扣分点的网站", rows, settled | {"spotless": True}),
        )


def _year_table(year: Year) -> Annex:
    titles = ("检查网站", "完成检测", "合格", "不合格", "发现问题")
    gap: tuple[object, ...] = (NOT_INSPECTED, *("—" for _ in titles[1:]))
    return Annex(
        f"{year.year}年月度检查情况汇总表",
        (AnnexColumn("月份", "name"), *(AnnexColumn(title, "count") for title in titles)),
        tuple((f"{month.number}月", *(month.figures or gap)) for month in year.months),
        ("合计", *year.sums),
        note="各月数据取当月最后一次检查；“未检查”的月份没有检查记录，不计入合计。"
        if year.gaps
        else "各月数据取当月最后一次检查。",
    )


def _cross_table(cross: Cross) -> Annex:
    return Annex(
        "交叉互评分工和结果表",
        (AnnexColumn("检查单位", "name"), AnnexColumn("被检查单位", "name"), AnnexColumn("结果", "name")),
        tuple(cross.lines),
        note="分工由抽签种子和单位名单确定，可以重新计算；“未报送”的没有登记检查结果。",
    )
