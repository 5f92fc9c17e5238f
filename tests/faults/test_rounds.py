"""Folded probe rounds do not slow the load of a night (17,520 of a year: docs/decisions/operations.md)."""

import time
from datetime import timedelta

import pytest

from govcrawl.records.folded_rounds import fold
from govcrawl.warehouse.load import load_all
from tests.warehouse.folders import PORTAL, TODAY, Folders, iso, probe

DAYS, ROUNDS = 12, 24


def test_the_load_of_a_night_stays_within_seconds(tmp_path, thorough, told):
    if not thorough:
        pytest.skip("makes some hundred rounds")
    (tmp_path / "data").mkdir()
    folders = Folders(tmp_path / "data")
    first = TODAY - timedelta(days=DAYS + 10)
    began = time.process_time()
    for number in range(DAYS):
        day = first + timedelta(days=number)
        made = [
            folders.run("availability", probe(PORTAL, iso(day)), day=day, hour=hour % 24, purpose="round")
            for hour in range(ROUNDS)
        ]
        fold(folders.data, day.isoformat(), sorted(folders.folder(run_id) for run_id in made))
    assert [] == load_all(folders.data).refused
    first_s = time.process_time() - began
    folders.night()
    began = time.process_time()
    report = load_all(folders.data)
    seconds = time.process_time() - began

    assert len(report.loaded) == 4
    assert seconds < 3
    told(
        f"{DAYS * ROUNDS:,} rounds in {DAYS} folded days",
        f"made and loaded once in {first_s:.0f} s; the next night's load takes {seconds:.1f} s of processor",
    )
