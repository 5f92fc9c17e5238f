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
    from collections.abc import Iterator

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
_MORE = 1.25
_STRAY_ENDS = 3  # elements that a stray end tag may have closed
_PASTED = frozenset(("p", "span", "table", "font", "ul", "ol", "b", "strong", "h2", "h3", "h4", "o:p"))
_SENTENCE = re.compile(r"[，。；：]")
_SENTENCE_LENGTH = 20  # characters
_STOP = re.compile(r"[，。；]")
_HIGHEST = 4  # steps from a paragraph up to what stands in a line with others: td, tr, tbody, table
_LEAST_OF_A_MENU = 5  # links
_LONGEST_OF_A_MENU = 10  # characters

_BLOCK = re.compile(
    r"(?i)</?(?:p|div|br|tr|li|ul|ol|dl|dt|dd|table|h[1-6]|section|article|center|hr|blockquote|pre|form|header|footer)\b[^>]*>"
)
_CELL = re.compile(r"(?i)</?t[dh]\b[^>]*>")
_TAG = re.compile(r"<!--.*?(?:-->|$)|<[^>]*(?:>|$)", re.DOTALL)
_SPACES = re.compile(r"[ \t\r\f\v\xa0\u3000\u200b\ufeff]+")
_BREAK = "\x1e"

# Lines below an article: heads of what is beside it, and things to do with the page. Longer ones are text.
TAIL = re.compile(
    r"\W{0,3}(?:上一[篇条页]|下一[篇条页])"
    r"|\W{0,3}(?:相关(?:文章|阅读|信息|新闻|链接|稿件|报道|资讯|内容|文档|政策|解读)|延伸阅读|推荐阅读|热点新闻"
    r"|扫一扫|分享到|责任编辑|打印本页|关闭(?:窗口|本页)|我要(?:打印|纠错)|【?(?:打印|关闭|纠错)】?\W)[^。；]{0,40}$"
)


@lru_cache(maxsize=2)
def content_node(document: Document) -> LexborNode | None:
    """The element that holds the article's text; None on a page with next to no text."""
    seen = document.seen
    if seen is None:
        return None
    containers = [node for node in seen.css(_CONTAINERS) if len(node.text().strip()) >= _ENOUGH]
    if containers:
        return _together(containers)
    return _densest(seen)


def _together(containers: list[LexborNode]) -> LexborNode:
    """The longest of the containers, or what holds several side by side: editors open one a paragraph."""
    lengths = [len(node.text()) for node in containers]
    longest = containers[lengths.index(max(lengths))]
    parent = longest.parent
    if len(containers) > 1 and parent is not None and parent.tag not in {"body", "html"}:
        beside = [
            length
            for node, length in zip(containers, lengths, strict=True)
            if node.parent is not None and node.parent.mem_id == parent.mem_id
        ]
        if sum(beside) > _MORE * max(lengths) and sum(beside) * _MORE > len(parent.text()):
            return parent
    return longest


@lru_cache(maxsize=2)
def content_lines(document: Document) -> list[str]:
    """The lines of the article's text as a reader sees them; runs inside a line are joined."""
    node = content_node(document)
    if node is None:
        return []
    paragraphs = _alike_beside(node)
    found = [line for paragraph in paragraphs for line in lines(paragraph)]
    for behind in _continued(paragraphs[-1]):
        found += lines(behind)
    found = without_menus(found, paragraphs)
    end = next((number for number, line in enumerate(found) if number and TAIL.match(line)), len(found))
    return found[:end]


def _alike_beside(node: LexborNode) -> list[LexborNode]:
    """The paragraphs of a text that no element of its own holds: rows of one cell, boxes, tables in a line with `node`.

    `node` alone, where what stands beside it holds less than half as much: then it is the text.
    """
    step: LexborNode | None = node
    for _ in range(_HIGHEST):
        if step is None or step.tag in {"body", "html"}:
            break
        run = [*_prose_beside(step, forward=False)[::-1], step, *_prose_beside(step, forward=True)]
        own = len(step.text())
        if 2 * (sum(len(each.text()) for each in run) - own) > own:
            return run
        step = step.parent
    return [node]


