"""Sections of a circular that rest on the registry and on feeds: counted again in rows put there for the purpose."""

import re
import shutil
from dataclasses import replace
from datetime import timedelta

import duckdb
import pandas as pd
import pytest
from selectolax.lexbor import LexborHTMLParser

from analytics.notices.circular.accounts import names_by_platform
from analytics.notices.circular.problems import examples_of
from analytics.notices.write import figures_of, write_notices
from analytics.words.of_checks import observed_words
from govcrawl.warehouse.publish import publish
from tests.notices.conftest import BUREAU, OFFICE, PORTAL, WALLED
from tests.notices.golden import CAMPAIGN, outline
from tests.warehouse.folders import TODAY, instant

CIRCULAR = replace(CAMPAIGN, documents=("circular",))


@pytest.fixture(scope="module")
def changed(prefecture, tmp_path_factory):
    """The prefecture, whose second day has another registry, texts with errors, reprimands, and a feed that was read."""
    judged, _ = prefecture
    data = tmp_path_factory.mktemp("changed") / "data"
    shutil.copytree(judged.data, data, symlinks=True, ignore=shutil.ignore_patterns("notices", "runs"))
    now = judged.assessments[1]
    with duckdb.connect(data / "warehouse.duckdb") as db:
        for table in ("site", "section", "unit", "account", "ticket", "submission"):
            db.execute(
                f"INSERT INTO raw.{table} SELECT * REPLACE ('later' AS registry_sha256) FROM raw.{table}"
            )
        db.execute("UPDATE raw.run SET registry_sha256 = 'later' WHERE as_of = $1", [TODAY])
        later = "WHERE registry_sha256 = 'later' AND site_code"
        db.execute(f"UPDATE raw.site SET status = '关停' {later} = '{WALLED}'")
        db.execute(
            f"UPDATE raw.site SET home_url = 'https://WWW.new.gov.cn/', kind = '频道' {later} = '{BUREAU}'"
        )
        db.execute(f"UPDATE raw.site SET status = '正常' {later} = '6500000009'")
        db.execute(
            f"UPDATE raw.site SET home_url = 'https://' || home_url[8:] {later} = '{PORTAL}'"
        )  # the same host
        db.executemany(
            "INSERT INTO raw.reprimand VALUES ('later', ?, ?, ?, ?, NULL)",
            [
                (OFFICE, TODAY, "约谈", 3),
                ("岚川市交通局", TODAY, "书面检查", 1),
                (OFFICE, TODAY - timedelta(days=60), "调离或免职", 5),  # another period
            ],
        )
        db.executemany(
            "INSERT INTO raw.spot_check (registry_sha256, site_code, indicator_id, verdict, checked_on) VALUES ('later', ?, ?, ?, ?)",
            [
                (PORTAL, None, "不合格", TODAY - timedelta(days=1)),
                (PORTAL, None, "合格", TODAY),  # the newest counts
                (BUREAU, "home-links", "不合格", TODAY),  # of one row only
                (WALLED, None, "合格", TODAY),  # shut down since
            ],
        )
        db.execute(
            "INSERT INTO raw.finding SELECT f.* REPLACE ('typo' AS check_id, 't' || finding_key || n AS finding_key, 'found' AS state) "
            "FROM (FROM raw.finding WHERE assessment_id = $1 AND site_code IS NOT NULL ORDER BY finding_key LIMIT 2) AS f, range(3) AS r(n)",
            [now],
        )
        shown = (f"{TODAY}T09:00", "6500000009", "http://old.lanchuan.gov.cn/1.html", f"{TODAY}T08:00", 24)
        db.executemany(
            "INSERT INTO raw.repost VALUES (?, ?, ?, '关于甲的通知', ?, ?, ?, ?, ?, ?, 'r')",
            [
                (now, code, f"http://{code}.gov.cn/{number}.html", *shown, late)
                for number, (code, late) in enumerate(
                    [
                        (PORTAL, False),
                        (PORTAL, True),
                        (BUREAU, True),
                        (BUREAU, True),
                        (BUREAU, True),
                        (BUREAU, None),
                    ]
                )
            ],
        )
        reported = (
            ("1", PORTAL, "found"),
            ("2", BUREAU, "confirmed"),
            ("3", BUREAU, "dismissed"),
            ("4", BUREAU, "explained"),
        )
        db.executemany(
            "INSERT INTO raw.finding SELECT f.* REPLACE ('repost-late' AS check_id, 'r' || $2 AS finding_key, $3 AS site_code, "
            "$4 AS state, 'http://' || $3 || '.gov.cn/' || $2 || '.html' AS subject_url) "
            "FROM (FROM raw.finding WHERE assessment_id = $1 AND site_code IS NOT NULL ORDER BY finding_key LIMIT 1) AS f",
            [(now, *each) for each in reported],
        )
        db.execute(
            "UPDATE raw.account SET platform = '微信公众号' WHERE registry_sha256 = 'later' AND platform = '微信'"
        )
        runs = db.execute("SELECT run_id FROM raw.run WHERE as_of = $1 AND kind = 'site'", [TODAY]).fetchall()
        db.execute(
            "INSERT INTO raw.run SELECT * REPLACE ('feeds' AS run_id, 'surroundings' AS kind) FROM raw.run WHERE run_id = $1",
            list(runs[0]),
        )
        days = [TODAY, TODAY, TODAY - timedelta(days=1), TODAY - timedelta(days=30)]
        for account, listed in (("wx-1", days), ("dy-1", days[:1]), ("wb-1", [])):
            db.execute(
                "INSERT INTO raw.feed_visit (run_id, account_id, feed_url, fetched_at, outcome, posts, dated, post_days) "
                "VALUES ('feeds', $1, '', now(), 'ok', 9, $2, $3)",
                [account, len(listed), [str(day) for day in listed]],
            )
    publish(data, instant(TODAY, 9))
    return data, now


