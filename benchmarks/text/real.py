"""The texts of the real pages beside the project, as the reader of pages takes them."""

from __future__ import annotations

import tarfile
from datetime import date

from benchmarks.reading import REAL
from govcrawl.pages.links.on_page import LinkMemo
from govcrawl.pages.read import read_page


def shown(body: bytes, url: str) -> str:
    return read_page(body, url, as_of=date(2026, 3, 18), memo=LinkMemo(url), kind_hint="article").text


def real_texts():
    for path in sorted((REAL / "policy").glob("*.html")):
        yield path.name, shown(path.read_bytes(), "http://www.a.gov.cn/" + path.name)
    for archive in sorted((REAL / "sites").glob("*.tar.xz")):
        with tarfile.open(archive) as tar:
            for member in tar:
                if member.isfile() and member.name.endswith(".html"):
                    yield (
                        member.name,
                        shown(tar.extractfile(member).read(), "http://www.a.gov.cn/" + member.name),
                    )
