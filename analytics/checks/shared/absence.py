"""Which checks conclude that something is missing, and the wide nets that may cast doubt on that.

When a page reader finds nothing, its wide net looks for signs of the thing and writes what it matched to `doubts` of the
page. The check copies it to the column `doubt` of its faults, and `findings.answer` makes such a fault await a person
(`awaiting`), whatever the edition says. The table is printed in docs/absence.md.
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Final

import pandas as pd

from govcrawl.pages.articles.guide import ELEMENTS
from govcrawl.pages.articles.interpreter import NAMED
from govcrawl.pages.facts.assistant import ASSISTANT
from govcrawl.pages.facts.footer import REQUIRED, TICKET_ENTRY
from govcrawl.pages.markup.furniture import ACCESSIBILITY, SHARE
from govcrawl.pages.nets.cast import DATE, ENTRIES
from govcrawl.pages.nets.offered import SEARCH
from govcrawl.pages.nets.particulars import SOURCE

if TYPE_CHECKING:
    from collections.abc import Iterable

NETS: Final[dict[str, tuple[str, ...]]] = {
    "entry-undated": (DATE,),
    "section-blank": (ENTRIES,),
    "section-stale": (DATE,),
    "home-stale": (DATE,),
    "footer-missing": REQUIRED,
    "ticket-entry-missing": (TICKET_ENTRY,),
    "search-unusable": (SEARCH,),
    "share-missing": (SHARE,),
    "accessibility-missing": (ACCESSIBILITY,),
    "assistant-missing": (ASSISTANT,),
    "guide-elements-missing": tuple(f"guide_{name}" for name in ELEMENTS),
    "interpretation-contact-missing": tuple(f"interpreter_{name}" for name in NAMED),
    "source-missing": (SOURCE,),
    "tags-missing": ("site_tags", "column_tags", "content_tags"),
}
"""Check → the keys of `doubts` that make its faults await a person."""


TRIPPED_BY: Final[dict[str, str]] = {
    DATE: "any date between title and text, above the title or in the last lines, whatever its label and spelling; month and day alone; a day of the old calendar; what a style prints; "
    "a day in an attribute, a form field or a script there; a label with an empty element or a script behind it; `<time>`; a meta tag with a day; a place of a template that nothing has filled in; a picture that is made when it is asked for; a time told in words (8个月前, 去年冬天, 2026年第12周) or in figures of any script; beside a row of the list anything of the kind, a column of days, signs that are pictures; of an entry "
    "another title than the list's. Not: a clock, a term (自…起, …至), a day that a sentence of the text tells of",
    ENTRIES: "anything that repeats three times with eight characters a row, or twice with twelve, with or without anchors, cells or lines between breaks; "
    "a sentence; a single line with a day, the name of a document or a link to an article or a file; a frame; a picture, film or sound outside the frame of the site; words that a style prints; an empty element of a name of its own; any script, until a browser has drawn the page. "
    "Not: navigation, the foot, a box whose heading names something beside; where the page says that it has none, only rows beside these words",
    "party_mark": "党政机关, 政府机关, 事业单位标识; a picture, link or script called conac, dzjg, jgbs …",
    "site_code": "标识码, 识别码, 网站标识, in text, alt or title; ten digits; a picture called biaoshi",
    "icp": "ICP in any spelling, 备案 (not of the police); a licence number; anything called icp, miit",
    "police_record": "公网安, 网安备, 公安…备; fourteen digits of no address; anything called gongan, police, beian.gov.cn …",
    "unit": "主办, 承办, 主管; 版权所有, …单位, …机构 … with a colon and a name; a picture called zhuban",
    "contact": "联系, 电话, 热线, 邮箱, 传真, @, 地址 or 邮编 with a colon, a number with an area code; tel:, mailto:, anything called lianxi, contact",
    TICKET_ENTRY: "找错, 纠错, 挑错; anything called jiucuo, zhaocuo, pucha, exposure, anywhere on the page",
    "site_tags": "an element with an attribute spelt like one of the group's tags, and another that says something; a script that writes it",
    "column_tags": "as site_tags",
    "content_tags": "as site_tags",
    SOURCE: "来源, 稿源, 供稿, 转自, 作者, 记者, 发布机构 … at the head or the end of the text; anything called source, laiyuan, author, from",
    SEARCH: "any element called 搜, 检索, 查找, search, sousuo, query … by class, id, name, address, text of a button",
    SHARE: "any element called 分享, 转发, share, fenxiang …",
    ASSISTANT: "any element called 智能, 智慧, 机器人, 助手, 客服, 问答, 小某 (a name of two or three characters), robot, chat, assist, kefu, ai …",
    ACCESSIBILITY: "any element called 障碍, 适老, 长辈, 关怀, 大字, 读屏, wza, elder, barrier …",
    **{f"guide_{name}": "words for the element anywhere in the text of the guide" for name in ELEMENTS},
    **{
        f"interpreter_{name}": "words for it at the head or the end of the text; any telephone number"
        for name in NAMED
    },
}
"""Key of `doubts` → what its net matches, for docs/absence.md."""

FOR_PEOPLE: Final = (
    "annual-report-missing",
    "app-nonconforming",
    "consult-missing",
    "consultation-no-result",
    "interpretation-missing",
    "interpretation-unlinked",
    "message-board-silent",
)
"""Checks that conclude from pages that something is nowhere on a site, which no net can doubt: every fault awaits a person,
whatever the edition says."""

WITHOUT_NET: Final[dict[str, str]] = {
    **dict.fromkeys(FOR_PEOPLE, "every finding waits for a person, whatever the edition says"),
    "section-missing": "asserted of the registry and of an address that does not open, not of a page's text",
    "home-few-updates": "counts what is seen; unmeasured as soon as one entry's day is unknown",
    "account-silent": "as account-stale",
    "account-stale": "judges the feed or the registry; nothing read is unmeasured",
    "consultation-short": "judges the days that are printed",
}
"""Checks that conclude that something is missing and have no net → why they need none."""

SEES: Final = frozenset({
    *("accessibility-barrier", "accessibility-idle"),
    *("account-duplicate", "article-duplicate", "domain-surplus"),
    *("attachment-dead", "date-backdated", "date-future", "domain-nonconforming", "image-dead", "ipv6-missing"),
    *("link-closed-site", "link-dead", "link-unapproved", "link-wrong", "reply-overdue", "repost-late"),
    *("cloaking", "hidden-link", "spam-injection", "site-unreachable", "ticket-overdue", "tls-expiring", "tls-invalid"),
    *("misstatement", "mojibake", "privacy-leak", "repost-differs", "sensitive-word", "typo"),
})  # fmt: skip
"""Checks that judge what was seen. A test demands that every check is in one of these three tables."""

_HEAD = """# Absence

