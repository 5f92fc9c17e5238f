"""The order in which people are asked: waiting findings of vetoes, other waiting findings, findings of vetoes, other findings, decided ones."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from govcrawl.records.states import FindingState

if TYPE_CHECKING:
    from datetime import date

    from analytics.editions.chosen import Edition


def findings_by_urgency(found: pd.DataFrame, rules: Edition, as_of: date) -> pd.DataFrame:
    """The findings in that order, with `veto` and `decided`; those of one rank stay as they stood."""
    return _ordered(
        _marked(found, rules, as_of).assign(settled=found["state"] != FindingState.AWAITING),
        ["decided", "settled", "lighter"],
    )


def rows_by_urgency(rows: pd.DataFrame, rules: Edition, as_of: date) -> pd.DataFrame:
    """The rows people judge: those not decided first, of these the vetoes, then by how many points they move."""
    most = pd.to_numeric(rows["max_points"]).fillna(0)
    return _ordered(_marked(rows, rules, as_of).assign(moves=-most), ["decided", "lighter", "moves"])


def _marked(rows: pd.DataFrame, rules: Edition, as_of: date) -> pd.DataFrame:
    vetoes = {row.id for row in rules.indicators if row.part == "veto"}
    holds = rows["until_on"].isna() | (rows["until_on"] >= pd.Timestamp(as_of))
    veto = rows["indicator_id"].isin(vetoes)
    return rows.assign(veto=veto, lighter=~veto, decided=rows["decision"].notna() & holds)


def _ordered(rows: pd.DataFrame, by: list[str]) -> pd.DataFrame:
    return rows.sort_values(by, kind="stable").reset_index(drop=True)
