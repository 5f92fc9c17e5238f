"""Every page of a data folder as a reader meets it in Chromium: nothing overflows, nothing is asked of a network, no
content runs, and axe-core finds no serious barrier."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Browser, Page, sync_playwright

from analytics.notices.catalogue import DOCUMENT_KINDS
from analytics.notices.intranet.index import write_index
from analytics.notices.write import write_notices
from analytics.review.export import export
from govcrawl.network.chromium import find_browser, quiet_arguments

DESK, PHONE = {"width": 1280, "height": 900}, {"width": 390, "height": 844}


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    if find_browser() is None:
        pytest.skip("no Chromium on this machine: install chromium to look at the documents")
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=find_browser(), args=quiet_arguments())
        yield opened
        opened.close()


@pytest.fixture(scope="module")
def pages(judged, tmp_path_factory) -> dict[str, Path]:
    """One page of every kind: a document of each kind, the review page, and each page of the intranet."""
    written = write_notices(
        judged.data, judged.assessments[-1], documents=[kind.stem for kind in DOCUMENT_KINDS]
    )
    first = write_index(judged.data)
    chosen = {stem: paths[0] for stem, paths in written.written.items()}
    chosen["review"] = export(judged.data, judged.assessments[-1], tmp_path_factory.mktemp("r") / "r.xlsx")[1]
    inside = sorted((first.parent / "intranet").rglob("*.html"))
    return chosen | {"index": first} | {path.relative_to(first.parent).as_posix(): path for path in inside}


@pytest.fixture
def page(browser) -> Iterator[Page]:
    with browser.new_context(offline=True) as context:
        yield context.new_page()


def test_pages_fit_desk_and_phone_run_no_content_and_ask_nothing_of_a_network(page, pages):
    said, asked = [], []
    page.on("console", lambda message: said.append((page.url, message.text)))
    page.on("dialog", lambda dialog: (said.append((page.url, dialog.message)), dialog.dismiss()))
    page.on("request", lambda request: asked.append(request.url))
    too_wide = []
    for name, path in pages.items():
        for size in (DESK, PHONE):
            page.set_viewport_size(size)
            page.goto(path.as_uri())
            wide = page.evaluate("document.documentElement.scrollWidth")
            if wide > size["width"]:
                too_wide.append((name, size["width"], wide))

    assert [] == said
    assert {path.as_uri() for path in pages.values()} == set(asked)
    assert [] == too_wide


def test_a_table_can_be_filtered_and_sorted(page, pages):
    page.goto(pages["index"].as_uri())
    table = page.locator("table.sortable").first
    page.get_by_label("筛选").first.fill("防护局")
    assert 1 == table.locator("tbody tr:visible").count()

    page.get_by_label("筛选").first.fill("")
    table.get_by_role("button", name="标识码").click()
    codes = table.locator("tbody tr td:last-child").all_text_contents()
    assert sorted(codes) == codes


def test_axe_finds_no_serious_barrier_on_any_kind_of_page_desk_and_phone(page, pages):
    one_of_each = {
        str(Path(name).parent) if "/units/" in name or "/sites/" in name else name: path
        for name, path in pages.items()
    }
    serious = {}
    for kind, path in one_of_each.items():
        page.goto(path.as_uri())
        page.evaluate(AXE_SCRIPT)
        for size in (DESK, PHONE):
            page.set_viewport_size(size)
            found = page.evaluate("axe.run(document, {resultTypes: ['violations']})")
            for each in found["violations"]:
                if each["impact"] in {"serious", "critical"}:
                    nodes = [node["html"][:120] for node in each["nodes"][:3]]
                    serious[f"{kind} {size['width']} {each['id']}"] = nodes

    assert len(one_of_each) >= len(DOCUMENT_KINDS) + 8
    assert {} == serious, json.dumps(serious, ensure_ascii=False, indent=1)