@pytest.fixture(scope="module")
def figures(changed):
    return {figure.key: figure for figure in figures_of(*changed, CIRCULAR)}


@pytest.fixture(scope="module")
def circular(changed):
    return write_notices(*changed, CIRCULAR).of("circular")[0].read_text("utf-8")


def rows_of(html: str, title: str) -> list[list[str]]:
    for annex in LexborHTMLParser(html).css("section.annex"):
        if annex.css_first("h2").text().strip() == title:
            return [
                [cell.text().strip() for cell in row.css("td, th")][1:]
                for row in annex.css("tbody tr, tfoot tr")
            ]
    raise AssertionError(f"no annex {title}")


def test_sites_shut_moved_and_opened_since_the_inspection_before_are_counted_and_named(circular):
    text = outline(circular)
    assert "新登记网站1家，关停下线网站1家，迁移网址网站1家。" in text
    assert [
        (OFFICE, "岚川市旧网", "新登记"),
        ("青檀县人民政府办公室", "青檀县人民政府", "关停下线"),
        ("岚川市交通局", "岚川市交通局", "迁移网址"),
    ] == [tuple(row[:3]) for row in rows_of(circular, "登记网站变动情况表")]


def test_reposts_are_late_only_by_what_people_let_stand(circular):
    """Of six: one in time, one that a person called a false alarm; two late; one excused and one undecided count for nothing."""
    assert (
        "2家网站转载上级政府门户网站近期发布的文件6篇，其中2篇在上级发布后24小时内转载，24小时内转载率50.0%；"
        "2篇因页面所标时间不足以判断是否按时，未计入转载率。"
    ) in outline(circular)


def test_a_rate_of_nought_is_said(changed, tmp_path):
    data, now = tmp_path / "data", changed[1]
    shutil.copytree(changed[0], data, symlinks=True, ignore=shutil.ignore_patterns("notices", "published"))
    with duckdb.connect(data / "warehouse.duckdb") as db:
        db.execute(
            "DELETE FROM raw.repost WHERE NOT late OR url LIKE '%/3.html'"
        )  # what came in time, and what a person called so
    publish(data, instant(TODAY, 10))
    html = write_notices(data, now, CIRCULAR).of("circular")[0].read_text("utf-8")
    assert "文件4篇，其中0篇在上级发布后24小时内转载，24小时内转载率0%；2篇" in outline(html)


def test_a_score_sheet_says_how_the_site_reposted(changed):
    sheets = write_notices(*changed, CAMPAIGN, documents=["score_sheet"]).of("score_sheet")
    said = {path.stem: outline(path.read_text("utf-8")) for path in sheets}
    words = "转载上级政府门户网站近期文件2篇，24小时内转载1篇，超过24小时1篇，24小时内转载率50.0%"
    assert words in said[PORTAL]
    assert "上级文件转载" not in said[WALLED]


