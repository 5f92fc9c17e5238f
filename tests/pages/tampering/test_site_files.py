"""What a site tells search engines: read as far as it goes, and whom it leads to."""

from datetime import date

import pytest

from govcrawl.pages.markup.document import Document
from govcrawl.pages.tampering.site_files import (
    describe_map,
    describe_proof,
    describe_proofs,
    describe_robots,
    map_named,
)
from govcrawl.records.items import SiteFile

HOME = "http://www.lanchuan.gov.cn/"


def file(name: str) -> SiteFile:
    return SiteFile("6500000001", name, HOME + name, "2026-11-22T02:00:00.000000", "ok", 200)


def site_map(*addresses: str) -> str:
    urls = "".join(f"<url><loc> {each} </loc></url>" for each in addresses)
    return f'<?xml version="1.0"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{urls}</urlset>'


def test_a_map_tells_whom_it_leads_to_beside_its_own_pages():
    own, planted = [f"{HOME}{n}.html" for n in range(9)], [f"http://w{n}x.com/a.html" for n in range(3)]
    sound, odd = file("sitemap.xml"), file("sitemap.xml")

    assert describe_map(sound, site_map(*own, "http://www.gov.cn/x.html"), HOME)
    assert describe_map(odd, site_map(*own, *planted), HOME)
    assert ([], [], 10) == (sound.strangers, sound.lines, sound.addresses)
    assert (["w0x.com", "w1x.com", "w2x.com"], planted, 12) == (odd.strangers, odd.lines, odd.addresses)
    assert sound.sha256 != odd.sha256


@pytest.mark.parametrize(
    "text", ["", "<html><body>页面不存在 <loc>http://a.com/</loc></body></html>", "\x1f\x8b"]
)
def test_a_page_for_any_address_is_no_map(text):
    assert not describe_map(file("sitemap.xml"), text, HOME)


def test_robots_names_the_map_of_the_site_and_a_strangers_map_is_told():
    robots = file("robots.txt")
    describe_robots(
        robots,
        "User-agent: *\n\n Sitemap: http://bad-map.com/s.xml\nsitemap: http://www.lanchuan.gov.cn/m.xml\n",
        HOME,
    )

    assert ["bad-map.com"] == robots.strangers
    assert f"{HOME}m.xml" == map_named(robots, HOME)
    assert 3 == len(robots.lines)


def test_proofs_of_the_home_page_are_kept_in_one_order():
    head = '<meta name="Baidu-Site-Verification" content="abc"><meta name="msvalidate.01" content="E1"><meta name="description" content="x">'
    body = '<a href="/google1234567890abcdef.html">a</a><a href="/baidu_verify_x1.html">b</a><a href="/google.html">c</a>'
    one, other = file("verification"), file("verification")
    describe_proofs(one, Document(head + body, HOME, date(2026, 11, 22)))
    describe_proofs(other, Document(body + head, HOME, date(2026, 11, 22)))

    assert (
        [
            "/baidu_verify_x1.html",
            "/google1234567890abcdef.html",
            "baidu-site-verification: abc",
            "msvalidate.01: E1",
        ]
        == one.lines
        == other.lines
    )


def test_a_file_of_proof_is_no_page():
    proof = file("BingSiteAuth.xml")

    assert not describe_proof(proof, "<!DOCTYPE html><html><body>404</body></html>")
    assert describe_proof(proof, '<?xml version="1.0"?><users><user>E1</user></users>')
    assert proof.sha256
