"""Lists that are data: records in scripts, JSON and XML answers, and pages that cannot hold their list."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from govcrawl.pages.lists.list_data import data_calls, drawn_by_script, entries_of_data
from govcrawl.pages.markup.document import Document

AS_OF = date(2026, 11, 22)
URL = "http://www.yunting.gov.cn/api/list.json"


def read(value: Any) -> list[tuple[str, str, str | None]]:
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    found = entries_of_data(text, URL, AS_OF)
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
