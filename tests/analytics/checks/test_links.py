from dataclasses import replace
from datetime import timedelta

import pytest

from analytics.checks import attachment_dead, image_dead, link_dead, link_wrong
from analytics.editions.chosen import load_edition
from analytics.words.phrases import DANGLING, ELSEWHERE
from analytics.words.phrases import HOME as ON_HOME
from govcrawl.records.items import Link
from tests.analytics.frames import TODAY
from tests.warehouse.folders import HOME, NEWS, PORTAL, link_check, page, site_visit

EDITION = load_edition("inspection-2019")
PARAMS = EDITION.params["link-dead"]
TARGET = f"{HOME[PORTAL]}zt/gone.html"


@pytest.fixture
def night(folders):
    """Writes a site run whose home page carries these links, and a links run with these checks."""

    def write(*targets: Link, checks=(), day=TODAY, finish_reason="finished", elsewhere=()):
        met = [*targets, *elsewhere]
        site_run = folders.run(
            "site",
            page(PORTAL, new_links=list(targets), link_nos=list(range(len(targets)))),
            page(
                PORTAL,
                "dtyw/",
                first_link_no=len(targets),
                new_links=list(elsewhere),
                link_nos=list(range(len(targets), len(met))),
            ),
            site_visit(PORTAL, finish_reason),
            day=day,
        )
        folders.run("links", *checks, day=day, hour=4, of_run=site_run)

    return write


@pytest.mark.parametrize(
    ("stand_in", "words"),
    [
        ("says_none", "打开的页面提示所访问的内容不存在"),
        ("same_for_any", "打开的页面与访问不存在的网址时显示的相同"),
        ("front_page", "打开的是该网站首页,访问不存在的网址时也显示首页"),
        (None, "打开的不是所指内容,而是替代页面"),  # of a folder in which nobody noted it
    ],
)
def test_a_page_in_place_of_another_is_told_as_it_was_seen(night, published, stand_in, words):
    night(target(), checks=[replace(link_check(TARGET, "soft_not_found", 200), stand_in=stand_in)])
    answer = link_dead.run(published(), TODAY, PARAMS)

    assert [f"{words},所在页面1个"] == list(answer.findings["observed"])


def on_portal(frame):
    return frame[frame["site_code"] == PORTAL].reset_index(drop=True)


def target(url: str = TARGET, kind: str = "page", **facts) -> Link:
    return Link(url, kind, "专题", **facts)


@pytest.mark.parametrize(
    ("outcome", "status"),
    [
        ("not_found", 404),
        ("gone", 410),
        ("soft_not_found", 200),
        ("client_error", 400),
        ("dns_failure", None),
        ("refused", None),
        ("redirect_loop", 302),
    ],
)
def test_a_confirmed_failure_of_the_target_is_a_dead_link(night, published, outcome, status):
    night(target(), checks=[link_check(TARGET, outcome, status)])
    answer = link_dead.run(published(), TODAY, PARAMS)

    assert [TARGET] == list(answer.findings["subject_url"])
    assert [HOME[PORTAL]] == list(answer.findings["origin_url"])
    assert [ON_HOME] == list(answer.findings["category"])


@pytest.mark.parametrize(
    ("url", "outcome", "told"),
    [
        ("http://old.lanchuan.gov.cn/", "dns_failure", True),
        ("http://old.lanchuan.gov.cn/", "not_found", False),
        ("http://old.yunting.gov.cn/", "dns_failure", False),
        (TARGET, "dns_failure", False),
    ],
)
def test_a_sub_domain_of_the_site_that_is_unknown_is_told_as_one(night, published, url, outcome, told):
    night(target(url), checks=[link_check(url, outcome, None)])
    (observed,) = link_dead.run(published(), TODAY, PARAMS).findings["observed"]

    assert told == (DANGLING in observed)


@pytest.mark.parametrize(
    ("outcome", "status"),
    [
        ("blocked", 403),
        ("timeout", None),
        ("reset", None),
        ("server_error", 500),
        ("tls_error", None),
        ("other", None),
    ],
)
def test_what_may_be_our_line_or_may_pass_is_unmeasured_on_one_night(night, published, outcome, status):
    night(target(), checks=[link_check(TARGET, outcome, status)])
    answer = link_dead.run(published(), TODAY, PARAMS)

    assert answer.findings.empty
    assert [TARGET] == list(answer.doubtful["subject_url"])
    assert [1] == list(on_portal(answer.measured)["unmeasured"])


