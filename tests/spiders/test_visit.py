"""A site is read page by page: each request a row, each target once, one summary at the end."""

from __future__ import annotations

import os
import signal
import subprocess
import time
from collections import Counter
from contextlib import suppress
from pathlib import Path

import pytest

from tests.netlab.server import answer, redirect, reset
from tests.spiders.inspection import anchors, article, code_of, night, outcomes, page, records, rows, slow

HOST = "www.a.gov.cn"
URL = f"http://{HOST}"


def visit(run):
    (only,) = records(run, "site_visit")
    return only


def test_every_request_ends_as_a_row_with_its_word(tmp_path):
    paths = {
        "/": page(
            anchors("/a.html", "/gone.html", "/secret/x.html", "/broken.html", "/moved.html", "/away.html")
        ),
        "/a.html": page("内容"),
        "/broken.html": reset,
        "/moved.html": redirect("/a.html"),
        "/away.html": redirect("http://www.elsewhere.cn/"),
        "/robots.txt": answer("User-agent: *\nDisallow: /secret/", content_type="text/plain"),
    }
    with night(tmp_path, {HOST: paths}) as tonight:
        run = tonight.crawl("visit")

    assert {
        f"{URL}/": "ok",
        f"{URL}/a.html": "ok",
        f"{URL}/gone.html": "not_found",
        f"{URL}/secret/x.html": "robots_denied",
        f"{URL}/broken.html": "reset",
        f"{URL}/moved.html": "ok",
        f"{URL}/away.html": "redirect_offsite",
    } == outcomes(run)
    assert ("ok", "finished", 7, "allowed") == tuple(
        visit(run)[name] for name in ("home_outcome", "finish_reason", "pages", "robots")
    )


def test_a_target_is_kept_once_and_every_page_names_it_by_number(tmp_path):
    paths = {
        "/": page(anchors("/a.html", "/b.html", "http://www.other.cn/")),
        "/a.html": page(anchors("/", "/b.html", "/c.html", "/b.html#part")),
        "/b.html": page("内容"),
        "/c.html": page("内容"),
    }
    with night(tmp_path, {HOST: paths}) as tonight:
        run = tonight.crawl("visit")
        asked = [one.path for one in tonight.servers[HOST].asked]
    pages = {record["url"]: record for record in records(run, "page")}
    targets = {
        one["first_link_no"] + at: link["url"]
        for one in pages.values()
        for at, link in enumerate(one["new_links"])
    }

    assert [f"{URL}/a.html", f"{URL}/b.html", "http://www.other.cn/"] == [
        targets[no] for no in pages[f"{URL}/"]["link_nos"]
    ]
    assert [f"{URL}/", f"{URL}/b.html", f"{URL}/c.html"] == [
        targets[no] for no in pages[f"{URL}/a.html"]["link_nos"]
    ]
    assert len(set(targets.values())) == len(targets)
    assert len(set(asked)) == len(asked)


def test_what_the_home_page_lists_comes_before_its_menu(tmp_path):
    news = [(f"/news/{n}.html", f"关于第{n}次全体会议的情况通报", f"2026-11-1{n}") for n in range(5)]
    menu = [f"/menu{n}.html" for n in range(5)]
    paths = {"/": page(anchors(*menu), rows(*news))}
    paths |= {href: article(title, day) for href, title, day in news}
    with night(tmp_path, {HOST: paths}) as tonight:
        run = tonight.crawl("visit", SITE_MAX_PAGES="5", CONCURRENT_REQUESTS_PER_DOMAIN="1")

    assert [f"{URL}{href}" for href, _, _ in news] == [record["url"] for record in records(run, "page")][1:]
    assert ("budget_spent", 5) == (visit(run)["finish_reason"], visit(run)["not_visited"]["max_pages"])
    assert {"2026-11-10T09:00"} == {
        record["published_at"] for record in records(run, "page") if record["url"].endswith("/0.html")
    }


