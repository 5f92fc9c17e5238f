"""How well and how fast pages are read, beside the tools others use: `make bench-reading`.

Generated layouts and case folders always; the real pages (`../shared/realpages`) where they are. htmldate and GNE
are compared when installed (dependency group `bench`); their lines are left out otherwise.
"""

from __future__ import annotations

import csv
import importlib.util
import json
import re
import statistics
import tarfile
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from govcrawl.pages.articles.article import article
from govcrawl.pages.articles.text import main_text, text_sha256
from govcrawl.pages.dates.published import published
from govcrawl.pages.links.on_page import LinkMemo
from govcrawl.pages.lists.listing import entries, entries_of_data, next_pages
from govcrawl.pages.lists.navigation import navigation
from govcrawl.pages.markup.charset import decode
from govcrawl.pages.markup.document import Document
from govcrawl.pages.read import read_page
from govcrawl.pages.sections.proposals import propose_sections
from govcrawl.pages.sections.section_class import classify
from govcrawl.records.items import Page
from govcrawl.registry import Site
from tests.pages.layouts import words
from tests.pages.layouts.articles import AS_OF, articles
from tests.pages.layouts.lists import lists
from tests.pages.layouts.untagged import untagged

ROOT = Path(__file__).resolve().parent.parent
HELD_NAMES = ROOT / "tests" / "pages" / "held_section_names.csv"
REAL = ROOT.parent / "shared" / "realpages"
Dater = Callable[[str, str], str | None]  # markup, address → day


def main() -> None:
    layouts_of_articles()
    articles_without_tags()
    shown_and_hidden_copies()
    layouts_of_lists()
    if REAL.is_dir():
        with tempfile.TemporaryDirectory() as folder:
            unpacked = Path(folder)
            for archive in sorted((REAL / "sites").glob("*.tar.xz")):
                with tarfile.open(archive) as tar:
                    tar.extractall(unpacked / archive.name.split(".")[0], filter="data")
            real_lists(unpacked)
            real_articles(unpacked)
            real_articles_under_the_sites_name(unpacked)
            real_policy()
            real_proposals(unpacked)
    else:
        print(f"real pages: {REAL} is not there, left out")
    section_names()
    speed()


def section_names() -> None:
    """Class of a section from its name alone; the names were written down before any result was seen."""
    with HELD_NAMES.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    for part in ("first", "second"):
        right = [classify(row["name"]).section_class == row["class"] for row in rows if row["part"] == part]
        print(f"{len(right)} held section names ({part} set): class {share(sum(right), len(right))} right")


def layouts_of_articles() -> None:
    pages = list(articles())
    print(f"\n{len(pages)} generated article layouts          right   wrong    none")
    for name, dater in daters():
        right = wrong = none = 0
        for page in pages:
            day = dater(page.html, page.url)
            expected = page.published[:10] if page.published else None
            right += day == expected
            none += day is None and expected is not None
            wrong += day is not None and day != expected
        print(
            f"  date, {name:<32}{share(right, len(pages))} {share(wrong, len(pages))} {share(none, len(pages))}"
        )
    read = [article(Document(page.html, page.url, AS_OF)) for page in pages]
    titled = sum(told.title == page.title for told, page in zip(read, pages, strict=True))
    print(f"  title{'':<33}{share(titled, len(pages))}")


def articles_without_tags() -> None:
    """Frames where something else looks more like the title: tests/pages/layouts/untagged.py."""
    titled = dated = footless = whole = number = 0
    for page in untagged():
        document = Document(page.html, page.url, AS_OF)
        text = main_text(document)
        number += 1
        titled += article(document).title == page.title
        dated += (published(document)[0] or "")[:10] == page.day
        footless += not OF_A_FOOT.search(text)
        whole += page.sentence is None or page.sentence in text
    print(
        f"\n{number} article layouts without tags: title {share(titled, number)} date {share(dated, number)}"
    )
    print(
        f"  text without the foot of the site {share(footless, number)}, with its sentence {share(whole, number)}"
    )


