"""What spreadsheets and printed forms do to a table, and what is read of it all the same."""

import pytest
import xlsxwriter

from govcrawl.registry import (
    load_registry,
)
from tests.registry.folders import SITES, errors_of, only_error, warnings_of, workbook, write


@pytest.mark.parametrize(
    "written",
    [
        '"=""3301000001"""',
        '="3301000001"',
        "'3301000001",
        "’3301000001",
        "3301000001\t",
        "\t3301000001",
        " 3301000001 ",
        "３３０１０００００１",
        "3301000001.0",
        '"3,301,000,001"',
        "3.301000001E+09",
        "3301 000001",
    ],
)
def test_a_code_whose_digits_are_all_there_is_read(tmp_path, written):
    write(tmp_path, sites=SITES.replace("3301000001", written))

    assert "3301000001" == load_registry(tmp_path).sites[0].site_code


@pytest.mark.parametrize("written", ["3.301E+09", "3.30100000E9", "3E+09"])
def test_a_code_in_powers_of_ten_that_lost_digits_is_an_error(tmp_path, written):
    error = only_error(write(tmp_path, sites=SITES.replace("3301000001", written)))

    assert ("sites.csv", 2, written) == (error.file, error.line, error.value)
    assert "lost digits" in error.message


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("www.example.gov.cn", "http://www.example.gov.cn"),
        ("example.gov.cn/", "http://example.gov.cn/"),
        ("www.example.gov.cn:8080/a/index.html", "http://www.example.gov.cn:8080/a/index.html"),
        ("http：//www.example.gov.cn/", "http://www.example.gov.cn/"),
        ("ｗｗｗ．example．gov．cn", "http://www.example.gov.cn"),
        ("www。example。gov。cn", "http://www.example.gov.cn"),
    ],
)
def test_an_address_as_the_forms_write_it_is_read(tmp_path, written, read):
    write(tmp_path, sites=SITES.replace("http://www.example.gov.cn/", written))

    assert read == load_registry(tmp_path).sites[0].home_url


@pytest.mark.parametrize("mark", [";", "\t", "；"])
@pytest.mark.parametrize("lead", ["", "sep={}\r\n"])
def test_cells_may_be_parted_by_other_marks(tmp_path, mark, lead):
    text = SITES.replace("某市政府", "某市,政府" if mark != "," else "某市政府")
    text = text.replace(",", mark).replace(f"某市{mark}政府", "某市,政府")
    write(tmp_path, sites=lead.format(mark) + text)

    assert "某市,政府" == load_registry(tmp_path).sites[0].name


FORM = [
    ["某市政府网站基本信息表（2026年）", "", "", "", ""],
    ["填报单位：某市人民政府办公室", "", "", "", ""],
    ["序号", "网站\n标识码*", "网站名称", "首页网址（URL）", "主办单位"],
    ["一、市直部门", "", "", "", ""],
    [1, 3301000001, "某市政府", "www.example.gov.cn", "办"],
    ["序号", "网站\n标识码*", "网站名称", "首页网址（URL）", "主办单位"],
    [2, 3301000002, "某市财政局", "czj.example.gov.cn", "局"],
    ["合计", 2, "", "", ""],
    ["备注：以上数据截至9月底", "", "", "", ""],
    ["填报人：某某", "", "", "审核人：某某", "2026年9月30日"],
]


def test_a_form_with_title_headings_total_and_remarks_is_read(tmp_path):
    workbook(tmp_path / "sites.xlsx", FORM)

    assert ["某市政府", "某市财政局"] == [site.name for site in load_registry(tmp_path).sites]
    said = {problem.line: problem.message for problem in warnings_of(tmp_path)}
    assert {1, 2, 3, 4, 6, 8, 9, 10} == set(said)
    assert "a total" in said[8]
    assert "headers again" in said[6]


