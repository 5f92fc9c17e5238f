"""The text of a page without its template, and a hash that a change of text changes and nothing else does."""

from __future__ import annotations

import hashlib
import re
from typing import TYPE_CHECKING

from govcrawl.invisible import INVISIBLE
from govcrawl.pages.articles.title import Title, shown_title, start_of_body
from govcrawl.pages.markup.content import TAIL, content_lines, without_menus
from govcrawl.pages.markup.foot import foot_of

if TYPE_CHECKING:
    from govcrawl.pages.markup.document import Document

_PARTICULARS = 500  # characters between title and text; more is something else
_ENOUGH = 80  # characters; a page whose own text is shorter is taken whole

# Each alternative starts with a plain character, so that the search skips from candidate to candidate.
_COUNT = r"(?:总?次数|总?人[数次]|总?数|总?量|率|度)?\s*[为了]?\s*[：:]?\s*\[?\s*\d[\d,]*\s*\]?\s*[次人条]?"
_CLOCK = r"\s*[：:]?\s*(?:公元)?\s*(?:[\d一二三四五六七八九十〇零]{1,4}\s*[年月日时分秒/.:：-]\s*)+(?:\s*(?:星期|周)[一二三四五六日天])?"
_TIMED = r"(?:时间|耗时|用时)\s*[：:]?\s*[\d.\-: 年月日]+\s*(?:毫秒|秒|ms|s)?"
_PASSING = re.compile(
    "|".join(
        [word + _COUNT for word in "浏览 阅读 点击 访问 查看 下载 人气 关注 在线 点赞 分享 评论 收藏".split()]  # noqa: SIM905
        + [word + _CLOCK for word in ("今天是", "今天", "现在是", "当前时间", "系统时间", "北京时间")]
        + [word + _TIMED for word in ("执行", "生成", "缓存", "加载", "渲染")]
        + [
            r"您是(?:本站|本网)?\s*的?\s*第?\s*\d[\d,]*\s*位?(?:访客|访问者|来访者|浏览者)?",
            r"Processed in [\d.]+ \w+",
        ]
    )
)
_WEATHER = re.compile(r"-?(?<!\d)\d{1,9}\s*(?:℃|°C)\s*[~～至-]*")
_ALONE = re.compile(r"(?m)^\s*(?:(?:星期|周)[一二三四五六日天]\s*(?:农历\S{2,10})?|\d{1,2}:\d{2}:\d{2})\s*$")
_SIGNS_OF_CLOCKS = ("周", "星期", ":")
_OPAQUE = re.compile(r"[0-9A-Za-z+/=_-]{24,}")
_HEXADECIMAL = re.compile(r"[0-9a-fA-F-]+")
_INVISIBLE = re.compile(f"[{INVISIBLE}]+")


def main_text(document: Document) -> str:
    """Title, particulars and text of an article, a line each; of any other page everything that is shown.

    Of an article that is a picture or a file, whose text is short, what stands between its title and the foot of the site.
    """
    body = content_lines(document)
    title = shown_title(document)
    if sum(map(len, body)) < _ENOUGH:
        return _above_foot(document, title)
    above: list[str] = []
    if title is not None and title.end is not None:
        above = [title.text]
        start = start_of_body(document)
        if start is not None and title.end < start <= title.end + _PARTICULARS:
            lines = [line for line in map(str.strip, document.text[title.end : start].split("\n")) if line]
            above += without_menus(lines, [] if document.seen is None else [document.seen])
    return "\n".join((*above, *body))


def _above_foot(document: Document, title: Title | None) -> str:
    """From the title, where it is shown, to what stands below an article; a page that is all foot is taken whole."""
    begin = title.end if title is not None and title.end is not None else 0
    found = [title.text] if title is not None and begin else []
    for line in map(str.strip, document.text[begin : max(foot_of(document), begin)].split("\n")):
        if found and TAIL.match(line):
            break
        if line:
            found.append(line)
    return "\n".join(found) or shown_text(document)


def shown_text(document: Document) -> str:
    """Everything that a page shows, a line for each run of text."""
    return "\n".join(filter(None, map(str.strip, document.text.split("\n"))))


def text_sha256(text: str) -> str:
    """Hash of the text without white space, counters, clocks, weather and session tokens."""
    lasting = _PASSING.sub("", text)
    if any(sign in lasting for sign in _SIGNS_OF_CLOCKS):
        lasting = _ALONE.sub("", lasting)
    lasting = _OPAQUE.sub(_unless_token, lasting)
    if "℃" in lasting or "°C" in lasting:
        lasting = _WEATHER.sub("", lasting)
    printed = _INVISIBLE.sub("", "".join(lasting.split()))
    return hashlib.sha256(printed.encode("utf-8", "replace")).hexdigest()


def _unless_token(match: re.Match[str]) -> str:
    """A long run of letters and digits is a token when it is hexadecimal, or mixed and longer than any word."""
    run = match[0]
    mixed = len(run) >= 40 and any(map(str.isdecimal, run)) and any(map(str.isalpha, run))
    return "" if mixed or _HEXADECIMAL.fullmatch(run) else run
