"""Our own pages: what they answer when the crawl of ours is broken."""

from datetime import UTC, date, datetime

import pytest

from analytics.editions.chosen import load_edition
from govcrawl.night import control
from govcrawl.night.own_pages import FAULTS, registry_of_own_pages
from govcrawl.records.record_files import read_records
from govcrawl.records.runs import create_run
from govcrawl.registry import store_registry
from govcrawl.texts.reader import Reader


def test_a_crawl_that_sees_no_page_whole_gives_no_answer_about_ours(tmp_path, monkeypatch, thorough, told):
    """Every answer is too large for a limit somebody set wrong: nothing may pass as in order."""
    if not thorough:
        pytest.skip(
            "the right answers are in tests/night/test_nightly.py, the gate in tests/warehouse/test_publish.py"
        )
    monkeypatch.setattr(control, "QUICK", (*control.QUICK, "DOWNLOAD_MAXSIZE=100"))
    run = create_run(
        tmp_path,
        kind="control",
        as_of=date(2026, 11, 22),
        registry_sha256=store_registry(registry_of_own_pages(), tmp_path / "registries"),
        tasks=[control.TASK],
        started_at=datetime.now(UTC),
    )
    rules, reader = load_edition("inspection-2019"), Reader.of(None)
    results = control.look_at_own_pages(run, rules, reader, lambda: datetime.now(UTC))

    assert {(pages, check) for pages in ("sound", "faulty") for check in FAULTS} == {
        (one.pages, one.check_id) for one in control.differing(results)
    }
    assert {None} == {one.found for one in results}
    assert list(read_records(next(run.folder.glob("control_result/*"))))
    assert list((run.folder / "night").glob("runs/*-visit/run.json"))  # for people to look at
    told(
        "a crawl of ours that cannot read a page whole",
        f"{len(results)} of {len(results)} answers on our own pages are wrong; the gate holds the night",
    )