def test_one_failed_attempt_confirms_nothing(night, published):
    once = link_check(TARGET)
    once.confirmed = False
    night(target(), checks=[once])

    assert link_dead.run(published(), TODAY, PARAMS).findings.empty


@pytest.mark.parametrize(
    ("nights", "dead"),
    [
        ({1: "server_error"}, True),
        ({1: "timeout", 2: "server_error"}, True),
        ({1: "ok", 2: "server_error"}, False),
        ({1: "timeout"}, False),
        ({1: "blocked"}, False),
        ({15: "server_error"}, False),
    ],
)
def test_a_5xx_counts_when_it_stands_on_a_second_night(night, published, nights, dead):
    for back, outcome in nights.items():
        night(target(), checks=[link_check(TARGET, outcome, 500)], day=TODAY - timedelta(days=back))
    night(target(), checks=[link_check(TARGET, "server_error", 500)])
    answer = link_dead.run(published(), TODAY, PARAMS)

    assert dead == (not answer.findings.empty)
    assert not dead or "(经两次检测均如此)" in answer.findings["observed"][0]


def test_timeouts_are_never_dead_however_often(night, published):
    for back in (2, 1, 0):
        night(target(), checks=[link_check(TARGET, "timeout", None)], day=TODAY - timedelta(days=back))

    assert link_dead.run(published(), TODAY, PARAMS).findings.empty


def test_a_file_without_a_byte_is_dead_and_a_page_without_one_is_not(night, published):
    file, shell = f"{HOME[PORTAL]}a.doc", f"{HOME[PORTAL]}app/"
    night(
        target(file, "attachment"),
        target(shell),
        checks=[link_check(url, "empty", 200) for url in (file, shell)],
    )
    snapshot = published()

    assert [file] == list(attachment_dead.run(snapshot, TODAY, PARAMS).findings["subject_url"])
    assert link_dead.run(snapshot, TODAY, PARAMS).findings.empty


def test_images_and_attachments_are_their_own_questions(night, published):
    image, file = f"{HOME[PORTAL]}a.jpg", f"{HOME[PORTAL]}a.doc"
    night(
        target(),
        elsewhere=[target(image, "image"), target(file, "attachment")],
        checks=[link_check(url) for url in (TARGET, image, file)],
    )
    snapshot = published()

    assert [TARGET] == list(link_dead.run(snapshot, TODAY, PARAMS).findings["subject_url"])
    for check, url in ((image_dead, image), (attachment_dead, file)):
        found = check.run(snapshot, TODAY, PARAMS).findings
        assert [url] == list(found["subject_url"])
        assert [ELSEWHERE] == list(found["category"])
        assert [NEWS] == list(found["origin_url"])


def test_a_visit_that_spent_its_budget_proves_no_absence(night, published):
    night(target(), checks=[link_check(TARGET, "ok", 200)], finish_reason="budget_spent")
    row = on_portal(link_dead.run(published(), TODAY, PARAMS).measured).iloc[0]

    assert not row["complete"]
    assert "网站页面未能全部访问" == row["reason"]


def test_a_site_whose_pages_were_not_read_is_unmeasured(folders, published):
    folders.run("site", page(PORTAL, status=None, outcome="timeout"), site_visit(PORTAL, "home_unreachable"))
    row = on_portal(link_dead.run(published(), TODAY, PARAMS).measured).iloc[0]

    assert (0, False) == (row["looked"], row["complete"])


def test_a_site_without_links_of_a_kind_was_looked_at_all_the_same(folders, published):
    folders.run("site", page(PORTAL), site_visit(PORTAL))
    row = on_portal(link_dead.run(published(), TODAY, PARAMS).measured).iloc[0]

    assert (0, True) == (row["looked"], row["complete"])


def test_a_domain_that_is_for_sale_is_a_wrong_link_and_no_dead_one(night, published):
    night(target(), checks=[replace(link_check(TARGET, "ok", 200), parked=True)])
    snapshot = published()
    answer = link_wrong.run(snapshot, TODAY, EDITION.params["link-wrong"])

    assert [TARGET] == list(answer.findings["subject_url"])
    assert "域名已出售、停放或过期,所在页面1个" == answer.findings["observed"][0]
    assert link_dead.run(snapshot, TODAY, PARAMS).findings.empty


def test_a_wrong_address_is_given_as_written(night, published):
    written = "http://192.168.1.8/oa/"
    night(target(written, wrong="intranet", internal=False), target())
    answer = link_wrong.run(published(), TODAY, EDITION.params["link-wrong"])

    assert [written] == list(answer.findings["subject_url"])
    assert "内网地址,所在页面1个" == answer.findings["observed"][0]
