"""Sections proposed for sites that register none: from records, from a real crawl, and in a night."""

import csv
import os
import subprocess
import sys
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from govcrawl.night.discover import discover, newest_site_run, without_sections, write_proposals
from govcrawl.pages.sections.proposals import Proposal, propose_sections
from govcrawl.records.errors import UserError
from govcrawl.records.items import Entry, Link, NamedSection, Page
from govcrawl.records.runs import finished_runs
from govcrawl.registry import Registry, Section, Site, load_registry, read_registry
from govcrawl.registry.guards import unguarded
from govcrawl.warehouse.snapshot import Snapshot
from tests.govweb import serve
from tests.govweb.confession import sites
from tests.govweb.demo import STAGING
from tests.netlab.server import redirect
from tests.night.small_night import PATIENCE_S, small_night
from tests.spiders.inspection import ROOT, article, night, page, rows

DAY = date(2026, 3, 18)
HOME = "http://www.x.gov.cn/"
SITE = Site("3301000001", "某县人民政府", HOME, "某县人民政府办公室")


def record(path: str, **facts: Any) -> Page:
    """A page as a run records it; `facts` are fields of Page."""
    known = {
        "site_code": SITE.site_code,
        "url": HOME + path,
        "final_url": HOME + path,
        "status": 200,
        "outcome": "ok",
        "fetched_at": "2026-03-18T00:00:00.000000",
        "elapsed_s": 0.1,
        "depth": 1 if path else 0,
        "kind": "section" if path else "home",
    }
    return Page(**(known | facts))


def menu(*names: tuple[str, str], parent: str | None = None, place: str = "menu") -> list[NamedSection]:
    return [
        NamedSection(name, path if path.startswith("http") else HOME + path, place, parent)
        for name, path in names
    ]


def entries(*titles: str, day: str | None = "2026-03-01") -> list[Entry]:
    return [Entry(title, f"{HOME}a/{number}.html", day) for number, title in enumerate(titles)]


LIST = entries("关于甲的通知", "关于乙的公告", "关于丙的通知")


def proposed(*records: dict[str, Any]) -> dict[str, Proposal]:
    return {each.url.removeprefix(HOME): each for each in propose_sections(SITE, records)}


# ---------- from records


def test_a_list_that_the_menu_names_is_proposed_with_its_class():
    found = proposed(
        record("", navigation=menu(("通知公告", "tzgg/"))),
        record("tzgg/", entries=LIST),
    )["tzgg/"]

    assert ("通知公告", "通知公告", "一级", "有条目") == (
        found.name,
        found.section_class,
        found.rank,
        found.state,
    )
    assert found.confidence > 0.9
    assert "首页导航" in found.evidence
    assert "3条,最近2026-03-01" in found.evidence


def test_the_sections_stand_in_the_order_of_the_menu():
    home = record("", navigation=menu(("政策文件", "b/"), ("工作动态", "a/")))

    assert ["b/", "a/"] == list(proposed(home, record("a/", entries=LIST), record("b/", entries=LIST)))


def test_the_official_tag_names_a_section_before_its_trail_and_the_words_of_a_link():
    found = proposed(
        record("", new_links=[Link(HOME + "tzgg/", "page", "公告")]),
        record(
            "tzgg/",
            entries=LIST,
            tags={"ColumnName": "公示公告"},
            navigation=menu(("公告栏", "tzgg/"), place="trail"),
        ),
    )

    assert "公示公告" == found["tzgg/"].name


def test_a_menu_item_that_leads_to_the_first_list_below_it_is_called_as_that_list_is():
    found = proposed(
        record("", navigation=menu(("新闻中心", "xw/yw/"))),
        record(
            "xw/yw/", entries=LIST, navigation=menu(("本县要闻", "xw/yw/"), place="trail", parent="新闻中心")
        ),
    )

    assert "本县要闻" == found["xw/yw/"].name


def test_a_blank_section_is_proposed_as_such():
    found = proposed(record("", navigation=menu(("人事信息", "rsxx/"))), record("rsxx/"))

    assert "未见条目" == found["rsxx/"].state