OF_A_FOOT = re.compile(r"ICP备|公网安备|标识码|版权所有|主办单位：|技术支持：")
# Ways in which a page carries a text twice and shows one of the two: openings of both, which is shown, style block.
COPIES = (
    ("<div class=pc>", "<div class=wap>", 0, ""),
    ("<div class='m-phone'>", "<div>", 1, ""),
    ("<div class=hidden-lg>", "<div class=hidden-xs>", 1, ""),
    ("<div>", "<div style='display:none'>", 0, ""),
    ("<div id=zoom hidden>", "<div id=zoom>", 1, ""),
    ("<div class=k>", "<div class=x>", 1, ".k{display:none}"),
    ("<div class=k>", "<div class=x>", 0, "@media(min-width:768px){.x{display:none}}"),
    ("<div class=k>", "<div class=x>", 0, ".x{display:none}@media(max-width:700px){.x{display:block}}"),
)


def shown_and_hidden_copies() -> None:
    """The hash of a text printed twice: an edit of the shown copy changes it, one of the hidden copy does not."""
    shown_seen = hidden_left = pairs = 0
    for number in range(20):
        title = words.title(number)
        lines = words.paragraphs(number)
        text, edited = (
            "".join(f"<p>{line}</p>" for line in each)
            for each in (lines, [*lines[:2], "此段已改。", *lines[3:]])
        )
        for first, second, shown, rules in COPIES:

            def hashed(
                one: str, other: str, frame: tuple[str, str, str, str] = (title, first, second, rules)
            ) -> str | None:
                name, opened, opened_too, style = frame
                page = f"<title>{name}_云汀市</title><style>{style}</style><body><h1>{name}</h1><p>2026-03-04</p>{opened}{one}</div>{opened_too}{other}</div></body>"
                return text_sha256(main_text(Document(page, "http://www.yunting.gov.cn/a", AS_OF)))

            before = hashed(text, text)
            changed = (hashed(edited, text) != before, hashed(text, edited) != before)
            pairs += 1
            shown_seen += changed[shown]
            hidden_left += not changed[1 - shown]
    print(
        f"{pairs} texts printed twice: edit of the shown copy changes the hash {share(shown_seen, pairs)},"
        f" of the hidden one does not {share(hidden_left, pairs)}"
    )


def layouts_of_lists() -> None:
    pages = list(lists())
    score = Score()
    for page in pages:
        found = entries(Document(page.html, page.url, AS_OF))
        score.add(
            {entry.url: (entry.title, entry.published_on) for entry in found},
            {url: (title, day) for title, url, day in page.expected},
        )
    print(f"\n{len(pages)} generated list layouts: {score}")


def real_lists(unpacked: Path) -> None:
    print(
        "\nlist pages of whole real sites, rows of the truth files (titles of 5 characters and more, dated in full)"
    )
    for truth in sorted((REAL / "sites").glob("*.truth.json")):
        site = truth.name.split(".")[0]
        score = Score()
        for page in json.loads(truth.read_text(encoding="utf-8"))["list_pages"]:
            file = unpacked / site / page["page"].replace("/", "_")
            document = Document(
                decode(file.read_bytes(), None).text, f"http://www.{site}.gov.cn/{page['page']}", AS_OF
            )
            found = {}
            for entry in entries(document):
                path = urlsplit(entry.url).path if entry.url.startswith("http") else entry.url
                if len("".join(entry.title.split())) >= 5 and not entry.year_assumed:
                    found[key(path, entry.title)] = (squeezed(entry.title), entry.published_on)
            wanted = {
                key(row["url"], row["title"]): (squeezed(row["title"]), row["date"]) for row in page["rows"]
            }
            score.add(found, wanted, cut=True)
        print(f"  {site:<10}{score}")


