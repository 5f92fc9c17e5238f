"""Run folders: what is whole, what can be taken up again, what may be trusted."""

from __future__ import annotations

import resource
import signal
import subprocess
import sys
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

import orjson
import pytest

from govcrawl.records.errors import BusyError, FolderError, RunError
from govcrawl.records.items import Page, Probe, SiteVisit
from govcrawl.records.record_files import read_records
from govcrawl.records.runs import Run, create_run, finished_runs, open_run, unfinished, verify

if TYPE_CHECKING:
    from pathlib import Path

NIGHT = datetime(2026, 11, 22, 2, 0, 0, tzinfo=UTC)


def begin(data: Path, kind: str = "site", tasks: tuple[str, ...] = ("a", "b")) -> Run:
    return create_run(
        data, kind=kind, as_of=date(2026, 11, 22), registry_sha256="0" * 64, tasks=tasks, started_at=NIGHT
    )


def page(site_code: str, url: str = "http://www.a.gov.cn/") -> Page:
    return Page(site_code, url, url, 200, "ok", "2026-11-22T02:00:01.000000", 0.1, 0, title="首页")


def visit(site_code: str, requests: int = 1) -> SiteVisit:
    return SiteVisit(
        site_code, "2026-11-22T02:00:00.000000", "2026-11-22T02:00:09.000000", "ok", "allowed", "finished",
        requests, 1, 100, 0,
    )  # fmt: skip


def do(run: Run, task: str) -> None:
    writer = run.writer(task)
    writer.write(page(task))
    writer.write(visit(task, requests=3))
    writer.finish()


def files(folder: Path) -> list[str]:
    return sorted(p.relative_to(folder).as_posix() for p in folder.rglob("*") if p.is_file())


def test_a_run_is_called_by_its_start_and_its_kind(tmp_path):
    run = begin(tmp_path)

    assert "20261122T020000Z-site" == run.plan.run_id
    assert tmp_path / "runs" / run.plan.run_id == run.folder


def test_a_second_run_of_the_same_second_gets_a_number(tmp_path):
    begin(tmp_path)

    assert "20261122T020000Z-2-site" == begin(tmp_path).plan.run_id


def test_a_plan_reads_back_as_it_was_written(tmp_path):
    run = begin(tmp_path)

    assert run.plan == open_run(run.folder).plan


@pytest.mark.parametrize("task", ["../etc/passwd", "a/b", "", "x" * 65, "栏目"])
def test_a_task_whose_name_could_leave_the_folder_is_refused(tmp_path, task):
    with pytest.raises(RunError, match="cannot name a task"):
        begin(tmp_path, tasks=(task,))


def test_records_appear_under_their_name_only_when_the_task_is_done(tmp_path):
    run = begin(tmp_path)
    writer = run.writer("a")
    writer.write(page("a"))

    assert ["page/a.jsonl.part", "page_text/a.jsonl.part", "plan.json", "site_visit/a.jsonl.part"] == files(
        run.folder
    )
    assert ["a", "b"] == run.open_tasks()

    writer.finish()

    assert ["page/a.jsonl", "page_text/a.jsonl", "plan.json", "site_visit/a.jsonl"] == files(run.folder)
    assert ["b"] == run.open_tasks()


def test_records_read_back_with_chinese_text(tmp_path):
    run = begin(tmp_path)
    do(run, "a")

    assert ["首页"] == [record["title"] for record in read_records(run.folder / "page" / "a.jsonl")]


def test_two_writers_on_one_task_are_impossible(tmp_path):
    run = begin(tmp_path)
    writer = run.writer("a")

    with pytest.raises(BusyError, match="another process is at this task"):
        open_run(run.folder).writer("a")
    writer.close()


def test_a_task_that_is_done_is_not_done_again(tmp_path):
    run = begin(tmp_path)
    do(run, "a")

    with pytest.raises(RunError, match="done already"):
        run.writer("a")
    assert ["page/a.jsonl", "page_text/a.jsonl", "plan.json", "site_visit/a.jsonl"] == files(run.folder)