def test_an_entrance_to_other_sections_is_none_itself():
    found = proposed(
        record(
            "",
            navigation=[*menu(("政务公开", "zwgk/")), *menu(("政策文件", "zwgk/zcwj/"), parent="政务公开")],
        ),
        record("zwgk/"),
        record("zwgk/zcwj/", entries=LIST),
    )

    assert ["zwgk/zcwj/"] == list(found)


def test_articles_and_single_pages_of_no_class_are_left_out():
    found = proposed(
        record("", navigation=menu(("迎新春", "a.html"), ("机构职能", "jgzn.html"))),
        record("a.html", kind="article"),
        record("jgzn.html", kind="other"),
    )

    assert {"jgzn.html": "单页"} == {path: each.state for path, each in found.items()}


def test_further_pages_of_a_list_are_left_out():
    found = proposed(
        record("", navigation=menu(("通知公告", "tzgg/index.html"))),
        *(record(path, entries=LIST) for path in ("tzgg/index.html", "tzgg/index_2.html", "tzgg/?page=3")),
    )

    assert ["tzgg/index.html"] == list(found)


def test_a_list_nobody_names_needs_entries_and_a_name():
    found = proposed(
        record("", new_links=[Link(HOME + "zcwj/", "page", "政策文件"), Link(HOME + "x/", "page", "")]),
        record("zcwj/", entries=LIST),
        record("x/", entries=LIST, title="某县人民政府"),
    )

    assert ["zcwj/"] == list(found)


def test_a_section_that_redirects_to_another_site_is_marked():
    found = proposed(
        record("", navigation=menu(("信息公开目录", "xxgk/"))),
        record("xxgk/", outcome="redirect_offsite", final_url="http://xxgk.example.com/", kind=None),
    )["xxgk/"]

    assert "跳转站外" == found.state
    assert "http://xxgk.example.com/" in found.evidence


def test_a_platform_with_many_links_is_one_section():
    services = menu(
        *((f"办事{number}", f"https://zwfw.example.com/{number}") for number in range(9)), parent="政务服务"
    )

    assert [("政务服务", "跳转站外")] == [
        (each.name, each.state) for each in propose_sections(SITE, [record("", navigation=services)])
    ]


def test_another_office_is_no_section():
    assert {} == proposed(record("", navigation=menu(("市统计局", "https://tjj.example.com/"))))


def test_a_section_that_could_not_be_read_stays_with_its_state_and_little_confidence():
    home = record("", navigation=menu(("通知公告", "a/"), ("政策文件", "b/"), ("工作动态", "c/")))
    found = proposed(
        home, record("a/", outcome="not_found", kind=None), record("b/", outcome="timeout", kind=None)
    )

    assert ["打不开", "未读取", "未读取"] == [found[path].state for path in ("a/", "b/", "c/")]
    assert max(each.confidence for each in found.values()) <= 0.6


def test_sections_of_one_name_are_told_apart_by_what_they_stand_under():
    home = record(
        "", navigation=[*menu(("办事指南", "jy/"), parent="就业"), *menu(("办事指南", "sb/"), parent="社保")]
    )
    found = proposed(home, record("jy/", entries=LIST), record("sb/", entries=LIST))

    assert ["办事指南(就业)", "办事指南(社保)"] == [each.name for each in found.values()]
    assert {"办事指南"} == {each.section_class for each in found.values()}


def test_a_list_below_a_list_of_its_class_is_second_level():
    found = proposed(
        record(
            "", navigation=[*menu(("政策文件", "zcwj/")), *menu(("部门文件", "zcwj/bm/"), parent="政策文件")]
        ),
        record("zcwj/", entries=LIST),
        record("zcwj/bm/", entries=LIST),
    )

    assert ["一级", "二级"] == [each.rank for each in found.values()]


