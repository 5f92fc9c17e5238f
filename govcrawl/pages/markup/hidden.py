"""What a page holds and its reader does not see, as far as the page itself says so.

Inline styles, the page's own style blocks, and scripts that hide while the page loads. A static reader knows no
style sheet of another address and no script that waits for a click, so everything here errs towards "seen": what any
rule of the page shows again, under whatever condition, is not called hidden.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from selectolax.lexbor import SelectolaxError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from selectolax.lexbor import LexborHTMLParser, LexborNode

    from govcrawl.pages.markup.document import Document

_LONGEST_STYLE: Final = 2000
_LONGEST_BLOCK: Final = 200_000  # characters of all style blocks of one page
_LONGEST_RULE: Final = 4000
_MOST_SELECTORS: Final = 200
# The parser's selector engine takes time that doubles with each further part of a compound (`.a.b.c`) and, below each
# other, with each step (`.a .b`); what is longer is no style made for readers.
_MOST_PARTS: Final = 3
_MOST_STEPS: Final = 4

# Inline styles that keep an element from being seen, each under the name of its way.
_NUMBER_0: Final = r"0(?:\.0+)?"
_HIDING_STYLE: Final = re.compile(
    r"(?P<display>display\s*:\s*none)"
    r"|(?P<visibility>visibility\s*:\s*(?:hidden|collapse))"
    rf"|(?P<opacity>(?<![\w-])opacity\s*:\s*{_NUMBER_0}\s*(?:;|!|$))"
    rf"|(?P<font>(?<![\w-])font-size\s*:\s*{_NUMBER_0}\s*(?:px|pt|em|rem|%)?\s*(?:;|!|$))"
    r"|(?P<indent>(?<![\w-])text-indent\s*:\s*-\d{3,}(?:\.\d+)?\s*(?:px|pt|em|rem|%))"
    r"|(?P<far>(?<![\w-])(?:left|right|top|bottom|margin(?:-left|-top|-right)?)\s*:\s*-(?:\d{4,}(?:\.\d+)?\s*(?:px|pt|%)|\d{3,}\s*r?em))"
    r"|(?P<offscreen>(?<![\w-])(?:left|right|top|bottom|margin(?:-left|-top|-right)?)\s*:\s*-\d{3,}(?:\.\d+)?\s*(?:px|pt|em|rem|%))"
    r"|(?P<clip>clip\s*:\s*rect\(\s*0|clip-path\s*:\s*inset\(\s*(?:50|100)%)",
    re.IGNORECASE,
)
_TOO_SMALL: Final = frozenset(f"{size}{unit}" for size in range(6) for unit in ("", "px"))
_LOW: Final = re.compile(r"(?<![\w-])(?:height|width)\s*:\s*[0-5](?:px)?\s*(?:;|!|$)", re.IGNORECASE)
_TINY_BOX: Final = re.compile(
    r"(?=.*overflow\s*:\s*hidden).*(?<![\w-])(?:max-)?(?:height|width)\s*:\s*[01](?:px|pt|em|%)?\s*(?:;|!|$)",
    re.IGNORECASE | re.DOTALL,
)
# A statement of this kind hides at once only where it is all the script says; inside a function it waits.
_HIDING_STATEMENT: Final = re.compile(
    r"(?:\s|<!--|//-->|-->)*document\.getElementById\(\s*['\"]([\w\-]+)['\"]\s*\)\.style\."
    r"(?:display\s*=\s*['\"]none['\"]|visibility\s*=\s*['\"]hidden['\"])(?:\s|;|//-->|-->)*",
    re.IGNORECASE,
)
_WRITTEN_TAG: Final = re.compile(
    r"document\.write(?:ln)?\s{0,9}\(\s{0,9}['\"]\s{0,9}<(\w{1,20})([^>]{0,600})", re.IGNORECASE
)

# Style blocks: comments and whole @-rules (print, small screens, fonts) out, then one rule after the other.
_COMMENT: Final = re.compile(r"/\*.*?(?:\*/|$)|<!--|-->", re.DOTALL)
_MAY_HIDE: Final = re.compile(r"none|hidden|collapse|opacity|font-size|clip|:\s*-\d{3}", re.IGNORECASE)
_EVERY_SCREEN: Final = re.compile(
    r"@media\s{1,9}(?:only\s{1,9})?(?:screen|all)\s{0,9}\{((?:[^{}]*\{[^{}]*\})*[^{}]*)\}", re.IGNORECASE
)
_AT_RULE: Final = re.compile(r"@[^{};@]*(?:;|\{[^{}]*(?:\{[^{}]*\}[^{}]*)*\})")
_SIMPLE: Final = re.compile(r"[\w\s.#>+~\-]+")
_STEP: Final = re.compile(r"[\s>+~]+")
_PART: Final = re.compile(r"[.#]|(?<![\w.#\-])\w")
_STATE: Final = re.compile(r"::?[\w\-]+(?:\([^()]*\))?")  # :hover, :not(.on), ::before
_SHOWS: Final = re.compile(
    r"display\s*:\s*(?!none)\w|visibility\s*:\s*visible|opacity\s*:\s*(?:1|0?\.[1-9])|(?:height|width)\s*:\s*(?:auto|[1-9])",
    re.IGNORECASE,
)


class Hidden:
    """Which elements of one page lie inside something that is not shown.

    Containers that hide are found once; the ancestors of a link are then walked up to the first one whose
    answer is known, so the whole page costs one step an element however deep it is nested.
    """

    def __init__(self, doc: Document) -> None:
        self.containers: dict[int, tuple[LexborNode, str]] = {}
        """Element → itself, and the way in which it hides what it holds: `display`, `font`, `marquee`, `script` …"""
        for node in doc.tree.css("[style],[hidden],marquee"):
            if (way := hiding_way(node)) is not None:
                self.containers[node.mem_id] = (node, way)
        for node, way in _hidden_by_block(doc):
            self.containers.setdefault(node.mem_id, (node, way))
        for node in _hidden_by_script(doc):
            self.containers.setdefault(node.mem_id, (node, "script"))
        self._answers = dict.fromkeys(self.containers, True)

    def covers(self, node: LexborNode) -> bool:
        answers = self._answers
        if not answers:
            return False
        walked: list[int] = []
        step: LexborNode | None = node
        answer = False
        while step is not None:
            identity = step.mem_id
            if identity in answers:
                answer = answers[identity]
                break
            walked.append(identity)
            step = step.parent
        answers.update(dict.fromkeys(walked, answer))
        return answer


def hides(node: LexborNode) -> bool:
    return hiding_way(node) is not None


def hiding_way(node: LexborNode) -> str | None:
    """In which way an element by itself keeps what it holds from being seen; None where it does not."""
    attributes = node.attributes
    if "hidden" in attributes:
        return "hidden"
    style = attributes.get("style")
    if style and (way := way_of_style(style[:_LONGEST_STYLE])) is not None:
        return way
    # A running text one pixel high is the oldest way to place links that only search engines read.
    if node.tag != "marquee":
        return None
    small = (attributes.get("height") or attributes.get("width") or "") in _TOO_SMALL
    return "marquee" if small or (style and _LOW.search(style)) else None


@lru_cache(maxsize=4096)  # editors write the same few styles a thousand times
def way_of_style(style: str) -> str | None:
    if (found := _HIDING_STYLE.search(style)) is not None:
        return found.lastgroup
    return "size" if "overflow" in style.lower() and _TINY_BOX.match(style) else None


def _hidden_by_script(doc: Document) -> list[LexborNode]:
    """Elements a script of the page itself hides while it loads: by id, or by writing a hidden wrapper."""
    by_id = any(".style." in code for code in doc.scripts)
    by_writing = any("document.write" in code for code in doc.scripts)
    if not (by_id or by_writing):
        return []
    found: list[LexborNode] = []
    for script in doc.tree.css("script:not([src])"):
        code = script.text()
        if by_id and (statement := _HIDING_STATEMENT.fullmatch(code)):
            found += doc.tree.css(f'[id="{statement[1]}"]')
        if by_writing:
            for opened in _WRITTEN_TAG.finditer(code):
                if way_of_style(opened[2]) is not None:
                    found += _until_closed(script, opened[1].lower())
                    break
    return found


def _until_closed(script: LexborNode, tag: str) -> list[LexborNode]:
    """Nodes between a script that writes `<tag …>` and the one that writes its end."""
    found: list[LexborNode] = []
    node = script.next
    parent = script.parent
    while True:
        if node is None:
            # A script above the page stands in the head for the parser; what it opened holds the body.
            if parent is None or parent.tag != "head" or parent.next is None:
                return found
            node, parent = parent.next.child, parent.next
            continue
        if node.tag == "script" and f"</{tag}" in node.text().lower():
            return found
        found.append(node)
        node = node.next


def _hidden_by_block(doc: Document) -> Iterator[tuple[LexborNode, str]]:
    """Elements that a rule of the page's own style blocks hides and no other rule of them shows."""
    if doc.styles:
        yield from hidden_by_rules(doc.tree, doc.styles)


