"""Hands the pages that carry standing faults to the visit, because only its own page proves that a fault is mended."""

from __future__ import annotations

from typing import TYPE_CHECKING

import orjson

from analytics.judging import recheck
from govcrawl.records.errors import WarehouseError
from govcrawl.records.whole import write_whole
from govcrawl.spiders.narrowed import STANDING_FILE
from govcrawl.warehouse.snapshot import Snapshot

if TYPE_CHECKING:
    from pathlib import Path

    from govcrawl.records.runs import Run


def hand_over(data: Path, run: Run) -> int:
    """Write into the folder of a visit which pages it asks for before all others; return how many."""
    pages = _pages(data)
    write_whole(
        run.folder / STANDING_FILE, orjson.dumps(pages, option=orjson.OPT_INDENT_2 | orjson.OPT_SORT_KEYS)
    )
    return sum(map(len, pages.values()))


def _pages(data: Path) -> dict[str, list[str]]:
    """Pages of standing faults by site, as the newest assessment leaves them; none before the first."""
    try:
        snapshot = Snapshot.open(data)
    except WarehouseError:  # nothing is published yet
        return {}
    with snapshot:
        assessments = snapshot.query("newest_office_assessment")
        if assessments.empty:
            return {}
        # What a re-check called mended is read again, too: else the reading from before it would stand, and the fault with it.
        faults = snapshot.query(
            "open_faults", assessment_id=assessments.iloc[0]["assessment_id"], with_mended=True
        )
    return recheck.pages_of(faults[faults["site_code"].notna()])