def test_a_column_type_that_the_template_gives_to_all_sections_says_nothing():
    names = ["通知公告", "政策文件", "工作动态", "人事信息", "综合甲", "综合乙"]
    home = record("", navigation=menu(*((name, f"{number}/") for number, name in enumerate(names))))
    lists = [
        record(f"{number}/", entries=entries("甲", "乙"), tags={"ColumnType": "工作动态"})
        for number in range(len(names))
    ]

    assert "其他" == proposed(home, *lists)["4/"].section_class


def test_a_site_that_could_not_be_read_proposes_nothing():
    assert [] == propose_sections(SITE, [record("", outcome="timeout", kind=None)])


# ---------- the file


def test_the_file_passes_the_check_of_the_registry_as_it_is(tmp_path):
    (tmp_path / "sites.csv").write_text(
        f"site_code,name,home_url,unit\n{SITE.site_code},{SITE.name},{SITE.home_url},{SITE.unit}\n", "utf-8"
    )
    home = record("", navigation=menu(("通知公告", "tzgg/"), ("政务服务", "https://zwfw.example.com/")))
    write_proposals(propose_sections(SITE, [home, record("tzgg/", entries=LIST)]), tmp_path / "sections.csv")

    found, problems = read_registry(tmp_path)

    assert [] == problems
    assert [("通知公告", "通知公告")] == [(each.name, each.section_class) for each in found.sections][:1]


def test_a_section_that_is_called_as_a_formula_is_none_in_a_spreadsheet(tmp_path):
    proposal = Proposal(
        SITE.site_code, "=cmd|' /C calc'!A0", "http://www.ceshi.gov.cn/a/", "其他", "1", "ok", 0.5, "@x"
    )
    write_proposals([proposal], tmp_path / "sections.csv")

    (row,) = list(csv.reader((tmp_path / "sections.csv").read_text("utf-8-sig").splitlines()))[1:]
    assert [] == [cell for cell in row if cell.startswith(("=", "@"))]
    assert "@x" == unguarded(row[-1])


def test_only_running_sites_without_sections_are_looked_at():
    closed = Site("3301000002", "关停站", "http://www.y.gov.cn/", "甲", status="关停")
    registered = Site("3301000003", "有栏目", "http://www.z.gov.cn/", "乙")
    section = Section(registered.site_code, "要闻", "http://www.z.gov.cn/yw/", "动态要闻")

    assert [SITE] == without_sections(Registry((SITE, closed, registered), (section,)))


def test_without_a_finished_site_run_the_message_says_what_to_do(tmp_path):
    with pytest.raises(UserError, match="govcrawl crawl"):
        newest_site_run(finished_runs(tmp_path), tmp_path)


# ---------- from a real crawl


def crawled(registry: Path, data: Path, *settings: str, environment: dict[str, str] | None = None) -> None:
    command = [
        sys.executable,
        "-m",
        "scrapy",
        "crawl",
        "visit",
        "-a",
        f"registry={registry}",
        "-a",
        f"data={data}",
    ]
    command += ["-a", f"as_of={DAY}", "-s", "LOG_LEVEL=WARNING"]
    for setting in settings:
        command += ["-s", setting]
    known = {"PYTHONPATH": str(ROOT), "SCRAPY_SETTINGS_MODULE": "govcrawl.settings"}
    subprocess.run(command, env=os.environ | known | (environment or {}), timeout=PATIENCE_S, check=True)


