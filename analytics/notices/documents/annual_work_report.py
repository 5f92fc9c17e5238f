"""A site's yearly report of its work (政府网站工作年度报表): what the machine knows is filled in, the rest stays blank.

Blocks and fields: regulations.md 6. What the machine counted rests on the lists it read; where they did not reach
back to the first of January the figure is printed as 至少, for there may have been more.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from analytics.notices.document import Annex, Column, Document
from analytics.notices.results import records, records_by_site
from analytics.words.text import file_stem, shown
from govcrawl.registry.choices import SectionClass, SiteKind

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from analytics.notices.material import Material

ABOUT = (SectionClass.LEADERS, SectionClass.AGENCIES, SectionClass.REGION)  # 概况类
NEWS = (SectionClass.NEWS, SectionClass.NOTICES)  # 政务动态
CATALOGUE = (  # 信息公开目录
    *(SectionClass.POLICIES, SectionClass.STAFF, SectionClass.PLANS, SectionClass.BUDGETS),
    *(SectionClass.PROJECTS, SectionClass.STATISTICS, SectionClass.CATALOGUE, SectionClass.DATA),
)
INTERPRETATION, SURVEY = (SectionClass.INTERPRETATIONS,), (SectionClass.CONSULTATIONS,)
INTERVIEW = (SectionClass.INTERVIEWS,)
PUBLISHED = (*ABOUT, *NEWS, *CATALOGUE, *INTERPRETATION)


@dataclass(frozen=True, slots=True)
class Field:
    """One field of the form; a value nobody knows is None and stays a marked blank."""

    label: str
    value: str | None = None
    basis: str = ""


@dataclass(frozen=True, slots=True)
class Block:
    title: str
    fields: tuple[Field, ...]


@dataclass(frozen=True, slots=True)
class AnnualWorkReport:
    year: int
    until: date
    name: str
    blocks: tuple[Block, ...]

    @property
    def filled(self) -> int:
        return sum(field.value is not None for block in self.blocks for field in block.fields)

    @property
    def blank(self) -> int:
        return sum(field.value is None for block in self.blocks for field in block.fields)


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known of one site: its row, home page, sections' publications by class, messages and accounts."""

    site: Mapping[str, Any]
    home: Mapping[str, Any]
    published: Mapping[str, Mapping[str, Any]]  # class → sections, entries, whole
    messages: Mapping[str, Any] | None  # None where the office imported none for this site
    accounts: tuple[Mapping[str, Any], ...]


def report_year(as_of: date) -> int:
    """The year a report is due for: until the end of January that of the year before."""
    return (as_of - timedelta(days=31)).year


def documents(material: Material) -> Iterator[Document]:
    """One report a site, in the folder `annual_work_reports`."""
    results, snapshot = material.results, material.snapshot
    year = report_year(results.as_of)
    until = min(results.as_of, date(year, 12, 31))
    span = {"assessment_id": results.assessment_id, "since": date(year, 1, 1), "until": until}
    homes = records_by_site(snapshot.query("night_homes", as_of=results.as_of))
    published = records_by_site(snapshot.query("published_by_class", **span))
    messages = records_by_site(snapshot.query("messages_of_time", **span))
    accounts: dict[str, list[dict[str, Any]]] = {}
    for account in records(snapshot.query("registered_accounts", assessment_id=results.assessment_id)):
        accounts.setdefault(account["unit"], []).append(account)
    for site in records(results.sites):
        code = site["site_code"]
        facts = Facts(
            site=site,
            home=homes[code][0] if code in homes else {},
            published={row["class"]: row for row in published.get(code, ())},
            messages=messages[code][0] if code in messages else None,
            accounts=tuple(accounts.get(site["unit"], ())),
        )
        report = AnnualWorkReport(year, until, site["name"], blocks(facts))
        yield Document(f"annual_work_reports/{file_stem(code)}", report, (_annex(report),))


