"""Where a page names the sections of its site: menus, the site map, headings with their 更多, the trail of a list.

A home page names its sections by short anchors; what hangs behind a 更多 is named by the heading of its block. What
is a section and what only an entrance (登录, 无障碍) the pages behind decide: here only what cannot be one is left out.
"""

from __future__ import annotations

import re
from itertools import islice
from typing import TYPE_CHECKING, Final

from govcrawl.domains import registrable_domain
from govcrawl.pages.links import urls
from govcrawl.pages.links.article_address import is_article_address
from govcrawl.pages.lists.rows import runs
from govcrawl.pages.markup.patterns import short
from govcrawl.records.items import NamedSection

if TYPE_CHECKING:
    from collections.abc import Iterator

    from selectolax.lexbor import LexborNode

    from govcrawl.pages.markup.document import Document
    from govcrawl.pages.read import PageRead

MOST_NAMED: Final = 500  # of one page; a site map of a large portal has some three hundred
MOST_ANCHORS: Final = 5000  # of one page looked at
MOST_BLOCKS: Final = 100  # of one page that end in a 更多; a home page has twenty
LONGEST_NAME: Final = 14  # characters, as 国民经济和社会发展统计公报 has; longer words are headlines
_SHORTEST_NAME: Final = 2
_MAX_DEPTH: Final = 6  # how far above an anchor its heading may stand
_MAX_SIBLINGS: Final = 8

_MORE: Final = short(r"[\W_]*(?:更多|查看更多|more|MORE|More|\+|详细|全部|进入)(?:信息|内容)?[\W_]*", 60)
_CHINESE: Final = re.compile(r"[\u4e00-\u9fff]")
_EDGES: Final = re.compile(
    r"^[^\w《（(【\u4e00-\u9fff]+|(?<![^\w》）)】\u4e00-\u9fff])[^\w》）)】\u4e00-\u9fff]+$"
)
_BRACKETS: Final = re.compile(r"^[【\[（(]\s*(.*?)\s*[】\]）)]$")
_COUNT: Final = re.compile(r"\s*[（(\[]\s*\d+\s*[条篇件]?\s*[)）\]]$|\s+\d+\s*[个条篇件场]?$")
# What a menu holds besides sections: acts on the page, entrances, and the parts every foot has.
_LONGEST_NAME: Final = 100  # characters; what is longer is no name of anything
_NO_SECTION: Final = short(
    r"(?:网站|返回|回到)?首\s*页|主页|返回.*|.*登[录陆].*|.*注册.*|退出|注销|无障碍.*|长者.*|适老.*|关怀版|语音.*|繁[体體].*|简体.*|[Ee]nglish|EN"
    r"|(?:网站|站点)?(?:地图|导航)|(?:关于|联系)(?:我们|本站)|联系方式|网站(?:声明|帮助|说明|简介|标识码.*)|隐私.*|版权.*|免责.*|法律声明|使用帮助"
    r"|设为首页|(?:加入)?收藏.*|手机版|移动版|电脑版|(?:政务)?(?:微信|微博|客户端|新媒体).*|公众号|二维码|扫一扫.*|RSS.*|.*邮箱|高级搜索|搜索|检索|站内.*|智能(?:问答|机器人)"
    r"|上一[页条]|下一[页条]|尾页|末页|\d+|.*备\s*\d+.*|.*(?:ICP|公网安备).*|我为政府网站找错|党政机关|友情链接|.*\d{4}[-年./]\d{1,2}.*|.*政府网站?$|.*政府门户网站|详情|.*纠错.*|.*\d{4}年.*(?:期|季度|月份?)|展开|收起|打印|关闭|分享.*|播放|暂停",
    _LONGEST_NAME,
)
_FRIENDS: Final = re.compile(
    r"(?:^|[-_ ])(?:friend|yqlj|links?|wzlj|copyright|footer?|bottom|banquan)", re.IGNORECASE
)
_MENU: Final = re.compile(r"(?:^|[-_ ]|[a-z](?=[NM]))(?:nav|menu|daohang|dh(?![a-z]))", re.IGNORECASE)
_TRAIL_CLASS: Final = (
    "[class*=crumb], [class*=position], [class*=location], [class*=weizhi], [class*=dqwz], [class*=bread], [id*=crumb],"
    " [id*=position], [id*=location], [class*=local], [class*=place], [class*=current]"
)
_TRAIL_SIGN: Final = re.compile(r"(?:当前|现在|所在|您的|你的)\s*的?\s*(?:位置|栏目)|位置\s*[:：]")
_TRAIL_BEGIN: Final = re.compile(r"^\W*(?:网站|本站)?(?:首\s*页|主页)\s*(?:[>›»＞→/\\]|-+\s|::)")
_TRAIL_LEAD: Final = re.compile(r"^.*?(?:位置|栏目)[\s>]*(?:是|为|在)?\s*[:：]?\s*")
_TRAIL_BREAK: Final = re.compile(r"[>›»＞→/|\\]+|::|\s-+\s")
_TRAIL_END: Final = re.compile(r"正文|列表|信息列表|文章列表|内容|详细信息|栏目")
_HOME: Final = re.compile(r"(?:网站|本站|返回)?首\s*页|主页|[Hh]ome")
_HOME_PREFIX: Final = re.compile(r"^(?:网站|本站)?首\s*页(?=.)")
_MAX_TRAIL_DEPTH: Final = 4
_MOST_TRAILS: Final = 20  # places of a page looked at for its trail
_LONGEST_TRAIL: Final = 120
_LONGEST_MARKUP: Final = (
    2000  # characters of an element that may hold nothing but a trail, white space included
)
_SPACED: Final = re.compile(r"[\u4e00-\u9fff\s\u3000]+")
_SITE_MAP: Final = re.compile(r"(?:网站|站点)(?:地图|导航)|[Ss]ite\s?[Mm]ap")
_SITE_MAP_ADDRESS: Final = re.compile(r"/(?:wzdt|zddt|sitemap|site_map|webmap)\b", re.IGNORECASE)


