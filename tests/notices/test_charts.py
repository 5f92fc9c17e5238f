"""Charts: what is drawn is what the table says, whatever the names in it."""

import re
from datetime import datetime
from xml.etree import ElementTree as ET

from analytics.notices.charts import Bar, Point, Strip, bars, heat_map, trend
from analytics.notices.intranet.calendar import calendar
from tests.warehouse.folders import TODAY

HOSTILE = '<script>alert(1)</script>"&\x00'


def drawn(chart, tag):
    """The elements of one tag; an SVG that is no XML raises."""
    return ET.fromstring(str(chart.svg)).findall(f".//{tag}")


def test_a_chart_has_title_and_description_and_hostile_labels_stay_text():
    chart = bars("问题构成", "各类问题的数量", ("类别", "数量"), [Bar(HOSTILE, 3, "3个")])

    assert ["问题构成"] == [each.text for each in drawn(chart, "title")]
    assert ["各类问题的数量"] == [each.text for each in drawn(chart, "desc")]
    assert [] == drawn(chart, "script")
    assert ((HOSTILE, "3个"),) == chart.rows


def test_bars_are_as_long_as_their_figures_and_the_late_ones_are_filled():
    chart = bars(
        "", "", ("栏目", "天"), [Bar("甲", 40, "40天", mark=20), Bar("乙", 10, "10天", filled=False, mark=20)]
    )
    late, in_time = drawn(chart, "rect")

    assert 4 == round(float(late.get("width")) / float(in_time.get("width")), 1)
    assert late.get("fill") != "#fff" == in_time.get("fill")


def test_a_trend_leaves_a_gap_where_nothing_was_measured():
    points = [
        Point("1", 50.0, "50%"),
        Point("2", None, "—"),
        Point("3", 100.0, "100%"),
        Point("4", 0.0, "0%"),
    ]
    chart = trend("", "", ("日", "率"), points, [])
    heights = [float(each.get("cy")) for each in drawn(chart, "circle")]

    assert 3 == len(heights)
    assert heights[1] < heights[0] < heights[2]
    assert 1 == len([line for line in drawn(chart, "line") if line.get("stroke-width") == "2"])


def test_a_heat_map_draws_nothing_where_nothing_is_known_and_a_dot_for_none():
    chart = heat_map("", "", ("", "2月", ""), [Strip("甲", (None, 0, 9))], ("栏目",), [])
    _rules, none, many = (each.get("d") for each in drawn(chart, "path"))

    assert 1 == none.count("M")
    assert 1 == many.count("M")
    assert re.search(r"h10v10", many)


def test_the_calendar_counts_weeks_and_months_and_knows_what_it_never_saw():
    news = {"section_url": "u", "section_name": "要闻"}
    sections = [news, {"section_url": "v", "section_name": "从未见过"}]
    days = [
        news | {"known_from": datetime(2026, 9, 15), "published_on": datetime(2026, *day), "entries": n}  # noqa: DTZ001
        for day, n in (((9, 15), 1), ((11, 2), 2), ((11, 3), 3))
    ]
    chart = calendar(sections, days, TODAY)
    months = dict(zip(chart.head, chart.rows[0], strict=True))

    assert ("1", "0", "5") == (months["9月"], months["10月"], months["11月"])
    assert "—" == months["8月"]
    assert {"—"} == set(chart.rows[1][1:])
    squares = sum(each.get("d").count("M") for each in drawn(chart, "path")[1:])
    assert 10 == squares  # from the week of 15 September to that of today
