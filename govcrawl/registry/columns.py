"""The files of a registry and their columns: English header, Chinese headers, reader, what a blank means.

No other module names a header. The first Chinese header is the one of DESIGN.md; the others are used by the
official forms for the same thing.
"""

from dataclasses import MISSING, dataclass, fields
from typing import Any

from govcrawl.registry import model, values
from govcrawl.registry.choices import AccountKind, SectionClass, SiteKind
from govcrawl.registry.values import CellReader


@dataclass(frozen=True, slots=True)
class Column:
    header: str
    zh: tuple[str, ...]
    read: CellReader
    blank: str | None = None  # what a blank cell means where the field has no default


@dataclass(frozen=True, slots=True)
class File:
    """One file of the registry directory: `stem`.csv or `stem`.xlsx, one `record` per row.

    `remarks` are headers of columns meant for people only; they are accepted and not read.
    """

    stem: str
    record: type[Any]
    columns: tuple[Column, ...]
    remarks: tuple[str, ...] = ()

    def required(self) -> tuple[Column, ...]:
        """Columns that a row must fill: those whose field has no default."""
        needed = {field_header(f.name) for f in fields(self.record) if f.default is MISSING}
        return tuple(column for column in self.columns if column.header in needed and column.blank is None)


def field_header(field_name: str) -> str:
    """The English header of a field; differs from the field's name where the header is a keyword of Python (`class`)."""
    return "class" if field_name == "section_class" else field_name


def header_field(header: str) -> str:
    return "section_class" if header == "class" else header


_SITE_CODE = Column("site_code", ("网站标识码", "所属网站标识码"), values.site_code)
_UNIT = Column("unit", ("主办单位", "单位名称"), values.plain_text)
_REGION = Column("region_code", ("行政区划代码",), values.region_code)
_ENQUIRY = (
    Column("id", ("编号",), values.plain_text),
    _SITE_CODE,
    Column("received_at", ("收到时间",), values.utc_instant),
    Column("answered_at", ("答复时间",), values.utc_instant),
    Column("status", ("办理状态",), values.plain_text),
    Column("content", ("内容",), values.long_text),
)

_CHECKED = (
    _SITE_CODE,
    Column("indicator_id", ("指标编号",), values.plain_text),
    Column("verdict", ("结论", "检查结论"), values.one_of(*model.VERDICTS)),
    Column("score", ("得分", "自查得分", "抽查得分"), values.decimal(-1000, 1000)),
    Column("checked_on", ("检查日期", "自查日期", "抽查日期"), values.civil_date),
    Column("checked_by", ("检查人", "填报人"), values.plain_text),
    Column("remark", ("说明", "备注"), values.long_text),
)

PROPOSAL_REMARKS = ("state", "confidence", "evidence")
"""Extra columns of a proposal (`govcrawl discover`); they may stay when the file becomes a registry file."""

FILES = (
    File(
        "sites",
        model.Site,
        (
            _SITE_CODE,
            Column("name", ("网站名称",), values.plain_text),
            Column("home_url", ("首页网址", "首页URL"), values.url),
            _UNIT,
            _REGION,
            Column("level", ("层级",), values.one_of(*model.LEVELS)),
            Column("kind", ("网站类型",), values.one_of(*SiteKind)),
            Column("status", ("运行状态",), values.one_of(*model.STATUSES)),
            Column("has_services", ("是否有对外服务职能",), values.boolean),
            Column("render", ("渲染方式",), values.one_of(*model.RENDERS)),
            Column("private_address", ("内网地址",), values.private_address),
        ),
    ),
    File(
        "sections",
        model.Section,
        (
            _SITE_CODE,
            Column("name", ("栏目名称",), values.plain_text),
            Column("url", ("栏目网址", "栏目URL"), values.url, blank=""),
            Column("class", ("栏目类别",), values.one_of(*SectionClass)),
            Column("rank", ("级别",), values.one_of(*model.RANKS)),
            Column("update_days", ("更新期限",), values.integer(1, 3660)),
            Column("entry_selector", ("条目选择器",), values.selector),
            Column("required", ("必设栏目",), values.boolean),
            Column("min_entries", ("最少条数",), values.integer(1, 100_000)),
            Column("unit", ("责任单位",), values.plain_text),
        ),
        remarks=PROPOSAL_REMARKS,
    ),
    File(
        "units",
        model.Unit,
        (
            Column("unit", ("单位名称", "主办单位"), values.plain_text),
            Column("parent", ("上级单位",), values.plain_text),
            _REGION,
            Column("contact", ("联系人",), values.plain_text),
            Column("phone", ("联系电话",), values.plain_text),
            Column("vertical", ("垂直管理",), values.boolean),
            Column("aliases", ("简称", "别名"), values.plain_text),
            Column("mail", ("电子邮箱", "邮箱"), values.mail_address),
            Column("place", ("排序", "单位排序"), values.integer(1, 99_999)),
            Column("nature", ("单位性质",), values.one_of(*model.NATURES)),
        ),
    ),
    File(
        "accounts",
        model.Account,
        (
            Column("account_id", ("账号标识",), values.plain_text),
            Column("platform", ("平台",), values.plain_text),
            Column("name", ("账号名称",), values.plain_text),
            _UNIT,
            Column("url", ("账号网址",), values.url),
            Column("feed_url", ("订阅地址",), values.url),
            Column("last_post_on", ("最近更新日期",), values.civil_date),
            Column("kind", ("账号类型", "类型"), values.one_of(*AccountKind)),
            Column("level", ("层级",), values.one_of(*model.LEVELS)),
            Column("filing_number", ("备案编号", "备案号"), values.plain_text),
            Column("complaint_url", ("投诉举报入口",), values.url_or(model.NONE)),
        ),
    ),
    File("tickets", model.Ticket, _ENQUIRY),
    File("messages", model.Message, _ENQUIRY),
    File(
        "approved_links",
        model.ApprovedLink,
        (
            Column("domain", ("域名",), values.domain),
            _SITE_CODE,
            Column("approved_by", ("审批人",), values.plain_text),
            Column("approved_on", ("审批日期",), values.civil_date),
        ),
    ),
    File(
        "submissions",
        model.Submission,
        (
            Column("unit", ("报送单位", "单位名称"), values.plain_text),
            Column("month", ("月份",), values.month),
            Column("submitted", ("报送数量",), values.integer(0, 999_999_999)),
        ),
    ),
    File("self_checks", model.SelfCheck, _CHECKED),
    File("spot_checks", model.SpotCheck, _CHECKED),
    File(
        "reprimands",
        model.Reprimand,
        (
            Column("unit", ("被问责单位", "单位名称", "主办单位"), values.plain_text),
            Column("given_on", ("问责日期",), values.civil_date),
            Column("way", ("问责方式",), values.one_of(*model.REPRIMANDS)),
            Column("persons", ("人次", "问责人次"), values.integer(1, 9_999)),
            Column("remark", ("说明", "备注"), values.long_text),
        ),
    ),
    File(
        "working_days",
        model.WorkingDay,
        (
            Column("day", ("日期",), values.civil_date),
            Column("working", ("是否工作日", "是否上班"), values.boolean),
        ),
        remarks=("note", "备注"),
    ),
)
