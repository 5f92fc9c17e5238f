from dataclasses import replace
from datetime import timedelta

import pytest

from analytics.checks import cloaking, hidden_link, link_dead, link_wrong, spam_injection
from analytics.editions.chosen import load_edition
from govcrawl.records.items import Anchor, Face, FaceTrial, Link, Planted, SiteFile
from tests.analytics.frames import TODAY
from tests.warehouse.folders import BUREAU, HOME, PORTAL, iso, link_check, page, site_visit

EDITION = load_edition("inspection-2019")
SPAM = ("http://www.bjsc888.com/", "http://www.xpj-6688.net/")


def block(*urls: str, doubt=None, words=("gambling: 北京赛车",), kind="hidden", way="display") -> Planted:
    anchors = [Anchor(url, "北京赛车") for url in urls or SPAM]
    return Planted(kind, way, "html > body > div:nth-child(5)", 379, "<div …>", anchors, list(words), doubt)


@pytest.fixture
def night(folders):
    """Writes a site run whose pages carry what is given."""

    def write(*planted: Planted, day=TODAY, others=(), links=(), checks=()):
        run = folders.run(
            "site",
            page(
                PORTAL,
                read_state="read",
                planted_sought=True,
                planted=list(planted),
                new_links=list(links),
                link_nos=list(range(len(links))),
            ),
            page(
                BUREAU,
                read_state="read",
                planted_sought=True,
                new_links=list(others),
                link_nos=list(range(len(others))),
            ),
            site_visit(PORTAL),
            site_visit(BUREAU),
            day=day,
        )
        folders.run("links", *checks, day=day, hour=4, of_run=run)

    return write


def judged(published, check=hidden_link):
    return check.run(published(), TODAY, EDITION.params[check.__name__.rpartition(".")[2].replace("_", "-")])


def test_a_block_of_spam_is_found_with_its_links_place_and_way(night, published):
    night(block())
    answer = judged(published)
    fault = answer.findings.iloc[0]

    assert [(PORTAL, HOME[PORTAL], "found")] == list(
        answer.findings[["site_code", "subject_url", "state"]].itertuples(index=False, name=None)
    )
    assert "2个(样式设为不显示),指向bjsc888.com、xpj-6688.net,涉及赌博" in fault["observed"]
    for told in (SPAM[0], '"position":379', '"place"', "北京赛车"):
        assert told in fault["evidence"]
    assert [1, 1] == list(answer.measured["looked"])
    assert [1, 0] == list(answer.measured["failed"])


def test_two_blocks_of_a_page_are_two_findings(night, published):
    night(block(SPAM[0]), block(SPAM[1]))

    assert 2 == len(judged(published).findings)


@pytest.mark.parametrize("doubt", ["few", "named"])
def test_a_doubtful_block_waits_for_a_person_and_says_why(night, published, doubt):
    night(block(doubt=doubt, words=()))
    answer = judged(published)

    assert ["awaiting"] == list(answer.findings["state"])
    assert "请核实" in answer.findings["evidence"][0]


def test_a_menu_is_silent_and_mends_nothing(night, published):
    night(block(doubt="menu", words=()))
    answer = judged(published)

    assert answer.findings.empty
    assert [HOME[PORTAL]] == list(answer.doubtful["subject_url"])


def test_a_menu_that_the_night_before_lacked_waits_for_a_person(night, published):
    night(day=TODAY - timedelta(days=1))
    night(block(doubt="menu", words=()))

    assert ["awaiting"] == list(judged(published).findings["state"])


def test_no_menu_is_new_to_whoever_did_not_look_before(night, folders, published):
    folders.run("site", page(PORTAL, read_state="read"), site_visit(PORTAL), day=TODAY - timedelta(days=1))
    night(block(doubt="menu", words=()))

    assert judged(published).findings.empty


def test_a_menu_that_stood_there_before_stays_silent(night, published):
    night(block(SPAM[1], "http://www.other.com/", doubt="menu", words=()), day=TODAY - timedelta(days=1))
    night(block(doubt="menu", words=()))

    assert judged(published).findings.empty


def test_hosts_that_other_sites_show_are_no_strangers(night, published):
    night(
        block("http://www.lcbank.com/", doubt="few", words=()),
        others=[Link("http://www.lcbank.com/grdk/", "page", "岚川银行", internal=False)],
    )
    params = hidden_link.Params(shown_by=1, new_links=2)

    assert hidden_link.run(published(), TODAY, params).findings.empty


def test_a_planted_link_is_told_once_also_where_it_is_dead(night, published):
    target = Link(SPAM[0], "page", "北京赛车", hidden=True, internal=False)
    night(block(), links=[target], checks=[link_check(SPAM[0], "dns_failure", None)])
    snapshot = published()

    assert link_dead.run(snapshot, TODAY, EDITION.params["link-dead"]).findings.empty
    assert 1 == len(hidden_link.run(snapshot, TODAY, EDITION.params["hidden-link"]).findings)


