"""Block of links to strangers that a page hides from its readers (暗链).

A block with words of spam, or to several strangers where nothing could ever show it, is found. One that something may
show (a menu, a tab, a dialog) is silent, until an earlier reading of its page proves that it is new; such a block, and one
of few links, waits for a person. Hosts that other sites show their readers are no strangers.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pandas as pd

from analytics.checks.shared import findings, tampering
from analytics.nullable import truth
from analytics.words.phrases import PLANTED_DOUBT
from govcrawl.pages.tampering.planted import MENU

if TYPE_CHECKING:
    from datetime import date

    from analytics.checks.shared.findings import Answer
    from analytics.source import Source


@dataclass(frozen=True, slots=True)
class Params:
    """How many other sites must show a host for it to be no stranger, and what makes a new menu worth a look."""

    shown_by: int
    new_links: int


def run(source: Source, as_of: date, params: Params) -> Answer:
    """Judge every page read on the day."""
    return judge(
        source.query("pages_looked_at", as_of=as_of), source.query("planted_of_day", as_of=as_of), params
    )


def judge(looked: pd.DataFrame, planted: pd.DataFrame, params: Params) -> Answer:
    """`looked`: pages_looked_at.sql; `planted`: planted_of_day.sql."""
    hidden = tampering.in_words(planted[planted["kind"] == "hidden"])
    common = hidden["doubt"].notna() & (hidden["shown_by"].fillna(0) >= params.shown_by)
    is_new = truth(hidden["is_new"])
    menu = hidden["doubt"] == MENU
    worth_a_look = is_new & (hidden["leads"] >= params.new_links)
    silent = (common | (menu & ~worth_a_look)).astype(bool)
    told_new = hidden["doubt"].notna() & is_new
    faults = hidden.assign(doubt=hidden["why"].where(~told_new, PLANTED_DOUBT["new"]))[~silent]
    first = [domains[0] if domains else "" for domains in faults["domains"]]
    number = faults.assign(first=first).groupby(["site_code", "url", "first"]).cumcount().astype("str")
    return findings.answer(
        "hidden-link",
        faults=faults.assign(
            subject_url=faults["url"],
            aspect=pd.Series(first, index=faults.index, dtype="str") + " " + number,
            observed="页面中有读者看不见的站外链接"
            + faults["leads"].astype("str")
            + "个("
            + faults["way_words"]
            + "),指向"
            + pd.Series(
                [tampering.named(each) for each in faults["domains"]], index=faults.index, dtype="str"
            )
            + (",涉及" + faults["spam"]).where(faults["spam"] != "", ""),
            expected="页面不应含有读者看不见、与网站无关的站外链接",
            evidence=findings.evidence(faults, tampering.EVIDENCE),
        ),
        measured=tampering.measured(looked, faults),
        doubtful=hidden[silent].rename(columns={"url": "subject_url"}),
    )
