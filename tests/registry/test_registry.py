"""A registry as offices keep it: files of several kinds in, typed rows or named problems out."""

from dataclasses import asdict
from datetime import date, datetime
from pathlib import Path

import pytest
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st

from govcrawl.records.errors import RegistryError, UserError
from govcrawl.registry import (
    Problem,
    Registry,
    Site,
    init_registry,
    load_registry,
    read_registry,
    store_registry,
    stored_registry,
)
from govcrawl.registry.columns import FILES
from govcrawl.registry.store import _content_sha256

SITES = "site_code,name,home_url,unit\n3301000001,某市政府,http://www.example.gov.cn/,某市人民政府办公室\n"


def write(folder: Path, **files: str) -> Path:
    for stem, text in files.items():
        (folder / f"{stem}.csv").write_text(text, "utf-8")
    return folder


def workbook(path: Path, rows: list[list[object]]) -> None:
    book = xlsxwriter.Workbook(path, {"strings_to_numbers": False, "strings_to_formulas": False})
    sheet = book.add_worksheet()
    day, moment = (book.add_format({"num_format": form}) for form in ("yyyy-mm-dd", "yyyy-mm-dd hh:mm"))
    for number, row in enumerate(rows):
        for column, value in enumerate(row):
            if isinstance(value, date):
                is_moment = isinstance(value, datetime)
                sheet.write_datetime(number, column, value, moment if is_moment else day)
            else:
                sheet.write(number, column, value)
    book.close()


def errors_of(folder: Path) -> list[Problem]:
    return [problem for problem in read_registry(folder)[1] if problem.severity == "error"]


def warnings_of(folder: Path) -> list[Problem]:
    return [problem for problem in read_registry(folder)[1] if problem.severity == "warning"]


def only_error(folder: Path) -> Problem:
    errors = errors_of(folder)
    assert len(errors) == 1, [str(error) for error in errors]
    assert errors[0].remedy
    return errors[0]


# ---------- what is read


def test_english_headers_are_read(tmp_path):
    registry = load_registry(write(tmp_path, sites=SITES))

    expected = Site("3301000001", "某市政府", "http://www.example.gov.cn/", "某市人民政府办公室")
    assert (expected,) == registry.sites
    assert (expected.status, expected.has_services, expected.render) == ("正常", True, "auto")


def test_chinese_and_english_headers_mix_in_any_order(tmp_path):
    text = (
        "主办单位,home_url,运行状态,网站标识码,NAME,是否有对外服务职能,层级,网站类型,渲染方式\n"
        "某县政府,https://www.example.gov.cn/,例外,3301220002,某县,否,县,门户,browser\n"
    )

    site = load_registry(write(tmp_path, sites=text)).sites[0]

    assert site == Site(
        "3301220002",
        "某县",
        "https://www.example.gov.cn/",
        "某县政府",
        None,
        "县",
        "门户",
        "例外",
        has_services=False,
        render="browser",
    )


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_every_encoding_offices_save_in_is_read(tmp_path, encoding):
    (tmp_path / "sites.csv").write_bytes(SITES.encode(encoding))

    assert "某市政府" == load_registry(tmp_path).sites[0].name


def test_a_workbook_and_a_csv_file_make_the_same_registry(tmp_path):
    csv_folder, xlsx_folder = tmp_path / "csv", tmp_path / "xlsx"
    csv_folder.mkdir()
    xlsx_folder.mkdir()
    write(
        csv_folder,
        sites=SITES,
        sections="site_code,name,url,class,update_days\n3301000001,要闻,http://www.example.gov.cn/a/,动态要闻,7\n",
        accounts="account_id,platform,name,last_post_on\nA1,微信,某发布,2026-11-02\n",
        tickets="id,site_code,received_at\n7,3301000001,2026-11-02 08:30\n",
        submissions="unit,month,submitted\n某市人民政府办公室,2026-11,12\n",
    )
    workbook(
        xlsx_folder / "sites.xlsx",
        [
            ["网站标识码", "网站名称", "首页网址", "主办单位", "是否有对外服务职能"],
            [3301000001, "某市政府", "http://www.example.gov.cn/", "某市人民政府办公室", True],
        ],
    )
    workbook(
        xlsx_folder / "sections.xlsx",
        [
            ["网站标识码", "栏目名称", "栏目网址", "栏目类别", "更新期限"],
            [3301000001, "要闻", "http://www.example.gov.cn/a/", "动态要闻", 7],
        ],
    )
    workbook(
        xlsx_folder / "accounts.xlsx",
        [["账号标识", "平台", "账号名称", "最近更新日期"], ["A1", "微信", "某发布", date(2026, 11, 2)]],
    )
    workbook(
        xlsx_folder / "tickets.xlsx",
        [["编号", "网站标识码", "收到时间"], [7, 3301000001, datetime(2026, 11, 2, 8, 30)]],  # noqa: DTZ001
    )
    workbook(
        xlsx_folder / "submissions.xlsx",
        [["报送单位", "月份", "报送数量"], ["某市人民政府办公室", date(2026, 11, 1), 12.0]],
    )

    assert load_registry(csv_folder) == load_registry(xlsx_folder)