What is there is told by narrow readers. That something is *not* there is said only where a wide net is silent too
(`govcrawl/pages/nets`). Reader silent and net silent: absent, the fault is `found`. Reader silent and net tripped: the fault is
`awaiting`, whatever the edition says; the person who reviews it sees the snippet (column 疑似内容 of the review file, `doubt`
in the evidence), and a veto that could be reached by it is unmeasured, as is a site that all its doubts together would bring
below the pass mark. Reader not asked, page not read: unmeasured. Where next to nothing of a foot is seen on a home page, a frame,
a picture or (until a browser has drawn it) a script at its end may be all of it, and trips the nets of all its items.

Generated by `python -m analytics.checks.shared.absence`; a test compares the two.

| check | net | tripped by |
|---|---|---|
"""


def render() -> str:
    """The text of docs/absence.md."""
    rows = []
    for check, keys in sorted(NETS.items()):
        keys_by_net: dict[str, list[str]] = {}
        for key in keys:
            keys_by_net.setdefault(TRIPPED_BY[key], []).append(f"`{key}`")
        rows += [f"| `{check}` | {', '.join(names)} | {words} |" for words, names in keys_by_net.items()]
    others = [f"| `{check}` | {why} |" for check, why in sorted(WITHOUT_NET.items())]
    return (
        _HEAD
        + "\n".join(rows)
        + "\n\nSpeak of something missing and have no net:\n\n| check | why |\n|---|---|\n"
        + "\n".join(others)
        + "\n"
    )


def doubt_of(doubts: object, keys: Iterable[str]) -> str | None:
    """What the nets for `keys` matched on one page; None when they matched nothing. `doubts`: a DuckDB map."""
    if not isinstance(doubts, dict) or not doubts:  # most pages cast none
        return None
    return "; ".join(f"{key}: {doubts[key]}" for key in keys if doubts.get(key)) or None


def doubts_of(pages: pd.DataFrame, keys: Iterable[str]) -> pd.Series[str]:
    """One snippet per row of a frame with the column `doubts`; missing where the nets matched nothing."""
    wanted = tuple(keys)
    return doubts_each(pages, [wanted] * len(pages))


def doubts_each(pages: pd.DataFrame, keys: Iterable[Iterable[str]]) -> pd.Series[str]:
    """The same, with different keys for each row."""
    snippets = [doubt_of(doubts, row_keys) for doubts, row_keys in zip(pages["doubts"], keys, strict=True)]
    return pd.Series(snippets, index=pages.index, dtype="str")


if __name__ == "__main__":
    sys.stdout.write(render())
