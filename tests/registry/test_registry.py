"""What is wrong between the rows of a registry."""

import pytest

from govcrawl.registry import (
    read_registry,
)
from tests.registry.folders import SECTIONS, SITES, errors_of, only_error, warnings_of, write


def test_a_site_code_given_twice_is_an_error_whatever_its_case(tmp_path):
    rows = "bm18000002,部,http://a.gov.cn/,部\nBM18000002,部,http://b.gov.cn/,部\n"

    error = only_error(write(tmp_path, sites=SITES.splitlines()[0] + "\n" + rows))

    assert (3, "bm18000002") == (error.line, error.value)
    assert "line 2" in error.message


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


def test_the_official_order_of_units_holds_for_all_or_none(tmp_path):
    write(tmp_path, sites=SITES, units="unit,parent,排序\n某市人民政府办公室,,1\n某市税务局,,\n")
    error = only_error(tmp_path)
    assert ("units.csv", 3, "某市税务局") == (error.file, error.line, error.value)


@pytest.mark.parametrize(
    ("address", "fits"),
    [
        ("xxgk@bgs.gov.cn", True),
        ("a b@bgs.gov.cn", False),
        ("王敏 <a@b.cn>", False),
        ("a@b", False),
        ("a@b.cn,c@d.cn", False),
    ],
)
def test_a_unit_has_one_plain_mail_address(tmp_path, address, fits):
    write(tmp_path, sites=SITES, units=f'unit,parent,电子邮箱\n某市人民政府办公室,,"{address}"\n')
    problems = [problem for problem in read_registry(tmp_path)[1] if problem.value == address]
    assert fits == (not problems)


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


ACCOUNTS = "account_id,platform,name,unit,url,kind,filing_number,complaint_url\n"


def test_an_account_of_two_units_is_an_error_where_its_address_says_so(tmp_path):
    same = "https://weibo.com/lanchuan"
    write(tmp_path, sites=SITES, accounts=f"{ACCOUNTS}a,微博,发布,甲,{same},,,\nb,微博,发布,乙,{same},,,\n")
    error = only_error(tmp_path)

    assert ("accounts.csv", 3, same) == (error.file, error.line, error.value)
    assert "line 2" in error.message


def test_the_same_name_of_two_units_is_a_warning_and_the_front_page_of_a_platform_no_account(tmp_path):
    front = "https://weibo.com/"
    write(
        tmp_path,
        sites=SITES,
        accounts=f"{ACCOUNTS}a,微博,发布,甲,{front},,,\nb,微博,发布,乙,{front},,,\nc,微信,发布,乙,,,,\n",
    )

    assert ["微博 发布"] == [warning.value for warning in warnings_of(tmp_path)]


def test_a_platform_nobody_knows_and_an_app_with_gaps_are_warned_of(tmp_path):
    rows = "a,微信公众号,甲,甲,,,,\nb,云上号,乙,乙,,,,\nc,移动客户端,丙,丙,,移动客户端,,\nd,小程序,丁,丁,,小程序,无,无\ne,小程序,戊,戊,,小程序,办理中,无\n"
    write(tmp_path, sites=SITES, accounts=ACCOUNTS + rows)

    told = [(warning.line, warning.value) for warning in warnings_of(tmp_path)]
    assert [(3, "云上号"), (4, "丙"), (4, "丙"), (6, "戊")] == told
