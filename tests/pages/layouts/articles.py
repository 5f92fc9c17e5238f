"""Articles: every frame of a content system with every way of printing, or not printing, a date."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from tests.pages.layouts import words

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

AS_OF = date(2026, 11, 22)


@dataclass(frozen=True, slots=True)
class Printed:
    """One way of printing a date: pieces of markup and the answer a reader must give."""

    name: str
    expected: str | None
    origins: tuple[str, ...]
    head: str = ""
    above: str = ""  # above the title: index tables
    line: str = ""  # the particulars below the title
    closing: str = ""  # at the end of the text
    path: str = "/zwgk/tzgg/content_1182.html"
    below: str = ""  # below the text


@dataclass(frozen=True, slots=True)
class ArticlePage:
    name: str  # frame / way of printing
    style: str  # which real style it follows
    html: str
    url: str
    title: str
    source: str | None
    published: str | None
    origins: tuple[str, ...]


def printed(number: int) -> Iterator[Printed]:
    """Every way of printing the date of article `number`."""
    day = date(2021, 1, 3) + timedelta(days=37 * number % 2100)
    iso, unit = day.isoformat(), words.unit(number)
    y, m, d = day.year, day.month, day.day
    clock, seconds = f"{8 + number % 10:02}:{(7 * number) % 60:02}", f"{(11 * number) % 60:02}"
    minute, second = f"{iso}T{clock}", f"{iso}T{clock}:{seconds}"
    source = f"来源：{unit}"
    wide = str.maketrans("0123456789", "０１２３４５６７８９")
    han_year = "".join("〇一二三四五六七八九"[int(digit)] for digit in str(y))
    han = f"{han_year}年{_han(m)}月{_han(d)}日"

    def tag(content: str, name: str = "PubDate") -> str:
        return f'<meta name="{name}" content="{content}">'

    # official tags, as the standard has them and as they are found
    yield Printed("tag with minutes", minute, ("tag",), head=tag(f"{iso} {clock}"), line=source)
    yield Printed("tag with seconds", second, ("tag",), head=tag(f"{iso} {clock}:{seconds}"), line=source)
    yield Printed("tag date only", iso, ("tag",), head=tag(iso), line=source)
    yield Printed("tag two spaces", minute, ("tag",), head=tag(f"{iso}  {clock}"), line=source)
    yield Printed(
        "tag ratio sign", minute, ("tag",), head=tag(f"{iso} {clock.replace(':', '∶')}"), line=source
    )
    yield Printed(
        "tag full-width colon", minute, ("tag",), head=tag(f"{iso} {clock.replace(':', '：')}"), line=source
    )
    yield Printed("tag lower case", iso, ("tag",), head=tag(iso, "pubdate"), line=source)
    yield Printed("tag publishdate", iso, ("tag",), head=tag(iso, "publishdate"), line=source)
    yield Printed("tag slashes", iso, ("tag",), head=tag(f"{y}/{m}/{d}"), line=source)
    yield Printed("tag Han", iso, ("tag",), head=tag(f"{y}年{m:02}月{d:02}日"), line=source)
    yield Printed(
        "tag open graph", second, ("tag",), line=source,
        head=f'<meta property="article:published_time" content="{iso}T{clock}:{seconds}+08:00">',
    )  # fmt: skip
    yield Printed(
        "tag left as template", minute, ("label",), head=tag("发布时间"), line=f"发布时间：{iso} {clock}"
    )
    # labels
    yield Printed(
        "label time", minute, ("label",), line=f"{source}　发布时间：{iso} {clock}　浏览次数：<b>1024</b>次"
    )
    yield Printed("label seconds", second, ("label",), line=f"<span>发布时间：{iso} {clock}:{seconds}</span>")
    yield Printed("label date", iso, ("label",), line=f"<span>{source}</span> <span>发布日期：{iso}</span>")
    yield Printed("bare label date", iso, ("label",), line=f"{source} | 日期：{iso} | 阅读：37")
    yield Printed("bare label time", minute, ("label",), line=f"时间：{iso} {clock} {source}")
    yield Printed("spaced label", iso, ("label",), line=f"时　间：{iso}&nbsp;&nbsp;来　源：{unit}")
    yield Printed(
        "label in brackets", iso, ("label",), line=f"【信息发布时间：{iso} 阅读次数：88】【打印】【关闭】"
    )
    yield Printed("brackets around the label", iso, ("label",), line=f"【发布时间】{iso}　【来源】{unit}")
    yield Printed(
        "label and value apart", minute, ("label",), line=f"<em>发布时间：</em><i>{iso} {clock}</i>"
    )
    yield Printed(
        "label in a list", minute, ("label",),
        line=f"<ul><li>{source}</li><li><span>发布时间</span><span>：</span><b>{iso} {clock}</b></li></ul>",
    )  # fmt: skip
    yield Printed("label slashes", iso, ("label",), line=f"发布时间：{y}/{m:02}/{d:02} {source}")
    yield Printed("label dots", iso, ("label",), line=f"发布日期：{y}.{m}.{d}")
    yield Printed("label full width", iso, ("label",), line=f"发布时间：{iso.translate(wide)}")
    yield Printed("label unpadded", iso, ("label",), line=f"发布时间：{y}年{m}月{d}日　{source}")
    yield Printed("label Han numerals", iso, ("label",), line=f"成文日期：{han}")
    yield Printed(
        "label Republic",
        iso,
        ("label",),
        line=f"發布日期：民國{y - 1911}年{m}月{d}日".replace("發", "发").replace("國", "国"),
    )
    yield Printed("label without colon", iso, ("label",), line=f"<span>发布时间 {iso}</span>")
    yield Printed("published on", minute, ("label",), line=f"{unit} 发布于 {iso} {clock}")
    yield Printed(
        "label with line breaks", iso, ("label",), line=f"发布时间：\n\t\t\t\t\n\t\t<span>\n{iso}\n</span>"
    )
    yield Printed("updated only", iso, ("label",), line=f"更新时间：{iso} {source}")
    yield Printed(
        "written by script", iso, ("label",),
        line=f"发布时间：<script>var pub='{y}年{m:02}月{d:02}日';if(pub!='')document.write(pub);</script> 点击量：次",
    )  # fmt: skip
    yield Printed(
        "index table", iso, ("label",), line=source,
        above=f"<table class=xxgk><tr><td>索引号：</td><td>99-{number}</td><td>发布机构：</td><td>{unit}</td></tr>"
        f"<tr><td>成文日期：</td><td>{(day - timedelta(days=9)).isoformat()}</td><td>发布日期：</td><td>{iso}</td></tr></table>",
    )  # fmt: skip
    yield Printed(
        "index table, issued only", iso, ("label",),
        above=f"<table><tr><th>索 引 号</th><td>99</td></tr><tr><th>成文日期</th><td>{y}年{m}月{d}日</td></tr></table>",
    )  # fmt: skip
    yield Printed(
        "index dl", iso, ("label",),
        above=f"<dl><dt>发文机关</dt><dd>{unit}</dd><dt>发文日期</dt><dd>{iso}</dd></dl>",
    )  # fmt: skip
    yield Printed(
        "label below the text", iso, ("label",), below=f"<p class=bj>发布时间：{iso}　编辑：王某</p>"
    )
    # bare dates in the particulars
    yield Printed("bare with minutes", minute, ("text",), line=f"<span>{iso} {clock}</span>")
    yield Printed("bare then source", minute, ("text",), line=f"{iso} {clock}　{source}　字体：大 中 小")
    yield Printed("source then bare", iso, ("text",), line=f"{source}　{iso}")
    yield Printed("bare in brackets", iso, ("text",), line=f"<i>【{iso}】</i>")
    yield Printed("bare Han", minute, ("text",), line=f"{y}年{m:02}月{d:02}日 {clock} {source} 【打印】")
    # the address
    yield Printed(
        "address TRS", iso, ("url",), line=source, path=f"/zwgk/tzgg/{y}{m:02}/t{y}{m:02}{d:02}_88123.html"
    )
    yield Printed("address Hanweb", iso, ("url",), line=source, path=f"/art/{y}/{m}/{d}/art_120_4512.html")
    yield Printed(
        "address content", iso, ("url",), line=source, path=f"/content/{y}-{m:02}/{d:02}/content_77.htm"
    )
    yield Printed("address day", iso, ("url",), line=source, path=f"/xwzx/{y}{m:02}{d:02}/8f3c-11.html")
    yield Printed("address people", iso, ("url",), line=source, path=f"/n1/{y}/{m:02}{d:02}/c100-221.html")
    # the signature
    signed = f"<p style='text-align:right'>{unit}</p>"
    yield Printed(
        "signature", iso, ("signature",), line=source, closing=f"{signed}<p align=right>{y}年{m}月{d}日</p>"
    )
    yield Printed(
        "signature Han", iso, ("signature",), line=source, closing=f"{signed}<p align=right>{han}</p>"
    )
    yield Printed(
        "signature in pieces", iso, ("signature",), line=source,
        closing=f"{signed}<p><span>{y}</span><span>年</span><span>{m}</span>月<span>{d}</span><span>日</span></p>"
        "<p>附件：1.任务分工表.docx</p>",
    )  # fmt: skip
    # both, and nothing
    yield Printed("tag and label", minute, ("tag",), head=tag(f"{iso} {clock}"), line=f"发布时间：{iso}")
    yield Printed(
        "label beats address",
        iso,
        ("label",),
        line=f"发布时间：{iso}",
        path=f"/t/{y - 1}01/t{y - 1}0105_9.html",
    )
    yield Printed("no date", None, (), line=source)
    yield Printed(
        "no date, only terms", None, (), line=f"{source} 报名时间：2025-01-01 至 2025-02-01 浏览：99次"
    )
    yield Printed("no date, empty label", None, (), line=f"发布时间： {source}")
    yield Printed("tag in the future", "2027-03-01", ("tag",), head=tag("2027-03-01"), line=source)
    yield Printed("label in the future", "2027-03-01", ("label",), line="发布时间：2027-03-01")


def _han(number: int) -> str:
    digits = "〇一二三四五六七八九"
    if number < 10:
        return digits[number]
    tens, ones = divmod(number, 10)
    return ("" if tens == 1 else digits[tens]) + "十" + (digits[ones] if ones else "")


def articles() -> Iterator[ArticlePage]:
    """Every frame with every way of printing; traps and titles change from page to page."""
    for frame_number, (frame, style) in enumerate(FRAMES):
        for way_number, _ in enumerate(list(printed(0))):
            number = frame_number * 7 + way_number
            way = list(printed(number))[way_number]
            title = words.title(number + frame_number)
            html = frame(title, way, number)
            yield ArticlePage(
                name=f"{frame.__name__} / {way.name}",
                style=style,
                html=html,
                url=f"http://www.yunting.gov.cn{way.path}",
                title=title,
                source=words.unit(number) if "来" in way.line and "源" in way.line else None,
                published=way.expected,
                origins=way.origins,
            )


def _body(number: int, way: Printed, paragraph: str = "<p>　　{}</p>") -> str:
    return "".join(paragraph.format(text) for text in words.paragraphs(number)) + way.closing


def _related(number: int) -> str:
    rows = "".join(
        f"<li><a href='/xw/{n}.html'>{words.title(number + n)}</a><span>2026-11-{20 - n:02}</span></li>"
        for n in range(5)
    )
    return f"<div class=xgxw><h3>相关新闻</h3><ul>{rows}</ul></div>"


def _hot(number: int) -> str:
    rows = "".join(
        f"<li><a href='/rd/{n}.html' title='{words.title(n)}'>{words.title(n)[:9]}…</a> 2026-10-0{n + 1}</li>"
        for n in range(6)
    )
    return f"<div class=hot><h2>热点新闻</h2><ul>{rows}</ul></div>"


_NAV = "<ul class=nav><li><a href='/'>首页</a></li><li><a href='/zwgk/'>政务公开</a></li><li><a href='/fw/'>办事服务</a></li></ul>"
_TODAY = "<div class=top>今天是：2026年11月22日 星期日　欢迎访问云汀市人民政府网站！</div>"
_FOOT = (
    "<div class=foot><p>版权所有：云汀市人民政府　主办：云汀市人民政府办公室　网站标识码：9901000001</p>"
    "<p>云ICP备20240001号　公安备案 99010002000111号　建议使用1024×768</p><p>Copyright © 2010-2026 最后更新：2026-11-21　您是第 883,123 位访客</p></div>"
)


def trs(title: str, way: Printed, number: int) -> str:
    return f"""<!DOCTYPE html><html><head><title>{title}_云汀市人民政府</title>{way.head}</head><body>{_TODAY}{_NAV}
