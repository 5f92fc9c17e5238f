"""The summary of a census (普查汇总): basic tables of sites and sections, the stages' figures, 自查 beside 抽查, roll-up.

The stages are those of the census notice: 统计摸底, 检查整改, 抽查核查, 通报总结. The basic tables have the fields of the
two registration forms as far as they are values (regulations.md 1.4); what only the unit can say stays a marked blank.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from analytics.figures import selfcheck
from analytics.figures.rates import Rate
from analytics.figures.rollup import rollup
from analytics.notices.official_document import Annex, AnnexColumn, OfficialDocument
from analytics.notices.results import records
from analytics.words.phrases import OUTCOMES
from analytics.words.wording import wording
from govcrawl.records.outcomes import Outcome
from govcrawl.records.states import STANDING, LedgerState
from govcrawl.registry.choices import PART_OF_A_SITE, SiteKind
from govcrawl.registry.regions import region_names

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    import pandas as pd

    from analytics.notices.material import Material
    from analytics.notices.results import Results

BLANK = "〔待填〕"
SECTIONS_ON_SCREEN = 2000  # a longer table is left to the XLSX beside it
WHO = {"self": "自查", "spot": "抽查", "machine": "技术检测"}


@dataclass(frozen=True, slots=True)
class Stages:
    """What each stage of the census has come to."""

    registered: int
    by_status: list[tuple[str, int]]
    by_level: list[tuple[str, int]]
    sections: int
    sites_without_sections: int
    measured: Rate
    passed: Rate
    counts: Mapping[str, int]
    findings: int  # of sites
    account_findings: int
    fixed: int  # of the ledger, accounts included
    standing: int
    self_checked: int
    spot_checked: int
    issued: int


@dataclass(frozen=True, slots=True)
class CensusSummary:
    stages: Stages
    agreement: list[dict[str, Any]]  # one a pair that both judged something
    tables: tuple[Annex, ...]  # as they are printed; the XLSX has a column a field
    sections_listed: bool  # the table of sections stands in the document, not only in the XLSX


def documents(material: Material) -> Iterator[OfficialDocument]:
    """One summary."""
    snapshot, results = material.snapshot, material.results
    sites = snapshot.query("registered_sites", assessment_id=results.assessment_id)
    sections = snapshot.query("registered_sections", assessment_id=results.assessment_id)
    units = snapshot.query("registered_units", assessment_id=results.assessment_id)
    read = snapshot.query("sections_of_assessment", assessment_id=results.assessment_id)
    compared = selfcheck.compare(snapshot, results.assessment_id)
    by_region = rollup(snapshot, results.assessment_id, "region")
    figures = (
        _rolled_up("分地区汇总", "地区", by_region, outside_of(by_region, results)),
        _rolled_up("分层级汇总", "层级", rollup(snapshot, results.assessment_id, "level")),
        _disagreements(_by_unit(material, compared)),
    )
    homes = snapshot.query("night_homes", as_of=results.as_of)
    site_rows = _site_rows(_by_unit(material, sites), homes, units)
    section_table = _section_table(sections, read)
    summary = CensusSummary(
        stages=stages(results, sites, sections, compared, len(snapshot.frame("issued_document"))),
        agreement=_agreement(compared),
        tables=(*figures, _site_print(site_rows), section_table),
        sections_listed=len(sections) <= SECTIONS_ON_SCREEN,
    )
    yield OfficialDocument("census_summary", summary, (*figures, _site_table(site_rows), section_table))


def _by_unit(material: Material, rows: pd.DataFrame) -> pd.DataFrame:
    """Rows of sites in the official order of their units; those of one unit stay as they stood."""
    sites = material.results.sites
    units = rows["unit"] if "unit" in rows else rows["site_code"].map(sites.set_index("site_code")["unit"])
    units = units.fillna("")
    places = {unit: place for place, unit in enumerate(material.in_order(set(units)))}
    return rows.assign(place=units.map(places)).sort_values("place", kind="stable").drop(columns="place")


def stages(
    results: Results, sites: pd.DataFrame, sections: pd.DataFrame, compared: pd.DataFrame, issued: int
) -> Stages:
    """Counted from the registry, the assessment and its ledger; `compared` has a row a site people judged."""
    counts = results.counts
    measured = counts["qualified"] + counts["unqualified"]
    states = results.ledger["state"].value_counts()
    whole_sites = compared[compared["indicator_id"].isna()]
    levels = sites["level"].value_counts()
    return Stages(
        registered=len(sites),
        by_status=[(str(status), int(n)) for status, n in sites["status"].value_counts().items()],
        by_level=[
            (name, int(levels[level])) for level, name in wording()["level"].items() if level in levels
        ],
        sections=len(sections),
        sites_without_sections=int((~results.sites["site_code"].isin(sections["site_code"])).sum()),
        measured=Rate(measured, len(results.sites)),
        passed=Rate(counts["qualified"], measured),
        counts=counts,
        findings=int(results.findings["site_code"].notna().sum()),
        account_findings=int(results.findings["site_code"].isna().sum()),
        fixed=int(states.get(LedgerState.FIXED, 0)),
        standing=int(states[states.index.isin(STANDING)].sum()),
        self_checked=int(whole_sites["self_verdict"].notna().sum()),
        spot_checked=int(whole_sites["spot_verdict"].notna().sum()),
        issued=issued,
    )


def _agreement(compared: pd.DataFrame) -> list[dict[str, Any]]:
    return [
        row | {"judged": WHO[row["judged"]], "against": WHO[row["against"]]}
        for row in records(selfcheck.agreement(compared))
        if row["both"]
    ]


def outside_of(by_region: pd.DataFrame, results: Results) -> str:
    """The sites that no region counts: a vertical unit's where no unit that is not vertical stands in a region above it."""
    in_regions = int(by_region.loc[by_region["depth"] == 0, "running"].sum())
    outside = len(results.sites) - in_regions
    return (
        f"全部{len(results.sites)}家网站中有{outside}家未列入：垂直管理单位的网站随其上级单位计入所在地区，"
        "上级单位不属于本表地区的，不列入本表，在“分层级汇总”中统计。"
        if outside
        else ""
    )


