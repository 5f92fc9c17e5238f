"""A firewall's answer is told from the site's."""

import gzip

import pytest
from hypothesis import given
from hypothesis import strategies as st

from govcrawl.pages.answers.challenge import challenge_sign, is_challenge

RUISHU = b"""<!DOCTYPE html><html><head><meta id="9DhefwqGPrzGxEp9hPaoag" content="x" r="m">
<script r='m'>$_ts=window['$_ts'];if(!$_ts)$_ts={};$_ts.nsd=55811;$_ts.cd="qEyMrrAlDc";</script>
<script src="/4QbVtADbnLVIc/c.FxJzG50F.js" r='m'></script></head><body></body></html>"""
JIASULE = b"<script>document.cookie=('_')+('_')+('j')+('s')+('l');location.href=location.pathname</script>"
ALIYUN = b"<html><script>var arg1='3E2';function setCookie(n,v){document.cookie=n+'='+v;}setCookie('acw_sc__v2',arg1);document.location.reload();</script></html>"
SAFEDOG = "<html><head><title>提示</title></head><body>您的访问被拦截,请联系网站管理员</body></html>".encode()
CLOUDFLARE = b"<html><head><title>Just a moment...</title></head><body><script>window._cf_chl_opt={}</script></body></html>"
F5 = b"<html><body>The requested URL was rejected. Please consult with your administrator.<br>Your support ID is: 1</body></html>"
OWN_SCRIPT = b"<html><script>document.cookie='k=1;path=/';window.location.reload();</script></html>"
PAGE = (
    "<html><body><h1>云汀市人民政府</h1>"
    + "<p>市政府召开常务会议,研究部署下一阶段工作。</p>" * 20
    + "</body></html>"
).encode()


@pytest.mark.parametrize("status", [403, 405, 412, 418, 429, 521])
def test_some_statuses_are_given_by_firewalls_alone(status: int) -> None:
    assert is_challenge(status, {}, b"")


@pytest.mark.parametrize("status", [200, 202, 503])
@pytest.mark.parametrize("body", [RUISHU, JIASULE, ALIYUN, SAFEDOG, CLOUDFLARE, F5, OWN_SCRIPT])
def test_a_challenge_is_known_by_its_body_whatever_the_status(body: bytes, status: int) -> None:
    assert is_challenge(status, {}, body)


@pytest.mark.parametrize(
    "words",
    [
        "浏览器安全检查中,请稍候",
        "正在进行安全检测,请稍候",
        "安全验证",
        "正在验证您是否是真人",
        "系统正在检测您的浏览器",
    ],
)
def test_a_gate_that_looks_at_the_visitor_says_so(words: str) -> None:
    assert is_challenge(200, {}, f"<html><body>{words}</body></html>".encode())


def test_a_gbk_block_page_is_read_too() -> None:
    assert is_challenge(200, {}, "<html><body>您的请求被拦截</body></html>".encode("gb18030"))


def test_a_header_can_prove_it() -> None:
    assert challenge_sign(503, {"CF-Mitigated": "challenge"}, PAGE) == "cloudflare"
    assert challenge_sign(202, {"X-Amzn-Waf-Action": "challenge"}, b"") == "aws"


@pytest.mark.parametrize(
    ("status", "body"),
    [
        (200, PAGE),
        (200, b""),
        (200, b"<html><body></body></html>"),
        (200, b"<script>window.location.href='/index.html'</script>"),
        (200, "<html><body>栏目建设中</body></html>".encode()),
        (200, "<h1>关于开展安全检查的通知</h1><p>各单位正在检查整改,请按时报送安全检测结果。</p>".encode()),
        (404, b"<html><body>Not Found</body></html>"),
        (404, SAFEDOG),
        (500, b"<html><body>Internal Server Error</body></html>"),
        (503, b"<html><body>Service Unavailable</body></html>"),
        (502, b""),
    ],
)
def test_what_the_site_says_is_no_challenge(status: int, body: bytes) -> None:
    assert not is_challenge(status, {"Server": "nginx"}, body)


@pytest.mark.parametrize(
    "mark",
    [
        b"<script>$_ts=window['$_ts'];$_ts.cd='x';</script>",
        b"<script src='/cdn-cgi/challenge-platform/scripts/jsd/main.js'></script>",
        b"<script>document.cookie='a=1';if(0)location.reload()</script>",
        "<p>全市防范网络攻击,疑似攻击事件报告制度</p>".encode(),
    ],
)
def test_a_page_that_shows_something_passed_the_firewall(mark: bytes) -> None:
    assert not is_challenge(200, {"Set-Cookie": "__jsluid_s=1"}, mark + PAGE)


def test_a_navigation_of_links_shows_something_though_its_words_are_few() -> None:
    body = "<script>$_ts=window['$_ts']</script>" + '<a href="/a">栏目</a>' * 10

    assert not is_challenge(200, {}, body.encode())


@given(st.integers(100, 599), st.binary(max_size=300))
def test_no_answer_makes_it_raise(status: int, body: bytes) -> None:
    is_challenge(status, {"set-cookie": "a"}, body)
    is_challenge(status, {}, gzip.compress(body))


def test_a_huge_body_takes_no_long_time() -> None:
    assert not is_challenge(200, {}, b"<script" * 100_000)
    assert not is_challenge(200, {}, b"<!--" * 100_000)
