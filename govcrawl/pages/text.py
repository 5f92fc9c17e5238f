"""The text of a page without its template, and a hash that a change of text changes and nothing else does."""

from __future__ import annotations

import hashlib
import re
from typing import TYPE_CHECKING

from govcrawl.pages.content import content_lines
from govcrawl.pages.title import shown_title

if TYPE_CHECKING:
    from govcrawl.pages.document import Document

_ENOUGH = 80  # characters; a page whose own text is shorter is taken whole

_COUNTER = (
    r"(?:总|累计|今日|昨日|本[周月年]|当前)?(?:浏览|阅读|点击|访问|查看|下载|人气|关注|在线|点赞|分享|评论|收藏)(?:总?次数|总?人[数次]|总?数|总?量|率|度)?"
    r"\s*(?:为|了)?\s*[：:]?\s*\[?\s*\d[\d,]*\s*\]?\s*[次人条]?"
)
_VISITOR = r"您是(?:本站|本网|第)?\s*的?\s*第?\s*\d[\d,]*\s*位?(?:访客|访问者|来访者|浏览者)?"
_TODAY = r"(?:今天是|今天|现在是|当前时间|系统时间|北京时间)\s*[：:]?\s*(?:公元)?\s*(?:[\d一二三四五六七八九十〇零]{1,4}\s*[年月日时分秒/.:：-]\s*)+(?:\s*(?:星期|周)[一二三四五六日天])?"
_WEEKDAY = r"(?:星期|周)[一二三四五六日天]\s*(?:农历\S{2,10})?"
_CLOCK = r"\d{1,2}:\d{2}:\d{2}(?=\s*(?:星期|$))"
_WEATHER = r"-?\d+\s*(?:℃|°C?)\s*[~～至-]*"
_OPAQUE = r"\b(?:[0-9a-fA-F]{24,}|(?=[\w+/=-]*\d)(?=[\w+/=-]*[A-Za-z])[A-Za-z0-9+/=_-]{40,})\b"
_BUILT = r"(?:页面|网页)?(?:执行|生成|缓存|加载|渲染)(?:时间|耗时|用时)\s*[：:]?\s*[\d.\-: 年月日]+\s*(?:毫秒|秒|ms|s)?|Processed in [\d.]+ \w+"
_PASSING = re.compile(f"{_COUNTER}|{_VISITOR}|{_TODAY}|{_WEATHER}|{_OPAQUE}|{_BUILT}")
_ALONE = re.compile(rf"(?m)^\s*(?:{_WEEKDAY}|{_CLOCK})\s*$")
_INVISIBLE = re.compile(r"[\s\u00ad\u200b-\u200f\u2028-\u202f\u2060\ufeff]+")


def main_text(document: Document) -> str:
    """Title, particulars and text of an article, a line each; of any other page everything that is shown."""
    body = content_lines(document)
    if sum(map(len, body)) < _ENOUGH:
        return "\n".join(line for line in (line.strip() for line in document.text.split("\n")) if line)
    title = shown_title(document)
    above: list[str] = []
    if title is not None and title.end is not None:
        rest = document.text[title.end : title.end + 400].split("\n")
        above = [title.text]
        for line in (line.strip() for line in rest):
            if line and line[:12] == body[0][:12]:
                break
            if line:
                above.append(line)
        else:
            above = [title.text]
    return "\n".join((*above, *body))


def text_sha256(text: str) -> str:
    """Hash of the text without white space, counters, clocks, weather and session tokens."""
    lasting = _ALONE.sub("", _PASSING.sub("", text))
    return hashlib.sha256(_INVISIBLE.sub("", lasting).encode("utf-8", "replace")).hexdigest()
