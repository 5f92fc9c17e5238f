"""The overlays that come with the project: three provinces and cities, and the shapes their rules have."""

from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise
from pathlib import Path

import pandas as pd
import pytest

from analytics.editions.chosen import known_overlays, load_edition
from analytics.editions.overlay import OverlayText
from analytics.judging.month_draw import drawn
from analytics.judging.scoring import band, score, score_accounts
from govcrawl.records.errors import EditionError
from tests.analytics.frames import measured, sites

NAMES = ("beijing-2023", "liaoning-2019", "shenyang-2024")
PORTAL, BUREAU, TOWN = "1100000001", "1100000002", "1100000003"


def overlaid(name: str):
    return load_edition("inspection-2019", overlay=Path(name))


def clean(edition) -> dict:
    rows = {check: [{"site_code": code} for code in (PORTAL, BUREAU)] for check in edition.check_ids()}
    return measured(rows)


def by_hand(edition, key: str, subjects, **points) -> pd.DataFrame:
    """People's judgements: every row in order, but for the points given for a row."""
    of_accounts = key == "account_id"
    return pd.DataFrame(
        [
            {
                key: subject,
                "indicator_id": row.id,
                "state": "pass",
                "points": points.get(row.id.replace("-", "_"), 0),
                "reason": "",
            }
            for subject in subjects
            for row in edition.indicators
            if (row.scope == "account") == of_accounts
        ]
    )


def two_sites():
    return pd.concat([sites(PORTAL), sites(BUREAU, kind="部门")], ignore_index=True)


def test_the_three_are_there_and_each_rule_of_theirs_says_where_it_is_from():
    assert sorted(NAMES) == [path.stem for path in known_overlays()]
    for path in known_overlays():
        raw = OverlayText(path).text.raw
        own = [*raw.get("part", {}).values(), *raw.get("row", []), *([raw["draw"]] if "draw" in raw else [])]
        assert own
        for rule in own:
            assert rule["source"]
            assert isinstance(rule["in_force"], date)
            assert rule["verify"] is (rule["confidence"] != "H")


@pytest.mark.parametrize("edition", ["inspection-2019", "inspection-2026"])
@pytest.mark.parametrize("name", NAMES)
def test_rows_are_subjects_times_the_indicators_asked_of_them(name, edition):
    rules = load_edition(edition, overlay=Path(name)).on(date(2026, 3, 18))
    results = score(two_sites(), clean(rules), rules).indicators
    accounts = pd.DataFrame({"account_id": ["wx-1", "app-1"], "kind": ["账号", "移动客户端"]})
    checks = {
        check: frame.drop(columns="site_code").assign(account_id="wx-1")
        for check, frame in measured({check: [{}] for check in rules.account_checks()}).items()
    }
    of_accounts = score_accounts(accounts, checks, rules).indicators

    asked = {PORTAL: {"all", "portal"}, BUREAU: {"all", "department"}}
    assert [(code, row.id) for code in asked for row in rules.indicators if row.scope in asked[code]] == list(
        zip(results["site_code"], results["indicator_id"], strict=True)
    )
    asked = {"app-1": {"account", "app"}, "wx-1": {"account"}}
    assert [(one, row.id) for one in asked for row in rules.indicators if row.scope in asked[one]] == list(
        zip(of_accounts["account_id"], of_accounts["indicator_id"], strict=True)
    )


@pytest.mark.parametrize(
    ("name", "first", "of_bureaus", "of_accounts"),
    [("beijing-2023", date(2023, 1, 1), True, True), ("shenyang-2024", date(2024, 1, 1), True, False)],
)
def test_an_overlay_is_asked_from_its_first_day_on(name, first, of_bureaus, of_accounts):
    edition = load_edition("inspection-2026", overlay=Path(name))

    def asked(day: date) -> tuple[bool, bool]:
        rows = [row for row in edition.on(day).indicators if row.part == "deduct"]
        return any(row.scope == "all" for row in rows), any(row.scope == "account" for row in rows)

    before, after = first - timedelta(days=1), first + timedelta(days=1)
    assert [(False, False), (of_bureaus, of_accounts), (of_bureaus, of_accounts)] == [
        asked(day) for day in (before, first, after)
    ]