def test_an_infected_page_is_one_finding_whatever_of_it_is_infected(night, published):
    night(block(kind="title"), block(kind="keywords"), block(kind="shown"))
    answer = judged(published, spam_injection)

    assert ["页面的标题、关键词、链接疑似被植入与网站无关的内容,涉及赌博"] == list(
        answer.findings["observed"]
    )


def test_codes_without_words_of_spam_wait_for_a_person(night, published):
    night(block(kind="title", way="encoded", doubt="encoded", words=()))

    assert ["awaiting"] == list(judged(published, spam_injection).findings["state"])


def test_a_script_of_two_faces_is_no_spam(night, published):
    night(block(kind="script", way="referrer", words=()))

    assert judged(published, spam_injection).findings.empty


def test_a_link_to_what_is_spam_today_is_told_with_what_it_promised(night, published):
    url = "http://www.lanchuan-yundonghui.cn/2019/"
    check = replace(
        link_check(url, "ok", 200), spam=["gambling: 新葡京"], title="澳门新葡京官网", parked=True
    )
    night(links=[Link(url, "page", "运动会官方网站", internal=False)], checks=[check])
    snapshot = published()
    [fault] = spam_injection.run(snapshot, TODAY, EDITION.params["spam-injection"]).findings.itertuples()

    assert (url, HOME[PORTAL]) == (fault.subject_url, fault.origin_url)
    assert "链接“运动会官方网站”所指的网站现为“澳门新葡京官网”,涉及赌博" == fault.observed
    assert link_wrong.run(snapshot, TODAY, EDITION.params["link-wrong"]).findings.empty


def lapsed(night, published, *shown):
    """Nights on which a link led to a page of this title, whose host showed a certificate of this subject and issuer."""
    url = "https://www.lanchuan-yundonghui.cn/2019/"
    for ago, (title, subject, issuer) in zip(range(len(shown) - 1, -1, -1), shown, strict=True):
        certificate = {"certificate_subject": subject, "certificate_issuer": issuer}
        check = replace(
            link_check(url, "ok", 200), title=title, **certificate, certificate_from_at=iso(TODAY)
        )
        link = Link(url, "page", "运动会官方网站", internal=False)
        night(links=[link], checks=[check], day=TODAY - timedelta(days=ago))
    return judged(published, spam_injection).findings


def test_a_link_whose_host_has_another_certificate_and_page_is_a_candidate(night, published):
    before = ("岚川运动会", "lanchuan-yundonghui.cn", "TrustAsia")
    (fault,) = lapsed(night, published, before, ("装修效果图", "zx8.com", "R3")).itertuples()

    assert "awaiting" == fault.state
    assert (
        "链接“运动会官方网站”所指的网站现为“装修效果图”,原为“岚川运动会”,"
        "证书由lanchuan-yundonghui.cn(TrustAsia)改为zx8.com(R3)" == fault.observed
    )


@pytest.mark.parametrize(
    "now",
    [
        ("岚川运动会", "lanchuan-yundonghui.cn", "R3"),  # renewed elsewhere, the page is the same
        ("岚川运动会开幕", "lanchuan-yundonghui.cn", "TrustAsia"),
    ],
)
def test_a_certificate_or_a_title_alone_says_nothing(night, published, now):
    assert lapsed(night, published, ("岚川运动会", "lanchuan-yundonghui.cn", "TrustAsia"), now).empty


def test_a_script_from_a_stranger_waits_for_a_person_the_night_it_is_new(night, published):
    kept = Link("https://tongji.lanchuan-news.cn/count.js", "script", internal=False)
    new = Link("https://hnci-kb.net.cn/js/kb.js", "script", internal=False)
    night(links=[kept], day=TODAY - timedelta(days=1))
    night(links=[kept, new])
    answer = judged(published, spam_injection)

    assert ["页面新载入站外脚本hnci-kb.net.cn"] == list(answer.findings["observed"])
    assert ["awaiting"] == list(answer.findings["state"])


def test_on_the_first_night_no_script_is_new(night, published):
    night(links=[Link("https://hnci-kb.net.cn/js/kb.js", "script", internal=False)])

    assert judged(published, spam_injection).findings.empty


def test_a_map_that_leads_engines_to_strangers_is_a_candidate_and_told_beside_what_it_listed(
    night, folders, published
):
    night()
    url = f"{HOME[PORTAL]}sitemap.xml"
    strangers = ["w1x.com", "w2x.com", "w3x.com"]
    then, now = (
        SiteFile(
            PORTAL,
            "sitemap.xml",
            url,
            iso(day),
            "ok",
            200,
            str(number),
            addresses=90 + number,
            strangers=strangers[: 3 * number],
        )
        for number, day in enumerate((TODAY - timedelta(days=14), TODAY))
    )
    robots = SiteFile(
        PORTAL, "robots.txt", f"{HOME[PORTAL]}robots.txt", iso(TODAY), "ok", 200, "r", lines=["User-agent: *"]
    )
    folders.run("surroundings", then, day=TODAY - timedelta(days=14), hour=5)
    folders.run("surroundings", now, robots, hour=5)
    fault = judged(published, spam_injection).findings.iloc[0]

    assert (url, "awaiting") == (fault["subject_url"], fault["state"])
    assert "网站地图文件(sitemap.xml)含有与网站无关的内容,指向w1x.com、w2x.com、w3x.com" == fault["observed"]
    assert '"before_addresses":90' in fault["evidence"]


