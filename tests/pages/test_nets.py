"""The nets are easy to trip by what stands there, and silent where it was cut out."""

from datetime import date

import pytest

from govcrawl.pages.links.on_page import LinkMemo
from govcrawl.pages.read import PageRead, read_page

AS_OF = date(2026, 11, 27)
HOME = "http://www.yunting.gov.cn/"
TEXT = "<p>各单位要提前检修管网和换热设备，备足燃料，保障群众温暖过冬，并公布服务热线。</p>" * 4


def read(markup: str, kind: str, url: str = f"{HOME}tz/a_1.html", *, drawn: bool = False) -> PageRead:
    return read_page(
        f"<html><head><title>关于冬季供热工作的通告</title></head><body>{markup}</body></html>".encode(),
        url,
        as_of=AS_OF,
        memo=LinkMemo(HOME),
        kind_hint=kind,
        drawn=drawn,
    )


@pytest.mark.parametrize(
    "printed",
    [
        "上墙时间 2026 · 03 · 18",
        "【2026/3/18】供热办　人气 33",
        "挂出：20260318",
        "18/03/2026",
        "Mar 18, 2026",
        "２０２６．３．１８",
        "二〇二六年三月十八日",
        "更新于 3 天前",
        "时间：03-18",
        "日期：<script>document.write(d)</script>",
    ],
)
def test_whatever_looks_like_a_date_under_the_title_makes_its_absence_doubtful(printed: str) -> None:
    page = read(f"<h1>关于冬季供热工作的通告</h1><div>{printed}</div><div class=c>{TEXT}</div>", "article")
    assert page.published_at is not None or page.doubts["date"]


def test_a_date_at_the_end_of_the_text_makes_its_absence_doubtful() -> None:
    page = read(
        f"<h1>关于冬季供热工作的通告</h1><div class=c>{TEXT}<p>市供热办（盖章），写于2026年3月18日，共印50份。</p></div>",
        "article",
    )
    assert page.published_at is None
    assert "2026年3月18日" in page.doubts["date"]


@pytest.mark.parametrize("clock", ["", "<div>今天是2026年11月27日 星期五</div>"])
def test_an_article_without_any_date_leaves_no_doubt(clock: str) -> None:
    page = read(
        f"{clock}<h1>关于冬季供热工作的通告</h1><div>来源：供热办</div><div class=c>{TEXT}</div>", "article"
    )
    assert (page.published_at, page.doubts) == (None, {})


FOOT = "<div class=b><p>版权所有 云汀市教育局 网站标识码：1234567890 {}</p></div>"


@pytest.mark.parametrize(
    ("item", "printed"),
    [
        ("unit", "主　办：云汀市教育局"),
        ("unit", "<img src=/i/zhuban.png>"),
        ("icp", "ICP 备案号 1234"),
        ("icp", '<img alt="备案编号" src=/i/9.png>'),
        ("police_record", "<a href='/x'>公 网 安 备</a>"),
        ("contact", "<a href='tel:09991234567'>☎</a>"),
        ("party_mark", "<img src=/i/jgbs.gif>"),
        ("ticket_entry", '<a href="http://pucha.kaipuyun.cn/x"><img src="/i/1.png"></a>'),
        ("ticket_entry", '<div data-x="1" id="zhaocuo-btn"></div>'),
    ],
)
def test_whatever_is_called_like_an_item_of_the_foot_makes_its_absence_doubtful(
    item: str, printed: str
) -> None:
    page = read("<h1>首页</h1>" + FOOT.format(printed), "home", HOME)
    assert item not in page.footer
    assert page.doubts[item]


def test_a_foot_without_an_item_leaves_no_doubt() -> None:
    page = read("<h1>首页</h1>" + FOOT.format("<!-- 主办单位 ICP备案 jiucuo -->"), "home", HOME)
    assert page.footer.keys() == {"site_code"}
    assert page.doubts == {}


@pytest.mark.parametrize(
    ("head", "group"),
    [
        ('<meta itemprop="SiteName" content="云汀市教育局">', "site_tags"),
        ('<meta name="Site_Name" content="云汀市教育局">', "site_tags"),
        ('<meta name="pub-date" content="2026年3月">', "content_tags"),
        ("<script>var m=document.createElement('meta');m.name='ArticleTitle';</script>", "content_tags"),
    ],
)
def test_tags_spelt_otherwise_make_their_absence_doubtful(head: str, group: str) -> None:
    assert read(f"{head}<h1>关于冬季供热工作的通告</h1>{TEXT}", "article").doubts[group]


