"""`kill -9` at any moment: the same commands complete, the rows are those of an undisturbed line, nothing is left over."""

import os
import random
import signal
import subprocess
import sys
import threading
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import duckdb
import pytest

from analytics.notices.folders import written_folders
from govcrawl.warehouse import schema
from govcrawl.warehouse.load import load_all
from govcrawl.warehouse.publish import publish
from tests.netlab import ready
from tests.night.test_nightly import nightly, port_that, registry_at
from tests.warehouse.folders import PORTAL, TODAY, Folders, page, probe

SEED = 20261127
ISSUE = """
import sys
from pathlib import Path
from analytics.notices.folders import written_folders
from govcrawl.cli.main import run
data = Path(sys.argv[1])
drafts = [each for each in written_folders(data / "notices") if each.draft is False]
if not drafts:
    sys.exit("nothing to issue")
sys.exit(0 if (data / "issued" / drafts[0].notice_id / "issued.json").is_file() else run(["issue", "--data", str(data), drafts[0].notice_id]))
"""
CAMPAIGN = """
issuer = "岚川市人民政府办公室"
number = "岚政办通〔2026〕7号"
form = "文件"
region = "全市"
period = "2026-11"
recipients = ["各县（区）人民政府"]
legal_basis = ["《政府网站发展指引》"]
method = "技术监测"
check_start_on = 2026-11-20
check_end_on = 2026-11-22
signed_on = 2026-11-23
deadline_on = 2026-12-10
report_to = "市政府办公室"
contact = "王同志"
phone = "0999-8610000"
publicity = "此件公开发布"
"""


def commands(data: Path) -> list[list[str]]:
    """The line after the crawl; what was issued is never written again, so whoever repeats it leaves that out."""
    here = ["--data", str(data)]
    govcrawl = [sys.executable, "-m", "govcrawl"]
    campaign = data / "campaign.toml"
    campaign.write_text(CAMPAIGN, "utf-8")
    documents = [
        [*govcrawl, "notices", *here, "--campaign", str(campaign)],
        [sys.executable, "-c", ISSUE, str(data)],
    ]
    return [
        [*govcrawl, "load", *here],
        [*govcrawl, "publish", *here],
        [*govcrawl, "assess", *here, "--as-of", str(TODAY)],
        [*govcrawl, "load", *here],
        [*govcrawl, "publish", *here],
        *([] if any(data.glob("issued/*/issued.json")) else documents),
        [*govcrawl, "load", *here],
        [*govcrawl, "publish", *here],
    ]


def crawled(data: Path) -> Path:
    data.mkdir()
    Folders(data).night()
    return data


def complete(data: Path) -> None:
    for python, *words in commands(data):
        if words[:2] == ["-m", "govcrawl"]:
            done = ready.govcrawl(*words[2:])
        else:
            done = subprocess.run([python, *words], capture_output=True, text=True, check=False)
        assert done.returncode == 0, (words, done.stderr)


def views(data: Path) -> dict[str, list[str]]:
    """Rows of every view but those that hold, or hash, the name of the copy they were judged from."""
    copy = (data / "published" / "latest.duckdb").resolve()
    with duckdb.connect(str(copy), read_only=True) as connection:
        return {
            view: sorted(map(repr, connection.execute(f'FROM "{view}"').fetchall()))
            for view in schema.views_of(connection) - {"assessment", "issued_document"}
        }


def killed_at(command: list[str], after_s: float) -> bool:
    """Run a command in a group of its own and kill all of it; whether it had ended by itself before."""
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, process_group=0)
    try:
        process.wait(after_s)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        return False
    return True


def left_over(mark: str) -> list[str]:
    """Command lines of living processes that name this folder, or that write into it (crawls are forked, and show another's)."""
    found = []
    for path in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            words = path.read_bytes().replace(b"\0", b" ").decode("utf-8", "replace")
            words += f"> {(path.parent / 'fd' / '1').readlink()}"
        except OSError:
            continue
        if mark in words and path.parent.name != str(os.getpid()):
            found.append(words)
    return found


