"""Findings out as a clerk's file, decisions back in: everything of a file or nothing, every problem at once."""

import csv
from datetime import date, timedelta

import openpyxl
import pytest

from analytics.review import form
from analytics.review.export import export
from analytics.review.intake import take_in
from govcrawl.records.decisions import recorded
from govcrawl.records.errors import UserError
from tests.analytics.review.conftest import NOW, SHA256
from tests.warehouse.folders import HOME, PORTAL


@pytest.fixture
def exported(judged, tmp_path):
    [path, page] = export(*judged, tmp_path / "review.xlsx")
    assert tmp_path / "review.html" == page
    return path


def fill(path, rows: dict[str, dict[str, object]], *, sheet: str = form.FINDINGS, by: str = "问题所在"):
    """Write into the rows whose `by` cell is the key, as a clerk does, and save."""
    book = openpyxl.load_workbook(path)
    cells = book[sheet]
    headers = [cell.value for cell in cells[1]]
    for row in cells.iter_rows(min_row=2):
        for header, value in rows.get(row[headers.index(by)].value, {}).items():
            row[headers.index(header)].value = value
    book.save(path)
    return path


A, B = (f"{HOME[PORTAL]}zt/{name}.html" for name in ("a", "b"))


def test_the_file_is_one_to_work_in(exported):
    book = openpyxl.load_workbook(exported)
    sheet = book[form.FINDINGS]

    assert [form.FINDINGS, form.ROWS, form.HELP] == book.sheetnames
    assert ("C2", f"A1:U{sheet.max_row}") == (sheet.freeze_panes, sheet.auto_filter.ref)
    assert {'"确认,误报,说明免计"', '"是"'} == {
        check.formula1 for check in sheet.data_validations.dataValidation
    }
    assert all("f" != cell.data_type for row in sheet.iter_rows() for cell in row)
    links = {cell.hyperlink.target for row in sheet.iter_rows() for cell in row if cell.hyperlink}
    assert {f"review-pages\\{SHA256}.html"} == links  # as Excel writes it
    copy = (exported.parent / "review-pages" / f"{SHA256}.html").read_text("utf-8")
    assert "<script" not in copy
    assert "&lt;script&gt;alert(1)" in copy


def test_decisions_come_back_as_they_were_written(data, exported):
    until = date(2026, 12, 31)
    fill(
        exported,
        {
            A: {"判定": "误报", "说明": "看错了"},
            B: {"判定": "说明免计", "说明": "域名迁移", "截止日期": until},
        },
    )
    fill(
        exported,
        {"leaders": {"判定": "不通过", "分值": 1.5}, "veto-safety": {"判定": "通过"}},
        sheet=form.ROWS,
        by="指标编号",
    )
    told = take_in(data, exported, "王敏", None, NOW)

    assert told.startswith("5 decision(s) recorded, 0 known already")
    made = {(each.indicator_id or each.reason): each for each in recorded(data)}
    assert ("dismissed", "王敏", "review.xlsx") == (
        made["看错了"].decision,
        made["看错了"].decided_by,
        made["看错了"].source_file,
    )
    assert ("explained", "2026-12-31") == (made["域名迁移"].decision, made["域名迁移"].until_on)
    assert ("fail", 1.5, PORTAL) == (
        made["leaders"].decision,
        made["leaders"].points,
        made["leaders"].site_code,
    )
    assert take_in(data, exported, "王敏", None, NOW).startswith("0 decision(s) recorded, 5 known already")


@pytest.mark.parametrize(("encoding", "dates"), [("utf-8-sig", "2026-12-31"), ("gb18030", "2026/12/31")])
def test_a_csv_file_comes_back_as_a_spreadsheet_saves_it(data, judged, tmp_path, encoding, dates):
    findings, rows, _page = export(*judged, tmp_path / "review.csv")
    assert "review-人工检查项.csv" == rows.name
    with findings.open(encoding="utf-8-sig", newline="") as file:
        header, *lines = csv.reader(file)
    assert not any(cell.startswith(("=", "+", "-", "@")) for line in lines for cell in line)
    place = {name: header.index(name) for name in header}
    line = next(line for line in lines if line[place["问题所在"]] == B)
    line[place["判定"]], line[place["说明"]], line[place["截止日期"]] = "说明免计", "搬迁,周末完成", dates
    moved = [place["判定"], *(number for number in range(len(header)) if number != place["判定"])]
    saved = tmp_path / "填好.csv"
    with saved.open("w", encoding=encoding, newline="") as file:
        csv.writer(file).writerows([each[number] for number in moved] for each in (header, *lines))
    take_in(data, saved, "王敏", None, NOW)

    [made] = recorded(data)
    assert ("explained", "搬迁,周末完成", "2026-12-31") == (made.decision, made.reason, made.until_on)


