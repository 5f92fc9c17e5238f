"""A fault is mended only when what it is about was read again, and its check no longer finds it."""

import pandas as pd
import pytest

from analytics.checks.shared.findings import finding_keys
from analytics.editions.chosen import load_edition
from analytics.judging.recheck import addresses, judge
from govcrawl.records.items import Face, FaceTrial, HostCheck, Link, TextMark, TextReading
from tests.analytics.frames import TODAY
from tests.warehouse.folders import HOME, PORTAL, iso, link_check, page, site_visit

RULES = load_edition("inspection-2019")
GONE = f"{HOME[PORTAL]}zt/gone.html"
LIST = f"{HOME[PORTAL]}dtyw/"


def fault(
    check_id: str, subject_url: str, carriers: list[str] | None = None, *, whole: bool | None = None
) -> dict:
    return {
        "finding_key": "unknown to tonight",
        "site_code": PORTAL,
        "check_id": check_id,
        "subject_url": subject_url,
        "state": "open",
        "origin_url": carriers[0] if carriers else None,
        "carriers": carriers,
        "carriers_whole": whole,
    }


def visited(folders, published, *, link: str | None, carrier: str = "ok"):
    """A re-check that read the home page, with the link on it or without, and what became of its target."""
    new_links = [Link(GONE, "page", "专题")] if link else []
    shown = {"new_links": new_links, "link_nos": [0][: len(new_links)]} if carrier == "ok" else {}
    site_run = folders.run("site", page(PORTAL, outcome=carrier, **shown), site_visit(PORTAL))
    folders.run("links", *([link_check(GONE, link)] if link else []), hour=4, of_run=site_run)
    return published()


def result(snapshot, one: dict) -> str:
    return judge(snapshot, TODAY, RULES, pd.DataFrame([one]))["result"][0]


@pytest.mark.parametrize(
    ("link", "carrier", "whole", "expected"),
    [
        ("ok", "ok", False, "mended"),  # it opens
        (None, "ok", True, "mended"),  # taken away from every page that carried it
        (None, "ok", False, "unmeasured"),  # other pages may carry it yet
        (None, "blocked", True, "unmeasured"),
        ("timeout", "ok", True, "unmeasured"),
        ("server_error", "ok", True, "unmeasured"),  # without a second night a 5xx proves nothing
    ],
)
def test_a_dead_link_is_mended_when_it_opens_or_is_gone_from_its_pages(
    folders, published, link, carrier, whole, expected
):
    one = fault("link-dead", GONE, [HOME[PORTAL]], whole=whole)

    assert expected == result(visited(folders, published, link=link, carrier=carrier), one)


@pytest.mark.parametrize(("carrier", "gone"), [("not_found", True), ("ok", False)])
def test_what_went_with_its_page_says_so(folders, published, carrier, gone):
    snapshot = visited(folders, published, link=None, carrier=carrier)
    faults = [fault("link-dead", GONE, [HOME[PORTAL]], whole=True), fault("tags-missing", HOME[PORTAL])]
    judged = judge(snapshot, TODAY, RULES, pd.DataFrame(faults)).set_index("check_id")

    assert ("mended", gone) == tuple(judged.loc["link-dead", ["result", "page_gone"]])
    assert gone == judged.loc["tags-missing", "page_gone"]


def test_a_fault_that_is_found_again_is_still_there(folders, published):
    snapshot = visited(folders, published, link="not_found")
    one = fault("link-dead", GONE, [HOME[PORTAL]], whole=True)
    found = judge(snapshot, TODAY, RULES, pd.DataFrame([one | {"finding_key": key_of(GONE)}]))

    assert [("still", True)] == [(row.result, "页面不存在" in row.observed) for row in found.itertuples()]


def key_of(subject: str, check_id: str = "link-dead") -> str:
    named = {"site_code": [PORTAL], "check_id": [check_id], "subject_url": [subject], "aspect": [""]}
    return finding_keys(pd.DataFrame(named))[0]


