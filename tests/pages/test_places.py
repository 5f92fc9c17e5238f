"""Where a link stands: a selector that finds its element again, on every layout of the corpus."""

from __future__ import annotations

import time

from govcrawl.pages.links.on_page import LinkMemo, links
from govcrawl.pages.markup.document import Document
from tests.pages.layouts.lists import lists

HOME = "http://www.yunting.gov.cn/"


def read(markup: str, met: tuple[str, ...] = ()):
    return links(Document(markup, HOME), LinkMemo(HOME), links_before=met)


def test_the_position_finds_the_element_on_every_layout():
    for page in list(lists())[::5]:
        document = Document(page.html, page.url)
        for link in links(document, LinkMemo(page.url)):
            element = document.tree.css(link.position)[0]
            named = [value for value in element.attributes.values() if value]
            reached = {document.absolute(value) for value in named} | set(named)
            assert link.url in reached, (page.url, link.position)


def test_it_starts_at_the_nearest_id_that_is_one_of_its_kind():
    markup = '<div id="a"><p><i>甲</i><a href="/1">乙</a></p></div><div id="b"></div><div id="b"><a href="/2">丙</a></div>'

    assert ["#a > p:nth-child(1) > a:nth-child(2)", "html > body > div:nth-child(3) > a:nth-child(1)"] == [
        link.position for link in read(markup)
    ]


def test_a_target_met_before_is_not_placed_again():
    assert ["", "html > body > a:nth-child(2)"] == [
        link.position for link in read('<a href="/1">甲</a><a href="/2">乙</a>', (f"{HOME}1",))
    ]


def test_ten_thousand_links_in_one_element_are_placed_in_linear_time():
    markup = "<ul>" + "".join(f"<li><a href='/{n}'>第{n}号</a></li>" for n in range(10_000)) + "</ul>"
    began = time.process_time()

    assert "html > body > ul:nth-child(1) > li:nth-child(10000) > a:nth-child(1)" == read(markup)[-1].position
    assert time.process_time() - began < 3
