"""What counts as seen, and what proves nothing."""

from __future__ import annotations

from datetime import date

import pytest

from govcrawl.pages.facts.tags import tags
from govcrawl.pages.links.on_page import LinkMemo
from govcrawl.pages.read import MAX_BYTES, PageRead, read_page
from govcrawl.pages.report import findings
from govcrawl.records.states import ReadState

HOME = "http://www.example.gov.cn/"
AS_OF = date(2026, 11, 27)
ARTICLE = HOME + "zwgk/202611/t20261120_7.html"
TITLE = "<title>某局</title>"


def read(markup: str | bytes, url: str = ARTICLE) -> PageRead:
    body = markup if isinstance(markup, bytes) else f"<meta charset=utf-8>{markup}".encode()
    return read_page(body, url, as_of=AS_OF, memo=LinkMemo(HOME))


@pytest.mark.parametrize(
    "markup",
    [
        "<script src=/a/b.js></script>",
        "<script>eval(atob('ZG9jdW1lbnQ='))</script><p>正在为您核对访问环境,片刻之后自动进入……</p>",
        f"{TITLE}<div id=root></div><script type=module src=/main.js></script>",
        "<iframe src=/real.html width=100% height=100%></iframe>",
        "<frameset cols=*><frame src=/portal/main.asp></frameset>",
        "<meta http-equiv=refresh content='0;url=/portal/'>页面正在转向,<a href=/portal/>点这里</a>",
        "<object data=/a.swf></object>",
        f"<div style='display:none'>{'通知公告' * 60}</div><script src=/gate.js></script>",
        f"<style>.h{{display:none}}</style><div class=h>{'通知公告' * 200}<a href=/1/>a</a></div>载入中<script src=/gate.js></script>",
        f"<p>{'请您开启脚本并耐心等待,核对完成后自动返回。' * 12}</p><script src=/c.js></script>",
        f"<p>{'aGk7x9Qz' * 90}</p><script src=/c.js></script>",
        "<form action=/verify><p>请输入图片中的字符</p><img src=/cap.png><input name=c></form>",
        "<html><head></head><body>\n\n</body></html>",
        "<p>。。。</p>",
    ],
)
def test_what_shows_next_to_nothing_and_could_show_more_is_not_read(markup: str) -> None:
    page = read(markup)
    assert page.read_state == ReadState.NOTHING_SHOWN
    assert [check for check, _ in findings(page) if check.endswith("-missing")] == []


@pytest.mark.parametrize(
    ("markup", "url"),
    [
        ("<h1>某局关于开展检查的通知</h1><p>各科室:请于本周内完成自查。</p>", ARTICLE),
        (f"<h1>某局关于开展检查的通知</h1><p>{'请各科室完成自查。' * 60}</p><script src=/count.js></script>", ARTICLE),
        (f"<a href=/>首页</a><h1>某局关于开展检查的通知</h1><p>{'请各科室完成自查。' * 14}</p><script src=/count.js></script>", ARTICLE),
        ("<a href=/>首页</a><ul><li>暂无</li></ul>", HOME + "zwgk/tzgg/"),
        ("".join(f"<a href=/{n}/>要闻</a>" for n in range(8)) + "<script src=/x.js></script>", HOME),
        ("<a href=/>首页</a><h1>公示</h1><img src=/scan.jpg>", ARTICLE),
        ('{"code":200,"data":[]}', HOME + "api/list"),
    ],
)  # fmt: skip
def test_what_shows_itself_is_read(markup: str, url: str) -> None:
    body = markup.encode() if markup.startswith("{") else markup
    assert read(body, url).read_state == ReadState.READ


_BELOW = "<p>主办单位:某局 网站标识码:3301000001 联系电话:0571-1234567 请输入文件名称或者文号,检索全市政府网站公开发布的文件</p>"


@pytest.mark.parametrize(
    ("form", "state"),
    [
        ("<form action=/s><input name=q><button>搜索</button></form>", ReadState.READ),
        ("<form action=/v><img src=/c.png><input name=code><button>提交</button></form>", ReadState.NOTHING_SHOWN),
        ("<form action=/s><input name=q><input name=captcha><button>搜索</button></form>", ReadState.NOTHING_SHOWN),
    ],
)  # fmt: skip
def test_a_home_page_may_lead_on_by_its_search_alone(form: str, state: ReadState) -> None:
    assert read(f"<h1>某局文件检索</h1>{form}{_BELOW}", HOME).read_state == state


