"""Units form a tree, cities hold counties, and a vertical unit is counted where it is led from."""

import hashlib

import orjson
import pandas as pd
import pytest

from analytics.figures import selfcheck
from analytics.figures.rollup import rollup, total
from analytics.figures.sample import draw, seats_of
from govcrawl.records.errors import UserError
from govcrawl.registry import Registry, SelfCheck, Site, SpotCheck, Ticket, Unit
from tests.warehouse.folders import TODAY

PROVINCE, CITY, COUNTY, TOWN = "某省政府办公厅", "甲市政府办公室", "乙县政府办公室", "丙镇政府"
BUREAU, TAX, COUNTY_TAX = "甲市教育局", "省税务局", "乙县税务局"

TREE = Registry(
    sites=(
        Site("3300000001", "省政府", "http://sheng.gov.cn/", PROVINCE, "330000", "省", "门户"),
        Site("3301000001", "市政府", "http://shi.gov.cn/", CITY, "330100", "市", "门户"),
        Site("3301000002", "市教育局", "http://jyj.gov.cn/", BUREAU, "330100", "市", "部门"),
        Site("3301060001", "县政府", "http://xian.gov.cn/", COUNTY, "330106", "县", "门户"),
        Site("3301060002", "镇政府", "http://zhen.gov.cn/", TOWN, "330106", "乡", "部门"),
        Site("3301060003", "县税务局", "http://tax.gov.cn/", COUNTY_TAX, "330106", "县", "部门"),
        Site("3301060009", "旧站", "http://jiu.gov.cn/", COUNTY, "330106", "县", "部门", "关停"),
    ),
    units=(
        Unit(PROVINCE, None, "330000"),
        Unit(CITY, PROVINCE, "330100"),
        Unit(BUREAU, CITY, "330100"),
        Unit(COUNTY, CITY, "330106"),
        Unit(TOWN, COUNTY, "330106"),
        Unit(TAX, PROVINCE, "330000"),
        Unit(COUNTY_TAX, TAX, "330106", vertical=True),
    ),
    tickets=(
        Ticket("T1", "3301060002"),
        Ticket("T2", "3301060002", answered_at="2026-11-02T00:00:00.000000"),
    ),
    self_checks=(
        SelfCheck("3301000001", None, "合格", 95.0, TODAY),
        SelfCheck("3301060001", None, "合格", 90.0),
        SelfCheck("3301060002", None, "合格"),
        SelfCheck("3301000001", "1-1", "合格", 0.0),
    ),
    spot_checks=(SpotCheck("3301060001", None, "不合格", 55.5),),
)
VERDICTS = {
    "3300000001": ("qualified", 92.0),
    "3301000001": ("qualified", 80.0),
    "3301000002": ("unqualified", None),
    "3301060001": ("unqualified", 58.0),
    "3301060002": ("unmeasured", None),
    "3301060003": ("qualified", 70.0),
}


@pytest.fixture
def judged(folders, published):
    folders.registry = TREE
    folders.run("site")
    assessment_id = folders.assessment("made up")
    folder = folders.data / "assessments" / assessment_id
    rows = {
        "site_result": [
            {"site_code": code, "verdict": verdict, "score": score, "vetoes": []}
            for code, (verdict, score) in VERDICTS.items()
        ],
    }
    for table in ("finding", "ledger", "indicator_result"):
        row = orjson.loads((folder / f"{table}.jsonl").read_bytes())
        rows[table] = [row | {"site_code": "3301000001" if table == "indicator_result" else "3301060002"}]
    manifest = orjson.loads((folder / "assessment.json").read_bytes())
    for file in manifest["files"]:
        table = file["path"].removesuffix(".jsonl")
        if table in rows:
            content = b"".join(orjson.dumps(row) + b"\n" for row in rows[table])
            (folder / file["path"]).write_bytes(content)
            file |= {"rows": len(rows[table]), "sha256": hashlib.sha256(content).hexdigest()}
    (folder / "assessment.json").write_bytes(orjson.dumps(manifest))
    return published(), assessment_id


