import re
from decimal import Decimal
from pathlib import Path

import pytest

from analytics.editions import indicator_docs
from analytics.editions.chosen import RULES, known_editions, load_edition
from analytics.editions.edition_model import CATEGORIES
from govcrawl.records.errors import EditionError

ROOT = Path(__file__).parents[3]
TEXT = (RULES / "inspection-2019.toml").read_text("utf-8")


def test_the_points_of_2019_add_up_as_the_document_says():
    edition = load_edition("inspection-2019")
    groups = {}
    for row in edition.indicators:
        if row.part != "veto":
            key = row.part, row.group
            groups[key] = groups.get(key, Decimal(0)) + row.max_points

    assert [31, 25, 23, 21] == [groups["deduct", g] for g in ("发布解读", "办事服务", "互动交流", "功能设计")]
    assert 30 == sum(points for (part, _), points in groups.items() if part == "bonus")


def test_every_check_hangs_on_an_indicator():
    edition = load_edition("inspection-2019")
    for check in edition.params:
        assert check in edition.indicator_of(check).checks


def test_the_page_on_the_indicators_is_generated_from_the_editions():
    assert (ROOT / "docs/indicators.md").read_text("utf-8") == indicator_docs.page(), (
        "docs/indicators.md: run `make docs`"
    )


def test_an_unknown_edition_names_the_known_ones():
    with pytest.raises(EditionError, match=r"unknown edition 'inspection-1999'; known: .*inspection-2019"):
        load_edition("inspection-1999")


def test_a_path_is_no_edition():
    with pytest.raises(EditionError, match="unknown edition"):
        load_edition("../rules/inspection-2019")


@pytest.mark.parametrize(
    ("right", "wrong", "key", "problem"),
    [
        ("slow_after_s = 15", "slow_after_s = '15'", "slow_after_s", "'15' is not int"),
        ("slow_after_s = 15", "slow_after_s = true", "slow_after_s", "True is not int"),
        ("slow_after_s = 15\n", "", "slow_after_s", "is missing"),
        ("slow_after_s = 15", "slow_after_ms = 15", "slow_after_ms", "unknown key"),
        ("[check.home-stale]", "[check.home-old]", "home-old", "unknown check 'home-old'"),
        ("[check.home-stale]", "[check.'../x']", "../x", "unknown check"),
        ('classes = ["动态要闻"', 'classes = [7, "动态要闻"', "classes", "7 is not str"),
        ('classes = ["动态要闻"', 'classes = ["动态要文"', "classes", "unknown ['动态要文']"),
        ('items = ["party_mark"', 'items = ["party_sign"', "items", "unknown ['party_sign']"),
        ('[term."人事信息"]', '[term."人事"]', "class", "'人事' is none of"),
        ('"通知公告·一级"', '"通知公告·1级"', "category", "'通知公告·1级' is none of"),
        ('part = "veto"', 'part = "vote"', "part", "'vote' is none of veto, deduct, bonus"),
        ("at_least = 10\n", "", "at_least", "is missing"),
        ('id = "veto-unreachable"', 'id = "veto-safety"', "id", "'veto-safety' is used twice"),
        ("days = 14\nclause", "clause", "days", "give either days or months"),
        ("first_rank_only = true", "first_rank = true", "first_rank", "unknown key"),
        ("max_points = 4\n", "", "max_points", "every row but a veto needs max_points"),
        ("points_each = 0.5\n", "", "points_each", "give exactly one of points_each"),
        ("points_each = 0.5\n", "points_each = 0\n", "points_each", "points are more than 0"),
        ("points_each = 0.5\n", "points_each = 0.5\nat_least = 2\n", "at_least", "goes with points_once"),
        ("points_each = 0.5\n", "points_each = 0.5\nconfirm = true\n", "confirm", "belongs to an award"),
        ("confirm_first = [", 'confirm_first = ["typos",', "confirm_first", "'typos' is none of"),
        ("verify = true\n", "", "confidence", "say verify = true"),
        ("manual = true\n\n", "\n", "id", "needs one of manual, deduction"),
        ('scope = "account"\n', 'scope = "accounts"\n', "scope", "'accounts' is none of"),
        ('id = "inspection-2019"', 'id = "other"', "id", "must be the file's name"),
    ],
)
def test_what_does_not_fit_is_named_with_file_line_and_key(tmp_path, right, wrong, key, problem):
    assert right in TEXT
    path = tmp_path / "inspection-2019.toml"
    path.write_text(TEXT.replace(right, wrong, 1), "utf-8")

    with pytest.raises(EditionError) as caught:
        load_edition("inspection-2019", tmp_path)
    message = str(caught.value)
    assert message.startswith(f"{path}, line ")
    assert f"{key}: " in message
    assert problem in message


def test_the_line_named_is_the_line_of_the_key(tmp_path):
    path = tmp_path / "inspection-2019.toml"
    path.write_text(TEXT.replace("slow_after_s = 15", "slow_after_s = 'x'"), "utf-8")

    with pytest.raises(EditionError) as caught:
        load_edition("inspection-2019", tmp_path)
    line = int(re.search(r"line (\d+)", str(caught.value))[1])
    assert "slow_after_s = 'x'" == path.read_text("utf-8").splitlines()[line - 1]


def test_what_is_no_toml_is_refused_plainly(tmp_path):
    (tmp_path / "broken.toml").write_text("id = [", "utf-8")

    with pytest.raises(EditionError, match=r"broken.toml, line 1: not TOML"):
        load_edition("broken", tmp_path)


def test_editions_are_what_stands_in_the_folder():
    assert "inspection-2019" in known_editions()


@pytest.mark.parametrize("edition", known_editions())
@pytest.mark.parametrize("check", ["section-stale", "section-blank"])
def test_no_section_costs_points_in_two_rows_or_counts_towards_two_limits(edition, check):
    rows = load_edition(edition).indicators
    limits = [rule for row in rows for rule in row.limit if rule.check == check]
    tariffs = [rule for row in rows for rule in row.deduction if rule.check == check]
    for rules in (limits, tariffs):
        for category in CATEGORIES:
            asked = [
                rule
                for rule in rules
                if category in rule.categories
                or (not rule.categories and category not in rule.except_categories)
            ]
            assert len(asked) <= 1, category
