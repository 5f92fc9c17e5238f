"""Judges a published snapshot by one edition as of one day, and writes an assessment folder.

    <as_of>-<edition>-<8 hex of its inputs>/
        finding.jsonl site_result.jsonl indicator_result.jsonl account_result.jsonl account_indicator_result.jsonl
        indicator.jsonl indicator_finding.jsonl section_frequency.jsonl repost.jsonl ledger.jsonl
        edition.toml overlay.toml   copies of the rules that were applied
        assessment.json          last: what was judged, by which edition, from which runs, and a hash of each file

The folder is named by a hash of its inputs: edition and overlay, day, runs, code, people's decisions, documents issued
before that day, and the assessment from which the ledger continues. The same inputs give the same bytes, so an existing
folder is returned as it is. Nothing depends on the clock: `created_at` is when the newest run or decision was finished.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

import orjson
import pandas as pd

from analytics.checks import load_check
from analytics.checks.shared.findings import awaiting, counted, iso
from analytics.editions.chosen import load_edition, refuse_edited, texts
from analytics.judging import decisions, filing, frequency, ledger, proof, repost_rows
from analytics.judging.basis import basis
from analytics.judging.month_draw import drawn
from analytics.judging.scoring import score, score_accounts
from analytics.source import Remembered
from analytics.words.of_checks import ACCOUNT_SUBJECT
from govcrawl.records.errors import UserError
from govcrawl.records.runs import code_version
from govcrawl.records.states import FindingState, LedgerState, Purpose
from govcrawl.records.whole import (
    ASSESSMENT_MANIFEST,
    cannot_write,
    folder_begun,
    manifests,
    put_in_place,
    read_manifest,
    sha256_of,
    verify,
)
from govcrawl.records.withdrawals import withdrawals

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from analytics.checks.shared.findings import Answer
    from analytics.editions.chosen import Edition
    from analytics.source import Source
    from govcrawl.warehouse.snapshot import Snapshot

OF_SECTIONS = ("section-stale", "section-blank")  # checks whose subject is a registered section
ID_DIGITS = 8  # of the hash of its inputs, in the name of an assessment
PROBE_DAYS = 7  # days before the inspected one whose rounds of probes are used

FINDING_FILE = (
    "finding_key",
    "site_code",
    "check_id",
    "indicator_id",
    "state",
    "subject_url",
    "origin_url",
    "observed",
    "expected",
    "evidence",
    "run_id",
    *decisions.SHOWN,
    "observed_on",
)


@dataclass(frozen=True, slots=True)
class _Earlier:
    """The assessment from which the ledger continues, and the re-checks since; empty before the first assessment."""

    assessment_id: str | None
    rechecks: list[str]
    ledger: pd.DataFrame


@dataclass(frozen=True, slots=True)
class _People:
    """The decisions of people up to the inspected day."""

    in_force: pd.DataFrame
    of_findings: pd.DataFrame


def assess(snapshot: Snapshot, *, edition: str, as_of: date, out: Path, overlay: Path | None = None) -> Path:
    """Judge every running site and return the assessment's folder, new or existing.

    Raises UserError when there is no finished nightly run of that day, or when this assessment was withdrawn.
    """
    rules = load_edition(edition, overlay=overlay).on(as_of)
    refuse_edited(rules, out)
    runs = snapshot.query("night_runs", as_of=as_of, days=PROBE_DAYS)
    if not (runs["purpose"] == Purpose.NIGHTLY).any():
        raise UserError(
            f"{snapshot.name}: no finished nightly run of {as_of}; crawl and publish that day first, "
            "or name another with --as-of"
        )
    earlier = _earlier(snapshot, out, edition, as_of)
    in_force = snapshot.query("decisions_in_force", as_of=as_of)
    inputs = {
        "edition_sha256": rules.sha256,
        "overlay_sha256": rules.overlay and rules.overlay.sha256,
        "as_of": as_of.isoformat(),
        "runs": runs["run_id"].tolist(),
        "ledger_of": earlier.assessment_id,
        "rechecks": earlier.rechecks,
        "decisions_sha256": decisions.decisions_hash(in_force),
        "notices": snapshot.query("notices_before", as_of=as_of)["notice_id"].tolist(),
        "code_version": code_version(),
    }
    digest = hashlib.sha256(orjson.dumps(inputs, option=orjson.OPT_SORT_KEYS)).hexdigest()
    folder = out / f"{as_of}-{edition}-{digest[:ID_DIGITS]}"
    if (folder / ASSESSMENT_MANIFEST).is_file():
        _refuse_withdrawn(folder)
        verify(folder, read_manifest(folder / ASSESSMENT_MANIFEST, "files")["files"])
        return folder
    manifest = {
        "assessment_id": folder.name,
        "as_of": as_of.isoformat(),
        "edition": rules.id,
        "edition_sha256": rules.sha256,
        "overlay": rules.overlay and rules.overlay.name,
        "overlay_sha256": inputs["overlay_sha256"],
        "snapshot": snapshot.name,
        "created_at": decisions.newest(in_force, runs["finished_at"].max()).isoformat(),
        "code_version": inputs["code_version"],
        "runs": inputs["runs"],
        "decisions_sha256": inputs["decisions_sha256"],
    }
    people = _People(in_force, decisions.of_findings(in_force, earlier.ledger))
    _write(folder, manifest, _judge(snapshot, rules, as_of, earlier.ledger, people), texts(rules))
    return folder


def newest_judged(out: Path) -> date | None:
    """Return the latest day that was judged by any edition; None when there is none."""
    days = [manifest["as_of"] for manifest in _in_force(out)]
    return date.fromisoformat(max(days)) if days else None


def _in_force(out: Path) -> list[dict[str, Any]]:
    """Return the manifests of all assessments that were not withdrawn."""
    withdrawn = withdrawals(out.parent)
    paths = [path for path in manifests(out, ASSESSMENT_MANIFEST) if path.parent.name not in withdrawn]
    return [read_manifest(path, "as_of") for path in paths]


def _refuse_withdrawn(folder: Path) -> None:
    withdrawal = withdrawals(folder.parents[1]).get(folder.name)
    if withdrawal:
        raise UserError(
            f"{folder.name}: {withdrawal.withdrawn_by} withdrew it on {withdrawal.withdrawn_at[:10]} ({withdrawal.reason}), and "
            "the same inputs give the same again; crawl the day anew with `govcrawl nightly`"
        )


def _judge(
    snapshot: Snapshot, rules: Edition, as_of: date, earlier: pd.DataFrame, people: _People
) -> dict[str, pd.DataFrame]:
    source = Remembered(snapshot)
    answers = {
        check: decisions.judged(_answer(check, source, as_of, rules), people.of_findings)
        for check in rules.check_ids()
    }
    measured = {check: counted(answer) for check, answer in answers.items()}
    by_hand = {
        owner: decisions.of_rows(people.in_force, rules.id, owner) for owner in ("site_code", "account_id")
    }
    sites, accounts = (source.query(name, as_of=as_of) for name in ("night_sites", "night_accounts"))
    results = score(sites, measured, rules, by_hand["site_code"])
    of_accounts = score_accounts(accounts, measured, rules, by_hand["account_id"])
    found = pd.concat([answer.findings for answer in answers.values()], ignore_index=True)
    found["indicator_id"] = [
        rules.indicator_of(check, category).id
        for check, category in zip(found["check_id"], found["category"], strict=True)
    ]
    found = found.sort_values(["site_code", "check_id", "subject_url", "finding_key"], ignore_index=True)
    found["observed_on"] = _observed_on(found, source.query("pages_standing", as_of=as_of), as_of)
    return {
        "finding": found[list(FINDING_FILE)],
        "site_result": results.sites.assign(drawn=_drawn(results.sites["site_code"], rules, as_of)),
        "indicator_result": results.indicators.assign(basis=basis(results.indicators, source, rules, as_of)),
        "account_result": of_accounts.accounts,
        "account_indicator_result": of_accounts.indicators,
        "indicator": filing.table(rules),
        "indicator_finding": filing.under_rows(
            rules, found, results.indicators[["site_code", "indicator_id"]]
        ),
        "section_frequency": frequency.measure(source, as_of, rules.terms),
        "repost": repost_rows.measure(source, rules, as_of),
        "ledger": _ledger(source, rules, as_of, earlier, found, answers, people),
    }


def _drawn(site_codes: pd.Series[str], rules: Edition, as_of: date) -> pd.Series[bool] | None:
    """Whether the month's inspection speaks of each site; None where no rule asks for a draw."""
    return site_codes.isin(drawn(site_codes, rules.draw, as_of)) if rules.draw else None


