"""Certificate that readers of the site are warned of: run out, for another name, of nobody they trust (证书无效).

Judged only where readers get to see the certificate, because the official tables do not require HTTPS.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from analytics.checks.shared import per_site
from analytics.nullable import truth
from analytics.words.phrases import CERTIFICATE, outcome_words
from govcrawl.records.outcomes import Outcome

if TYPE_CHECKING:
    from datetime import date

    import pandas as pd

    from analytics.checks.shared.findings import Answer
    from analytics.source import Source


@dataclass(frozen=True, slots=True)
class Params:
    """The question has no number."""


def run(source: Source, as_of: date, params: Params) -> Answer:  # noqa: ARG001 - every check has the same door
    """Judge the certificate that every site showed on the day."""
    return judge(source.query("hosts_around", as_of=as_of))


def judge(hosts: pd.DataFrame) -> Answer:
    """`hosts`: one row per site, see warehouse/queries/hosts_around.sql."""
    https, answered = truth(hosts["https"]), hosts["tls_outcome"].eq(Outcome.OK)
    answered = truth(answered)
    reason = np.select(
        [~https, ~answered, hosts["tls_problem"].isna()],
        ["网站未使用HTTPS", "未能取得证书:" + outcome_words(hosts["tls_outcome"]), "证书有效"],
        "网站安全证书" + CERTIFICATE.of(hosts["tls_problem"]),
    )
    return per_site.judge(
        "tls-invalid",
        hosts.assign(sure=~https | answered, failed=https & hosts["tls_problem"].notna(), reason=reason),
        expected="使用HTTPS的网站,其安全证书应在有效期内、与域名相符并由受信任的机构签发",
        evidence=[
            "host",
            "tls_problem",
            "tls_subject",
            "tls_issuer",
            "tls_not_before_at",
            "tls_not_after_at",
            "checked_at",
        ],
    )
