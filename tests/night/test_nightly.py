"""A night and its processes: what is cut off is taken up, what dies is followed, nothing outlives its night."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pandas as pd
import pytest

from govcrawl.domains import registrable_domain
from govcrawl.night import crawl_process, fork_server
from govcrawl.night.own_pages import FAULTS
from govcrawl.night.workers import work_off
from govcrawl.pages.tampering import jargon
from govcrawl.records.errors import RunError
from govcrawl.records.nights import nights
from govcrawl.records.record_files import read_records
from govcrawl.records.runs import Run, create_run, finished_runs, unfinished, verify
from govcrawl.registry import Registry, Section, Site, store_registry
from govcrawl.spiders.base import NIGHT_UNTIL
from govcrawl.spiders.given_up import give_up
from govcrawl.spiders.tasks import tasks_of
from govcrawl.warehouse.load import load_all
from govcrawl.warehouse.snapshot import Snapshot
from tests.misbehaving.crashing.visit import DEADLY
from tests.netlab.ready import govcrawl
from tests.night.pauses import NO_PAUSES

NOON = datetime(2026, 11, 22, 4, tzinfo=UTC)
DAY = date(2026, 11, 22)
PATIENCE_S = 900  # of a whole night on a busy machine


# ---------- whole nights, on sites that refuse every connection and so are quickly done


@contextmanager
def port_that(*, listens: bool) -> Iterator[int]:
    """A port that refuses, or one that accepts and never says a word."""
    with socket.create_server(("127.0.0.1", 0)) if listens else socket.socket() as held:
        if not listens:
            held.bind(("127.0.0.1", 0))
        yield held.getsockname()[1]


def registry_at(folder: Path, port: int) -> Path:
    folder.mkdir(exist_ok=True)
    rows = [f"330100000{n},站{n},http://127.0.0.{n}:{port}/,某办,127.0.0.{n}" for n in (1, 2)]
    header = "site_code,name,home_url,unit,private_address"
    (folder / "sites.csv").write_text("\n".join([header, *rows]), "utf-8")
    return folder


def words_of(registry: Path, data: Path, day: date, more: tuple[str, ...], *, control: bool) -> list[str]:
    """The words of a night; of our own pages only where a test is about them: they take a dozen seconds."""
    words = ["nightly", "--registry", registry, "--data", data, "--as-of", day, "--workers", 1, *more]
    for setting in (*NO_PAUSES, f"CONTROL_PAGES={control}"):
        words += ["-s", setting]
    return list(map(str, words))


def nightly(
    registry: Path, data: Path, day: date = DAY, *more: str, control: bool = False
) -> "subprocess.Popen[str]":
    """A night begun, for tests that end it."""
    return subprocess.Popen(
        [sys.executable, "-m", "govcrawl", *words_of(registry, data, day, more, control=control)],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )


def ended(process: "subprocess.Popen[str]", code: int = 0) -> str:
    output, _ = process.communicate(timeout=PATIENCE_S)
    assert code == process.returncode, output
    assert "Traceback" not in output, output
    return output


def whole_night(registry: Path, data: Path, *more: str, code: int = 0, control: bool = False) -> str:
    """What a night said that came to its end by itself."""
    done = govcrawl(*words_of(registry, data, DAY, more, control=control), timeout_s=PATIENCE_S)
    output = done.stdout + done.stderr
    assert code == done.returncode, output
    assert "Traceback" not in output, output
    return output


def wait_until(what: Callable[[], object]) -> None:
    deadline = time.monotonic() + PATIENCE_S
    while not what():
        assert time.monotonic() < deadline
        time.sleep(0.05)


def worker_pids(data: Path) -> list[int]:
    return [json.loads(path.read_bytes())["pid"] for path in data.glob("runs/*/progress/*.json")]


def is_alive(pid: int) -> bool:
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except FileNotFoundError:
        return False
    return state != "Z"


def parent_of(pid: int) -> int:
    return int(Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[1])


def test_a_round_that_a_signal_ends_says_so(tmp_path):
    data = tmp_path / "data"
    data.mkdir()
    with port_that(listens=True) as port:
        words = ["probe", "--registry", registry_at(tmp_path / "registry", port), "--data", data]
        # The second home page waits, so it is open whenever the signal comes.
        words += ["-s", "CONCURRENT_REQUESTS=1"]
        probe = subprocess.Popen(
            [sys.executable, "-m", "govcrawl", *words],
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        wait_until(lambda: worker_pids(data))
        probe.terminate()
        told = ended(probe, 1)

    assert "the round was cut off (a signal told it to stop)" in told


@pytest.fixture(scope="module")
def done(tmp_path_factory) -> tuple[Path, Path, str]:
    """Registry and data directory of a night that came to its end, and what it said."""
    place = tmp_path_factory.mktemp("done")
    registry, data = place / "registry", place / "data"
    with port_that(listens=False) as port:
        return registry, data, whole_night(registry_at(registry, port), data, control=True)


def test_a_night_ends_with_documents_and_a_summary_and_leaves_no_memory(done):
    _, data, told = done
    assert ["availability", "control", "links", "surroundings", "texts", "visit"] == sorted(
        folder.name.rpartition("-")[2] for folder in finished_runs(data)
    )
    assert "sites         2: 2 unmeasured" in told  # one dead night is no week of probes
    assert next(str(path) for path in data.glob("notices/*/circular.html")) in told
    assert not (data / "nightly.json").exists()


def test_our_own_pages_are_judged_as_they_must_be_and_are_no_sites(done):
    _, data, told = done
    assert "control: 18 of 18 answers on our own pages are right" in told
    assert not list(data.glob("runs/*-control/night"))
    with Snapshot.open(data) as snapshot:
        rows = snapshot.frame("control_result")
        assert {"sound": 0, "faulty": len(FAULTS)} == dict(rows.groupby("pages")["found"].sum())
        seen = pd.concat([snapshot.frame(view).astype("str") for view in ("site", "page", "finding", "link")])
        assert not any(seen[column].str.contains("invalid").any() for column in seen)


def test_a_night_that_is_done_is_not_begun_a_second_time_by_the_same_command(done):
    registry, data, _ = done
    runs, copies = finished_runs(data), set(data.glob("published/2*"))
    # Killed after its last line, or a timer that fired twice.
    told = whole_night(registry, data, control=True)

    assert "no site is asked again" in told
    assert "sites         2: 2 unmeasured" in told
    assert (runs, copies) == (finished_runs(data), set(data.glob("published/2*")))
    (record,) = nights(data)
    assert ("finished", str(DAY)) == (record.state, record.as_of)
    assert set(record.runs) == {"availability", "visit", "surroundings", "links", "control", "texts"}
    assert all(stage.ended_at and stage.peak_mb for stage in record.stages)

    ours = signal.signal(
        signal.SIGHUP, signal.SIG_DFL
    )  # else a night of tests under nohup is not ended either
    again = nightly(registry, data, DAY, "--again", control=True)
    signal.signal(signal.SIGHUP, ours)
    wait_until(lambda: len(unfinished(data)) or len(finished_runs(data)) > len(runs))
    again.send_signal(signal.SIGHUP)  # its terminal is lost
    ended(again, 128 + signal.SIGHUP)
    assert ["finished", "stopped"] == [each.state for each in nights(data)]


def test_only_the_sites_named_are_asked(tmp_path):
    registry, data = tmp_path / "registry", tmp_path / "data"
    with port_that(listens=False) as port:
        told = whole_night(registry_at(registry, port), data, "--only", "3301000002")
        assert "Did you mean" not in told
        assert {"visit", "surroundings", "links", "texts"} == {
            folder.name.rpartition("-")[2] for folder in finished_runs(data)
        }
        visits = [visit for path in data.glob("runs/*/site_visit/*.jsonl*") for visit in read_records(path)]
        assert {"3301000002"} == {visit["site_code"] for visit in visits}
        refused = whole_night(registry, data, "--only", "3301000003", code=1)
        assert "--only 3301000003: no running site" in refused


def test_from_the_hour_on_no_site_is_begun_and_what_was_not_is_unmeasured(tmp_path):
    """The second site waits for room while the first is slow to answer; meanwhile the hour comes."""
    for patience_s in (12, 45, 120):  # a busy machine takes its time to start
        run, lost = until_in(patience_s, tmp_path / str(patience_s))
        if done := {site.site_code for site in SITES} - set(lost):
            break
    assert 1 <= len(done) < len(SITES)  # what was begun was finished, after the hour
    for code in lost:
        give_up(run, code, REGISTRY, "2026-11-22T05:00:00.000000", "out_of_time")
    run.seal("finished", NOON)
    reasons = {
        visit["site_code"]: visit["finish_reason"]
        for path in run.folder.glob("site_visit/*")
        for visit in read_records(path)
    }
    assert set(lost) == {code for code, reason in reasons.items() if reason == "out_of_time"}


def until_in(seconds: float, data: Path) -> tuple[Run, list[str]]:
    """A visit of sites that never answer, one at a time, until so many seconds from now; and the sites it did not begin."""
    data.mkdir()
    run = begin(data, "visit")
    with port_that(listens=True) as silent:
        rules = ",".join(f"127.0.0.{n}:80:127.0.0.1:{silent}" for n in range(1, 7))
        until = datetime.now(UTC) + timedelta(seconds=seconds)
        more = (f"RESOLVE={rules}", "OPEN_SITES=1", "AGAIN_PAUSE_S=0", f"{NIGHT_UNTIL}={until.isoformat()}")
        return run, work_off(run, data / "registries", workers=1, settings=more, until=until)


@pytest.fixture
def cut_off(tmp_path) -> Iterator[tuple[Path, Path]]:
    """Registry and data directory of a night that was killed while it waited for its first pages."""
    registry, data = tmp_path / "registry", tmp_path / "data"
    with port_that(listens=True) as port:
        night = nightly(registry_at(registry, port), data)
        wait_until(lambda: worker_pids(data))
        pids = worker_pids(data)
        night.send_signal(signal.SIGKILL)
        night.communicate()
        wait_until(lambda: not any(map(is_alive, pids)))  # the processes die with their night
    return registry, data


def test_the_same_command_takes_up_a_night_that_was_killed(cut_off):
    registry, data = cut_off
    (begun,) = unfinished(data)
    told = whole_night(registry, data)

    assert "taking up the night of 2026-11-22" in told
    assert begun.finished
    assert 5 == len(finished_runs(data))
    assert [] == unfinished(data)


def first_words(night: "subprocess.Popen[str]") -> str:
    """The first line the night says; then it is told to stop."""
    assert night.stdout
    line = night.stdout.readline()
    night.terminate()
    ended(night, code=128 + signal.SIGTERM)
    return line


def test_another_day_begins_a_new_night_and_leaves_the_old_one_as_evidence(cut_off):
    registry, data = cut_off
    (begun,) = unfinished(data)
    told = first_words(nightly(registry, data, date(2026, 11, 23)))

    assert "--as-of 2026-11-22" in told
    assert begun.plan.run_id in told
    assert begun.folder in [run.folder for run in unfinished(data)]
    assert "2026-11-23" == json.loads((data / "nightly.json").read_bytes())["as_of"]


def test_another_registry_begins_a_new_night(cut_off):
    registry, data = cut_off
    text = (registry / "sites.csv").read_text("utf-8").replace("站1", "新站")
    (registry / "sites.csv").write_text(text, "utf-8")

    assert "another registry" in first_words(nightly(registry, data))


def test_a_night_that_is_told_to_stop_stops_its_processes_and_says_how_to_go_on(tmp_path):
    registry, data = tmp_path / "registry", tmp_path / "data"
    with port_that(listens=True) as port:
        night = nightly(registry_at(registry, port), data)
        wait_until(lambda: worker_pids(data))
        pids = worker_pids(data)
        names = {Path(f"/proc/{pid}/comm").read_text("utf-8").strip() for pid in pids}
        night.terminate()
        told = ended(night, code=128 + signal.SIGTERM)

    assert {"availabil 1"} == names  # as `top` and `ps -e` show them
    assert not any(map(is_alive, pids))
    assert "the same command takes up" in told
    assert (data / "nightly.json").exists()


# ---------- the processes of one run


SITES = tuple(Site(f"330100000{n}", f"站{n}", f"http://127.0.0.{n}/", "某办") for n in range(1, 7))
REGISTRY = Registry(SITES, (Section(DEADLY, "要闻", "http://127.0.0.3/a/", "动态要闻"),))


def begin(data: Path, kind: str, purpose: str = "nightly") -> Run:
    return create_run(
        data,
        kind=kind,
        as_of=DAY,
        registry_sha256=store_registry(REGISTRY, data / "registries"),
        tasks=tasks_of(kind, REGISTRY),
        started_at=NOON,
        purpose=purpose,
    )


def work(run: Run, data: Path, *settings: str, watch: Callable[[], None] = lambda: None) -> list[str]:
    return work_off(run, data / "registries", workers=2, settings=settings, watch=watch)


def test_a_task_that_brings_every_process_down_costs_only_itself(tmp_path):
    run = begin(tmp_path, "visit")

    assert [DEADLY] == work(run, tmp_path, "SPIDER_MODULES=tests.misbehaving.crashing")
    assert {site.site_code for site in SITES} - {DEADLY} == {
        path.stem for path in run.folder.glob("site_visit/*.jsonl")
    }


def test_when_no_process_can_do_anything_the_night_stops_with_their_last_words(tmp_path):
    run = begin(tmp_path, "visit")

    with pytest.raises(RunError, match=r"no process could do any task \(.*nowhere"):
        work(run, tmp_path, "SPIDER_MODULES=nowhere")


def test_a_process_that_is_killed_is_followed_by_another(tmp_path):
    killed: list[int] = []

    def kill_the_first() -> None:
        if not killed and (pids := worker_pids(tmp_path)):
            killed.extend(pids)
            os.kill(pids[0], signal.SIGKILL)

    run = begin(tmp_path, "availability")
    with socket.create_server(("127.0.0.1", 0)) as silent:
        rules = ",".join(f"127.0.0.{n}:80:127.0.0.1:{silent.getsockname()[1]}" for n in range(1, 7))

        def answer_after_the_kill() -> None:
            kill_the_first()
            if killed:
                silent.close()

        assert [] == work(run, tmp_path, f"RESOLVE={rules}", watch=answer_after_the_kill)
    assert killed
    assert 6 == sum(1 for _ in read_records(run.folder / "probe" / "b00.jsonl"))


def test_what_reading_needs_is_made_before_a_crawl_is_forked():
    jargon._as_heard.cache_clear()
    fork_server.import_crawls()
    assert 1 == jargon._as_heard.cache_info().currsize
    assert registrable_domain.cache_info().currsize


def test_crawls_go_on_when_the_process_they_are_forked_from_is_killed(tmp_path):
    killed: list[int] = []
    run = begin(tmp_path, "availability")
    with socket.create_server(("127.0.0.1", 0)) as silent:
        rules = ",".join(f"127.0.0.{n}:80:127.0.0.1:{silent.getsockname()[1]}" for n in range(1, 7))

        def kill_the_server() -> None:
            if not killed and (pids := worker_pids(tmp_path)):
                killed.extend(pids)
                os.kill(parent_of(pids[0]), signal.SIGKILL)
                wait_until(lambda: not any(map(is_alive, pids)))  # they die with it
                silent.close()

        assert [] == work(run, tmp_path, f"RESOLVE={rules}", watch=kill_the_server)
    assert killed
    assert 6 == sum(1 for _ in read_records(run.folder / "probe" / "b00.jsonl"))


def test_a_machine_that_starts_no_process_is_told_of(tmp_path, monkeypatch):
    run = begin(tmp_path, "availability")
    monkeypatch.setattr(crawl_process, "_servers", [])  # the one of the tests before
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    (tmp_path / "scrapy.py").write_text("raise SystemExit(7)")

    with pytest.raises(RunError, match=r"no crawl can be started.* ended with 7\. See whether memory"):
        work(run, tmp_path)


def test_a_message_too_long_for_a_socket_is_refused_and_the_next_crawl_starts(tmp_path):
    run = begin(tmp_path, "availability")
    with pytest.raises(RunError, match=r"no crawl can be started: .*--resolve rules"):
        work(run, tmp_path, f"RESOLVE={'x' * 1_000_000}")
    with port_that(listens=False) as port:
        rules = ",".join(f"127.0.0.{n}:80:127.0.0.1:{port}" for n in range(1, 7))

        assert [] == work(run, tmp_path, f"RESOLVE={rules}")


@pytest.mark.parametrize(
    ("kind", "records"),
    [
        ("availability", {"probe": 6}),
        ("visit", {"page": 0, "section_visit": 1, "site_visit": 1}),
        ("links", {"link_check": 0}),
    ],
)
def test_what_is_given_up_is_stated_as_not_attempted_and_can_be_loaded(tmp_path, kind, records):
    run = begin(tmp_path, kind)
    for task in run.plan.tasks:
        give_up(run, task, REGISTRY, "2026-11-22T04:00:00.000000")
    run.seal("finished", NOON)
    task = DEADLY if kind == "visit" else run.plan.tasks[0]
    found = {name: list(read_records(run.folder / name / f"{task}.jsonl")) for name in records}

    assert records == {name: len(rows) for name, rows in found.items()}
    words = {row.get("outcome", row.get("home_outcome")) for rows in found.values() for row in rows}
    assert words <= {"not_attempted"}
    assert verify(run.folder).tasks == run.plan.tasks
    assert [] == load_all(tmp_path).refused
