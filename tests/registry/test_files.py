"""What is wrong with a file of a registry, or with its directory."""

import pytest
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st

from govcrawl.records.errors import RegistryError, UserError
from govcrawl.registry import (
    init_registry,
    load_registry,
    read_registry,
)
from govcrawl.registry.columns import FILES
from tests.registry.folders import SITES, errors_of, only_error, warnings_of, workbook, write


def test_problems_of_all_files_come_at_once_in_order(tmp_path):
    write(
        tmp_path,
        sites="site_code,name,home_url,unit,level\n123,站,ftp://www.a.gov.cn,办,镇\n3301000001,,http://a.gov.cn/,办,市\n",
        sections="site_code,name,url,class\n3301000002,要闻,http://a.gov.cn/x/,新闻\n",
        submissions="unit,month,submitted\n办,2026-13,-1\n",
    )

    found = [(error.file, error.line) for error in errors_of(tmp_path)]

    expected = [
        *[("sites.csv", 2)] * 3,
        ("sites.csv", 3),
        *[("sections.csv", 2)] * 2,
        *[("submissions.csv", 2)] * 2,
    ]
    assert expected == found


def test_nothing_is_loaded_from_a_broken_registry(tmp_path):
    write(tmp_path, sites=SITES + "12,站,a,办\n")

    with pytest.raises(
        RegistryError, match=r"2 error\(s\)(.|\n)*sites.csv:3: .*'12'(.|\n)*sites.csv:3: .*'a'"
    ):
        load_registry(tmp_path)


def test_a_missing_directory_says_what_to_do(tmp_path):
    with pytest.raises(UserError, match="registry init"):
        read_registry(tmp_path / "absent")


def test_without_sites_there_is_no_registry(tmp_path):
    assert "missing" in only_error(tmp_path).message


@pytest.mark.parametrize("text", ["", "\n\n", " , ,\n"])
def test_an_empty_file_is_an_error(tmp_path, text):
    assert "empty" in only_error(write(tmp_path, sites=text)).message


def test_headers_without_a_site_are_an_error(tmp_path):
    assert "no site" in only_error(write(tmp_path, sites=SITES.splitlines()[0])).message


def test_other_files_may_be_empty_below_their_headers(tmp_path):
    init_registry(tmp_path)
    write(tmp_path, sites=SITES)

    assert (1, ()) == (len(load_registry(tmp_path).sites), load_registry(tmp_path).sections)


def test_an_unknown_column_is_only_a_warning(tmp_path):
    write(tmp_path, sites=SITES.replace("unit\n", "unit,备注\n").replace("办公室\n", "办公室,x\n"))

    assert [] == errors_of(tmp_path)
    assert ["备注"] == [warning.value for warning in warnings_of(tmp_path)]


@pytest.mark.parametrize("again", ["name", "网站名称", "Name"])
def test_a_column_that_is_there_twice_is_an_error(tmp_path, again):
    errors = errors_of(write(tmp_path, sites=SITES.replace("unit\n", f"unit,{again}\n")))

    assert ["name", again] == [error.value for error in errors]
    assert all("twice" in error.message for error in errors)


def test_a_missing_column_does_not_hide_what_is_wrong_in_the_others(tmp_path):
    write(tmp_path, sites="site_code,name,home_url\n123,某市政府,ftp://www.example.gov.cn\n")

    assert ["unit", "123", "ftp://www.example.gov.cn"] == [problem.value for problem in errors_of(tmp_path)]


def test_a_missing_column_is_named_in_both_languages(tmp_path):
    error = only_error(write(tmp_path, sites="site_code,name,unit\n3301000001,站,办\n"))

    assert "home_url" in error.remedy
    assert "首页网址" in error.remedy


def test_a_file_of_another_kind_is_told_what_its_headers_are(tmp_path):
    assert "site_code" in only_error(write(tmp_path, sites="a;b\n1;2\n")).remedy


