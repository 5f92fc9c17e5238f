"""A row that looks back over some days names the readings it rests on, and says so when there were none."""

from datetime import timedelta

from analytics.judging.assess import assess
from analytics.words.text import chinese_date
from tests.analytics.frames import TODAY
from tests.analytics.judging.test_assess import night, rows
from tests.warehouse.folders import BUREAU, PORTAL, iso, page, probe, site_visit


def test_a_row_of_the_last_days_names_its_readings(folders, published):
    night(folders)
    night(folders, days_later=3)
    later = TODAY + timedelta(days=3)
    folders.run(
        "site",
        page(BUREAU, outcome="timeout", status=None),
        site_visit(BUREAU, "home_unreachable"),
        day=later,
    )
    for hour in range(4):
        folders.run("availability", probe(PORTAL, iso(TODAY, hour)), purpose="round", hour=hour)

    folder = assess(published(), edition="inspection-2019", as_of=later, out=folders.data / "assessments")

    told = {(row["site_code"], row["indicator_id"]): row["basis"] for row in rows(folder, "indicator_result")}
    first, last = chinese_date(TODAY), chinese_date(later)
    assert f"依据近14日内2次读取({first}、{last})" == told[PORTAL, "veto-home-stale"]
    assert f"依据{first}的4次监测" == told[PORTAL, "veto-unreachable"]
    assert "近7日内未读取" == told[BUREAU, "veto-unreachable"]
    assert told[PORTAL, "page-tags"] is None, "a row of tonight alone"
