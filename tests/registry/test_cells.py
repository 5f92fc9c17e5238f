"""What is wrong in one cell of a registry: named with file, line, value and remedy."""

import pytest

from govcrawl.registry import (
    load_registry,
)
from tests.registry.folders import SITES, errors_of, only_error, workbook, write


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
