"""What one document proves, and nothing more."""

import json
from datetime import date

import pytest

from govcrawl.pages.links.on_page import LinkMemo
from govcrawl.pages.read import PageRead, read_page
from govcrawl.pages.report import page_report

AS_OF = date(2026, 11, 22)
HOME = "http://www.yunting.gov.cn/"
FIELDS = [
    "url", "kind", "title", "published_at", "date_origin", "source", "site_code", "site_name", "section_name",
    "section_type", "charset_declared", "charset_used", "tags", "footer", "text", "entries", "links", "findings",
    "read_state",
]  # fmt: skip
TAGS = "".join(
    f'<meta name="{name}" content="{content}">'
    for name, content in (
        ("SiteName", "云汀市人民政府"),
        ("SiteIDCode", "9901000001"),
        ("ColumnName", "通知公告"),
        ("ColumnType", "通知公告"),
    )
)
ARTICLE_TAGS = (
    TAGS + '<meta name="ArticleTitle" content="通知"><meta name="PubDate" content="2026-11-05 10:08">'
)
FOOTER = """<p>主办单位:云汀市人民政府办公室 联系电话:0999-1234567 网站标识码:9901000001 云ICP备09000001号
云公网安备 99010002000001号</p><script src="https://dcs.conac.cn/js/CA1.js"></script>
<script src="https://zfwzgl.www.gov.cn/exposure/jiucuo.js"></script>"""
BODY = "<p>各县区人民政府,市政府各部门:经市政府同意,现将有关事项通知如下,请认真贯彻执行。</p>" * 5


def read(
    main: str, *, head: str = ARTICLE_TAGS, footer: str = FOOTER, kind: str | None = "article"
) -> PageRead:
    markup = f"<html><head><title>云汀市</title>{head}</head><body>{main}{BODY}<p><a href=/>返回</a></p>{footer}</body></html>"
    return read_page(markup.encode(), HOME + "zwgk/a.html", as_of=AS_OF, memo=LinkMemo(HOME), kind_hint=kind)


def found(page: PageRead) -> list[str]:
    return [finding["check_id"] for finding in page_report(page)["findings"]]


def test_a_sound_article_proves_nothing() -> None:
    assert found(read("<h1>通知</h1>")) == []


def test_the_report_has_the_fields_of_the_contract_in_their_order() -> None:
    report = page_report(read("<h1>通知</h1><a href='/a'>甲</a>"))

    assert list(report) == FIELDS
    assert report["site_code"] == "9901000001"
    assert report["published_at"] == "2026-11-05T10:08"
    assert {"url": HOME + "a", "text": "甲", "kind": "page", "hidden": False} in report["links"]
    json.dumps(report)


def test_what_is_missing_is_none() -> None:
    report = page_report(read_page(b"", HOME, as_of=AS_OF, memo=LinkMemo(HOME)))

    assert [name for name, value in report.items() if value is None] == [
        *FIELDS[1:12],
        "text",
    ]
    assert report["findings"] == []


@pytest.mark.parametrize(
    ("head", "kind", "ids"),
    [
        ("", "article", ["tags-missing", "entry-undated"]),
        (TAGS, "section", []),
        (TAGS.replace("Column", "X"), "section", ["tags-missing"]),
        ("", "other", []),
    ],
)
def test_tags_are_due_by_the_kind_of_page(head: str, kind: str, ids: list[str]) -> None:
    assert found(read("", head=head, kind=kind)) == ids


def test_each_missing_footer_item_is_a_finding_of_its_own() -> None:
    assert found(read("", footer="")) == ["footer-missing"] * 6 + ["ticket-entry-missing"]
    assert found(read("", footer=FOOTER.replace("主办单位:", ""))) == ["footer-missing"]


def test_a_footer_drawn_elsewhere_is_not_judged() -> None:
    assert found(read("", footer="<script src='/js/footer.js'></script>")) == []


def test_each_wrong_link_is_named_as_written() -> None:
    report = page_report(read("<a href='http://192.168.1.9/x'>办事</a><img src='file:///C:/a.png'>"))

    assert [finding["check_id"] for finding in report["findings"]] == ["link-wrong", "link-wrong"]
    assert "http://192.168.1.9/x" in report["findings"][0]["evidence"]


