"""Sites without end: each costs its budget and nothing more, and what was left alone is counted with the reason."""

from __future__ import annotations

import gzip
import re
import subprocess
import time
from datetime import UTC, date, datetime, timedelta
from itertools import product

import pytest

from tests.netlab.processes import watched_to_its_end
from tests.netlab.server import answer, drip, redirect
from tests.spiders.inspection import DAY, anchors, night, outcomes, page, records

MIB = 1 << 20
MOST_PAGES = 1500  # SITE_MAX_PAGES, and the home page besides
MOST_MEMORY_MB = 400


class Endless(dict):
    """Every address of a site: those it is given, and beyond them whatever `draw` makes of the path."""

    def __init__(self, draw, **given):
        super().__init__({"/": draw("/"), "/robots.txt": answer(status=404), **given})
        self.draw = draw

    def get(self, path, default=None):
        return self[path] if path in self else self.draw(path) or default


def calendar(path: str) -> bytes:
    """Each month links its days and the months around it."""
    _, _, shown = path.partition("?day=")
    day = date.fromisoformat(shown) if shown else DAY
    return page(anchors(*[f"/rili?day={day + timedelta(days=n)}" for n in (*range(1, 31), -30, 365, -365)]))


def dated_folders(path: str) -> bytes:
    """Each day links a year of other days, all of one template."""
    shown = path.strip("/").split("/")
    day = date(*map(int, shown)) if len(shown) == 3 else DAY
    return page(anchors(*[f"/{day - timedelta(days=n):%Y/%m/%d}/" for n in range(1, 366)]))


def facets(_path: str) -> bytes:
    """Every combination of five filters."""
    keys = ("area", "topic", "year", "sort", "unit")
    chosen = [
        "&".join(f"{key}={value}" for key, value in zip(keys, values, strict=True) if value)
        for values in product(range(3), repeat=len(keys))
    ]
    return page(anchors(*[f"/search?{query}" for query in chosen if query]))


def paging(path: str) -> bytes:
    """A list whose pager always knows ten pages more."""
    number = int(path.rpartition("_")[2].partition(".")[0]) if "_" in path else 0
    return page(anchors(*[f"/list/index_{number + n}.html" for n in range(1, 11)]))


SHOWN = "<p>" + "岚川市人民政府门户网站，发布信息，提供服务，与公众互动交流。" * 7 + "</p>"
"""What a page shows that it may count as read."""


def loop(_path: str) -> bytes:
    """A relative link that leads one folder deeper into the same page."""
    return page(SHOWN, anchors("a/", "a/b/"))


def ten_thousand_links(path: str) -> bytes:
    letters = "abcdefghij"
    names = ["".join(name) for name in product(letters, repeat=4)]
    return page(anchors(*[f"/{name}/" for name in names])) if path == "/" else page(SHOWN, anchors("/"))


def frames(path: str) -> bytes | None:
    """A page that frames the next, which frames the next."""
    number = re.fullmatch(r"/(?:(\d+)\.html)?", path)
    return number and page(SHOWN, f'<iframe src="/{int(number[1] or 0) + 1}.html"></iframe>')


REDIRECTS = {"/": page(anchors("/hop0"))} | {f"/hop{n}": redirect(f"/hop{n + 1}") for n in range(30)}


def flood(connection, _) -> None:
    """A body that never ends, as fast as it is taken."""
    connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n")
    while True:
        connection.sendall(b"x" * MIB)


def hundred_megabytes(connection, _) -> None:
    connection.sendall(answer(length=100 * MIB))
    for _ in range(100):
        connection.sendall(b"x" * MIB)


def bomb(connection, _) -> None:
    connection.sendall(
        answer(gzip.compress(bytes(100 * MIB), compresslevel=1), headers={"Content-Encoding": "gzip"})
    )


TRAPS = {
    "calendar.gov.cn": Endless(calendar),
    "folders.gov.cn": Endless(dated_folders),
    "facets.gov.cn": Endless(facets),
    "paging.gov.cn": Endless(paging),
    "loop.gov.cn": Endless(loop),
    "links.gov.cn": Endless(ten_thousand_links),
    "frames.gov.cn": Endless(frames),
    "redirects.gov.cn": REDIRECTS,
    "bodies.gov.cn": {
        "/": page(anchors("/flood.html", "/huge.html", "/bomb.html", "/drip.html", "/good.html")),
        "/flood.html": flood,
        "/huge.html": hundred_megabytes,
        "/bomb.html": bomb,
        "/drip.html": drip,
        "/good.html": page("内容"),
    },
}