def test_a_time_without_zone_is_shanghai_and_is_kept_as_utc(tmp_path):
    write(
        tmp_path,
        sites=SITES,
        tickets="id,site_code,received_at,answered_at\n"
        "1,3301000001,2026-11-02 07:30,2026-11-02T00:30:00Z\n"
        "2,3301000001,2026/11/2,\n"
        "3,3301000001,2026年11月2日,2026-11-02 08:00+08:00\n",
    )

    tickets = load_registry(tmp_path).tickets

    assert [
        ("2026-11-01T23:30:00.000000", "2026-11-02T00:30:00.000000"),
        ("2026-11-01T16:00:00.000000", None),
        ("2026-11-01T16:00:00.000000", "2026-11-02T00:00:00.000000"),
    ] == [(ticket.received_at, ticket.answered_at) for ticket in tickets]


def test_formula_looking_text_stays_text(tmp_path):
    write(tmp_path, sites=SITES.replace("某市政府", '"=HYPERLINK(""x"")"'))

    assert '=HYPERLINK("x")' == load_registry(tmp_path).sites[0].name


def test_a_letter_keeps_its_lines(tmp_path):
    write(tmp_path, sites=SITES, messages='id,site_code,content\n1,3301000001,"你好\n再见"\n')

    assert "你好\n再见" == load_registry(tmp_path).messages[0].content


def test_blank_rows_and_trailing_commas_of_spreadsheets_are_nothing(tmp_path):
    write(tmp_path, sites=SITES.replace("\n", ",,\n") + ",,,,,\n\n")

    assert 1 == len(load_registry(tmp_path).sites)
    assert [] == warnings_of(tmp_path)


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("BM18000002", "bm18000002"),
        ("65bm010039", "65BM010039"),
        ("3300000001", "3300000001"),  # a province
        ("3301000001", "3301000001"),  # a city
        ("3301060001", "3301060001"),  # a county
        ("3301030001", "3301030001"),  # a county abolished in 2021
        ("3207040001", "3207040001"),  # a district abolished in 2001
    ],
)
def test_a_site_code_may_be_of_a_ministry_or_of_any_region_that_ever_was(tmp_path, written, kept):
    write(tmp_path, sites=SITES.replace("3301000001", written))

    assert kept == load_registry(tmp_path).sites[0].site_code


def test_closed_sites_stay_in_the_registry_and_out_of_the_inspection(tmp_path):
    text = "site_code,name,home_url,unit,status\n"
    text += "".join(
        f"330100000{n},站{n},http://{n}.gov.cn/,办,{status}\n"
        for n, status in enumerate(["正常", "例外", "关停"])
    )

    registry = load_registry(write(tmp_path, sites=text))

    assert 3 == len(registry.sites)
    assert ["正常", "例外"] == [site.status for site in registry.running_sites()]


# ---------- what spreadsheets do to a table


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


# ---------- what is wrong in one cell


@pytest.mark.parametrize(
    "code",
    [
        "330100001",
        "33010000011",
        "9801000001",
        "bm1800000",
        "66BM010039",
        "330100000x",
    ],
)
def test_a_bad_site_code_is_an_error(tmp_path, code):
    error = only_error(write(tmp_path, sites=SITES.replace("3301000001", code)))

    assert ("sites.csv", 2, code) == (error.file, error.line, error.value)
    assert "site" in error.message