def test_a_table_in_two_files_is_an_error(tmp_path):
    write(tmp_path, sites=SITES)
    workbook(tmp_path / "sites.xlsx", [["site_code"]])

    error = only_error(tmp_path)

    assert ("sites.xlsx", "sites.csv") == (error.file, error.value)


def test_a_row_with_too_many_cells_is_an_error(tmp_path):
    error = only_error(write(tmp_path, sites=SITES.rstrip() + ",多,余\n"))

    assert (2, "多") == (error.line, error.value)


def test_an_unpaired_quote_is_found_with_its_line(tmp_path):
    error = only_error(write(tmp_path, sites=SITES + '3301000002,"站,http://b.gov.cn/,办\n'))

    assert 3 == error.line
    assert "quote" in error.remedy


def test_lines_are_counted_through_cells_of_several_lines(tmp_path):
    write(tmp_path, sites=SITES, messages='id,site_code,content\n1,3301000001,"一\n二"\n2,330100,x\n')

    assert 4 == only_error(tmp_path).line


@pytest.mark.parametrize(
    ("body", "says"),
    [
        (SITES.encode("utf-16"), "encoding"),
        (SITES.encode("utf-8") + b"\n\xff\xff\xff", "neither UTF-8 nor GB18030"),
    ],
)
def test_an_encoding_that_is_not_read_is_an_error(tmp_path, body, says):
    (tmp_path / "sites.csv").write_bytes(body)

    assert says in only_error(tmp_path).message


@pytest.mark.parametrize("body", [b"", b"PK\x03\x04junk", b"plain text"])
def test_a_broken_workbook_is_an_error(tmp_path, body):
    (tmp_path / "sites.xlsx").write_bytes(body)

    assert "not a readable workbook" in only_error(tmp_path).message


def test_a_stray_cell_far_away_does_not_eat_the_memory(tmp_path):
    rows = [["site_code", "name", "home_url", "unit"]]
    book = xlsxwriter.Workbook(tmp_path / "sites.xlsx")
    sheet = book.add_worksheet()
    sheet.write_row(0, 0, rows[0])
    sheet.write(1_048_575, 16_383, "x")
    book.close()

    assert "too large" in only_error(tmp_path).message


def test_further_sheets_and_strange_files_are_warned_of(tmp_path):
    book = xlsxwriter.Workbook(tmp_path / "sites.xlsx")
    book.add_worksheet("表").write_row(0, 0, SITES.splitlines()[0].split(","))
    book.get_worksheet_by_name("表").write_row(1, 0, SITES.splitlines()[1].split(","))
    book.add_worksheet("说明").write(0, 0, "x")
    book.close()
    (tmp_path / "说明.txt").write_text("x")

    assert {"说明", ""} == {warning.value for warning in warnings_of(tmp_path)}
    assert 1 == len(load_registry(tmp_path).sites)


def test_a_registry_file_of_another_format_is_an_error(tmp_path):
    write(tmp_path, sites=SITES)
    (tmp_path / "sections.xls").write_bytes(b"x")

    assert "sections.xls" == only_error(tmp_path).file


@settings(max_examples=60)
@given(body=st.binary(max_size=400), suffix=st.sampled_from(["csv", "xlsx"]))
def test_no_bytes_whatever_make_the_reader_raise(tmp_path_factory, body, suffix):
    folder = tmp_path_factory.mktemp("registry")
    (folder / f"sites.{suffix}").write_bytes(body)

    assert any(problem.severity == "error" for problem in read_registry(folder)[1])


@settings(max_examples=100)
@given(cells=st.lists(st.text(max_size=30), min_size=10, max_size=10))
def test_no_cells_whatever_make_the_reader_raise(tmp_path_factory, cells):
    folder = tmp_path_factory.mktemp("registry")
    header = ",".join(column.header for column in FILES[0].columns)
    row = ",".join('"' + cell.replace('"', '""') + '"' for cell in cells)
    (folder / "sites.csv").write_bytes(f"{header}\n{row}\n".encode("utf-8", "surrogatepass"))

    read_registry(folder)
