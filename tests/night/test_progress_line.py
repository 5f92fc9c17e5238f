"""What a person sees of a run under way."""

import io
import json
from datetime import UTC, date, datetime

import pytest

from govcrawl.night.progress_line import Progress
from govcrawl.records.runs import create_run


@pytest.fixture
def run_of(tmp_path):
    def create(kind, *tallies):
        run = create_run(
            tmp_path,
            kind=kind,
            as_of=date(2026, 11, 22),
            registry_sha256="0" * 64,
            tasks=["3301000001", "3301000002", "3301000003"],
            started_at=datetime(2026, 11, 22, 4, tzinfo=UTC),
        )
        (run.folder / "progress").mkdir()
        for number, tally in enumerate(tallies, start=1):
            (run.folder / "progress" / f"{number}.json").write_text(json.dumps(tally))
        return run

    return create


@pytest.mark.parametrize(
    ("kind", "tallies", "line"),
    [
        ("availability", [{"pages": 5, "faults": 1}], "availability: 5 of 8 sites, 1 failed so far"),
        (
            "visit",
            [{"tasks_done": 1, "pages": 1200, "faults": 2}, {"tasks_done": 1, "pages": 34, "faults": 0}],
            "visit: 2 of 3 sites, 1,234 pages, 2 failed so far",
        ),
        (
            "links",
            [{"pages": 1, "queue": 1999, "faults": 0}],
            "links: 1 of 2,000 link targets, 0 failed so far",
        ),
        ("visit", [], "visit: 0 of 3 sites, 0 pages, 0 failed so far"),
    ],
)
def test_a_line_adds_up_the_processes_of_a_run(run_of, kind, tallies, line):
    assert Progress(run_of(kind, *tallies), sites=8, out=io.StringIO()).line().startswith(line)


def test_time_left_is_guessed_once_something_is_done(run_of):
    none_done, one_done = {"tasks_done": 0}, {"tasks_done": 1}
    run = run_of("visit", none_done)
    progress = Progress(run, sites=3, out=io.StringIO())

    assert "left" not in progress.line()
    (run.folder / "progress" / "1.json").write_text(json.dumps(one_done))
    assert progress.line().endswith("under a minute left")