def test_a_share_is_what_was_dealt_out_and_is_still_open(tmp_path):
    run = begin(tmp_path, tasks=tuple("abcdefg"))
    run.deal_out(1, "acg")
    run.deal_out(2, "")
    do(run, "c")

    assert ["a", "g"] == run.share(1)
    assert [] == run.share(2)
    with pytest.raises(RunError, match=r"3\.tasks: cannot be read"):
        run.share(3)


def test_a_host_belongs_to_the_same_bucket_in_every_process(tmp_path):
    run = begin(tmp_path, kind="links", tasks=tuple(f"b{n:02}" for n in range(16)))
    buckets = {host: run.task_of(host) for host in ("www.a.gov.cn", "www.b.gov.cn:8080")}
    asked = (
        "from pathlib import Path; from govcrawl.records.runs import open_run;"
        f"run = open_run(Path({str(run.folder)!r})); print(run.task_of('www.a.gov.cn'), run.task_of('www.b.gov.cn:8080'))"
    )

    said = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=True).stdout

    assert list(buckets.values()) == said.split()


def test_a_killed_process_leaves_its_finished_tasks_and_the_rest_can_be_taken_up(tmp_path):
    run = begin(tmp_path, tasks=("a", "b", "c"))
    work = (
        "import os, signal; from pathlib import Path; from govcrawl.records.runs import open_run;"
        "from tests.records.test_runs import do, page;"
        f"run = open_run(Path({str(run.folder)!r})); do(run, 'a'); writer = run.writer('b');"
        "[writer.write(page('b')) for _ in range(2000)]; os.kill(os.getpid(), signal.SIGKILL)"
    )
    killed = subprocess.run([sys.executable, "-c", work], check=False)
    assert -signal.SIGKILL == killed.returncode

    assert [run.plan] == [left.plan for left in unfinished(tmp_path)]
    assert ["b", "c"] == run.resume().open_tasks()
    for task in ("b", "c"):
        do(run, task)
    manifest = run.seal("finished", NIGHT)

    assert (3, 3, 9) == (manifest.sites, manifest.pages, manifest.requests)
    assert "interrupted/1/page/b.jsonl.part" in files(run.folder)
    assert manifest == verify(run.folder)


def test_a_task_killed_between_two_renames_is_done_again(tmp_path):
    run = begin(tmp_path)
    do(run, "a")
    (run.folder / "site_visit" / "a.jsonl").rename(run.folder / "site_visit" / "a.jsonl.part")

    assert ["a", "b"] == run.resume().open_tasks()
    do(run, "a")
    assert ["b"] == run.open_tasks()


def test_each_resumption_keeps_its_own_evidence(tmp_path):
    run = begin(tmp_path)
    for _ in range(2):
        run.writer("a").close()
        run.resume()

    assert [
        "interrupted/1/page/a.jsonl.part",
        "interrupted/1/page_text/a.jsonl.part",
        "interrupted/1/site_visit/a.jsonl.part",
        "interrupted/2/page/a.jsonl.part",
        "interrupted/2/page_text/a.jsonl.part",
        "interrupted/2/site_visit/a.jsonl.part",
        "plan.json",
    ] == files(run.folder)


def test_a_run_under_way_cannot_be_resumed_beside_itself(tmp_path):
    run = begin(tmp_path)
    writer = run.writer("a")

    with pytest.raises(BusyError, match="writing this task"):
        open_run(run.folder).resume()
    writer.close()


def test_a_run_with_open_tasks_is_not_sealed(tmp_path):
    run = begin(tmp_path)
    do(run, "a")

    with pytest.raises(RunError, match="1 of 2 tasks are not done"):
        run.seal("finished", NIGHT)
    assert [] == finished_runs(tmp_path)


def test_a_sealed_run_is_finished_and_stays_as_it_is(tmp_path):
    run = begin(tmp_path)
    do(run, "a")
    do(run, "b")
    run.seal("finished", NIGHT)

    assert [run.folder] == finished_runs(tmp_path)
    assert [] == unfinished(tmp_path)
    for again in (lambda: run.seal("finished", NIGHT), run.resume):
        with pytest.raises(RunError, match="is finished"):
            again()