def real_articles(unpacked: Path) -> None:
    """Dates: what the list prints for an article against what its page gives, tags removed."""
    print("\narticles of whole real sites: title and date as their list rows print them")
    for truth in sorted((REAL / "sites").glob("*.truth.json")):
        site = truth.name.split(".")[0]
        rows = {
            row["url"]: row
            for page in json.loads(truth.read_text(encoding="utf-8"))["list_pages"]
            for row in page["rows"]
            if row["url"].startswith("/")
        }
        pages = [(unpacked / site / path[1:].replace("/", "_"), row) for path, row in rows.items()]
        pages = [(file, row) for file, row in pages if file.exists()]
        for name, dater in daters():
            right = wrong = none = 0
            for file, row in pages:
                day = dater(without_tags(decode(file.read_bytes(), None).text), "http://www.example.gov.cn/a")
                right, wrong, none = (
                    right + (day == row["date"]),
                    wrong + (day not in {None, row["date"]}),
                    none + (day is None),
                )
            print(
                f"  {site:<10}date, {name:<22}{share(right, len(pages))} right {share(wrong, len(pages))} other {share(none, len(pages))} none"
            )
        titled = 0
        for file, row in pages:
            told = article(
                Document(decode(file.read_bytes(), None).text, "http://www.example.gov.cn/a", AS_OF)
            )
            wanted = squeezed(row["title"]).removeprefix("置顶：")
            titled += wanted in squeezed(told.title or "")
        print(f"  {site:<10}title{'':<24}{share(titled, len(pages))} of {len(pages)}")


def real_articles_under_the_sites_name(unpacked: Path) -> None:
    """The same articles with the site's name in every `<title>` and no tag at all; and where their texts end."""
    titled = footless = number = 0
    for truth in sorted((REAL / "sites").glob("*.truth.json")):
        site = truth.name.split(".")[0]
        rows = {
            row["url"]: row["title"]
            for page in json.loads(truth.read_text(encoding="utf-8"))["list_pages"]
            for row in page["rows"]
        }
        for path, title in rows.items():
            file = unpacked / site / path[1:].replace("/", "_")
            if not path.startswith("/") or not file.exists():
                continue
            bare = re.sub(r"(?is)<meta[^>]*>", "", decode(file.read_bytes(), None).text)
            footless += not OF_A_FOOT.search(main_text(Document(bare, "http://www.example.gov.cn/a", AS_OF)))
            named = re.sub(r"(?is)<title>.*?</title>", "<title>某某网站</title>", bare)
            told = article(Document(named, "http://www.example.gov.cn/a", AS_OF)).title
            titled += squeezed(title).removeprefix("置顶：") in squeezed(told or "")
            number += 1
    print(
        f"  the same {number} under the site's name: title {share(titled, number)}; text without foot {share(footless, number)}"
    )


def real_proposals(unpacked: Path) -> None:
    """Sections proposed for three real sites, for people to read and count: names told apart, rows of no class."""
    print("\nproposed sections of whole real sites (read them with `python -m benchmarks.real_sites`)")
    for truth in sorted((REAL / "sites").glob("*.truth.json")):
        site = truth.name.split(".")[0]
        home = f"http://www.{site}.gov.cn/"
        found = propose_sections(Site("3301000001", site, home, site), walked(unpacked / site, home))
        alone = sum(number == 1 for number in Counter(each.name for each in found).values())
        classed = sum(each.section_class != "其他" for each in found)
        print(f"  {site:<10}{len(found):4} rows, {alone} with a name of their own, {classed} with a class")


def walked(folder: Path, home: str) -> Iterator[Page]:
    """The pages of a copied site as records of a visit, link by link from its home page."""
    memo, met, asked = LinkMemo(home), set[str](), [home]
    for url in asked:
        name = urlsplit(url).path.lstrip("/")
        file = folder / (f"{name}index.html" if not name or name.endswith("/") else name).replace("/", "_")
        if not file.exists():
            continue
        read = read_page(file.read_bytes(), url, as_of=AS_OF, memo=memo, links_before=met)
        links = [link for link in read.links if link.url not in met]
        met |= {link.url for link in links}
        asked += [link.url for link in links if link.internal and not link.wrong and link.kind == "page"]
        yield Page(
            site_code="3301000001", url=url, final_url=url, status=200, outcome="ok", fetched_at="", elapsed_s=0, depth=1,
            kind=read.kind, title=read.title, tags=read.tags, entries=read.entries, new_links=links, navigation=navigation(read),
        )  # fmt: skip


