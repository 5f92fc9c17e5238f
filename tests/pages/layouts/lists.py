"""List pages: every frame of a content system with every markup of rows."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from tests.pages.layouts import words

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

AS_OF = date(2026, 11, 22)
ROWS = 9
HERE = "http://www.yunting.gov.cn/zwgk/tzgg/index.html"


@dataclass(frozen=True, slots=True)
class Entry:
    title: str
    path: str
    day: date
    number: int

    @property
    def iso(self) -> str:
        return self.day.isoformat()


@dataclass(frozen=True, slots=True)
class ListPage:
    name: str
    style: str
    html: str
    url: str
    expected: tuple[tuple[str, str, str | None], ...]  # (title, address, published_on)


def _entries(seed: int, step: int) -> list[Entry]:
    first = AS_OF - timedelta(days=seed % 5)
    found = []
    for number in range(ROWS):
        day = first - timedelta(days=step * number)
        found.append(
            Entry(
                words.title(seed + number),
                f"./{day:%Y%m}/t{day:%Y%m%d}_{seed * 10 + number}.html",
                day,
                number,
            )
        )
    return found


def _all(entries: list[Entry], row: Callable[[Entry], str]) -> str:
    return "\n".join(map(row, entries))


Markup = "Callable[[list[Entry]], str]"


def ul_after(e: list[Entry]) -> str:
    """<li><a></a><span>date</span></li>: the most common of all"""
    return f"<ul class=list>{_all(e, lambda x: f'<li><a href={x.path} target=_blank>{x.title}</a><span>{x.iso}</span></li>')}</ul>"


def ul_before(e: list[Entry]) -> str:
    """date before the link"""
    return f"<ul>{_all(e, lambda x: f'<li><span class=date>[{x.iso}]</span><a href={x.path}>{x.title}</a></li>')}</ul>"


def ul_text(e: list[Entry]) -> str:
    """date as plain text behind the link"""
    return f"<ul>{_all(e, lambda x: f'<li>·<a href={x.path}>{x.title}</a>&nbsp;&nbsp;{x.iso}</li>')}</ul>"


def ul_inside(e: list[Entry]) -> str:
    """the link holds title and date"""
    return f"<ul>{_all(e, lambda x: f'<li><a href={x.path}><b>{x.title}</b><i>{x.day:%Y/%m/%d}</i></a></li>')}</ul>"


def ul_trailing(e: list[Entry]) -> str:
    """title and date in one run of text inside the link"""
    return f"<ul>{_all(e, lambda x: f'<li><a href={x.path}>{x.title} [{x.iso}]</a></li>')}</ul>"


def ul_cut(e: list[Entry]) -> str:
    """shown title cut with dots, full one in the title attribute"""
    return f"<ul>{_all(e, lambda x: f'<li><a href={x.path} title={chr(34)}{x.title}{chr(34)}>{x.title[:12]}...</a><span>{x.iso}</span></li>')}</ul>"


def ul_labelled(e: list[Entry]) -> str:
    """particulars under the title"""
    return f"<ul>{_all(e, lambda x: f'<li><h4><a href={x.path}>{x.title}</a></h4><p>来源：{words.unit(x.number)}　发布时间：{x.iso} 10:30　浏览：{x.number}次</p></li>')}</ul>"


def ul_summary(e: list[Entry]) -> str:
    """a summary that tells other dates"""
    return f"<ul>{_all(e, lambda x: f'<li><a href={x.path}>{x.title}</a><p>{words.SENTENCES[1]}{words.SENTENCES[4]}</p><span>{x.iso}</span></li>')}</ul>"


def ul_column(e: list[Entry]) -> str:
    """a column's link before the title's"""
    return f"<ul>{_all(e, lambda x: f'<li>[<a href=../>通知公告</a>] <a href={x.path}>{x.title}</a><em>{x.iso}</em></li>')}</ul>"


def ul_popup(e: list[Entry]) -> str:
    """ndrc: interpretations in a pop-up between title and date"""
    links = "".join(
        f"<li><a href=../../jd/{n}.html>解读之{n}：专家谈《办法》出台背景和主要内容</a></li>"
        for n in range(3)
    )
    return f"<ul class=u-list>{_all(e, lambda x: f'<li><a href={x.path}>{x.title}</a><div class=popbox><h3>相关解读</h3><ul>{links}</ul></div><span>{x.day:%Y/%m/%d}</span></li>')}</ul>"


def ul_groups(e: list[Entry]) -> str:
    """lists of three with a rule between them"""
    parts = [e[start : start + 3] for start in range(0, ROWS, 3)]
    return "<div class=lb>" + "<hr>".join(ul_after(part) for part in parts) + "</div>"


def split_day(e: list[Entry]) -> str:
    """day above year and month"""
    return f"<div>{_all(e, lambda x: f'<div class=item><div class=rq><b>{x.day:%d}</b><span>{x.day:%Y-%m}</span></div><div class=bt><a href={x.path}>{x.title}</a></div></div>')}</div>"


def split_year(e: list[Entry]) -> str:
    """month and day beside the year"""
    return f"<ul>{_all(e, lambda x: f'<li><a href={x.path}><span class=t>{x.title}</span><span>{x.day:%m-%d}</span><em>{x.day:%Y}</em></a></li>')}</ul>"


def split_han(e: list[Entry]) -> str:
    """04 | 2024年06月"""
    return f"<ul>{_all(e, lambda x: f'<li><div class=time><h3>{x.day:%d}</h3><p>{x.day:%Y}年{x.day:%m}月</p></div><h5><a href={x.path}>{x.title}</a></h5></li>')}</ul>"


def yearless(e: list[Entry]) -> str:
    """month and day only"""
    return f"<ul>{_all(e, lambda x: f'<li><a href=/a/{x.number}.html>{x.title}</a><span>{x.day:%m-%d}</span></li>')}</ul>"


def yearless_brackets(e: list[Entry]) -> str:
    """(06/04) with an address that has the year"""
    return f"<ul>{_all(e, lambda x: f'<li><span>({x.day:%m/%d})</span><a href={x.path}>{x.title}</a></li>')}</ul>"


def table_rows(e: list[Entry]) -> str:
    """number, title, date in cells"""
    return f"<table><tr><th>序号</th><th>标题</th><th>日期</th></tr>{_all(e, lambda x: f'<tr><td>{x.number + 1}</td><td><a href={x.path}>{x.title}</a></td><td>{x.iso}</td></tr>')}</table>"


def table_unit(e: list[Entry]) -> str:
    """unit and document number in further cells, one of them a link"""
    return f"<table>{_all(e, lambda x: f'<tr><td><a href=/dw/{x.number}/>{words.unit(x.number)[:6]}</a></td><td><a href={x.path} title={chr(34)}{x.title}{chr(34)}>{x.title}</a></td><td>云政发〔{x.day:%Y}〕{x.number + 1}号</td><td>{x.day.year}年{x.day.month}月{x.day.day}日</td></tr>')}</table>"


def table_nested(e: list[Entry]) -> str:
    """a table in each row's cell"""
    return f"<table>{_all(e, lambda x: f'<tr><td><table width=100%><tr><td width=10>·</td><td><a href={x.path}>{x.title}</a></td><td align=right>{x.iso}</td></tr></table></td></tr>')}</table>"


