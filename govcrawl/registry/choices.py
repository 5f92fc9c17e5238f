"""Kinds of site and classes of sections: the words a registry chooses from, and what some of them have in common."""

from __future__ import annotations

from enum import StrEnum

from govcrawl.records.vocabulary import WordSet


class SiteKind(StrEnum):
    """Kind of a site (网站类型)."""

    PORTAL = "门户"  # of a government
    DEPARTMENT = "部门"


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
