"""A site's yearly report of its work (政府网站工作年度报表): what can be counted is filled in, the rest stays blank.

Blocks and fields: regulations.md 6. Counts are made from the lists that were read; if these did not reach back to the first
of January, the figure is printed as 至少, because the true number may be higher.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from analytics.notices.official_document import Annex, AnnexColumn, OfficialDocument
from analytics.notices.results import records, records_by
from analytics.words.text import file_stem, shown
from govcrawl.registry.choices import SectionClass, SiteKind, platform_name

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
class FormField:
    """One field of the form; a value nobody knows is None and stays a marked blank."""

    label: str
    value: str | None = None
    basis: str = ""


@dataclass(frozen=True, slots=True)
class FormBlock:
    title: str
    fields: tuple[FormField, ...]


@dataclass(frozen=True, slots=True)
class AnnualWorkReport:
    year: int
    until: date
    name: str
    blocks: tuple[FormBlock, ...]

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


def documents(material: Material) -> Iterator[OfficialDocument]:
    """One report a site, in the folder `annual_work_reports`."""
    results, snapshot = material.results, material.snapshot
    year = report_year(results.as_of)
    until = min(results.as_of, date(year, 12, 31))
    span = {"assessment_id": results.assessment_id, "since": date(year, 1, 1), "until": until}
    homes = records_by(snapshot.query("night_homes", as_of=results.as_of), "site_code")
    published = records_by(snapshot.query("published_by_class", **span), "site_code")
    messages = records_by(snapshot.query("messages_of_time", **span), "site_code")
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
        yield OfficialDocument(f"annual_work_reports/{file_stem(code)}", report, (_annex(report),))


def blocks(facts: Facts) -> tuple[FormBlock, ...]:
    """The form from head to foot."""
    site, home = facts.site, facts.home
    kinds: Mapping[str, str] = {SiteKind.PORTAL: "政府门户网站", SiteKind.DEPARTMENT: "部门网站"}
    return (
        FormBlock(
            "基本信息",
            (
                FormField("填报单位", site["unit"], "登记表"),
                FormField("网站名称", site["name"], "登记表"),
                FormField("首页网址", site["home_url"], "登记表"),
                FormField("主办单位", site["unit"], "登记表"),
                FormField("网站类型", kinds.get(site["kind"] or ""), "登记表"),
                FormField("政府网站标识码", site["site_code"], "登记表"),
                FormField("ICP备案号", home.get("icp"), "首页底部"),
                FormField("公安机关备案号", home.get("police_record"), "首页底部"),
            ),
        ),
        FormBlock("访问", (FormField("独立用户访问总量（个）"), FormField("网站总访问量（次）"))),
        FormBlock(
            "信息发布",
            (
                _published("总数（条）", facts, PUBLISHED),
                _published("概况类信息更新量（条）", facts, ABOUT),
                _published("政务动态信息更新量（条）", facts, NEWS),
                _published("信息公开目录信息更新量（条）", facts, CATALOGUE),
            ),
        ),
        FormBlock("专栏专题", (FormField("维护数量（个）"), FormField("新开设数量（个）"))),
        FormBlock(
            "解读回应",
            (
                _published("解读信息发布总数（条）", facts, INTERPRETATION),
                *(
                    FormField("解读材料数量（条）"),
                    FormField("解读产品数量（个）"),
                    FormField("媒体评论文章数量（篇）"),
                ),
                FormField("回应公众关注热点或重大舆情数量（次）"),
            ),
        ),
        FormBlock(
            "办事服务",
            (
                *(
                    FormField("是否发布服务事项目录"),
                    FormField("注册用户数（个）"),
                    FormField("政务服务事项数量（项）"),
                ),
                *(FormField("可全程在线办理政务服务事项数量（项）"), FormField("办件量总数（件）")),
                *(FormField("自然人办件量（件）"), FormField("法人办件量（件）")),
            ),
        ),
        FormBlock(
            "互动交流",
            (FormField("是否使用统一平台"), *_messages(facts), *_talks(facts), FormField("是否提供智能问答")),
        ),
        FormBlock(
            "安全防护",
            (
                *(
                    FormField("安全检测评估次数（次）"),
                    FormField("发现问题数量（个）"),
                    FormField("问题整改数量（个）"),
                ),
                *(
                    FormField("是否建立安全监测预警机制"),
                    FormField("是否开展应急演练"),
                    FormField("是否明确网站安全责任人"),
                ),
            ),
        ),
        FormBlock("移动新媒体", _accounts(facts)),
        FormBlock(
            "创新发展", tuple(map(FormField, ("搜索即服务", "多语言版本", "无障碍浏览", "千人千网", "其他")))
        ),
        FormBlock("填报", tuple(map(FormField, ("单位负责人", "审核人", "填报人", "联系电话", "填报日期")))),
    )


def _published(label: str, facts: Facts, classes: tuple[str, ...]) -> FormField:
    """What the lists of these classes showed; blank where the site registers no such section."""
    rows = [facts.published[name] for name in classes if name in facts.published]
    if not rows:
        return FormField(label)
    number = sum(row["entries"] for row in rows)
    whole = all(row["whole"] for row in rows)
    sections = sum(row["sections"] for row in rows)
    return FormField(label, f"{number}" if whole else f"至少{number}", f"{sections}个栏目的列表")


def _messages(facts: Facts) -> tuple[FormField, ...]:
    messages = facts.messages or {"received": None, "answered": None, "mean_days": None}
    values = [
        None if value is None else f"{value:g}"
        for value in (messages["received"], messages["answered"], messages["mean_days"])
    ]
    labels = ("收到留言数量（条）", "办结留言数量（条）", "平均办理时间（天）")
    return (
        *(
            FormField(label, value, "导入的留言" if value else "")
            for label, value in zip(labels, values, strict=True)
        ),
        FormField("公开答复数量（条）"),
    )


def _talks(facts: Facts) -> tuple[FormField, ...]:
    return (
        _published("征集调查期数（期）", facts, SURVEY),
        *(FormField("收到意见数量（条）"), FormField("公布调查结果期数（期）")),
        _published("在线访谈期数（期）", facts, INTERVIEW),
        *(FormField("访谈网民留言数量（条）"), FormField("答复网民提问数量（条）")),
    )


def _accounts(facts: Facts) -> tuple[FormField, ...]:
    if not facts.accounts:
        return (FormField("是否有移动新媒体"), FormField("微博"), FormField("微信"), FormField("其他"))
    names = tuple(
        FormField(f"{shown(platform_name(account['platform'] or '账号'), 20)}名称", account["name"], "登记表")
        for account in facts.accounts
    )
    return (
        FormField("是否有移动新媒体", "是", "登记表"),
        *names,
        FormField("信息发布量（条）"),
        FormField("关注或订阅数（个）"),
    )


def _annex(report: AnnualWorkReport) -> Annex:
    columns = (
        AnnexColumn("类别", "name"),
        AnnexColumn("项目"),
        AnnexColumn("内容"),
        AnnexColumn("依据", "name"),
    )
    rows = tuple(
        (block.title, field.label, field.value or "", field.basis)
        for block in report.blocks
        for field in block.fields
    )
    return Annex(f"{report.year}年度报表", columns, rows)