def definition(e: list[Entry]) -> str:
    """dt with the title, dd with the date"""
    return f"<dl>{_all(e, lambda x: f'<dt><a href={x.path}>{x.title}</a></dt><dd>{x.iso}</dd>')}</dl>"


def cards(e: list[Entry]) -> str:
    """a picture, a heading, a summary and a date, all inside one link"""
    return f"<div class=grid>{_all(e, lambda x: f'<div class=card><a href={x.path}><img src=/p/{x.number}.jpg><h3>{x.title}</h3><p>{words.SENTENCES[0]}</p><span>{x.iso}</span></a></div>')}</div>"


def picture_and_title(e: list[Entry]) -> str:
    """picture link, title link and [详细] link of one target"""
    return f"<div>{_all(e, lambda x: f'<div class=row><a href={x.path}><img src=/p.jpg></a><div><a href={x.path}>{x.title}</a><p>{words.SENTENCES[0]}<a href={x.path}>[详细]</a></p><i>{x.iso}</i></div></div>')}</div>"


def broken_lines(e: list[Entry]) -> str:
    """one paragraph, lines broken by br, date behind"""
    return f"<p>{_all(e, lambda x: f'<a href={x.path}>{x.title}</a>({x.iso})<br>')}</p>"


def broken_lines_before(e: list[Entry]) -> str:
    """one paragraph, lines broken by br, date before"""
    return f"<p>{_all(e, lambda x: f'{x.iso}　<a href={x.path}>{x.title}</a><br>')}</p>"


