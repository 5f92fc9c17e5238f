"""Shared by the checks on planted links and spam: how a fault is described, and how many pages were looked at."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from analytics.words.phrases import PLANTED_DOUBT, PLANTED_WAY, SPAM
from govcrawl.pages.tampering.outward import domain_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

EVIDENCE = (
    "kind",
    "way",
    "place",
    "position",
    "excerpt",
    "links",
    "words",
    "is_new",
    "fetched_at",
    "body_sha256",
)
"""What a finding keeps, so that it can be shown when it is disputed."""

_MOST_SHOWN = 3  # hosts named in a sentence


def in_words(planted: pd.DataFrame) -> pd.DataFrame:
    """The rows with `links` (words and address of each), `domains`, `spam` and `way_words`, as people are told them."""
    links = [[dict(each) for each in anchors] for anchors in planted["anchors"]]
    domains = [sorted({domain_of(each["url"]) for each in anchors} - {""}) for anchors in links]
    return planted.assign(
        links=pd.Series([_lines(anchors) for anchors in links], index=planted.index, dtype=object),
        words=pd.Series([list(words) for words in planted["words"]], index=planted.index, dtype=object),
        domains=pd.Series(domains, index=planted.index, dtype=object),
        leads=pd.Series([len(anchors) for anchors in links], index=planted.index, dtype="int64"),
        spam=pd.Series([classes(words) for words in planted["words"]], index=planted.index, dtype="str"),
        way_words=PLANTED_WAY.of(planted["way"]),
        why=PLANTED_DOUBT.of(planted["doubt"]),
    )


def named(domains: Sequence[str]) -> str:
    """`a.com、b.com等5个网站`."""
    shown = "、".join(domains[:_MOST_SHOWN])
    return f"{shown}等{len(domains)}个网站" if len(domains) > _MOST_SHOWN else shown


def measured(looked: pd.DataFrame, faults: pd.DataFrame) -> pd.DataFrame:
    """One row a site: `looked` as pages_looked_at.sql gives it, and how many of its pages are at fault.

    Nothing proves that a page is clean but reading that page again.
    """
    failed = faults.groupby("site_code").size()
    return pd.DataFrame(
        {
            "site_code": looked["site_code"],
            "category": "",
            "looked": looked["pages"],
            "failed": looked["site_code"].map(failed).fillna(0).astype("int64"),
            "unmeasured": 0,
            "complete": looked["complete"].astype(bool),
            "proves_absence": False,
            "reason": pd.Series("未能读取页面", index=looked.index).where(looked["pages"] == 0, ""),
        }
    )


def classes(words: Sequence[str]) -> str:
    """`赌博、假证` of `gambling: 博彩` and `papers: 毕业证`; the words of selling alone say nothing."""
    kinds = dict.fromkeys(word.partition(":")[0] for word in words)
    return "、".join(SPAM[kind] for kind in kinds if kind in SPAM)


def _lines(anchors: Sequence[Mapping[str, str]]) -> list[str]:
    return [f"{each['text']} {each['url']}".strip() for each in anchors]
