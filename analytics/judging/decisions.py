"""Applies people's decisions to the findings of the checks, before scoring. Pure functions.

A finding that a person dismissed or explained gets that state here and no longer counts against its site. The check's
own text stays unchanged; the decision is added in separate columns.
"""

from __future__ import annotations

import hashlib
from dataclasses import replace
from typing import TYPE_CHECKING

import orjson

from analytics.checks.shared import findings
from govcrawl.records.states import FindingState, LedgerState

if TYPE_CHECKING:
    from datetime import datetime

    import pandas as pd

    from analytics.checks.shared.findings import Answer

SHOWN = ("decision", "decision_reason", "decided_by", "decided_on", "decided_until")
"""The columns of a decision that are added to a finding."""


def of_findings(in_force: pd.DataFrame, earlier: pd.DataFrame) -> pd.DataFrame:
    """Return finding_key and the columns SHOWN of the decisions about faults.

    `earlier`: the ledger of the assessment before. A fault that was confirmed, mended and found again counts as a new
    fault, to which the old confirmation does not apply.
    """
    decided = in_force[in_force["finding_key"].notna()].rename(
        columns={"reason": "decision_reason", "until_on": "decided_until"}
    )
    decided["decided_on"] = civil(decided["decided_at"])
    decided["decided_until"] = findings.iso(decided["decided_until"], "until_on")
    mended = earlier.loc[earlier["state"] == LedgerState.FIXED, ["finding_key", "fixed_on"]]
    mended_on = decided["finding_key"].map(mended.set_index("finding_key")["fixed_on"])
    past = (
        (decided["decision"] == FindingState.CONFIRMED)
        & mended_on.notna()
        & (decided["decided_on"] <= mended_on)
    )
    return decided.loc[~past.astype(bool), ["finding_key", *SHOWN]].reset_index(drop=True)


def of_rows(in_force: pd.DataFrame, edition: str, owner: str) -> pd.DataFrame:
    """Return the decisions about rows of an edition: `owner` (site_code or account_id), indicator_id, state, points, reason."""
    rows = in_force[(in_force["edition"] == edition) & in_force[owner].notna()]
    return rows.assign(state=rows["decision"])[
        [owner, "indicator_id", "state", "points", "reason"]
    ].reset_index(drop=True)


def judged(answer: Answer, decided: pd.DataFrame) -> Answer:
    """The answer of a check with the decisions applied: the `state` of its findings and the columns SHOWN."""
    found = answer.findings.merge(decided, on="finding_key", how="left")
    return replace(answer, findings=found.assign(state=found["decision"].fillna(found["state"])))


def decisions_hash(in_force: pd.DataFrame) -> str | None:
    """The hash of the decisions, which is an input of an assessment; None when there are none."""
    if in_force.empty:
        return None
    plain = in_force.astype(object).where(in_force.notna(), None)
    rows = plain.astype({"until_on": "str", "decided_at": "str"}).to_dict("records")
    return hashlib.sha256(orjson.dumps(rows, option=orjson.OPT_SERIALIZE_NUMPY)).hexdigest()


def newest(in_force: pd.DataFrame, otherwise: datetime) -> datetime:
    """Return the instant of the latest decision, or `otherwise` if that is later."""
    instants: list[datetime] = [otherwise, *in_force["decided_at"]]
    return max(instants)


def civil(moments: pd.Series[pd.Timestamp]) -> pd.Series[str]:
    """The civil days in Shanghai, as text, of instants in UTC."""
    return findings.iso(findings.in_civil_time(moments), "decided_on")