def running(e: list[Entry]) -> str:
    """no separators at all: link, date, link, date"""
    return f"<div>{_all(e, lambda x: f'<a href={x.path}>{x.title}</a><font>{x.iso}</font>')}</div>"


def running_before(e: list[Entry]) -> str:
    """no separators, the date first"""
    return f"<div>{_all(e, lambda x: f'<font>{x.iso}</font><a href={x.path}>{x.title}</a>')}</div>"


def heading_outside(e: list[Entry]) -> str:
    """title as plain text, the link says 查看详情"""
    return f"<ul>{_all(e, lambda x: f'<li><span class=bt>{x.title}</span><span>{x.iso}</span><a href={x.path}>查看详情</a></li>')}</ul>"


def records(e: list[Entry]) -> str:
    """jcms: records in a script block"""
    rows = _all(
        e,
        lambda x: (
            f"<record><![CDATA[<li><a href='{x.path}' title='{x.title}'>{x.title[:10]}…</a><span>{x.iso}</span></li>]]></record>"
        ),
    )
    return f'<div id=1234><script type="text/xml"><datastore><totalrecord>{ROWS}</totalrecord><recordset>{rows}</recordset></datastore></script></div>'


def new_icon(e: list[Entry]) -> str:
    """emphasis inside the title and a picture that says new"""
    return f"<ul>{_all(e, lambda x: f'<li><a href={x.path}><font color=red>{x.title[:6]}</font>{x.title[6:]}</a><img src=/new.gif><span>{x.day.year}.{x.day.month}.{x.day.day}</span></li>')}</ul>"


def with_time(e: list[Entry]) -> str:
    """date with seconds"""
    return f"<ul>{_all(e, lambda x: f'<li><a href={x.path}>{x.title}</a><span>{x.iso} 09:08:07</span></li>')}</ul>"


def undated(e: list[Entry]) -> str:
    """no dates at all"""
    return f"<ul class=list>{_all(e, lambda x: f'<li><a href={x.path}>{x.title}</a></li>')}</ul>"


def undated_table(e: list[Entry]) -> str:
    """csrc: a table without dates, with download links"""
    return f"<table>{_all(e, lambda x: f'<tr><td>{x.number + 1}</td><td><a href={x.path}>{x.title}</a></td><td><a href=/f/{x.number}.docx>下载文字版</a><a href=/f/{x.number}.pdf>下载图片版</a></td></tr>')}</table>"


def blank(e: list[Entry]) -> str:
    """nothing published"""
    return "<ul class=list></ul><p>共 0 条</p>"


def blank_said(e: list[Entry]) -> str:
    """nothing published, and the page says so"""
    return "<div class=list>暂无相关信息</div>"


MARKUPS: tuple[tuple[Markup, int], ...] = (
    (ul_after, 3), (ul_before, 11), (ul_text, 9), (ul_inside, 4), (ul_trailing, 8), (ul_cut, 6), (ul_labelled, 5),
    (ul_summary, 13), (ul_column, 2), (ul_popup, 21), (ul_groups, 7), (split_day, 10), (split_year, 19), (split_han, 12),
    (yearless, 23), (yearless_brackets, 41), (table_rows, 5), (table_unit, 15), (table_nested, 6), (definition, 4),
    (cards, 9), (picture_and_title, 3), (broken_lines, 6), (broken_lines_before, 8), (running, 5), (running_before, 4),
    (heading_outside, 7), (records, 6), (new_icon, 14), (with_time, 2), (undated, 5), (undated_table, 5), (blank, 1),
    (blank_said, 1),
)  # fmt: skip


def lists() -> Iterator[ListPage]:
    """Every frame with every markup of rows."""
    for frame_number, (frame, style) in enumerate(FRAMES):
        for number, (markup, step) in enumerate(MARKUPS):
            entries = _entries(number * 3 + frame_number, step)
            address = {entry.number: _address(markup, entry) for entry in entries}
            dated = markup not in (undated, undated_table)
            yield ListPage(
                name=f"{frame.__name__} / {markup.__name__}",
                style=f"{style}; {markup.__doc__}",
                html=frame(markup(entries), number),
                url=HERE,
                expected=()
                if markup in (blank, blank_said)
                else tuple(
                    (entry.title, address[entry.number], entry.iso if dated else None) for entry in entries
                ),
            )