def test_the_simulated_web_without_its_sections_gets_them_proposed(tmp_path, capsys):
    """What the sites confess is proposed: every section of every site that can be reached, with its class."""
    data = tmp_path / "data"
    with serve(DAY, tmp_path / "web") as web:
        (web.registry_dir / "sections.csv").unlink()
        crawled(
            web.registry_dir,
            data,
            *STAGING,
            f"RESOLVE=@{web.resolve_file}",
            environment={"SSL_CERT_FILE": str(web.ca_file)},
        )
        registry = load_registry(web.registry_dir)
    found = discover(registry, newest_site_run(finished_runs(data), data))
    reached = {each.site_code for each in found}
    confessed = {
        (site.site_code, site.home_url.rstrip("/") + section.path): section
        for site in sites()
        if site.site_code in reached
        for section in site.sections
    }
    here = {(each.site_code, each.url): each for each in found if each.state != "跳转站外"}
    hits = confessed.keys() & here.keys()
    right = sum(here[key].section_class == confessed[key].section_class for key in hits)
    with capsys.disabled():
        sys.stdout.write(
            f"\nsections of {len(reached)} simulated sites: recall {len(hits)}/{len(confessed)}, "
            f"precision {len(hits)}/{len(here)}, class {right}/{len(hits)}\n"
        )

    assert 15 <= len(reached)
    assert [] == sorted(confessed.keys() - hits)
    assert len(hits) / len(here) >= 0.95
    assert right / len(hits) >= 0.95
    assert {key: confessed[key].name for key in hits} == {key: here[key].name for key in hits}


def small_site() -> dict[str, Any]:
    navigation = (
        '<ul class="nav"><li><a href="/tzgg/">通知公告</a></li><li><a href="/zcwj/">政策文件</a></li>'
        '<li><a href="/hd/">互动交流</a></li></ul>'
    )
    notices = [
        (f"/tzgg/{number}.html", f"关于第{number}号事项的通知", "2026-03-10") for number in range(1, 5)
    ]
    return {
        "/": page(navigation, rows(*notices), title="某县人民政府"),
        "/tzgg/": page(navigation, rows(*notices), title="通知公告"),
        "/zcwj/": page(navigation, '<div class="list"><p>暂无内容</p></div>', title="政策文件"),
        "/hd/": redirect("http://hudong.example.com/"),
        **{path: article(title, day) for path, title, day in notices},
    }


def test_a_night_proposes_sections_and_judges_nothing_by_them(tmp_path):
    with night(tmp_path, {"www.x.gov.cn": small_site()}) as web:
        registry, data = tmp_path / "registry", tmp_path / "data"
        registry.mkdir()
        (registry / "sites.csv").write_text(
            f"site_code,name,home_url,unit\n{SITE.site_code},{SITE.name},{SITE.home_url},{SITE.unit}\n",
            "utf-8",
        )
        rule = f"www.x.gov.cn:80:127.0.0.1:{web.servers['www.x.gov.cn'].port}"
        told = small_night(registry, data, DAY, "--resolve", rule)
    path = next((data / "proposals").glob("*-visit/sections.csv"))
    with path.open(encoding="utf-8-sig", newline="") as file:
        listed = {row["name"]: (row["class"], row["state"]) for row in csv.DictReader(file)}
    with Snapshot.open(data) as snapshot:
        verdicts = set(snapshot.frame("site_result")["verdict"])
        checks = set(snapshot.frame("finding")["check_id"])

    assert {
        "通知公告": ("通知公告", "有条目"),
        "政策文件": ("政策文件", "未见条目"),
        "互动交流": ("政务咨询", "跳转站外"),
    } == listed
    assert str(path) in told
    assert {"unmeasured"} == verdicts
    assert not {"section-stale", "section-blank"} & checks


# ---------- what only looks like a section


def test_one_page_that_every_office_has_is_no_section_of_its_own():
    offices = [f"市{name}局" for name in "民政教育财政司法水利农业商务审计统计体育"[:18]] + [
        "市甲局",
        "市乙局",
    ]
    named = [
        each for n, office in enumerate(offices) for each in menu(("投诉平台", f"ts/{n}/"), parent=office)
    ]
    pages = [record(f"ts/{n}/", entries=LIST) for n in range(len(offices))]

    assert [] == list(proposed(record("", navigation=named), *pages))


@pytest.mark.parametrize(
    "names",
    [["市教育局", "市民政局", "市水利局"], ["柳湾镇", "河西街道", "东山乡"], ["王某某", "李某", "欧阳某某"]],
)
@pytest.mark.parametrize("read", [{}, {"kind": "other"}])
def test_offices_and_people_beside_each_other_are_a_directory(names, read):
    home = record(
        "",
        navigation=[
            *menu(*((name, f"{n}/") for n, name in enumerate(names)), parent="导航"),
            *menu(("通知公告", "tz/")),
        ],
    )

    assert ["tz/"] == list(
        proposed(home, record("tz/", entries=LIST), *(record(f"{n}/", **read) for n in range(3)))
    )


