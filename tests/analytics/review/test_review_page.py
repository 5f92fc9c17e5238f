"""The review page in Chromium: decided with the keyboard alone, kept while one works, saved as the file that goes in again."""

import json
import re
from datetime import date

import orjson
import pandas as pd
import pytest
from playwright.sync_api import expect, sync_playwright

from analytics.editions.chosen import load_edition
from analytics.review import form
from analytics.review.evidence_lines import evidence_lines
from analytics.review.excerpt import excerpt
from analytics.review.export import export
from analytics.review.intake import take_in
from analytics.review.urgency import findings_by_urgency, rows_by_urgency
from govcrawl.network.chromium import find_browser, quiet_arguments
from govcrawl.records.decisions import recorded
from tests.analytics.review.conftest import NOW
from tests.notices.office_words import unfit

DESK, PHONE = {"width": 1280, "height": 900}, {"width": 390, "height": 844}


@pytest.fixture(scope="module")
def written(judged, tmp_path_factory):
    return export(*judged, tmp_path_factory.mktemp("review") / "review.xlsx")[1]


@pytest.fixture(scope="module")
def context():
    if find_browser() is None:
        pytest.skip("no Chromium on this machine: install chromium to look at the review page")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_browser(), args=quiet_arguments())
        context = browser.new_context(offline=True, accept_downloads=True)
        context.set_default_timeout(10_000)
        yield context
        browser.close()


@pytest.fixture
def page(context, written):
    page = context.new_page()
    page.goto(written.as_uri())
    page.evaluate("localStorage.clear()")
    page.goto(written.as_uri())
    yield page
    page.close()


def _shown(page) -> str:
    return page.locator("#items > li:visible article").get_attribute("id")


def test_three_faults_are_decided_by_keyboard_saved_and_taken_in(page, data, tmp_path):
    keys = [_shown(page)]
    page.keyboard.press("r")
    page.keyboard.type('看错了，"引号"')
    page.keyboard.press("Escape")
    page.keyboard.press("2")
    keys.append(_shown(page))
    page.keyboard.press("1")
    keys.append(_shown(page))
    page.keyboard.press("3")  # asks for what it needs before it moves on
    assert keys[2] == _shown(page)
    page.keyboard.type("域名搬迁")
    page.keyboard.press("Tab")
    page.keyboard.type("20300131")
    page.keyboard.press("Enter")
    page.keyboard.press("Escape")
    with page.expect_download() as saved:
        page.keyboard.press("s")
    file = tmp_path / saved.value.suggested_filename
    saved.value.save_as(file)

    assert file.name.endswith("-判定.csv")
    assert 3 == len(set(keys))
    assert take_in(data, file, "王敏", None, NOW).startswith("3 decision(s) recorded")
    made = {form.KEY_MARK + each.finding_key: each for each in recorded(data)}
    assert ("dismissed", '看错了，"引号"') == (made[keys[0]].decision, made[keys[0]].reason)
    assert "confirmed" == made[keys[1]].decision
    assert ("explained", "域名搬迁", "2030-01-31") == (
        made[keys[2]].decision,
        made[keys[2]].reason,
        made[keys[2]].until_on,
    )


def test_what_was_decided_is_kept_when_the_page_is_opened_again_and_can_be_taken_back(page, written):
    first = _shown(page)
    page.keyboard.press("1")
    page.goto(written.as_uri())
    assert first != _shown(page)
    expect(page.locator("#progress")).to_contain_text("已判定1个")

    page.keyboard.press("k")
    assert first == _shown(page)
    expect(page.get_by_role("button", name="确认", exact=False).first).to_have_attribute(
        "aria-pressed", "true"
    )
    page.keyboard.press("0")
    expect(page.locator("#progress")).to_contain_text("已判定0个")


def test_an_excuse_without_reason_and_day_is_not_saved(page):
    page.keyboard.press("3")
    page.keyboard.press("Escape")
    page.keyboard.press("s")
    expect(page.get_by_role("alert")).to_contain_text("不完整")


@pytest.mark.parametrize("written_as", ["2020年1月31日", "明天", "20300231"])
def test_a_day_that_is_none_or_has_passed_is_not_saved(page, written_as):
    page.keyboard.press("r")
    page.keyboard.type("域名搬迁")
    page.keyboard.press("Tab")
    page.keyboard.type(written_as)
    page.keyboard.press("Escape")
    page.keyboard.press("3")
    page.keyboard.press("Escape")
    page.keyboard.press("s")
    expect(page.get_by_role("alert")).to_contain_text("不完整")


def test_buttons_do_what_keys_do(page):
    first = _shown(page)
    page.get_by_role("button", name="误报").click()
    assert first != _shown(page)
    page.get_by_role("button", name="上一个").click()
    assert first == _shown(page)
    expect(page.get_by_role("button", name="误报")).to_have_attribute("aria-pressed", "true")


