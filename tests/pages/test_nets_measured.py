"""The nets must not be so wide that everything waits: of what was cut out of pages at least nine in ten is plainly absent.

Generated layouts always, the pages of whole real sites where they lie beside the repository.
"""

from __future__ import annotations

import tarfile
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from govcrawl.pages.links.on_page import LinkMemo
from govcrawl.pages.markup.charset import decode
from govcrawl.pages.nets.foot import ITEMS
from govcrawl.pages.read import PageRead, read_page
from tests.pages import cutting
from tests.pages.layouts.articles import AS_OF, articles
from tests.pages.layouts.lists import lists

if TYPE_CHECKING:
    from collections.abc import Iterator

REAL = Path(__file__).resolve().parents[3] / "shared" / "realpages" / "sites"
EVERY = 4  # of the real pages: enough to measure by
ENOUGH = 0.9
HOME = "http://www.example.gov.cn/"


def read(html: str, url: str, kind: str | None) -> PageRead:
    memo = LinkMemo(HOME)
    return read_page(html.encode("utf-8", "replace"), url, as_of=AS_OF, memo=memo, kind_hint=kind, drawn=True)


def generated() -> Iterator[tuple[str, str, str]]:
    for article in list(articles())[::5]:
        yield article.html, article.url, "article"
    for listing in list(lists())[::3]:
        yield listing.html, listing.url, "section"


def real(folder: Path) -> Iterator[tuple[str, str, None]]:
    for archive in sorted(REAL.glob("*.tar.xz")):
        with tarfile.open(archive) as tar:
            tar.extractall(folder / archive.name, filter="data")
        for file in sorted((folder / archive.name).rglob("*.html"))[::EVERY]:
            yield decode(file.read_bytes(), None).text, HOME + file.name.replace("_", "/"), None


def measured(pages: Iterator[tuple[str, str, str | None]]) -> tuple[Counter[str], Counter[str]]:
    """By item how often it was cut out of a page, and how often no net was tripped then."""
    cuts: Counter[str] = Counter()
    clear: Counter[str] = Counter()

    def count(item: str, key: str, page: PageRead) -> None:
        cuts[item] += 1
        clear[item] += key not in page.doubts

    for html, url, hint in pages:
        page = read(html, url, hint)
        for item in ITEMS:
            without = cutting.without_item(html, url, AS_OF, item) if item in page.footer else None
            if (
                without is not None
                and len((cut := read(without, url, hint)).footer) > 1
                and "elsewhere" not in cut.footer
            ):
                count(item, item, cut)
        if page.kind == "article" and page.date_origin not in (None, "url"):
            without = cutting.without_date(html, url, AS_OF)
            if without is not None and (cut := read(without, url, "article")).date_origin in (None, "url"):
                count("date", "date", cut)
        for group in ("site", "content") if page.kind == "article" else ():
            without = cutting.without_tags(html, group)
            if without is not None:
                count(f"{group}_tags", f"{group}_tags", read(without, url, "article"))
        if page.kind == "section" and page.entries:
            without = cutting.without_entries(html, url, AS_OF)
            if without is not None and not (cut := read(without, url, "section")).entries:
                count("entries", "entries", cut)
    return cuts, clear


def check(cuts: Counter[str], clear: Counter[str]) -> None:
    told = {item: f"{clear[item]} of {number}" for item, number in cuts.items()}
    assert {"date", "entries"} <= cuts.keys()
    # Of a few pages one alone may hold the item twice; items of one page or two are counted with the others.
    assert not {
        item: told[item] for item, number in cuts.items() if number >= 10 and clear[item] < ENOUGH * number
    }
    assert clear.total() >= ENOUGH * cuts.total()


def test_nine_in_ten_cuts_from_generated_pages_are_plainly_absent() -> None:
    check(*measured(generated()))


@pytest.mark.skipif(not REAL.is_dir(), reason="the real pages are not beside the repository")
def test_nine_in_ten_cuts_from_real_pages_are_plainly_absent(tmp_path: Path) -> None:
    check(*measured(real(tmp_path)))
