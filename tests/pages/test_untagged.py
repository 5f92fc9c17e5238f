"""Articles without official tags, in frames where something else looks more like the title than the title."""

from __future__ import annotations

from collections import Counter
from datetime import date

import pytest

from govcrawl.pages.articles.article import article
from govcrawl.pages.articles.text import main_text, text_sha256
from govcrawl.pages.dates.published import published
from govcrawl.pages.markup.document import Document
from govcrawl.pages.markup.foot import foot_of
from tests.pages.layouts import words
from tests.pages.layouts.untagged import untagged

AS_OF = date(2026, 11, 27)
URL = "http://mzj.yunting.gov.cn/gzdt/1182.html"
TITLE = "关于开展政府网站检查的通知"
TEXT = "".join(f"<p>{sentence}</p>" for sentence in words.SENTENCES[:4])
OF_A_FOOT = ("ICP", "标识码", "主办单位", "公网安备")


def test_floors_on_titles_and_texts_of_articles_without_tags() -> None:
    counted: Counter[str] = Counter()
    for page in untagged():
        document = Document(page.html, page.url)
        text = main_text(document)
        counted["pages"] += 1
        counted["titled"] += article(document).title == page.title
        counted["without foot"] += not any(word in text for word in OF_A_FOOT)
        counted["whole"] += page.sentence is None or page.sentence in text
    assert counted["titled"] >= 0.97 * counted["pages"], counted
    assert counted["without foot"] >= 0.99 * counted["pages"], counted
    assert counted["whole"] == counted["pages"], counted


@pytest.mark.parametrize(
    ("head", "title"),
    [
        ("【图解】养老服务十件实事_云汀市", "【图解】养老服务十件实事"),
        ("【关于停办业务的公告】_云汀市", "关于停办业务的公告"),
        ("[转载]养老服务十件实事", "[转载]养老服务十件实事"),
    ],
)
def test_a_bracket_belongs_to_its_title_unless_it_holds_all_of_it(head: str, title: str) -> None:
    page = (
        f"<title>{head}</title><body><p class=a>{title}</p><p>2026-03-04</p><div id=zoom>{TEXT}</div></body>"
    )
    assert article(Document(page, URL)).title == title


@pytest.mark.parametrize("official", ["王某某", "简介", "机构职能"])
def test_the_official_title_may_be_short(official: str) -> None:
    page = (
        f"<title>云汀市</title><meta name=ArticleTitle content={official}><body><p>扫一扫在手机打开当前页</p>"
        f"<p>{official}</p><div id=zoom>{TEXT}</div></body>"
    )
    assert article(Document(page, URL)).title == official


def test_titles_in_pieces_are_one_line() -> None:
    page = (
        "<title>云汀市民政局</title><body><h1>云汀市民政局</h1><ul><li><a href=/>首页</a></li></ul>"
        f"<div class=k>关于印发<br><font>《养老服务办法》</font>的通知</div><p>来源：办公室 2026-03-04</p><div>{TEXT}</div></body>"
    )
    assert article(Document(page, URL)).title == "关于印发《养老服务办法》的通知"


def hash_of(first: str, second: str, opened: tuple[str, str], head: str = "") -> str:
    page = (
        f"<title>{TITLE}</title>{head}<body><h1>{TITLE}</h1><p>2026-03-04</p>"
        f"{opened[0]}{first}</div>{opened[1]}{second}</div><p>云ICP备1号</p></body>"
    )
    return text_sha256(main_text(Document(page, URL)))


@pytest.mark.parametrize(
    ("opened", "shown", "head"),
    [
        (("<div class=pc>", "<div class=wap>"), 0, ""),
        (("<div class='art m-mobile'>", "<div class=art>"), 1, ""),
        (("<div class=visible-xs>", "<div class=hidden-xs>"), 1, ""),
        (("<div>", "<div style='display:none'>"), 0, ""),
        (("<div id=zoom hidden>", "<div id=zoom>"), 1, ""),
        (("<div class=k>", "<div class=x>"), 1, "<style>.k{display:none}</style>"),
        (("<div class=k>", "<div class=x>"), 0, "<style>@media(min-width:768px){.x{display:none}}</style>"),
        (
            ("<div class=k>", "<div class=x>"), 0,
            "<style>.x{display:none}@media screen and (max-width:700px){.x{display:block}.k{display:none}}</style>",
        ),
    ],
)  # fmt: skip
def test_an_edit_of_the_shown_copy_changes_the_hash_and_one_of_the_hidden_copy_does_not(
    opened: tuple[str, str], shown: int, head: str
) -> None:
    edited = TEXT.replace("狠抓落实", "抓好落实")
    before = hash_of(TEXT, TEXT, opened, head)
    assert (hash_of(edited, TEXT, opened, head) != before) == (shown == 0)
    assert (hash_of(TEXT, edited, opened, head) != before) == (shown == 1)


def test_hidden_words_that_stand_nowhere_else_are_read() -> None:
    page = f"<title>{TITLE}</title><body><h1>{TITLE}</h1><div id=zoom>{TEXT}<div style='display:none'><p>{'展开后可见的全文部分。' * 5}</p></div></div></body>"
    assert "展开后可见的全文部分" in main_text(Document(page, URL))