def clean_name(text: str) -> str:
    """A section's name without the arrows, brackets and counts that templates put around it; empty if it is none."""
    name = _COUNT.sub("", " ".join(text.split()))
    name = _EDGES.sub("", _BRACKETS.sub(r"\1", _EDGES.sub("", name)))
    if _SPACED.fullmatch(name):
        name = "".join(name.split())  # `首 页`, `通 知 公 告`
    if not _SHORTEST_NAME <= len(name) <= LONGEST_NAME or not _CHINESE.search(name):
        return ""
    return "" if _NO_SECTION.fullmatch(name) else name


def is_site_map(document: Document) -> bool:
    """Whether a page is the map of its site."""
    return _SITE_MAP.search(document.title or "") is not None or (
        _SITE_MAP_ADDRESS.search(document.url) is not None
    )


def navigation(read: PageRead) -> list[NamedSection]:
    """What a page says of its site's sections: home page and site map all they name, a section's page its trail."""
    if read.kind == "home" or is_site_map(read.document):
        return named_sections(read.document, read.charset_used or "utf-8")
    own = trail(read.document) if read.kind in ("section", "other") else None
    return [] if own is None else [own]


def named_sections(document: Document, charset: str = "utf-8") -> list[NamedSection]:
    """What the menus, headings and 更多 of a page name, each (address, name) once, in document order."""
    if document.tree.body is None:
        return []
    found: dict[tuple[str, str], NamedSection] = {}
    place = "map" if is_site_map(document) else "menu"
    blocks = 0
    for anchor in document.tree.body.css("a[href], area[href]")[:MOST_ANCHORS]:
        text = _shown(anchor)
        if len(text) > LONGEST_NAME + 10 or _among_friends(anchor):
            continue
        url = _address(document, anchor, charset)
        if (
            url is None
            or is_article_address(url)
            or (_is_foreign(url, document.url) and not _in_menu(anchor))
        ):
            continue
        if _MORE.fullmatch(text):
            blocks += 1
            if blocks > MOST_BLOCKS:
                continue
            name, where, parent = clean_name(_heading_of(anchor)), "more", None
        else:
            name, where = clean_name(text), place
            parent = _parent_of(anchor, name) if name else None
        if name:
            found.setdefault((url, name), NamedSection(name, url, where, parent))
        if len(found) >= MOST_NAMED:
            break
    return list(found.values())


def trail(document: Document) -> NamedSection | None:
    """What the trail of a list page (当前位置：首页 > 政务公开 > 通知公告) says the page is, and what it stands under."""
    body = document.tree.body
    steps = (
        next((steps for node in _trails(body) if (steps := _steps(node))), None) if body is not None else None
    )
    if not steps:
        return None
    return NamedSection(steps[-1], document.url, "trail", steps[-2] if len(steps) > 1 else None)


def _shown(anchor: LexborNode) -> str:
    """What a reader sees of an anchor: its text, else the name of its image."""
    text = " ".join(anchor.text().split())
    if text:
        return text
    image = anchor.css_first("img")
    attributes = anchor.attributes
    shown = (image.attributes.get("alt") or "") if image is not None else ""
    return " ".join((attributes.get("title") or attributes.get("alt") or shown).split())


def _address(document: Document, anchor: LexborNode, charset: str) -> str | None:
    reference = (anchor.attributes.get("href") or "").strip()
    if not reference or reference[0] == "#":
        return None
    absolute = document.absolute(reference)
    return urls.normalise(absolute, charset) if absolute is not None else None


def _is_foreign(url: str, page_url: str) -> bool:
    """Whether an address belongs neither to the page's site nor to another host of its office (`xxgk.x.gov.cn`)."""
    address, own = urls.split(url), urls.split(page_url)
    if address is None or own is None:
        return True
    domain = registrable_domain(address.host)
    return urls.bare_host(address.host) != urls.bare_host(own.host) and (
        not domain or domain != registrable_domain(own.host)
    )