def real_policy() -> None:
    """Lists and articles of five ministries against the answers kept beside them."""
    hit = wanted = paged = pages = titled = titles = 0
    for golden in sorted((REAL / "policy").glob("*.golden.json")):
        file = golden.with_name(golden.name.replace(".golden.json", ".html"))
        if not file.exists():
            continue
        told = json.loads(golden.read_text(encoding="utf-8"))
        told |= told.get("parse_list", {}) | told.get("parse_detail", {})
        text = decode(file.read_bytes(), None).text
        url = told.get("url") or ADDRESSES.get(golden.name.split(".")[0], "http://www.example.gov.cn/a/")
        document = Document(text, url, AS_OF)
        if "detail_links" in told:
            data = text.lstrip().startswith("{")
            found = {
                entry.url
                for entry in (entries_of_data(text, url, document.dates) if data else entries(document))
            }
            hit, wanted = hit + len(found & set(told["detail_links"])), wanted + len(told["detail_links"])
            if not data:
                here = set(told.get("next_pages") or []) - {document.url}
                paged, pages = paged + len(here & set(next_pages(document))), pages + len(here)
        elif title := told.get("title") or told.get("title_contains"):
            mine = squeezed(article(document).title or "")
            titled, titles = titled + (mine in squeezed(title) or squeezed(title) in mine), titles + 1
    print(
        f"\nfive ministries: entries {hit} of {wanted}, further pages {paged} of {pages}, titles {titled} of {titles}"
    )


ADDRESSES = {
    "ndrc_index": "https://www.ndrc.gov.cn/xxgk/zcfb/fzggwl/index.html",
    **{
        f"nfra_list_00{n}": "https://www.nfra.gov.cn/cbircweb/solr/openGovSerch?pageNo=2" for n in range(1, 5)
    },
}


def speed() -> None:
    """CPU time of one core for one page of 30 KB, everything read."""
    page = next(page for page in articles() if page.name == "trs / label time")
    listing = next(page for page in lists() if page.name == "sidebar / ul_after")
    print("\nmilliseconds a page (CPU of one core, median of 300) article   list")
    texts = [padded(page.html), padded(listing.html)]
    bodies = [text.encode() for text in texts]
    urls = [page.url, listing.url]
    memo = LinkMemo("http://www.yunting.gov.cn/")
    met = {f"http://www.yunting.gov.cn/col{n}/index.html" for n in range(MENU)}  # the site is under way
    row(
        "govcrawl: everything read, text and hash included",
        [lambda n=n: read_page(bodies[n], urls[n], as_of=AS_OF, memo=memo, links_before=met) for n in (0, 1)],
    )
    row(
        "  the same of the first page of a site",
        [lambda n=n: read_page(bodies[n], urls[n], as_of=AS_OF, memo=memo) for n in (0, 1)],
    )
    row("  of it Lexbor's parse", [lambda n=n: Document(texts[n], urls[n]) for n in (0, 1)])
    if importlib.util.find_spec("scrapy"):
        response = importlib.import_module("scrapy.http").HtmlResponse
        extractor = importlib.import_module("scrapy.linkextractors").LinkExtractor()
        row(
            "Scrapy LinkExtractor alone",
            [
                lambda n=n: extractor.extract_links(response(urls[n], body=bodies[n], encoding="utf-8"))
                for n in (0, 1)
            ],
        )
    if importlib.util.find_spec("htmldate"):
        find_date = importlib.import_module("htmldate").find_date
        row("htmldate alone", [lambda n=n: find_date(texts[n]) for n in (0, 1)])
    if importlib.util.find_spec("gne"):
        gne = importlib.import_module("gne").GeneralNewsExtractor()
        row("GNE alone", [lambda n=n: gne.extract(texts[n]) for n in (0, 1)])


