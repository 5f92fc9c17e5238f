"""Units in tables: as the office numbers them, else by place and by the order of the State Council's departments."""

from analytics.words.unit_order import unit_order

CITY, COUNTY = "341400", "341421"


def _ordered(units):
    rows = [{"unit": unit, "region_code": region, "place": place} for unit, region, place in units]
    order = unit_order(rows, {})
    return sorted(order, key=order.__getitem__)


def test_the_usual_order_is_place_by_place_office_first_then_departments():
    assert [
        "岚川市人民政府办公室",
        "岚川市发展和改革委员会",
        "岚川市教育局",
        "岚川市公安局",
        "岚川市统计局",
        "岚川市无名中心",
        "青檀县人民政府办公室",
        "青檀县教育局",
        "青檀县白石镇人民政府",
    ] == _ordered(
        [
            ("青檀县白石镇人民政府", COUNTY, None),
            ("岚川市无名中心", CITY, None),
            ("青檀县教育局", COUNTY, None),
            ("岚川市统计局", CITY, None),
            ("岚川市公安局", CITY, None),
            ("岚川市教育局", CITY, None),
            ("岚川市发展和改革委员会", CITY, None),
            ("青檀县人民政府办公室", COUNTY, None),
            ("岚川市人民政府办公室", CITY, None),
        ]
    )


def test_the_office_s_own_numbers_decide_alone():
    assert ["丙", "甲", "乙"] == _ordered([("甲", CITY, 20), ("乙", COUNTY, 30), ("丙", COUNTY, 3)])


def test_a_unit_only_sites_name_stands_where_its_sites_do():
    order = unit_order([{"unit": "乙局", "region_code": COUNTY, "place": None}], {"甲局": CITY, "丙局": None})
    assert ["甲局", "乙局", "丙局"] == sorted(order, key=order.__getitem__)
