"""Hand-written pages, each in the style of a real one (`style` in expected.json), read as a whole."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from govcrawl.pages.articles.article import article
from govcrawl.pages.dates.published import conflict, published
from govcrawl.pages.lists.listing import entries
from govcrawl.pages.lists.next_pages import next_pages
from govcrawl.pages.markup.charset import decode
from govcrawl.pages.markup.document import Document

AS_OF = date(2026, 11, 22)
CASES = sorted(Path(__file__).with_name("cases").iterdir())


def told(folder: Path, url: str) -> dict[str, Any]:
    decoded = decode((folder / "page.html").read_bytes(), None)
    document = Document(decoded.text, url, AS_OF)
    read = article(document)
    return {
        "published": list(published(document)),
        "conflict": list(conflict(document) or ()),
        "title": read.title,
        "source": read.source,
        "doc_number": read.doc_number,
        "charset": [decoded.declared, decoded.used],
        "entries": [[entry.title, entry.url, entry.published_on] for entry in entries(document)],
        "next_pages": next_pages(document),
    }


@pytest.mark.parametrize("folder", CASES, ids=lambda folder: folder.name)
def test_the_case_is_read_as_expected(folder: Path) -> None:
    expected = json.loads((folder / "expected.json").read_text(encoding="utf-8"))
    answer = told(folder, expected["url"])
    asked = {key: value for key, value in expected.items() if key in answer}
    assert asked, "a case must expect something"
    assert {key: answer[key] for key in asked} == asked, expected["style"]