def test_a_month_draws_from_the_day_its_rule_is_in_force():
    edition = overlaid("liaoning-2019")

    assert [None, edition.draw] == [edition.on(day).draw for day in (date(2018, 12, 31), date(2019, 1, 1))]


def test_a_hundred_and_ten_is_a_hundred_and_ten_of_bonus_for_districts_and_departments():
    edition = overlaid("beijing-2023")
    results = score(
        two_sites(),
        clean(edition),
        edition,
        by_hand(edition, "site_code", (PORTAL, BUREAU), beijing_bonus=10),
    )

    assert [110.0, 110.0] == results.sites["score"].tolist()
    assert Decimal(100) == sum(
        row.max_points for row in edition.indicators if row.part == "deduct" and row.scope != "account"
    )
    assert Decimal(10) == sum(row.max_points for row in edition.indicators if row.part == "bonus")
    asked = results.indicators.groupby("site_code")["indicator_id"].nunique()
    assert (
        asked[PORTAL] == asked[BUREAU] == len([row for row in edition.indicators if row.scope != "account"])
    )
    assert len(results.indicators) == asked.sum()


def test_more_bonus_than_all_of_it_is_not_won():
    edition = overlaid("beijing-2023")
    marked = load_edition("inspection-2019", overlay=Path("shenyang-2024"))

    won = score(
        two_sites(), clean(edition), edition, by_hand(edition, "site_code", (PORTAL,), beijing_bonus=12)
    )
    assert 110.0 == won.sites["score"][0]
    assert marked.bonus_most is None


@pytest.mark.parametrize(
    ("lost", "left", "verdict"), [(0, 100.0, "qualified"), (12.5, 87.5, "qualified"), (100, 0.0, "qualified")]
)
def test_accounts_are_scored_out_of_a_hundred(lost, left, verdict):
    edition = overlaid("beijing-2023")
    accounts = pd.DataFrame({"account_id": ["wx-1", "wb-1"]})
    checks = {
        check: frame.drop(columns="site_code").assign(account_id="wx-1")
        for check, frame in measured({check: [{}] for check in edition.account_checks()}).items()
    }
    judged = by_hand(edition, "account_id", ("wx-1",), beijing_account_points=lost)

    results = score_accounts(accounts, checks, edition, judged)

    one = results.accounts.set_index("account_id").loc["wx-1"]
    assert (left, verdict) == (one["score"], one["verdict"])
    other = results.accounts.set_index("account_id").loc["wb-1"]
    assert (0.0, 100.0) == (other["score_floor"], other["score_ceiling"])
    assert pd.isna(other["score"])
    of_accounts = [row for row in edition.indicators if row.scope == "account"]
    assert len(results.indicators) == 2 * len(of_accounts)


def test_a_vetoed_account_has_no_score():
    edition = overlaid("beijing-2023")
    checks = {
        check: frame.drop(columns="site_code").assign(account_id="wx-1")
        for check, frame in measured({check: [{"failed": 1}] for check in edition.account_checks()}).items()
    }

    results = score_accounts(pd.DataFrame({"account_id": ["wx-1"]}), checks, edition)

    assert ("unqualified", True) == (results.accounts["verdict"][0], pd.isna(results.accounts["score"][0]))


def test_departments_are_scored_as_portals_are():
    edition, plain = overlaid("shenyang-2024"), load_edition("inspection-2019")
    judged = by_hand(edition, "site_code", (PORTAL, BUREAU))
    scored = score(two_sites(), clean(edition), edition, judged).sites.set_index("site_code")
    before = score(two_sites(), clean(plain), plain, judged).sites.set_index("site_code")

    assert 100.0 == scored.loc[BUREAU, "score"]
    assert pd.isna(before.loc[BUREAU, "score"])
    row = next(row for row in edition.indicators if row.id == "usability")
    assert row.verify
    assert row.source.startswith("国办秘函〔2019〕19号")
    assert "沈阳" in row.source
    assert band(Decimal(100), edition) is None


