"""Lists that are data: records in scripts, JSON and XML answers, and pages that cannot hold their list."""

from __future__ import annotations

import json
from datetime import date
from html import escape
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from govcrawl.pages.dates.date_reader import DateReader
from govcrawl.pages.lists.list_data import data_calls, drawn_by_script, entries_of_data
from govcrawl.pages.lists.listing import entries
from govcrawl.pages.markup.document import Document

AS_OF = date(2026, 11, 22)
URL = "http://www.yunting.gov.cn/api/list.json"


def read(value: Any) -> list[tuple[str, str, str | None]]:
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    found = entries_of_data(text, URL, DateReader(AS_OF))
    return [
        (entry.title, entry.url.removeprefix("http://www.yunting.gov.cn"), entry.published_on)
        for entry in found
    ]


ONE = [("关于开展检查的通知", "/zwgk/1.html", "2026-11-05")]


@pytest.mark.parametrize(
    "value",
    [
        [{"title": "关于开展检查的通知", "url": "/zwgk/1.html", "date": "2026-11-05"}],
        {"code": 200, "data": {"total": 1, "rows": [{"docTitle": "关于开展检查的通知", "docPubUrl": "/zwgk/1.html", "publishDate": "2026-11-05 10:00:00"}]}},
        {"data": [{"TITLE": "<em>关于</em>开展检查的通知", "LINK_URL": "../zwgk/1.html", "PUB_DATE": 1793851200000}]},
        {"columns": [{"name": "栏目"}, {"name": "栏目二"}], "list": [{"title": "关于开展检查的通知", "url": "/zwgk/1.html", "pubtime": "2026年11月5日"}]},
        'callback({"list":[{"title":"关于开展检查的通知","href":"/zwgk/1.html","time":"2026/11/5"}]});',
        "<rss><channel><item><title><![CDATA[关于开展检查的通知]]></title><link>/zwgk/1.html</link><pubDate>2026-11-05</pubDate></item></channel></rss>",
    ],
)  # fmt: skip
def test_the_list_is_found_in_whatever_it_is_wrapped(value: Any) -> None:
    assert read(value) == ONE


THREE = [
    ("关于开展检查的通知", "/zwgk/1.html", "2026-11-05"),
    ("云汀市召开防汛工作会议", "/zwgk/2.html", "2026-11-04"),
    ("人事考试公告", "/zwgk/3.html", "2026-11-01"),
]


def named(title: str, address: str, day: str, **more: Any) -> list[dict[str, Any]]:
    return [{**more, title: name, address: url, day: on} for name, url, on in THREE]


@pytest.mark.parametrize(
    "value",
    [
        {"datasource": named("showTitle", "publishUrl", "publishTime", keywords="能源")},  # case 04
        {"list": named("wzbt", "wzlj", "wzfbsj", ly="市政府办公室")},
        {"result": {"items": named("articleName", "staticAddr", "onlineTime", createTime="2026-11-21 08:00:00")}},
        {"a": named("h", "u", "d")},
        {"data": named("docSubtitle", "docPubUrl", "publishDate", isTop=0)},
        {"rows": named("BIAOTI", "XXLJ", "FBRQ", endDate="2026-12-31", thumb="/upload/1.jpg", orgName="云汀市人民政府办公室秘书科")},
        [[1, 2], {"page": {"records": named("mTitle", "mHref", "releasedOn")}}],
        "var newsList = [" + ",".join(f"{{t:'{t}',u:'{u}',d:'{d}',}}" for t, u, d in THREE) + "];",
        "/**/jQuery1_2({'code':0,'rows':[" + ",".join(f"{{'t':'{t}','u':'{u}','d':'{d}'}}" for t, u, d in THREE) + "]})",
        "<?xml version='1.0'?><root><total>3</total>"
        + "".join(f"<xinxi><biaoti>{t}</biaoti><dizhi>{u}</dizhi><riqi>{d}</riqi></xinxi>" for t, u, d in THREE) + "</root>",
        "<data>" + "".join(f"<z bt='{t}' lj='{u}' sj='{d}'/>" for t, u, d in THREE) + "</data>",
    ],
)  # fmt: skip
def test_fields_are_told_by_their_values_where_their_names_are_unknown(value: Any) -> None:
    assert read(value) == THREE


@pytest.mark.parametrize("key", ["docId", "articleid", "info_id", "guid", "manuscriptId"])
def test_records_that_only_a_script_can_open_are_entries_with_what_names_them(key: str) -> None:
    records = [
        {"docSubtitle": t, "publishDate": f"{d} 10:00:00", key: f"x{n}"} for n, (t, _, d) in enumerate(THREE)
    ]
    assert [(title, day) for title, _, day in read({"data": {"rows": records}})] == [
        (t, d) for t, _, d in THREE
    ]
    assert len({url for _, url, _ in read(records)}) == 3


def test_two_unknown_fields_with_different_days_give_none() -> None:
    records = [{"biaoti": t, "lj": u, "aTime": d, "bTime": "2026-10-01"} for t, u, d in THREE]
    assert [day for _, _, day in read(records)] == [None] * 3


