"""The shape of a check's answer: faults, what was measured, and what could not be measured.

Frames that are passed between modules have declared columns; `with_columns` raises when one is missing or superfluous.
"""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import orjson
import pandas as pd

from analytics.checks.shared.absence import FOR_PEOPLE, NETS
from analytics.words.of_checks import ACCOUNT_SUBJECT
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
"""Columns of faults, one row each. `category`: by it the edition's limits and tariffs distinguish faults."""

MEASURED = ("site_code", "category", "looked", "failed", "unmeasured", "complete", "proves_absence", "reason")
"""Columns of the measurements: one row per site and category, every site in scope at least once.

For accounts `account_id` is in place of `site_code`. `looked`: number of subjects; of these `failed` are at fault and
`unmeasured` could not be measured. `complete`: as much was examined as the clause demands. `proves_absence`: everything
was examined where a fault may be, so a fault that was not found again is mended. `reason`: Chinese, for the result row.
"""

COUNTED = (*MEASURED, "awaiting")
"""Columns for scoring: `failed` is the number of faults that count, `awaiting` those that a person must confirm first."""

KEY_DIGITS = 16  # of the hash that is a fault's key

DOUBTFUL = ("site_code", "subject_url")
"""Columns of subjects that could not be measured: their earlier faults are neither found again nor mended."""


@dataclass(frozen=True, slots=True)
class Answer:
    """The result of one check for all sites in scope."""

    findings: pd.DataFrame
    measured: pd.DataFrame
    doubtful: pd.DataFrame


