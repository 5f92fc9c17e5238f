"""Whether a page shows an article, whatever its address and the rows beside it say.

An article has its own day right below its own title, above every row of other articles, and then a text, or a label
that says that the day is one of publication.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from govcrawl.pages.articles.title import shown_title
from govcrawl.pages.markup.content import content_lines

if TYPE_CHECKING:
    from collections.abc import Sequence

    from govcrawl.pages.markup.document import Document
    from govcrawl.records.items import Entry

_DAY: Final = re.compile(r"(?:19|20)\d\d\s*[-/.年]\s*\d{1,2}\s*[-/.月]\s*\d{1,2}")
_BELOW: Final = 300  # characters below a title in which its particulars stand
_PROSE: Final = 100  # characters in sentences; rows with summaries hold fewer above the first row
_SENTENCE: Final = re.compile(r"[。！？；]")
_TELLING: Final = 14  # characters of a row's title that are looked for


def shows_article(document: Document, date_origin: str | None, listed: Sequence[Entry]) -> bool:
    """Whether title, day and text stand above the rows `listed`, of which there may be none."""
    if date_origin not in ("tag", "label", "text"):
        return False
    title = shown_title(document)
    if title is None or title.end is None:
        return False
    text = document.text
    places = (text.find(entry.title[:_TELLING], title.end) for entry in listed if entry.title != title.text)
    first_row = min((place for place in places if place >= 0), default=len(text))
    if any(entry.title == title.text for entry in listed):
        return False  # a row that stands first
    if _DAY.search(text, title.end, min(title.end + _BELOW, first_row)) is None:
        return False
    if date_origin == "label":
        return True
    prose = sum(len(line) for line in content_lines(document) if _SENTENCE.search(line))
    return prose >= _PROSE