def test_text_and_annexes_call_a_platform_by_one_name(circular):
    assert "微信1个" in outline(circular)
    assert "微信" in [row[1] for row in rows_of(circular, "政务新媒体检查情况表")]
    assert "微信公众号" not in outline(circular)


def test_spot_checks_are_a_share_of_the_running_sites(circular):
    assert "人工抽查网站2家，抽查比例66.7%，合格1家。" in outline(circular)  # of three that run now


def test_who_was_called_to_account_within_the_period_is_counted_by_person(circular):
    said = re.search(
        r"共对(\d+)家单位问责(\d+)人次，其中约谈(\d+)人次，书面检查(\d+)人次。", outline(circular)
    )
    assert ("2", "4", "3", "1") == said.groups()
    assert "调离或免职" not in circular


def test_channels_are_counted_apart(circular):
    assert "其中频道1个" in outline(circular)


def test_posts_are_those_of_the_period_and_a_short_feed_says_so(circular):
    posts = {row[1]: row[-2] for row in rows_of(circular, "政务新媒体检查情况表")}
    assert {"微信": "3", "抖音": "不少于1", "微博": "—"} == posts


def test_errors_of_texts_are_counted_by_unit(changed, circular, figures):
    data, now = changed
    with duckdb.connect(data / "warehouse.duckdb", read_only=True) as db:
        by_unit = dict(
            db.execute(
                "SELECT unit, count(*) FROM raw.finding JOIN raw.site USING (site_code) "
                "WHERE assessment_id = $1 AND check_id = 'typo' AND registry_sha256 = 'later' GROUP BY unit",
                [now],
            ).fetchall()
        )
    rows = rows_of(circular, "各单位错情统计表")
    assert by_unit == {unit: int(number) for unit, number, _ in rows[:-1]}
    assert ["合计", "6", "6"] == rows[-1] or rows[-1][-1] == "6"
    assert 6 == figures["errors"].value == sum(by_unit.values())


def test_a_public_circular_repeats_no_advertisement_that_was_planted():
    fault = {"owner": PORTAL, "whose": "site", "name": "岚川市人民政府", "unit": OFFICE, "platform": None}
    spam = fault | {"check_id": "spam-injection", "observed": "链接所指的网站现为“澳门新葡京”,涉及赌博"}
    dead = fault | {"check_id": "link-dead", "owner": BUREAU, "observed": "页面不存在"}
    observed = {
        each["name"]: each["observed"] for each in examples_of(pd.DataFrame([spam, dead | {"name": "乙"}]))
    }
    assert ["", "页面不存在"] == sorted(observed.values())
    assert observed_words(spam).endswith("“澳门新葡京”，涉及赌博")  # the notice to the unit says all of it


def test_platforms_add_up_to_all_accounts(circular):
    *platforms, total = rows_of(circular, "政务新媒体分平台检查情况表")
    assert 3 == len(platforms)
    for place in (1, 2, 3, 4):
        assert sum(int(row[place]) for row in platforms) == int(total[place])


def test_the_sql_of_every_new_figure_gives_what_is_printed(changed, figures):
    data, _ = changed
    new = {
        key: each
        for key, each in figures.items()
        if key.startswith(("change-", "spot", "reprimand", "kind-", "error"))
    }
    assert {"change-registered", "spot", "spot-rate", "reprimands", "reprimand-1", "errors"} <= new.keys()
    with duckdb.connect(data / "published" / "latest.duckdb", read_only=True) as db:
        for key, figure in new.items():
            (number,) = db.execute(figure.sql).fetchone()
            assert f"{number:g}" == figure.printed.rstrip("%"), key


def test_a_circular_says_nothing_of_what_nobody_registered(prefecture):
    judged, _ = prefecture
    html = write_notices(judged.data, judged.assessments[0], replace(CIRCULAR, number=None)).of("circular")[0]
    text = outline(html.read_text("utf-8"))
    for words in ("问责", "抽查网站", "关停下线", "错情", "发布条数"):
        assert words not in text


def test_one_platform_under_two_names_is_one_line_and_an_unknown_one_its_own():
    assert {"微信": ("微信", "微信公众号"), "抖音": "抖音号", "本地通": "本地通"} == names_by_platform(
        ["微信公众号", "抖音号", "本地通", "微信"]
    )