def blocks(facts: Facts) -> tuple[Block, ...]:
    """The form from head to foot."""
    site, home = facts.site, facts.home
    kinds: Mapping[str, str] = {SiteKind.PORTAL: "政府门户网站", SiteKind.DEPARTMENT: "部门网站"}
    return (
        Block(
            "基本信息",
            (
                Field("填报单位", site["unit"], "登记表"),
                Field("网站名称", site["name"], "登记表"),
                Field("首页网址", site["home_url"], "登记表"),
                Field("主办单位", site["unit"], "登记表"),
                Field("网站类型", kinds.get(site["kind"] or ""), "登记表"),
                Field("政府网站标识码", site["site_code"], "登记表"),
                Field("ICP备案号", home.get("icp"), "首页底部"),
                Field("公安机关备案号", home.get("police_record"), "首页底部"),
            ),
        ),
        Block("访问", (Field("独立用户访问总量（个）"), Field("网站总访问量（次）"))),
        Block(
            "信息发布",
            (
                _published("总数（条）", facts, PUBLISHED),
                _published("概况类信息更新量（条）", facts, ABOUT),
                _published("政务动态信息更新量（条）", facts, NEWS),
                _published("信息公开目录信息更新量（条）", facts, CATALOGUE),
            ),
        ),
        Block("专栏专题", (Field("维护数量（个）"), Field("新开设数量（个）"))),
        Block(
            "解读回应",
            (
                _published("解读信息发布总数（条）", facts, INTERPRETATION),
                *(Field("解读材料数量（条）"), Field("解读产品数量（个）"), Field("媒体评论文章数量（篇）")),
                Field("回应公众关注热点或重大舆情数量（次）"),
            ),
        ),
        Block(
            "办事服务",
            (
                *(Field("是否发布服务事项目录"), Field("注册用户数（个）"), Field("政务服务事项数量（项）")),
                *(Field("可全程在线办理政务服务事项数量（项）"), Field("办件量总数（件）")),
                *(Field("自然人办件量（件）"), Field("法人办件量（件）")),
            ),
        ),
        Block(
            "互动交流",
            (Field("是否使用统一平台"), *_messages(facts), *_talks(facts), Field("是否提供智能问答")),
        ),
        Block(
            "安全防护",
            (
                *(Field("安全检测评估次数（次）"), Field("发现问题数量（个）"), Field("问题整改数量（个）")),
                *(
                    Field("是否建立安全监测预警机制"),
                    Field("是否开展应急演练"),
                    Field("是否明确网站安全责任人"),
                ),
            ),
        ),
        Block("移动新媒体", _accounts(facts)),
        Block("创新发展", tuple(map(Field, ("搜索即服务", "多语言版本", "无障碍浏览", "千人千网", "其他")))),
        Block("填报", tuple(map(Field, ("单位负责人", "审核人", "填报人", "联系电话", "填报日期")))),
    )


def _published(label: str, facts: Facts, classes: tuple[str, ...]) -> Field:
    """What the lists of these classes showed; blank where the site registers no such section."""
    rows = [facts.published[name] for name in classes if name in facts.published]
    if not rows:
        return Field(label)
    number = sum(row["entries"] for row in rows)
    whole = all(row["whole"] for row in rows)
    sections = sum(row["sections"] for row in rows)
    return Field(label, f"{number}" if whole else f"至少{number}", f"{sections}个栏目的列表")


def _messages(facts: Facts) -> tuple[Field, ...]:
    known = facts.messages or {"received": None, "answered": None, "mean_days": None}
    values = [
        None if value is None else f"{value:g}"
        for value in (known["received"], known["answered"], known["mean_days"])
    ]
    labels = ("收到留言数量（条）", "办结留言数量（条）", "平均办理时间（天）")
    return (
        *(
            Field(label, value, "导入的留言" if value else "")
            for label, value in zip(labels, values, strict=True)
        ),
        Field("公开答复数量（条）"),
    )


def _talks(facts: Facts) -> tuple[Field, ...]:
    return (
        _published("征集调查期数（期）", facts, SURVEY),
        *(Field("收到意见数量（条）"), Field("公布调查结果期数（期）")),
        _published("在线访谈期数（期）", facts, INTERVIEW),
        *(Field("访谈网民留言数量（条）"), Field("答复网民提问数量（条）")),
    )


def _accounts(facts: Facts) -> tuple[Field, ...]:
    if not facts.accounts:
        return (Field("是否有移动新媒体"), Field("微博"), Field("微信"), Field("其他"))
    named = tuple(
        Field(f"{shown(account['platform'] or '账号', 20)}名称", account["name"], "登记表")
        for account in facts.accounts
    )
    return (
        Field("是否有移动新媒体", "是", "登记表"),
        *named,
        Field("信息发布量（条）"),
        Field("关注或订阅数（个）"),
    )


def _annex(report: AnnualWorkReport) -> Annex:
    columns = (Column("类别", "name"), Column("项目"), Column("内容"), Column("依据", "name"))
    rows = tuple(
        (block.title, field.label, field.value or "", field.basis)
        for block in report.blocks
        for field in block.fields
    )
    return Annex(f"{report.year}年度报表", columns, rows)
