"""Copies of a page's own words that its readers are not shown: for telephones, for printing, for a script to move.

Hidden words may be shown by a click, so they are kept, unless the same words stand on the page a second time. Of such a
pair the copy that the page hides is left out, or the one it calls by the name of a telephone.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, Final

from govcrawl.pages.markup.hidden import hidden_by_rules

if TYPE_CHECKING:
    from selectolax.lexbor import LexborHTMLParser, LexborNode

# Rules for screens of some least width are in force for whoever sits at a desk, unless it is wider than most.
_WIDE_SCREENS: Final = re.compile(r"@media([^{}]{0,200})\{((?:[^{}]*\{[^{}]*\})*[^{}]*)\}", re.IGNORECASE)
_LEAST_WIDTH: Final = re.compile(r"min-(?:device-)?width\s*:\s*(\d{1,5})(?:\.\d+)?\s*px", re.IGNORECASE)
_DESKTOP_PIXELS: Final = 1200
# Class names of what only small screens show; Bootstrap and its like say on which screens an element is hidden.
_PHONE_NAMES: Final = (
    "phone", "Phone", "mobile", "Mobile", "wap", "Wap", "sjb", "shouji",
    "visible-xs", "visible-sm", "hidden-md", "hidden-lg", "d-md-none", "d-lg-none",
)  # fmt: skip
_PHONE: Final = re.compile(rf"(?:^|[\s_-]|[a-z\d](?=[A-Z]))(?:{'|'.join(_PHONE_NAMES)})(?=$|[\s_\d-]|[A-Z])")
_LONG_LINE: Final = 16  # characters; a copy of a text holds one
_LONG_ENOUGH: Final = 8  # characters of a line that tells one text from another
_ENOUGH: Final = 30  # characters of such lines; less may well be said twice
_MOST: Final = 40  # elements looked at


def says_twice(text: str) -> bool:
    """Whether any sentence stands in a text a second time; most pages can be left alone for the want of one."""
    lines = [line for line in text.split("\n") if len(line) > _LONG_LINE and ("，" in line or "。" in line)]
    return len(set(lines)) < len(lines)


def copies(tree: LexborHTMLParser, hidden: list[LexborNode], source: str, rules: str) -> list[LexborNode]:
    """The elements of `tree` that repeat words shown elsewhere and are not shown themselves.

    `hidden` are those that an inline style hides, `rules` the text of the page's style blocks.
    """
    by_rules = hidden_by_rules(tree, _WIDE_SCREENS.sub(_if_desktop, rules)) if rules else ()
    suspects = [*hidden, *(node for node, _ in by_rules)]
    for name in _PHONE_NAMES:
        if name in source:
            named = tree.css(f"[class*={name}], [id*={name}]")
            suspects += [node for node in named if _called_phone(node)]
    if not suspects or tree.body is None:
        return []
    found: list[LexborNode] = []
    counted: Counter[str] | None = None
    for node in suspects[:_MOST]:
        lines = _lines(node)
        if sum(map(len, lines)) < _ENOUGH or any(_holds(other, node) for other in found):
            continue
        counted = Counter(_lines(tree.body)) if counted is None else counted
        own = Counter(lines)
        twice = sum(len(line) for line in lines if counted[line] > own[line])
        if twice * 2 >= sum(map(len, lines)):
            found.append(node)
            counted.subtract(own)
    return found


def _if_desktop(rule: re.Match[str]) -> str:
    """The rules inside one for wide screens; any other `@media` as it stands."""
    least = _LEAST_WIDTH.search(rule[1])
    wide = least is not None and int(least[1]) <= _DESKTOP_PIXELS
    return rule[2] if wide and "max-" not in rule[1] and "print" not in rule[1] else rule[0]


def _called_phone(node: LexborNode) -> bool:
    attributes = node.attributes
    return any(_PHONE.search(attributes.get(name) or "") for name in ("class", "id"))


def _lines(node: LexborNode) -> list[str]:
    lines = ("".join(line.split()) for line in node.text(separator="\n").split("\n"))
    return [line for line in lines if len(line) >= _LONG_ENOUGH]


def _holds(outer: LexborNode, node: LexborNode) -> bool:
    step: LexborNode | None = node
    while step is not None:
        if step.mem_id == outer.mem_id:
            return True
        step = step.parent
    return False
