"""Shared by the checks on reader services (accessibility, sharing): a site has one if any examined page shows it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from analytics.checks.shared import per_site
from analytics.nullable import truth
from analytics.words.phrases import outcome_words

if TYPE_CHECKING:
    import pandas as pd

    from analytics.checks.shared.findings import Answer


def judge(
    check_id: str, sites: pd.DataFrame, word: str, enough: pd.Series[bool], *, name: str, expected: str
) -> Answer:
    """`sites`: one row per site, see services_tried.sql; `enough`: whether the pages that were read can prove absence.

    They can only if all pages were read, also in the browser: without it, what a script draws is missed.
    """
    seen = truth(sites["seen"].map(lambda words: word in list(words), na_action="ignore"))
    sure = seen | (truth(sites["settled"]) & enough)
    reason = np.select(
        [seen, sure, sites["home_outcome"].isna()],
        ["有" + name, "首页和信息页均未见" + name, "未检测"],
        "页面未能全部读取:" + outcome_words(sites["home_outcome"]),
    )
    return per_site.judge(
        check_id,
        sites.assign(sure=sure, failed=~seen, reason=reason),
        expected=expected,
        evidence=["home_read", "articles_read", "tried_at"],
        net=word,
    )