def test_a_unit_merged_over_several_rows_is_that_of_each(tmp_path):
    book = xlsxwriter.Workbook(tmp_path / "sites.xlsx")
    sheet = book.add_worksheet()
    sheet.write_row(0, 0, ["site_code", "name", "home_url", "unit"])
    sheet.write_row(1, 0, ["3301000001", "甲", "http://a.gov.cn/"])
    sheet.write_row(2, 0, ["3301000002", "乙", "http://b.gov.cn/"])
    sheet.merge_range(1, 3, 2, 3, "某市人民政府办公室")
    book.close()

    assert ["某市人民政府办公室"] * 2 == [site.unit for site in load_registry(tmp_path).sites]


@pytest.mark.parametrize("row", ["合计,2,,", "合计,,,", "总计：,2,,2"])
def test_a_total_where_the_code_should_be_is_no_site(tmp_path, row):
    write(tmp_path, sites=SITES + row + "\n")

    assert "a total" in warnings_of(tmp_path)[-1].message


@pytest.mark.parametrize(
    "row",
    [
        ",某市教育局,http://jyj.gov.cn/,局",  # a site without its code
        "3301000002,,,",  # a code alone
        ",某市教育局,,",  # a name alone
        "3301000002,合计公司,http://h.gov.cn/,",
    ],
)
def test_a_row_that_may_be_a_site_is_never_left_out(tmp_path, row):
    assert errors_of(write(tmp_path, sites=SITES + row + "\n"))


@pytest.mark.parametrize("body", [b"PK\x03\x04rest", b"<html><table>", b"\xd0\xcf\x11\xe0\xa1\xb1"])
def test_another_file_under_the_name_of_a_csv_says_what_it_is(tmp_path, body):
    (tmp_path / "sites.csv").write_bytes(body)

    error = only_error(tmp_path)

    assert "under the name of a CSV file" in error.message
    assert ".xlsx" in error.remedy


@pytest.mark.parametrize("name", ["sites.xls", "sites.et", "sites.ods"])
def test_a_table_of_another_format_is_not_called_missing_as_well(tmp_path, name):
    (tmp_path / name).write_bytes(b"<html><table>")

    assert "neither CSV nor XLSX" in only_error(tmp_path).message


@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("=cmd|' /C calc'!A0", "formula"),
        ("@SUM(1+1)", "formula"),
        ("+1+cmd", "formula"),
        ("<script>alert(1)</script>", "markup"),
        ("<img src=x onerror=alert(1)>", "markup"),
        ("../../etc/passwd", "another folder"),
        ("..\\..\\x", "another folder"),
    ],
)
def test_a_name_that_would_act_elsewhere_is_warned_of_and_kept(tmp_path, name, says):
    write(tmp_path, sites=SITES.replace("某市政府", f'"{name}"'))

    (warning,) = warnings_of(tmp_path)
    assert ("sites.csv", 2, name) == (warning.file, warning.line, warning.value)
    assert says in warning.message
    assert name == load_registry(tmp_path).sites[0].name


@pytest.mark.parametrize("name", ["某市政府（3<5）", "A/B..C", "-", "12345-热线", "“=”号网"])
def test_plain_names_are_not_warned_of(tmp_path, name):
    assert not warnings_of(write(tmp_path, sites=SITES.replace("某市政府", f'"{name}"')))


@pytest.mark.parametrize("value", ["#REF!", "#N/A", "########"])
def test_a_spreadsheets_own_error_is_no_name(tmp_path, value):
    assert "spreadsheet" in only_error(write(tmp_path, sites=SITES.replace("某市政府", value))).message


def test_a_formula_that_nothing_has_worked_out_is_named_with_its_remedy(tmp_path):
    book = xlsxwriter.Workbook(tmp_path / "sites.xlsx")
    sheet = book.add_worksheet()
    for row, line in enumerate(SITES.splitlines()):
        sheet.write_row(row, 0, line.split(","))
    sheet.write_formula(1, 1, '=CONCATENATE("某市","政府")', None, "")
    book.close()

    (warning,) = warnings_of(tmp_path)

    assert (2, "B2") == (warning.line, warning.value)
    assert "save it" in warning.remedy
    assert "blank" in only_error(tmp_path).message