def test_every_problem_is_told_at_once_and_nothing_is_recorded(data, exported):
    fill(
        exported,
        {
            A: {"判定": "无罪", "截止日期": "明天"},
            B: {"判定": "说明免计", "截止日期": "2026-11-01"},
            "http://10.0.0.1/oa": {"说明": "忘了"},
        },
    )
    fill(
        exported,
        {"leaders": {"判定": "不通过", "分值": 99}, "veto-safety": {"判定": "不通过", "分值": 1}},
        sheet=form.ROWS,
        by="指标编号",
    )
    with pytest.raises(UserError) as told:
        take_in(data, exported, "王敏", None, NOW)

    for words in (
        "8 problem(s), nothing was recorded",
        "review.xlsx [问题]:",
        "unknown 判定: '无罪'. Expected one of 确认 误报 说明免计.",
        "截止日期: not a date: '明天'",
        "截止日期 has passed: '2026-11-01'",
        "说明 is blank",
        "说明 is filled and 判定 is not: '忘了'",
        "review.xlsx [人工检查项]:",
        "more points than the row can move: '99'. leaders: at most 2.",
        "more points than the row can move: '1'. veto-safety: it moves none.",
    ):
        assert words in str(told.value)
    assert [] == recorded(data)


def test_a_file_for_other_findings_or_without_its_columns_is_refused(data, exported, tmp_path):
    book = openpyxl.load_workbook(exported)
    book[form.FINDINGS]["A2"].value = "F-0123456789abcdef"
    headers = [cell.value for cell in book[form.FINDINGS][1]]
    book[form.FINDINGS].cell(2, headers.index("判定") + 1).value = "确认"
    book[form.ROWS].delete_cols([cell.value for cell in book[form.ROWS][1]].index("判定") + 1)
    book.save(exported)
    with pytest.raises(UserError) as told:
        take_in(data, exported, "王敏", None, NOW)
    assert "[问题]:2: error: unknown finding: '0123456789abcdef'" in str(told.value)
    assert "[人工检查项]:1: error: column is missing: '判定'" in str(told.value)

    empty = tmp_path / "empty.xlsx"
    openpyxl.Workbook().save(empty)
    with pytest.raises(UserError, match=r"empty.xlsx: error: file is empty"):
        take_in(data, empty, "王敏", None, NOW)

    (tmp_path / "other.csv").write_text("甲,乙\n1,2\n", "utf-8")
    with pytest.raises(UserError, match=r"other.csv:1: error: no table of a review file: '甲,乙'"):
        take_in(data, tmp_path / "other.csv", "王敏", None, NOW)


def test_two_people_who_differ_are_both_named_until_one_overrules(data, exported):
    take_in(data, fill(exported, {A: {"判定": "误报"}, B: {"判定": "确认"}}), "王敏", None, NOW)
    later = NOW + timedelta(hours=1)
    fill(exported, {A: {"判定": "确认"}, B: {"判定": "确认"}})
    with pytest.raises(UserError, match=r"李强 decides 确认, 王敏 decided 误报 .review.xlsx, row"):
        take_in(data, exported, "李强", None, later)
    assert 2 == len(recorded(data))

    told = take_in(data, fill(exported, {A: {"改判": "是"}}), "李强", None, later)
    assert told.startswith("1 decision(s) recorded, 1 known already")
    assert ("confirmed", "李强", True) == (
        recorded(data)[-1].decision,
        recorded(data)[-1].decided_by,
        recorded(data)[-1].supersedes,
    )
    take_in(
        data, fill(exported, {A: {"判定": "误报", "改判": None}}), "李强", None, later + timedelta(hours=1)
    )
    assert "dismissed" == recorded(data)[-1].decision


def test_two_rows_of_one_file_that_differ_are_refused(data, exported):
    book = openpyxl.load_workbook(exported)
    sheet = book[form.FINDINGS]
    place = [cell.value for cell in sheet[1]].index("判定") + 1
    sheet.append([cell.value for cell in sheet[2]])
    for row, word in ((2, "误报"), (sheet.max_row, "确认")):
        sheet.cell(row, place).value = word
    book.save(exported)

    with pytest.raises(UserError, match="Two rows of this file differ; keep one"):
        take_in(data, exported, "王敏", None, NOW)


def test_a_clock_that_was_set_back_is_told(data, exported):
    take_in(data, fill(exported, {A: {"判定": "误报"}}), "王敏", None, NOW)
    with pytest.raises(UserError, match="the clock was set back"):
        take_in(data, fill(exported, {A: {"判定": "确认"}}), "王敏", NOW - timedelta(days=1), NOW)
    with pytest.raises(UserError, match="lies in the future"):
        take_in(data, exported, "王敏", NOW + timedelta(days=1), NOW)