def test_a_unit_holds_all_below_it_whatever_the_depth(judged):
    units = rollup(*judged, "unit")

    assert [
        (0, PROVINCE, 6, 5),
        (1, CITY, 4, 3),
        (2, COUNTY, 2, 1),
        (3, TOWN, 1, 0),
        (2, BUREAU, 1, 1),
        (1, TAX, 1, 1),
        (2, COUNTY_TAX, 1, 1),
    ] == list(zip(units["depth"], units["name"], units["running"], units["checked"], strict=True))
    town = units.set_index("name").loc[[CITY, TOWN, BUREAU]]
    assert [(1, 1, 2, 1), (1, 1, 2, 1), (0, 0, 0, 0)] == list(
        town[["reported", "new", "tickets", "tickets_unanswered"]].itertuples(index=False, name=None)
    )


def test_a_city_holds_its_counties_and_a_vertical_unit_counts_where_it_is_led_from(judged):
    regions = rollup(*judged, "region")

    assert [(0, "浙江省", 6), (1, "杭州市", 4), (2, "西湖区", 2)] == list(
        zip(regions["depth"], regions["name"], regions["running"], strict=True)
    )


def test_levels_and_kinds_stand_in_the_order_of_the_forms(judged):
    assert ["省", "市", "县", "乡"] == rollup(*judged, "level")["name"].tolist()
    assert [("门户", 3), ("部门", 3)] == list(
        rollup(*judged, "kind")[["name", "running"]].itertuples(index=False, name=None)
    )


def test_all_sites_together_are_the_sum_of_any_partition(judged):
    figures = total(*judged)

    assert (6, 5, 3, 2, 1) == tuple(
        figures[name] for name in ("running", "checked", "qualified", "unqualified", "unmeasured")
    )
    for dimension in ("level", "kind"):
        parts = rollup(*judged, dimension)
        assert figures == {name: int(parts[name].sum()) for name in figures}


def test_the_machine_the_unit_and_the_spot_check_are_held_against_each_other(judged):
    compared = selfcheck.compare(*judged).set_index(["site_code", "indicator_id"])

    assert "agrees" == compared.loc[("3301000001", None), "self_machine"]
    assert 15 == compared.loc[("3301000001", None), "self_machine_points"]
    assert "milder" == compared.loc[("3301000001", "1-1"), "self_machine"]
    assert ["milder", "agrees", "milder"] == compared.loc[
        ("3301060001", None), ["self_machine", "spot_machine", "self_spot"]
    ].tolist()
    assert pd.isna(compared.loc[("3301060002", None), "self_machine"])
    by_pair = selfcheck.agreement(compared.reset_index()).set_index(["judged", "against"])
    assert [3, 1, 2, 0] == by_pair.loc[("self", "machine"), ["both", "agrees", "milder", "stricter"]].tolist()


# ---------- samples


def sites_by_level(**numbers):
    rows = [
        {"site_code": f"{level}{number:03d}", "level": level}
        for level, count in numbers.items()
        for number in range(count)
    ]
    return pd.DataFrame(rows)


def test_every_stratum_sends_one_and_the_others_are_proportional():
    assert {"市": 3, "县": 6, "乡": 1} == seats_of({"市": 30, "县": 69, "乡": 1}, 10)
    assert {"市": 1, "县": 1, "乡": 1} == seats_of({"市": 30, "县": 69, "乡": 1}, 3)
    assert {"市": 30, "县": 69, "乡": 1} == seats_of({"市": 30, "县": 69, "乡": 1}, 100)


def test_anybody_draws_the_same_sites_from_list_and_seed():
    sites = sites_by_level(市=30, 县=70)
    first = draw(sites, 10, "2026-11-22", "level")
    again = draw(sites.sample(frac=1, random_state=1), 10, "2026-11-22", "level")

    assert first["site_code"].tolist() == again["site_code"].tolist()
    by_hand = sorted(
        (f"市{number:03d}" for number in range(30)),
        key=lambda code: hashlib.sha256(f"2026-11-22:{code}".encode()).hexdigest(),
    )[:3]
    assert by_hand == first.loc[first["stratum"] == "市", "site_code"].tolist()
    assert first["site_code"].tolist() != draw(sites, 10, "2026-11-23", "level")["site_code"].tolist()


@pytest.mark.parametrize("size", [1, 101])
def test_a_size_that_cannot_be_drawn_says_which_can(size):
    with pytest.raises(UserError, match="name a size from 2 to 100"):
        draw(sites_by_level(市=30, 县=70), size, "s", "level")
