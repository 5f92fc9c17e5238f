"""What goes wrong on our side is said, costs as little as it can, and is never taken for the site's fault."""

from __future__ import annotations

import resource
import signal
import subprocess

from tests.netlab.server import answer
from tests.spiders.inspection import anchors, code_of, night, page, records


def test_a_fault_of_ours_leaves_one_task_open_and_spares_the_others(tmp_path):
    lucky = {"/": page(anchors("/a.html")), "/a.html": page("好")}
    unlucky = {
        "/": page(anchors("/a.html", "/b.html", "/c.html")),
        "/a.html": page("好"),
        "/b.html": page("好"),
    }
    with night(tmp_path, {"www.unlucky.gov.cn": unlucky, "www.lucky.gov.cn": lucky}) as tonight:
        run = tonight.begin("visit")
        log = tonight.work(run, SPIDER_MODULES="tests.misbehaving.failing", OPEN_SITES="1")

    assert [code_of(0)] == run.open_tasks()
    assert [code_of(1)] == [visit["site_code"] for visit in records(run, "site_visit")]
    assert "http://www.unlucky.gov.cn/: the visit is given up" in log
    assert "a bug of ours" in log


def no_room() -> None:
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (50_000, 50_000))


def test_a_full_disk_stops_the_crawl_at_once_with_the_remedy(tmp_path):
    names = [f"/{n}.html" for n in range(400)]
    paths = {"/": page(anchors(*names))} | dict.fromkeys(names, page("内容" * 200, anchors(*names[:50])))
    with night(tmp_path, {"www.a.gov.cn": paths}) as tonight:
        run = tonight.begin("visit")
        done = subprocess.run(
            tonight.command(run, SITE_MAX_PAGES="1000", SITE_MAX_PER_TEMPLATE="1000"),
            env=tonight.environment(),
            capture_output=True,
            text=True,
            preexec_fn=no_room,
            check=False,
        )
        asked = len(tonight.servers["www.a.gov.cn"].asked)

    assert f"page/{code_of(0)}.jsonl.part: cannot be written (File too large)" in done.stderr
    assert "run the same command again" in done.stderr
    assert "Traceback" not in done.stderr
    assert [code_of(0)] == run.open_tasks()
    assert asked < 300


def test_a_spider_started_by_hand_makes_its_run_and_seals_it(tmp_path):
    with night(tmp_path, {"www.a.gov.cn": {"/": answer("欢迎")}}) as tonight:
        registry = tmp_path / "registry"
        registry.mkdir()
        (registry / "sites.csv").write_text(
            "site_code,name,home_url,unit,region_code,level,kind\n"
            "3401000001,甲,http://www.a.gov.cn/,甲办,340100,市,门户\n"
        )
        run = tonight.begin("availability")
        command = tonight.command(run)
        by_hand = [word for word in command if not word.startswith(("run=", "registries=", "share="))]
        by_hand = [word for word in by_hand if word != "-a"]
        by_hand += [
            "-a",
            f"registry={registry}",
            "-a",
            f"data={tmp_path / 'by-hand'}",
            "-a",
            "as_of=2026-11-22",
        ]
        subprocess.run(by_hand, env=tonight.environment(), check=True, stderr=subprocess.DEVNULL)

    (manifest,) = (tmp_path / "by-hand" / "runs").glob("*/run.json")
    assert '"finish_reason": "finished"' in manifest.read_text()
