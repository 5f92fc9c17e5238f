import pandas as pd
import pytest

from analytics.checks import section_missing
from tests.analytics.frames import SITE, frame, sites

HOME = f"http://www.{SITE}.gov.cn/"
URL = f"{HOME}zcjd/"
REQUIRED = "site_code home_url section_name section_url class rank outcome stand_in status fetched_at opened run_id home_outcome"


def judged(*named: tuple[str, str], **facts):
    row = {
        "site_code": SITE,
        "home_url": HOME,
        "section_name": "政策解读",
        "section_url": URL,
        "class": "政策解读",
        "rank": "一级",
        "outcome": "not_found",
        "stand_in": None,
        "status": 404,
        "opened": False,
        "run_id": "r",
        "home_outcome": "ok",
    } | facts
    required = frame(REQUIRED, row)
    menu = pd.DataFrame(
        [(SITE, name, url) for name, url in named], columns=["site_code", "section_name", "section_url"]
    )
    return section_missing.judge(sites(), required, menu)


def state(*named: tuple[str, str], **facts) -> str:
    row = judged(*named, **facts).measured.iloc[0]
    return "fail" if row["failed"] else "unmeasured" if row["unmeasured"] else "pass"


MENU = ("动态要闻", f"{HOME}dtyw/")


@pytest.mark.parametrize(
    ("facts", "named", "expected"),
    [
        ({}, [MENU], "fail"),
        ({}, [MENU, ("政策解读", URL)], "fail"),  # the menu leads to the page that does not exist
        ({}, [MENU, ("政策解读", f"{HOME}jd/")], "unmeasured"),  # it has moved: the registry is wrong
        ({}, [MENU, ("文件解读", f"{HOME}jd/")], "unmeasured"),  # of that class, by another name
        ({}, [MENU, ("最新政策解读", f"{HOME}jd/")], "unmeasured"),
        ({}, [MENU, ("文件解读", "http://other.gov.cn/jd/")], "fail"),  # somebody else's of that class
        ({}, [MENU, ("政策解读", "http://other.gov.cn/jd/")], "unmeasured"),
        ({"outcome": "soft_not_found"}, [MENU], "fail"),
        ({"outcome": "ok", "status": 200}, [MENU], "pass"),
        ({"opened": True}, [MENU], "pass"),  # another spider read it in the same night
        ({"outcome": "timeout"}, [MENU], "unmeasured"),
        ({"outcome": "blocked"}, [MENU], "unmeasured"),
        ({"outcome": "server_error"}, [MENU], "unmeasured"),
        ({"outcome": "redirect_offsite"}, [MENU], "unmeasured"),
        ({"outcome": None}, [MENU], "unmeasured"),
        ({"home_outcome": "blocked"}, [MENU], "unmeasured"),
        ({"home_outcome": None}, [MENU], "unmeasured"),
        ({"section_url": "", "outcome": None}, [MENU], "fail"),
        ({"section_url": "", "outcome": None}, [MENU, ("政策 解读", URL)], "unmeasured"),
        ({"section_url": "", "outcome": None}, [], "unmeasured"),  # nobody could read the navigation
    ],
)
def test_only_proof_makes_a_section_missing(facts, named, expected):
    assert expected == state(*named, **facts)


def test_a_section_without_an_address_stands_under_the_home_page():
    finding = judged(MENU, section_url="", outcome=None, status=None).findings.iloc[0]

    assert HOME == finding["subject_url"]
    assert "政策解读·一级" == finding["category"]


def test_a_site_without_required_sections_has_nothing_to_answer_for():
    required = frame(REQUIRED)
    menu = pd.DataFrame(columns=["site_code", "section_name", "section_url"])
    row = section_missing.judge(sites(), required, menu).measured.iloc[0]

    assert (0, 0, 0, True) == (row["looked"], row["failed"], row["unmeasured"], row["complete"])


@pytest.mark.parametrize(
    ("stand_in", "words"),
    [
        ("same_for_any", "打开的页面与访问不存在的网址时显示的相同"),
        ("says_none", "打开的页面提示所访问的内容不存在"),
        (None, "打开的不是所指内容,而是替代页面"),  # of a folder in which nobody noted it
    ],
)
def test_a_page_in_place_of_the_section_is_told_as_it_was_seen(stand_in, words):
    finding = judged(MENU, outcome="soft_not_found", status=200, stand_in=stand_in).findings.iloc[0]

    assert f"必设栏目“政策解读”的登记地址无法打开：{words}" == finding["observed"]
