"""A night reads what is due: what was not due stands as it was, what is the same is not read again, what is gone is told once."""

from __future__ import annotations

import hashlib
from collections import Counter
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import duckdb
import pytest

from analytics.notices.results import records as records_of
from govcrawl.night.due_pages import write_plan
from govcrawl.records.errors import RunError
from govcrawl.records.reader_version import reader_sha256
from govcrawl.registry import Registry, Section
from govcrawl.spiders.frontier import template_of
from govcrawl.spiders.plan import Addresses, check_plan, key_of, write_known
from govcrawl.warehouse.load import WAREHOUSE, load_all
from govcrawl.warehouse.publish import publish
from govcrawl.warehouse.snapshot import Snapshot
from tests.netlab.server import answer
from tests.spiders.inspection import DAY, anchors, code_of, night, page, records, rows

HOST = "www.a.gov.cn"
URL = f"http://{HOST}"
SITE = code_of(0)
FRESH = [(f"/t/{n}.html", f"关于做好第{n}项工作的通知", str(DAY - timedelta(days=n))) for n in range(4)]
TEXT = "<p>现将有关事项通知如下,请认真贯彻执行,并于月底前报送落实情况。</p>" * 5


class Site(dict):
    """Pages that can be changed, with an ETag each; `lies`: it calls every page unchanged."""

    lies = False

    def get(self, path, default=None):
        body = super().get(path)
        if not isinstance(body, str):
            return body or default
        etag = f'"{hashlib.md5(body.encode()).hexdigest()}"'

        def react(connection, asked):
            known = asked.headers.get("if-none-match") or asked.headers.get("If-None-Match")
            if known and (known == etag or self.lies):
                connection.sendall(answer("", status=304, headers={"ETag": etag}))
            else:
                connection.sendall(answer(body, headers={"ETag": etag}))

        return react


def told(title: str, *links: str, day: str = "") -> str:
    printed = f"<p>发布时间:{day}</p>" if day else ""
    return (
        f'<!DOCTYPE html><html><head><meta charset="utf-8"><title>{title}</title></head>'
        f"<body><h1>{title}</h1>{printed}<div class='content'>{TEXT}</div>{anchors(*links)}"
    )


def portal() -> Site:
    old = [f"/a/{'abcdefghijklmnopqrstuvwxyz'[n % 26]}{n}/x.html" for n in range(60)]
    site = Site({"/": page(anchors("/tz/", *old)), "/tz/": page(rows(*FRESH))})
    for href, title, day in FRESH:
        site[href] = told(title, "/dead.html" if href == "/t/1.html" else "/", day=day)
    for number, path in enumerate(old):
        site[path] = told(f"第{number}号页面", f"http://www.outside.cn/{number}.html", day="2020-01-01")
    return site


@contextmanager
def nights(tmp_path, site: Site, *more: Section, **hosts: dict[str, bytes | str]):
    """A function that does one whole night after another, and says what each asked the site for.

    `more`: sections besides the one; `hosts`: hosts besides the two.
    """
    outside = {f"/{number}.html": page("在" * 60) for number in range(60)}
    sections = (Section(SITE, "通知公告", f"{URL}/tz/", "通知公告"), *more)
    with night(tmp_path, {HOST: site, "www.outside.cn": outside} | hosts, sections) as tonight:
        on = DAY

        def next_night(days: int = 1, *, links: bool = True, most: str = "1500", **settings: str):
            nonlocal on
            on += timedelta(days=days)
            for server in tonight.servers.values():
                server.asked.clear()
            at = datetime.combine(on, time(2), UTC)
            visit = tonight.begin("visit", as_of=on, started_at=at)
            write_plan(visit, tonight.data, [f"SITE_MAX_PAGES={most}"])
            tonight.work(visit, SITE_MAX_PAGES=most)
            visit.seal("finished", at)
            if links:
                later = at + timedelta(hours=1)
                checked = tonight.begin("links", as_of=on, started_at=later, of_run=visit.plan.run_id)
                tonight.work(checked, **settings)
                checked.seal("finished", later)
            assert [] == load_all(tonight.data).refused
            asked = {
                host: [one.path for one in server.asked if one.path != "/robots.txt"]
                for host, server in tonight.servers.items()
            }
            return visit, asked

        yield tonight, next_night


def ask(data, question):
    with duckdb.connect(str(data / WAREHOUSE), read_only=True) as connection:
        return connection.execute(question).fetchall()


