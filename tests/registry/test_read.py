"""What is read of a registry: headers, encodings, formats and values as offices write them."""

from datetime import date, datetime

import pytest

from govcrawl.registry import (
    Site,
    load_registry,
)
from tests.registry.folders import SITES, warnings_of, workbook, write


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
