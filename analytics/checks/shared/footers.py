"""Shared by the checks on the footers of pages."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd

from analytics.checks.shared import read_states
from analytics.checks.shared.absence import doubt_of
from analytics.words.phrases import CONTENT, SECTION
from govcrawl.pages.facts.footer import ELSEWHERE, REQUIRED, TICKET_ENTRY

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

LEAST = 2  # items that a recognised footer has at least; one alone may be part of the text
KIND_WORDS = {"section": SECTION, "article": CONTENT}
_ITEMS = {*REQUIRED, TICKET_ENTRY}


def homes(sites: pd.DataFrame, pages: pd.DataFrame) -> pd.DataFrame:
    """One row per site: its home page; `read`: it was read; `judgeable`: its footer can be judged."""
    home = pages[pages["depth"] == 0].drop_duplicates("site_code")
    both = sites[["site_code", "home_url"]].merge(home, on="site_code", how="left")
    read = read_states.is_read(both)
    return both.assign(read=read, judgeable=read & ~_drawn_elsewhere(both["items"]))


def with_footer(pages: pd.DataFrame) -> pd.DataFrame:
    """The pages other than the home page whose footer can be judged, with their `category`."""
    behind = pages[(pages["depth"] > 0) & pages["kind"].isin(KIND_WORDS)]
    enough = behind["items"].map(lambda items: len(_ITEMS.intersection(_listed(items))) >= LEAST).astype(bool)
    kept = behind[enough & ~_drawn_elsewhere(behind["items"])]
    return kept.assign(category=kept["kind"].map(KIND_WORDS))


def lacking(pages: pd.DataFrame, items: Sequence[str]) -> pd.DataFrame:
    """One row per page and item that it does not show; `doubt`: a snippet that may be the item all the same."""
    due = pages.merge(pd.DataFrame({"item": list(items)}), how="cross")
    missing = [item not in _listed(shown) for item, shown in zip(due["item"], due["items"], strict=True)]
    doubt = [doubt_of(doubts, [item]) for item, doubts in zip(due["item"], due["doubts"], strict=True)]
    due["doubt"] = pd.Series(doubt, index=due.index, dtype="str")
    return due[pd.Series(missing, index=due.index, dtype=bool)].copy()


def _drawn_elsewhere(items: pd.Series[Any]) -> pd.Series[bool]:
    return items.map(lambda shown: ELSEWHERE in _listed(shown)).astype(bool)


def _listed(items: object) -> list[str]:
    """The list of a row; empty when the page was not read."""
    return [] if items is None or isinstance(items, float) else list(_strings(items))


def _strings(items: object) -> Iterable[str]:
    return items  # type: ignore[return-value]  # a list column has no better type in pandas