def sealed(data: Path) -> Run:
    run = begin(data)
    do(run, "a")
    do(run, "b")
    run.seal("finished", NIGHT)
    return run


@pytest.mark.parametrize(
    ("damage", "complaint"),
    [
        (lambda f: (f / "run.json").unlink(), "the run is unfinished"),
        (lambda f: (f / "run.json").write_text("{"), "not JSON"),
        (lambda f: (f / "run.json").write_text("[]"), "of another shape"),
        (lambda f: (f / "page" / "a.jsonl").unlink(), "it is gone"),
        (lambda f: (f / "page" / "a.jsonl").write_bytes(b"{}\n"), "altered"),
        (lambda f: (f / "page" / "c.jsonl").write_bytes(b""), "not in the manifest"),
        (lambda f: (f / "page" / "a.jsonl.part").write_bytes(b""), "not in the manifest"),
        (lambda f: (f / "notes.txt").write_bytes(b""), "not in the manifest"),
    ],
    ids=["no manifest", "torn manifest", "other manifest", "lost", "altered", "added", "part", "stranger"],
)
def test_a_damaged_run_is_refused_with_the_reason(tmp_path, damage, complaint):
    run = sealed(tmp_path)
    damage(run.folder)

    with pytest.raises(RunError, match=complaint):
        verify(run.folder)


def test_what_a_process_says_of_itself_is_no_part_of_the_record(tmp_path):
    run = sealed(tmp_path)
    (run.folder / "progress").mkdir()
    (run.folder / "progress" / "1.json").write_text("{}")

    assert "finished" == verify(run.folder).finish_reason


def test_a_manifest_of_another_version_is_refused(tmp_path):
    run = sealed(tmp_path)
    manifest = orjson.loads((run.folder / "run.json").read_bytes())
    (run.folder / "run.json").write_bytes(orjson.dumps(manifest | {"colour": "blue"}))

    with pytest.raises(RunError, match="unknown: \\['colour'\\]"):
        verify(run.folder)


def test_a_folder_that_is_no_run_says_so(tmp_path):
    (tmp_path / "runs" / "holiday-photos").mkdir(parents=True)

    with pytest.raises(RunError, match="no run folder"):
        open_run(tmp_path / "runs" / "holiday-photos")


def test_a_round_counts_its_probes(tmp_path):
    run = begin(tmp_path, kind="availability", tasks=("b00",))
    writer = run.writer("b00")
    for code in ("a", "b"):
        writer.write(
            Probe(code, "http://x/", "2026-11-22T02:00:00.000000", "round", "timeout", None, 15.0, None)
        )
    writer.finish()
    manifest = run.seal("finished", NIGHT)

    assert (2, 0, 2) == (manifest.sites, manifest.pages, manifest.requests)


def test_a_data_directory_that_cannot_be_written_is_named(tmp_path):
    (tmp_path / "runs").write_text("a file where a folder should be")

    with pytest.raises(FolderError, match="runs: cannot be written"):
        begin(tmp_path)


def fill_up(folder: Path, limit: int) -> None:
    """What a child process does whose disk is full: the kernel refuses every byte beyond `limit`."""
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
    writer = open_run(folder).writer("a")
    try:
        for _ in range(2000):
            writer.write(page("a"))
        writer.finish()
    except FolderError as error:
        sys.stdout.write(str(error))
    finally:
        writer.close()


def test_a_full_disk_is_said_plainly_and_nothing_half_appears(tmp_path):
    run = begin(tmp_path)
    child = f"from pathlib import Path; from tests.records.test_runs import fill_up; fill_up(Path({str(run.folder)!r}), 100_000)"

    said = subprocess.run([sys.executable, "-c", child], capture_output=True, text=True, check=True)

    assert "page/a.jsonl.part: cannot be written (File too large)" in said.stdout
    assert "what is done stays done" in said.stdout
    assert ["a", "b"] == run.resume().open_tasks()