def test_a_home_page_that_fails_once_is_given_a_second_chance(tmp_path):
    times = []

    def shaky(connection, asked):
        times.append(asked.path)
        connection.sendall(
            answer("busy", status=503)
            if len(times) == 1
            else page("<p>欢迎访问</p>", anchors("/a/", "/b/", "/c/"))
        )

    with night(tmp_path, {HOST: {"/": shaky}}) as tonight:
        run = tonight.crawl("visit")

    assert "ok" == outcomes(run)[f"{URL}/"]
    assert "ok" == visit(run)["home_outcome"]


@pytest.mark.parametrize(
    ("home", "word", "times"),
    [(reset, "reset", 2), (answer("拒绝访问", status=403), "blocked", 1)],
    ids=["broken twice", "refused"],
)
def test_a_site_that_cannot_be_opened_still_has_its_rows(tmp_path, home, word, times):
    with night(tmp_path, {HOST: {"/": home}}) as tonight:
        run = tonight.crawl("visit")
        asked = tonight.servers[HOST].asked_for("/")

    assert {f"{URL}/": word} == outcomes(run)
    assert (word, "home_unreachable") == (visit(run)["home_outcome"], visit(run)["finish_reason"])
    assert times == len(asked)


def test_what_came_of_a_home_page_that_broke_off_is_followed_and_proves_no_absence(tmp_path):
    home = page(rows(("/a.html", "关于开展检查工作的通知", "2026-11-20")), anchors("/b.html"))
    torn = home.replace(b"Content-Length: ", b"Content-Length: 9")
    with night(tmp_path, {HOST: {"/": torn, "/a.html": page("内容"), "/b.html": page("内容")}}) as tonight:
        run = tonight.crawl("visit")

    assert {f"{URL}/": "reset", f"{URL}/a.html": "ok", f"{URL}/b.html": "ok"} == outcomes(run)
    (first,) = (record for record in records(run, "page") if record["depth"] == 0)
    assert ("cut", ["关于开展检查工作的通知"]) == (
        first["read_state"],
        [one["title"] for one in first["entries"]],
    )
    assert ("reset", "finished", {"reset": 1}) == tuple(
        visit(run)[name] for name in ("home_outcome", "finish_reason", "not_visited")
    )


def test_a_home_page_that_shows_nothing_is_not_called_unreachable(tmp_path):
    with night(tmp_path, {HOST: {"/": page("<p>建设中</p>")}}) as tonight:
        run = tonight.crawl("visit")

    assert ("empty", "finished") == (visit(run)["home_outcome"], visit(run)["finish_reason"])


def test_error_pages_that_answer_200_are_told_from_pages(tmp_path):
    def anything(connection, asked):
        name = asked.path.rpartition("/")[2]
        connection.sendall(
            page(f"<h1>出错了</h1><p>抱歉,您访问的页面不存在或者已被删除:{name}</p>", title="系统提示")
        )

    class Everything(dict):
        def get(self, path, default=None):
            return default if path == "/robots.txt" else super().get(path, anything)

    paths = Everything(
        {"/": page(anchors("/a.html", "/lost.html"), "欢迎访问" * 20), "/a.html": page("正文内容" * 40)}
    )
    with night(tmp_path, {HOST: paths}) as tonight:
        run = tonight.crawl("visit")

    assert {f"{URL}/": "ok", f"{URL}/a.html": "ok", f"{URL}/lost.html": "soft_not_found"} == outcomes(run)


def test_only_the_site_itself_is_visited(tmp_path):
    hosts = {
        HOST: {"/": page(anchors("http://www.b.cn/", "http://dep.a.gov.cn/", "/plan.pdf", "/photo.jpg"))},
        "www.b.cn": {},
        "dep.a.gov.cn": {},
    }
    with night(tmp_path, hosts) as tonight:
        run = tonight.crawl("visit")

    assert {f"{URL}/": "ok"} == outcomes(run)
    assert [] == tonight.servers["www.b.cn"].asked
    assert [] == tonight.servers["dep.a.gov.cn"].asked


