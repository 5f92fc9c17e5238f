"""Consultation or survey that has closed and whose result is not published in time (结果反馈).

The result may be on the consultation's own page, or in an entry of any section about the same document. A late result
is a result. A consultation whose closing day cannot be read is unmeasured.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pandas as pd

from analytics.checks.shared import consultations, findings, sections
from analytics.checks.shared.terms import months_before
from analytics.checks.shared.titles import core, same_document
from analytics.words.phrases import HELD, RESULT_DUE
from govcrawl.registry.choices import SectionClass

if TYPE_CHECKING:
    from datetime import date

    from analytics.checks.shared.findings import Answer
    from analytics.source import Source


@dataclass(frozen=True, slots=True)
class Params:
    """How long the result may take after closing, and how far back consultations are judged."""

    months: int
    look_back_months: int


def run(source: Source, as_of: date, params: Params) -> Answer:
    """Judge every consultation of this period whose page was read on the day."""
    return judge(
        source.query("night_sites", as_of=as_of),
        source.query("section_reading", as_of=as_of),
        source.query("consultations_of_day", as_of=as_of),
        source.query("consultation_reports", as_of=as_of),
        as_of,
        params,
    )


def judge(
    sites: pd.DataFrame,
    reading: pd.DataFrame,
    held: pd.DataFrame,
    reports: pd.DataFrame,
    as_of: date,
    params: Params,
) -> Answer:
    """`held`, `reports`: see warehouse/queries/consultations_of_day.sql and consultation_reports.sql."""
    recent = consultations.of_year(held, months_before(as_of, params.look_back_months), as_of)
    due_on = recent["closes_on"] + pd.DateOffset(months=params.months)
    due = due_on < pd.Timestamp(as_of)
    silent = recent["result"].isna() & ~_reported(recent, reports)
    judged = recent.assign(
        failed=(due & silent).astype("int64"), unmeasured=(recent["unread"] & silent).astype("int64")
    )
    complete = sections.all_lists_read(sites, reading, SectionClass.CONSULTATIONS)
    without = judged[judged["failed"] == 1]
    closed = findings.iso(without["closes_on"], "closes_on")
    return findings.answer(
        "consultation-no-result",
        faults=without.assign(
            category=RESULT_DUE,
            subject_url=without["url"],
            origin_url=without["section_url"],
            observed=findings.in_quotes(without["title"]) + "于" + closed + f"结束,至{as_of}未见公开结果",
            expected=f"调查征集结束后{params.months}个月内公开反馈结果",
            evidence=findings.evidence(without, ["closes_on", "title", "fetched_at", "body_sha256"]),
        ),
        measured=pd.concat(
            [
                consultations.tally(sites, judged[due | judged["unread"]], complete, RESULT_DUE),
                consultations.tally(
                    sites, judged[~judged["unread"]].assign(failed=0, unmeasured=0), complete, HELD
                ),
            ]
        ),
        doubtful=judged[judged["unmeasured"] == 1].rename(columns={"url": "subject_url"}),
    )


def _reported(consulted: pd.DataFrame, reports: pd.DataFrame) -> pd.Series[bool]:
    """Whether another entry of the site reports on the same document."""
    grouped = reports.assign(core=reports["title"].map(core)).groupby("site_code")[["url", "core"]]
    by_site = {str(code): list(zip(rows["url"], rows["core"], strict=True)) for code, rows in grouped}
    return pd.Series(
        [
            any(url != own and same_document(core(title), about) for url, about in by_site.get(code, ()))
            for code, own, title in zip(
                consulted["site_code"], consulted["url"], consulted["title"], strict=True
            )
        ],
        index=consulted.index,
        dtype=bool,
    )
