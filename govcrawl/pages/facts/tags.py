"""The official page tags (《政府网站发展指引》 国办发〔2017〕47号): `<meta name="SiteName" content="…">` and its kin.

Names are read without regard to case, as pages write `sitename`, `Sitename` and `contentSource` alike. A tag
that is blank, or still holds the word of the CMS template, says nothing and counts as missing.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from govcrawl.pages.markup.unfilled import UNFILLED

if TYPE_CHECKING:
    from collections.abc import Mapping

    from govcrawl.pages.markup.document import Document

# Group → its tags; the inspection of 2019 deducts where a whole group is missing.
GROUPS: Final = {
    "site": ("SiteName", "SiteDomain", "SiteIDCode"),
    "column": ("ColumnName", "ColumnDescription", "ColumnKeywords", "ColumnType"),
    "content": ("ArticleTitle", "PubDate", "ContentSource"),
}
OPTIONAL: Final = ("Keywords", "Author", "Description", "Image", "Url")
# 2019 indicators, 页面标签: content pages need site and content tags, section pages site and column tags.
_DUE: Final = {"article": ("site", "content"), "section": ("site", "column")}

_CANONICAL: Final = {name.lower(): name for group in (*GROUPS.values(), OPTIONAL) for name in group}
# What templates carry in place of a value: the Chinese name of the tag itself.
_TEMPLATE_WORDS: Final = {
    "SiteName": ("网站名称", "站点名称"),
    "SiteDomain": ("网站域名", "站点域名", "网站英文域名"),
    "SiteIDCode": ("网站标识码", "政府网站标识码", "标识码"),
    "ColumnName": ("栏目名称", "当前栏目名称"),
    "ColumnDescription": ("栏目说明", "栏目描述"),
    "ColumnKeywords": ("栏目关键词", "栏目关键字"),
    "ColumnType": ("栏目类别", "栏目类型"),
    "ArticleTitle": ("标题", "文章标题", "信息标题"),
    "PubDate": ("发布时间", "发布日期", "YYYY-MM-DD HH:MM"),
    "ContentSource": ("来源", "内容来源", "信息来源", "文章来源"),
}
_NOTHING: Final = re.compile(r"null|undefined|n/?a|暂无|无", re.IGNORECASE)
_LONGEST_VALUE: Final = 2000
_LONGEST_GENERATOR: Final = 200


def tags(doc: Document) -> dict[str, str]:
    """Official name → value of the page's filled tags; the first that says something wins."""
    found: dict[str, str] = {}
    for attributes in doc.metas:
        name = _CANONICAL.get((attributes.get("name") or attributes.get("property") or "").strip().lower())
        if name is None or name in found:
            continue
        value = " ".join((attributes.get("content") or "")[:_LONGEST_VALUE].split())
        if value and not is_template_word(name, value):
            found[name] = value
    return found


def generator(doc: Document) -> str | None:
    """What made the page, as its tag `generator` says; None without one."""
    for attributes in doc.metas:
        if (attributes.get("name") or "").strip().lower() == "generator":
            return " ".join((attributes.get("content") or "")[:_LONGEST_GENERATOR].split()) or None
    return None


def is_template_word(name: str, value: str) -> bool:
    """Whether a value is what the CMS template holds where the value should stand (`SiteDomain=网站域名`)."""
    return (
        value in _TEMPLATE_WORDS.get(name, ())
        or _NOTHING.fullmatch(value) is not None
        or UNFILLED.fullmatch(value) is not None
    )


def missing_groups(found: Mapping[str, str], kind: str) -> list[str]:
    """Groups due on a page of this kind of which not one tag is filled."""
    return [group for group in _DUE.get(kind, ()) if not any(name in found for name in GROUPS[group])]