def _rolled_up(title: str, head: str, figures: pd.DataFrame, left_out: str = "") -> Annex:
    columns = (
        AnnexColumn(head, "name"),
        *(
            AnnexColumn(name, "count")
            for name in ("网站", "完成检测", "完成率", "合格", "不合格", "未完成", "合格率", "问题", "已整改")
        ),
    )
    rows = tuple(
        (
            "　" * row["depth"] + str(row["name"]),
            row["running"],
            row["checked"],
            Rate(row["checked"], row["running"]),
            row["qualified"],
            row["unqualified"],
            row["unmeasured"],
            Rate(row["qualified"], row["qualified"] + row["unqualified"]),
            row["reported"],
            row["fixed"],
        )
        for row in records(figures)
    )
    return Annex(title, columns, rows, note=f"上级的数字包括其下各级。{left_out}")


def _disagreements(compared: pd.DataFrame) -> Annex:
    """Where the unit, the spot check and the machine do not say the same of a site or indicator."""
    apart = compared[
        compared[[f"{one}_{other}" for one, other in selfcheck.PAIRS]]
        .isin(["milder", "stricter"])
        .any(axis=1)
    ]
    columns = (
        *(AnnexColumn("网站", "name"), AnnexColumn("标识码", "name"), AnnexColumn("指标", "name")),
        *(AnnexColumn(f"{word}结论", "name") for word in WHO.values()),
    )
    rows = tuple(
        (
            row["name"] or row["site_code"],
            row["site_code"],
            row["indicator_id"] or "全站",
            *(row[f"{who}_verdict"] or "—" for who in WHO),
        )
        for row in records(apart)
    )
    return Annex("自查、抽查与技术检测不一致的项目", columns, rows)


SITE_FIELDS = (
    *(
        "网站标识码",
        "网站名称",
        "校验码",
        "省、市、县",
        "级别",
        "是否门户",
        "首页网址",
        "跳转网址",
        "主办单位",
    ),
    *("办公地址", "负责人", "联系人", "联系电话", "运行状态"),
)


