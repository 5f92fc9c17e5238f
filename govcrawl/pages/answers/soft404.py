"""Error pages that answer 200.

What a site shows for an address that cannot exist is fetched once a directory; a page that shows the same, or says like
it that there is no such page, is an error page too: two observations, and findings say which. Compared are the lines shown, in both directions: a real page adds lines of its own to the
template, and a home page that stands in for missing ones shows lines an article lacks. Even a blank section
adds its name, so next to nothing may differ. Nobody asks it of the home page itself. A page that asks who is there is not
compared: a platform for registered users shows its login to strangers at every address, and opens for those who may.
"""

from __future__ import annotations

import re
import zlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from govcrawl.pages.lists.list_data import drawn_by_script
from govcrawl.pages.markup.foot import FOOT
from govcrawl.records.outcomes import StandIn

if TYPE_CHECKING:
    from collections.abc import Mapping

    from govcrawl.pages.markup.document import Document

# Counters, clocks and the address asked for, which error pages like to repeat.
_VARYING: Final = re.compile(r"(?<![\w.:%\-])[\w.:%\-]*/[\w./:%?=&\-]+|\d+", re.ASCII)
_MOST_LINES: Final = 600
_SHELLS: Final = "#app, #root, #__nuxt, #__next, app-root, [data-reactroot]"
_LOGIN: Final = "input[type=password i]"
_LOGIN_TITLE: Final = re.compile(
    r"(?:登录|登陆|统一身份认证|单点登录|login|sign in)\W*$|^\W*(?:登录|登陆|用户登录)", re.IGNORECASE
)
_PARAGRAPH: Final = 400  # characters in which a wall explains itself
_WAYS_ON: Final = 4  # links; a wall offers to go back or home
_OWN: Final = 8  # characters in lines only one of the two shows
# Below this the shown text of a page with scripts is too little to compare: an application draws all its pages into one
# empty shell.
_LEAST_TEXT: Final = 40

_NOT_FOUND_TITLE: Final = re.compile(
    r"^\W*(?:error\W*)?404\b|\b404\s*(?:错误|error|页面|not found|-)|not found|(?:页面|网页|文件|资源|内容|信息|文章|栏目)(?:没有|未)(?:找到|发现)"
    r"|(?:页面|网页|文件|资源|内容|信息|文章|栏目)(?:不存在|已(?:被)?删除|丢失|走丢)|找不到(?:页面|网页|文件|该页|您|指定)|无法找到(?:该|页面|网页|资源)",
    re.IGNORECASE,
)
_NOT_FOUND_TEXT: Final = re.compile(
    r"(?:您|你)?(?:所)?(?:要)?(?:访问|查看|浏览|请求|寻找|查找)的?\s*(?:页面|网页|地址|文件|内容|信息|文章|资源|栏目)\s*(?:可能)?\s*"
    r"(?:不存在|已(?:被|经)?(?:删除|移除|移动)|没有找到|未找到|找不到|失踪|走丢)"
    r"|(?:抱歉|对不起|很遗憾)[^\n]{0,20}(?:页面|网页|文章|内容|信息|文件)[^\n]{0,10}(?:不存在|删除|找不到|没有找到|未找到|丢失)"
    r"|(?:页面|网页|文章|文件|信息)(?:不存在|找不到了|没有找到|已(?:被)?删除)|无法找到(?:该|您)|HTTP\s*(?:错误|Error)?\s*404|404\s*Not\s*Found"
    r"|the (?:page|resource|requested url)[^\n]{0,60}(?:not found|cannot be found|does not exist|no longer)",
    re.IGNORECASE,
)
# What stands in the way of a page, and what an error of a server is told in.
_OF_WALL: Final = re.compile(
    r"请求|拦截|阻断|防护|防火墙|验证|认证|授权|权限|排队|等[待候]|稍[后候等]|维护|升级|繁忙|频[繁率]|人数|限制|拒绝|禁止|异常|超时|服务器|数据库|浏览器|脚本"
    r"|境[内外]|范围|攻击|安全|检测|\bIP|\bjavascript|\bcookie|\berror|\bwarning|exception|\bdenied|forbidden|unavailable|blocked|challenge|support id"
    r"|[\"']code[\"']|timed? ?out|\b5\d\d\b",
    re.IGNORECASE,
)
# Of a page that went away, in any words: 这一页已经飞走啦.
_SPEAKS_OF_PAGE: Final = re.compile(
    r"(?:[这该此]一?页|页面|网页|链接|文章|栏目|文件)[^\n。]{0,12}(?:丢|走|飞|没|不[在存见]|无效|失[踪效]|删|找|移|过期|错)|\b404\b|not found",
    re.IGNORECASE,
)
_SHORT: Final = 600  # characters; an article may tell of pages that do not exist


