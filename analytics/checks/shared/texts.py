"""Shared by the checks on texts: the marks that the nightly reading made, page by page.

A list and a home page show the titles of their articles. A fault in a title is reported on the article, and on a list only
where no article of the site shows it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from analytics.checks.shared import findings
from govcrawl.records.states import LOOKED_THROUGH, FindingState

if TYPE_CHECKING:
    from datetime import date

    from analytics.checks.shared.findings import Answer
    from analytics.source import Source

_LISTS = ("home", "section")
_EVIDENCE = [
    "excerpt",
    "offset",
    "count",
    "reason",
    "way",
    "seen_at",
    "fetched_at",
    "body_sha256",
    "text_sha256",
]
CHECKS = ("misstatement", "typo", "sensitive-word", "mojibake", "privacy-leak", "repost-differs")


def marked(source: Source, as_of: date, check_id: str) -> Answer:
    """Answer a check of texts: one finding a page and wrong form."""
    return judge(
        check_id,
        source.query("night_sites", as_of=as_of),
        source.query("texts_of_day", as_of=as_of),
        source.query("text_marks", as_of=as_of, check_ids=list(CHECKS)),
    )


def judge(check_id: str, sites: pd.DataFrame, texts: pd.DataFrame, marks: pd.DataFrame) -> Answer:
    """`texts`: one row a page read, see texts_of_day.sql. `marks`: one row a page and wrong form, see text_marks.sql."""
    marks = _where_they_stand(marks[marks["check_id"] == check_id])
    marks = marks.assign(seen_at=marks["seen_at"].map(list))  # an array as the database gives it
    unread = texts[~texts["state"].isin(LOOKED_THROUGH)]
    return findings.answer(
        check_id,
        faults=marks.assign(
            subject_url=marks["url"],
            aspect=marks["observed"] + "\x1f" + marks["expected"],
            observed=_in_words(marks),
            expected=marks["expected"],
            state=np.where(marks["certain"].astype(bool), FindingState.FOUND, FindingState.AWAITING),
            evidence=findings.evidence(marks, _EVIDENCE),
        ),
        measured=_tally(sites, texts, marks),
        doubtful=unread.rename(columns={"url": "subject_url"}),
    )


def _where_they_stand(marks: pd.DataFrame) -> pd.DataFrame:
    on_list = marks["kind"].isin(_LISTS)
    form = marks["site_code"] + "\x1f" + marks["observed"] + "\x1f" + marks["expected"]
    return marks[~(on_list & form.isin(form[~on_list]))]


def _in_words(marks: pd.DataFrame) -> pd.Series[str]:
    times = marks["count"].astype("str")
    place: pd.Series[str] = (
        "“" + marks["observed"].astype("str") + "”" + ("（" + times + "处）").where(marks["count"] > 1, "")
    )
    return place + "：" + marks["excerpt"].astype("str")


def _tally(sites: pd.DataFrame, texts: pd.DataFrame, marks: pd.DataFrame) -> pd.DataFrame:
    """One row a site: pages whose text there is, of these at fault, and not looked at to their end."""
    by_site = texts.groupby("site_code")
    looked = by_site.size().reindex(sites["site_code"], fill_value=0)
    unread = (
        (~texts["state"].isin(LOOKED_THROUGH))
        .groupby(texts["site_code"])
        .sum()
        .reindex(sites["site_code"], fill_value=0)
    )
    failed = marks.groupby("site_code")["url"].nunique().reindex(sites["site_code"], fill_value=0)
    return pd.DataFrame(
        {
            "site_code": sites["site_code"].to_numpy(),
            "category": "",
            "looked": looked.to_numpy(dtype="int64"),
            "failed": failed.to_numpy(dtype="int64"),
            "unmeasured": unread.to_numpy(dtype="int64"),
            "complete": (looked > 0).to_numpy(),
            "proves_absence": False,  # a text is wrong until its page is read again
            "reason": [f"检查{pages}个页面的文字" if pages else "未能读取页面文字" for pages in looked],
        }
    )
