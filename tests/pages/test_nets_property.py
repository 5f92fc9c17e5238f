"""Random labels, markup, order and damage: what stands on a page is recognised or doubtful, never absent."""

import re
from datetime import date, timedelta
from html import escape
from urllib.parse import quote

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from govcrawl.pages.dates.published import published
from govcrawl.pages.facts.footer import missing_items
from govcrawl.pages.markup import foot
from govcrawl.pages.markup.document import Document
from govcrawl.pages.report import findings
from tests.pages.test_nets import AS_OF, HOME, LIST, TEXT, read

EXAMPLES = 200
CHARACTERS = st.characters(min_codepoint=0x4E00, max_codepoint=0x9FA5)
WORDS = st.text(CHARACTERS, min_size=2, max_size=6)
DAYS = st.dates(date(2015, 1, 1), AS_OF)
FORMS = st.sampled_from(
    [
        "{0:%Y-%m-%d}",
        "{0:%Y/%m/%d}",
        "{0:%Y.%m.%d} 09:10",
        "{0.year}年{0.month}月{0.day}日",
        "{0:%Y%m%d}",
        "{0.year} 年 {0.month} 月 {0.day} 日",
    ]
)
TAGS = st.sampled_from(["div", "p", "span", "li", "td", "em", "font", "h5", "section"])
COLONS = st.sampled_from(["：", ":", " ", "：&nbsp;", "】", "<i></i>"])
CLASSES = st.text("abcdefghijkmqsuvwxyz", min_size=3, max_size=8)  # names that mean nothing


@settings(max_examples=EXAMPLES)
@given(label=WORDS, day=DAYS, form=FORMS, tag=TAGS, colon=COLONS, at_end=st.booleans())
def test_a_day_under_the_title_or_at_the_end_is_never_absent(
    label: str, day: date, form: str, tag: str, colon: str, *, at_end: bool
) -> None:
    assume(
        not (at_end and foot.FOOT.search(label))
    )  # below the text it is the foot of the site, for readers as well
    line = f"<{tag}>{label}{colon}{form.format(day)}</{tag}>"
    body = f"<div class=c>{TEXT}{line if at_end else ''}</div>"
    page = read(f"<h1>关于冬季供热工作的通告</h1>{'' if at_end else line}{body}", "article")
    assert (
        page.published_at == day.isoformat()
        or (page.published_at or "").startswith(day.isoformat())
        or page.doubts["date"]
    )


ITEM_WORDS = {
    "unit": "主办单位：云汀市教育局", "icp": "云ICP备09000001号", "police_record": "云公网安备99010002000001号",
    "contact": "联系电话：0999-1234567", "site_code": "网站标识码：9901000001", "ticket_entry": "我为政府网站找错",
}  # fmt: skip


@settings(max_examples=EXAMPLES)
@given(
    order=st.permutations(sorted(ITEM_WORDS)), tag=TAGS, name=CLASSES, blank=st.sampled_from(["", " ", "\u3000", "&nbsp;", "<b></b>"]),
    before=WORDS, as_alt=st.sets(st.sampled_from(["unit", "icp", "police_record", "site_code"])),
)  # fmt: skip
def test_an_item_of_the_foot_is_never_absent_however_it_is_shown(
    order: list[str], tag: str, name: str, blank: str, before: str, as_alt: set[str]
) -> None:
    shown = {
        item: f'<img src="/i/{n}.png" alt="{words}">'
        if item in as_alt
        else blank.join(words)
        if blank != "<b></b>"
        else f"<b>{words[:2]}</b>{words[2:]}"
        for n, (item, words) in enumerate(ITEM_WORDS.items())
    }
    foot = "".join(f"<{tag}>{before}{blank}{shown[item]}</{tag}>" for item in order)
    page = read(f"<h1>首页</h1><div class={name}><p>版权所有 云汀市教育局</p>{foot}</div>", "home", HOME)
    absent = [item for item in missing_items(page.footer) if item in ITEM_WORDS and item not in page.doubts]
    assert absent == []


TITLES = st.lists(st.text(CHARACTERS, min_size=9, max_size=30), min_size=3, max_size=12, unique=True)
ROWS = st.sampled_from([
    "<li><a href='{n}.html'>{t}</a></li>", "<li>{t}</li>", "<tr><td>{n}</td><td>{t}</td></tr>", "<div class=x>{t}</div>",
    "<p>{t}</p>", "<dd onclick='go({n})'>{t}</dd>", "<li data-id={n}><span>{t}</span></li>", "{t}<br>", "<span>{t}</span>",
])  # fmt: skip
HOLDERS = st.sampled_from(
    ["<ul>{}</ul>", "<table>{}</table>", "<div>{}</div>", "<p>{}</p>", "<section><div>{}</div></section>"]
)


@settings(max_examples=EXAMPLES)
@given(titles=TITLES, row=ROWS, holder=HOLDERS, name=CLASSES)
def test_rows_are_entries_or_a_doubt_and_the_section_never_blank(
    titles: list[str], row: str, holder: str, name: str
) -> None:
    inner = "".join(row.format(n=n, t=escape(title)) for n, title in enumerate(titles))
    page = read(f"<div class={name}>{holder.format(inner)}</div>", "section", LIST, drawn=True)
    assert page.entries or page.doubts["entries"]


