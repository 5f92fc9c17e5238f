"""Retention: removes records and drafts that are older than the office keeps them, unless something newer needs them.

Texts of pages, which may show persons, have a term of their own; what was found in them and all other facts stay.
"""

from __future__ import annotations

import shutil
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import TYPE_CHECKING

import pandas as pd

from analytics.notices.folders import issued_folders, written_folders
from govcrawl.night.lock import night_lock
from govcrawl.records import pruned
from govcrawl.records.folded_rounds import folded_files, unfolded
from govcrawl.records.items import CIVIL, PageText, instant
from govcrawl.records.kinds import name_of
from govcrawl.records.runs import remove_texts
from govcrawl.warehouse.snapshot import Snapshot

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

TEXTS = name_of(PageText)
ASIDE = ("progress", "interrupted")  # of a run folder: no part of the record
ASIDE_DAYS = 30


@dataclass(slots=True)
class Removals:
    """What may go, and what is old and stays, with the reason."""

    runs: list[Path] = field(default_factory=list)
    rounds: list[tuple[Path, list[str]]] = field(default_factory=list)  # folded files with the rounds in them
    texts: list[Path] = field(default_factory=list)  # run folders that lose their texts only
    notices: list[Path] = field(default_factory=list)
    aside: list[Path] = field(default_factory=list)
    kept: dict[str, str] = field(default_factory=dict)  # run id → what needs it

    def paths(self) -> list[Path]:
        texts = (folder / TEXTS for folder in self.texts)
        return [*self.runs, *(path for path, _ in self.rounds), *texts, *self.notices, *self.aside]

    def run_ids(self) -> list[str]:
        return [*(path.name for path in self.runs), *(run_id for _, runs in self.rounds for run_id in runs)]


@dataclass(frozen=True, slots=True)
class Terms:
    """For how many days things are kept; what something that stands needs is kept for longer."""

    records: int
    texts: int


def plan(data: Path, terms: Terms, today: date) -> Removals:
    """Find what is older than its term and needed by nothing that stands."""
    oldest = today - timedelta(days=terms.records)
    found = Removals()
    with Snapshot.open(data) as snapshot:
        runs = _runs(snapshot, oldest)
        texts_oldest = max(oldest, today - timedelta(days=terms.texts))
        of_texts = _runs(snapshot, texts_oldest)
    old = runs[runs["as_of"] < oldest]
    needed = old["needed_by"].notna()
    found.kept = dict(zip(old.loc[needed, "run_id"], old.loc[needed, "needed_by"], strict=True))
    may_go = set(old.loc[~needed, "run_id"])
    found.runs = [path for name in sorted(may_go) if (path := data / "runs" / name).is_dir()]
    for path in folded_files(data):
        rounds = sorted(unfolded(path)) if path.name[:10] < oldest.isoformat() else []
        if rounds and may_go.issuperset(rounds):
            found.rounds.append((path, rounds))
    issued = issued_folders(data / "issued")
    stands = {each.assessment_id for each in issued} | {each.notice_id for each in issued}
    found.notices = [
        data / "notices" / each.notice_id
        for each in written_folders(data / "notices")
        if each.as_of < oldest and not {each.assessment_id, each.notice_id} & stands
    ]
    going = set(found.runs)
    read_out = of_texts[(of_texts["as_of"] < texts_oldest) & of_texts["needed_by"].isna()]
    folders = [data / "runs" / str(run_id) for run_id in read_out["run_id"]]
    found.texts = [folder for folder in folders if folder not in going and (folder / TEXTS).is_dir()]
    edge = today - timedelta(days=min(ASIDE_DAYS, terms.records))
    for row in runs[runs["as_of"] < edge].itertuples(index=False):
        folder = data / "runs" / str(row.run_id)
        found.aside += [path for name in ASIDE if folder not in going and (path := folder / name).is_dir()]
    return found


def _runs(snapshot: Snapshot, oldest: date) -> pd.DataFrame:
    """Every run, and what needs it if everything before `oldest` goes."""
    runs = snapshot.query("runs_needed", oldest=oldest)
    return runs.assign(as_of=pd.to_datetime(runs["as_of"]).dt.date)


def prune(data: Path, terms: Terms, now: datetime) -> Removals:
    """Remove it; what went is put down before. Cut off, the same command goes on."""
    with night_lock(data):
        found = plan(data, terms, now.astimezone(CIVIL).date())
        rule = (
            f"older than {terms.records} days, texts than {terms.texts}, and needed by no issued document, no standing fault "
            "and no later night"
        )
        at = instant(now)
        if found.runs or found.rounds or found.texts or found.notices:
            without_texts = [path.name for path in (*found.runs, *found.texts)]
            pruned.record_pruning(
                data,
                at,
                rule,
                runs=found.run_ids(),
                texts=without_texts,
                notices=[path.name for path in found.notices],
            )
        for folder in found.texts:
            remove_texts(folder, at, rule)
        for path in found.paths():
            if path.is_dir():
                shutil.rmtree(path)
            else:
                path.unlink(missing_ok=True)
    return found


def size_of(path: Path) -> int:
    """Bytes of a file, or of all files of a folder."""
    if path.is_file():
        return path.stat().st_size
    return sum(each.stat().st_size for each in path.rglob("*") if each.is_file())