def test_a_quiet_night_asks_for_a_share_and_knows_as_much(tmp_path):
    with nights(tmp_path, portal()) as (tonight, next_night):
        first, asked = next_night()
        all_pages, all_targets = len(asked[HOST]), len(asked["www.outside.cn"])
        second, asked = next_night()

        assert (
            66 < all_pages < 72
        )  # home, list, 4 + 60 pages, the dead one twice, addresses that cannot exist
        assert all_targets == 61  # and an address that cannot exist
        assert len(asked[HOST]) + len(asked["www.outside.cn"]) < 0.35 * (all_pages + all_targets)
        assert {"/", "/tz/", "/t/0.html", "/t/1.html", "/t/2.html", "/t/3.html"} <= set(asked[HOST])
        of = {name: f"run_id = '{run.plan.run_id}'" for name, run in (("first", first), ("second", second))}
        for question in (
            "SELECT url, title, kind, text_sha256 FROM page WHERE outcome = 'ok' AND {} ORDER BY ALL",
            "SELECT target_url, outcome, confirmed, origin_url, origins FROM link WHERE {} ORDER BY ALL",
        ):
            before, now = (ask(tonight.data, question.format(of[name])) for name in ("first", "second"))
            assert before == now
        standing = ask(
            tonight.data, f"SELECT count(*) FILTER (standing), count(*) FROM page WHERE {of['second']}"
        )
        assert standing[0][0] > 50


def test_a_site_says_when_it_was_last_read_and_how_much_of_it_is_due_next(tmp_path):
    with nights(tmp_path, portal()) as (tonight, next_night):
        next_night(links=False)
        visit, _ = next_night(links=False)
        today = date.fromisoformat(visit.plan.as_of)
        pages = ask(tonight.data, "SELECT read_on, due_on FROM derived.known_page")
        shown = ask(tonight.data, "SELECT read_on, due_on FROM site")
        publish(tonight.data, datetime(2026, 11, 24, 3, tzinfo=UTC))
        with Snapshot.open(tonight.data) as snapshot:
            [site] = records_of(snapshot.query("coverage_of_night", as_of=today))
        _, asked = next_night(links=False)

    assert [(today, min(due for _, due in pages))] == shown
    next_due = [due for _, due in pages if due <= today + timedelta(days=1)]
    assert (len(next_due), len(pages) - len(next_due)) == (site["due_next"], site["due_later"])
    assert today < max(due for _, due in pages) == site["last_due_on"].date() <= today + timedelta(days=30)
    assert site["due_next"] <= len(asked[HOST])


def test_what_a_night_burdened_a_host_with_is_what_the_host_saw(tmp_path):
    site = portal()
    with nights(tmp_path, site) as (tonight, next_night):
        saw = []
        for _ in range(2):
            _, asked = next_night()
            saw.append(asked[HOST])
        said = ask(
            tonight.data,
            "SELECT page_requests, existing_pages, second_attempts, repeats, requests_per_page FROM courtesy ORDER BY as_of",
        )

    assert 2 == saw[0].count("/dead.html")
    for paths, (requests, pages, again, repeats, a_page) in zip(saw, said, strict=True):
        opened = {path for path in paths if path in site}
        assert (len(paths), len(opened)) == (requests, pages)
        assert (max(0, paths.count("/dead.html") - 1), 0) == (
            again,
            repeats,
        )  # what failed is tried once more
        assert round((requests - again) / pages, 2) == a_page


def test_each_page_comes_round_within_thirty_nights_and_every_night_some(tmp_path):
    with nights(tmp_path, portal()) as (_, next_night):
        next_night(links=False)
        seen: Counter[str] = Counter()
        for _ in range(5):
            _, asked = next_night(days=6, links=False)
            turn = {path for path in asked[HOST] if path.startswith("/a/")}
            assert 3 <= len(turn) <= 30
            seen.update(turn)

    assert 60 == len(seen)


def test_a_page_that_is_the_same_is_not_read_again_and_stands_for_tonight(tmp_path):
    site = portal()
    with nights(tmp_path, site) as (tonight, next_night):
        first, _ = next_night()
        site["/t/2.html"] = told(
            "改过的标题,关于做好第2项工作", "/new.html", day=str(DAY - timedelta(days=2))
        )
        site["/new.html"] = told("新页面")
        second, asked = next_night()

    pages = {one["url"].removeprefix(URL): one for one in records(second, "page")}
    assert (304, first.plan.run_id) == (pages["/t/1.html"]["status"], pages["/t/1.html"]["same_as_run"])
    assert (200, None) == (pages["/t/2.html"]["status"], pages["/t/2.html"]["same_as_run"])
    assert "/new.html" in asked[HOST]
    where = f"run_id = '{second.plan.run_id}'"
    [(title, status)] = ask(
        tonight.data,
        f"SELECT title, status FROM page WHERE {where} AND url = '{URL}/t/1.html'",
    )
    assert ("关于做好第1项工作的通知", 304) == (title, status)
    # the dead link on the page that is the same is still there, and asked for again
    assert [("not_found", True)] == ask(
        tonight.data, f"SELECT outcome, confirmed FROM link WHERE {where} AND target_url = '{URL}/dead.html'"
    )