def test_a_site_code_that_a_spreadsheet_shortened_says_so(tmp_path):
    workbook(
        tmp_path / "sites.xlsx",
        [["site_code", "name", "home_url", "unit"], [101000001, "某", "http://a.gov.cn/", "办"]],
    )

    error = only_error(tmp_path)

    assert ("sites.xlsx", 2, "101000001") == (error.file, error.line, error.value)
    assert "lost digits" in error.message
    assert "as text" in error.remedy


def test_a_number_that_the_spreadsheet_rounded_is_an_error(tmp_path):
    write(tmp_path, sites=SITES)
    workbook(tmp_path / "tickets.xlsx", [["id", "site_code"], [12345678901234567890, "3301000001"]])

    assert "rounded" in errors_of(tmp_path)[0].message


@pytest.mark.parametrize(
    ("url", "says"),
    [
        ("首页", "without http"),
        ("www.example.gov.cn、www.other.gov.cn", "without http"),
        ("ftp://www.example.gov.cn/", "without http"),
        ("http://user:pw@www.example.gov.cn/", "credentials"),
        ("http://@www.example.gov.cn/", "credentials"),
        ("http://www.example.gov.cn/a b", "blank"),
        ("http:///a", "host"),
        ("http://www..gov.cn/", "host"),
        ("http://www.example.gov.cn:99999/", "malformed"),
        ("http://[::1/", "malformed"),
        ("http://www.example.gov.cn\\a", "backslash"),
    ],
)
def test_an_address_nobody_could_visit_is_an_error(tmp_path, url, says):
    error = only_error(write(tmp_path, sites=SITES.replace("http://www.example.gov.cn/", url)))

    assert (2, url) == (error.line, error.value)
    assert says in error.message


@pytest.mark.parametrize(
    "url",
    ["http://政府.政务/", "https://www.example.gov.cn:8443/a?b=c", "HTTP://127.0.0.2/", "http://[::1]/"],
)
def test_unusual_addresses_that_can_be_visited_are_kept_as_written(tmp_path, url):
    write(tmp_path, sites=SITES.replace("http://www.example.gov.cn/", url))

    assert url == load_registry(tmp_path).sites[0].home_url


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("level", "镇"),
        ("kind", "门户网站"),
        ("status", "运行"),
        ("render", "chrome"),
        ("has_services", "有"),
        ("region_code", "980000"),
        ("region_code", "3301"),
    ],
)
def test_a_value_outside_its_list_is_an_error(tmp_path, column, value):
    lines = SITES.splitlines()

    error = only_error(write(tmp_path, sites=f"{lines[0]},{column}\n{lines[1]},{value}\n"))

    assert ("sites.csv", 2, value) == (error.file, error.line, error.value)
    assert error.message.startswith(column)


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("class", "新闻"),
        ("rank", "三级"),
        ("update_days", "14天"),
        ("update_days", "0"),
        ("update_days", "-1"),
        ("update_days", "1.5"),
        ("entry_selector", "ul["),
    ],
)
def test_a_bad_value_of_a_section_is_an_error(tmp_path, column, value):
    row = {"class": "其他", "rank": "", "update_days": "", "entry_selector": ""} | {column: value}
    header = "site_code,name,url," + ",".join(row)
    line = "3301000001,要闻,http://www.example.gov.cn/a/," + ",".join(row.values())

    error = only_error(write(tmp_path, sites=SITES, sections=f"{header}\n{line}\n"))

    assert ("sections.csv", 2, value) == (error.file, error.line, error.value)


@pytest.mark.parametrize(
    "value",
    [
        "2026-02-30",
        "26-11-02",
        "11/02/2026",
        "昨天",
        "2026-11-02 25:00",
        "0026-01-01",
        "2026-11-02 08:00+99:00",
    ],
)
def test_a_day_that_never_was_is_an_error(tmp_path, value):
    write(tmp_path, sites=SITES, tickets=f"id,site_code,received_at\n1,3301000001,{value}\n")

    assert ("tickets.csv", 2, value) == (only_error(tmp_path).file, 2, only_error(tmp_path).value)


@pytest.mark.parametrize("value", ["2026-13", "十一月", "2026", "2026-11-02"])
def test_a_month_must_be_a_month(tmp_path, value):
    write(tmp_path, sites=SITES, submissions=f"unit,month,submitted\n办,{value},1\n")

    assert value == only_error(tmp_path).value