def test_a_page_made_to_break_readers_costs_only_itself(tmp_path):
    deep = "<div>" * 60_000 + "<a href='/x.html'>深</a>"
    paths = {
        "/": page(anchors("/deep.html", "/nul.html", "/a.html")),
        "/deep.html": page(deep),
        "/a.html": page("好"),
    }
    paths["/nul.html"] = answer(b"\x00\xff" * 50_000)
    with night(tmp_path, {HOST: paths}) as tonight:
        run = tonight.crawl("visit")

    assert "ok" == outcomes(run)[f"{URL}/a.html"]
    assert "finished" == visit(run)["finish_reason"]


def test_a_killed_crawl_keeps_its_finished_sites_and_ends_as_an_undisturbed_one(tmp_path):
    quick = {"/": page(anchors("/a.html")), "/a.html": page("内容")}
    long = {"/": page(anchors(*[f"/{n}.html" for n in range(40)]))} | {
        f"/{n}.html": slow(page("内容")) for n in range(40)
    }
    with night(tmp_path, {HOST: quick, "www.b.gov.cn": long}) as tonight:
        run = tonight.begin("visit")
        process = subprocess.Popen(tonight.command(run), env=tonight.environment(), stderr=subprocess.DEVNULL)
        deadline = time.monotonic() + 60
        while run.open_tasks() != [code_of(1)] or not tonight.servers["www.b.gov.cn"].asked_for("/5.html"):
            assert time.monotonic() < deadline
            time.sleep(0.05)
        os.kill(process.pid, signal.SIGKILL)
        process.wait()
        before = (run.folder / "page" / f"{code_of(0)}.jsonl").read_bytes()
        assert [code_of(1)] == run.resume().open_tasks()
        tonight.work(run)

        asked = Counter(one.path for server in tonight.servers.values() for one in server.asked)
        under_way = {path for path, times in asked.items() if times > 1} - {"/", "/robots.txt"}
        assert len(under_way) <= 2, "what was answered is not asked for again"
        assert 1 == len(tonight.servers["www.b.gov.cn"].asked_for("/"))
        assert not list((run.folder / "answers").iterdir())
    assert before == (run.folder / "page" / f"{code_of(0)}.jsonl").read_bytes()
    assert [] == run.open_tasks()
    assert 43 == len(records(run, "page"))
    assert 2 == len(records(run, "site_visit"))
    assert (run.folder / "interrupted" / "1" / "page" / f"{code_of(1)}.jsonl.part").exists()


def test_a_crawl_that_is_asked_to_stop_leaves_its_task_open(tmp_path):
    paths = {"/": page(anchors(*[f"/{n}.html" for n in range(40)]))} | {
        f"/{n}.html": slow(page("好")) for n in range(40)
    }
    with night(tmp_path, {HOST: paths}, render="http") as tonight:  # a browser has its gateway
        run = tonight.begin("visit")
        process = subprocess.Popen(
            tonight.command(run), env=tonight.environment(), stderr=subprocess.PIPE, text=True
        )
        while not tonight.servers[HOST].asked_for("/5.html"):
            time.sleep(0.05)
        doors = listening(process.pid)
        process.send_signal(signal.SIGTERM)
        log = process.communicate(timeout=240)[1]

    assert [code_of(0)] == run.open_tasks()
    assert "stopped (shutdown) with 1 tasks open" in log
    assert not doors, "nobody can speak to a crawl: no telnet, no remote control"


def listening(pid: int) -> list[str]:
    """The addresses a process listens at for TCP, as /proc/net/tcp writes them."""
    sockets = set()
    for path in Path(f"/proc/{pid}/fd").iterdir():
        with suppress(FileNotFoundError):  # closed since
            sockets.add(str(path.readlink()))
    lines = [line.split() for line in Path(f"/proc/{pid}/net/tcp").read_text().splitlines()[1:]]
    return [line[1] for line in lines if line[3] == "0A" and f"socket:[{line[9]}]" in sockets]