def test_a_date_that_lies_ahead_is_a_finding() -> None:
    assert found(read("", head=ARTICLE_TAGS.replace("2026-11-05", "2026-12-01"))) == ["date-future"]
    assert found(read("", head=ARTICLE_TAGS.replace("2026-11-05", "2026-11-22"))) == []


def test_an_error_page_has_nothing_to_miss() -> None:
    body = "<title>云汀市</title><p>抱歉,您访问的页面不存在。</p>".encode()
    page = read_page(body, HOME + "zwgk/b.html", as_of=AS_OF, memo=LinkMemo(HOME), kind_hint="article")

    assert found(page) == []


def test_text_stored_through_the_wrong_charset_is_mojibake() -> None:
    assert found(read("<p>锟斤拷锟斤拷</p>")) == ["mojibake"]


PLANTED = "".join(f'<a href="http://www.spam{number}.com/">某某网{number}</a>' for number in range(8))
MENU = "".join(f'<a href="http://www.city{number}.gov.cn/">某市{number}</a>' for number in range(8))


def test_many_hidden_links_to_foreign_domains_were_planted() -> None:
    assert found(read(f'<div style="display:none">{PLANTED}</div>')) == ["hidden-link"]


@pytest.mark.parametrize(
    "markup",
    [
        PLANTED,
        f'<div style="display:none">{MENU}</div>',
        f'<div style="display:none">{MENU}{PLANTED[:120]}</div>',
        '<div style="display:none"><a href="/a">甲</a></div>',
    ],
)
def test_a_menu_of_offices_was_not(markup: str) -> None:
    assert found(read(markup)) == []


def test_the_explanation_names_every_date_considered() -> None:
    main = "<h1>通知</h1><p>发布时间:2026-11-03 来源:市政府办公室</p>"
    explained = page_report(read(main), explain=True)["explain"]

    assert explained["date_conflict"] == {"tag": "2026-11-05T10:08", "shown": "2026-11-03"}
    assert [seen["origin"] for seen in explained["dates"]][:2] == ["tag", "label"]


def line(number: int, day: str = "") -> str:
    return f'<li><a href="/zwgk/tzgg/{number}.html">关于开展第{number}次检查的通知</a><span>{day}</span></li>'


def test_the_explanation_says_of_every_block_why_it_is_not_the_list() -> None:
    menu = "".join(
        f'<li><a href="/{name}/">{name}</a></li>' for name in ("首页", "政务公开", "办事服务", "互动")
    )
    listed = "".join(line(number, f"2026-11-{number:02}") for number in range(1, 9))
    hot = "".join(line(number, "2026-10-01") for number in range(30, 36))
    friends = "".join(
        f'<li><a href="http://www.c{n}.gov.cn/">第{n}个友好城市人民政府网站</a></li>' for n in range(4)
    )
    body = (
        f"<html><body><ul class=nav>{menu}</ul><div class=list><ul>{listed}</ul></div>"
        f"<div class=side><h3>热点排行</h3><ul>{hot}</ul></div><div class=friendlink><ul>{friends}</ul></div></body></html>"
    )
    page = read_page(
        body.encode(), HOME + "zwgk/tzgg/", as_of=AS_OF, memo=LinkMemo(HOME), kind_hint="section"
    )
    blocks = page_report(page, explain=True)["explain"]["entries"]["blocks"]

    assert [
        ("关于开展第1次检查的通知", 8, None),
        ("关于开展第30次检查的通知", 6, "its heading names a block beside the list"),
        ("政务公开", 3, "its class names say navigation, pager or friend links"),
        ("第0个友好城市人民政府网站", 4, "its class names say that it stands beside the list"),
    ] == [(block["first"], block["rows"], block["refused"]) for block in blocks]


def test_an_explanation_says_what_a_list_would_be_proposed_as() -> None:
    trail = '<div class="crumbs">当前位置：<a href="/">首页</a> &gt; 公示公告</div>'
    page = read(trail + "".join(line(number) for number in range(1, 6)), head="", kind="section")

    seen = page_report(page, explain=True)["explain"]["section"]

    assert ("通知公告", ["公示公告"]) == (seen["class"], [each["name"] for each in seen["names"]])


def test_what_a_net_makes_doubtful_is_no_finding() -> None:
    read_ = read("", footer=FOOTER.replace("云ICP备09000001号", '<img alt="备案编号" src=/i/9.png>'))
    assert found(read_) == []
    assert list(page_report(read_, explain=True)["explain"]["doubts"]) == ["icp"]