@pytest.mark.parametrize("value", ["http://a.com/", "*.a.com", "com", "a..com", "a.com:80"])
def test_an_approved_domain_is_a_bare_domain(tmp_path, value):
    write(tmp_path, sites=SITES, approved_links=f"domain\n{value}\n")

    assert value == only_error(tmp_path).value


@pytest.mark.parametrize("char", ["\x00", "\x07", "\x1b", "\u200b", "\u202e"])
def test_invisible_characters_are_an_error(tmp_path, char):
    error = only_error(write(tmp_path, sites=SITES.replace("某市政府", f"某{char}市政府")))

    assert f"U+{ord(char):04X}" in error.message
    assert char not in str(error)  # a terminal would obey it


def test_a_required_cell_left_blank_is_an_error(tmp_path):
    error = only_error(write(tmp_path, sites=SITES.replace("某市政府", " \u3000")))

    assert (2, "name is blank") == (error.line, error.message)


# ---------- what is wrong with a file


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


# ---------- what is wrong between rows


def test_a_site_code_given_twice_is_an_error_whatever_its_case(tmp_path):
    rows = "bm18000002,部,http://a.gov.cn/,部\nBM18000002,部,http://b.gov.cn/,部\n"

    error = only_error(write(tmp_path, sites=SITES.splitlines()[0] + "\n" + rows))

    assert (3, "bm18000002") == (error.line, error.value)
    assert "line 2" in error.message


SECTIONS = "site_code,name,url,class\n3301000001,要闻,http://www.example.gov.cn/a/,动态要闻\n"


@pytest.mark.parametrize(
    "again",
    [
        "3301000001,要闻,http://www.example.gov.cn/a/,动态要闻",
        "3301000001,新闻,http://www.example.gov.cn/a/,通知公告",
        "3301000001,新闻,http://WWW.example.gov.cn/a/,通知公告",
    ],
)
def test_a_section_given_twice_is_an_error(tmp_path, again):
    error = only_error(write(tmp_path, sites=SITES, sections=f"{SECTIONS}{again}\n"))

    assert 3 == error.line
    assert "duplicate section" in error.message


def test_a_section_of_an_unlisted_site_is_an_error(tmp_path):
    error = only_error(write(tmp_path, sites=SITES, sections=SECTIONS.replace("0001,", "0009,")))

    assert ("sections.csv", 2, "3301000009") == (error.file, error.line, error.value)


def test_a_broken_row_of_a_site_does_not_orphan_its_sections(tmp_path):
    error = only_error(write(tmp_path, sites=SITES.replace("http:", ""), sections=SECTIONS))

    assert "sites.csv" == error.file


@pytest.mark.parametrize(
    ("class_and_days", "wrong"), [("动态要闻,", 1), ("其他,", 0), ("在线访谈,", 0), ("其他,30", 1)]
)
def test_a_closed_site_may_have_no_section_with_a_term(tmp_path, class_and_days, wrong):
    write(
        tmp_path,
        sites=SITES.replace("unit\n", "unit,status\n").replace("办公室\n", "办公室,关停\n"),
        sections=f"site_code,name,url,class,update_days\n3301000001,要闻,http://a.gov.cn/,{class_and_days}\n",
    )

    assert wrong == sum("关停" in error.message for error in errors_of(tmp_path))


@pytest.mark.parametrize(
    ("units", "loop"),
    [
        ("甲,甲\n", "甲 → 甲"),
        ("甲,乙\n乙,甲\n", "甲 → 乙 → 甲"),
        ("丁,甲\n甲,乙\n乙,丙\n丙,甲\n", "甲 → 乙 → 丙 → 甲"),
    ],
)
def test_units_that_are_each_others_parent_are_an_error(tmp_path, units, loop):
    write(tmp_path, sites=SITES.replace("某市人民政府办公室", "甲"), units=f"unit,parent\n{units}")

    assert loop == only_error(tmp_path).value


def test_a_tree_of_units_is_no_loop(tmp_path):
    write(
        tmp_path, sites=SITES, units="unit,parent\n某市人民政府办公室,\n甲,某市人民政府办公室\n乙,甲\n丙,甲\n"
    )

    assert [] == read_registry(tmp_path)[1]


