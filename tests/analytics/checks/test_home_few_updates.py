from dataclasses import replace
from datetime import timedelta

import pytest

from analytics.checks import home_few_updates
from analytics.checks.home_few_updates import Params
from govcrawl.records.items import Entry
from tests.analytics.frames import TODAY
from tests.warehouse.folders import HOME, NEWS, PORTAL, page, section_visit, site_visit

RULE = Params(days=14, at_least=10)


def lines(number: int, days: int = 3, first: int = 0) -> list[Entry]:
    day = (TODAY - timedelta(days=days)).isoformat()
    return [Entry(f"标题{n}", f"{NEWS}{n}.html", day, "list") for n in range(first, first + number)]


@pytest.fixture
def site(folders):
    """The registry knows one section of the portal."""
    news = tuple(section for section in folders.registry.sections if section.url == NEWS)
    folders.registry = replace(folders.registry, sections=news)
    return folders


@pytest.mark.parametrize(
    ("on_home", "in_section", "whole", "state"),
    [
        (lines(10), lines(10), True, "pass"),
        (lines(9), lines(9), True, "fail"),
        (lines(9) + lines(1, days=15, first=9), lines(9), True, "fail"),
        (
            lines(9),
            lines(10),
            True,
            "unmeasured",
        ),  # one more stands in the section: the home page may hide others
        (lines(9), lines(9), False, "unmeasured"),  # nobody has read the section to its end
        (lines(9), lines(9) + lines(1, days=20, first=9), False, "fail"),  # but back past the days looked at
        ([*lines(8), Entry("无日期", f"{HOME[PORTAL]}x.html")], lines(9), True, "unmeasured"),
        ([], lines(9), True, "unmeasured"),
    ],
)
def test_few_updates_are_held_against_a_site_only_when_the_whole_site_has_no_more(
    site, published, on_home, in_section, whole, state
):
    site.run("sections", section_visit(entries=in_section, complete=whole), site_visit(PORTAL), hour=1)
    site.run("site", page(PORTAL, entries=on_home), site_visit(PORTAL))
    answer = home_few_updates.run(published(), TODAY, RULE)
    row = answer.measured[answer.measured["site_code"] == PORTAL].iloc[0]

    assert state == ("fail" if row["failed"] else "unmeasured" if row["unmeasured"] else "pass")
    assert (state == "fail") == (PORTAL in set(answer.findings["site_code"]))


def test_a_home_page_without_any_update_loses_the_points_and_is_told_of_once(site, published):
    site.run("sections", section_visit(entries=lines(3, days=30)), site_visit(PORTAL), hour=1)
    site.run("site", page(PORTAL, entries=lines(3, days=30)), site_visit(PORTAL))
    answer = home_few_updates.run(published(), TODAY, RULE)

    assert 1 == answer.measured.set_index("site_code")["failed"][PORTAL]
    assert answer.findings.empty, "the veto of home-stale speaks of it"