<div class="dqwz">当前位置：<a href="/">首页</a> &gt; <a href="../">政务公开</a> &gt; <a href="./">通知公告</a></div>{way.above}
<div class="xl"><h1>{title}</h1><div class="xl_tit">{way.line}</div><div class="TRS_Editor">{_body(number, way)}</div>{way.below}</div>
<div class="fx">分享到：<a href="#">微信</a></div>{_FOOT}</body></html>"""


def hanweb(title: str, way: Printed, number: int) -> str:
    return f"""<html><head><meta charset=utf-8><title>云汀市人民政府 {words.SECTIONS[number % 5]} {title}</title>{way.head}
<meta name="ArticleTitle" content="{title}"></head><body>{_NAV}<!--<$[标题名称(html)]>begin-->
<table width=100%>{f"<tr><td>{way.above}</td></tr>" if way.above else ""}<tr><td class="title" align="center">{title}</td></tr>
<tr><td align=center class=bt_info>{way.line}</td></tr><tr><td><div id="zoom">{_body(number, way)}</div></td></tr></table>
{way.below}{_related(number)}{_FOOT}</body></html>"""


def dongyuan(title: str, way: Printed, number: int) -> str:
    return f"""<html><head><title>{title}－云汀市人民政府</title>{way.head}</head><body><div class=zsy>{_NAV}
