"""One normal form for each target, and which site an address belongs to."""

import time
from urllib.parse import quote

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from govcrawl.domains import registrable_domain
from govcrawl.pages.links import urls

HOME = "http://www.yunting.gov.cn/"


@pytest.mark.parametrize(
    ("written", "normal"),
    [
        ("HTTP://WWW.Yunting.GOV.CN/Zwgk/", "http://www.yunting.gov.cn/Zwgk/"),
        ("http://www.yunting.gov.cn", "http://www.yunting.gov.cn/"),
        ("http://www.yunting.gov.cn:80/a", "http://www.yunting.gov.cn/a"),
        ("https://www.yunting.gov.cn:443/a", "https://www.yunting.gov.cn/a"),
        ("http://www.yunting.gov.cn:8080/a", "http://www.yunting.gov.cn:8080/a"),
        ("http://www.yunting.gov.cn:/a", "http://www.yunting.gov.cn/a"),
        ("http://www.yunting.gov.cn./a", "http://www.yunting.gov.cn/a"),
        ("http://x@www.yunting.gov.cn/a", "http://www.yunting.gov.cn/a"),
        ("http://www.yunting.gov.cn/a/../b/./c.html", "http://www.yunting.gov.cn/b/c.html"),
        ("http://www.yunting.gov.cn/../../a", "http://www.yunting.gov.cn/a"),
        ("http://www.yunting.gov.cn/a/..", "http://www.yunting.gov.cn/"),
        ("http://www.yunting.gov.cn/%2e%2e/a", "http://www.yunting.gov.cn/a"),
        ("http://www.yunting.gov.cn/a#top", "http://www.yunting.gov.cn/a"),
        ("http://www.yunting.gov.cn/a?#top", "http://www.yunting.gov.cn/a"),
        ("http:\\\\www.yunting.gov.cn\\a\\b.html", "http://www.yunting.gov.cn/a/b.html"),
        (" \u3000http://www.yunting.gov.cn/a\n\t.html\u200b ", "http://www.yunting.gov.cn/a.html"),
        ("http://www.yunting.gov.cn/a b", "http://www.yunting.gov.cn/a%20b"),
        ("http://www.yunting.gov.cn/a?x=1&amp;y=2&amp;amp;z=3", "http://www.yunting.gov.cn/a?x=1&y=2&z=3"),
        ("http://www.yunting.gov.cn/%7ea/%e6%94%bf", "http://www.yunting.gov.cn/~a/%E6%94%BF"),
        ("http://www.yunting.gov.cn/100%", "http://www.yunting.gov.cn/100%25"),
        ("http://www.yunting.gov.cn/政务", f"http://www.yunting.gov.cn/{quote('政务')}"),
        ("http://云汀市.政务/", "http://xn--9kq598arwk.xn--zfr164b/"),
        ("http://www.yunting。gov。cn/", "http://www.yunting.gov.cn/"),
        ("http://2130706433/", "http://127.0.0.1/"),
        ("http://0x7f.1/", "http://127.0.0.1/"),
        ("http://[0:0::1]:80/", "http://[::1]/"),
    ],
)
def test_each_target_has_one_text(written: str, normal: str) -> None:
    assert urls.normalise(written) == normal


@pytest.mark.parametrize(
    ("written", "normal"),
    [
        ("http://y.gov.cn/a.jsp;jsessionid=0A1B.node1?id=3", "http://y.gov.cn/a.jsp?id=3"),
        ("http://y.gov.cn/a.jsp;JSESSIONID=0A1B", "http://y.gov.cn/a.jsp"),
        ("http://y.gov.cn/a?PHPSESSID=abc&id=3", "http://y.gov.cn/a?id=3"),
        ("http://y.gov.cn/a?id=3&ASPSESSIONIDQQBBCC=KJH", "http://y.gov.cn/a?id=3"),
        ("http://y.gov.cn/a?sid=12", "http://y.gov.cn/a?sid=12"),
        ("http://y.gov.cn/a?id=3&sid=0123456789abcdef0123", "http://y.gov.cn/a?id=3"),
        ("http://y.gov.cn/a?id=3&token=9f86d081884c7d659a2f", "http://y.gov.cn/a?id=3"),
        # A token that stands alone names the file.
        (
            "http://y.gov.cn/file?token=9f86d081884c7d659a2f",
            "http://y.gov.cn/file?token=9f86d081884c7d659a2f",
        ),
    ],
)
def test_session_ids_make_no_new_page(written: str, normal: str) -> None:
    assert urls.normalise(written) == normal


def test_the_query_is_written_in_the_charset_of_the_page() -> None:
    assert urls.normalise("http://y.gov.cn/s?q=政务", "gb18030") == "http://y.gov.cn/s?q=%D5%FE%CE%F1"
    assert urls.normalise("http://y.gov.cn/s?q=政务", "utf-16-le") == f"http://y.gov.cn/s?q={quote('政务')}"
    assert urls.normalise("http://y.gov.cn/政?q=政", "gb18030") == f"http://y.gov.cn/{quote('政')}?q=%D5%FE"