# ---------- cloaking

SPAM_FACE = {"title": "澳门新葡京官网", "words": ["gambling: 新葡京", "gambling: 北京赛车"]}


def face(channel: str, *, url=HOME[PORTAL], visitor=None, **facts) -> Face:
    given = {
        "outcome": "ok",
        "status": 200,
        "final_url": url,
        "fetched_at": iso(TODAY),
        "title": "岚川市人民政府",
    }
    return Face(channel=channel, visitor=visitor or channel, url=url, **(given | facts))


@pytest.fixture
def shown(folders):
    """Writes a surroundings run in which the portal showed these faces."""

    def write(*faces: Face, day=TODAY):
        folders.run(
            "surroundings", FaceTrial(PORTAL, iso(day, 5), len(faces) - 1, list(faces)), day=day, hour=5
        )

    return write


def test_a_face_stands_until_the_same_visitor_is_shown_another(night, shown, published):
    night()
    spam = face("phone", **SPAM_FACE)
    shown(face("plain"), spam, day=TODAY - timedelta(days=7))
    shown(face("plain"), face("spider"))  # this week it is the spider's turn

    assert [HOME[PORTAL]] == list(judged(published, cloaking).findings["subject_url"])


def test_a_face_that_was_not_asked_for_since_is_neither_found_nor_mended(night, shown, published):
    night()
    shown(face("plain"), face("phone", **SPAM_FACE), day=TODAY - timedelta(days=36))
    shown(face("plain"), face("spider"), face("phone", outcome="blocked"))
    answer = judged(published, cloaking)

    assert answer.findings.empty
    assert [[PORTAL, HOME[PORTAL]]] == answer.doubtful.to_numpy().tolist()


def test_a_made_up_path_is_held_against_what_a_browser_gets_there(night, shown, published):
    night()
    missing = f"{HOME[PORTAL]}nothing.html"
    for_engines = face(
        "unknown-path",
        visitor="spider",
        url=missing,
        title="行情早知道",
        strangers=["a.com", "b.com", "c.com"],
    )
    shown(
        face("plain"), face("unknown-path", visitor="browser", url=missing, outcome="not_found"), for_engines
    )
    answer = judged(published, cloaking)

    assert [(HOME[PORTAL], "found")] == list(
        answer.findings[["subject_url", "state"]].itertuples(index=False, name=None)
    )
    assert (
        "访问不存在的地址(搜索引擎身份)时显示普通访问者看不到的站外链接:a.com、b.com、c.com"
        in answer.findings["observed"][0]
    )


def test_a_face_for_spiders_alone_is_found_and_said(night, shown, published):
    night()
    shown(face("plain"), face("spider", body_sha256="a" * 64, **SPAM_FACE), face("referrer"))
    answer = judged(published, cloaking)

    assert [(HOME[PORTAL], "found")] == list(
        answer.findings[["subject_url", "state"]].itertuples(index=False, name=None)
    )
    assert (
        "以搜索引擎身份访问(搜索引擎身份)时显示普通访问者看不到的不良词语:新葡京、北京赛车"
        in answer.findings["observed"][0]
    )
    assert '"body_sha256":"' + "a" * 64 in answer.findings["evidence"][0]
    assert [(PORTAL, 0, True), (BUREAU, 1, False)] == list(
        answer.measured[["site_code", "unmeasured", "proves_absence"]].itertuples(index=False, name=None)
    )


def test_a_made_up_path_is_one_finding_for_all_who_are_shown_it(night, shown, published):
    night()
    unknown = f"{HOME[PORTAL]}6b1f.html"
    shown(
        face("plain"),
        face("unknown-path", url=unknown, visitor="spider", **SPAM_FACE),
        face("unknown-path", url=unknown, visitor="referrer", **SPAM_FACE),
    )

    assert [HOME[PORTAL]] == list(judged(published, cloaking).findings["subject_url"])


def test_a_trial_speaks_until_the_next_one_and_another_text_waits(night, shown, published):
    night()
    other = face("second-visit", title="系统公告", sketch=[7, 8, 9])
    shown(face("plain", sketch=[1, 2, 3]), other, day=TODAY - timedelta(days=3))
    answer = judged(published, cloaking)

    assert ["awaiting"] == list(answer.findings["state"])
    assert not answer.measured["proves_absence"].any()


def test_a_script_that_asks_where_its_reader_comes_from_is_another_face(night, published):
    night(block(kind="script", way="referrer", words=()))
    answer = judged(published, cloaking)

    assert ["页面脚本识别来自搜索引擎的访问,并转往或载入站外的bjsc888.com、xpj-6688.net"] == list(
        answer.findings["observed"]
    )
