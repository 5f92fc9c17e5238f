"""Pages made to hold their reader: the six of the review, and their kin; the time grows as the page does."""

import time
from datetime import date

import pytest

from govcrawl.pages.answers.soft404 import fingerprint
from govcrawl.pages.links.on_page import LinkMemo
from govcrawl.pages.read import read_page

DAY = date(2026, 11, 22)
HOME = "http://www.ceshi.gov.cn/"
GROWTH = 3.0  # of the time, when the page doubles: linear is 2, quadratic 4
ENOUGH_S = 0.3  # below it nothing can be told on a busy machine

HOSTILE = {
    "blanks before the markup": lambda n: "\n" * n + "<html><p>x",
    "one compound selector": lambda n: (
        f"<style>{'.a' * (n // 60)}{{display:none}}</style>" + "<div class=a>" * 150
    ),
    "steps of a selector": lambda n: (
        f"<style>{'.a ' * (n // 60)}.b{{display:none}}</style>" + "<div class=a>" * 150
    ),
    "one line without a blank": lambda n: "<p>" + "a" * n,
    "data without end in a script": lambda n: "<script>" + "<![CDATA[" * (n // 9) + "</script>",
    "records without end in a script": lambda n: "<script>" + "<record>" * (n // 8) + "</script>",
    "an address that never ends": lambda n: "<a onclick=\"go('" + "a/" * (n // 2) + '">x</a>',
    "blank lines in an article": lambda n: "<h1>通知</h1><p>正文" + "\n" * n + "完</p>" + "<p>内容</p>" * 40,
    "blanks as entities": lambda n: "<p>发布时间" + "&nbsp;" * (n // 6) + "</p>",
    "counters": lambda n: "<p>" + "浏览次数:" * (n // 5),
    "digits": lambda n: "<p>" + "1" * n,
    "dates": lambda n: "<p>" + "2026年1月" * (n // 7),
    "anchors without end": lambda n: "<a" * (n // 2),
    "nesting": lambda n: "<div>" * (n // 5),
    "comments without end": lambda n: "<!--" * (n // 4),
    "strings without end in a script": lambda n: (
        "<script>var a=[{'date':'2026-01-01'}];" + '\\"' * (n // 2) + "</script>"
    ),
    "elements of XML without end": lambda n: "<?xml version='1.0'?><list>" + "<item>" * (n // 6),
    "dots in a title": lambda n: "<title>" + "." * n + "x</title><a href=/a.html>" + "…" * (n // 2) + "x</a>",
}


@pytest.mark.parametrize("what", HOSTILE)
def test_a_page_takes_time_as_it_is_long_and_not_more(what, thorough, told):
    times = []
    for doubling in range(3 + thorough):
        body = HOSTILE[what](50_000 << doubling).encode()
        started = time.process_time()
        read = read_page(body, f"{HOME}a.html", as_of=DAY, memo=LinkMemo(HOME))
        fingerprint(read.document)
        times.append(time.process_time() - started)
        assert times[-1] < 20
    quick = times[-1] < ENOUGH_S or times[-1] < GROWTH * times[-2]
    assert quick or times[-2] < 2 * times[-3], f"{[round(seconds, 2) for seconds in times]} s"
    told(f"{len(body) >> 10} kB of {what}", f"read in {times[-1]:.2f} s of processor")
