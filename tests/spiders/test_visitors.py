"""A site asked as different visitors: whom it tells apart, how often it is asked, and what is kept."""

import json
from collections import Counter
from datetime import date, timedelta

from govcrawl.pages.tampering.site_files import MAP
from govcrawl.spiders.visitors import MOST_REQUESTS, every_visitor, file_of_week, shown_lately, visitors
from tests.netlab.server import answer
from tests.spiders.inspection import code_of, night, page, records

WELCOME = page(
    "<p>" + "岚川市人民政府门户网站欢迎您，本站发布政府信息，提供办事服务，与公众互动交流。" * 6 + "</p>"
)
SPAM = answer("<title>澳门新葡京官网_北京赛车开户</title><p>时时彩平台注册送彩金</p>")
COOKIE = WELCOME.replace(b"Content-Type", b"Set-Cookie: seen=1; path=/\r\nContent-Type", 1)


class Broken(dict):
    """A site that shows search engines a gambling house where there is nothing."""

    def get(self, path, default=None):
        if path in self:
            return self[path]
        return self._unknown if path.endswith(".html") else default

    @staticmethod
    def _unknown(connection, asked):
        engine = "Baiduspider" in asked.headers["user-agent"] or "baidu" in asked.headers.get("referer", "")
        connection.sendall(SPAM if engine else answer("no such page", status=404))


def test_six_requests_tell_the_faces_apart_and_the_next_night_asks_none(tmp_path):
    with night(tmp_path, {"www.a.gov.cn": Broken({"/": COOKIE})}) as tonight:
        sections = tonight.crawl("visit")
        of = tmp_path / "addresses.json"
        of.write_text(json.dumps({"pages": {}, "targets": [], "faces": {}}), "utf-8")
        rechecked = tonight.crawl("surroundings", of_run=sections, RECHECK_OF=str(of))
        run = tonight.crawl("surroundings", of_run=sections)
        [server] = tonight.servers.values()
        [trial] = records(run, "face_trial")
        before = len(server.asked)
        again = tonight.crawl("surroundings", of_run=sections)

    asked = {(each["channel"], each["visitor"]): each for each in trial["faces"]}
    assert {code_of(0)} == shown_lately(
        run.folder, run.plan.as_of and date.fromisoformat(str(run.plan.as_of))
    )
    assert MOST_REQUESTS >= trial["requests"]
    assert "ok" == asked["unknown-path", "spider"]["outcome"]
    assert any("北京赛车" in word for word in asked["unknown-path", "referrer"]["words"])
    assert [] == asked["spider", "spider"]["words"]
    assert (
        any("seen=1" == each.headers.get("cookie") for each in server.asked)
        or ("second-visit", "second-visit") not in asked
    )
    assert [] == records(again, "face_trial") == records(rechecked, "face_trial")
    assert not any("Baiduspider" in each.headers["user-agent"] for each in server.asked[before:])


def test_no_week_asks_more_than_six_and_four_weeks_ask_everything():
    home, sample = "http://a.gov.cn/", "http://a.gov.cn/1.html"
    days = [date(2026, 1, 5) + timedelta(days=7 * n) for n in range(16)]
    asked = [
        [(each.channel, each.name, each.url) for each in visitors(home, sample, day, "r")] for day in days
    ]
    files = [file_of_week(day) for day in days]
    engines = {(channel, name) for channel, name, _ in asked[0]} & {
        (channel, name) for channel, name, _ in asked[1]
    }

    assert {MOST_REQUESTS} == {len(week) + bool(file) for week, file in zip(asked, files, strict=True)}
    assert {None: 12, MAP: 2, "BingSiteAuth.xml": 1, "sogousiteverification.txt": 1} == Counter(files)
    assert {each for week in asked[:4] for each in week} == {
        (each.channel, each.name, each.url) for each in every_visitor(home, [sample], "r")
    }
    assert {("spider", "spider"), ("unknown-path", "spider"), ("unknown-path", "referrer")} <= engines


def test_a_re_check_asks_the_pages_of_its_faults_as_everybody(tmp_path):
    article = "http://www.a.gov.cn/1.html"
    of = tmp_path / "addresses.json"
    with night(tmp_path, {"www.a.gov.cn": {"/": COOKIE, "/1.html": WELCOME}}) as tonight:
        sections = tonight.crawl("visit")
        of.write_text(json.dumps({"pages": {}, "targets": [], "faces": {code_of(0): [article]}}), "utf-8")
        [trial] = records(tonight.crawl("surroundings", of_run=sections, RECHECK_OF=str(of)), "face_trial")

    asked = {
        (each["visitor"], each["channel"] == "unknown-path", each["url"] == article)
        for each in trial["faces"]
    }
    assert {("plain", False, True), ("spider", False, True), ("referrer", False, True)} <= asked
    assert {("second-visit", True, False), ("phone", True, False), ("phone", False, False)} <= asked


def test_what_the_site_tells_search_engines_is_kept_and_robots_is_not_asked_for_twice(tmp_path):
    proof = page(
        "<p>" + "岚川市人民政府门户网站欢迎您。" * 30 + "</p>",
        title="首页</title><meta name='baidu-site-verification' content='abc'><title>",
    )
    rules = "User-agent: *\nSitemap: http://www.a.gov.cn/m.xml"
    site_map = "<urlset><url><loc>http://w1x.com/</loc></url></urlset>"
    site = {
        "/": proof,
        "/robots.txt": answer(rules, content_type="text/plain"),
        "/m.xml": answer(site_map, content_type="text/xml"),
    }
    walled = {"/": WELCOME, "/robots.txt": WELCOME, "/sitemap.xml": WELCOME}
    weeks = [date(2026, 9, 7) + timedelta(days=7 * n) for n in range(8)]
    (map_week,) = (day for day in weeks if file_of_week(day) == MAP)
    with night(tmp_path, {"www.a.gov.cn": site, "www.b.gov.cn": walled}) as tonight:
        robots = {"ROBOTS_FOLDER": str(tmp_path / "robots")}
        sections = tonight.crawl("visit", as_of=map_week, **robots)
        server = tonight.servers["www.a.gov.cn"]
        before = len(server.asked)
        run = tonight.crawl("surroundings", of_run=sections, as_of=map_week, **robots)
        asked = [each.path for each in server.asked[before:]]

    kept = {(each["site_code"], each["name"]): each for each in records(run, "site_file")}
    (told, proofs, listed), (no_rules, _, no_map) = (
        [kept[code_of(number), name] for name in ("robots.txt", "verification", MAP)] for number in (0, 1)
    )
    assert rules.splitlines() == told["lines"]
    assert ["baidu-site-verification: abc"] == proofs["lines"]
    assert ("http://www.a.gov.cn/m.xml", 1, ["w1x.com"]) == (
        listed["url"],
        listed["addresses"],
        listed["strangers"],
    )
    assert (0, 1) == (asked.count("/robots.txt"), asked.count("/m.xml"))
    assert ["other", "other"] == [
        no_rules["outcome"],
        no_map["outcome"],
    ]  # a page says not that there is none
    assert all(trial["requests"] <= MOST_REQUESTS for trial in records(run, "face_trial"))