<div class="zsy_conlist"><div class="zsy_content">{way.above}<div class="zsy_cotitle">{title}<p>{way.line}</p></div>
<div class="zsy_comain">{_body(number, way)}</div>{way.below}<div class="xgwz">相关文章</div></div></div></div>{_FOOT}</body></html>"""


def ucap(title: str, way: Printed, number: int) -> str:
    return f"""<html><head><title>{title}_{words.SECTIONS[number % 5]}_云汀市政府网</title>{way.head}</head><body>{_TODAY}
<div class="article oneColumn pub_border">{way.above}<h1>{title}</h1><div class="pages-date">{way.line}</div>
<div class="pages_content" id="UCAP-CONTENT">{_body(number, way)}</div>{way.below}</div>{_hot(number)}{_FOOT}</body></html>"""


def tables(title: str, way: Printed, number: int) -> str:
    return f"""<HTML><HEAD><TITLE>{title}</TITLE>{way.head}</HEAD><BODY bgcolor=#ffffff><TABLE width=1000 align=center><TR><TD>{_TODAY}</TD></TR>
<TR><TD>{_NAV}</TD></TR></TABLE><TABLE width=1000 align=center><TR><TD width=200 valign=top>{_hot(number)}</TD><TD valign=top>
<TABLE width="100%"><TR><TD>{way.above}</TD></TR><TR><TD align=center><FONT size=5><B>{title}</B></FONT></TD></TR><TR><TD align=center>{way.line}</TD></TR>
<TR><TD>{"<BR>".join("&nbsp;&nbsp;&nbsp;&nbsp;" + text for text in words.paragraphs(number))}{way.closing}</TD></TR></TABLE>{way.below}</TD></TR></TABLE>{_FOOT}</BODY></HTML>"""


def vsb(title: str, way: Printed, number: int) -> str:
    return f"""<html><head><title>{title}-云汀市教育局</title>{way.head}</head><body>{_NAV}<form name="_newscontent_fromname">
