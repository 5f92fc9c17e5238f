"""Portal without an assistant that takes questions (未见可用的智能问答): no entry, or one that does not open or has no place to ask.

Whether it answers, and rightly, is for people: the machine puts no question. An entry that a script opens on the page itself, or
that leads to a frame, is taken for what it says it is.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from analytics.checks.shared import findings, per_site
from analytics.nullable import truth
from analytics.words.phrases import NOTE, outcome_words
from govcrawl.pages.facts.assistant import ASSISTANT
from govcrawl.records.outcomes import NO_RESULT, OPENED
from govcrawl.registry.choices import SiteKind

if TYPE_CHECKING:
    from datetime import date

    import pandas as pd

    from analytics.checks.shared.findings import Answer
    from analytics.source import Source


@dataclass(frozen=True, slots=True)
class Params:
    """The question has no number."""


def run(source: Source, as_of: date, params: Params) -> Answer:  # noqa: ARG001 - every check has the same door
    """Judge every portal by its home page as it was examined on the day."""
    return judge(source.query("services_tried", as_of=as_of))


def judge(sites: pd.DataFrame) -> Answer:
    """`sites`: one row per site, see warehouse/queries/services_tried.sql; portals alone are judged."""
    portals = sites[truth(sites["kind"].eq(SiteKind.PORTAL))]
    here = portals["assistant_text"].notna()
    absent = ~here & truth(portals["settled"]) & (portals["home_read"].fillna(0) > 0)
    shut = here & truth(portals["assistant_outcome"].isin(NO_RESULT))
    opened = here & truth(portals["assistant_outcome"].isin(OPENED))
    mute = opened & truth(portals["assistant_box"].eq(other=False))
    entry = (
        "首页有“"
        + portals["assistant_text"].fillna("")
        + "”入口"
        + ("(" + portals["assistant_url"] + ")").fillna("")
    )
    reason = np.select(
        [
            absent,
            shut,
            mute,
            opened & truth(portals["assistant_box"]),
            opened,
            here & portals["assistant_url"].isna(),
            here,
        ],
        [
            "首页未见智能问答入口",
            entry + ",打不开:" + outcome_words(portals["assistant_outcome"]),
            entry + ",打开后未见提问处",
            NOTE + entry + ",可以打开,有提问处",
            NOTE + entry + ",可以打开,提问处未能识别",
            NOTE + entry + ",由页面脚本打开,未作尝试",
            entry + ",未能读取:" + outcome_words(portals["assistant_outcome"]),
        ],
        "页面未能全部读取:" + outcome_words(portals["home_outcome"]),
    )
    sure = absent | shut | opened | (here & portals["assistant_url"].isna())
    return findings.awaiting(
        per_site.judge(
            "assistant-missing",
            portals.assign(sure=sure, failed=absent | shut | mute, reason=reason),
            expected="门户网站提供能够打开、可以提问的智能问答功能(加分项)",
            evidence=[
                "home_read",
                "assistant_text",
                "assistant_url",
                "assistant_outcome",
                "assistant_box",
                "tried_at",
            ],
            net=ASSISTANT,
        )
    )