def test_stages_killed_at_random_moments_end_as_if_nothing_had_been(tmp_path, thorough, told):
    undisturbed = crawled(tmp_path / "undisturbed")
    began = time.monotonic()
    complete(undisturbed)
    a_command_s = (time.monotonic() - began) / len(commands(undisturbed))
    expected = views(undisturbed)
    chance = random.Random(SEED)
    data = crawled(tmp_path / "killed")
    kills = 0
    for _ in range(40 if thorough else 2):
        for command in commands(data):
            if kills < (40 if thorough else 4) and not killed_at(
                command, chance.uniform(0.2, 1.3) * a_command_s
            ):
                kills += 1
                break  # whoever comes next begins the line again
    complete(data)

    assert kills
    assert views(data) == expected
    assert left_over(str(data)) == []
    assert 1 == len(list(data.glob("issued/*/issued.json")))
    assert [each.notice_id for each in written_folders(data / "notices")]
    assert not list(data.glob("*/.new-*")) or not list(data.glob("assessments/.new-*/assessment.json"))
    told(
        f"kill -9 {kills} times over load, publish, assess, notices, issue",
        f"the same commands complete; all {len(expected)} views equal; no process left",
    )


def test_nights_killed_at_random_moments_are_one_night_in_the_end(tmp_path, thorough, told):
    if not thorough:
        pytest.skip(
            "one killed night stands in tests/night/test_nightly.py, one with faults in tests/test_whole_line.py"
        )
    registry, data = tmp_path / "registry", tmp_path / "data"
    chance = random.Random(SEED)
    kills = 10
    with port_that(listens=False) as port:
        registry_at(registry, port)
        for _ in range(kills):
            night = nightly(registry, data)
            time.sleep(chance.uniform(2, 40))
            night.kill()
            night.communicate()
        night = nightly(registry, data)
        output, _ = night.communicate(timeout=900)
        assert night.returncode == 0, output
    deadline = time.monotonic() + 60
    while left := left_over(str(data)):
        assert time.monotonic() < deadline, left
        time.sleep(0.2)
    kinds = sorted(path.parent.name.rpartition("-")[2] for path in data.glob("runs/*/run.json"))
    assert ["availability", "links", "surroundings", "texts", "visit"] == kinds
    assert 1 == len(list(data.glob("assessments/*/assessment.json")))
    assert 1 == len(list(data.glob("nights/*.json")))
    told(
        f"kill -9 {kills} times over a whole night", "one night of five runs, one assessment, no process left"
    )


def test_readers_meet_no_failed_query_and_no_mixed_snapshot(tmp_path, thorough, told):
    data = crawled(tmp_path / "data")
    folders = Folders(data)
    load_all(data)
    stamp = datetime(2026, 11, 22, 12, tzinfo=UTC)
    publish(data, stamp)
    over, opened, wrong = threading.Event(), 0, []
    reader = "import duckdb, sys; c = duckdb.connect(sys.argv[1], read_only=True); print(*c.execute(\"SELECT (SELECT count(*) FROM probe), (SELECT count(*) FROM run WHERE kind = 'availability')\").fetchone())"

    def read() -> None:
        nonlocal opened
        while not over.is_set():
            path = (data / "published" / "latest.duckdb").resolve()
            done = subprocess.run(
                [sys.executable, "-c", reader, path], capture_output=True, text=True, check=False
            )
            opened += 1
            if done.returncode:
                wrong.append(done.stderr)
            else:
                probes, runs = map(int, done.stdout.split())
                if probes != runs + 1:  # the night's round has two attempts, each later one has one
                    wrong.append(f"mixed: {probes} probes of {runs} runs")

    readers = [threading.Thread(target=read) for _ in range(2)]
    for each in readers:
        each.start()
    publishes = 20 if thorough else 4
    for number in range(publishes):
        folders.run("availability", probe(PORTAL, f"{TODAY}T{number:02}:30:00"), hour=number, purpose="round")
        load_all(data)
        publish(data, stamp + timedelta(minutes=number + 1))
    over.set()
    for each in readers:
        each.join()

    assert wrong == []
    assert opened >= publishes // 2
    told(
        f"readers in a loop through {publishes} publishes",
        f"{opened} opens, no failed query, no mixed snapshot",
    )


@pytest.mark.parametrize("kind", ["visit"])
def test_a_writer_killed_in_mid_record_leaves_a_file_that_counts_for_nothing(tmp_path, kind, told):
    data = tmp_path / "data"
    data.mkdir()
    folders = Folders(data)
    run_id = folders.run(kind, page(PORTAL), seal=False)
    torn = folders.folder(run_id) / "page" / "other.jsonl.part"
    torn.write_bytes(b'{"site_code": "65')
    report = load_all(data)

    assert [] == report.loaded
    assert "no run.json" in report.unfinished[0][1]
    told("a run torn in mid record", "unfinished, named, nothing of it loaded")
