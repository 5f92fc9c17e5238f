"""The shape of what a check answers: faults, what was measured, and what could not be.

A frame that crosses a function has declared columns; `check` raises where one is missing or too many.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import orjson
import pandas as pd

from analytics.checks.shared.absence import NETS
from govcrawl.records.states import REPORTED, FindingState

if TYPE_CHECKING:
    from collections.abc import Sequence

COLUMNS = (
    "finding_key",
    "site_code",
    "check_id",
    "state",
    "category",
    "subject_url",
    "origin_url",
    "observed",
    "expected",
    "evidence",
    "run_id",
)
"""One row a fault. `category` is the word by which the edition's limits and deductions tell faults apart."""

MEASURED = ("site_code", "category", "looked", "failed", "unmeasured", "complete", "proves_absence", "reason")
"""One row a site and category, every site in scope at least once; of accounts, `account_id` stands for `site_code`.

`looked`: subjects there were; of these `failed` are at fault and `unmeasured` could not be measured. `complete`:
as much was looked at as the clause asks. `proves_absence`: a fault that was not found again is gone, for nothing
where it could stand was left out. `reason`: Chinese, for the result row.
"""

COUNTED = (*MEASURED, "awaiting")
"""What scoring reads: `failed` holds the faults that count, `awaiting` those a person must confirm first."""

ACCOUNT_SUBJECT = "account:"  # what the subject of a fault of an account begins with

DOUBTFUL = ("site_code", "subject_url")
"""Subjects that could not be measured: an earlier fault of theirs is neither found again nor mended."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What one check says about every site in scope."""

    findings: pd.DataFrame
    measured: pd.DataFrame
    doubtful: pd.DataFrame


def answer(
    check_id: str, faults: pd.DataFrame, measured: pd.DataFrame, doubtful: pd.DataFrame | None = None
) -> Answer:
    """Complete the faults of one check and hold all three frames to their columns.

    `faults` needs site_code, subject_url, observed, expected, evidence and run_id. Optional: origin_url, category,
    `aspect`, which tells apart several faults of one subject, `state` (`awaiting` where one is a candidate that a
    person must confirm), and `doubt`, which a check of NETS must bring. What is complete proves absence, unless said.
    """
    if check_id in NETS and "doubt" not in faults:
        raise ValueError(
            f"{check_id} asserts an absence: its faults need a column `doubt`, see {NETS[check_id]}"
        )
    found = faults.assign(check_id=check_id)
    for column, default in (
        ("state", FindingState.FOUND.value),
        ("origin_url", None),
        ("category", ""),
        ("aspect", ""),
    ):
        if column not in found:
            found[column] = default
    if "doubt" in found:
        found = _doubted(found)
        open_yet = found.loc[found["doubt"].notna(), list(DOUBTFUL)]
        doubtful = open_yet if doubtful is None else pd.concat([doubtful[list(DOUBTFUL)], open_yet])
    key = "account_id" if "account_id" in measured else "site_code"
    if key != "site_code":
        found["site_code"] = pd.Series(None, index=found.index, dtype="str")
    found["finding_key"] = finding_keys(found)
    found = found.drop_duplicates("finding_key").sort_values(["site_code", "subject_url", "finding_key"])
    if "proves_absence" not in measured:
        measured = measured.assign(proves_absence=measured["complete"])
    columns = [key, *MEASURED[1:]]
    unsure = pd.DataFrame(columns=list(DOUBTFUL)) if doubtful is None else doubtful
    if key != "site_code":
        unsure = unsure.assign(site_code=None)
    return Answer(
        findings=check(found[list(COLUMNS)], COLUMNS),
        measured=check(measured[columns].sort_values([key, "category"]), columns),
        doubtful=check(unsure[list(DOUBTFUL)].drop_duplicates(), DOUBTFUL),
    )


def _doubted(found: pd.DataFrame) -> pd.DataFrame:
    """Let a fault wait for a person where the net for what it misses was tripped, and show in its evidence by what."""
    return found.assign(
        state=found["state"].where(found["doubt"].isna(), "awaiting"),
        evidence=[
            told if pd.isna(doubt) else orjson.dumps(orjson.loads(told) | {"doubt": doubt}).decode()
            for told, doubt in zip(found["evidence"], found["doubt"], strict=True)
        ],
    )