def test_a_row_that_only_people_can_judge_is_decided_by_keyboard_and_taken_in(page, data, tmp_path):
    page.keyboard.press("1")  # a fault as well: two files
    page.keyboard.press("m")
    row = page.locator("#items > li:visible article")
    assert "1" == row.get_attribute("data-form")
    assert page.get_by_role("button", name="误报").is_hidden()
    edition, site, account, _, indicator, _ = json.loads(row.get_attribute("data-cells"))
    page.keyboard.press("r")
    page.keyboard.type("已逐页查看")
    page.keyboard.press("Escape")
    page.keyboard.press("2")
    files = []
    for _ in range(2):
        with page.expect_download() as saved:
            page.keyboard.press("s")
        files.append(tmp_path / saved.value.suggested_filename)
        saved.value.save_as(files[-1])

    assert files[1].name.endswith("-人工检查项判定.csv")
    for file in files:
        assert take_in(data, file, "王敏", None, NOW).startswith("1 decision(s) recorded")
    made = recorded(data)[-1]
    assert (edition, site or None, account or None, indicator) == made.subject[1:]
    assert ("fail", "已逐页查看") == (made.decision, made.reason)


def test_more_points_than_a_row_can_move_are_not_saved(page):
    page.keyboard.press("m")
    while not page.locator("#points").is_visible():
        page.keyboard.press("j")
    page.locator("#points").fill("1000")
    page.locator("#points").press("Escape")
    page.keyboard.press("2")
    expect(page.get_by_role("alert")).to_contain_text("不超过满分")


NOT_OURS = (
    *("English: cmd in", "English: calc in"),  # the title of a page made to harm spreadsheets, quoted
    "English: Esc in",  # a key
    "a day that is not written out: 2026-12-31 in",  # how to write a day
)


def test_the_page_sends_nothing_fits_and_shows_what_was_kept(context, written):
    page = context.new_page()
    said, asked = [], []
    page.on("console", lambda message: said.append(message.text))
    page.on("request", lambda request: asked.append(request.url))
    for size in (DESK, PHONE):
        page.set_viewport_size(size)
        page.goto(written.as_uri())
        assert page.evaluate("document.documentElement.scrollWidth") <= size["width"]
    html = written.read_text("utf-8")
    page.close()

    assert [] == said
    assert {written.as_uri()} == set(asked)
    assert "default-src &#39;none&#39;" in html
    assert "<mark>专题</mark>" in html
    [copy] = set(re.findall(r'href="(review-pages/[^"]+)"', html))
    assert (written.parent / copy).is_file()
    assert [] == [each for each in unfit(html) if not each.startswith(NOT_OURS)]


def _findings(*rows):
    columns = ("finding_key", "indicator_id", "state", "decision", "until_on")
    frame = pd.DataFrame(rows, columns=columns)
    return frame.assign(until_on=pd.to_datetime(frame["until_on"]), max_points=None)


def test_what_waits_under_a_veto_comes_first_and_what_is_decided_last():
    rules = load_edition("inspection-2019")
    rows = _findings(
        ("found", "leaders", "found", None, None),
        ("decided", "veto-safety", "found", "confirmed", None),
        ("waits", "leaders", "awaiting", None, None),
        ("veto", "veto-safety", "found", None, None),
        ("ran out", "leaders", "found", "explained", "2026-11-01"),
        ("first", "veto-safety", "awaiting", None, None),
    )
    ordered = findings_by_urgency(rows, rules, date(2026, 11, 22))
    assert ["first", "waits", "veto", "found", "ran out", "decided"] == ordered["finding_key"].tolist()

    rows["max_points"] = [2, None, 5, None, 1, None]
    by_hand = rows_by_urgency(rows, rules, date(2026, 11, 22))
    assert ["veto", "first", "waits", "found", "ran out", "decided"] == by_hand["finding_key"].tolist()


def test_evidence_is_told_in_the_words_of_an_office():
    told = evidence_lines(
        orjson.dumps(
            {
                "outcome": "dns_failure",
                "fetched_at": "2026-11-21T18:30:00",
                "printed": "2026-11-21T18:30",
                "last_post_on": "2026-11-07",
                "estimated": False,
                "date_origin": "list",
                "failed_as": "slow timeout",
                "item": "icp",
                "links_run_id": "20261121T010000Z-links",
            }
        ).decode()
    )
    assert [
        ("访问结果", "域名无法解析"),
        ("读取时间", "2026年11月22日2时30分"),
        ("本网站标注的时间", "2026年11月21日18时30分"),
        ("最近发布日期", "2026年11月7日"),
        ("期限为估算", "否"),
        ("日期见于", "列表页"),
        ("打不开的原因", "打开时间超过限值、访问超时"),
        ("缺少的项目", "ICP备案编号"),
    ] == told


def test_an_excerpt_marks_what_the_fault_speaks_of_and_nothing_where_it_is_absent():
    words = "甲" * 200 + "联系我们 全力打造 打造" + "乙" * 200
    fault = {"observed": "未见标识", "evidence": '{"anchor_text": "联系我们"}'}
    found = excerpt(fault, words)
    assert ("…" + "甲" * 80, "联系我们") == (found.before, found.marked)
    assert found.after.endswith("…")
    assert excerpt({"observed": "未见标识", "evidence": "{}"}, words) is None
