"""A circular set beside earlier inspections, and sites ranked, where a campaign wants it."""

import re
import shutil
from dataclasses import replace
from datetime import date, timedelta

import duckdb
import pytest

from analytics.notices.campaign import CampaignError, read_campaign
from analytics.notices.earlier import days_of
from analytics.notices.write import write_notices
from govcrawl.warehouse.publish import publish
from tests.notices.golden import CAMPAIGN, outline
from tests.warehouse.folders import TODAY, instant


@pytest.mark.parametrize(
    ("span", "day", "first", "last"),
    [
        ("month", "2026-03-31", "2026-02-01", "2026-02-28"),
        ("month", "2027-01-05", "2026-12-01", "2026-12-31"),
        ("quarter", "2026-11-28", "2026-07-01", "2026-09-30"),
        ("quarter", "2027-01-05", "2026-10-01", "2026-12-31"),
        ("year", "2026-11-28", "2025-10-01", "2025-12-31"),
        ("year", "2028-02-29", "2027-01-01", "2027-03-31"),
    ],
)
def test_a_span_is_one_of_the_calendar(span, day, first, last):
    assert (date.fromisoformat(first), date.fromisoformat(last)) == days_of(span, date.fromisoformat(day))


def test_a_circular_names_the_inspection_it_is_compared_with(office):
    """The first of two assessments, moved a month back, is what the second is compared with."""
    data, (first, second) = office
    with duckdb.connect(data / "warehouse.duckdb") as db:
        db.execute(
            "UPDATE raw.assessment SET as_of = as_of - INTERVAL 1 MONTH WHERE assessment_id = $1", [first]
        )
        count = "SELECT count(*) FROM finding WHERE assessment_id = $1 AND state IN ('found', 'confirmed') AND site_code IS NOT NULL"
        then, now = (db.execute(count, [each]).fetchone()[0] for each in (first, second))
    publish(data, instant(TODAY, 9))
    campaign = replace(CAMPAIGN, compare=("month", "year"), documents=("circular",))
    (circular,) = write_notices(data, second, campaign).of("circular")
    text = outline(circular.read_text("utf-8"))

    day = (TODAY - timedelta(days=1)).replace(month=TODAY.month - 1)
    (said,) = re.findall(r"与上月（(.+?)检查）相比，(.*)。", text)
    assert f"{day.year}年{day.month}月{day.day}日" == said[0]
    assert now != then
    assert f"政府网站问题{'增加' if now > then else '减少'}{abs(now - then)}个" in said[1]
    assert "上年同期" not in text  # nothing was inspected then: said on the screen, not in the document
    assert "要求比较的上年同期没有检查" in circular.read_text("utf-8")


def test_a_ranking_lists_the_sites_that_have_a_score(office):
    data, (_, second) = office
    campaign = replace(CAMPAIGN, ranking=True, documents=("circular",))
    (circular,) = write_notices(data, second, campaign).of("circular")
    with duckdb.connect(data / "warehouse.duckdb") as db:
        scored = db.execute(
            "SELECT count(*) FROM site_result WHERE assessment_id = $1 AND score IS NOT NULL AND verdict <> 'unmeasured'",
            [second],
        ).fetchone()[0]
    table = outline(circular.read_text("utf-8")).split("政府网站得分排名表")[-1].split("h2")[0]
    assert scored == len(re.findall(r"^tr \d+ \|", table, re.MULTILINE))


def test_a_folder_written_before_a_key_was_known_keeps_its_name(office):
    data, (_, second) = office
    plain = write_notices(data, second, replace(CAMPAIGN, documents=("circular",))).folder.name
    shutil.rmtree(data / "notices")
    wanted = write_notices(
        data, second, replace(CAMPAIGN, documents=("circular",), compare=("month",))
    ).folder.name
    assert plain != wanted
    assert "2026-11-22-inspection-2019-" in plain


@pytest.mark.parametrize("line", ['compare = ["week"]', 'ranking = "yes"', 'compare = "month"'])
def test_what_cannot_be_compared_or_ranked_is_refused(tmp_path, line):
    (tmp_path / "c.toml").write_text(line + "\n", "utf-8")
    with pytest.raises(CampaignError, match=line.split(" ", 1)[0]):
        read_campaign(tmp_path / "c.toml")