@pytest.mark.parametrize(
    "head", ["", '<meta name="SiteName" content="">', '<meta name="SiteName" content="网站名称">']
)
def test_blank_tags_leave_no_doubt(head: str) -> None:
    assert "site_tags" not in read(f"{head}<h1>关于冬季供热工作的通告</h1>{TEXT}", "article").doubts


ROWS = ("关于同意举办秋季音乐会的批复", "关于同意设立演出经纪机构的批复", "关于变更演出场所地址的批复")
LIST = f"{HOME}tz/"


@pytest.mark.parametrize(
    "rows",
    [
        "".join(f"<li>{row}</li>" for row in ROWS),
        "<table>"
        + "".join(f"<tr><td>{n}</td><td>{row}</td></tr>" for n, row in enumerate(ROWS))
        + "</table>",
        "<p>" + "<br>".join(ROWS) + "</p>",
        "".join(f"<div class='r r{n}'>{row}</div>" for n, row in enumerate(ROWS)),
    ],
)
def test_rows_of_any_kind_make_a_blank_section_doubtful(rows: str) -> None:
    page = read(f"<div class=list>{rows}</div>", "section", LIST)
    assert page.entries == []
    assert ROWS[0] in page.doubts["entries"]


def test_a_script_makes_a_blank_section_doubtful_until_a_browser_has_drawn_it() -> None:
    markup = "<div class=list><ul></ul></div><script src=/js/a9.js></script>"
    assert "/js/a9.js" in read(markup, "section", LIST).doubts["entries"]
    assert read(markup, "section", LIST, drawn=True).doubts == {}


MENU = (
    "<div class=nav><ul>"
    + "".join(f"<li><a href=/c{n}/>政务公开{n}</a></li>" for n in range(8))
    + "</ul></div>"
)
BOX = (
    "<h4>{}</h4><ul>"
    + "".join(f"<li><a href=/xw/{n}.html>{row}</a><i>2026-11-2{n}</i></li>" for n, row in enumerate(ROWS))
    + "</ul>"
)
LINES = "<div class=bottom><p>主办单位：云汀市教育局</p><p>版权所有 云汀市教育局</p><p>云ICP备09000001号</p></div>"


@pytest.mark.parametrize("beside", ["", f"<div class=side>{BOX.format('热点新闻')}</div>", "<p>暂无信息</p>"])
def test_a_blank_section_beside_menu_and_named_box_is_blank(beside: str) -> None:
    page = read(f"{MENU}<div class=list></div>{beside}{LINES}", "section", LIST)
    assert (page.entries, page.doubts.get("entries")) == ([], None)


def test_a_box_called_beside_is_never_taken_for_the_list_and_leaves_a_doubt() -> None:
    page = read(
        f"{MENU}<div class=list></div><div class=hot>{BOX.format('最新信息')}</div>{LINES}", "section", LIST
    )
    assert page.entries == []
    assert ROWS[0] in page.doubts["entries"]


@pytest.mark.parametrize(
    "shown",
    [
        f"<p>{ROWS[0]}　2026-11-20</p>",
        f"<ul><li><a href=../a/7.html>{ROWS[0]}</a></li></ul>",
        f"<p>{ROWS[0]}</p><p>{ROWS[1]}</p>",
        "<iframe src=/zwgk/list.html width=700 height=600></iframe>",
        "<object data=/zwgk/list.html type=text/html></object>",
        "".join(f"<p><a href=../a/{n}.html><img src=/i/{n}.jpg></a></p>" for n in range(4)),
        "<map name=m>" + "".join(f"<area href=../a/{n}.html>" for n in range(4)) + "</map>",
        "<ul><li>Notice on winter heating</li><li>Meeting on safety at work</li><li>Vacancies of 2026</li></ul>",
        f"<ul>{''.join(f'<li>{row}</li>' for row in ROWS)}<li>暂无更多信息</li></ul>",
    ],
)
def test_less_than_a_list_makes_a_blank_section_doubtful_as_well(shown: str) -> None:
    page = read(f"{MENU}<div class=list>{shown}</div>{LINES}", "section", LIST, drawn=True)
    assert page.entries or page.doubts["entries"]


