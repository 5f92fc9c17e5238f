"""The 台账: its page, its XLSX, the pages of units and the search say what the rows of the ledger say, by SQL of the test's own."""

import json
import re

import duckdb
import openpyxl
import pytest
from click.testing import CliRunner
from playwright.sync_api import expect, sync_playwright
from selectolax.lexbor import LexborHTMLParser

from analytics.notices.intranet.index import write_index
from analytics.notices.intranet.unit_page import unit_files
from analytics.words.of_checks import check_words
from govcrawl.cli.documents import ledger
from govcrawl.network.chromium import find_browser, quiet_arguments

STANDING = ("new", "open", "reopened", "overdue")


@pytest.fixture(scope="module")
def pages(prefecture):
    judged, _written = prefecture
    return write_index(judged.data).parent / "intranet"


@pytest.fixture(scope="module")
def rows(prefecture):
    judged, _written = prefecture
    with duckdb.connect(judged.data / "published" / "latest.duckdb", read_only=True) as db:
        return db.execute(
            """SELECT l.finding_key, coalesce(s.unit, a.unit) AS unit, l.state, l.check_id, l.first_seen_on
            FROM raw.ledger AS l
            LEFT JOIN site AS s ON s.site_code = l.site_code
            LEFT JOIN account AS a ON l.subject_url = 'account:' || a.account_id
            WHERE l.assessment_id = $1""",
            [judged.assessments[-1]],
        ).fetchall()


def _cells(page, id_):
    table = LexborHTMLParser(page.read_text("utf-8")).css_first(f"[aria-labelledby={id_}] table")
    return [[cell.text(separator=" ").strip() for cell in row.css("th, td")] for row in table.css("tbody tr")]


def test_the_page_lists_every_fault_and_counts_each_unit(pages, rows):
    listed = _cells(pages / "ledger.html", "faults")
    assert len(rows) == len(listed) > 5
    assert sorted(check_words(row[3])["title"] for row in rows) == sorted(row[2] for row in listed)

    units = {row[0]: tuple(map(int, row[1:])) for row in _cells(pages / "ledger.html", "units")}
    expected = {
        unit: (
            sum(row[1] == unit and row[2] in STANDING for row in rows),
            sum(row[1] == unit and row[2] == "new" for row in rows),
            sum(row[1] == unit and row[2] == "overdue" for row in rows),
            sum(row[1] == unit and row[2] not in STANDING for row in rows),
        )
        for unit in {row[1] for row in rows}
    }
    assert expected == units


def test_the_workbook_holds_the_same_rows(prefecture, rows, tmp_path):
    judged, _written = prefecture
    out = tmp_path / "台账.xlsx"
    done = CliRunner().invoke(ledger, ["--data", str(judged.data), "--out", str(out)])
    assert 0 == done.exit_code, done.output

    book = openpyxl.load_workbook(out)
    assert ["问题台账", "按单位汇总"] == book.sheetnames
    sheet = book["问题台账"]
    head = [cell.value for cell in sheet[2]]
    body = [dict(zip(head, row, strict=True)) for row in sheet.iter_rows(min_row=3, values_only=True)]
    body = [row for row in body if row["问题编号"]]
    assert {row[0] for row in rows} == {row["问题编号"] for row in body}
    assert {row[0]: row[4] for row in rows} == {row["问题编号"]: row["首次发现"].date() for row in body}
    assert all("f" != cell.data_type for row in sheet.iter_rows() for cell in row)
    total = [row for row in book["按单位汇总"].iter_rows(values_only=True) if row[0] == "合计"]
    assert [sum(row[2] in STANDING for row in rows)] == [row[2] for row in total]


def test_a_workbook_of_another_ending_is_refused(prefecture, tmp_path):
    judged, _written = prefecture
    done = CliRunner().invoke(ledger, ["--data", str(judged.data), "--out", str(tmp_path / "a.csv")])
    assert "name it so" in str(done.exception)


def test_a_unit_has_a_page_with_its_faults_and_whom_to_call(pages, rows):
    unit = "岚川市交通局"
    text = (pages / "units" / f"{unit}.html").read_text("utf-8")
    number = sum(row[1] == unit and row[2] in STANDING for row in rows)
    assert f"尚未整改的问题{number}个" in text
    assert number == len(_cells(pages / "units" / f"{unit}.html", "standing"))


def test_units_whose_names_make_the_same_file_have_a_page_each():
    files = unit_files(["局/一", "局?一", "局"])
    assert 3 == len(set(files.values()))
    assert files == unit_files(["局", "局?一", "局/一"])


def test_the_search_knows_sites_faults_and_articles(pages, rows):
    text = (pages / "search.html").read_text("utf-8")
    kinds = json.loads(re.search(r'id="lines"[^>]*>(.*?)</script>', text, re.DOTALL)[1])
    assert ["文章", "网站", "问题"] == sorted(kinds)
    assert len(rows) == len(kinds["问题"])
    assert ["今日要闻"] == sorted({line[0] for line in kinds["文章"]})
    for lines in kinds.values():
        for line in lines:
            assert (pages.parent / line[3]).is_file()


@pytest.fixture(scope="module")
def browser():
    if find_browser() is None:
        pytest.skip("no Chromium on this machine: install chromium to look at the ledger")
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=find_browser(), args=quiet_arguments())
        yield opened
        opened.close()


def test_faults_are_chosen_by_state_and_searched_by_words(browser, pages, rows):
    page = browser.new_page()
    page.goto((pages / "ledger.html").as_uri())
    table = page.locator("table.ledger")
    page.get_by_label("状态").select_option("已整改")
    assert sum(row[2] == "fixed" for row in rows) == table.locator("tbody tr:visible").count() > 0
    page.get_by_label("状态").select_option("")
    page.get_by_label("筛选").last.fill("交通局 未")
    assert 0 < table.locator("tbody tr:visible").count() < len(rows)

    page.goto((pages / "search.html").as_uri())
    page.keyboard.type("今日 要闻")
    expect(page.get_by_role("status")).to_contain_text("找到")
    expect(page.locator("#results")).to_contain_text("今日要闻")
    page.keyboard.type(" 此词不在")
    expect(page.get_by_role("status")).to_have_text("找到0项")
    page.close()


def test_without_script_the_ledger_is_whole_and_the_search_says_where_to_look(browser, pages, rows):
    with browser.new_context(java_script_enabled=False) as context:
        page = context.new_page()
        page.goto((pages / "ledger.html").as_uri())
        assert len(rows) == page.locator("table.ledger tbody tr:visible").count()
        page.goto((pages / "search.html").as_uri())
        expect(page.get_by_text("检索需要浏览器允许运行脚本")).to_be_visible()
