"""Certificate that is about to run out (证书即将到期).

Days are counted from when the certificate was seen. A certificate that is already invalid is judged by tls-invalid.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from analytics.checks.shared import per_site
from analytics.checks.shared.findings import in_civil_time
from analytics.nullable import truth
from analytics.words.phrases import outcome_words
from govcrawl.records.outcomes import Outcome

if TYPE_CHECKING:
    from datetime import date

    import pandas as pd

    from analytics.checks.shared.findings import Answer
    from analytics.source import Source


@dataclass(frozen=True, slots=True)
class Params:
    """How many days before its end a certificate is a finding; automatic renewals happen a month before the end."""

    days: int


def run(source: Source, as_of: date, params: Params) -> Answer:
    """Judge the certificate that every site showed on the day."""
    return judge(source.query("hosts_around", as_of=as_of), params)


def judge(hosts: pd.DataFrame, params: Params) -> Answer:
    """`hosts`: one row per site, see warehouse/queries/hosts_around.sql."""
    https = truth(hosts["https"])
    answered = truth(hosts["tls_outcome"].eq(Outcome.OK)) & hosts["tls_not_after_at"].notna()
    ends, today = (_civil(hosts[column]) for column in ("tls_not_after_at", "checked_at"))
    days_left = (ends - today).dt.days  # between civil days, as people count
    holds = hosts["tls_problem"].isna()
    soon = https & answered & holds & (days_left < params.days)
    day = ends.dt.strftime("%Y-%m-%d")
    reason = np.select(
        [~https, ~answered, ~holds],
        ["网站未使用HTTPS", "未能取得证书:" + outcome_words(hosts["tls_outcome"]), "证书已无效"],
        "网站安全证书有效期至" + day + ",剩余" + days_left.astype("Int64").astype("str") + "天",
    )
    return per_site.judge(
        "tls-expiring",
        hosts.assign(sure=~https | answered, failed=soon, reason=reason),
        expected=f"安全证书应在到期{params.days}天前更换",
        evidence=["host", "tls_subject", "tls_issuer", "tls_not_after_at", "checked_at"],
    )


def _civil(instants: pd.Series[Any]) -> pd.Series[Any]:
    """The civil day of each instant (UTC) in China."""
    return in_civil_time(instants).dt.normalize()