def test_a_home_page_that_only_moves_its_reader_on_is_the_page_it_leads_to(tmp_path):
    shell = answer(
        "<html><head><META content='3; URL=/portal/index.html' http-equiv=Refresh></head><body>即将进入新版网站</body></html>"
    )
    real = page("<p>欢迎访问本局网站</p>", anchors("/a/", "/b/", "/c/", "/d/", "/e/", "/f/"))
    with night(tmp_path, {HOST: {"/": shell, "/portal/index.html": real}}, render="http") as tonight:
        run = tonight.crawl("visit")

    (home,) = (one for one in records(run, "page") if one["depth"] == 0)
    assert (f"{URL}/", f"{URL}/portal/index.html", "read") == (
        home["url"],
        home["final_url"],
        home["read_state"],
    )
    assert "ok" == visit(run)["home_outcome"]


def test_a_home_page_of_one_frame_is_the_page_it_frames(tmp_path):
    shell = answer("<html><frameset rows='*'><frame src=/main.html></frameset></html>")
    real = page("<p>欢迎访问本局网站</p>", anchors("/a/", "/b/", "/c/", "/d/", "/e/", "/f/"))
    with night(tmp_path, {HOST: {"/": shell, "/main.html": real}}, render="http") as tonight:
        run = tonight.crawl("visit")

    (home,) = (one for one in records(run, "page") if one["depth"] == 0)
    assert (f"{URL}/main.html", "read") == (home["final_url"], home["read_state"])


def test_a_home_page_of_several_frames_is_what_they_show_together(tmp_path):
    shell = answer(
        "<html><frameset cols='200,*'><frame src=/menu.html><frame src=/in/main.html></frameset></html>"
    )
    menu = page(anchors("/a/", "/b/", "/c/", "/d/", "/e/", "/f/"))
    main = page(
        rows(("1.html", "某局关于开展检查的通知", "2026-11-20")),
        "<p>主办单位:云汀市统计局 网站标识码:3301000001</p>",
    )
    paths = {"/": shell, "/menu.html": menu, "/in/main.html": main}
    with night(tmp_path, {HOST: paths}) as tonight:
        run = tonight.crawl("visit")

    (home,) = (one for one in records(run, "page") if one["depth"] == 0)
    assert ("read", "云汀市统计局", "3301000001") == (
        home["read_state"],
        home["footer"]["unit"],
        home["footer"]["site_code"],
    )
    assert f"{URL}/in/1.html" in {link["url"] for link in home["new_links"]}
    assert not {f"{URL}/menu.html", f"{URL}/in/main.html"} & {one["url"] for one in records(run, "page")}


def test_a_home_page_that_cannot_be_drawn_stands_as_it_came_and_proves_no_absence(tmp_path, monkeypatch):
    """Without a browser here; in tests/faults/ with one that a page leads into a private network."""
    menu = "".join(f'<p><a href="/{name}.html">机构职能{name}</a></p>' for name in "abcdefgh")
    home = page("<h1>某某部门</h1>", "<p>这里是部门网站的首页。</p>" * 30, menu, "<script>draw()</script>")
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setenv("PLAYWRIGHT_BROWSERS_PATH", str(tmp_path))
    with night(
        tmp_path, {"www.ceshi.gov.cn": {"/": home, "/a.html": page("<p>一个说明职能的页面。</p>" * 30)}}
    ) as web:
        run = web.crawl("visit")
    (first,) = [record for record in records(run, "page") if record["url"] == "http://www.ceshi.gov.cn/"]

    assert ("ok", "cut", False) == (first["outcome"], first["read_state"], first["rendered"])
    assert "ok" == outcomes(run)["http://www.ceshi.gov.cn/a.html"]
    (visit,) = records(run, "site_visit")
    assert ("ok", {"cut": 1}) == (
        visit["home_outcome"],
        {key: n for key, n in visit["not_visited"].items() if key == "cut"},
    )
