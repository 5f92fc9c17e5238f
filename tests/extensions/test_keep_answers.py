"""What hosts answered is kept until a task is done: each answer comes back as it was, once, in its order, torn ones never."""

from __future__ import annotations

import os
import signal
import subprocess
import time
from collections import Counter

from govcrawl.extensions import keep_answers
from govcrawl.extensions.keep_answers import TaskAnswers
from govcrawl.network.requests import FetchFacts
from govcrawl.records.outcomes import Outcome
from tests.netlab.server import answer
from tests.spiders.inspection import anchors, night, outcomes, page, slow

HOST, OUTSIDE = "www.a.gov.cn", "www.outside.cn"


def facts(body: bytes, **more) -> FetchFacts:
    values = {
        "url": "http://www.a.gov.cn/一.html", "final_url": None, "status": 200, "outcome": Outcome.OK,
        "fetched_at": "2026-11-22T02:00:00.000000", "elapsed_s": 0.25, "redirects": ["http://www.a.gov.cn/"],
        "content_type": "text/html", "size_bytes": len(body), "body": body, "rendered": False, "depth": 2,
        "headers": (("Server", "nginx"), ("Set-Cookie", "a=1"), ("Set-Cookie", "b=2")), "etag": '"x"',
    }  # fmt: skip
    return FetchFacts(**values | more)


def test_answers_come_back_as_they_were_each_once_and_in_their_order(tmp_path):
    given = [
        facts(b"\n\x00 one \n"),
        facts(b"", outcome=Outcome.TIMEOUT, status=None, headers=()),
        facts(b"other"),
    ]
    first = TaskAnswers(tmp_path / "task")
    for name, each in zip(("GET 一", "GET 一", "HEAD 二"), given, strict=True):
        first.add(name, each)
    assert first.take("GET 一") is None, "what this process heard itself it need not ask for"
    first.close()

    again = TaskAnswers(tmp_path / "task")
    assert given == [again.take("GET 一"), again.take("GET 一"), again.take("HEAD 二")]
    assert again.take("GET 一") is None
    again.close()


def test_a_file_torn_at_any_byte_gives_back_its_whole_answers_and_can_be_written_on(tmp_path):
    whole = tmp_path / "whole"
    answers = TaskAnswers(whole)
    sizes = []
    for number in range(3):
        answers.add(f"GET {number}", facts(b"%d" % number * 20))
        sizes.append(whole.stat().st_size)
    answers.close()

    for cut in range(sizes[-1] + 1):
        torn = tmp_path / "torn"
        torn.write_bytes(whole.read_bytes()[:cut])
        answers = TaskAnswers(torn)
        answers.add("GET new", facts(b"new"))
        answers.close()
        again = TaskAnswers(torn)
        kept = [number for number in range(3) if again.take(f"GET {number}") is not None]
        assert list(range(sum(size <= cut for size in sizes))) == kept
        assert facts(b"new") == again.take("GET new")
        again.close()


def test_a_flipped_byte_costs_the_answer_it_is_in(tmp_path):
    answers = TaskAnswers(tmp_path / "task")
    answers.add("GET 0", facts(bytes(range(256))))
    end = (tmp_path / "task").stat().st_size
    answers.add("GET 1", facts(b"whole"))
    answers.close()
    content = bytearray((tmp_path / "task").read_bytes())
    content[end - 40] ^= 0xFF
    (tmp_path / "task").write_bytes(content)

    again = TaskAnswers(tmp_path / "task")
    assert again.take("GET 0") is None
    assert facts(b"whole") == again.take("GET 1")
    again.close()


def test_the_file_has_an_end(tmp_path, monkeypatch):
    monkeypatch.setattr(keep_answers, "MOST_BYTES", 2000)
    answers = TaskAnswers(tmp_path / "task")
    for number in range(100):
        answers.add(f"GET {number}", facts(b"."))
    answers.close()
    assert 500 < (tmp_path / "task").stat().st_size <= 2000 + 6


def test_a_killed_run_asks_no_target_twice_that_had_answered(tmp_path):
    targets = [f"/{number}.html" for number in range(40)]
    home = page(anchors(*[f"http://{OUTSIDE}{target}" for target in targets]))
    paths = {target: slow(page("在" * 60)) for target in targets[:-1]} | {
        targets[-1]: answer("没有", status=404)
    }
    with night(tmp_path, {HOST: {"/": home}, OUTSIDE: paths}) as tonight:
        visit = tonight.crawl("visit")
        run = tonight.begin("links", of_run=visit.plan.run_id)
        process = subprocess.Popen(tonight.command(run), env=tonight.environment(), stderr=subprocess.DEVNULL)
        deadline = time.monotonic() + 60
        while not tonight.servers[OUTSIDE].asked_for(targets[20]):
            assert time.monotonic() < deadline
            time.sleep(0.05)
        os.kill(process.pid, signal.SIGKILL)
        process.wait()
        tonight.work(run.resume())

        asked = Counter(one.path for one in tonight.servers[OUTSIDE].asked)
    assert 40 == len(outcomes(run, "link_check", "target_url"))
    again = {path for path, times in asked.items() if times > 1} - {"/robots.txt", targets[-1]}
    assert len(again) <= 2, "only what was under way"
    assert 2 == asked[targets[-1]], "a dead one is tried twice"
