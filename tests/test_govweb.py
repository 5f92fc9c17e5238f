"""The simulated web serves what it confesses: checked without any of the product's code."""

import http.client
import socket
import ssl
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from urllib.parse import urljoin, urlsplit

import pytest
from selectolax.lexbor import LexborHTMLParser

from tests.govweb import GovWeb, serve
from tests.govweb.confession import Site, moment, night, sites
from tests.govweb.demo import CommandFailedError, Office, preload
from tests.govweb.farm import Farm

DAY = date(2026, 3, 18)
REACHABLE = {"ok", "ailing", "forbidden"}


@pytest.fixture(scope="module")
def web(tmp_path_factory) -> Iterator[GovWeb]:
    with serve(DAY, tmp_path_factory.mktemp("govweb")) as web:
        yield web


def rules(resolve_file: Path) -> dict[tuple[str, int], tuple[str, int]]:
    table = {}
    for line in resolve_file.read_text().splitlines():
        if "[" in line:  # the door for IPv6 beside the other
            continue
        host, port, address, port2 = line.split(":")
        table[host, int(port)] = (address, int(port2))
    return table


def get(resolve_file: Path, url: str, context: ssl.SSLContext | None = None) -> http.client.HTTPResponse:
    parts = urlsplit(url)
    port = 443 if parts.scheme == "https" else 80
    raw = socket.create_connection(rules(resolve_file)[parts.hostname, port], timeout=60)
    connection = http.client.HTTPConnection(parts.hostname, timeout=60)
    connection.sock = context.wrap_socket(raw, server_hostname=parts.hostname) if context else raw
    connection.request("GET", parts.path or "/", headers={"Connection": "close"})
    return connection.getresponse()


def test_the_home_page_comes_through_a_real_socket_under_its_own_name(web):
    answer = get(web.resolve_file, "http://www.lanchuan.gov.cn/")
    assert answer.status == 200
    assert "岚川市人民政府" in answer.read().decode()


@pytest.mark.filterwarnings("ignore:.*fork:DeprecationWarning")
def test_a_round_of_probes_that_fails_says_why(web, tmp_path):
    preload()
    office = Office(web, tmp_path / "data")
    (tmp_path / "data").mkdir()
    (tmp_path / "data/registries").touch()  # where a folder must be

    with pytest.raises(CommandFailedError, match="registries: cannot be written"):
        office.probe([moment("0 10:00", DAY)])


def test_two_instants_are_served_side_by_side(web):
    today = get(web.night(0), "http://www.lanchuan.gov.cn/").read().decode()
    tomorrow = get(web.night(1), "http://www.lanchuan.gov.cn/").read().decode()
    assert "今天是2026年3月18日" in today
    assert "今天是2026年3月19日" in tomorrow


def test_a_gbk_site_is_served_in_gbk(web):
    body = get(web.resolve_file, "http://fgw.lanchuan.gov.cn/").read()
    assert "岚川市发展和改革委员会" in body.decode("gbk")


def test_tls_is_signed_by_the_web_s_own_authority(web):
    context = ssl.create_default_context(cafile=web.ca_file)
    assert get(web.resolve_file, "https://zwfw.xiyan.gov.cn/", context).status == 200


def test_a_refusing_host_refuses(web):
    with pytest.raises(ConnectionRefusedError):
        get(web.resolve_file, "http://www.lanchuan-expo.cn/")


def test_the_same_day_gives_the_same_bytes():
    pages = [Farm(DAY).answer("www.lanchuan.gov.cn", "/xwzx/lcyw/", night(0, DAY)).body for _ in range(2)]
    assert pages[0] == pages[1]


def hrefs(body: bytes, charset: str) -> list[str]:
    tree = LexborHTMLParser(body.decode(charset))
    return [
        node.attributes.get("href") or node.attributes.get("src") or ""
        for node in tree.css("a[href], img[src], link[href], script[src]")
    ]


def walk(farm: Farm, site: Site, offset: int) -> dict[str, int]:
    """Every address of the site's own host that its pages lead to → status; soft 404 counted as 404."""
    at = night(offset, DAY)
    known: dict[str, int] = {}
    todo = [site.home_url, *(urljoin(site.home_url, section.path) for section in site.sections)]
    todo += [urljoin(site.home_url, path) for path in farm.site(site, at).pages]
    while todo:
        url = todo.pop()
        parts = urlsplit(url)
        if parts.hostname != site.host or parts.scheme not in {"http", "https"} or url in known:
            continue
        path = f"{parts.path}?{parts.query}" if parts.query else parts.path
        answer = farm.answer(site.host, path, at)
        soft = "您访问的页面不存在".encode() in answer.body
        known[url] = 404 if soft else answer.status
        if answer.status == 200 and answer.content_type.startswith("text/html"):
            todo += [urljoin(url, href) for href in hrefs(answer.body, site.charset)]
    return known


BLOCKING = {"refused", "unknown-name", "reset", "status", "challenge", "expired-certificate", "slow"}


def open_sites(offset: int) -> list[Site]:
    at = night(offset, DAY)
    return [
        site
        for site in sites()
        if not any(fault.kind in BLOCKING and fault.stands(at, DAY) for fault in site.faults)
    ]


@pytest.mark.parametrize("offset", [0, 1, 2])
@pytest.mark.parametrize("site", sites(), ids=lambda site: site.slug)
def test_a_site_s_own_dead_addresses_are_the_confessed_ones(web, site, offset):
    if site not in open_sites(offset):
        return
    known = walk(Farm(DAY), site, offset)
    dead = {url for url, status in known.items() if status != 200}
    confessed = {
        finding.subject_url
        for finding in web.confessed(offset)
        if finding.site_code == site.site_code
        and finding.check_id in {"link-dead", "image-dead", "attachment-dead"}
        and urlsplit(finding.subject_url).hostname == site.host
    }
    rings = {urljoin(site.home_url, path) for fault in site.faults for path in fault.options.get("paths", ())}
    assert dead - rings == confessed - rings


def test_every_verdict_and_every_finding_has_a_site(web):
    codes = {site.site_code for site in sites()}
    for offset in (0, 1):
        assert {finding.site_code for finding in web.confessed(offset)} <= codes | {
            ""
        }  # an account belongs to no site
        assert set(web.verdicts(offset)) <= codes


def test_the_web_moves_on_with_the_day():
    farm = Farm(DAY)
    portal = sites()[0]
    before = farm.site(portal, night(0, DAY)).view.entries(portal.sections[0])
    after = farm.site(portal, night(1, DAY)).view.entries(portal.sections[0])
    assert after[0].day == DAY + timedelta(days=1)
    assert after[1:] == before
