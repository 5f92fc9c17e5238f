"""What reading one page costs: everything we read, its parts, and what others charge for the links alone.

`python -m benchmarks.read_page`. One core, the pages of `benchmarks.corpus`, all measured in the same run.
"""

from __future__ import annotations

import statistics
import time
from datetime import date
from typing import TYPE_CHECKING

from scrapy.http import HtmlResponse
from scrapy.linkextractors import LinkExtractor

from benchmarks.corpus import ADDRESSES, pages
from govcrawl.pages.articles.article import article
from govcrawl.pages.articles.text import main_text, text_sha256
from govcrawl.pages.dates.published import published
from govcrawl.pages.facts.footer import footer
from govcrawl.pages.facts.tags import tags
from govcrawl.pages.links.on_page import LinkMemo, links
from govcrawl.pages.lists.listing import entries
from govcrawl.pages.markup.charset import decode
from govcrawl.pages.markup.document import Document
from govcrawl.pages.read import read_page

if TYPE_CHECKING:
    from collections.abc import Callable

SAMPLE = 200
AS_OF = date(2026, 11, 22)


def main() -> None:
    sample = [(f"http://{ADDRESSES[0]}{path}", body) for path, body in pages().items()]
    sample = sample[:: max(len(sample) // SAMPLE, 1)]
    sizes = statistics.median(len(body) for _, body in sample)
    print(
        f"{len(sample)} pages, median {sizes / 1024:.0f} KB; CPU ms a page: median (worst of ten in a hundred)"
    )
    memo = LinkMemo(f"http://{ADDRESSES[0]}/")
    extractor = LinkExtractor()
    documents = {url: Document(body.decode(), url, AS_OF) for url, body in sample}
    shown = sum(len(each.text) + len(each.scripts) for each in documents.values())  # read once, shared by all
    print(f"{shown / len(sample):.0f} characters shown a page")

    steps: dict[str, Callable[[str, bytes], object]] = {
        "read_page: everything": lambda url, body: read_page(body, url, as_of=AS_OF, memo=memo),
        "  decode": lambda _, body: decode(body, "text/html"),
        "  parse": lambda url, body: Document(body.decode(), url),
        "  shown text": lambda url, body: Document(body.decode(), url).text,
        "  links": lambda url, _: links(documents[url], memo),
        "  entries": lambda url, _: entries(documents[url]),
        "  date": lambda url, _: published(documents[url]),
        "  tags": lambda url, _: tags(documents[url]),
        "  footer": lambda url, _: footer(documents[url]),
        "  main text": lambda url, _: main_text(documents[url]),
        "  hash of it": lambda url, _: text_sha256(main_text(documents[url])),
        "  article": lambda url, _: article(documents[url]),
        "Scrapy LinkExtractor alone": lambda url, body: extractor.extract_links(
            HtmlResponse(url, body=body, encoding="utf-8")
        ),
    }
    for name, step in steps.items():
        for url, body in sample[:20]:
            step(url, body)  # warm up: memos, compiled patterns
        spent = []
        for url, body in sample:
            started = time.process_time()
            step(url, body)
            spent.append((time.process_time() - started) * 1000)
        print(f"{name:28} {statistics.median(spent):6.2f} ({statistics.quantiles(spent, n=10)[-1]:.2f})")


if __name__ == "__main__":
    main()