def hidden_by_rules(tree: LexborHTMLParser, code: str) -> Iterator[tuple[LexborNode, str]]:
    """Elements of a tree that the rules of some style blocks hide and no other rule of them shows, each with its way."""
    hiding, showing = _hiding_and_showing(code[:_LONGEST_BLOCK])
    if not hiding:
        return
    seen = {node.mem_id for node in selected(tree, showing)}
    for way, selectors in hiding.items():
        for node in selected(tree, selectors):
            own = node.attributes.get("style") or ""
            if node.mem_id not in seen and not _SHOWS.search(own):
                yield node, way


@lru_cache(maxsize=16)  # the same style blocks stand on every page of a template
def _hiding_and_showing(code: str) -> tuple[dict[str, list[str]], list[str]]:
    """Selectors of the rules that hide, by their way, and of those that show."""
    hiding: dict[str, list[str]] = {}
    showing: list[str] = []
    if not _MAY_HIDE.search(code):
        return hiding, showing
    for selectors, declared in rules(code):
        if (way := way_of_style(declared)) is not None:
            plain = [selector.strip() for selector in selectors if _SIMPLE.fullmatch(selector)]
            hiding.setdefault(way, []).extend(plain)
        elif _SHOWS.search(declared):
            showing += [_STATE.sub("", selector).strip() for selector in selectors]
    return hiding, showing


def rules(code: str) -> Iterator[tuple[list[str], str]]:
    """The selectors and the declarations of each rule of some style blocks that holds on every screen."""
    plain = _EVERY_SCREEN.sub(r"\1", _COMMENT.sub("", code[:_LONGEST_BLOCK]))
    for rule in _AT_RULE.sub("", plain).split("}")[:-1]:
        before, _, declared = rule[-_LONGEST_RULE:].rpartition("{")
        yield before.rpartition("{")[2].split(","), declared


def selected(tree: LexborHTMLParser, selectors: list[str]) -> Iterator[LexborNode]:
    """The elements that plain selectors name; what is too costly to ask for is left out."""
    for selector in selectors[:_MOST_SELECTORS]:
        if selector and _SIMPLE.fullmatch(selector) and selector[-1] not in ">+~" and _is_plain(selector):
            try:
                yield from tree.css(selector)
            except SelectolaxError:  # no selector after all
                continue


def _is_plain(selector: str) -> bool:
    """Whether a selector has few steps, each of few parts: `#menu > li.more`."""
    steps = _STEP.split(selector, _MOST_STEPS)
    return len(steps) <= _MOST_STEPS and all(len(_PART.findall(step)) <= _MOST_PARTS for step in steps)