@pytest.mark.parametrize("url", [HOME, HOME + "zwgk/tzgg/"])
def test_a_home_page_or_list_that_leads_nowhere_is_none(url: str) -> None:
    assert (
        read(f"<h1>系统维护</h1><p>{'本站正在升级改造,明日恢复访问。' * 9}</p>", url).read_state
        == ReadState.NOTHING_SHOWN
    )


def test_a_doctype_that_breaks_the_parser_costs_nothing() -> None:
    page = read(
        b'<!DOCTYPE html SYSTEM "about:legacy-compat"><html><head><meta charset="utf-8"></head><body>'
        + f"<h1>某局关于开展检查的通知</h1><p>发布时间:2026-11-20</p><p>{'请各科室完成自查。' * 14}</p>".encode()
    )
    assert (page.read_state, page.published_at) == (ReadState.READ, "2026-11-20")


def test_a_page_beyond_our_limits_is_cut_and_proves_nothing() -> None:
    row = b"<li><a href=/a/1.html>\xe9\x80\x9a\xe7\x9f\xa5</a><!-- %s --></li>" % (b"x" * 2000)
    page = read(b"<meta charset=utf-8><ul>" + row * (MAX_BYTES // len(row) + 10), HOME + "zwgk/tzgg/")
    assert page.read_state == ReadState.CUT


@pytest.mark.parametrize(
    "end",
    [
        "<li><a hre",
        "<li class='x",
        "</di",
        "</",
        "<",
        "<script>var list = [{title:'",
        "<p>1 < 2</p>",
        "&lt;a",
        "<!-- x",
    ],
)
def test_a_page_that_breaks_off_within_a_tag_is_cut(end: str) -> None:
    page = read(f"<a href=/>首页</a><h1>某局关于开展检查的通知</h1><p>{'请各科室完成自查。' * 14}</p>{end}")
    assert (page.read_state == ReadState.CUT) == (end[1:3] in ("li", "/d", "sc", "/", ""))


@pytest.mark.parametrize(
    ("body", "is_cut"),
    [
        ("<div class=main><ul><li><a href=/a/1.html>某局通知</a></li>", True),
        ("<div class=main><table><tr><td>某局通知</td></tr>", True),
        (
            "<div class=main><ul><li><a href=/a/1.html>某局通知</a></li></ul></div>",
            False,
        ),  # as minifiers leave it
        (
            "<div class=main><ul><li><a href=/a/1.html>某局通知</a></ul></body>",
            False,
        ),  # a box is open, the page is closed
        ("<p>某局通知<p>", False),
    ],
)
def test_a_page_that_breaks_off_between_two_tags_is_cut(body: str, is_cut: bool) -> None:  # noqa: FBT001
    shown = f"<a href=/>首页</a><h1>某局关于开展检查的通知</h1><p>{'请各科室完成自查。' * 14}</p>"
    page = read(f"<!DOCTYPE html><html><head></head><body>{shown}{body}")
    assert (page.read_state == ReadState.CUT) == is_cut


def test_a_file_served_as_a_page_is_no_page() -> None:
    assert read(b"%PDF-1.7 ...").read_state == ReadState.NOT_A_PAGE


def test_a_reader_that_raises_leaves_the_page_unreadable(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> dict[str, str]:
        raise RuntimeError("a fault of ours")

    monkeypatch.setattr("govcrawl.pages.read.tags", broken)
    page = read("<h1>某局关于开展检查的通知</h1>")
    assert page.read_state == ReadState.UNREADABLE
    assert list(findings(page)) == []


def test_a_page_that_breaks_one_parser_is_read_by_the_other(monkeypatch: pytest.MonkeyPatch) -> None:
    def breaks_once(document: object) -> dict[str, str]:
        if "<!--" in document.source:  # type: ignore[attr-defined]
            raise RuntimeError("a fault of the parser")
        return tags(document)  # type: ignore[arg-type]

    monkeypatch.setattr("govcrawl.pages.read.tags", breaks_once)
    page = read(f"<!-- x --><h1>某局关于开展检查的通知</h1><p>{'请各科室完成自查。' * 14}</p>")
    assert page.read_state == ReadState.READ
    assert "请各科室完成自查" in page.text