def test_a_list_that_is_the_same_to_the_byte_is_not_read_again(tmp_path):
    site = portal()
    undated = [("/u/1.html", "关于防汛工作的通知", ""), ("/u/2.html", "关于抗旱工作的通知", "")]
    site["/nodays/"] = page(rows(*undated))
    for href, title, _ in undated:
        site[href] = told(title, day=str(DAY - timedelta(days=2)))
    more = Section(SITE, "工作动态", f"{URL}/nodays/", "动态要闻")
    with nights(tmp_path, site, more) as (tonight, next_night):
        first, _ = next_night(links=False)
        same, asked = next_night(links=False)
        assert "/tz/" in asked[HOST]  # it was looked whether it is the same
        row = ("/t/new.html", "关于做好新一项工作的通知", str(DAY + timedelta(days=2)))
        site["/tz/"] = page(rows(row, *FRESH))
        site[row[0]] = told(row[1], day=row[2])
        other, asked = next_night(links=False)
        shown = ask(
            tonight.data,
            f"SELECT run_id, entries, links FROM page WHERE url = '{URL}/tz/' ORDER BY run_id",
        )

    def section(run):
        [kept] = [one for one in records(run, "section_visit") if one["section_url"].endswith("/tz/")]
        return {name: value for name, value in kept.items() if name != "fetched_at"}

    def held(run):
        return {
            one["url"].removeprefix(URL): one["same_as_run"]
            for one in records(run, "page")
            if one["url"].endswith(("/tz/", "/nodays/"))
        }

    assert section(first) == section(same)
    assert {"/tz/": first.plan.run_id, "/nodays/": None} == held(same)  # without days a list is read
    assert (4, True) == (len(section(same)["entries"]), section(same)["complete"])
    assert row[1] in [entry["title"] for entry in section(other)["entries"]]
    assert {"/tz/": None, "/nodays/": None} == held(other)
    assert row[0] in asked[HOST]
    assert [4, 4, 5] == [entries for _, entries, _ in shown]
    assert shown[0][1:] == shown[1][1:]


def test_what_other_code_has_read_is_read_anew_though_it_is_the_same(tmp_path):
    with nights(tmp_path, portal()) as (tonight, next_night):
        first, _ = next_night(links=False)
        with duckdb.connect(str(tonight.data / WAREHOUSE)) as connection:
            connection.execute("UPDATE raw.run SET reader_sha256 = 'of a checkout that was changed since'")
        second, _ = next_night(links=False)
        third, _ = next_night(links=False)

    def carried(run):
        return {
            one["url"].removeprefix(URL): one["status"] for one in records(run, "page") if one["same_as_run"]
        }

    assert first.plan.reader_sha256 == second.plan.reader_sha256 == reader_sha256()
    assert {} == carried(second)
    assert {"/tz/": 200, "/t/1.html": 304}.items() <= carried(third).items()


def test_a_host_that_calls_everything_unchanged_is_found_out_at_the_pages_turn(tmp_path):
    site = portal()
    with nights(tmp_path, site) as (_, next_night):
        next_night(links=False)
        site.lies = True
        site["/t/3.html"] = told("早已改过的标题", day=str(DAY - timedelta(days=3)))
        titles = []
        for _ in range(4):
            visit, _ = next_night(days=8, links=False)
            titles += [one["title"] for one in records(visit, "page") if one["url"].endswith("/t/3.html")]

    assert "早已改过的标题" in titles


def test_a_site_built_anew_is_told_once(tmp_path):
    site = portal()
    with nights(tmp_path, site) as (tonight, next_night):
        next_night(links=False)
        moved = {path.replace("/a/", "/neu/"): body for path, body in site.items() if path.startswith("/a/")}
        for path in [path for path in site if path.startswith("/a/")]:
            del site[path]
        site.update(moved)
        site["/"] = page(anchors("/tz/", *moved))
        for last in (False, True):
            visit, _ = next_night(days=15, links=last)
        dead = ask(
            tonight.data,
            f"SELECT count(*) FROM link WHERE run_id = '{visit.plan.run_id}' AND confirmed AND target_url LIKE '%/a/%'",
        )
        assert [(0,)] == dead
        assert [(0,)] == ask(tonight.data, "SELECT count(*) FROM derived.known_page WHERE url LIKE '%/a/%'")
        assert [(60,)] == ask(
            tonight.data, "SELECT count(*) FROM derived.known_page WHERE url LIKE '%/neu/%'"
        )


