"""Where on its page an element stands: a CSS selector that finds it, for the people who have to mend it."""

from __future__ import annotations

import re
from collections import Counter
from functools import cached_property
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from selectolax.lexbor import LexborNode

    from govcrawl.pages.document import Document

_PLAIN_ID: Final = re.compile(r"[A-Za-z_][\w\-]{0,60}", re.ASCII)
_DEEPEST: Final = 100  # steps of a selector; pages made by people end at sixty


class Places:
    """The selectors of one page; what was worked out for one element serves all that stand in it or behind it."""

    def __init__(self, doc: Document) -> None:
        self._doc = doc
        self._known: dict[int, tuple[str, int]] = {}  # element → selector, steps in it
        self._numbers: dict[int, int] = {}  # element → its number among the children of its parent

    def selector(self, node: LexborNode) -> str:
        """`#list > ul > li:nth-child(3) > a`: down from the nearest element with an id of its own."""
        line: list[LexborNode] = []
        above: LexborNode | None = node
        selector, depth = "", 0
        while above is not None and above.tag not in (None, "-undef", "-document"):
            if above.mem_id in self._known:
                selector, depth = self._known[above.mem_id]
                break
            line.append(above)
            above = above.parent
        for step in reversed(line):
            name = step.attributes.get("id") if step.tag not in ("html", "body") else None
            if name and _PLAIN_ID.fullmatch(name) and self._ids[name] == 1:
                selector, depth = f"#{name}", 1
            elif depth < _DEEPEST:
                selector, depth = (
                    f"{selector} > {self._step(step)}" if selector else self._step(step),
                    depth + 1,
                )
            self._known[step.mem_id] = selector, depth
        return selector

    def _step(self, node: LexborNode) -> str:
        tag = node.tag or "*"
        return tag if tag in ("html", "head", "body") else f"{tag}:nth-child({self._number(node)})"

    def _number(self, node: LexborNode) -> int:
        walked: list[LexborNode] = []
        step: LexborNode | None = node
        number = 0
        while step is not None:
            if step.mem_id in self._numbers:
                number = self._numbers[step.mem_id]
                break
            if step.is_element_node:
                walked.append(step)
            step = step.prev
        for each in reversed(walked):
            number += 1
            self._numbers[each.mem_id] = number
        return number

    @cached_property
    def _ids(self) -> Counter[str]:
        return Counter(node.attributes.get("id") or "" for node in self._doc.tree.css("[id]"))
