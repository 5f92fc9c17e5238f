"""Kinds of site and classes of sections: the words a registry chooses from, and what some of them have in common."""

from __future__ import annotations

from enum import StrEnum

from govcrawl.records.vocabulary import WordSet


class SiteKind(StrEnum):
    """Kind of a site (网站类型)."""

    PORTAL = "门户"  # of a government
    DEPARTMENT = "部门"
    CHANNEL = "频道"  # a unit's part of another site, with an address of its own
    DISCLOSURE = "公开平台"  # 政府信息公开平台


class SectionClass(StrEnum):
    """Class of a section (栏目类别); it decides the update term."""

    NEWS = "动态要闻"
    NOTICES = "通知公告"
    POLICIES = "政策文件"
    INTERPRETATIONS = "政策解读"  # of policies
    STAFF = "人事信息"
    PLANS = "规划计划"
    LEADERS = "领导信息"
    AGENCIES = "机构信息"
    REGION = "地区介绍"
    BUDGETS = "财政信息"
    PROJECTS = "重大项目"
    STATISTICS = "统计信息"
    CATALOGUE = "信息公开目录"
    SERVICE_FIGURES = "办事统计"
    GUIDES = "办事指南"
    DATA = "数据发布"
    LETTERS = "政务咨询"  # letters from the public, with the days of their replies
    CONSULTATIONS = "调查征集"
    INTERVIEWS = "在线访谈"
    OTHER = "其他"


class AccountKind(StrEnum):
    """Kind of a new-media account (账号类型); all but the first are apps (政务移动互联网应用程序)."""

    ACCOUNT = "账号"  # on a platform of others
    APP = "移动客户端"
    MINI = "小程序"
    QUICK = "快应用"


APPS = WordSet(
    "Programs that an organ runs itself; asked by the rules of 国办函〔2026〕12号, which leave accounts out.",
    *(AccountKind.APP, AccountKind.MINI, AccountKind.QUICK),
)
PLATFORMS = (
    *(
        "微信",
        "微博",
        "今日头条",
        "抖音",
        "快手",
        "视频号",
        "小红书",
        "百家号",
        "哔哩哔哩",
        "知乎",
        "澎湃",
        "网易号",
        "搜狐号",
    ),
    *("人民号", "学习强国", "企鹅号", "一点号", "喜马拉雅", "移动客户端", "小程序", "快应用"),
)
"""Platforms that circulars name. An account on another one is inspected all the same and counted under its own name."""
_ALSO_CALLED = {
    "微信公众号": "微信",
    "微信订阅号": "微信",
    "微信服务号": "微信",
    "新浪微博": "微博",
    "腾讯微博": "微博",
    "头条": "今日头条",
    "头条号": "今日头条",
    "抖音短视频": "抖音",
    "抖音号": "抖音",
    "快手号": "快手",
    "微信视频号": "视频号",
    "小红书号": "小红书",
    "B站": "哔哩哔哩",
    "APP": "移动客户端",
    "微信小程序": "小程序",
}


def known_platform(name: str) -> str | None:
    """The platform a name means; None for one that nobody knows."""
    plain = "".join(name.split())
    found = _ALSO_CALLED.get(plain) or _ALSO_CALLED.get(plain.upper(), plain)
    return found if found in PLATFORMS else None


def platform_name(name: str) -> str:
    """How documents call a platform: as circulars do, or as it is registered where nobody knows it."""
    return known_platform(name) or name


PART_OF_A_SITE = WordSet(
    "Inspected as sites are, and counted apart by a circular; asked by the circular.",
    *(SiteKind.CHANNEL, SiteKind.DISCLOSURE),
)
ON_POLICY = WordSet(
    "Policies and what explains them; asked by the visit and the checks of interpretations.",
    *(SectionClass.POLICIES, SectionClass.INTERPRETATIONS),
)
LOOKED_INTO = WordSet(
    "The pages of its entries say what the list does not, so all of them are read; asked by the visit.",
    *(ON_POLICY | {SectionClass.GUIDES, SectionClass.CONSULTATIONS}),
)
UNTIMED = WordSet(
    "No update term unless the registry gives one; asked by the check of a registry.",
    *(SectionClass.INTERVIEWS, SectionClass.OTHER),
)