def _answer(check_id: str, source: Source, as_of: date, rules: Edition) -> Answer:
    answer = load_check(check_id).run(source, as_of, rules.params[check_id])
    return awaiting(answer) if check_id in rules.confirm_first else answer


def _ledger(
    source: Source,
    rules: Edition,
    as_of: date,
    earlier: pd.DataFrame,
    found: pd.DataFrame,
    answers: dict[str, Answer],
    people: _People,
) -> pd.DataFrame:
    on_accounts = rules.account_checks()
    whole = pd.concat(
        [
            _whole(answer).assign(check_id=check)
            for check, answer in answers.items()
            if check not in on_accounts
        ]
    )
    doubtful = pd.concat([answer.doubtful.assign(check_id=check) for check, answer in answers.items()])
    standing = earlier[earlier["state"] != LedgerState.FIXED]
    of_accounts = standing["check_id"].isin(on_accounts)
    carried = source.query("fault_carriers", as_of=as_of, finding_keys=standing["finding_key"].tolist())
    faults = standing[~of_accounts].merge(carried, on="finding_key", how="left")
    again = pd.concat(
        [
            proof.looked_at_again(source, as_of, faults, whole),
            *(_faults_looked_for(answers[check], standing[of_accounts]) for check in on_accounts),
        ]
    )
    return ledger.grow(
        earlier,
        found[found["state"] != FindingState.AWAITING],
        doubtful,
        again,
        as_of,
        decided=people.of_findings,
        announcements=lambda faults: _announcements(source, faults, as_of),
        gone=_gone(source, as_of, earlier),
    )


