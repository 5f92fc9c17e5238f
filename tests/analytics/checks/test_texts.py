"""Marks of texts become findings of pages: one a page and form, told where it stands, in doubt for a person."""

import pandas as pd

from analytics.checks.shared import texts

SITES = pd.DataFrame({"site_code": ["1", "2"]})
MARK = {
    "site_code": "1",
    "url": "http://www.a.gov.cn/a.html",
    "kind": "article",
    "run_id": "r",
    "fetched_at": pd.Timestamp("2026-03-18"),
    "body_sha256": "b",
    "text_sha256": "t",
    "check_id": "typo",
    "way": "lists",
    "observed": "按装",
    "expected": "安装",
    "excerpt": "抓紧【按装】。",
    "offset": 2,
    "count": 1,
    "reason": "错别字",
    "certain": True,
    "seen_at": [],
}

PAGE = {"site_code": "1", "attached": False, "file_state": None, "has_text": True}
FILE = {"site_code": "1", "attached": True, "file_state": "read", "has_text": True, "state": "read"}


def judged(marks, states=None):
    pages = states or {MARK["url"]: "read"}
    read = pd.DataFrame([{**PAGE, "url": url, "state": state} for url, state in pages.items()])
    return texts.judge("typo", SITES, read, pd.DataFrame([{**MARK, **mark} for mark in marks]))


def test_what_is_in_doubt_waits_for_a_person():
    answer = judged([{}, {"observed": "部份", "expected": "部分", "certain": False}])

    assert {"found", "awaiting"} == set(answer.findings["state"])
    assert [1, 0] == answer.measured["failed"].tolist()


def test_a_list_that_shows_the_title_of_an_article_is_not_told_again():
    answer = judged([{}, {"url": "http://www.a.gov.cn/", "kind": "home"}])

    assert [MARK["url"]] == answer.findings["subject_url"].tolist()
    assert ["http://www.a.gov.cn/"] == judged([{"url": "http://www.a.gov.cn/", "kind": "home"}]).findings[
        "subject_url"
    ].tolist()


def test_a_text_that_was_not_read_to_its_end_proves_nothing():
    answer = judged(
        [{}], {MARK["url"]: "read", "http://www.a.gov.cn/b.html": "cut", "http://www.a.gov.cn/c.html": None}
    )

    assert ["http://www.a.gov.cn/b.html", "http://www.a.gov.cn/c.html"] == answer.doubtful[
        "subject_url"
    ].tolist()
    assert [2, 0] == answer.measured["unmeasured"].tolist()
    assert [True, False] == answer.measured["complete"].tolist()


def test_what_a_file_says_is_told_on_it_and_a_file_without_text_is_counted():
    url = "http://www.a.gov.cn/a.xlsx"
    files = [
        {**FILE, "url": url},
        {**FILE, "url": "scan.pdf", "file_state": "pictured", "has_text": False, "state": None},
        {**FILE, "url": "locked.pdf", "file_state": "encrypted", "has_text": False, "state": None},
        {**FILE, "url": "not-yet.pdf", "file_state": None, "has_text": False, "state": None},
        {**FILE, "url": "empty.docx", "has_text": False, "state": None},
    ]
    told = {**MARK, "url": url, "kind": "attachment", "origin_url": "http://www.a.gov.cn/a.html"}
    marks = pd.DataFrame([told, {**told, "check_id": "privacy-leak"}, {**told, "check_id": "mojibake"}])

    answers = {
        check_id: texts.judge(check_id, SITES, pd.DataFrame(files), marks)
        for check_id in ("typo", "privacy-leak", "mojibake")
    }

    leak = answers["privacy-leak"]
    assert [(url, told["origin_url"], "found")] == leak.findings[
        ["subject_url", "origin_url", "state"]
    ].to_records(index=False).tolist()
    assert (5, 1, 3) == tuple(leak.measured.iloc[0][["looked", "failed", "unmeasured"]])
    assert "未能读取页面文字，附件5个（其中3个尚未读取或不能读取）" == leak.measured.iloc[0]["reason"]
    assert ["awaiting"] == answers["typo"].findings["state"].tolist()
    assert answers["mojibake"].findings.empty  # our own reader may have made it
