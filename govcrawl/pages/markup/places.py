"""Where on its page an element stands: a CSS selector that finds it, for the people who have to mend it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from selectolax.lexbor import LexborNode

    from govcrawl.pages.markup.document import Document

_PLAIN_ID: Final = re.compile(r"[A-Za-z_][\w\-]{0,60}", re.ASCII)
_FRAME: Final = {"html": "html", "head": "html > head", "body": "html > body"}
_DEEPEST: Final = 100  # steps of a selector; pages made by people end at sixty


class Places:
    """The selectors of one page; what was worked out for one element serves all that stand in it or behind it."""

    def __init__(self, doc: Document) -> None:
        self._doc = doc
        self._selectors: dict[int, str] = {}  # element → selector
        self._numbers: dict[int, int] = {}  # element → its number among the children of its parent

    def selector(self, node: LexborNode) -> str:
        """`#list > ul > li:nth-child(3) > a`: down from the nearest element with an id of its own."""
        selectors = self._selectors or self._named()
        line: list[tuple[LexborNode, int]] = []
        selector = ""
        step: LexborNode | None = node
        while step is not None and len(line) < _DEEPEST:
            identity = step.mem_id
            if identity in selectors:
                selector = selectors[identity]
                break
            line.append((step, identity))
            step = step.parent
        for step, identity in reversed(line):
            selector = f"{selector} > {step.tag}:nth-child({self._number(step, identity)})"
            selectors[identity] = selector
        return selector

    def _named(self) -> dict[int, str]:
        """Elements that need no way to them: those with an id of their own, and the frame every page has."""
        ids: dict[str, list[int]] = {}
        for node in self._doc.tree.css("[id]"):
            ids.setdefault(node.id or "", []).append(node.mem_id)
        for name, nodes in ids.items():
            if len(nodes) == 1 and _PLAIN_ID.fullmatch(name):
                self._selectors[nodes[0]] = f"#{name}"
        for node in self._doc.tree.css("html, head, body"):
            self._selectors[node.mem_id] = _FRAME[node.tag or ""]
        return self._selectors

    def _number(self, node: LexborNode, identity: int) -> int:
        numbers = self._numbers
        walked = []
        step: LexborNode | None = node
        number = 0
        while step is not None:
            if identity in numbers:
                number = numbers[identity]
                break
            if step.is_element_node:
                walked.append(identity)
            step = step.prev
            identity = step.mem_id if step is not None else 0
        for each in reversed(walked):
            number += 1
            numbers[each] = number
        return number