def test_leaders_below_their_list_are_no_sections():
    people = menu(*((f"市长王{n}", f"ld/{n}/") for n in "甲乙丙"), parent="领导之窗")
    home = record("", navigation=[*menu(("领导之窗", "ld/")), *people])

    assert [] == [
        path
        for path in proposed(home, *(record(f"ld/{n}/", kind="other") for n in "甲乙丙"))
        if path != "ld/"
    ]


@pytest.mark.parametrize("name", ["省政府门户网站", "政务服务网（入口）", "12345热线", "市公共资源交易平台"])
def test_another_portal_is_no_section(name):
    assert {} == proposed(record("", navigation=menu((name, "https://www.other.example.com/"))))


def test_an_entrance_that_shows_the_entries_below_it_is_none_itself():
    home = record("", navigation=menu(("东城分中心", "dc/")))
    below = [
        record(
            f"dc/{n}/", entries=LIST, navigation=menu((name, f"dc/{n}/"), place="trail", parent="东城分中心")
        )
        for n, name in enumerate(["通知公告", "政策法规"])
    ]

    assert ["dc/0/", "dc/1/"] == list(proposed(home, record("dc/", entries=LIST), *below))


def test_the_sites_own_name_in_every_title_is_no_section():
    pages = [
        record(
            f"{n}/",
            entries=LIST,
            title=f"栏目{n} - 某县人力资源信息网",
            navigation=menu((f"公告{n}号", f"{n}/"), place="trail"),
        )
        for n in range(6)
    ]

    found = proposed(
        record("", title="某县人力资源信息网"),
        *pages,
        record("map/", title="网站地图 - 某县人力资源信息网", entries=LIST),
    )

    assert "某县人力资源信息网" not in {each.name for each in found.values()}


def test_a_tag_that_the_template_repeats_on_unlike_columns_names_none():
    pages = [
        record(f"{path}/", entries=LIST, tags={"ColumnName": "工作动态"}, navigation=menu((name, f"{path}/"), place="trail"))
        for path, name in (("tz", "通知公告"), ("zc", "政策文件"), ("dt", "工作动态"))
    ]  # fmt: skip

    assert ["通知公告", "政策文件", "工作动态"] == [
        each.name for each in proposed(record(""), *pages).values()
    ]


def test_sections_of_one_name_under_one_name_are_told_apart_by_their_addresses():
    pages = [record("dc/", entries=LIST), record("xc/", entries=LIST)]
    named = []
    for branch, name in (("dc", "东城所"), ("xc", "西城所")):
        named += [
            *menu((name, f"{branch}/")),
            *menu(("新闻动态", f"{branch}/xw/")),
            *menu(("通知公告", f"{branch}/xw/tz/"), parent="新闻动态"),
        ]
        pages += [record(f"{branch}/xw/", entries=LIST), record(f"{branch}/xw/tz/", entries=LIST)]
    found = proposed(record("", navigation=named), *pages)

    assert ["通知公告(东城所)", "通知公告(西城所)"] == [found[f"{each}/xw/tz/"].name for each in ("dc", "xc")]


@pytest.mark.parametrize(
    ("parent", "name", "section_class"),
    [
        ("政策法规", "政府采购", "政策文件"),
        ("交易信息", "水利工程", "通知公告"),
        ("办事指南", "操作手册", "办事指南"),
        ("政务公开", "财政预决算", "财政信息"),
        ("工作动态", "人事考试", "人事信息"),
    ],
)
def test_what_a_list_is_about_does_not_say_what_form_it_has(parent, name, section_class):
    home = record("", navigation=menu((name, "a/"), parent=parent))

    assert (
        section_class == proposed(home, record("a/", entries=entries("甲乙丙", "丁戊己")))["a/"].section_class
    )
