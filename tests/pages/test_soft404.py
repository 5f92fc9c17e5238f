"""Error pages that answer 200, and domains nobody uses."""

import pytest

from govcrawl.pages.answers.parked import parked
from govcrawl.pages.answers.soft404 import fingerprint, is_wall, says_not_found, stand_in
from govcrawl.pages.markup.document import Document
from govcrawl.records.outcomes import StandIn

URL = "http://www.yunting.gov.cn/zwgk/x.html"
TEMPLATE = (
    "".join(f"<li>栏目{name}</li>" for name in "甲乙丙丁戊己庚辛壬癸")
    + "<p>版权所有 云汀市人民政府办公室</p>"
)


def doc(body: str, title: str = "云汀市人民政府") -> Document:
    return Document(f"<html><head><title>{title}</title></head><body>{TEMPLATE}{body}</body></html>", URL)


def same(page: Document, probe: Document) -> bool:
    return stand_in(fingerprint(page), fingerprint(probe)) is not None


ERROR = doc("<h1>出错了</h1><p>地址 /zwgk/qzxv81.html 无内容 时间 10:08:31</p>")


def test_the_page_shown_for_a_random_address_is_an_error_page() -> None:
    assert same(doc("<h1>出错了</h1><p>地址 /rsxx/2024/a.html 无内容 时间 11:20:05</p>"), ERROR)


@pytest.mark.parametrize(
    "body",
    [
        "<h1>关于开展检查的通知</h1><p>各县区人民政府,市政府各部门:现将有关事项通知如下。</p>",
        "<h1>人事信息</h1><p>暂无内容</p><p>当前位置:首页 人事信息</p><p>共零条信息,请您稍后访问</p>",
        "<p>短讯:市政府今日召开常务会议,研究防汛工作</p>",
    ],
)
def test_a_page_with_words_of_its_own_is_a_page(body: str) -> None:
    assert not same(doc(body), ERROR)


def test_a_page_under_its_own_title_is_a_page() -> None:
    assert not same(doc("<p>维护</p>", title="人事信息"), doc("<p>维护</p>", title="出错了"))


def test_a_home_page_that_stands_in_for_missing_pages_is_known() -> None:
    home = doc("".join(f"<a>要闻第{number}条:全市经济工作会议召开</a>" for number in range(20)))

    assert same(home, home)
    assert not same(doc("<a>要闻第3条:全市经济工作会议召开</a>"), home)


def test_empty_shells_are_not_compared() -> None:
    shell = Document("<html><body><div id=app></div></body></html>", URL)

    assert not same(shell, shell)


@pytest.mark.parametrize(
    ("body", "title"),
    [
        ("<form><input name=u><input type=PASSWORD name=p><button>进入</button></form>", "云汀市政务服务网"),
        ("<div>请使用手机扫码</div>", "用户登录 - 云汀市政务服务网"),
        ("<div>请使用手机扫码</div>", "云汀市统一身份认证"),
    ],
)
def test_a_login_shown_for_every_address_says_nothing_of_the_page_behind_it(body: str, title: str) -> None:
    login = doc(body, title=title)

    assert not same(login, login)


def test_two_pages_that_say_so_are_both_error_pages() -> None:
    page = fingerprint(Document("<title>404</title><p>您访问的页面不存在</p>", URL))
    other = fingerprint(Document("<title>404 Not Found</title><p>nginx</p>", URL))

    assert stand_in(page, other) is StandIn.SAYS_NONE
    assert stand_in(fingerprint(ERROR), fingerprint(ERROR)) is StandIn.SAME_FOR_ANY


@pytest.mark.parametrize("torn", ["page", "probe"])
def test_beginnings_that_are_alike_say_nothing_of_the_rest(torn: str) -> None:
    page, probe = (fingerprint(ERROR, whole=name != torn) for name in ("page", "probe"))

    assert stand_in(page, probe) is None


