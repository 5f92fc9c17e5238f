"""What the browser hides of a page's links, told by the browser: style sheets of other addresses, layers, scripts."""

from datetime import date

import pytest
from playwright.sync_api import sync_playwright

from govcrawl.network.chromium import find_browser, quiet_arguments
from govcrawl.network.computed import MARK_CONCEALED
from govcrawl.pages.links.on_page import LinkMemo
from govcrawl.pages.read import read_page
from govcrawl.pages.tampering.concealed import MARK
from tests.pages.tampering.blocks import BORING, FIRMS, WORDS, anchors

HOME = "http://jtj.lanchuan.gov.cn/"
SHEET = """.far{position:absolute;left:-3000px}.none{display:none}.ink a{color:#fff}.shown{display:block!important}
.tiny a{font-size:1px}.clear{opacity:.01}.out{overflow:hidden;height:0}.blue{background:#05a}.blue a{color:#fff}
.logo a{text-indent:-999px;display:block;background:url(x.png)}"""
SCRIPT = "document.getElementById('late').style.display='none'"
BLOCKS = {
    "far": f'<div class="far">{anchors(BORING)}</div>',
    "none": f'<div class="none">{anchors(WORDS)}</div>',
    "ink": f'<div class="ink">{anchors(BORING)}</div>',
    "tiny": f'<p class="tiny">{anchors(BORING)}</p>',
    "clear": f'<div class="clear">{anchors(WORDS)}</div>',
    "out": f'<div class="out">{anchors(WORDS)}</div>',
    "late": f'<div id="late">{anchors(WORDS)}</div><script>{SCRIPT}</script>',
    "shown": f'<div style="display:none" class="shown">{anchors(BORING)}</div>',
    "blue": f'<div class="blue">{anchors(FIRMS)}</div>',
    "logo": f'<div class="logo">{anchors(FIRMS)}</div>',
    "plain": f"<p>{anchors(FIRMS)}</p>",
}


@pytest.fixture(scope="module")
def drawn():
    """The pages as Chromium has them, marked, with the sheet of another address in force."""
    found = {}
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_browser(), args=quiet_arguments())
        page = browser.new_page()
        page.route("**/a.css", lambda route: route.fulfill(body=SHEET, content_type="text/css"))
        shown = {}
        page.route(
            HOME, lambda route: route.fulfill(body=shown["markup"], content_type="text/html; charset=utf-8")
        )
        for name, block in BLOCKS.items():
            news = "".join(f'<li><a href="/a{n}.htm">岚川市交通局召开第{n}次会议</a></li>' for n in range(9))
            markup = f'<html><head><link rel="stylesheet" href="{HOME}a.css"></head><body><ul>{news}</ul>{block}</body></html>'
            shown["markup"] = markup
            page.goto(HOME)
            page.evaluate(MARK_CONCEALED, MARK)
            found[name] = page.content()
        browser.close()
    return found


def planted(markup):
    memo = LinkMemo(HOME)
    read = read_page(
        markup.encode(), HOME, as_of=date(2026, 11, 22), memo=memo, content_type="text/html; charset=utf-8"
    )
    return [(each.kind, each.doubt) for each in read.planted]


@pytest.mark.parametrize("name", ["far", "none", "ink", "tiny", "clear", "out", "late"])
def test_what_a_style_sheet_or_a_script_hides_is_told_by_the_browser(drawn, name):
    assert [("hidden", None)] == planted(drawn[name])


@pytest.mark.parametrize("name", ["shown", "blue", "logo", "plain"])
def test_what_the_browser_shows_is_shown_whatever_the_markup_says(drawn, name):
    assert [] == planted(drawn[name])
