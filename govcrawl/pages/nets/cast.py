"""Applies the nets to a page, each only where its readers found nothing, so that most pages need no extra time."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from govcrawl.pages.articles.interpreter import PICTURED
from govcrawl.pages.facts.footer import ELSEWHERE
from govcrawl.pages.facts.tags import missing_groups
from govcrawl.pages.nets import dates, foot, particulars, rows, tags
from govcrawl.pages.nets.row_days import day_beside_rows

if TYPE_CHECKING:
    from govcrawl.pages.markup.document import Document
    from govcrawl.records.items import Entry, PageFacts

DATE: Final = "date"
ENTRIES: Final = "entries"
_INTERPRETATION: Final = "解读"  # the word without which a page is asked for no interpreter
_ONLY_A_HINT: Final = "url"  # a day in the address, which nobody reads
_FOOT_OF_ITS_OWN: Final = 2  # items; a page behind the home page with fewer is not asked for the others


def cast(doc: Document, facts: PageFacts, *, listed: list[Entry], drawn: bool) -> None:
    """Fill in `doubts`: what was not recognised on a page and may be there all the same, with the snippet that says so.

    `listed`: the entries read from it; `drawn`: a browser has drawn it, so its scripts have done what they do.
    """
    doubts = facts.doubts
    if facts.kind in ("home", "section") and (beside := day_beside_rows(doc, listed)) is not None:
        doubts[DATE] = beside
    if facts.kind == "section" and not listed:
        snippet = rows.rows_like(doc) or (None if drawn else rows.script_like(doc))
        if snippet is not None:
            doubts[ENTRIES] = snippet
    if facts.kind in ("article", "other") and facts.date_origin in (None, _ONLY_A_HINT):
        snippet = dates.date_of_article(doc, drawn=drawn)
        if snippet is not None:
            doubts[DATE] = snippet
    items = facts.footer.keys()
    if ELSEWHERE not in items and (facts.kind == "home" or len(items) >= _FOOT_OF_ITS_OWN):
        doubts |= foot.foot(doc, [item for item in foot.ITEMS if item not in items], drawn=drawn)
    lacking = missing_groups(facts.tags, facts.kind or "")
    if lacking:
        doubts |= tags.tag_groups(doc, lacking)
    if facts.kind == "article" and not facts.source:
        doubts |= particulars.source(doc)
    if facts.guide_elements:
        doubts |= particulars.guide(doc, facts.guide_elements)
    if (
        facts.kind in ("article", "other")
        and doc.mentions(_INTERPRETATION)
        and PICTURED not in facts.interpreter
    ):
        doubts |= particulars.interpreter(doc, facts.interpreter)