@settings(max_examples=EXAMPLES)
@given(
    days=st.lists(DAYS, min_size=3, max_size=10, unique=True), printed=st.sets(st.integers(0, 9)), future=st.booleans(),
)  # fmt: skip
def test_a_year_nobody_printed_is_never_taken_for_proven_and_moves_no_printed_day(
    days: list[date], printed: set[int], *, future: bool
) -> None:
    days = sorted(days, reverse=True)
    shown = [day.isoformat() if n in printed else day.strftime("%m-%d") for n, day in enumerate(days)]
    if future:
        shown.insert(0, (AS_OF + timedelta(days=200)).isoformat())
    rows = "".join(
        f"<li><a href={n}.html>关于第{n}号事项办理情况的通知公告</a><i>{told}</i></li>"
        for n, told in enumerate(shown)
    )
    found = read(f"<ul>{rows}</ul>", "section", LIST).entries
    assert len(found) == len(shown)
    for entry, told in zip(found, shown, strict=True):
        assert entry.year_assumed == (len(told) == 5)
        assert entry.published_on is not None
        assert entry.published_on.endswith(told)
        if entry.year_assumed:
            assert (
                entry.published_on <= AS_OF.isoformat()
                or entry.published_on <= (AS_OF + timedelta(days=1)).isoformat()
            )


@settings(max_examples=EXAMPLES)
@given(share=st.floats(0.05, 0.95), day=DAYS)
def test_a_date_that_is_read_of_a_damaged_page_is_one_that_the_page_prints(share: float, day: date) -> None:
    markup = f"<h1>关于冬季供热工作的通告</h1><div>上墙时间：{day}</div><div class=c>{TEXT}</div>"
    cut = markup[
        : markup.rfind("<", 0, int(len(markup) * share))
    ]  # between elements; half a day is another day
    value, _ = published(Document(f"<html><body>{cut}", f"{HOME}a.html", AS_OF))
    assert value is None or value == day.isoformat()


FOOT = (
    "<div class=ft><p>主办单位：云汀市教育局</p><p>网站标识码：9901000001</p><p>云ICP备09000001号</p><p>云公网安备99010002000001号</p>"
    "<p>联系电话：0999-1234567</p><script src=//dcs.conac.cn/js/1.js></script><div id=_span_jiucuo></div></div>"
)
LEAD = "<div class=n><a href=/>首页</a><a href=/xw/>要闻动态</a><a href=/tz/>通知公告</a><a href=/fw/>办事服务</a></div>"
ROWS_OF_A_LIST = "".join(
    f"<li><a href=/tz/a_{n}.html>关于第{n}号事项办理情况的通知公告</a><i>2026-11-{20 - n:02}</i></li>"
    for n in range(6)
)
SOUND = {
    "home": (HOME, [LEAD, f"<ul>{ROWS_OF_A_LIST}</ul>", FOOT]),
    "section": (LIST, [LEAD, f"<h2>通知公告</h2><ul>{ROWS_OF_A_LIST}</ul>", FOOT]),
    "article": (f"{HOME}tz/a_1.html", [LEAD, f"<h1>关于冬季供热工作的通告</h1><p>发布时间：2026-11-20</p><div>{TEXT}</div>", FOOT]),
}  # fmt: skip


def _written(markup: str) -> str:
    return f"<script>document.write(unescape('{quote(markup)}'))</script>"


DAMAGE = {
    "challenge": lambda _parts, words: f"<p>{words * 6}</p><script src=/c.js></script>",
    "asks for patience": lambda _parts, words: f"<h1>{words}</h1><p>{words * 40}</p><script src=/c.js></script>",
    "frame": lambda _parts, _words: "<iframe src=/inner.html width=100% height=900></iframe>",
    "frameset": lambda _parts, words: f"<frameset><frame src=/a.html><frame src=/b.html></frameset><noframes>{words}</noframes>",
    "written by script": lambda parts, _words: "".join(map(_written, parts)),
    "hidden until a script shows it": lambda parts, _words: f"<div style='display:none'>{''.join(parts)}</div><script src=/s.js></script>",
    "other order": lambda parts, _words: "".join(reversed(parts)),
    "other tags": lambda parts, _words: "".join(parts).replace("<p>", "<em>").replace("</p>", "</em>").replace("<h1>", "<b>").replace("</h1>", "</b>"),
    "other label": lambda parts, words: "".join(parts).replace("发布时间", words),
    "entities": lambda parts, _words: "".join(f"&#{ord(sign)};" if sign > "\u2000" else sign for sign in "".join(parts)),
    "rows by script": lambda parts, _words: re.sub(r"<a href=(/tz/\S+?)>(.*?)</a>", r"<a onclick=open('\1')>\2</a>", "".join(parts)),
}  # fmt: skip


@settings(max_examples=EXAMPLES)
@given(kind=st.sampled_from(sorted(SOUND)), damage=st.sampled_from(sorted(DAMAGE)), words=WORDS)
def test_what_keeps_a_sound_page_from_being_read_proves_nothing_against_it(
    kind: str, damage: str, words: str
) -> None:
    url, parts = SOUND[kind]
    page = read(DAMAGE[damage](parts, words), kind, url)
    accused = [check for check, _ in findings(page) if check not in ("tags-missing", "link-wrong")]
    assert accused == []
    if kind == "section":
        assert page.entries or page.doubts.get("entries") or page.read_state != "read"