def _address(markup: Markup, entry: Entry) -> str:
    if markup is yearless:
        return f"http://www.yunting.gov.cn/a/{entry.number}.html"
    return f"http://www.yunting.gov.cn/zwgk/tzgg/{entry.path[2:]}"


_NAV = "<div class=nav><ul><li><a href=/>首页</a></li><li><a href=/zwgk/>政务公开</a></li><li><a href=/bsfw/>办事服务</a></li><li><a href=/hdjl/>互动交流</a></li></ul></div>"
_PATH = "<div class=dqwz>当前位置：<a href=/>首页</a>&gt;<a href=/zwgk/>政务公开</a>&gt;<a href=/zwgk/tzgg/>通知公告</a></div>"
_FRIENDS = "<div class=yqlj><h3>友情链接</h3><a href=http://www.yunling.gov.cn/>云岭省人民政府门户网站</a> <a href=http://jyt.yunling.gov.cn/>云岭省教育厅门户网站</a></div>"
_FOOT = "<div class=foot>主办：云汀市人民政府办公室　网站标识码：9901000001　Copyright 2012-2026　更新日期：2026-11-22</div>"
_PAGER = "<div class=page><a href=index.html>首页</a><a href=index_1.html>2</a><a href=index_2.html>3</a><a href=index_1.html>下一页</a></div>"


def _hot() -> str:
    rows = "".join(
        f"<li><a href=/rd/{n}.html>{words.title(n + 5)}</a><span>2026-11-1{n}</span></li>" for n in range(6)
    )
    return f"<div class=right><h3>热点文章</h3><ul>{rows}</ul></div>"


def _latest() -> str:
    rows = "".join(
        f"<li><a href=/xwdt/{n}.html>{words.title(n + 9)}</a><span>2026-11-0{n + 1}</span></li>"
        for n in range(4)
    )
    return f"<div class=left><div class=bt>政务要闻</div><ul>{rows}</ul></div>"


def _sections() -> str:
    return (
        "<div class=left><ul>"
        + "".join(f"<li><a href=/zwgk/{n}/>{name}</a></li>" for n, name in enumerate(words.SECTIONS))
        + "</ul></div>"
    )


def simple(rows: str, number: int) -> str:
    return f"<html><head><title>通知公告</title></head><body>{_NAV}{_PATH}<div class=main>{rows}{_PAGER}</div>{_FOOT}</body></html>"


def sidebar(rows: str, number: int) -> str:
    return f"<html><head><title>通知公告_云汀市人民政府</title></head><body><p>今天是2026年11月22日 星期日</p>{_NAV}{_sections()}<div class=right_list>{_PATH}<h2>通知公告</h2>{rows}{_PAGER}</div>{_hot()}{_FRIENDS}{_FOOT}</body></html>"


def old(rows: str, number: int) -> str:
    return f"<HTML><BODY><TABLE width=1000><TR><TD>{_NAV}</TD></TR></TABLE><TABLE width=1000><TR><TD width=220>{_sections()}{_latest()}</TD><TD valign=top><TABLE><TR><TD>{_PATH}</TD></TR><TR><TD>{rows}</TD></TR><TR><TD>{_PAGER}</TD></TR></TABLE></TD></TR></TABLE>{_FRIENDS}{_FOOT}</BODY></HTML>"


def modern(rows: str, number: int) -> str:
    return f"<!doctype html><html><head><title>通知公告 | 云汀市人民政府</title></head><body><header>{_NAV}</header><main><aside>{_latest()}{_hot()}</aside><section>{_PATH}<h1>通知公告</h1>{rows}{_PAGER}</section></main><footer>{_FRIENDS}{_FOOT}</footer></body></html>"


FRAMES: tuple[tuple[Callable[[str, int], str], str], ...] = (
    (simple, "one column, numbered pages"),
    (sidebar, "TRS section page: sections at the left, hot articles at the right, friend links below"),
    (old, "table page with a second dated list beside the list"),
    (modern, "HTML5 page, dated lists of other sections in the aside"),
)