def awaiting(given: Answer) -> Answer:
    """The same answer when its faults are candidates that a person must confirm first."""
    return replace(given, findings=given.findings.assign(state=FindingState.AWAITING.value))


def counted(given: Answer) -> pd.DataFrame:
    """What scoring may count of an answer: `found` and `confirmed` faults stay failed, all others do not.

    Candidates are set apart as `awaiting`. What people dismissed or explained is as if it were in order.
    """
    measured = given.measured
    key = str(measured.columns[0])
    found = given.findings
    if key != "site_code":
        found = found.assign(account_id=found["subject_url"].str.removeprefix(ACCOUNT_SUBJECT))
    states = pd.crosstab([found[key], found["category"]], found["state"])
    each = pd.MultiIndex.from_frame(measured[[key, "category"]])
    number = states.reindex(index=each, columns=[*FindingState], fill_value=0).reset_index(drop=True)
    off = number[[state for state in FindingState if state not in REPORTED]].sum(axis="columns")
    return check(
        measured.assign(
            failed=(measured["failed"] - off).clip(lower=0),
            awaiting=number[FindingState.AWAITING].astype("int64"),
        ),
        [key, *COUNTED[1:]],
    )


def check(frame: pd.DataFrame, columns: Sequence[str]) -> pd.DataFrame:
    """Return the frame with a clean index when it has exactly these columns, in this order."""
    if tuple(frame.columns) != tuple(columns):
        raise ValueError(f"columns {tuple(frame.columns)}; expected {tuple(columns)}")
    return frame.reset_index(drop=True)


def finding_keys(faults: pd.DataFrame) -> pd.Series[str]:
    """Name every fault across assessments: 16 hex digits of site, check, normalised subject and aspect."""
    subjects = normalised(faults["subject_url"])
    sites = faults["site_code"].astype("str").fillna("")
    keys = [
        hashlib.sha256("\x1f".join(map(str, parts)).encode()).hexdigest()[:16]
        for parts in zip(sites, faults["check_id"], subjects, faults["aspect"], strict=True)
    ]
    return pd.Series(keys, index=faults.index, dtype="str")


def normalised(urls: pd.Series[str]) -> pd.Series[str]:
    """Addresses without the noise that changes while the subject stays: scheme, default port, fragment, session.

    A site that moves to HTTPS keeps its faults; a page reached through another session id is the same page.
    """
    return (
        urls.astype("str")
        .str.replace(r"#.*$", "", regex=True)
        .str.replace(r"(?i);jsessionid=[^?]*", "", regex=True)
        .str.replace(
            r"(?i)([?&])(?:utm_[a-z]+|spm|jsessionid|phpsessid|_|timestamp|rand|random)=[^&]*",
            r"\1",
            regex=True,
        )
        .str.replace(r"([?&])&+", r"\1", regex=True)
        .str.replace(r"[?&]$", "", regex=True)
        .str.replace(r"(?i)^https?://(?=.)", "//", regex=True)
        .str.replace(r"^(//[^/?]*?):(?:80|443)(?=[/?]|$)", r"\1", regex=True)
        .str.replace(r"^(//[^/?]*)/?$", r"\1/", regex=True)
    )


LONGEST_TEXT = 300  # of a title or anchor in the evidence: pages may hold megabytes of it


def evidence(frame: pd.DataFrame, columns: Sequence[str]) -> list[str]:
    """One compact JSON object a row of the columns named, nulls left out; instants as ISO text."""
    shown = frame[list(columns)].copy()
    for column in shown.columns:
        if pd.api.types.is_datetime64_any_dtype(shown[column]):
            shown[column] = iso(shown[column], column)
    rows = shown.astype(object).where(shown.notna(), None).to_dict("records")
    return [
        orjson.dumps(
            {
                key: value[:LONGEST_TEXT] if isinstance(value, str) else value
                for key, value in row.items()
                if value is not None
            },
            option=orjson.OPT_SERIALIZE_NUMPY,
        ).decode()
        for row in rows
    ]


def iso(moments: pd.Series[pd.Timestamp], column: str) -> pd.Series[str]:
    """Civil dates (columns ending in `_on`) as `2026-11-22`, instants as `2026-11-22T02:00:00`; missing stays missing."""
    shape = "%Y-%m-%d" if column.endswith("_on") else "%Y-%m-%dT%H:%M:%S"
    return moments.dt.strftime(shape)
