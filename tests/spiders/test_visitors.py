"""A site asked as different visitors: whom it tells apart, how often it is asked, and what is kept."""

from datetime import date, timedelta

from govcrawl.spiders.visitors import MOST_REQUESTS, shown_lately, visitors
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
        rechecked = tonight.crawl("surroundings", of_run=sections, RECHECK_OF=str(tmp_path))
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


def test_no_week_asks_more_than_six_and_two_weeks_ask_everything():
    day = date(2026, 11, 23)
    weeks = [
        visitors("http://a.gov.cn/", "http://a.gov.cn/1.html", day + timedelta(days=7 * n), "r")
        for n in (0, 1)
    ]

    assert all(len(week) <= MOST_REQUESTS for week in weeks)
    assert {"spider", "referrer", "phone", "second-visit", "unknown-path"} == {
        each.channel for week in weeks for each in week
    }
    assert "http://a.gov.cn/1.html" in {each.url for week in weeks for each in week}