def _in_menu(anchor: LexborNode) -> bool:
    """Whether an anchor stands in what the markup calls a menu."""
    return _stands_in(anchor, "nav", _MENU)


def _among_friends(anchor: LexborNode) -> bool:
    """Whether an anchor stands among the links to other offices, or in the foot."""
    return _stands_in(anchor, "footer", _FRIENDS)


def _stands_in(anchor: LexborNode, tag: str, names: re.Pattern[str]) -> bool:
    """Whether an element above an anchor is of this tag, or of a class or id that one of the names is found in."""
    node: LexborNode | None = anchor.parent
    for _ in range(_MAX_DEPTH):
        if node is None or node.tag in {"body", "html"}:
            return False
        if node.tag == tag or names.search(_called(node)):
            return True
        node = node.parent
    return False


def _called(node: LexborNode) -> str:
    attributes = node.attributes
    return f"{attributes.get('class') or ''} {attributes.get('id') or ''}"


def _heading_of(anchor: LexborNode) -> str:
    """The heading of the block a 更多 closes: the nearest short words before it that stand in no other block."""
    reference = (anchor.attributes.get("href") or "").strip()
    node = anchor
    for _ in range(_MAX_DEPTH):
        heading = _words_before(node, reference)
        parent = node.parent
        if heading or parent is None or parent.tag in {"body", "html"}:
            return heading
        if sum(_MORE.fullmatch(_shown(other)) is not None for other in parent.css("a[href]")) > 1:
            return ""  # several blocks stand in it, each with a heading of its own
        node = parent
    return ""


def _words_before(node: LexborNode, reference: str) -> str:
    """The nearest single name before a node; an anchor to somewhere else is an entry, and several names are tabs."""
    sibling = node.prev
    for _ in range(_MAX_SIBLINGS):
        if sibling is None:
            break
        words = (
            []
            if _leads_elsewhere(sibling, reference)
            else [word for word in runs(sibling) if _CHINESE.search(word)]
        )
        if len(words) == 1 and clean_name(words[0]):
            return words[0]
        sibling = sibling.prev
    return ""


def _leads_elsewhere(node: LexborNode, reference: str) -> bool:
    if node.tag in {"-text", "-comment"}:
        return False
    return any(
        (anchor.attributes.get("href") or "").strip() not in {reference, "", "#"}
        for anchor in node.css("a[href]")
    )


def _parent_of(anchor: LexborNode, name: str) -> str | None:
    """The menu item an anchor hangs under: the words of the enclosing `li`, or the `dt` before the `dd`."""
    node: LexborNode | None = anchor
    inner_list = False
    for _ in range(_MAX_DEPTH + 2):
        node = node.parent if node is not None else None
        if node is None or node.tag in {"body", "html", "nav", "header"}:
            return None
        if node.tag in {"ul", "ol", "dl"}:
            if inner_list and node.tag != "dl":
                return None
            inner_list = True
        above: str | None = None
        if node.tag == "li" and inner_list:
            first = node.css_first("a")
            above = clean_name(_shown(first) if first is not None else "") or clean_name(
                node.text(deep=False)
            )
        elif node.tag == "dd" and not inner_list:
            before = node.prev
            while before is not None and before.tag != "dt":
                before = before.prev
            above = clean_name("".join(runs(before))) if before is not None else None
        if above and above != name:
            return above
    return None


def _trails(body: LexborNode) -> Iterator[LexborNode]:
    """Elements that may be the trail: what encloses an anchor to the home page, and what is called one."""
    anchors = body.css("a")[:MOST_ANCHORS]
    for anchor in islice((each for each in anchors if _HOME.fullmatch(each.text().strip())), _MOST_TRAILS):
        node = anchor.parent
        for _ in range(_MAX_TRAIL_DEPTH):
            if node is None or len(node.text()) > _LONGEST_MARKUP:
                break
            yield node
            node = node.parent
    yield from body.css(_TRAIL_CLASS)[:_MOST_TRAILS]


def _steps(node: LexborNode) -> list[str]:
    """The names of a trail behind 首页; empty when it is none."""
    if len(node.text()) > _LONGEST_MARKUP:
        return []
    words = runs(node)
    shown = " ".join(words)
    if len(shown) > _LONGEST_TRAIL:
        return []
    if not _TRAIL_SIGN.search(shown) and not _TRAIL_BEGIN.search(shown):
        return []
    found: list[str] = []
    for piece in _TRAIL_BREAK.split(_TRAIL_LEAD.sub("", " > ".join(words), count=1)):
        step = _HOME_PREFIX.sub("", piece.strip())
        name = "" if _HOME.fullmatch(step) or _TRAIL_END.fullmatch(step) else clean_name(step)
        if name and (not found or found[-1] != name):
            found.append(name)
    return found