@pytest.mark.parametrize("heading", ["最新发布", "要闻动态", "图片新闻", "为您推荐"])
def test_a_box_of_other_news_beside_an_empty_list_is_not_taken_for_it(heading: str) -> None:
    page = read(
        f"<title>通知公告_云汀市</title>{MENU}<div class=list><ul></ul></div><div>{BOX.format(heading)}</div>{LINES}",
        "section",
        LIST,
    )
    assert page.entries == []
    assert ROWS[0] in page.doubts["entries"]


@pytest.mark.parametrize(
    "row",
    [
        "<tr ng-click='open({n})'><td>{t}</td><td>{d}</td></tr>",
        "<tr @click='go({n})'><td>{t}</td><td>{d}</td></tr>",
        "<tr ondblclick='go({n})'><td>{t}</td><td>{d}</td></tr>",
        "<tr data-uuid=a{n}><td>{t}</td><td>{d}</td></tr>",
        "<tr role=link id=r{n}><td>{t}</td><td>{d}</td></tr>",
    ],
)
def test_dated_rows_that_any_script_opens_are_entries(row: str) -> None:
    days = ["2026-11-20", "2026-11-12", "2026-10-30"]
    rows = "".join(
        row.format(n=n, t=title, d=day) for n, (title, day) in enumerate(zip(ROWS, days, strict=False))
    )
    foot = "<div><a href=https://beian.miit.gov.cn>云ICP备09000001号</a></div>"  # takes no row's day
    found = read(f"<title>通知公告</title><div><table>{rows}</table></div>{foot}", "section", LIST).entries
    assert [(entry.title, entry.published_on) for entry in found] == list(zip(ROWS, days, strict=False))


@pytest.mark.parametrize(
    ("item", "printed"),
    [
        ("site_code", "<p>政府网站编码 9901000001</p>"),
        ("site_code", "<p>9901000001</p>"),
        ("police_record", "<p>99010002000001</p>"),
        ("police_record", "<p>公安机关备案 99号</p>"),
        ("icp", "<p>云Ｉ Ｃ Ｐ 备</p>"),
        ("unit", "<p>责任单位：云汀市教育局</p>"),
        ("unit", "<p>本站由云汀市教育局负责运行</p>"),
        ("unit", "<p>建设单位 云汀市教育局</p>"),
        ("icp", "<p>云09000001号</p>"),
        ("contact", "<p>值班室 83333333</p>"),
        ("contact", "<a href=/mail>局长信箱</a>"),
        ("contact", "<a href=/us>与我们联络</a>"),
        ("contact", "<p>（0999）1234567</p>"),
        ("contact", "<p>邮编 677400</p>"),
        ("ticket_entry", "<a href=/x>网站挑错</a>"),
    ],
)
def test_what_no_other_item_looks_like_is_a_doubt_whatever_it_is_called(item: str, printed: str) -> None:
    frame = "<h1>首页</h1><div class=b><p>版权所有 云汀市教育局</p><p>云公安</p>{}</div>"
    page = read(
        frame.format(
            f"{printed}<p>主办：云汀市教育局 联系电话：0999-7654321</p>"
            if item not in ("unit", "contact")
            else f"{printed}<p>云ICP备09000001号</p>"
        ),
        "home",
        HOME,
    )
    assert item in page.footer or page.doubts[item]


def test_digits_of_an_address_are_no_record_of_the_police() -> None:
    rows = "".join(f"<li><a href=/a/{n}.html>{row}</a></li>" for n, row in enumerate(ROWS))
    script = "<script>document.write(unescape(\"%3Cscript src='https://dcs.conac.cn/js/01/000/CA010000000604483390003.js'%3E\"))</script>"
    foot = "<p>主办单位：云汀市供热办 云ICP备20240001号 网站标识码：3301000001 联系电话：0571-12345678</p>"
    page = read(f"{MENU}<ul>{rows}</ul>{foot}{script}", "home", HOME, drawn=True)
    assert "police_record" not in page.doubts
    assert "police_record" in read(f"{MENU}<ul>{rows}</ul>{foot}备 33010202000001", "home", HOME).doubts


