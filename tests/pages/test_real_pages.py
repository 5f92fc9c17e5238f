"""Pages of real sites, where they lie beside the repository: rows, dates and titles against their truth files."""

from __future__ import annotations

import json
import tarfile
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from govcrawl.pages.articles.article import article
from govcrawl.pages.dates.published import published
from govcrawl.pages.lists.listing import entries
from govcrawl.pages.markup.charset import decode
from govcrawl.pages.markup.document import Document

if TYPE_CHECKING:
    from collections.abc import Iterator

REAL = Path(__file__).resolve().parents[3] / "shared" / "realpages"
SITES = ("gzdzhrss", "jspn", "zjgztb")
AS_OF = date(2026, 11, 22)

pytestmark = pytest.mark.skipif(not REAL.is_dir(), reason="the real pages are not beside the repository")


@pytest.fixture(scope="module", params=SITES)
def site(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[dict]]:
    folder = tmp_path_factory.mktemp(request.param)
    with tarfile.open(REAL / "sites" / f"{request.param}.tar.xz") as tar:
        tar.extractall(folder, filter="data")
    truth = json.loads((REAL / "sites" / f"{request.param}.truth.json").read_text(encoding="utf-8"))
    return folder, truth["list_pages"]


def read(file: Path, path: str) -> Document:
    return Document(decode(file.read_bytes(), None).text, f"http://www.example.gov.cn/{path}", AS_OF)


def squeezed(text: str) -> str:
    return "".join(text.split()).rstrip(".…").removeprefix("置顶：")


def test_every_row_of_every_list_is_found_with_its_date(site: tuple[Path, list[dict]]) -> None:
    folder, pages = site
    missing: list[dict] = []
    for page in pages:
        found = entries(read(folder / page["page"].replace("/", "_"), page["page"]))
        rows = {(entry.url.removeprefix("http://www.example.gov.cn"), entry.published_on) for entry in found}
        missing += [row for row in page["rows"] if (row["url"], row["date"]) not in rows]
    assert len(missing) <= 1, missing  # one truth row takes "（2015年3月1日更新）" in a title for the date


def articles(folder: Path, pages: list[dict]) -> Iterator[tuple[Document, dict]]:
    rows = {row["url"]: row for page in pages for row in page["rows"] if row["url"].startswith("/")}
    for path, row in rows.items():
        file = folder / path[1:].replace("/", "_")
        if file.exists():
            yield read(file, "a"), row


def test_articles_tell_the_title_and_the_day_that_their_list_prints(site: tuple[Path, list[dict]]) -> None:
    told = [(article(page), published(page)[0] or "", row) for page, row in articles(*site)]
    assert sum(value[:10] == row["date"] for _, value, row in told) >= 0.97 * len(told)
    assert sum(squeezed(row["title"]) in squeezed(read.title or "") for read, _, row in told) >= 0.97 * len(
        told
    )