<div class="content">{way.above}<h2 align="center">{title}</h2><div class="xx">{way.line}</div><div id="vsb_content"><div class="v_news_content">{_body(number, way)}</div></div>
{way.below}<p>上一条：<a href="1181.htm">{words.title(number + 3)}</a></p><p>下一条：<a href="1183.htm">{words.title(number + 4)}</a></p></div></form>{_FOOT}</body></html>"""


def word(title: str, way: Printed, number: int) -> str:
    paragraph = '<p class="MsoNormal" style="text-indent:32pt"><span style="font-size:16pt">{}</span><span lang="EN-US"><o:p></o:p></span></p>'
    return f"""<html><head><title>{title}</title>{way.head}</head><body><div id=header><h1><a href=/>云汀市人民政府</a></h1></div>{_NAV}
<div id=main>{way.above}<div class="article-title">{title}</div><div class="article-info">{way.line}</div><div class="article-content">{_body(number, way, paragraph)}</div>{way.below}</div>{_related(number)}{_FOOT}</body></html>"""


def plain(title: str, way: Printed, number: int) -> str:
    return f"""<!doctype html><html lang=zh><head><title>{title} | 云汀市人民政府</title>{way.head}</head><body><header>{_NAV}</header>
<main><article>{way.above}<h1 class=entry-title>{title}</h1><div class=entry-meta>{way.line}</div><div>{_body(number, way)}</div>{way.below}</article>
<aside>{_hot(number)}</aside></main><footer>{_FOOT}</footer></body></html>"""


def spans(title: str, way: Printed, number: int) -> str:
    pieces = "".join(
        f"<span>{text[:20]}</span><span>{text[20:]}</span><br>" for text in words.paragraphs(number)
    )
    return f"""<html><head><title>{words.SECTIONS[number % 5]}——云汀市教育局</title>{way.head}</head><body>{_NAV}