def test_what_a_style_prints_makes_its_absence_doubtful() -> None:
    rows = "".join(f"<li><a href=/a/{n}.html>{row}</a></li>" for n, row in enumerate(ROWS))
    style = "<style>.x:after{content:'主办单位：云汀市供热办'}</style><p class=x></p>"
    assert "unit" in read(f"{MENU}<ul>{rows}</ul>{style}", "home", HOME, drawn=True).doubts


def test_where_nothing_of_a_foot_is_seen_a_frame_or_a_script_may_be_all_of_it() -> None:
    rows = "".join(f"<li><a href=/a/{n}.html>{row}</a></li>" for n, row in enumerate(ROWS))
    for foot in ("<iframe src=/ssi/x1.html height=120></iframe>", "<script src=/js/common.js></script>"):
        assert len(read(f"{MENU}<ul>{rows}</ul>{foot}", "home", HOME).doubts) >= 6
    assert (
        read(f"{MENU}<ul>{rows}</ul><script src=/js/common.js></script>", "home", HOME, drawn=True).doubts
        == {}
    )


@pytest.mark.parametrize(
    "line",
    [
        "<p>提交时间 | 2026-03-18</p>",
        "<table><tr><td>提交时间</td><td>2026-03-18</td></tr></table>",
        "<p>供热办丨2026-03-18丨浏览：12</p>",
        "<p>云汀市供热办 2026-03-18 10:22</p>",
        "<p>2026年03月18日 星期三　阅读 33</p>",
        "<p>刊于 <b>2026</b>年<b>3</b>月<b>18</b>日</p>",
        "<div><b>18</b><i>2026-03</i></div>",
        "<p>上网：2026-03-18</p>",
        "<p><span>作者：</span><span>2026-03-18</span></p>",
        "<p><span>轮播日期：2026-03-18</span><span>浏览：12</span></p>",  # in the company of what is said of the page
        "<p>登载时间：2026-03-18</p>",  # of news
        "<p>2026-03-18 08:30:11.0</p>",  # as some systems print the moment they keep
    ],
)
def test_a_day_alone_under_the_title_is_read_whatever_stands_beside_it(line: str) -> None:
    page = read(f"<h1>关于冬季供热工作的通告</h1>{line}<div class=c>{TEXT}</div>", "article")
    assert (page.published_at or "")[:10] == "2026-03-18"


@pytest.mark.parametrize(
    "line",
    [
        "<p>03-18</p>",
        "<p>26-03-18</p>",
        "<p class=info data-day=2026-03-18></p>",
        "<img src=/d.png alt=2026-03-18>",
        "<textarea>2026-03-18</textarea>",
        "<p><span class=pubtime data-t=1773792000></span></p>",
        "<p><script>document.write(new Date(1773792000000).toLocaleDateString())</script></p>",
        "<p>{{article.publishTime}}</p>",
        # of the day of what? the label does not say that it names the day of the page
        "<p>出发：2026-03-18</p>",
        "<div><span>来源：供热办</span><span>交货： 2026-03-18</span></div>",
        "<table><tr><td>竣工：</td><td>2026-03-18</td></tr><tr><td>面积</td><td>3</td></tr></table>",
        # cut in pieces, spaced, or where only another reader would see it
        "<p><span>18</span>/<span>Mar</span>/<span>2026</span></p>",
        "<p>2 0 2 6 - 0 3 - 1 8</p>",
        "<p>2026_03_18</p>",
        "<p>20260318091200</p>",
        "<p>8 months ago</p>",
        "<p>上周三 09:12</p>",
        "<noscript>2026-03-18</noscript>",
        "<select><option>2026-03-18</option></select>",
        "<iframe src=/meta?id=3 height=20></iframe>",
        "<p>出发时间：2026-03-18</p>",
        "<div><b>集合日期</b><i>2026年3月18日</i></div>",
        "<table><tr><td>交货日期</td><td>2026-03-18</td></tr></table>",
        "<p>启程于 2026-03-18</p>",
        # … or the page speaks of what it names
        "<p>供热时间：2026-03-18 点击：12</p>",
        "<p><span>检修日期：2026-03-18</span><span>浏览：12</span></p>",
        "<p>版权所有：2026-03-18</p>",
        "<p>检修时间：2026-03-18 08:00</p>",
        "<p>供热 2026-03-18</p>",
        "<p>2026年第12周（3月18日）</p>",
        "<pub-time value=1773792000></pub-time>",
        # of the old calendar, which no reader of dates turns into a day
        "<p>丙午年正月三十</p>",
        "<p>农历二〇二六年腊月初八</p>",
        "<style>.t:before{content:'2026-03-18'}</style><p class=t></p>",
        # in letters that nobody here reads
        "<p>2026 ᠣᠨ ᠤ 3 ᠰᠠᠷᠠ ᠶᠢᠨ 18 ᠡᠳᠦᠷ</p>",
        # a picture that is made when it is asked for, and data of a script, which may show one
        "<img src=/date.php?id=3>",
        "<div><img width=90 src='/servlet/Clock'></div>",
        "<script>window.__STATE__={'doc':{'bt':'关于冬季供热工作的通告','fbrq':'2026-03-18 09:00'}}</script>",
        # places of a template that nothing has filled in, with or without a script
        "<p>[[ d ]]</p>",
        "<p>发布时间：${info.pub}</p>",
        "<p><%=d%></p>",
        "<p>[field:pubdate/]</p>",
        "<p>{content:date}</p>",
        "<p v-text='row.pub'></p>",
        "<p><b ng-bind='d'></b></p>",
        "<p th:text='${d}'></p>",
    ],
)
def test_a_day_that_is_not_printed_as_text_makes_its_absence_doubtful(line: str) -> None:
    page = read(f"<h1>关于冬季供热工作的通告</h1>{line}<div class=c>{TEXT}</div>", "article")
    assert page.published_at is None
    assert page.doubts["date"]