def _announcements(source: Source, faults: pd.DataFrame, as_of: date) -> pd.DataFrame:
    """Return the document, issued before the day, that announced each fault in its present occurrence."""
    return source.query(
        "told_before",
        as_of=as_of,
        finding_keys=faults["finding_key"].tolist(),
        since_on=faults["since_on"].tolist(),
    )


def _observed_on(found: pd.DataFrame, standing: pd.DataFrame, as_of: date) -> pd.Series[str]:
    """The day each fault was last seen: that of the page that carries it, where that was not due tonight."""
    pages = found["origin_url"].fillna(found["subject_url"])
    each = zip(standing["site_code"], standing["url"], iso(standing["read_on"], "read_on"), strict=True)
    read_on = {(site_code, url): day for site_code, url, day in each}
    days = [read_on.get(page, as_of.isoformat()) for page in zip(found["site_code"], pages, strict=True)]
    return pd.Series(days, index=found.index, dtype="str")


def _gone(source: Source, as_of: date, earlier: pd.DataFrame) -> pd.Series[str]:
    """Return the keys of faults whose site, section or account is closed or left the registry."""
    sites = source.query("night_sites", as_of=as_of)["site_code"]
    accounts = source.query("night_accounts", as_of=as_of)["account_id"]
    sections = source.query("section_reading", as_of=as_of)
    registered = set(zip(sections["site_code"], sections["section_url"], strict=True))
    owner = earlier["site_code"].fillna(earlier["subject_url"].str.removeprefix(ACCOUNT_SUBJECT))
    subjects = zip(earlier["site_code"], earlier["subject_url"], strict=True)
    unregistered = pd.Series([each not in registered for each in subjects], index=earlier.index, dtype=bool)
    dropped = earlier["check_id"].isin(OF_SECTIONS) & unregistered
    gone: pd.Series[str] = earlier.loc[~owner.isin([*sites, *accounts]) | dropped, "finding_key"]
    return gone