<div class="wz">您的位置：首页&gt;&gt;{words.SECTIONS[number % 5]}&gt;&gt;正文</div>{way.above}<div class="biaoti">{title}</div><div>{way.line}</div>
<span class="x_content">{pieces}{way.closing}</span>{way.below}<div>上一篇：无　下一篇：<a href=/a.html>{words.title(number + 5)}</a></div>{_FOOT}</body></html>"""


def epoint(title: str, way: Printed, number: int) -> str:
    return f"""<html><head><title>{title}</title>{way.head}</head><body><div class="ewb-location"><span>您的位置：</span><a href=/>首页</a><i>&gt;</i><span>{title}</span></div>
<div class="ewb-main">{way.above}<h3 class="article-title">{title}</h3><div class="info-sources">{way.line}</div><div class="ewb-article-info con">{_body(number, way)}</div>{way.below}</div>{_FOOT}</body></html>"""


def mobile(title: str, way: Printed, number: int) -> str:
    return f"""<html><head><meta name=viewport content="width=device-width"><title>{title}</title>{way.head}</head><body>
{way.above}<h2 class="rich_media_title">{title}</h2><div class=rich_media_meta>{way.line}</div><div class="rich_media_content" id="js_content">
<section><section>{_body(number, way, "<p><span>{}</span></p>")}</section></section></div>{way.below}{_FOOT}</body></html>"""


FRAMES: tuple[tuple[Callable[[str, Printed, int], str], str], ...] = (
    (trs, "TRS WCM (ministries, most provinces): h1, xl_tit, TRS_Editor"),
    (hanweb, "Hanweb jcms (Jiangsu, Shandong, Zhejiang): table, #zoom, art_ addresses"),
    (dongyuan, "Dongyuan (sasac.gov.cn): zsy_ blocks, particulars inside the title's element"),
    (ucap, "UCAP (gov.cn): pages-date, UCAP-CONTENT, hot news behind"),
    (tables, "table pages of before 2010, upper case, text broken by BR"),
    (vsb, "Visual SiteBuilder (schools, bureaus): v_news_content, previous and next"),
    (word, "text pasted from Word, site name in h1"),
    (plain, "HTML5 pages without known class names"),
    (spans, "jspn: title of the section in <title>, text in spans with br"),
    (epoint, "Epoint (public resource trading): ewb- blocks, title in the breadcrumbs too"),
    (mobile, "WeChat-like mobile pages"),
)