@pytest.mark.parametrize(
    "line",
    [
        "<p>根据2026年1月1日起施行的《云汀市供热条例》，现就有关事项通告如下</p>",
        "<p>（2020年10月29日云汀市第十届人民代表大会第三次会议通过）</p>",
        "<p>报名截止：2026年12月1日前</p>",
        "<p>截至2026年3月18日，全市已经完成检修的小区共有三百个</p>",
    ],
)
def test_a_day_that_a_sentence_tells_of_is_no_doubt(line: str) -> None:
    page = read(f"<h1>关于冬季供热工作的通告</h1>{line}<div class=c>{TEXT}</div>", "article")
    assert (page.published_at, page.doubts) == (None, {})


NOTICE = "关于第{n}号事项办理情况的通知公告"


@pytest.mark.parametrize(
    "inner",
    [
        "<g-list src=/list.json></g-list>",
        f"<style>.a:after{{content:'{NOTICE}'}}</style><p class=a></p>",
        f"<div class=navlist><ul>{''.join(f'<li>{NOTICE}</li>' for _ in range(3))}</ul></div>",
    ],
)
def test_what_no_markup_shows_and_rows_too_long_for_a_menu_are_a_doubt(inner: str) -> None:
    page = read(f"{MENU}<h2>通知公告</h2>{inner}", "section", LIST, drawn=True)
    assert not page.entries
    assert page.doubts["entries"]


def test_rows_right_in_the_body_are_a_doubt_as_those_in_an_element() -> None:
    forms = "".join(
        f"<form action=/tz/{n} method=post><input type=submit value='{NOTICE.format(n=n)}'></form>"
        for n in range(1, 4)
    )
    assert read(f"<h2>通知公告</h2>{forms}", "section", LIST, drawn=True).doubts["entries"]


@pytest.mark.parametrize(
    "row",
    [
        f"<div><form action=/tz/{{n}} method=post><input type=submit value='{NOTICE}'></form></div>",
        f"<option value=/tz/{{n}}>{NOTICE} 2026-03-0{{n}}</option>",
        f"<option value=/tz/{{n}}.html>{NOTICE}</option>",
        "<a href=/tz/{n} style='background:url(/i/{n}.png)'></a>",
        "<a href=/tz/202{n}/>202{n}年</a>",
        "<form method=post><input type=hidden name=p value={n}><input type=submit value=查看列表></form>",
        f"<svg><text>{NOTICE}</text></svg>",
    ],
)  # fmt: skip
def test_rows_that_are_told_by_no_text_of_the_page_are_a_doubt(row: str) -> None:
    inner = "".join(row.format(n=n) for n in range(1, 4))
    inner = f"<select>{inner}</select>" if "<option" in row else inner
    page = read(f"<h2>通知公告</h2><section>{inner}</section>", "section", LIST, drawn=True)
    assert not page.entries
    assert page.doubts["entries"]


