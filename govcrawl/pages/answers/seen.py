"""Whether a page shows anything at all: only of such a page can it be concluded that something is missing.

A challenge, the empty shell of an application, a frame around another page and a page that only redirects its reader all answer
200 and show next to nothing. No list of their signs is complete, so the question is reversed: does the page show as much as the
poorest real page of its kind? This is required of pages that could show more than their markup says (scripts, frames, a refresh);
a page without any of these is short because it is short.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from govcrawl.pages.answers.moves import FRAMES
from govcrawl.pages.facts.search import search_offer
from govcrawl.pages.lists.list_data import is_data
from govcrawl.records.service_words import SearchWay
from govcrawl.records.states import ReadState

if TYPE_CHECKING:
    from collections.abc import Container, Iterable

    from selectolax.lexbor import LexborNode

    from govcrawl.pages.markup.document import Document

# Letters and digits shown, each way on counted as so many: a menu of a few words shows more than a paragraph of
# "please wait". Of 49 saved pages of real sites the poorest with a script reaches 150, challenges seen stay below 60.
_ENOUGH: Final = {"home": 150}
_ENOUGH_OF_OTHERS: Final = 100
_WAY_ON: Final = 20
# A home page and a list lead on; of another page that leads nowhere, and could show more, a few sentences are no article:
# a firewall asks for patience in as many. A home page may lead on by its search alone.
_LEADS_ON: Final = ("home", "section")
_ENOUGH_ALONE: Final = 400
# Of pages that nothing could add to. A home page that leads nowhere and says "we are back tomorrow" is a notice in its
# place; a blank list may say two words.
_LEAST: Final = {"home": 60, "article": 20}
_LEAST_OF_OTHERS: Final = 2
_LONG: Final = 2000  # characters; so much markup text is not all hidden

_HAN: Final = re.compile(r"[\u4e00-\u9fff]+")
_CODE: Final = re.compile(r"[0-9A-Za-z+/=_-]{40,}")
_BETWEEN: Final = re.compile(r"[\W_]+")  # letters and digits
_COULD_SHOW_MORE: Final = "script, iframe, frame, object, embed, canvas, meta[http-equiv=refresh i]"
_WAYS_ON: Final = "a[href], area[href]"
_NO_WAY: Final = re.compile(r"\s*(?:#|javascript:|$)", re.IGNORECASE)
_PICTURES: Final = "img, svg, video"


def shown_state(document: Document, kind: str | None) -> ReadState:
    """`read` or `nothing_shown`: whether a document of this kind shows enough to say what it lacks."""
    if is_data(document):
        return ReadState.READ
    text = document.text
    if len(text) > _LONG and len("".join(text.split())) > _LONG:
        return ReadState.READ
    plain = kind not in _LEADS_ON and not document.hidden.containers
    if plain and _has_enough_characters(text):
        return ReadState.READ
    hidden = _outermost([node for node, _ in document.hidden.containers.values()])
    letters = _letters(text) - sum(_letters(node.text()) for node in hidden)
    if letters >= _ENOUGH_ALONE and kind not in _LEADS_ON:
        return ReadState.READ  # wherever it leads
    ways = _ways(document.tree.css(_WAYS_ON)) - sum(_ways(node.css(_WAYS_ON)) for node in hidden)
    return ReadState.READ if _is_enough(document, kind, letters, ways) else ReadState.NOTHING_SHOWN


def _has_enough_characters(text: str) -> bool:
    """Whether Chinese characters alone are enough; most pages need not be counted to their end."""
    left = _ENOUGH_ALONE
    for run in _HAN.finditer(text):
        left -= run.end() - run.start()
        if left <= 0:
            return True
    return False


def _is_enough(document: Document, kind: str | None, letters: int, ways: int) -> bool:
    leads_on = ways > 0 or document.tree.css_first(FRAMES) is not None
    if not leads_on and kind == "home":
        leads_on = search_offer(document, "utf-8").way == SearchWay.FORM
    if not leads_on and kind in _LEADS_ON:
        return False
    shown = letters + _WAY_ON * ways
    if document.tree.css_first(_COULD_SHOW_MORE) is not None:
        return shown >= (_ENOUGH.get(kind or "", _ENOUGH_OF_OTHERS) if leads_on else _ENOUGH_ALONE)
    pictured = ways > 0 and document.tree.css_first(_PICTURES) is not None
    return pictured or shown >= _LEAST.get(kind or "", _LEAST_OF_OTHERS)


def _ways(nodes: Iterable[LexborNode]) -> int:
    return sum(not _NO_WAY.match(node.attributes.get("href") or "") for node in nodes)


def _letters(text: str) -> int:
    """Letters and digits, without the long runs that only machines read."""
    return len(_BETWEEN.sub("", _CODE.sub("", text)))


def _outermost(nodes: list[LexborNode]) -> list[LexborNode]:
    """Of elements within one another those that hold the others, each once."""
    every = {node.mem_id: node for node in nodes}
    return [node for node in every.values() if not _within(node, every)]


def _within(node: LexborNode, others: Container[int]) -> bool:
    above = node.parent
    while above is not None:
        if above.mem_id in others:
            return True
        above = above.parent
    return False