def _whole(answer: Answer) -> pd.DataFrame:
    """Return the sites for which all rows prove absence: faults not found there again are mended."""
    proven = answer.measured.groupby("site_code")["proves_absence"].all()
    return pd.DataFrame({"site_code": proven.index[proven.to_numpy(dtype=bool)]})


def _faults_looked_for(answer: Answer, faults: pd.DataFrame) -> pd.DataFrame:
    """Return finding_key and `page_gone` (never) of faults of those accounts for which all rows prove absence; accounts belong to no site."""
    proven = answer.measured.groupby("account_id")["proves_absence"].all()
    subjects = ACCOUNT_SUBJECT + proven.index[proven.to_numpy(dtype=bool)].astype("str")
    return faults.loc[faults["subject_url"].isin(subjects), ["finding_key"]].assign(page_gone=False)


def _earlier(snapshot: Snapshot, out: Path, edition: str, as_of: date) -> _Earlier:
    """Return this edition's newest assessment of an earlier day; of a day judged twice the one with the newest inputs."""
    found: list[tuple[str, str, str]] = [
        (manifest["as_of"], manifest["created_at"], manifest["assessment_id"])
        for manifest in _in_force(out)
        if manifest["edition"] == edition and manifest["as_of"] < as_of.isoformat()
    ]
    if not found:
        return _Earlier(None, [], ledger.empty())
    _, _, assessment_id = max(found)
    folder = out / assessment_id
    verify(folder, read_manifest(folder / ASSESSMENT_MANIFEST, "files")["files"])
    lines = (folder / "ledger.jsonl").read_bytes().splitlines()
    rows = pd.DataFrame([orjson.loads(line) for line in lines], columns=list(ledger.COLUMNS))
    mended = snapshot.query("mended_between", earlier_id=assessment_id, as_of=as_of)
    return _Earlier(
        assessment_id,
        sorted(set(mended["run_id"])),
        ledger.after_rechecks(rows.astype(ledger.empty().dtypes), mended),
    )


def _write(
    folder: Path,
    manifest: dict[str, Any],
    tables: dict[str, pd.DataFrame],
    rules: Iterable[tuple[str, str]],
) -> None:
    """Write the folder so that it appears whole; of two processes with the same inputs the first one's folder stays."""
    with folder_begun(folder.parent) as beside:
        try:
            for name, text in rules:
                (beside / name).write_text(text, "utf-8")
            files = []
            for name, table in tables.items():
                path = beside / f"{name}.jsonl"
                path.write_bytes(lines_of(table))
                files.append({"path": path.name, "rows": len(table), "sha256": sha256_of(path)})
            content = orjson.dumps({**manifest, "files": files}, option=orjson.OPT_INDENT_2)
            (beside / ASSESSMENT_MANIFEST).write_bytes(content)
        except OSError as error:
            raise cannot_write(folder, error) from error
        if (folder / ASSESSMENT_MANIFEST).is_file():
            return
        put_in_place(beside, folder)  # replaces a folder that has no manifest, which is no assessment


def lines_of(table: pd.DataFrame) -> bytes:
    """Format a frame as JSON lines, one object per row; missing values are null."""
    plain = table.astype(object).where(table.notna(), None)
    option = orjson.OPT_APPEND_NEWLINE | orjson.OPT_SERIALIZE_NUMPY
    return b"".join(orjson.dumps(row, option=option) for row in plain.to_dict("records"))
