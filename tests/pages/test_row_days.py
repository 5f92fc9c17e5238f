"""Rows from which no day was read: what stands beside them and may be one makes its absence doubtful."""

from __future__ import annotations

import pytest

from tests.pages.test_nets import HOME, read

TITLES = (
    "关于开展冬季安全生产大检查的通知",
    "关于调整城区公交线路运行时间的公告",
    "关于做好秋冬季防火工作的通知",
)
LIST = f"{HOME}tz/index.html"


def listed(beside: str, around: str = "{}") -> str:
    rows = "".join(f"<li><a href=a{n}.html>{title}</a>{beside}</li>" for n, title in enumerate(TITLES))
    return around.format(f"<ul>{rows}</ul>")


@pytest.mark.parametrize(
    "beside",
    [
        "<span>05/11/2026</span>",
        "<span>十一月二十日</span>",
        "<span>115-11-20</span>",
        "<span>上周五</span>",
        "<span>2个月前</span>",
        "<span>2026年第47周</span>",
        "<span>2026年11月</span>",
        "<i>丙午年十月</i>",
        "<span>2026 يىلى 11 ئاي</span>",
        "<span>①①月②⓪日</span>",
        "<span>昨晚</span>",
        "<em>" + "".join(f"<img src=/n/{sign}.gif>" for sign in "2026-11-20") + "</em>",
    ],
)
def test_what_may_be_the_day_of_a_row_is_a_doubt(beside: str) -> None:
    page = read(listed(beside), "section", LIST)
    assert [entry.published_on for entry in page.entries] == [None] * 3
    assert page.doubts["date"]


def test_days_in_a_column_of_their_own_are_a_doubt() -> None:
    column = "<ul><li>2026-11-20</li><li>2026-11-11</li><li>2026-10-30</li></ul>"
    assert read(listed("", "{}" + column), "section", LIST).doubts["date"]


@pytest.mark.parametrize(
    ("beside", "around"),
    [
        ("", "{}"),
        ("<span>阅读 33</span>", "{}"),
        ("<span>办公室</span>", "{}<p>共 3 条 第 1/1 页 下一页</p>"),
        ("", "<p>2026年11月27日 星期五</p>{}"),
        ("", "<p>今天是2026年11月27日</p>{}<p><a href=1>1</a> <a href=2>2</a> 1/3 下一页</p>"),
    ],
)
def test_rows_that_print_no_day_leave_no_doubt(beside: str, around: str) -> None:
    page = read(listed(beside, around), "section", LIST)
    assert len(page.entries) == 3
    assert page.doubts == {}


def test_rows_that_were_read_leave_no_doubt() -> None:
    assert "date" not in read(listed("<span>2026-11-20</span><span>第47周</span>"), "section", LIST).doubts
