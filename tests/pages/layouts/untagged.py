"""Articles that carry no official tag, in frames where something else looks more like the title than the title.

Every frame with every way of filling `<title>`, every kind of title and every kind of body: text, one picture, one
attachment. What is right stands beside the page: title, day, and whether a sentence of the text must be read.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import product
from typing import TYPE_CHECKING

from tests.pages.layouts import words

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

SITE = "云汀市民政局"
COLUMN = "工作动态"

# kind of title → (as the page shows it, as a reader says it)
TITLES = {
    "long": "云汀市民政局关于开展社会救助专项治理工作的通知",
    "name": "王某某",
    "duty": "机构职能",
    "bracket": "【图解】2026年云汀市养老服务十件实事",
    "notice in brackets": "【公告】停办业务",
    "book": "《云汀市慈善条例》",
    "quoted": "“五一”放假通知",
    "number": "第12期",
    "dash": "走基层—柳湾村的一天",
    "colon inside": "李某某：把小事办好",
    "year": "2026年部门预算",
}
# ways of filling <title>
HEADS: dict[str, Callable[[str], str]] = {
    "title_site": lambda title: f"{title}_{SITE}",
    "title - column - site": lambda title: f"{title} - {COLUMN} - {SITE}",
    "site-column-title": lambda title: f"{SITE}-{COLUMN}-{title}",
    "site only": lambda _: SITE,
    "column_site": lambda _: f"{COLUMN}_{SITE}",
    "title only": lambda title: title,
    "none": lambda _: "",
    "left as template": lambda _: "文章标题",
}
BODIES = {
    "text": "".join(f"<p>{sentence}</p>" for sentence in words.SENTENCES[:4]),
    "picture": "<p style='text-align:center'><img src='/upload/1.jpg' alt=''></p>",
    "attachment": "<p><a href='/upload/1.pdf'>附件1.pdf</a></p>",
    "one line": "<p>本局于3月9日停止对外办公一天，请互相转告。</p>",
}
DAY = "2026-03-04"


@dataclass(frozen=True, slots=True)
class Untagged:
    name: str  # frame / head / kind of title / body
    html: str
    url: str
    title: str
    day: str
    sentence: str | None  # of the article's text, where it has any


def untagged() -> Iterator[Untagged]:
    ways = product(FRAMES, HEADS.items(), TITLES.items(), BODIES.items())
    for frame, (head, named), (kind, title), (shape, body) in ways:
        yield Untagged(
            f"{frame.__name__} / {head} / {kind} / {shape}",
            frame(named(title), title, body),
            f"http://mzj.yunting.gov.cn/{frame.__name__}/1182.html",
            title,
            DAY,
            words.SENTENCES[1] if shape == "text" else None,
        )


_FOOT = (
    f"<p>主办单位：{SITE}　承办：云汀市信息中心</p><p>网站标识码：9901000007　云ICP备20240007号-1</p>"
    "<p>云公网安备99010002000117号</p><p>地址：云汀市人民路9号　电话：0871-1234567</p>"
)
_MENU = "".join(f"<li><a href='/{n}/'>{name}</a></li>" for n, name in enumerate(("首页", *words.SECTIONS)))
_NEWS = "".join(
    f"<li><a href='/{n}.html'>{words.title(n)}</a><span>2026-02-{10 + n}</span></li>" for n in range(5)
)


def site_in_h1(head: str, title: str, body: str) -> str:
    return (
        f"<html><head><title>{head}</title></head><body><div id=logo><h1>{SITE}</h1><p>YUNTING CIVIL AFFAIRS</p></div>"
        f"<ul id=menu>{_MENU}</ul><div class=dq>您当前的位置是：<a href=/>首页</a> &gt; <a href=/gzdt/>{COLUMN}</a></div>"
        f"<div class=cont><p class=wzbt>{title}</p><p class=wzxx>发布时间：2026-03-04 09:12　来源：{SITE}　点击：33</p>"
        f"<div class=nr>{body}</div></div><div class=bottom>{_FOOT}</div></body></html>"
    )


def big_font_in_cells(head: str, title: str, body: str) -> str:
    return (
        f"<HTML><HEAD><TITLE>{head}</TITLE></HEAD><BODY><TABLE><TR><TD><B>{SITE}</B></TD><TD>2026年11月27日 星期五</TD></TR></TABLE>"
        f"<TABLE><TR>{_MENU.replace('li>', 'TD>')}</TR></TABLE><TABLE><TR><TD>扫一扫在手机打开当前页</TD></TR>"
        f"<TR><TD align=center><FONT size=5 color=red>{title}</FONT></TD></TR><TR><TD align=center>2026-03-04</TD></TR>"
        f"<TR><TD>{body}</TD></TR></TABLE><TABLE bgcolor=#eee><TR><TD>{_FOOT}</TD></TR></TABLE></BODY></HTML>"
    )


def blog(head: str, title: str, body: str) -> str:
    return (
        f"<!doctype html><html><head><title>{head}</title></head><body><header><h1 class='site-title'><a href='/'>{SITE}</a></h1>"
        f"<p class=site-description>为民解困</p><nav>{_MENU}</nav></header><main><article><header><h2 class='entry-title'>{title}</h2>"
        f"<span class='posted-on'><time datetime='2026-03-04T09:12:00+08:00'>2026年3月4日</time></span> <span class=byline>办公室</span></header>"
        f"<div class='entry-content'>{body}</div></article></main><aside><h2 class=widget-title>近期文章</h2><ul>{_NEWS}</ul></aside>"
        f"<footer>{_FOOT}</footer></body></html>"
    )


def hanweb_phone_hint(head: str, title: str, body: str) -> str:
    return (
        f"<html><head><title>{head}</title></head><body>{_MENU}<table><tr><td>当前位置：首页&nbsp;&gt;&nbsp;{COLUMN}</td></tr></table>"
        f"<table id=c><tr><td colspan=2 class=tt align=center><!--<$[标题名称(html)]>begin-->{title}<!--<$[标题名称(html)]>end--></td></tr>"
        f"<tr><td>发布日期：2026-03-04</td><td>浏览次数：<script>w(1)</script></td></tr><tr><td colspan=2>字体：[ <a href=#>大</a> <a href=#>中</a> <a href=#>小</a> ]</td></tr>"
        f"<tr><td colspan=2>扫一扫在手机打开当前页</td></tr><tr><td colspan=2><div id=zoom>{body}</div></td></tr></table>"
        f"<div class=dibu>{_FOOT}</div></body></html>"
    )


def column_above(head: str, title: str, body: str) -> str:
    return (
        f"<html><head><title>{head}</title></head><body><div class=top><img src=/logo.png alt='{SITE}'></div><ul>{_MENU}</ul>"
        f"<div class=left><h3>{COLUMN}</h3><ul>{_NEWS}</ul></div><div class=right><h2 class=lm_title>{COLUMN}</h2>"
        f"<div class=detail><h4>{title}</h4><span>来源：{SITE}  2026-03-04</span><div class=txt>{body}</div></div></div>"
        f"<div id=copyright>{_FOOT}</div></body></html>"
    )


def date_first(head: str, title: str, body: str) -> str:
    return (
        f"<html><head><title>{head}</title></head><body><div class=hd><h1>{SITE}</h1></div>{_MENU}"
        f"<section class=art><p class=sj>2026/03/04</p><h2>{title}</h2><div class=bd>{body}</div></section>"
        f"<div class=ft>{_FOOT}</div></body></html>"
    )


def logo_words(head: str, title: str, body: str) -> str:
    return (
        f"<html><head><title>{head}</title></head><body><div class=title-box><div class='title logo-title'>{SITE}政府信息公开平台</div></div>"
        f"<div class=nav2>{_MENU}</div><div class=title_n>{title}</div><div class=sub><i>{SITE}</i><i>2026-03-04 09:12:33</i><i>【打印】</i><i>【关闭】</i></div>"
        f"<div class=con>{body}</div><ul class=prev><li>上一篇：<a href=/1.html>{words.title(3)}</a></li><li>下一篇：<a href=/2.html>{words.title(4)}</a></li></ul>"
        f"<div class=wrap-end>{_FOOT}</div></body></html>"
    )


def index_table(head: str, title: str, body: str) -> str:
    return (
        f"<html><head><title>{head}</title></head><body><div class=bar>{_MENU}</div><table class=suoyin><tr><td>索引号</td><td>MB99-2026-00017</td>"
        f"<td>主题分类</td><td>民政、扶贫、救灾</td></tr><tr><td>发布机构</td><td>{SITE}</td><td>发文日期</td><td>2026-03-04</td></tr></table>"
        f"<div class=zw_t>{title}</div><div class=zw_c>{body}</div><div class=foot2>{_FOOT}</div></body></html>"
    )


FRAMES: tuple[Callable[[str, str, str], str], ...] = (
    site_in_h1, big_font_in_cells, blog, hanweb_phone_hint, column_above, date_first, logo_words, index_table,
)  # fmt: skip