@dataclass(frozen=True, slots=True)
class Fingerprint:
    """What a page shows, small enough to keep one for each directory: hash of each line → the characters it fills."""

    title: str
    lines: Mapping[int, int]
    characters: int
    says_not_found: bool
    drawn: bool  # a script puts the page's own text into a frame that all pages share
    asks_login: bool
    scripted: bool = True  # whether scripts may add to what it shows
    whole: bool = True  # whether it came to its end; beginnings that are alike say nothing of the rest
    like_wall: bool = (
        False  # whether it may be a wall's: a paragraph without ways on that tells of anything but a page
    )


def fingerprint(doc: Document, *, whole: bool = True) -> Fingerprint:
    """Lines shown by a page, without what changes from one request to the next; `whole`: all of it came."""
    lines: dict[int, int] = {}
    for line in doc.text.splitlines():
        words = _VARYING.sub("0", " ".join(line.split()))
        if words:
            line_hash = zlib.crc32(words.encode("utf-8", "replace"))
            lines[line_hash] = lines.get(line_hash, 0) + len(words)
            if len(lines) >= _MOST_LINES:
                break
    return Fingerprint(
        title=_VARYING.sub("0", doc.title or ""),
        lines=lines,
        characters=sum(lines.values()),
        says_not_found=says_not_found(doc),
        drawn=drawn_by_script(doc) or _is_shell(doc),
        asks_login=_asks_login(doc),
        scripted=doc.tree.css_first("script, iframe, frame") is not None,
        whole=whole,
        like_wall=_is_like_wall(doc),
    )


def stand_in(page: Fingerprint, probe: Fingerprint) -> StandIn | None:
    """How `page` is known to stand in for a missing one, beside what the site shows for a random address (`probe`)."""
    if page.says_not_found and probe.says_not_found:
        return StandIn.SAYS_NONE
    return StandIn.SAME_FOR_ANY if not page.like_wall and shows_same(page, probe) else None


def is_wall(page: Fingerprint, probe: Fingerprint) -> bool:
    """Whether any address is answered with the same few words that tell of something else than a missing page.

    A firewall of a kind nobody knows, a queue, a notice of maintenance, an error of the server: what stands behind, nobody saw.
    """
    return page.like_wall and not (page.says_not_found and probe.says_not_found) and shows_same(page, probe)


def shows_same(page: Fingerprint, probe: Fingerprint) -> bool:
    """Whether two pages show the same, but for what changes from one request to the next."""
    if (
        not (page.whole and probe.whole)
        or page.drawn
        or page.asks_login
        or page.title != probe.title
        or min(page.characters, probe.characters) < (_LEAST_TEXT if page.scripted else _OWN)
    ):
        return False
    shared = sum(min(filled, probe.lines.get(line, 0)) for line, filled in page.lines.items())
    return max(page.characters, probe.characters) - shared <= _OWN


def _is_shell(doc: Document) -> bool:
    """Whether the page is an application's empty shell, the same for every address until its script has run."""
    return any(not node.text().strip() for node in doc.tree.css(_SHELLS))


def _is_like_wall(doc: Document) -> bool:
    text = doc.text
    return (
        len(text) <= _PARAGRAPH
        and _OF_WALL.search(f"{doc.title or ''}\n{text}") is not None
        and _SPEAKS_OF_PAGE.search(text) is None
        and FOOT.search(text) is None
        and len(doc.tree.css("a[href]")[:_WAYS_ON]) < _WAYS_ON
    )


def _asks_login(doc: Document) -> bool:
    return doc.tree.css_first(_LOGIN) is not None or bool(_LOGIN_TITLE.search(doc.title or ""))


def says_not_found(doc: Document) -> bool:
    """Whether a page says of itself that there is none; support for the comparison, and for no home page."""
    text = doc.text
    if doc.title and _NOT_FOUND_TITLE.search(doc.title):
        return len(text) <= 4 * _SHORT
    return len(text) <= _SHORT and bool(_NOT_FOUND_TEXT.search(text))
