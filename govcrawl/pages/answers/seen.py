"""Whether a page that came shows anything: absence is concluded from nothing else.

A challenge, an application's empty shell, a frame around another page and a page that only moves its reader on answer
200 and show next to nothing. No list of their signs is complete, so it is asked the other way round: does the page
show as much as the poorest page of its kind does? What could show more than its markup says (scripts, frames, a
refresh) has to; a page without any of them is short because it is short.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from govcrawl.pages.lists.list_data import is_data
from govcrawl.pages.markup.hidden import hides
from govcrawl.records.states import ReadState

if TYPE_CHECKING:
    from govcrawl.pages.markup.document import Document

# Letters and digits shown, each way on counted as so many: a menu of a few words shows more than a paragraph of
# "please wait". Of 49 saved pages of real sites the poorest with a script reaches 150, challenges seen stay below 60.
_ENOUGH: Final = {"home": 150}
_ENOUGH_OF_OTHERS: Final = 100
_WAY_ON: Final = 20
# Of pages that nothing could add to. A home page that leads nowhere and says "we are back tomorrow" is a notice in its
# place; a blank list may say two words.
_LEAST: Final = {"home": 60, "article": 20}
_LEAST_OF_OTHERS: Final = 2
_LONG: Final = 2000  # characters; so much markup text is not all hidden

_LETTERS: Final = re.compile(r"[^\W_]")
_COULD_SHOW_MORE: Final = "script, iframe, frame, object, embed, canvas, meta[http-equiv=refresh i]"
_WAYS_ON: Final = "a[href], area[href]"
_NO_WAY: Final = re.compile(r"\s*(?:#|javascript:|$)", re.IGNORECASE)
_PICTURES: Final = "img, svg, video"


def shown_state(document: Document, kind: str | None) -> ReadState:
    """`read` or `nothing_shown`: whether a document of this kind shows enough to say what it lacks."""
    if is_data(document):
        return ReadState.READ
    text = document.text
    if len("".join(text.split())) > _LONG:
        return ReadState.READ
    ways = sum(not _NO_WAY.match(node.attributes.get("href") or "") for node in document.tree.css(_WAYS_ON))
    shown = _letters(text) - _hidden(document) + _WAY_ON * ways
    if document.tree.css_first(_COULD_SHOW_MORE) is not None:
        is_enough = shown >= _ENOUGH.get(kind or "", _ENOUGH_OF_OTHERS)
    else:
        pictured = shown > 0 and document.tree.css_first(_PICTURES) is not None
        is_enough = pictured or shown >= _LEAST.get(kind or "", _LEAST_OF_OTHERS)
    return ReadState.READ if is_enough else ReadState.NOTHING_SHOWN


def _letters(text: str) -> int:
    return len(_LETTERS.findall(text))


def _hidden(document: Document) -> int:
    """Letters of the text that no reader sees; inner ones first would count twice, so outer ones speak for them."""
    if document.seen is None:
        return 0
    hidden = 0
    counted: set[int] = set()
    for node in document.seen.css("[style], [hidden]"):
        if not hides(node) or _within(node, counted):
            continue
        counted.add(node.mem_id)
        hidden += _letters(node.text())
    return hidden


def _within(node: object, counted: set[int]) -> bool:
    above = getattr(node, "parent", None)
    while above is not None:
        if above.mem_id in counted:
            return True
        above = above.parent
    return False