def test_lines_laid_out_as_they_are_written_are_rows() -> None:
    lines = "\n".join(NOTICE.format(n=n) for n in range(3))
    assert read(f"<h2>通知公告</h2><pre>{lines}</pre>", "section", LIST, drawn=True).doubts["entries"]


def test_a_day_that_a_page_tells_search_engines_only_is_a_doubt() -> None:
    record = (
        '<script type="application/ld+json">{"@type":"NewsArticle","datePublished":"2026-03-18"}</script>'
    )
    page = read(f"<h1>关于冬季供热工作的通告</h1>{record}<div class=c>{TEXT}</div>", "article")
    assert page.published_at is None
    assert "2026-03-18" in page.doubts["date"]


def test_a_day_long_past_is_no_clock_in_whatever_digits() -> None:
    page = read(f"<h1>关于冬季供热工作的通告</h1><p>现在：20150101</p><div class=c>{TEXT}</div>", "article")
    assert page.published_at is None
    assert page.doubts["date"]


@pytest.mark.parametrize(
    "beside",
    [
        "<select><option value=http://www.gov.cn/>中华人民共和国中央人民政府门户网站</option></select>",  # friends
        "<form action=/search><input name=q><input type=submit value=搜索></form>",
    ],
)
def test_what_leads_elsewhere_or_asks_a_question_leaves_a_blank_section_blank(beside: str) -> None:
    page = read(f"{MENU}<h2>通知公告</h2><ul></ul>{beside}", "section", LIST, drawn=True)
    assert not page.entries
    assert "entries" not in page.doubts


@pytest.mark.parametrize(
    "line",
    [
        "<p>电话：0571-20260318</p>",
        "<p>第2026-318号</p>",
        "<p>浏览 2026</p>",
        "<img src=/img/wheat.jpg?v=3>",
        "<div class=share data-tag=share_1></div><a name=top></a>",
        "<svg><use xlink:href=#eye></use></svg>",
    ],
)
def test_other_numbers_under_the_title_are_no_day(line: str) -> None:
    page = read(f"<h1>关于冬季供热工作的通告</h1>{line}<div class=c>{TEXT}</div>", "article")
    assert (page.published_at, page.doubts.get("date")) == (None, None)


@pytest.mark.parametrize(
    ("line", "source"),
    [
        ("来源：${a.src}", None),
        ("来源：<%=src%>", None),
        ("来源：{content:source}", None),
        ("来源：{供热办}", "{供热办}"),
    ],
)
def test_a_place_of_a_template_is_no_source(line: str, source: str | None) -> None:
    page = read(f"<h1>关于冬季供热工作的通告</h1><p>{line}</p><div class=c>{TEXT}</div>", "article")
    assert page.source == source
    assert ("source" in page.doubts) == (source is None)


@pytest.mark.parametrize(
    "rows",
    [
        "<ul><li><a href='{{x.url}}'>{{x.title}}</a><span>2026-03-18</span></li></ul>",
        "{% for a in list %}<p>${a.t}</p>{% endfor %}",
        "<ul><li v-for='x in list'><a :href='x.u' v-text='x.t'></a></li></ul>",
    ],
)
def test_a_list_that_nothing_has_filled_in_shows_no_entry_and_is_not_blank(rows: str) -> None:
    page = read(f"{MENU}<h2>通知公告</h2>{rows}", "section", drawn=True)
    assert page.entries == []
    assert page.doubts["entries"]


def test_a_foot_that_nothing_has_filled_in_names_nobody_and_is_not_absent() -> None:
    rows = "".join(f"<li><a href=/a/{n}.html>关于第{n}号事项的通知</a>2026-03-0{n}</li>" for n in range(1, 9))
    page = read(
        f"{MENU}<ul>{rows}</ul><p>主办单位：${{site.unit}}</p><p v-html=foot></p>", "home", HOME, drawn=True
    )
    assert "unit" not in page.footer
    assert {"unit", "icp"} <= page.doubts.keys()


@pytest.mark.parametrize("unseen", ["noscript", "svg", "textarea"])
def test_words_of_a_foot_that_only_some_readers_see_make_its_absence_doubtful(unseen: str) -> None:
    rows = "".join(f"<li><a href=/a/{n}.html>关于第{n}号事项的通知</a>2026-03-0{n}</li>" for n in range(1, 9))
    foot = f"<p>网站标识码：1409250001 云ICP备12000001号</p><{unseen}>主办单位：云汀市教育局</{unseen}>"
    page = read(f"{MENU}<ul>{rows}</ul>{foot}", "home", HOME, drawn=True)
    assert "unit" not in page.footer
    assert page.doubts["unit"]