def _site_rows(sites: pd.DataFrame, homes: pd.DataFrame, units: pd.DataFrame) -> list[dict[str, str]]:
    """《政府网站基本信息表》, field by field; no registry has 校验码, 办公地址 and 负责人."""
    led_to = dict(zip(homes["site_code"], homes["final_url"].fillna(""), strict=True))
    unit_of = {row["unit"]: row for row in records(units)}
    rows = []
    for site in records(sites):
        unit = unit_of.get(site["unit"], {"contact": None, "phone": None})
        final = led_to.get(site["site_code"], "")
        portal: Mapping[str, str] = {
            SiteKind.PORTAL: "是",
            **dict.fromkeys((SiteKind.DEPARTMENT, *PART_OF_A_SITE), "否"),
        }
        values = {
            "网站标识码": site["site_code"],
            "网站名称": site["name"],
            "省、市、县": place(site["region_code"]),
            "级别": site["level"],
            "是否门户": portal.get(site["kind"] or ""),
            "首页网址": site["home_url"],
            "跳转网址": "无" if final == site["home_url"] else final,
            "主办单位": site["unit"],
            "联系人": unit["contact"],
            "联系电话": unit["phone"],
            "运行状态": site["status"],
        }
        rows.append({field: values.get(field) or BLANK for field in SITE_FIELDS})
    return rows


def _site_table(rows: list[dict[str, str]]) -> Annex:
    codes = ("首页网址", "跳转网址")
    columns = tuple(AnnexColumn(field, "code" if field in codes else "name") for field in SITE_FIELDS)
    return Annex("政府网站基本信息表", columns, tuple(tuple(row.values()) for row in rows), wide=True)


def _site_print(rows: list[dict[str, str]]) -> Annex:
    """The same with related fields in one cell, for fourteen columns do not fit a page."""
    columns = (
        *(
            AnnexColumn("网站名称、标识码、校验码", "name"),
            AnnexColumn("省、市、县", "name"),
            AnnexColumn("级别、门户", "name"),
        ),
        *(AnnexColumn("首页网址、跳转网址", "code"), AnnexColumn("主办单位、办公地址", "name")),
        *(AnnexColumn("负责人、联系人、电话", "name"), AnnexColumn("运行状态", "count")),
    )
    return Annex(
        "政府网站基本信息表",
        columns,
        tuple(
            (
                f"{row['网站名称']}\n{row['网站标识码']}\n校验码{row['校验码']}",
                row["省、市、县"],
                f"{row['级别']}\n门户：{row['是否门户']}",
                f"{row['首页网址']}\n跳转：{row['跳转网址']}",
                f"{row['主办单位']}\n地址{row['办公地址']}",
                f"负责人{row['负责人']}\n{row['联系人']}\n{row['联系电话']}",
                row["运行状态"],
            )
            for row in rows
        ),
        wide=True,
    )


def _section_table(sections: pd.DataFrame, read: pd.DataFrame) -> Annex:
    """《政府网站栏目（系统）基本信息表》."""
    columns = (
        *(AnnexColumn("栏目名称", "name"), AnnexColumn("栏目类别", "name"), AnnexColumn("栏目网址", "code")),
        *(
            AnnexColumn("所属网站标识码", "name"),
            AnnexColumn("更新期限", "count"),
            AnnexColumn("监测频率", "count"),
            AnnexColumn("读取情况", "name"),
        ),
    )
    keys = ["site_code", "section_url", "section_name"]
    registered = sections.rename(columns={"url": "section_url", "name": "section_name"})
    both = registered.merge(read[[*keys, "term_days", "outcome"]], on=keys, how="left")
    rows = tuple(
        (
            *(row["section_name"], row["class"], row["section_url"], row["site_code"]),
            "无期限" if row["term_days"] is None else f"{row['term_days']}天",
            "每日",
            OUTCOMES[row["outcome"] or Outcome.NOT_ATTEMPTED],
        )
        for row in records(both)
    )
    return Annex("政府网站栏目（系统）基本信息表", columns, rows, wide=True)


def place(region_code: str | None) -> str:
    """省、市、县 of a code, as far as it says; 市辖区 and the like are left as the list of codes names them."""
    if region_code is None:
        return ""
    names = region_names()
    codes = dict.fromkeys((region_code[:2] + "0000", region_code[:4] + "00", region_code))
    return "".join(names[code] for code in codes if code in names)
