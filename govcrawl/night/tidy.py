"""Keeps the data directory small without losing a record: packs those of earlier nights, folds the rounds of old days."""

from __future__ import annotations

import shutil
from collections import defaultdict
from datetime import timedelta
from typing import TYPE_CHECKING, Final

import pandas as pd

from govcrawl.records.folded_rounds import fold
from govcrawl.records.runs import pack_records
from govcrawl.records.states import Purpose
from govcrawl.records.whole import RUN_MANIFEST
from govcrawl.warehouse.snapshot import Snapshot

if TYPE_CHECKING:
    from collections.abc import Set as AbstractSet
    from datetime import date
    from pathlib import Path

FOLD_AFTER: Final = timedelta(days=10)
"""Days after which a day's rounds lie in one file: the week that is judged is over, and no round comes late."""

FOR_ONE_NIGHT: Final = ("plan", "robots", "answers")
"""Folders of a run that its own night alone needs; they are no record."""


def tidy(data: Path, as_of: date, tonight: AbstractSet[str]) -> dict[str, int]:
    """Pack and fold what is in the warehouse and not of tonight; return how many of each.

    Cut off at any instant nothing is lost, and the next night goes on.
    """
    with Snapshot.open(data) as snapshot:
        runs = snapshot.frame("run")
    facts = runs[["run_id", "as_of", "purpose"]].to_dict("records")
    folders = {
        folder.name: folder
        for folder in (data / "runs").iterdir()
        if not folder.name.startswith(".")
        and (folder / RUN_MANIFEST).is_file()
        and folder.name not in tonight
    }
    rounds: defaultdict[date, list[Path]] = defaultdict(list)
    packed = 0
    for run in facts:
        folder, day = folders.get(run["run_id"]), pd.Timestamp(run["as_of"]).date()
        if folder is None:
            continue
        for name in FOR_ONE_NIGHT:
            shutil.rmtree(folder / name, ignore_errors=True)
        if run["purpose"] == Purpose.ROUND:
            if day <= as_of - FOLD_AFTER:
                rounds[day].append(folder)
        elif any(folder.glob("*/*.jsonl")):
            pack_records(folder)
            packed += 1
    for day, of_day in rounds.items():
        fold(data, day.isoformat(), sorted(of_day))
    return {"packed runs": packed, "folded rounds": sum(map(len, rounds.values()))}
