"""Footer items in the forms real pages print them in."""

import pytest

from govcrawl.pages.facts.footer import footer, missing_items
from govcrawl.pages.markup.document import Document

URL = "http://www.yunting.gov.cn/index.html"
WHOLE = """
<div class="bottom">
<p>主办单位:云汀市人民政府办公室 承办单位:云汀市大数据中心 联系电话:0999-1234567</p>
<p>网站标识码:9901000001 <a href="https://beian.miit.gov.cn/">云ICP备09000001号-1</a>
<a href="http://www.beian.gov.cn/portal/registerSystemInfo?recordcode=99010002000001"><img src="/ga.png">云公网安备 99010002000001号</a></p>
<script src="https://dcs.conac.cn/js/33/000/0000/60448339/CA330000000604483390003.js"></script>
<script>document.write(unescape("%3Cscript src='https://zfwzgl.www.gov.cn/exposure/jiucuo.js'%3E%3C/script%3E"));</script>
</div>
"""
ARTICLE = "<p>会议由市政府主办,联系电话见附件,参会请带 ICP 证明。</p>" * 30


def read(markup: str) -> dict[str, str]:
    return footer(Document(f"<body><h1>标题</h1>{ARTICLE}{markup}</body>", URL))


def test_a_whole_footer_is_read_item_by_item() -> None:
    assert read(WHOLE) == {
        "party_mark": "https://dcs.conac.cn/js/33/000/0000/60448339/CA330000000604483390003.js",
        "site_code": "9901000001",
        "icp": "云ICP备09000001号-1",
        "police_record": "云公网安备 99010002000001号",
        "unit": "云汀市人民政府办公室",
        "contact": "联系电话:0999-1234567",
        "ticket_entry": "https://zfwzgl.www.gov.cn/exposure/jiucuo.js",
    }
    assert missing_items(read(WHOLE)) == []


def test_a_page_without_a_footer_has_none() -> None:
    assert read("<div>首页 政务公开 互动交流</div>") == {}
    assert len(missing_items({})) == 7


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("网站标识码：1101020002", "1101020002"),
        ("网站标识码:1101020002", "1101020002"),
        ("网站标识码 1101020002", "1101020002"),
        ("政府网站标识码：<span>bm18000002</span>", "bm18000002"),
        ("标识码：&nbsp;<a href='/x'>65BM010039</a>", "65BM010039"),
        ("网站标识码：", None),
        ("网站标识码：12345", None),
        ("<!-- 网站标识码：1101020002 -->", None),
    ],
)
def test_the_site_code_is_read_with_any_colon(line: str, code: str | None) -> None:
    assert read(f"<p>版权所有 {line}</p>").get("site_code") == code


@pytest.mark.parametrize(
    ("line", "number"),
    [
        ("京ICP备05052109号", "京ICP备05052109号"),
        ("京ICP备05052109号-12", "京ICP备05052109号-12"),
        ("京 ICP 备 19054529 号 -1", "京 ICP 备 19054529 号 -1"),
        ("备案号：<a>粤ICP备<b>06101287</b>号</a>", "粤ICP备 06101287 号"),
        ('<a href="http://www.miibeian.gov.cn/">备案</a>', "http://www.miibeian.gov.cn/"),
        ("ICP备案办理指南", None),
    ],
)
def test_the_icp_number_is_read_as_text_or_link(line: str, number: str | None) -> None:
    assert read(f"<p>版权所有 {line}</p>").get("icp") == number


@pytest.mark.parametrize(
    ("line", "number"),
    [
        ("京公网安备 11010202000001号", "京公网安备 11010202000001号"),
        ("京公网安备11010202000001", "京公网安备11010202000001"),
        ("云公网安备<a>53010202000001号</a>", "云公网安备 53010202000001号"),
        (
            '<a href="https://beian.mps.gov.cn/#/query/webSearch?code=11010202000001">网安</a>',
            "https://beian.mps.gov.cn/#/query/webSearch?code=11010202000001",
        ),
        ("公安局网安支队", None),
    ],
)
def test_the_police_number_is_read_as_text_or_link(line: str, number: str | None) -> None:
    assert read(f"<p>版权所有 {line}</p>").get("police_record") == number


@pytest.mark.parametrize(
    ("line", "unit"),
    [
        ("主办单位：云汀市人民政府办公室", "云汀市人民政府办公室"),
        ("主办：云汀市统计局  承办：云汀市信息中心", "云汀市统计局"),
        ("主办单位：<a href='/'>云汀市财政局</a>", "云汀市财政局"),
        ("网站主办:云汀县政府|技术支持:某公司", "云汀县政府"),
        ("承办单位：云汀市信息中心", None),
        ("版权所有：云汀市人民政府", None),
    ],
)
def test_the_unit_is_the_one_that_runs_the_site(line: str, unit: str | None) -> None:
    assert read(f"<p>Copyright 2024 {line}</p>").get("unit") == unit


@pytest.mark.parametrize(
    ("line", "contact"),
    [
        ("联系电话：0999-1234567", "联系电话：0999-1234567"),
        ("电 话：(0999)1234567", "电 话：(0999)1234567"),
        ("联系方式：12345", "联系方式：12345"),
        ("邮箱：wz@yunting.gov.cn", "邮箱：wz@yunting.gov.cn"),
        ("<a href='/lxwm/'>联系我们</a>", "联系我们"),
        ("网站地图", None),
    ],
)
def test_a_way_to_reach_the_office_is_a_contact(line: str, contact: str | None) -> None:
    assert read(f"<p>版权所有 {line}</p>").get("contact") == contact


@pytest.mark.parametrize(
    "markup",
    [
        '<script src="http://pucha.kaipuyun.cn/exposure/jiucuo.js"></script>',
        '<a href="https://zfwzgl.www.gov.cn/exposure/jiucuo.html?site_code=9901000001">找错</a>',
        '<img src="/images/jiucuo.png">',
        '<a href="/x"><img alt="我为政府网站找错" src="/zc.png"></a>',
        "<p>政府网站找错</p>",
    ],
)
def test_the_ticket_entry_counts_however_it_is_drawn(markup: str) -> None:
    assert "ticket_entry" in read(markup)


def test_news_about_the_entry_is_not_the_entry() -> None:
    assert "ticket_entry" not in read("<p>关于办理我为政府网站找错留言情况的通报</p>")


def test_a_commented_mark_is_no_mark() -> None:
    assert "party_mark" not in read('<!-- <a href="http://bszs.conac.cn/sitename?id=1">标识</a> -->')


@pytest.mark.parametrize(
    "markup",
    [
        '<script src="/images/main_foot.js"></script>',
        '<script src="../gjlm/footer/page_footer.js?t=1"></script>',
        '<iframe src="http://www.yunting.gov.cn/2016public/bottom.htm"></iframe>',
    ],
)
def test_nothing_is_missing_where_the_footer_comes_from_elsewhere(markup: str) -> None:
    assert list(read(markup)) == ["elsewhere"]
    assert missing_items(read(markup)) == []


def test_a_whole_footer_needs_no_excuse() -> None:
    assert "elsewhere" not in read(WHOLE + '<script src="/js/footer.js"></script>')