@pytest.mark.parametrize(
    "markup",
    [
        "<title>404 Not Found</title><h1>404</h1>",
        "<title>页面不存在</title>",
        "<title>云汀市人民政府</title><p>抱歉,您访问的页面不存在或已删除</p>",
        "<p>对不起,该信息已被删除!</p>",
        "<p>HTTP 错误 404 - 找不到文件</p>",
        "<p>The requested URL /a was not found on this server.</p>",
    ],
)
def test_a_page_can_say_of_itself_that_there_is_none(markup: str) -> None:
    assert says_not_found(Document(markup, URL))


@pytest.mark.parametrize(
    "markup",
    [
        "<title>通知公告</title><p>暂无信息</p>",
        "<title>云汀市404国道改建工程公告</title><p>施工公告</p>",
        "<title>答复</title>"
        + "<p>网友反映您访问的页面不存在,经核查系链接错误,现已改正并举一反三。</p>" * 30,
        "<title></title>",
    ],
)
def test_a_page_that_tells_of_missing_pages_is_there(markup: str) -> None:
    assert not says_not_found(Document(markup, URL))


@pytest.mark.parametrize(
    "markup",
    [
        "<title>x.com</title><p>该域名正在出售,有意者请联系</p>",
        "<p>This domain is for sale. Buy this domain.</p>",
        "<script src='https://d1.sedoparking.com/park.js'></script>",
        "<p>x.com domain name is for sale</p>",
    ],
)
def test_a_domain_for_sale_is_parked(markup: str) -> None:
    assert parked(Document(markup, "http://x.com/"))


@pytest.mark.parametrize(
    "markup",
    [
        "<p>云汀市人民政府门户网站</p>",
        "<h1>关于规范域名管理的通知</h1>" + "<p>该域名可转让的,应当经审批。</p>" * 200,
        "<script src='/js/above.js'></script>",
        "<script src='http://www.sedona.gov.cn/a.js'></script>",
    ],
)
def test_a_page_of_an_office_is_not_parked(markup: str) -> None:
    assert not parked(Document(markup, "http://www.yunting.gov.cn/"))


@pytest.mark.parametrize(("script", "same"), [("", True), ("<script src=/app.js></script>", False)])
def test_a_short_page_without_scripts_is_what_it_shows(script: str, same: bool) -> None:  # noqa: FBT001
    """Two addresses, one sentence: of a page that nothing could add to that is enough to compare."""
    page = f"<title>提示</title><body><p>这一页已经飞走啦，看看别的。</p>{script}"
    shown = [fingerprint(Document(page, f"http://www.example.gov.cn/{name}.html")) for name in "ab"]
    assert (stand_in(*shown) is not None) is same


@pytest.mark.parametrize(
    ("body", "title"),
    [
        ("<p>您的请求存在异常，已转由网站防护中心处理，事件编号 12345</p>", "防护中心"),
        ("<p>当前访问人数较多，前面还有 128 人，系统将自动为您跳转</p>", "排队中"),
        (
            "<h1>系统升级维护公告</h1><p>网站正在升级维护，预计11月28日恢复</p><a href=/>返回首页</a>",
            "系统维护",
        ),
        ("<h1>HTTP Status 500 – Internal Server Error</h1><p>java.lang.NullPointerException</p>", "Error"),
        ('{"code":403,"msg":"稍后再来"}', ""),
    ],
)
def test_a_paragraph_that_comes_for_every_address_is_a_wall_and_says_nothing_of_the_page(
    body: str, title: str
) -> None:
    wall = fingerprint(Document(f"<html><head><title>{title}</title></head><body>{body}</body></html>", URL))

    assert stand_in(wall, wall) is None
    assert is_wall(wall, wall)


def test_a_page_of_the_site_that_comes_for_every_address_is_no_wall() -> None:
    assert not is_wall(fingerprint(ERROR), fingerprint(ERROR))
    says = fingerprint(Document("<title>404</title><p>您访问的页面不存在</p>", URL))
    assert not is_wall(says, says)