def test_a_day_in_a_script_is_a_doubt_only_beside_the_title() -> None:
    article = f"<h1>关于冬季供热工作的通告</h1><div class=c>{TEXT}</div>"
    of_site = '<script>var site={"code":"1409250001","build":"2019-06-18"}</script>'
    of_article = '<script>var doc={"bt":"关于冬季供热工作的通告","fbrq":"2026-03-18"}</script>'
    assert "date" not in read(article + of_site, "article").doubts
    assert "2026-03-18" in read(article + of_article, "article").doubts["date"]


@pytest.mark.parametrize(
    "printed",
    [
        "<p>貳零貳陸年叁月拾捌日</p>",
        "<p>2026一03一18</p>",
        "<p>②⓪②⑥年③月⑱日</p>",
        "<p>٢٠٢٦-٠٣-١٨</p>",
        "<p>༢༠༢༦་༠༣་༡༨</p>",
        "<p>2026-يىلى 18-مارت</p>",
        "<p>去年冬天</p>",
        "<p>半年前 来源：办公室</p>",
        "<p>1 年前</p>",
        "<p>星期三 09:20</p>",
        "<p>昨晚 20:10</p>",
        "<p>2026年第12周</p>",
        "<p>2026年3月中旬</p>",
        "<p>令和8年3月18日</p>",
        "<p>《云汀日报》3月18日一版</p>",
        "<p>发布日期：<img src=/date/20260318.png></p>",
        "<p class=ts data-ts=1773795600></p>",
        "<p style=display:none>2026-03-18</p>",
        "<script>write(1773795600000)</script>",
    ],
)
def test_a_time_told_in_any_words_or_figures_under_the_title_is_a_doubt(printed: str) -> None:
    page = read(f"<h1>关于冬季供热工作的通告</h1>{printed}<div class=c>{TEXT}</div>", "article")
    assert page.published_at is None
    assert page.doubts["date"]


@pytest.mark.parametrize(
    "line",
    [
        "<p>来源：人民日报　浏览：1203　字号：大 中 小</p>",
        "<p>索引号：0031/2026-001 文号：云政〔2026〕3号</p>",
        "<p>服务时间：周一至周五 9:00-17:00</p>",
        "<p>有效期限：5年</p>",
    ],
)
def test_particulars_that_tell_no_time_of_the_article_leave_no_doubt(line: str) -> None:
    page = read(f"<h1>关于冬季供热工作的通告</h1>{line}<div class=c>{TEXT}</div>", "article")
    assert "date" not in page.doubts


@pytest.mark.parametrize(
    "shown",
    [
        "<a href=/zt/2026/><img src=/img/banner.jpg width=900></a>",
        "<img src=/img/gg.jpg width=900>",
        "<video src=/v/1.mp4 controls></video>",
        "<canvas width=800 height=600></canvas>",
        "<p><a href=/f/list.xls>名单.xls</a></p>",
        "<p><a href=/a/1.html>停水的公告</a></p>",
    ],
)
def test_a_section_that_shows_one_thing_without_words_or_with_few_is_not_blank(shown: str) -> None:
    page = read(f"{MENU}<h2>通知公告</h2><div class=con>{shown}</div>", "section", f"{HOME}tz/", drawn=True)
    assert page.entries == []
    assert page.doubts["entries"]


@pytest.mark.parametrize(
    "frame",
    [
        "<div class=header><a href=/><img src=/img/a.png></a></div>",
        "<a href=/><img src=/img/a.png></a>",
        "<img src=/img/logo.png>",
        "<div class=footer><img src=/img/a.png><a href=http://bszs.conac.cn/x><img src=/img/b.png></a></div>",
        "<img src=/img/a.png width=20 height=20>",
        "<div id=ewm><img src=/img/a.png></div>",
    ],
)
def test_pictures_of_the_frame_of_a_site_leave_a_blank_section_blank(frame: str) -> None:
    page = read(f"{frame}{MENU}<h2>通知公告</h2><ul></ul>", "section", f"{HOME}tz/", drawn=True)
    assert "entries" not in page.doubts
