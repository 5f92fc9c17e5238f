"""Shared by the checks on texts: the marks that the nightly reading made, page by page.

An attachment has a text as a page has; what is wrong in it, but for private data, is shown to a person first, for our reader may
have broken a line where the file has none. One whose text cannot be had is unmeasured and counted.

A list and a home page show the titles of their articles. A fault in a title is reported on the article, and on a list only
where no article of the site shows it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from analytics.checks.shared import findings
from govcrawl.records.link_kinds import LinkKind
from govcrawl.records.states import LOOKED_THROUGH, FileState, FindingState

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
OF_ONE_TEXT = ("misstatement", "typo", "sensitive-word", "mojibake", "privacy-leak")
"""Checks that one text answers; a re-check reads it again."""
CHECKS = (*OF_ONE_TEXT, "repost-differs")


def marked(source: Source, as_of: date, check_id: str) -> Answer:
    """Answer a check of texts: one finding a page and wrong form."""
    return judge(
        check_id,
        source.query("night_sites", as_of=as_of),
        pd.concat(
            [source.query(f"{of}_of_day", as_of=as_of) for of in ("texts", "attachments")], ignore_index=True
        ),
        source.query("text_marks", as_of=as_of, check_ids=list(CHECKS)),
    )


def judge(check_id: str, sites: pd.DataFrame, texts: pd.DataFrame, marks: pd.DataFrame) -> Answer:
    """`texts`: one row a page read or attachment, see texts_of_day.sql and attachments_of_day.sql. `marks`: one row a page and wrong form, see text_marks.sql."""
    marks = _where_they_stand(marks[marks["check_id"] == check_id])
    attached = marks["kind"] == LinkKind.ATTACHMENT
    if check_id == "mojibake":  # of a file our own reader may have made it
        marks, attached = marks[~attached], attached[~attached]
    marks = marks.assign(seen_at=marks["seen_at"].map(list))  # an array as the database gives it
    sure = marks["certain"].astype(bool) & (~attached | (check_id == "privacy-leak"))
    unread = texts[~_looked_through(texts)]
    return findings.answer(
        check_id,
        faults=marks.assign(
            subject_url=marks["url"],
            aspect=marks["observed"] + "\x1f" + marks["expected"],
            observed=_in_words(marks),
            expected=marks["expected"],
            state=np.where(sure, FindingState.FOUND, FindingState.AWAITING),
            evidence=findings.evidence(marks, _EVIDENCE),
        ),
        measured=_tally(sites, texts, marks),
        doubtful=unread.rename(columns={"url": "subject_url"}),
    )


def _looked_through(texts: pd.DataFrame) -> pd.Series[bool]:
    """Which texts were looked at to their end. A file without words, which was read, has none to be wrong."""
    read = texts["state"].isin(LOOKED_THROUGH)
    return read.where(
        ~texts["attached"], (texts["file_state"] == FileState.READ) & (read | ~texts["has_text"])
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
    """One row a site: pages and attachments with a text, of these at fault, and not looked at to their end."""
    files, left = texts["attached"], ~_looked_through(texts)
    looked, attached, unread, unread_files = (
        chosen.groupby("site_code").size().reindex(sites["site_code"], fill_value=0)
        for chosen in (texts, texts[files], texts[left], texts[files & left])
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
            "reason": [
                _reason(*numbers) for numbers in zip(looked - attached, attached, unread_files, strict=True)
            ],
        }
    )


def _reason(pages: int, files: int, unread_files: int) -> str:
    said = f"检查{pages}个页面的文字" if pages else "未能读取页面文字"
    if files:
        said += f"，附件{files}个"
    return said + (f"（其中{unread_files}个尚未读取或不能读取）" if unread_files else "")
