"""What a page examined for barriers to people with disabilities is asked, and what its entry to reading without them answers."""

from __future__ import annotations

from enum import StrEnum

from govcrawl.records.vocabulary import WordSet


class BarrierAspect(StrEnum):
    """What of GB/T 37668 a machine can see on a page."""

    ALTERNATIVE = "alternative"  # pictures have a text that stands for them
    LABEL = "label"  # controls and links have a name
    LANGUAGE = "language"  # the page says in which language it is
    CONTRAST = "contrast"  # letters stand out from what lies behind them
    KEYBOARD = "keyboard"  # all that a mouse can do, keys can


class EntryAnswer(StrEnum):
    """What a click on the entry to reading without barriers (无障碍, 长辈模式) did."""

    NONE = "none"  # no entry was seen, so nothing was clicked
    LINK = "link"  # it leads to another address, which is judged with the links
    WORKS = "works"  # the page, its address, its storage or its requests changed
    IDLE = "idle"  # nothing did
    UNSURE = "unsure"  # nothing did that we could see, on a page of which something did not come


USABLE = WordSet(
    "There is an entry and nothing against it; asked by the check of the entry.",
    EntryAnswer.LINK,
    EntryAnswer.WORKS,
)