def test_a_unit_nobody_listed_is_a_warning_said_once(tmp_path):
    write(
        tmp_path,
        sites=SITES + "3301000002,乙,http://b.gov.cn/,某市人民政府办公室\n",
        units="unit\n甲\n",
    )

    assert ["某市人民政府办公室"] == [warning.value for warning in warnings_of(tmp_path)]


def test_a_parent_nobody_listed_is_an_error(tmp_path):
    write(tmp_path, sites=SITES, units="unit,parent\n某市人民政府办公室,\n甲,无此单位\n")

    error = only_error(tmp_path)
    assert ("units.csv", 3, "无此单位") == (error.file, error.line, error.value)


def test_a_vertical_unit_needs_the_unit_that_leads_it(tmp_path):
    write(tmp_path, sites=SITES, units="unit,parent,垂直管理\n某市人民政府办公室,,否\n某市税务局,,是\n")

    assert [(3, "某市税务局")] == [(warning.line, warning.value) for warning in warnings_of(tmp_path)]


def test_only_a_required_section_may_lack_an_address(tmp_path):
    write(
        tmp_path,
        sites=SITES,
        sections="site_code,name,url,class,必设栏目,最少条数\n"
        "3301000001,政策解读,,政策解读,是,2\n3301000001,要闻,,动态要闻,否,\n",
    )

    error = only_error(tmp_path)
    assert ("sections.csv", 3, "要闻") == (error.file, error.line, error.value)
    missing = read_registry(tmp_path)[0].sections[0]
    assert ("", True, 2) == (missing.url, missing.required, missing.min_entries)


@pytest.mark.parametrize("stem", ["self_checks", "spot_checks"])
def test_results_people_give_name_a_site_and_say_something(tmp_path, stem):
    header = "网站标识码,指标编号,结论,得分,检查日期\n"
    rows = [
        "3301000001,,合格,92.5,2026-11-01",
        "3301000001,,,,",
        "3301000001,home-links,尚可,,",
        "3301000001,home-stale,,1e9,",
    ]
    write(tmp_path, sites=SITES, **{stem: header + "\n".join(rows)})

    assert [(3, "3301000001"), (4, "尚可"), (5, "1e9")] == [
        (error.line, error.value) for error in errors_of(tmp_path)
    ]


@pytest.mark.parametrize("stem", ["tickets", "messages"])
def test_letters_need_a_site_and_an_id_of_their_own(tmp_path, stem):
    write(tmp_path, sites=SITES, **{stem: "id,site_code\n1,3301000001\n1,3301000001\n2,3301000009\n"})

    assert [(3, "1"), (4, "3301000009")] == [(error.line, error.value) for error in errors_of(tmp_path)]


def test_an_answer_before_its_letter_is_a_warning(tmp_path):
    write(
        tmp_path,
        sites=SITES,
        tickets="id,site_code,received_at,answered_at\n1,3301000001,2026-11-02,2026-11-01\n",
    )

    assert ["tickets.csv"] == [warning.file for warning in warnings_of(tmp_path)]


# ---------- beginning and keeping a registry


def test_a_new_registry_has_every_file_with_its_headers(tmp_path):
    written = init_registry(tmp_path / "new")

    assert [f"{file.stem}.csv" for file in FILES] == [path.name for path in written]
    assert (
        (tmp_path / "new" / "sites.csv").read_bytes().startswith(b"\xef\xbb\xbfsite_code,name,home_url,unit")
    )
    assert ["no site is listed"] == [problem.message for problem in read_registry(tmp_path / "new")[1]]


def test_beginning_a_registry_again_never_overwrites(tmp_path):
    write(tmp_path, sites=SITES)
    workbook(tmp_path / "units.xlsx", [["单位名称"]])

    written = {path.name for path in init_registry(tmp_path)}

    assert SITES == (tmp_path / "sites.csv").read_text("utf-8")
    assert not written & {"sites.csv", "units.csv"}
    assert [] == init_registry(tmp_path)


