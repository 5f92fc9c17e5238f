"""The office's pages: every link leads somewhere, every figure agrees with the documents."""

import re
from html.parser import HTMLParser
from urllib.parse import unquote

import pandas as pd
import pytest

from analytics.notices.intranet.index import write_index
from analytics.notices.results import with_coverage
from analytics.notices.write import write_notices
from govcrawl.warehouse.snapshot import Snapshot
from tests.notices.conftest import WALLED
from tests.warehouse.folders import BUREAU, PORTAL


class _Page(HTMLParser):
    def __init__(self, path):
        super().__init__()
        self.links, self.ids, self.words, self._skip = [], set(), [], False
        self.feed(path.read_text("utf-8"))
        self.text = re.sub(r"\s+", "", "".join(self.words))

    def handle_starttag(self, tag, attrs):
        given = dict(attrs)
        self._skip = tag in {"style", "script"}
        if "id" in given:
            self.ids.add(given["id"])
        if tag == "a":
            self.links.append(given["href"])

    def handle_endtag(self, _tag):
        self._skip = False

    def handle_data(self, data):
        if not self._skip:
            self.words.append(data)


@pytest.fixture(scope="module")
def first(judged):
    write_notices(judged.data, judged.assessments[-1])
    return write_index(judged.data)


def test_every_link_of_every_page_leads_to_a_file_and_a_place_in_it(first):
    pages = {path.resolve(): _Page(path) for path in [first, *(first.parent / "intranet").rglob("*.html")]}
    for path, page in pages.items():
        for link in page.links:
            file, _, place = unquote(link).partition("#")
            target = (path.parent / file).resolve() if file else path
            assert target.is_file(), f"{path}: {link}"
            assert not place or place in (pages.get(target) or _Page(target)).ids, f"{path}: {link}"


def test_the_first_page_leads_to_every_document_and_every_site(first, judged):
    links = [unquote(link) for link in _Page(first).links]
    written = {path.relative_to(first.parent).as_posix() for path in first.parent.glob("[!.i]*/**/*.html")}

    assert written - {path for path in written if path.endswith("-figures.html")} <= set(links)
    assert {f"intranet/sites/{code}.html" for code in (PORTAL, BUREAU, WALLED)} <= set(links)


def test_an_unmeasured_site_stands_on_its_own_page_with_a_way_out(first):
    text = _Page(first.parent / "intranet" / "unmeasured.html").text

    assert "岚川市防护局" in text
    assert "从其他网络打开核实" in text


def test_a_site_page_shows_its_verdicts_over_the_assessments_and_its_faults(first):
    page = _Page(first.parent / "intranet" / "sites" / f"{PORTAL}.html")

    assert page.text.count("2026年11月21日") >= 1
    assert "已整改" in page.text
    assert "栏目更新日历" in page.text
    assert [link for link in page.links if "score_sheets" in link]
    assert re.search(
        r"已知页面\d+个，其中\d+个在30日内读取；最近读取2026年11月22日，最早的读取结果为2026年11月22日",
        page.text,
    )
    assert re.search(
        r"本次共请求[\d,]+次，其中网页和文件[\d,]+次，平均每个可打开的网页和文件[\d.]+次；重复请求\d+次，进入循环地址0次；最忙的一秒\d+次",
        page.text,
    )


def test_writing_the_pages_again_gives_the_same_bytes_and_leaves_nothing_beside_them(first, judged):
    before = {path: path.read_bytes() for path in (first.parent / "intranet").rglob("*.html")}
    assert write_index(judged.data) == first
    assert before == {path: path.read_bytes() for path in (first.parent / "intranet").rglob("*.html")}
    assert not list(first.parent.glob(".*"))


def test_the_pages_show_the_newest_day(judged):
    with Snapshot.open(judged.data) as snapshot:
        assert judged.assessments[-1] == snapshot.newest_assessment()


def test_a_site_that_no_visit_speaks_of_has_no_known_pages():
    sites = pd.DataFrame({"site_code": ["1", "2"], "name": ["甲", "乙"]})
    coverage = pd.DataFrame({"site_code": ["2"], "known_pages": [1240], "pages_read": [1213]})

    joined = with_coverage(sites, coverage)

    assert [(0, 0), (1240, 1213)] == list(zip(joined["known_pages"], joined["pages_read"], strict=True))
    assert {"int64"} == {str(joined[name].dtype) for name in ("known_pages", "pages_read")}
