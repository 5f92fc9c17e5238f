"""Links of three real sites against what was counted in their files; skipped where the files are not at hand."""

import json
import tarfile
from pathlib import Path
from typing import Any

import pytest

from govcrawl.pages.links.on_page import LinkMemo, links
from govcrawl.pages.markup.charset import decode
from govcrawl.pages.markup.document import Document
from govcrawl.records.items import Link

SITES = Path(__file__).parents[3] / "shared" / "realpages" / "sites"
HOME = "http://site.test/"

Site = tuple[dict[str, Any], dict[str, list[Link]], set[str]]

pytestmark = pytest.mark.skipif(not SITES.is_dir(), reason="the real pages are not at hand")


@pytest.fixture(scope="module", params=["gzdzhrss", "jspn", "zjgztb"])
def site(request: pytest.FixtureRequest) -> Site:
    """Truth, links by page as a walk from the home page meets them, and the files of the site."""
    truth = json.loads((SITES / f"{request.param}.truth.json").read_text("utf-8"))
    with tarfile.open(SITES / f"{request.param}.tar.xz") as archive:
        bodies = {
            Path(member.name).name: archive.extractfile(member).read()  # type: ignore[union-attr]
            for member in archive
            if member.isfile()
        }
    memo = LinkMemo(HOME)
    pages: dict[str, list[Link]] = {}
    waiting = ["index.html"]
    while waiting:
        path = waiting.pop()
        if path in pages or path.replace("/", "_") not in bodies:
            continue
        decoded = decode(bodies[path.replace("/", "_")], None)
        pages[path] = links(Document(decoded.text, HOME + path), memo, decoded.used)
        waiting += [
            link.url.removeprefix(HOME) for link in pages[path] if link.internal and link.kind == "page"
        ]
    return truth, pages, set(bodies)


def test_every_page_of_the_site_is_reached(
    site: Site,
) -> None:
    _, pages, files = site

    assert {path.replace("/", "_") for path in pages} == files


def test_every_outside_host_is_met(site: Site) -> None:
    truth, pages, _ = site
    met = {
        link.url.split("/")[2]
        for found in pages.values()
        for link in found
        if link.kind == "page" and not link.internal and not link.wrong
    }

    assert met == {host for host, _ in truth["external_hosts"]}


def test_every_hidden_link_is_hidden(site: Site) -> None:
    truth, pages, _ = site
    hidden = {
        (path, link.url.rstrip("/").lower())
        for path, found in pages.items()
        for link in found
        if link.hidden and link.kind == "page" and not link.internal
    }

    assert hidden == {(page, url.rstrip("/").lower()) for page, url, *_ in truth["hidden_links"]}