def test_a_site_that_moved_to_another_host_leaves_its_old_addresses_behind(tmp_path):
    site, new = portal(), "www.new.cn"
    there = Site(site)
    with nights(tmp_path, site, **{new: there}) as (tonight, next_night):
        old = tonight.registry.sites[0]
        tonight.registry = Registry(sites=(old,))
        next_night(links=False)
        for path in list(site):
            site[path] = answer("没有", status=404)
        tonight.registry = Registry(sites=(replace(old, home_url=f"http://{new}/"),))
        visit, asked = next_night()

        of_night = f"run_id = '{visit.plan.run_id}'"
        assert [] == asked[HOST], "nobody looks for what was there"
        assert [(0,)] == ask(
            tonight.data, f"SELECT count(*) FROM page WHERE {of_night} AND url LIKE '{URL}/%'"
        )
        assert [(0,)] == ask(
            tonight.data, f"SELECT count(*) FROM link WHERE {of_night} AND target_url LIKE '{URL}/%'"
        )
        assert [(0,)] == ask(
            tonight.data, f"SELECT count(*) FROM derived.known_page WHERE url LIKE '{URL}/%'"
        )
        assert ask(tonight.data, f"SELECT count(*) FROM page WHERE {of_night} AND outcome = 'ok'")[0][0] > 60


def test_a_page_with_more_links_than_a_night_checks_is_checked_in_turn(tmp_path):
    with nights(tmp_path, portal()) as (_tonight, next_night):
        checked = []
        for _ in range(3):
            _, asked = next_night(LINK_MAX_PER_HOST="25")
            checked.append(
                {path for path in asked["www.outside.cn"] if path.strip("/").removesuffix(".html").isdigit()}
            )

    assert [25, 25] == [len(of_night) for of_night in checked[:2]]
    assert not checked[0] & checked[1], "what was never checked goes first"
    assert 60 == len(set().union(*checked))


def test_a_plan_of_another_day_or_registry_is_refused(tmp_path):
    with night(tmp_path, {HOST: portal()}) as tonight:
        run = tonight.begin("visit")
        assert "first visit" in write_plan(run, tonight.data, [])
        load_all(tonight.data)
        write_plan(run, tonight.data, [])
        check_plan(run.folder, run.plan)
        head = run.folder / "plan" / "plan.json"
        head.write_bytes(head.read_bytes().replace(b"2026-11-22", b"2026-11-21"))
        with pytest.raises(RunError, match="made for as_of '2026-11-21', the run is of '2026-11-22'"):
            check_plan(run.folder, run.plan)


def test_a_warehouse_that_was_lost_is_told_and_the_visit_goes_as_a_first_one(tmp_path):
    with night(tmp_path, {HOST: portal()}) as tonight:
        run = tonight.begin("visit")
        assert "no warehouse yet: a first visit, everything is read" == write_plan(run, tonight.data, [])
        earlier = tonight.data / "runs" / "20261121T020000Z-visit"
        earlier.mkdir()
        (earlier / "run.json").touch()
        said = write_plan(run, tonight.data, [])

    assert "the warehouse is gone (`govcrawl load` makes it again): a first visit, everything is read" == said
    assert not (run.folder / "plan").exists()


def test_pages_that_a_night_has_no_room_for_are_left_out_and_said(tmp_path):
    with nights(tmp_path, portal()) as (_, next_night):
        first, _ = next_night(links=False, most="20")
        second, asked = next_night(links=False, most="20")

    for visit, unread in ((first, 46), (second, 28)):
        (said,) = records(visit, "site_visit")
        assert "budget_spent" == said["finish_reason"]
        assert unread <= said["not_visited"]["max_pages"] <= unread + 4
    assert len(asked[HOST]) <= 20 + 3


def test_a_million_known_addresses_are_looked_up_on_disk(tmp_path):
    urls = [f"{URL}/{number}.html" for number in range(100_000)]
    assert 100_000 == write_known(tmp_path / "x.known", sorted(map(key_of, urls)))
    known = Addresses(tmp_path / "x.known")

    assert all(url in known for url in urls[::997])
    assert f"{URL}/none.html" not in known


def test_warehouse_and_spider_agree_on_numbers_and_templates(tmp_path):
    urls = [f"{URL}/a/2026/11/t1_22.html", f"{URL}/列表.jsp?b=1&a=2&b=3", f"{URL}/?x", f"{URL}/1?q=a=b&&2=3"]
    (tmp_path / "data").mkdir()
    load_all(tmp_path / "data")
    for url in urls:
        [(number, template)] = ask(
            tmp_path / "data",
            f"SELECT ('0x' || md5('{url}')[1:16])::UBIGINT, derived.template_of('{url}')",
        )
        assert (key_of(url), template_of(url)) == (number, template)