@pytest.mark.parametrize("number", [1, 2, 7, 44, 501])
def test_half_of_the_sites_a_month_and_all_of_them_in_two(number):
    rule = overlaid("liaoning-2019").draw
    codes = [f"{210800 + place:010d}" for place in range(number)]
    months = [date(2026, month, 28) for month in range(1, 13)]
    draws = [drawn(codes, rule, day) for day in months]

    assert all(2 * len(draw) >= number for draw in draws)
    assert all(first | second == set(codes) for first, second in pairwise(draws))
    assert drawn(codes, rule, date(2026, 12, 31)) | drawn(codes, rule, date(2027, 1, 1)) == set(codes)
    assert draws[0] == drawn(reversed(codes), rule, date(2026, 1, 2))


def test_a_site_is_drawn_within_two_months_whatever_comes_beside_it():
    rule = overlaid("liaoning-2019").draw
    codes = [f"{210800 + place:010d}" for place in range(100)]
    fewer = codes[:50]

    assert set(fewer) <= drawn(codes, rule, date(2026, 4, 9)) | drawn(fewer, rule, date(2026, 5, 9))


HEAD = 'title = "补充规定"\nchanges = "inspection-2019"\n'
ROW = """[[row]]
id = "points"
title = "账号"
group = "账号"
part = "deduct"
scope = "account"
max_points = 60
clause = "…"
source = "…"
in_force = 2026-01-01
wording = "abridged"
confidence = "H"
manual = true
"""


@pytest.mark.parametrize(
    ("text", "line", "key", "problem"),
    [
        ("[settings]\naccount_points = 100\n", 4, "account_points", "no row scores accounts"),
        (f"[settings]\naccount_points = 100\n{ROW}", 4, "account_points", "the rows of accounts add up to 60"),
        (ROW, 1, "account_points", "is missing, and points takes points from accounts"),
        ("[settings]\naccount_pass_below = 60\n", 4, "account_pass_below", "goes with account_points"),
        (ROW.replace("in_force = 2026-01-01\n", ""), 3, "in_force", "is missing"),
        (ROW.replace('"deduct"', '"bonus"'), 7, "part", "vetoes and deductions only"),
        (ROW.replace('"points"', '"usability"'), 4, "id", "'usability' is used twice"),
        (ROW.replace('confidence = "H"', 'confidence = "M"'), 14, "confidence", "say verify = true"),
        ('drop = ["bonus-serch"]\n', 3, "drop", "did you mean 'bonus-search'?"),
        ('drop = ["bonus-search"]\n[indicator.bonus-search]\nmax_points = 2\n', 4, "bonus-search", "is in drop"),
        ('[draw]\nshare_percent = 0\nmonths = 2\nclause = ""\nsource = ""\nin_force = 2026-01-01\nconfidence = "H"\n', 4, "share_percent", "0 is none of 1 to 100"),
        ('[draw]\nshare_percent = 50\nmonths = 2\nclause = ""\nsource = ""\nin_force = 2026-01-01\nconfidence = "M"\n', 9, "confidence", "say verify = true"),
        ('[part.deduct]\nsource = "x"\n', 3, "scope", "takes scope ="),
    ],
)  # fmt: skip
def test_what_does_not_add_up_is_refused_with_file_line_and_key(tmp_path, text, line, key, problem):
    path = tmp_path / "local.toml"
    path.write_text(HEAD + text, "utf-8")

    with pytest.raises(EditionError) as caught:
        load_edition("inspection-2019", overlay=path)

    message = str(caught.value)
    assert message.startswith(f"{path}, line {line}: ")
    assert f"{key}: " in message
    assert problem in message
