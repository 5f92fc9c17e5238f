"""The official order of units in a table: the order of the registry, if the office numbers its units there; else the usual order.

The usual order: units of the place itself before those of the places below it (by region code); within a place its office, then
the departments in the order in which the State Council lists its own, then units led from elsewhere or unknown, then towns and
streets; units of one rank by name.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

Key = tuple[int, str, int, str]

DEPARTMENTS: tuple[tuple[str, ...], ...] = (
    ("人民政府办公厅", "人民政府办公室"),
    ("外事",),
    ("发展和改革", "发展改革"),
    ("教育",),
    ("科学技术", "科技"),
    ("工业和信息化", "经济和信息化"),
    ("民族", "宗教"),
    ("公安",),
    ("国家安全",),
    ("民政",),
    ("司法",),
    ("财政",),
    ("人力资源", "人社"),
    ("自然资源", "国土"),
    ("生态环境", "环境保护"),
    ("住房和城乡建设", "住建"),
    ("交通",),
    ("水利", "水务"),
    ("农业", "农村"),
    ("商务",),
    ("文化", "旅游"),
    ("卫生健康", "卫健"),
    ("退役军人",),
    ("应急管理",),
    ("审计",),
    ("国有资产",),
    ("海关",),
    ("税务",),
    ("市场监督管理", "市场监管"),
    ("金融",),
    ("广播电视",),
    ("体育",),
    ("信访",),
    ("统计",),
    ("知识产权",),
    ("医疗保障",),
    ("机关事务",),
    ("林业",),
    ("粮食",),
    ("数据",),
    ("城市管理",),
    ("行政审批", "政务服务"),
)
"""Words of a department's name, in the order of 国务院组成部门、直属机构; local ones behind."""
_OTHERS, _TOWNS = len(DEPARTMENTS), len(DEPARTMENTS) + 1
_TOWN_ENDINGS = ("镇人民政府", "乡人民政府", "街道办事处")
_NOWHERE = "999999"


def unit_order(units: Iterable[Mapping[str, Any]], regions: Mapping[str, str | None]) -> dict[str, Key]:
    """Unit → what it sorts by. `units`: rows with unit, region_code and place; `regions`: where units not among them sit."""
    rows = {row["unit"]: row for row in units}
    return {unit: _key(unit, rows.get(unit, {}), regions.get(unit)) for unit in {*rows, *regions}}


def _key(unit: str, row: Mapping[str, Any], region: str | None) -> Key:
    place = row.get("place")
    if place is not None:
        return (int(place), "", 0, unit)
    return (0, str(row.get("region_code") or region or _NOWHERE), _rank(unit), unit)


def _rank(unit: str) -> int:
    if unit.endswith(_TOWN_ENDINGS):
        return _TOWNS
    return next(
        (rank for rank, words in enumerate(DEPARTMENTS) if any(word in unit for word in words)), _OTHERS
    )
