"""Other shapes of the same page: what a reader sees is what it was, only the way it is put into markup is another.

A fault of kind `shaped` gives pages such a shape. It confesses nothing: a page is not at fault for its shape, and what is missing on it is
missing in any. `gated` is the exception that shows nothing, and of which nothing may be concluded.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

MAIN, MENU = (
    "/in/main.html",
    "/in/menu.html",
)  # what stands behind a home page of frames, or one that leads on

_BODY = re.compile(r"<body.*</body>", re.DOTALL)
_MENU = re.compile(r'<div class="menu">.*?</ul></div>', re.DOTALL)


def _in_frames(page: str) -> str:
    """A home page of two frames: a menu and the page itself."""
    frames = f'<frameset cols="180,*"><frame src="{MENU}"><frame src="{MAIN}"></frameset>'
    return _BODY.sub(lambda _: frames, page)


def _led_on(page: str) -> str:
    """A home page that sends its reader on after a moment."""
    page = page.replace("<head>", f'<head><meta http-equiv="refresh" content="1; url={MAIN}">', 1)
    return _BODY.sub("<body><p>正在进入</p></body>", page)


def _gated(_: str) -> str:
    """A gate of its own making in place of the page, answered with 200."""
    return (
        "<!DOCTYPE html><html><head><meta charset='utf-8'></head><body><div id='w'>本站正在核对访问来源,片刻后自动转入。</div>"
        "<script>(function(k){for(var i=0,s=0;i<k.length;i++)s+=k.charCodeAt(i);window.__k=s})('q7Lw2')</script></body></html>"
    )


def _doctype(page: str) -> str:
    """With the doctype that XSLT and Thymeleaf write; some parsers cannot copy such a tree."""
    return page.replace("<!DOCTYPE html>", '<!DOCTYPE html SYSTEM "about:legacy-compat">', 1)


def _asks_for_scripts(page: str) -> str:
    return page.replace(
        "</head>", "</head><noscript>请启用JavaScript后访问本网站，否则部分功能无法使用。</noscript>", 1
    )


def _sponsor_first(page: str) -> str:
    """The foot names the sponsor before the word, not behind it."""
    return re.sub(r"主办单位：([^<]+)", r"本网站由\1主办", page)


def _rows_by_script(page: str) -> str:
    """The rows of a list open by script; only it knows the addresses."""
    return re.sub(
        r'<h3><a href="([^"]+)">', r"""<h3><a onclick="window.open('\1')" style="cursor:pointer">""", page
    )


def _under_years(page: str) -> str:
    """The rows of a list print month and day; their years stand above them."""
    year = ""

    def row(match: re.Match[str]) -> str:
        nonlocal year
        heading = "" if match[2] == year else f"</ul><h3>{match[2]}年</h3><ul class='list'>"
        year = match[2]
        return f"{heading}{match[1]}<span>{match[3]}</span></li>"

    return re.sub(r"(<li><a (?:(?!</li>).)*?</a>)<span>(\d{4})-(\d\d-\d\d)</span></li>", row, page)


def _box_beside(page: str) -> str:
    """A box of other sections' news stands beside the list; whoever takes it for the list is told off by its days, which have not come."""
    rows = "".join(
        f'<li><a href="{address}">{title}</a><span>2099-11-{day}</span></li>'
        for address, title, day in (
            ("/info/1505/11000.htm", "举办基层治理创新专题培训班", 22),
            ("/info/1505/10999.htm", "召开河湖长制工作推进会", 21),
            ("/info/1505/10998.htm", "社区养老服务惠及千家万户", 20),
        )
    )
    return page.replace("</body>", f'<div class="side"><h4>要闻速览</h4><ul>{rows}</ul></div></body>', 1)


def _own_scripts(page: str) -> str:
    """Without scripts of other hosts: the marks of the foot are links. So nothing of the page fails to come."""
    page = re.sub(r"<script>document\.write\(unescape\(.*?</script>", "", page)
    entry = r'<a href="https://zfwzgl.www.gov.cn/exposure/jiucuo.html?site_code=\1">我为政府网站找错</a>'
    return re.sub(r'<script id="_jiucuo_" sitecode="(\d+)"[^>]*></script>', entry, page)


SHAPES: dict[str, Callable[[str], str]] = {
    "frames": _in_frames,
    "leads on": _led_on,
    "gated": _gated,
    "doctype": _doctype,
    "noscript": _asks_for_scripts,
    "sponsor first": _sponsor_first,
    "rows by script": _rows_by_script,
    "under years": _under_years,
    "box beside": _box_beside,
    "own scripts": _own_scripts,
}


def menu_of(page: str) -> str:
    """The menu of a page as a page of its own."""
    found = _MENU.search(page)
    return _BODY.sub(f"<body>{found[0] if found else ''}</body>", page)