@pytest.mark.parametrize(
    "pasted",
    [
        # a stray end tag closes the container
        "<div class=TRS_Editor><p class=MsoNormal>{0}{0}</p></div></div><p class=MsoNormal>{1}</p><p>{2}</p>",
        # the editor opens a container for each paragraph
        "<div class=x><div class=Custom_UnionStyle><p>{0}{0}</p></div><div class=Custom_UnionStyle><p>{1}</p><p>{2}</p></div></div>",
        # an anchor of Word that is never closed
        "<div class=TRS_Editor><p>{0}{0}</p><p><a name=_Toc1>{1}</p><p>{2}</p></div>",
        # an object of Word that is never closed
        "<div class=TRS_Editor><p>{0}{0}</p><object classid='clsid:38481807-CA0E-42D2-BF39-B33AF135CC4D' id=ieooui><p>{1}</p><p>{2}</p></div>",
        # sections of Word
        "<div class=Section0><p>{0}{0}</p></div><p>{1}</p><p>{2}</p>",
    ],
)
def test_markup_pasted_from_word_does_not_cut_the_text(pasted: str) -> None:
    sentences = words.SENTENCES[:3]
    text = pasted.format(*sentences)
    page = f"<title>{TITLE}</title><body><h1>{TITLE}</h1><p>2026-03-04</p><div>{text}<div class=fx>分享到：</div></div><p>云ICP备1号</p></body>"
    told = main_text(Document(page, URL))
    assert all(sentence in told for sentence in sentences)
    assert "ICP" not in told


def test_a_paragraph_that_begins_like_a_heading_of_neighbours_is_text() -> None:
    page = f"<title>{TITLE}</title><body><h1>{TITLE}</h1><div id=zoom>{TEXT}<p>相关政策由市民政局会同有关部门解释，未尽事宜另行通知；本通知自印发之日起施行。</p></div></body>"
    assert "未尽事宜另行通知" in main_text(Document(page, URL))


def test_the_foot_begins_above_its_marks_and_below_the_text() -> None:
    page = "<body><h1>王某某</h1><p>2026-03-04</p><p><img src=1.jpg></p><p>主办：云汀市民政局</p><p>地址：人民路9号</p><p>云ICP备20240007号</p></body>"
    document = Document(page, URL)
    assert document.text[foot_of(document) :].strip().startswith("主办")
    plain = Document("<body><h1>王某某</h1><p>2026-03-04</p></body>", URL)
    assert foot_of(plain) == len(plain.text)


ROWS = "".join(
    f"<li><a href='/{n}.html'>{words.title(n)}</a><span>2026-02-1{n}</span></li>" for n in range(5)
)


@pytest.mark.parametrize(
    ("head", "body", "day"),
    [
        # written anew with the page
        ("<meta name=createDate content='2026-11-20 03:00:00'>", "<h1>{t}</h1><p>发布时间：2021-03-04</p>", "2021-03-04"),
        ("<meta name=publishdate content='2026-11-20'>", "<h1>{t}</h1><p>2021-03-04 来源：办公室</p>", "2021-03-04"),
        ("<meta property=article:published_time content='2026-11-20'>", "<h1>{t}</h1>", "2026-11-20"),
        ("<meta name=createDate content='2021-03-04 03:00:00'>", "<h1>{t}</h1><p>2021年3月4日</p>", "2021-03-04"),
        # the official tag stays what the rules name
        ("<meta name=PubDate content='2021-03-05'>", "<h1>{t}</h1><p>发布时间：2021-03-04</p>", "2021-03-05"),
        ("", "<h1>{t}</h1><span>来源：办公室  2021-03-04</span>", "2021-03-04"),
        ("", "<p class=q>{t}</p><span>来源：办公室&nbsp;&nbsp;2021-03-04</span>", "2021-03-04"),
        ("", "<p>2021/03/04</p><h1>{t}</h1>", "2021-03-04"),
        ("", "<h1>{t}</h1><p>2021-03-04</p><p><img src=1.jpg></p><ul>" + ROWS + "</ul>", "2021-03-04"),
    ],
)  # fmt: skip
def test_the_day_that_is_shown_is_the_day(head: str, body: str, day: str) -> None:
    page = f"<title>云汀市</title>{head}<body>{body.format(t=TITLE)}<div id=zoom>{'' if ROWS in body else TEXT}</div></body>"
    assert (published(Document(page, URL, AS_OF))[0] or "")[:10] == day


@pytest.mark.parametrize(
    "body",
    [
        "<p>2026年11月27日 星期五</p><h1>{t}</h1>",
        "<p>今天是</p><p>2026年11月27日</p><h1>{t}</h1>",
        "<h2>通知公告</h2><ul>" + ROWS + "</ul>",
    ],
)
def test_clocks_and_rows_are_no_day_of_publication(body: str) -> None:
    assert published(
        Document(f"<title>{TITLE}_云汀市</title><body>{body.format(t=TITLE)}</body>", URL, AS_OF)
    ) == (None, None)


def test_blank_lines_that_a_template_left_move_no_title_and_no_day() -> None:
    blanks = "<div>   \n\t\t\n  </div>" * 60  # each short, together longer than what is cut down
    page = Document(
        f"<body><div>请输入关键词检索</div>{blanks}<div>{TITLE}</div><div>2026-11-20 09:10</div><div id='zoom'>{TEXT}</div></body>",
        URL,
        AS_OF,
    )
    assert (article(page).title, published(page)) == (TITLE, ("2026-11-20T09:10", "text"))