class Crawled:
    """What one crawl process made of the traps, and what it took."""

    def __init__(self, folder, hosts, **settings):
        with night(folder, hosts) as tonight:
            self.run = tonight.begin("visit")
            began = time.monotonic()
            process = subprocess.Popen(
                tonight.command(self.run, **settings), env=tonight.environment(), stderr=subprocess.DEVNULL
            )
            self.memory_mb = watched_to_its_end(process).peak_mb
            self.seconds = time.monotonic() - began
            self.asked = {host: len(server.asked) for host, server in tonight.servers.items()}
        assert process.returncode == 0
        assert self.run.open_tasks() == []
        self.run.seal("finished", datetime.now(UTC))
        host_of = {site.site_code: site.name for site in tonight.registry.sites}
        self.visits = {host_of[visit["site_code"]]: visit for visit in records(self.run, "site_visit")}


@pytest.fixture(scope="module")
def crawled(tmp_path_factory):
    """Every trap at once, under the budgets of the product."""
    return Crawled(tmp_path_factory.mktemp("traps"), TRAPS)


@pytest.mark.parametrize(
    ("host", "finish", "reason"),
    [
        ("calendar.gov.cn", "finished", "template"),
        ("folders.gov.cn", "finished", "template"),
        ("facets.gov.cn", "finished", "template"),
        ("paging.gov.cn", "finished", "template"),
        ("loop.gov.cn", "finished", "repeated_segment"),
        ("links.gov.cn", "budget_spent", "max_pages"),
        ("frames.gov.cn", "finished", "max_depth"),
    ],
)
def test_a_trap_costs_its_budget_and_says_what_was_left_alone(crawled, host, finish, reason):
    visit = crawled.visits[host]

    assert (finish, "ok") == (visit["finish_reason"], visit["home_outcome"])
    assert visit["not_visited"][reason] > 0
    assert visit["pages"] <= MOST_PAGES + 1
    assert crawled.asked[host] <= MOST_PAGES + 5  # robots.txt, and addresses that cannot exist


def test_ten_thousand_links_are_kept_and_counted(crawled):
    visit = crawled.visits["links.gov.cn"]

    assert 10_000 == visit["pages"] - 1 + visit["not_visited"]["max_pages"]
    (home,) = (one for one in records(crawled.run, "page") if one["url"] == "http://links.gov.cn/")
    assert 10_000 == len(home["new_links"])


def test_bodies_and_redirects_without_end_have_their_words(crawled):
    words = outcomes(crawled.run)

    assert {
        "/": "ok",
        "/flood.html": "too_large",
        "/huge.html": "too_large",
        "/bomb.html": "too_large",
        "/drip.html": "timeout",
        "/good.html": "ok",
    } == {url.removeprefix("http://bodies.gov.cn"): word for url, word in words.items() if "//bodies." in url}
    assert "redirect_loop" == words["http://redirects.gov.cn/hop0"]


def test_the_traps_take_bounded_time_and_memory(crawled):
    pages = sum(visit["pages"] for visit in crawled.visits.values())
    received = sum(visit["size_bytes"] for visit in crawled.visits.values())
    took = (
        f"{pages} pages, {crawled.seconds:.0f} s, {received / MIB:.0f} MiB, peak {crawled.memory_mb:.0f} MiB"
    )
    print(took)  # noqa: T201 - shown by pytest -s

    assert len(crawled.visits) == len(TRAPS)
    assert received < 100 * MIB, took
    assert crawled.memory_mb < MOST_MEMORY_MB, took


def heavy(path: str) -> bytes:
    return page(anchors(*[f"{path}{letter}/" for letter in "abcdefghij"]), "内容" * 100_000)


def slow(path: str):
    def react(connection, _):
        time.sleep(0.4)
        connection.sendall(page(anchors(*[f"{path}{letter}/" for letter in "abcdefghij"])))

    return page(anchors("/x/", "/y/", "/z/")) if path == "/" else react


def wasteful(path: str):
    return page(anchors(*[f"/{letter}/" for letter in "abcdefghij"])) if path == "/" else flood


def test_bytes_and_seconds_are_budgets_too_and_pages_given_up_cost_theirs(tmp_path):
    hosts = {
        "heavy.gov.cn": Endless(heavy),
        "slow.gov.cn": Endless(slow),
        "wasteful.gov.cn": Endless(wasteful),
    }
    crawled = Crawled(
        tmp_path, hosts, SITE_MAX_BYTES=str(4 * MIB), SITE_MAX_SECONDS="8", DOWNLOAD_MAXSIZE=str(2 * MIB)
    )

    for host, reason in (
        ("heavy.gov.cn", "max_bytes"),
        ("slow.gov.cn", "max_seconds"),
        ("wasteful.gov.cn", "max_bytes"),
    ):
        visit = crawled.visits[host]
        assert "budget_spent" == visit["finish_reason"]
        assert visit["not_visited"][reason] > 0
        assert visit["size_bytes"] < 10 * MIB
        assert visit["pages"] < 60
