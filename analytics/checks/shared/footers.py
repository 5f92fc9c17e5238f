"""Shared by the checks on the footers of pages."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from analytics.checks.shared import read_states
from analytics.checks.shared.absence import doubt_of
from analytics.words.phrases import CONTENT, SECTION
from govcrawl.pages.facts.footer import ELSEWHERE, REQUIRED, TICKET_ENTRY

if TYPE_CHECKING:
    from collections.abc import Sequence

LEAST = 2  # items that a recognised footer has at least; one alone may be part of the text
KIND_WORDS = {"section": SECTION, "article": CONTENT}
_ITEMS = {*REQUIRED, TICKET_ENTRY}


def homes(sites: pd.DataFrame, pages: pd.DataFrame) -> pd.DataFrame:
    """One row per site: its home page; `read`: it was read; `judgeable`: its footer can be judged."""
    home = pages[pages["depth"] == 0].drop_duplicates("site_code")
    both = sites[["site_code", "home_url"]].merge(home, on="site_code", how="left")
    read = read_states.is_read(both)
    return both.assign(read=read, judgeable=read & ~_drawn_elsewhere(both))


def with_footer(pages: pd.DataFrame) -> pd.DataFrame:
    """The pages other than the home page whose footer can be judged, with their `category`."""
    behind = pages[(pages["depth"] > 0) & pages["kind"].isin(KIND_WORDS)]
    judgeable = [ELSEWHERE not in shown and len(shown & _ITEMS) >= LEAST for shown in _shown(behind)]
    kept = behind[pd.Series(judgeable, index=behind.index, dtype=bool)]
    return kept.assign(category=kept["kind"].map(KIND_WORDS))


def lacking(pages: pd.DataFrame, items: Sequence[str]) -> pd.DataFrame:
    """One row per page and item that it does not show; `doubt`: a snippet that may be the item all the same."""
    missing = [[item for item in items if item not in shown] for shown in _shown(pages)]
    due = pages.iloc[[at for at, of_page in enumerate(missing) for _ in of_page]].reset_index(drop=True)
    item = [item for of_page in missing for item in of_page]
    doubt = [doubt_of(doubts, [name]) for name, doubts in zip(item, due["doubts"], strict=True)]
    return due.assign(item=pd.Series(item, dtype="str"), doubt=pd.Series(doubt, dtype="str"))


def _drawn_elsewhere(pages: pd.DataFrame) -> pd.Series[bool]:
    return pd.Series([ELSEWHERE in shown for shown in _shown(pages)], index=pages.index, dtype=bool)


def _shown(pages: pd.DataFrame) -> list[frozenset[str]]:
    """The items of each page, none for a page that was not read; one set for all pages of a template."""
    sets: dict[tuple[str, ...], frozenset[str]] = {}
    every = []
    for items in pages["items"].tolist():
        key = () if items is None or isinstance(items, float) else tuple(items)
        if key not in sets:
            sets[key] = frozenset(key)
        every.append(sets[key])
    return every
