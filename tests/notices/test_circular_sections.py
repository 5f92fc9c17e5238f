"""Sections of the circular that a campaign asks for by name."""

import re
import shutil
from dataclasses import replace

import duckdb
import pytest

from analytics.figures.cross_inspection import assign
from analytics.notices.campaign import CampaignError, read_campaign
from analytics.notices.circular.sections import SECTIONS
from analytics.notices.period import read_period
from analytics.notices.write import write_notices
from govcrawl.records.errors import UserError
from govcrawl.warehouse.publish import publish
from tests.notices.golden import CAMPAIGN, outline
from tests.warehouse.folders import TODAY, instant


@pytest.fixture(scope="module")
def circular(judged, tmp_path_factory) -> tuple[str, dict[str, int]]:
    """The circular of November with all sections, the inspection of the day before moved into September; and counts of SQL."""
    data = tmp_path_factory.mktemp("sections") / "data"
    shutil.copytree(judged.data, data, symlinks=True, ignore=shutil.ignore_patterns("notices", "issued"))
    first, second = judged.assessments
    with duckdb.connect(data / "warehouse.duckdb") as db:
        db.execute(
            "UPDATE raw.assessment SET as_of = as_of - INTERVAL 2 MONTH WHERE assessment_id = $1", [first]
        )
        for table in ("assessment", "site_result", "finding"):  # October, but by the rules of a province
            other = (
                ", '2026-10-15'::DATE AS as_of, 'beijing-2023' AS overlay" if table == "assessment" else ""
            )
            db.execute(
                f"INSERT INTO raw.{table} SELECT * REPLACE ('other-rules' AS assessment_id{other}) FROM raw.{table} WHERE assessment_id = $1",
                [first],
            )
        count = "SELECT count(*) FROM finding WHERE assessment_id = $1 AND state IN ('found', 'confirmed') AND site_code IS NOT NULL"
        faults = {
            name: db.execute(count, [each]).fetchone()[0]
            for name, each in (("first", first), ("second", second))
        }
    publish(data, instant(TODAY, 9))
    campaign = replace(
        CAMPAIGN, period=read_period(f"{TODAY:%Y-%m}"), sections=SECTIONS, documents=("circular",)
    )
    (written,) = write_notices(data, second, campaign).of("circular")
    return outline(written.read_text("utf-8")), faults


def _year_of(text: str) -> dict[str, list[str]]:
    """The lines of the year's table: month, or 合计, to its cells."""
    table = text[text.rindex("2026年月度检查情况汇总表") :].split("附件", maxsplit=1)[0]
    return {
        found[1]: re.findall(r"\d+|未检查|—", found[2])
        for found in re.finditer(r"(?m)^tr.*?\b(\d+月|合计)(.*)$", table)
    }


def test_the_year_is_the_sum_of_its_months_and_a_missing_month_is_a_gap(circular):
    text, faults = circular
    cells = _year_of(text)
    months = [cells[f"{number}月"] for number in range(1, 12)]

    assert ["未检查", "—", "—", "—", "—"] == months[0] == months[9]
    inspected = [[int(cell) for cell in line] for line in months if "未检查" not in line]
    assert 2 == len(inspected)
    assert [sum(column) for column in zip(*inspected, strict=True)] == [int(cell) for cell in cells["合计"]]
    assert [faults["first"], faults["second"]] == [line[4] for line in inspected]
    assert "共开展月度检查2次，累计检查网站6家次" in text
    assert "1、2、3、4、5、6、7、8、10月没有检查记录" in text


def test_what_was_not_tried_is_no_nought(circular):
    text, _ = circular
    said = text[text.index("IPv6支持情况") :].split("\n")[1]

    assert "家网站不具备检测条件，未作结论" in said
    assert "连通率" not in said  # nobody tried


def test_sections_without_facts_say_so(circular):
    text, _ = circular

    assert "未见发布解读材料" in text
    assert "未发出整改提示单" in text
    assert "尚无单位报送互评结果" in text
    assert "未报送" in text[text.rindex("交叉互评分工和结果表") :]
    assert "扣分项目均已核定的网站0家，其中无扣分点的网站0家" in text


def test_each_inspects_another_and_is_inspected_once():
    units = [f"{number}局" for number in range(9)]
    pairs = assign(units, "2026Q4")

    assert set(units) == set(pairs) == set(pairs.values())
    assert not [one for one, other in pairs.items() if one == other]
    assert pairs == assign(reversed(units), "2026Q4")
    assert pairs != assign(units, "2027Q1")
    with pytest.raises(UserError, match="2 units or more"):
        assign(["甲局"], "x")


def test_a_section_nobody_knows_is_refused(tmp_path):
    path = tmp_path / "campaign.toml"
    path.write_text('sections = ["ipv4"]\n', "utf-8")

    with pytest.raises(CampaignError, match=r"sections names 'ipv4'; known are year, ipv6"):
        read_campaign(path)


def test_the_sums_of_a_year_are_those_of_its_twelve_months(office):
    """The second of two assessments made December's, the first that of the other months, each with other faults."""
    data, (first, second) = office
    with duckdb.connect(data / "warehouse.duckdb") as db:
        db.execute("UPDATE raw.assessment SET as_of = '2026-12-20' WHERE assessment_id = $1", [second])
        for month in range(1, 12):
            copy = {"id": f"copy-{month}", "first": first, "day": f"2026-{month:02d}-15"}
            db.execute(
                "INSERT INTO raw.assessment SELECT * REPLACE ($id AS assessment_id, $day::DATE AS as_of) FROM raw.assessment WHERE assessment_id = $first",
                copy,
            )
            for table in ("site_result", "finding"):
                db.execute(
                    f"INSERT INTO raw.{table} SELECT * REPLACE ($id AS assessment_id) FROM raw.{table} WHERE assessment_id = $first",
                    {key: copy[key] for key in ("id", "first")},
                )
            db.execute(
                "DELETE FROM raw.finding WHERE assessment_id = $1 AND finding_key IN (SELECT finding_key FROM raw.finding "
                "WHERE assessment_id = $1 ORDER BY finding_key LIMIT $2)",
                [f"copy-{month}", month],
            )
    publish(data, instant(TODAY, 9))
    campaign = replace(CAMPAIGN, sections=("year",), documents=("circular",))
    (written,) = write_notices(data, second, campaign).of("circular")
    lines = _year_of(outline(written.read_text("utf-8")))
    months = [[int(cell) for cell in lines[f"{number}月"]] for number in range(1, 13)]

    assert len({month[4] for month in months}) > 3  # faults, which differ from month to month
    assert [sum(column) for column in zip(*months, strict=True)] == [int(cell) for cell in lines["合计"]]
    assert 36 == int(lines["合计"][0])
