"""What an article says of itself."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from govcrawl.pages.articles.article import Attachment, article
from govcrawl.pages.markup.document import Document
from tests.pages.layouts import words
from tests.pages.layouts.articles import articles

URL = "http://www.yunting.gov.cn/zwgk/t20261105_1.html"
TEXT = (
    "<p>各县人民政府，市政府各部门：根据工作安排，现将有关事项通知如下，请认真组织落实，确保取得实效。</p>"
    * 3
)
TITLE = "关于开展政府网站检查的通知"


def page(
    line: str = "", *, title: str = TITLE, head: str = "", body: str = TEXT, above: str = ""
) -> Document:
    return Document(
        f"<title>{title}_云汀市</title>{head}<body>{above}<h1>{title}</h1><div>{line}</div><div id=zoom>{body}</div></body>",
        URL,
    )


def test_floor_on_titles_and_sources_of_the_generated_articles() -> None:
    pages = [(page, article(Document(page.html, page.url))) for page in articles()]
    titled = sum(told.title == page.title for page, told in pages)
    sourced = [told.source == page.source for page, told in pages if page.source is not None]
    assert titled >= 0.98 * len(pages)
    assert sum(sourced) >= 0.98 * len(sourced)


def test_the_text_holds_no_template() -> None:
    for layout in articles():
        text = article(Document(layout.html, layout.url)).text
        assert "版权所有" not in text
        assert "当前位置" not in text
        assert "相关" not in text
        assert sum(sentence in text for sentence in words.SENTENCES) == 4


@pytest.mark.parametrize(
    ("line", "source"),
    [
        ("来源：云汀日报", "云汀日报"),
        ("信息来源：<span>云汀市教育局</span>", "云汀市教育局"),
        ("来　源：云汀市教育局　作者：张某某", "云汀市教育局"),
        ("【来源】云汀日报【作者】张某某", "云汀日报"),
        ("文章来源: 规划局 发布时间：2026-11-05", "规划局"),
        ("来源： 发布时间：2026-11-05", None),
        ("来源：<br>浏览次数：12", None),
    ],
)
def test_the_source_is_a_name_or_nothing(line: str, source: str | None) -> None:
    assert article(page(line)).source == source


def test_the_author_stands_beside_the_source() -> None:
    assert article(page("来源：云汀日报　记者：张某某　阅读：3")).author == "张某某"


@pytest.mark.parametrize(
    ("document", "number"),
    [
        (
            page(above="<table><tr><td>发文字号：</td><td>云政办发〔2026〕7号</td></tr></table>"),
            "云政办发〔2026〕7号",
        ),
        (page(body="<p>云政办发[2026] 7 号</p>" + TEXT), "云政办发[2026]7号"),
        (page(title="云汀市人民政府令第12号 云汀市城市更新管理办法"), "云汀市人民政府令第12号"),
        (page(title="关于电力监管的规定 2026年第41号令"), "2026年第41号令"),
        (page(body=TEXT + "<p>根据《关于检查的通知》（云政发〔2019〕3号）要求。</p>"), None),
        (page(), None),
    ],
)
def test_the_document_number_is_that_of_this_document(document: Document, number: str | None) -> None:
    assert article(document).doc_number == number


def test_attachments_are_files_with_their_names() -> None:
    body = (
        TEXT
        + '<p>附件：<a href="./P0201.docx">1.任务分工表.docx</a> <a href="/down?fileid=3">2.名单.xlsx</a> <a href="a.html">网页</a> <a href="http://[x/a.pdf">坏</a></p>'
    )
    assert article(page(body=body)).attachments == (
        Attachment("http://www.yunting.gov.cn/zwgk/P0201.docx", "1.任务分工表.docx"),
        Attachment("http://www.yunting.gov.cn/down?fileid=3", "2.名单.xlsx"),
    )


def test_the_official_title_tag_wins_and_a_template_word_does_not() -> None:
    assert (
        article(
            page(
                head='<meta name="articletitle" content="关于开展网站检查的补充通知">',
                title="云汀市人民政府网站",
            ),
        ).title
        == "关于开展网站检查的补充通知"
    )
    assert article(page(head='<meta name="ArticleTitle" content="文章标题">')).title == TITLE


def test_a_heading_that_addresses_the_readers_is_no_title() -> None:
    markup = f"<title>云汀市交易网</title><h1>{TITLE}</h1><p>发布时间：2026-11-05</p><h1>各招标代理机构：</h1>{TEXT}"

    assert article(Document(markup, URL)).title == TITLE


def test_a_picture_under_a_short_title_is_called_by_it() -> None:
    markup = "<title>专家视点——云汀市物价局</title><p>首页</p><p>专家视点</p><p>冬日山色</p><p>2026-11-05 10:08</p><img src=a.jpg>"

    assert article(Document(markup, URL)).title == "冬日山色"
    labelled = "<title>公示</title><p>机关名称</p><p>某局</p><p>作出处罚决定的日期</p><p>2026-11-05</p>"
    assert article(Document(labelled, URL)).title == "公示"


def test_an_article_that_comes_as_data() -> None:
    document = Document(
        '{"rptCode":200,"data":{"docTitle":"关于某公司任职资格的批复","publishDate":"2026-11-05 17:32:00","docSource":"准入司",'
        '"documentNo":"云复[2026]220号","docClob":"<p>云汀银行：</p><p>你行请示收悉。经审核，核准所报人员任职资格。请按规定办理有关手续。</p>"}}',
        URL,
    )
    told = article(document)
    assert (told.title, told.source, told.doc_number) == (
        "关于某公司任职资格的批复",
        "准入司",
        "云复[2026]220号",
    )
    assert told.text.startswith("云汀银行：\n你行请示收悉")


@given(st.text(max_size=300))
def test_no_page_makes_the_reader_fail(markup: str) -> None:
    document = Document(markup, URL)
    assert article(document) == article(document)