def test_a_deadline_is_no_day_of_publication() -> None:
    records = [{"biaoti": t, "lj": u, "deadline": "2026-12-31", "endTime": "2026-12-31"} for t, u, _ in THREE]
    assert [day for _, _, day in read(records)] == [None] * 3


@pytest.mark.parametrize("encoded", [False, True])
def test_records_in_a_page_are_its_list(encoded: bool) -> None:  # noqa: FBT001
    rows = "".join(
        f"<record><![CDATA[<li><a href='{u}'>{t}</a><b>{d}</b></li>]]></record>" for t, u, d in THREE
    )
    store = f"<datastore><recordset>{rows}</recordset></datastore>"
    store = escape(store) if encoded else store
    page = Document(
        f"<ul class=nav><li><a href=/>首页</a></li></ul><div id=1><script type='text/xml'>{store}</script></div>",
        "http://www.yunting.gov.cn/zwgk/index.html", AS_OF,
    )  # fmt: skip
    assert [(entry.title, entry.published_on) for entry in entries(page)] == [(t, d) for t, _, d in THREE]


@pytest.mark.parametrize(
    "script",
    [
        "var list = " + json.dumps(named("title", "url", "date"), ensure_ascii=False) + "; draw(list);",
        "$(function(){render({total:3,data:["
        + ",".join(f"{{bt:'{t}',lj:'{u}',rq:'{d}'}}" for t, u, d in THREE)
        + "]})})",
        "window.__INITIAL_STATE__="
        + json.dumps({"a": {"b": named("wzbt", "wzdz", "fbsj")}}, ensure_ascii=False),
    ],
)
def test_records_of_a_script_in_a_page_are_its_list(script: str) -> None:
    page = Document(
        f"<ul class=nav><li><a href=/>首页</a></li></ul><ul id=list></ul><script>{script}</script>",
        "http://www.yunting.gov.cn/zwgk/index.html", AS_OF,
    )  # fmt: skip
    assert [(entry.title, entry.published_on) for entry in entries(page)] == [(t, d) for t, _, d in THREE]


@pytest.mark.parametrize(
    "script",
    [
        "var menu=[{name:'政务公开',url:'/zwgk/'},{name:'办事服务',url:'/fw/'}];",
        "var opt=[{name:'柱状图',data:[1,2]},{name:'2026-11-05',data:[3]}];",
        "var a=[{" * 3000,
        "['2026-11-05','x':[{" * 3000,
    ],
)
def test_other_data_of_a_script_is_no_list(script: str) -> None:
    page = Document(
        f"<p>栏目</p><script>{script}</script>", "http://www.yunting.gov.cn/zwgk/index.html", AS_OF
    )
    assert entries(page) == []


@pytest.mark.parametrize(
    "text",
    [
        "",
        "null",
        "[]",
        "{}",
        "not json",
        '{"title": "单条"}',
        "[" * 100_000,
        '{"a":' * 100_000,
        "<html></html>",
    ],
)
def test_an_answer_without_a_list_is_no_entries(text: str) -> None:
    assert read(text) == []


def test_a_record_without_a_date_is_an_undated_entry() -> None:
    assert read([{"title": "关于开展检查的通知", "url": "1.html"}]) == [
        ("关于开展检查的通知", "/api/1.html", None)
    ]


def test_the_calls_of_the_pages_own_scripts_are_seen() -> None:
    page = Document(
        "<ul id=list></ul><script>$.ajax({url:'/api/list.json?page=1',success:function(d){$('#list').append(d)}});"
        "fetch('data/items.json');var a={url:'http://other.gov.cn/api/x.json'};$.get('/about.html');</script>",
        "http://www.yunting.gov.cn/zwgk/index.html",
    )
    assert data_calls(page) == [
        "http://www.yunting.gov.cn/api/list.json?page=1",
        "http://www.yunting.gov.cn/zwgk/data/items.json",
    ]
    assert drawn_by_script(page)


@pytest.mark.parametrize(
    ("markup", "drawn"),
    [
        ("<ul v-for='x in list'><li>{{x.title}}</li></ul>", True),
        ("<div ng-repeat='x in list'></div>", True),
        ("<div id=app></div><script>new Vue({el:'#app'})</script>", True),
        (
            "<ul><li><a href=1.html>关于开展检查的通知</a>2026-11-05</li></ul><script>$('#x').append('y')</script>",
            False,
        ),
        ("<ul class=list></ul>", False),
    ],
)
def test_whether_the_plain_page_can_hold_its_list(markup: str, drawn: bool) -> None:  # noqa: FBT001 - a case of the table
    assert drawn_by_script(Document(markup, "http://www.yunting.gov.cn/zwgk/")) is drawn


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(st.sampled_from(["title", "url", "date", "list", "id"]), inner, max_size=4)
    ),
    max_leaves=20,
)


@given(JSON)
def test_no_answer_makes_the_reader_fail(value: Any) -> None:
    read(value)


@given(st.text(max_size=200))
def test_no_text_makes_the_reader_fail(text: str) -> None:
    read(text)