def answer(
    check_id: str, faults: pd.DataFrame, measured: pd.DataFrame, doubtful: pd.DataFrame | None = None
) -> Answer:
    """Build the answer of one check: complete its faults, and verify the columns of all three frames.

    `faults` needs site_code, subject_url, observed, expected, evidence and run_id. Optional: origin_url, category,
    `aspect` (distinguishes several faults of one subject), `state` (`awaiting` for a candidate that a person must
    confirm), and `doubt`, required for the checks in NETS. Every fault of a check in FOR_PEOPLE is a candidate. `proves_absence` defaults to `complete`.
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
    if check_id in FOR_PEOPLE:
        found["state"] = FindingState.AWAITING.value
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
        findings=with_columns(found[list(COLUMNS)], COLUMNS),
        measured=with_columns(measured[columns].sort_values([key, "category"]), columns),
        doubtful=with_columns(unsure[list(DOUBTFUL)].drop_duplicates(), DOUBTFUL),
    )


def _doubted(found: pd.DataFrame) -> pd.DataFrame:
    """Make faults with a `doubt` await a person, and add to their evidence what the net matched."""
    return found.assign(
        state=found["state"].where(found["doubt"].isna(), "awaiting"),
        evidence=[
            text if pd.isna(doubt) else orjson.dumps(orjson.loads(text) | {"doubt": doubt}).decode()
            for text, doubt in zip(found["evidence"], found["doubt"], strict=True)
        ],
    )


def awaiting(given: Answer) -> Answer:
    """The same answer with all its faults as candidates that a person must confirm first."""
    return replace(given, findings=given.findings.assign(state=FindingState.AWAITING.value))


def counted(given: Answer) -> pd.DataFrame:
    """The counts of an answer for scoring: only `found` and `confirmed` faults stay in `failed`.

    Candidates are counted as `awaiting`. Faults that people dismissed or explained count as in order.
    """
    measured = given.measured
    key = str(measured.columns[0])
    found = given.findings
    owners = (
        found["site_code"] if key == "site_code" else found["subject_url"].str.removeprefix(ACCOUNT_SUBJECT)
    )
    off: Counter[tuple[str, str]] = Counter()
    awaiting: Counter[tuple[str, str]] = Counter()
    for owner, category, state in zip(owners, found["category"], found["state"], strict=True):
        off[owner, category] += state not in REPORTED
        awaiting[owner, category] += state == FindingState.AWAITING
    rows = list(zip(measured[key], measured["category"], strict=True))
    numbers = pd.DataFrame(
        {"off": [off[row] for row in rows], "awaiting": [awaiting[row] for row in rows]},
        index=measured.index,
        dtype="int64",
    )
    return with_columns(
        measured.assign(
            failed=(measured["failed"] - numbers["off"]).clip(lower=0), awaiting=numbers["awaiting"]
        ),
        [key, *COUNTED[1:]],
    )


def by_site(judged: pd.DataFrame, sites: pd.DataFrame) -> pd.DataFrame:
    """Count judged subjects (`failed`, `unmeasured`: 0 or 1) into one row per site, in the order of the sites."""
    counted = judged.groupby("site_code").agg(
        looked=("failed", "size"), failed=("failed", "sum"), unmeasured=("unmeasured", "sum")
    )
    return counted.reindex(sites["site_code"]).fillna(0).astype("int64").reset_index()


def with_columns(frame: pd.DataFrame, columns: Sequence[str]) -> pd.DataFrame:
    """Return the frame with a new index; ValueError unless it has exactly these columns, in this order."""
    if tuple(frame.columns) != tuple(columns):
        raise ValueError(f"columns {tuple(frame.columns)}; expected {tuple(columns)}")
    return frame.reset_index(drop=True)


def finding_keys(faults: pd.DataFrame) -> pd.Series[str]:
    """The key of each fault, equal in all assessments: KEY_DIGITS hex digits of the hash of site, check, normalised subject and aspect."""
    subjects = normalised(faults["subject_url"])
    sites = faults["site_code"].astype("str").fillna("")
    keys = [
        hashlib.sha256("\x1f".join(map(str, parts)).encode()).hexdigest()[:KEY_DIGITS]
        for parts in zip(sites, faults["check_id"], subjects, faults["aspect"], strict=True)
    ]
    return pd.Series(keys, index=faults.index, dtype="str")


def normalised(urls: pd.Series[str]) -> pd.Series[str]:
    """Addresses without parts that may change for the same subject: scheme, default port, fragment, session id.

    So a site that moves to HTTPS keeps its faults, and a page with another session id is the same page.
    """
    return urls.astype("str").map(_normalised, na_action="ignore").astype("str")


_CHANGING = tuple(
    (re.compile(pattern), text)
    for pattern, text in (
        (r"#.*$", ""),
        (r"(?i);jsessionid=[^?]*", ""),
        (r"(?i)([?&])(?:utm_[a-z]+|spm|jsessionid|phpsessid|_|timestamp|rand|random)=[^&]*", r"\1"),
        (r"([?&])&+", r"\1"),
        (r"[?&]$", ""),
        (r"(?i)^https?://(?=.)", "//"),
        (r"^(//[^/?]*?):(?:80|443)(?=[/?]|$)", r"\1"),
        (r"^(//[^/?]*)/?$", r"\1/"),
    )
)
"""What is replaced in an address, one after the other."""


def _normalised(url: str) -> str:
    for pattern, text in _CHANGING:
        url = pattern.sub(text, url)
    return url


LONGEST_EVIDENCE = 300  # characters of a title or link text in the evidence; on pages it may have megabytes
LONGEST_QUOTED = 60  # characters of a title in `observed`
LONGEST_POLICY = 80  # the same for policy documents, whose titles are longer


def in_quotes(titles: pd.Series[str], longest: int = LONGEST_QUOTED) -> pd.Series[str]:
    """Titles in quotation marks for `observed`, cut to `longest` characters."""
    return "“" + titles.str.slice(0, longest) + "”"


def evidence(frame: pd.DataFrame, columns: Sequence[str]) -> list[str]:
    """One compact JSON object per row, with the named columns; nulls are left out, instants are ISO text."""
    if frame.empty:
        return []
    shown = frame[list(columns)].copy()
    for column in shown.columns:
        if pd.api.types.is_datetime64_any_dtype(shown[column]):
            shown[column] = iso(shown[column], column)
    rows = shown.astype(object).where(shown.notna(), None).to_dict("records")
    return [
        orjson.dumps(
            {
                key: value[:LONGEST_EVIDENCE] if isinstance(value, str) else value
                for key, value in row.items()
                if value is not None
            },
            option=orjson.OPT_SERIALIZE_NUMPY,
        ).decode()
        for row in rows
    ]


CIVIL_OFFSET = pd.Timedelta(hours=8)  # Asia/Shanghai from UTC; no daylight saving time since 1991


def in_civil_time(instants: pd.Series[pd.Timestamp]) -> pd.Series[pd.Timestamp]:
    """Instants in UTC as civil time in China."""
    return instants + CIVIL_OFFSET


def iso(moments: pd.Series[pd.Timestamp], column: str) -> pd.Series[str]:
    """Civil dates (columns ending in `_on`) as `2026-11-22`, instants as `2026-11-22T02:00:00`; missing stays missing."""
    shape = "%Y-%m-%d" if column.endswith("_on") else "%Y-%m-%dT%H:%M:%S"
    return moments.dt.strftime(shape)