def test_gbk_escapes_stay_as_they_are() -> None:
    escaped = "http://y.gov.cn/s?q=%D5%FE%CE%F1"

    assert urls.normalise(escaped) == escaped


@pytest.mark.parametrize(
    "written",
    ["", "index.html", "mailto:a@b.cn", "http://", "http:///a", "http://a b/", "http://a:99999/", "http://[::g]/",
     "http://a..b/", "http://-a.cn/", "http://999.1.1.1/", "ftp://a.cn/"],
)  # fmt: skip
def test_what_is_no_web_address_stays_as_written(written: str) -> None:
    assert urls.split(written) is None
    assert urls.normalise(written) == written


@given(st.text(max_size=200) | st.text(alphabet="htps:/.%2eE5;?&=#@[]\\ \t。政sid amp;", max_size=60))
@example("http://%%341/")
@example("http://a/%%341")
@example("http://a/.;sid=1./b")
@example("http://a/?a=1&PHPSESSID=2&amp;amp;b")
@example("http://\ud800/")
@example("http://a/\udcff?\udcff")
@example("http://a/?token=0123456789abcdef&")
def test_normalising_never_raises_and_twice_is_once(text: str) -> None:
    for written in (text, f"http://www.yunting.gov.cn/{text}", f"http://{text}"):
        for charset in ("utf-8", "gb18030"):
            once = urls.normalise(written, charset)

            assert urls.normalise(once, charset) == once


@given(st.text(max_size=100))
def test_joining_never_raises(reference: str) -> None:
    urls.normalise(urls.join("http://www.yunting.gov.cn/a/b.html?c#d", reference))
    urls.site_key(reference)


@pytest.mark.parametrize(
    "hostile",
    ["http://" + "a." * 200_000, "http://a/" + "../" * 200_000, "http://a/" + ";sid=1" * 200_000,
     "http://a/?" + "&amp;" * 200_000, "http://a/" + "%" * 500_000, "http://" + "[" * 500_000, "\t" * 1_000_000,
     "http://a/" + "é" * 300_000],
)  # fmt: skip
def test_long_addresses_take_no_long_time(hostile: str) -> None:
    started = time.process_time()
    urls.normalise(hostile)

    assert time.process_time() - started < 2


@pytest.mark.parametrize(
    ("reference", "absolute"),
    [
        ("c.html", "http://y.gov.cn/a/c.html"),
        ("../c.html", "http://y.gov.cn/c.html"),
        ("/c.html", "http://y.gov.cn/c.html"),
        ("//z.gov.cn/c", "http://z.gov.cn/c"),
        ("?page=2", "http://y.gov.cn/a/b.html?page=2"),
        ("", "http://y.gov.cn/a/b.html?c"),
        ("#d", "http://y.gov.cn/a/b.html?c"),
        ("\\c\\d.html", "http://y.gov.cn/c/d.html"),
        ("http:c.html", "http://y.gov.cn/a/c.html"),
        ("https://z.gov.cn", "https://z.gov.cn/"),
    ],
)
def test_references_are_joined_as_browsers_do(reference: str, absolute: str) -> None:
    assert urls.normalise(urls.join("http://y.gov.cn/a/b.html?c", reference)) == absolute


@pytest.mark.parametrize(
    ("url", "internal"),
    [
        ("http://www.yunting.gov.cn/a", True),
        ("https://www.yunting.gov.cn/a", True),
        ("http://yunting.gov.cn/a", True),
        ("http://rsj.yunting.gov.cn/a", False),
        ("http://www.yunting.gov.cn:8080/a", False),
        ("http://www.gov.cn/", False),
        ("mailto:a@yunting.gov.cn", False),
        ("", False),
    ],
)
def test_a_department_and_another_port_are_other_sites(url: str, *, internal: bool) -> None:
    assert urls.is_internal(url, HOME) is internal


def test_a_site_served_under_a_port_is_known_by_it() -> None:
    assert urls.is_internal("http://yunting.gov.cn:8001/a", "http://www.yunting.gov.cn:8001/")
    assert not urls.is_internal("http://yunting.gov.cn:8002/a", "http://www.yunting.gov.cn:8001/")


def test_the_portal_of_the_state_is_no_suffix() -> None:
    assert registrable_domain("www.hangzhou.gov.cn") == "hangzhou.gov.cn"
    assert urls.bare_host("www.gov.cn") == "www.gov.cn"
    assert urls.bare_host("www.hangzhou.gov.cn") == "hangzhou.gov.cn"


@pytest.mark.parametrize(
    ("host", "network"),
    [
        ("10.1.2.3", "intranet"),
        ("172.16.0.1", "intranet"),
        ("172.32.0.1", None),
        ("192.168.1.1", "intranet"),
        ("oa", "intranet"),
        ("files.local", "intranet"),
        ("127.0.0.1", "loopback"),
        ("localhost", "loopback"),
        ("[::1]", "loopback"),
        ("8.8.8.8", None),
        ("www.yunting.gov.cn", None),
    ],
)
def test_addresses_the_public_cannot_reach_are_known(host: str, network: str | None) -> None:
    assert urls.network_of(host) == network