def full_registry(folder: Path) -> Registry:
    write(
        folder,
        sites=SITES,
        sections=SECTIONS,
        units="unit,parent,region_code,contact,phone\n某市人民政府办公室,,330100,某人,0571-0\n",
        accounts="account_id,platform,name,unit,url,feed_url,last_post_on\nA1,微博,某发布,,,,2026-11-02\n",
        tickets="id,site_code,received_at,answered_at,status,content\nT1,3301000001,2026-11-02,,办理中,=1+1\n",
        messages='id,site_code,content\nM1,3301000001,"两\n行"\n',
        approved_links="domain,site_code,approved_by,approved_on\nExample.COM,,某人,2026-01-02\n",
        submissions="unit,month,submitted\n某市人民政府办公室,2026年11月,0\n",
        self_checks="site_code,score,checked_on\n3301000001,92.5,2026-11-01\n",
        spot_checks="site_code,indicator_id,verdict\n3301000001,home-links,不合格\n",
    )
    return load_registry(folder)


def test_a_stored_registry_comes_back_as_it_was(tmp_path):
    registry = full_registry(tmp_path)
    stored = tmp_path / "registries"

    sha256 = store_registry(registry, stored)

    assert asdict(registry) == asdict(stored_registry(stored, sha256))
    assert sha256 == store_registry(registry, stored)
    assert [sha256] == [path.name for path in stored.iterdir()]


def test_a_registry_stored_before_a_kind_of_file_existed_is_read(tmp_path):
    registry = Registry((Site("3301000001", "甲", "http://a.gov.cn/", "甲"),))
    sha256 = store_registry(registry, tmp_path / "today")
    (tmp_path / "today" / sha256 / "self_check.jsonl").unlink()
    older = _content_sha256(
        {path.name: path.read_bytes() for path in (tmp_path / "today" / sha256).iterdir()}
    )
    (tmp_path / "today" / sha256).rename(tmp_path / "today" / older)

    assert registry == stored_registry(tmp_path / "today", older)


def test_the_order_of_rows_makes_no_other_registry(tmp_path):
    header, first = SITES.splitlines()
    second = "3301000002,乙,http://b.gov.cn/,乙"
    names = []
    for rows in ([first, second], [second, first]):
        write(tmp_path, sites="\n".join([header, *rows]))
        names.append(store_registry(load_registry(tmp_path), tmp_path / "registries"))

    assert 1 == len(set(names))


@pytest.mark.parametrize("harm", ["alter", "remove"])
def test_a_stored_registry_that_was_touched_is_refused(tmp_path, harm):
    stored = tmp_path / "registries"
    sha256 = store_registry(full_registry(tmp_path), stored)
    file = stored / sha256 / "site.jsonl"
    if harm == "alter":
        file.write_bytes(file.read_bytes().replace(b"3301000001", b"3301000002"))
    else:
        file.unlink()

    with pytest.raises(RegistryError, match="new run"):
        stored_registry(stored, sha256)


@settings(max_examples=60, deadline=None)
@given(body=st.binary(max_size=400), suffix=st.sampled_from(["csv", "xlsx"]))
def test_no_bytes_whatever_make_the_reader_raise(tmp_path_factory, body, suffix):
    folder = tmp_path_factory.mktemp("registry")
    (folder / f"sites.{suffix}").write_bytes(body)

    assert any(problem.severity == "error" for problem in read_registry(folder)[1])


@settings(max_examples=100, deadline=None)
@given(cells=st.lists(st.text(max_size=30), min_size=10, max_size=10))
def test_no_cells_whatever_make_the_reader_raise(tmp_path_factory, cells):
    folder = tmp_path_factory.mktemp("registry")
    header = ",".join(column.header for column in FILES[0].columns)
    row = ",".join('"' + cell.replace('"', '""') + '"' for cell in cells)
    (folder / "sites.csv").write_bytes(f"{header}\n{row}\n".encode("utf-8", "surrogatepass"))

    read_registry(folder)


def test_the_users_working_days_survive_being_stored(tmp_path):
    write(
        tmp_path, sites=SITES, working_days="日期,是否工作日,备注\n2027-02-06,否,春节\n2027-02-20,是,调休\n"
    )
    registry = load_registry(tmp_path)
    sha256 = store_registry(registry, tmp_path / "stored")

    assert {date(2027, 2, 6): False, date(2027, 2, 20): True} == {
        row.day: row.working for row in stored_registry(tmp_path / "stored", sha256).working_days
    }
