"""Lines of a template are looked over once; what is left of a page still holds every word."""

from hypothesis import given
from hypothesis import strategies as st

from govcrawl.pages.lists.rows import rows
from govcrawl.pages.markup.document import Document
from govcrawl.pages.markup.template_lines import TemplateLines

LINES = st.lists(st.text("abx错\r ", max_size=6), max_size=12)


@given(st.lists(LINES, min_size=1, max_size=4))
def test_what_is_left_of_a_page_holds_the_words_that_the_page_holds(pages: list[list[str]]) -> None:
    template = TemplateLines(("ab", "错"))
    for lines in pages:
        text = "\n".join(lines)
        left = template.without(text)
        assert [word in text for word in ("ab", "错")] == [word in left for word in ("ab", "错")]


def test_a_line_that_says_nothing_is_left_out_on_the_next_page() -> None:
    template = TemplateLines(("beian",))
    menu, foot = "<li><a href=/zc/>政策</a></li>", "<a href=//beian.miit.gov.cn>"
    assert template.without(f"{menu}\n{foot}") == f"{menu}\n{foot}"
    assert template.without(f"<p>新闻</p>\n{menu}\n{foot}") == f"<p>新闻</p>\n{foot}"


def test_rows_near_dates_are_all_rows_but_those_of_menus() -> None:
    menu = "".join(f"<li><a href=/c{letter}/>栏目</a></li>" for letter in "abcd")
    rows_of_list = "".join(
        f"<li><a href=/{n}.html>关于{n}的通知</a><span>2026-11-0{n}</span></li>" for n in "123"
    )
    page = Document(f"<div><ul>{menu}</ul><div><ul>{rows_of_list}</ul></div></div>", "http://a.gov.cn/")
    assert page.seen is not None
    every, near = rows(page.seen), rows(page.seen, near_dates=True)
    assert [row.href for row in near] == [row.href for row in every if row.href.endswith(".html")]
    assert [row.place.node.html for row in near] == [row.place.node.html for row in every[4:]]