def row(name: str, calls: list[Callable[[], object]]) -> None:
    medians = []
    for call in calls:
        call()
        times = []
        for _ in range(300):
            started = time.thread_time()
            call()
            times.append(time.thread_time() - started)
        medians.append(statistics.median(times) * 1000)
    print(f"  {name:<50}" + "".join(f"{median:8.2f}" for median in medians))


MENU = 100  # links of the navigation that all pages of a site share
NAMES = ("政务", "服务", "公开", "互动", "信息", "规划", "统计", "人事", "财政", "教育")


def padded(html: str) -> str:
    """The page with the navigation that real ones carry: 122 links, 30 KB."""
    menu = "".join(
        f'<li class="item-{n % 7}"><a href="/col{n}/index.html" target="_blank">{NAMES[n % 10]}{NAMES[n // 10]}</a></li>\n'
        for n in range(MENU)
    )
    filler = "<!-- " + "template " * 40 + "-->\n"
    html = html.replace("</body>", f'<div class="menu"><ul>{menu}</ul></div></body>', 1)
    return html.replace(
        "</head>", filler * max(0, (30_000 - len(html.encode())) // len(filler)) + "</head>", 1
    )


def daters() -> Iterator[tuple[str, Dater]]:
    yield "govcrawl", lambda html, url: (published(Document(html, url, AS_OF))[0] or "")[:10] or None
    if importlib.util.find_spec("htmldate"):
        find_date = importlib.import_module("htmldate").find_date
        for name, extensive in (("htmldate", True), ("htmldate, not extensive", False)):
            yield (
                name,
                lambda html, url, e=extensive: find_date(
                    html, url=url, extensive_search=e, original_date=True, max_date=AS_OF.isoformat()
                ),
            )
    if importlib.util.find_spec("gne"):
        extractor = importlib.import_module("gne").GeneralNewsExtractor()

        def gne(html: str, _url: str) -> str | None:
            told: dict[str, Any] = extractor.extract(html)
            found = re.search(r"(\d{4})\D(\d{1,2})\D(\d{1,2})", told["publish_time"])
            return date(*map(int, found.groups())).isoformat() if found else None

        yield "GNE", gne


class Score:
    """Entries found and wanted, summed over pages."""

    def __init__(self) -> None:
        self.hit = self.found = self.wanted = self.dated = self.titled = 0

    def add(
        self,
        found: dict[Any, tuple[str, str | None]],
        wanted: dict[Any, tuple[str, str | None]],
        *,
        cut: bool = False,
    ) -> None:
        both = found.keys() & wanted.keys()
        self.hit += len(both)
        self.found += len(found)
        self.wanted += len(wanted)
        self.dated += sum(found[name][1] == wanted[name][1] for name in both)
        self.titled += sum(
            found[name][0] == wanted[name][0] or (cut and found[name][0].startswith(wanted[name][0]))
            for name in both
        )

    def __str__(self) -> str:
        return (
            f"precision {share(self.hit, self.found)} recall {share(self.hit, self.wanted)}"
            f" dates {share(self.dated, self.hit)} titles {share(self.titled, self.hit)}  ({self.wanted} entries)"
        )


def key(path: str, title: str) -> str:
    return path if path.startswith("/") else path + squeezed(title)[:12]


def squeezed(text: str) -> str:
    return "".join(text.split()).rstrip(".…")


def without_tags(html: str) -> str:
    return re.sub(r"(?is)<meta[^>]*(?:date|time)[^>]*>", "", html)


def share(part: int, whole: int) -> str:
    return f"{100 * part / max(whole, 1):6.1f}%"


if __name__ == "__main__":
    main()
