"""Message of a reader left without an answer for more than three months (互动回应差).

An answer that came late is an answer; a message that is still open is at fault.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pandas as pd

from analytics import findings, letters
from analytics.terms import months_before

if TYPE_CHECKING:
    from datetime import date

    from analytics.findings import Answer
    from analytics.source import Source


@dataclass(frozen=True, slots=True)
class Params:
    """The numbers of the clause: how long a message may wait, and how far back messages are asked about."""

    months: int
    look_back_months: int


def run(source: Source, as_of: date, params: Params) -> Answer:
    """Judge every imported message of the look-back."""
    sites = source.query("night_sites", as_of=as_of)
    return judge(sites, source.query("messages_of_day", as_of=as_of), as_of, params)


def judge(sites: pd.DataFrame, messages: pd.DataFrame, as_of: date, params: Params) -> Answer:
    """`messages`: one row a message, see warehouse/queries/messages_of_day.sql."""
    first, last = (
        pd.Timestamp(months_before(as_of, months)) for months in (params.look_back_months, params.months)
    )
    asked = messages[messages["received_on"].between(first, pd.Timestamp(as_of))]
    judged = asked.assign(
        failed=((asked["received_on"] < last) & asked["answered_on"].isna()).astype("int64")
    )
    waiting = judged[judged["failed"] == 1]
    return findings.answer(
        "reply-overdue",
        faults=waiting.assign(
            subject_url="message:" + waiting["id"],
            observed=findings.iso(waiting["received_on"], "received_on") + f"收到的留言至{as_of}仍未答复",
            expected=f"留言应在{params.months}个月内答复",
            evidence=findings.evidence(waiting, ["received_on"]),
        ),
        measured=letters.tally(judged, sites, messages["site_code"], what="网民留言"),
    )