def _prose_beside(node: LexborNode, *, forward: bool) -> list[LexborNode]:
    """The elements of the same tag right beside one, up to the last paragraph before a link, a foot or something else."""
    found: list[LexborNode] = []
    last = 0
    beside = node.next if forward else node.prev
    while beside is not None and len(found) < _MAX_PARAGRAPHS:
        if beside.tag == node.tag:
            text = beside.text().strip()
            if (
                FOOT.search(text)
                or TAIL.match(text)
                or beside.css_first("a[href], h1, input, select") is not None
            ):
                break
            found.append(beside)
            if len(text) >= _SENTENCE_LENGTH and _STOP.search(text):
                last = len(found)
        elif beside.tag not in {"-text", "-comment", "br", "script"} or (
            beside.tag == "-text" and beside.text().strip()
        ):
            break
        beside = beside.next if forward else beside.prev
    return found[:last]


def without_menus(found: list[str], nodes: list[LexborNode]) -> list[str]:
    """The lines but for a menu among them, as `nodes` hold it: many links in a row, each no longer than a menu's."""
    if len(found) < _LEAST_OF_A_MENU:
        return found
    words = {
        name
        for node in nodes
        for anchor in node.css("a[href]")
        if 0 < len(name := "".join((anchor.text() or "").split())) <= _LONGEST_OF_A_MENU
    }
    if len(words) < _LEAST_OF_A_MENU:
        return found
    kept: list[str] = []
    menu: list[str] = []
    for line in [*found, ""]:
        if line and all(piece in words for piece in line.split()):
            menu.append(line)
            continue
        if sum(len(each.split()) for each in menu) < _LEAST_OF_A_MENU:
            kept += menu
        menu = []
        kept.append(line)
    return kept[:-1]


def _continued(node: LexborNode) -> Iterator[LexborNode]:
    """The paragraphs behind a container that a stray end tag in pasted markup has closed too early."""
    step: LexborNode | None = node
    for _ in range(_STRAY_ENDS):
        if step is None or step.tag == "body":
            return
        has_paragraph = False
        behind = step.next
        while behind is not None:
            if behind.tag in {"-text", "-comment", "br"}:
                if behind.tag == "-text" and behind.text().strip():
                    break
            elif behind.tag not in _PASTED or not _is_prose(behind, begun=has_paragraph):
                break
            else:
                has_paragraph = True
                yield behind
            behind = behind.next
        if has_paragraph:
            return
        step = step.parent


def _is_prose(node: LexborNode, *, begun: bool) -> bool:
    """Whether an element is a paragraph of a text: a sentence without links to begin with, any words after it."""
    text = node.text().strip()
    if FOOT.search(text) or TAIL.match(text):
        return False
    if begun:
        return True
    return (
        len(text) >= _SENTENCE_LENGTH
        and _SENTENCE.search(text) is not None
        and node.css_first("a[href]") is None
    )


def lines(node: LexborNode) -> list[str]:
    """The text below `node`, one line for each block, blank lines left out."""
    markup = (node.html or "").replace("\n", " ")
    text = _BLOCK.sub(_BREAK, markup)
    if "<" in text:
        text = _TAG.sub("", _CELL.sub(" ", text))
    return [line for line in map(str.strip, _SPACES.sub(" ", unescape(text)).split(_BREAK)) if line]


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
            own = len(paragraph.text().strip()) - sum(len(link.text()) for link in paragraph.css("a[href]"))
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
    return len(node.text().strip()) - sum(
        len(inner.text()) for inner in node.css("a[href], div, table, ul, p")
    )


def _best(scores: dict[int, float], nodes: dict[int, LexborNode]) -> LexborNode | None:
    """The highest scored element with enough text that is not the foot of the site."""
    for key in sorted(scores, key=scores.__getitem__, reverse=True)[:3]:
        if scores[key] < _ENOUGH:
            return None
        if not FOOT.search(nodes[key].text()[:300]):
            return nodes[key]
    return None