@pytest.mark.parametrize(
    ("shown", "expected"),
    [
        ({"tls_outcome": "ok", "tls_problem": None}, "mended"),
        ({"tls_outcome": "ok", "tls_problem": "expired"}, "still"),
        ({"tls_outcome": "timeout", "tls_problem": None}, "unmeasured"),
        (None, "unmeasured"),
    ],
)
def test_a_certificate_is_mended_when_a_sound_one_was_shown(folders, published, shown, expected):
    home = HOME[PORTAL].replace("http:", "https:")
    folders.run("site", page(PORTAL, final_url=home), site_visit(PORTAL))
    facts = {"ipv6_outcome": "not_attempted", "ipv6_status": None, "ipv6_known": False, "ipv6_route": False}
    seen = [HostCheck(PORTAL, "www", iso(TODAY), 1, 443, **facts, **shown)] if shown else []
    folders.run("surroundings", *seen, hour=3)
    one = fault("tls-invalid", HOME[PORTAL]) | {"finding_key": key_of(HOME[PORTAL], "tls-invalid")}

    assert expected == result(published(), one)


def test_a_page_whose_link_opens_was_not_read_for_that(folders, published):
    snapshot = visited(folders, published, link="ok")

    assert "unmeasured" == result(snapshot, fault("tags-missing", GONE, [HOME[PORTAL]], whole=True))


def test_only_what_the_faults_are_about_is_visited():
    faults = pd.DataFrame(
        [
            fault("link-dead", GONE, [HOME[PORTAL], LIST], whole=True),
            fault("link-wrong", "E:\\1.doc", [LIST], whole=True),
            fault("tags-missing", f"{LIST}1.html", [HOME[PORTAL]], whole=True),
        ]
    )

    assert {
        "pages": {PORTAL: [f"{LIST}1.html", HOME[PORTAL], LIST]},
        "targets": ["E:\\1.doc", GONE],
        "faces": {},
    } == addresses(faults)


ARTICLE = f"{HOME[PORTAL]}a.html"
SLIP = TextMark("typo", "crawl", "按装", "安装", "请【按装】。", 1, 1, "", certain=True)


@pytest.mark.parametrize(
    ("marks", "state", "outcome", "expected"),
    [
        ([], "read", "ok", "mended"),
        ([SLIP], "read", "ok", "still"),
        ([], "cut", "ok", "unmeasured"),  # the rest may have it yet
        ([], None, "ok", "unmeasured"),  # read by nobody
        ([], "read", "timeout", "unmeasured"),
    ],
)
def test_a_wrong_word_is_mended_when_its_page_came_and_its_text_was_read_to_the_end(
    folders, published, marks, state, outcome, expected
):
    shows = page(PORTAL, "a.html", read_state="read", outcome=outcome, text_sha256="t" * 64)
    folders.run("visit", page(PORTAL, read_state="read"), shows, site_visit(PORTAL))
    folders.run("texts", *([TextReading("t" * 64, "r", 9, state, marks)] if state else []), hour=5)
    named = {
        "site_code": [PORTAL],
        "check_id": ["typo"],
        "subject_url": [ARTICLE],
        "aspect": ["按装\x1f安装"],
    }
    one = fault("typo", ARTICLE) | {"finding_key": finding_keys(pd.DataFrame(named))[0]}

    assert expected == result(published(), one)


@pytest.mark.parametrize(
    ("outcome", "words", "expected"),
    [
        ("ok", [], "mended"),
        ("not_found", [], "mended"),
        ("ok", ["gambling: 新葡京", "gambling: 北京赛车"], "still"),
        ("blocked", [], "unmeasured"),
        (None, [], "unmeasured"),
    ],
)
def test_another_face_is_mended_when_its_visitor_was_shown_the_page_of_everybody(
    folders, published, outcome, words, expected
):
    home = HOME[PORTAL]
    folders.run("visit", page(PORTAL, read_state="read"), site_visit(PORTAL))
    faces = [
        Face(name, name, home, "ok", 200, home, iso(TODAY), title="岚川市人民政府")
        for name in ("plain", "phone")
    ]
    if outcome:
        faces.append(
            Face("spider", "spider", home, outcome, 200, home, iso(TODAY), title="岚川", words=words)
        )
    folders.run("surroundings", *([FaceTrial(PORTAL, iso(TODAY, 5), 2, faces)] if outcome else []), hour=5)
    named = {"site_code": [PORTAL], "check_id": ["cloaking"], "subject_url": [home], "aspect": ["spider"]}
    one = fault("cloaking", home) | {"finding_key": finding_keys(pd.DataFrame(named))[0]}

    assert expected == result(published(), one)
