"""Where a page's own text stands: the block that holds the article, and its lines.

Known containers of the common systems (TRS, Hanweb, Dongyuan, UCAP, WeChat …) come first; else the block whose
paragraphs hold the most text outside links.
"""

from __future__ import annotations

import re
from functools import lru_cache
from html import unescape
from typing import TYPE_CHECKING

from govcrawl.pages.markup.foot import FOOT

if TYPE_CHECKING:
    from selectolax.lexbor import LexborNode

    from govcrawl.pages.markup.document import Document

_CONTAINERS = (
    "#UCAP-CONTENT, .TRS_Editor, .TRS_UEDITOR, .trs_editor_view, #zoom, #Zoom, #js_content, #zoomcon, #BodyLabel,"
    " .pages_content, .xxgk_content, .article_con, .article-con, .article-content, .article_content, .articlecontent,"
    " .news_content, .news-content, .con_text, .content_text, .TRS_PreAppend, .Custom_UnionStyle, .conTxt, .nr_con,"
    " .wzy1, .v_news_content, .wz_content, .detail-content, .zw-content, #content_body, #articleContent, #fontzoom,"
    " #ivs_content, #vsb_content"
)
_ENOUGH = 60  # characters; a known container with less may be an empty shell, or only a picture or attachment
_MAX_PARAGRAPHS = 4000

_BLOCK = re.compile(
    r"(?i)</?(?:p|div|br|tr|li|ul|ol|dl|dt|dd|table|h[1-6]|section|article|center|hr|blockquote|pre|form|header|footer)\b[^>]*>"
)
_CELL = re.compile(r"(?i)</?t[dh]\b[^>]*>")
_TAG = re.compile(r"<!--.*?-->|<[^>]*>", re.DOTALL)
_SPACES = re.compile(r"[ \t\r\f\v\xa0\u3000\u200b\ufeff]+")
_BREAK = "\x1e"

TAIL = re.compile(
    r"\W{0,3}(?:相关(?:文章|阅读|信息|新闻|链接|稿件|报道|资讯|内容|文档|政策|解读)|延伸阅读|推荐阅读|热点新闻|上一[篇条]|下一[篇条]"
    r"|扫一扫|分享到|责任编辑|打印本页|关闭(?:窗口|本页)|我要(?:打印|纠错)|【?(?:打印|关闭|纠错)】?\W)"
)


@lru_cache(maxsize=2)
def content_node(document: Document) -> LexborNode | None:
    """The element that holds the article's text; None on a page with next to no text."""
    seen = document.seen
    if seen is None:
        return None
    known = [node for node in seen.css(_CONTAINERS) if len(node.text().strip()) >= _ENOUGH]
    if known:
        return max(known, key=lambda node: len(node.text()))
    return _densest(seen)


@lru_cache(maxsize=2)
def content_lines(document: Document) -> list[str]:
    """The lines of the article's text as a reader sees them; runs inside a line are joined."""
    node = content_node(document)
    if node is None:
        return []
    found = lines(node)
    end = next((number for number, line in enumerate(found) if number and TAIL.match(line)), len(found))
    return found[:end]


def lines(node: LexborNode) -> list[str]:
    """The text below `node`, one line for each block, blank lines left out."""
    markup = (node.html or "").replace("\n", " ")
    text = _TAG.sub("", _CELL.sub(" ", _BLOCK.sub(_BREAK, markup)))
    stripped = (_SPACES.sub(" ", line).strip() for line in unescape(text).split(_BREAK))
    return [line for line in stripped if line]


def _densest(seen: LexborNode) -> LexborNode | None:
    """The element whose paragraphs, or own text between breaks, hold the most characters outside links."""
    scores: dict[int, float] = {}
    nodes: dict[int, LexborNode] = {}
    for paragraph in seen.css("p, br")[:_MAX_PARAGRAPHS]:
        parent = paragraph.parent
        if parent is None:
            continue
        key = parent.mem_id
        if key not in nodes:
            nodes[key] = parent
            scores[key] = (
                _own_length(parent) if paragraph.tag == "br" else len(parent.text(deep=False).strip())
            )
        if paragraph.tag == "p":
            own = len(paragraph.text().strip()) - sum(len(link.text()) for link in paragraph.css("a"))
            scores[key] += own
            above = parent.parent
            if above is not None:
                nodes.setdefault(above.mem_id, above)
                scores[above.mem_id] = scores.get(above.mem_id, 0) + own / 2
    best = _best(scores, nodes)
    if best is not None:
        return best
    for node in seen.css("div, td, section, article, span, font")[:_MAX_PARAGRAPHS]:
        nodes[node.mem_id] = node
        scores[node.mem_id] = len(node.text(deep=False).strip())
    return _best(scores, nodes)


def _own_length(node: LexborNode) -> int:
    """Characters of an element that holds lines broken by `<br>`, without links and blocks within it."""
    return len(node.text().strip()) - sum(len(inner.text()) for inner in node.css("a, div, table, ul, p"))


def _best(scores: dict[int, float], nodes: dict[int, LexborNode]) -> LexborNode | None:
    """The highest scored element with enough text that is not the foot of the site."""
    for key in sorted(scores, key=scores.__getitem__, reverse=True)[:3]:
        if scores[key] < _ENOUGH:
            return None
        if not FOOT.search(nodes[key].text()[:300]):
            return nodes[key]
    return None
