"""What an answer and a page say of the software behind them."""

from datetime import date

import pytest

from govcrawl.pages.answers.headers import kept
from govcrawl.pages.facts.tags import generator
from govcrawl.pages.markup.document import Document


def test_headers_are_kept_by_name_and_of_cookies_the_names_alone():
    sent = [
        ("Server", "nginx/1.20"),
        ("Set-Cookie", "JSESSIONID=0F1E2D; Path=/; HttpOnly"),
        ("set-cookie", "lang=zh"),
        ("Vary", "Accept"),
        ("Vary", "Cookie"),
    ]

    assert {"server": "nginx/1.20", "set-cookie": "JSESSIONID, lang", "vary": "Accept, Cookie"} == kept(sent)
    assert {} == kept([])


def test_an_answer_of_endless_headers_is_kept_in_bounds():
    found = kept((f"X-{number}", "x" * 5_000) for number in range(500))

    assert 60 == len(found)
    assert {1_000} == {len(value) for value in found.values()}


@pytest.mark.parametrize(
    ("head", "said"),
    [
        ('<meta name="Generator" content=" JCMS  3.2 ">', "JCMS 3.2"),
        ('<META NAME="GENERATOR" CONTENT="">', None),
        ('<meta name="author" content="JCMS">', None),
        (f'<meta name="generator" content="{"x" * 500}">', "x" * 200),
        ("", None),
    ],
)
def test_the_generator_of_a_page_is_read_from_its_tag(head, said):
    page = Document(
        f"<html><head>{head}</head><body></body></html>", "http://www.example.gov.cn/", date(2026, 11, 22)
    )

    assert said == generator(page)
