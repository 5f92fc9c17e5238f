"""When a page was published, and where that is written.

Evidence in order, the first that holds is the answer (rules: regulations 3.2 for the official tag, 4.1 for dates
that do not count):

`tag`        the official PubDate, or what other systems call it
`label`      发布时间, 发布日期, 日期, 成文日期 … with the date beside it, below it or in the next cell
`text`       a bare date in a line of particulars under the title, whole or in pieces
`signature`  the date at the end of the text, under or behind the name of the issuer
`url`        a day in the address; only a hint, nobody reads it, and never one to come

Never taken: the clock of a "today is" widget, dates inside sentences, of neighbouring news, of the foot of the
site, of terms and deadlines.
"""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import pairwise, takewhile
from typing import TYPE_CHECKING, NamedTuple

from govcrawl.pages.articles.data_article import data_article
from govcrawl.pages.articles.title import shown_title, start_of_body
from govcrawl.pages.dates.printed import find_printed, parse_printed, printed_at
from govcrawl.pages.dates.row_dates import date_in_blocks, is_part_of_date
from govcrawl.pages.markup.content import content_lines
from govcrawl.pages.markup.foot import FOOT

if TYPE_CHECKING:
    from collections.abc import Iterator

    from govcrawl.pages.dates.printed import Printed
    from govcrawl.pages.markup.document import Document

_TAGS = (
    "pubdate", "publishdate", "publish_date", "publish-date", "publishtime", "pubtime", "firstpublishedtime",
    "article:published_time", "og:release_date", "og:published_time", "dc.date", "dcterms.date", "dcterms.created",
    "createdate", "createtime", "date",
)  # fmt: skip

_OFFICIAL = "pubdate"  # the only tag that the rules name

_LABEL = re.compile(
    r"时[ \u3000\xa0]{0,8}间|日[ \u3000\xa0]{0,8}期|发布于|发表于|发布(?=[：:])|D(?i:ate)(?=[：:])|d(?i:ate)(?=[：:])"
)
_GAP = re.compile(r"[\s\u3000\xa0|：:︰∶】\]）)\[【（(“\"']{0,80}")
_BOUNDARY = re.compile(r"[\n：:|【\[（(，,。;；>」”\d]")
_PUBLISHED = ("发布", "发稿", "发表", "公开", "上网", "上传", "刊发", "挂网", "发帖", "上线", "信息发布")
_NEAR = (
    "",
    "公告",
    "公布",
    "录入",
    "添加",
    "创建",
    "编辑",
    "信息",
    "稿件",
    "文章",
    "新闻",
    "更新",
    "文件发布",
)
_ISSUED = ("成文", "发文", "印发", "签发", "生成", "制发", "颁布", "形成")
_RANK = {word: rank for rank, words in enumerate((_PUBLISHED, _NEAR, _ISSUED)) for word in words}

_TODAY = re.compile(r"(?:今天|今日|现在|当前|欢迎).{0,8}$", re.DOTALL)
_WEEKDAY = re.compile(r"[\s,，]*(?:星期|周)[一二三四五六日天]")
_EVENT = re.compile(r"[\s(（]*(?:上午|下午|晚|星期|周[一二三四五六日天]|\d{1,2}时|地点|前|起|开始|结束)")
_RANGE = re.compile(r"\s*(?:至|到|—|~|～|-\s*\d{4})")
_TAIL = re.compile(
    r"\n\s*(?:相关(?:阅读|信息|新闻|链接|文章|稿件|报道|资讯|内容)|上一[篇条]|下一[篇条]|延伸阅读|推荐阅读|阅读排行|点击排行)"
)
_WRITTEN = re.compile(
    r"(?:时\s*间|日\s*期)\s*[：:]?\s*(?:</?\w[^<>]{0,200}>\s*){0,4}<script[^<>]{0,200}>(.{0,400}?)</script>",
    re.DOTALL | re.IGNORECASE,
)
_PLANNED = re.compile(
    r"(?:下[一次期回]|预[计定]|计划|拟定?)[\u4e00-\u9fff]{0,4}$"
)  # 下次更新时间, 预计公布时间
_BEFORE_PLAN = 10  # characters
_PARTICULARS = 90  # characters; a line of source, author, date and counter is not longer
_PARTICULARS_WINDOW = 300  # characters below the title in which articles print their particulars
_PARTICULAR_RUNS = 24
_OTHER_LABEL = re.compile(r"(?:时间|日期|期限|期|有效期至)\s*[：:]?$")
_SENTENCE = re.compile(r"[，。；！？]")
_SIGNATURE = re.compile(r"[（(]?\s*(?P<date>.{5,24}?)\s*(?:印发|发布|公布)?[）)]?\s*")
# Issuer and day in one line: 云汀市财政局 2026年3月18日, 市政府办公室2026年3月18日印发.
_SIGNED = re.compile(r"(?P<issuer>[\u4e00-\u9fff（）()、\s]{4,40}?)\s*(?=(?:19|20)\d\d\s*年|二[〇○零])")
_STOP = re.compile(r"[。；！？]")
_CLOSING_LINES = 8
_LONGEST_SIGNATURE = 60
_MOST_PIECES = 3


class Seen(NamedTuple):
    """One date that was considered: taken is the answer, the others say why not."""

    value: str
    origin: str
    near: str
    refused: str | None = None


def published(document: Document) -> tuple[str | None, str | None]:
    """(published_at, origin) of a page; (None, None) where no date holds.

    A future date is returned as it is when tag or label prints it; `date-future` is a finding of its own.
    """
    for seen in considered(document):
        if seen.refused is None:
            return seen.value, seen.origin
    return None, None


def conflict(document: Document) -> tuple[str, str] | None:
    """(tag, visible date) where the official tag and the date shown differ by a day or more."""
    tag = _tag(document)
    if tag is None or _shown_below_title(document, tag.value[:10]):
        return None
    shown = next((seen for seen in _labels(document) if seen.refused is None), None)
    shown = shown or next((seen for seen in _particulars(document) if seen.refused is None), None)
    if shown is None or shown.value[:10] == tag.value[:10]:
        return None
    return tag.value, shown.value


def _shown_below_title(document: Document, day: str) -> bool:
    """Whether the first lines below the title print this day: the usual case, and cheap to see."""
    start = _after_title(document)
    if start is None:
        return False
    lines = document.text[start : start + _PARTICULARS_WINDOW]
    return any(printed.value[:10] == day for printed in find_printed(lines))


def considered(document: Document) -> Iterator[Seen]:
    """Every date with a claim to be the page's, best evidence first, refused ones with the reason."""
    record = data_article(document)
    if record is not None:
        value = parse_printed(record.printed)
        if value is not None:
            yield Seen(value, "label", record.printed)
        return
    tag = _tag(document)
    shown: list[Seen] | None = None
    if tag is not None and tag.near != _OFFICIAL:
        # What a system says of its own record, which it writes anew with the page, is no day that anybody is told.
        shown = [*_labels(document), *_particulars(document)]
        other = next((seen for seen in shown if seen.refused is None), None)
        if other is not None and other.value[:10] != tag.value[:10]:
            tag = tag._replace(refused="another day is shown")
    if tag is not None:
        yield tag
    if shown is None:
        yield from _labels(document)
        yield from _particulars(document)
    else:
        yield from shown
    yield from _under_the_title(document)
    yield from _signature(document)
    in_url = document.dates.in_url(document.url)
    if in_url is not None:
        yield Seen(in_url, "url", document.url)


def _tag(document: Document) -> Seen | None:
    named: dict[str, str] = {}
    for attributes in document.metas:
        name = (attributes.get("name") or attributes.get("property") or "").strip().lower()
        if name in _TAGS:
            value = parse_printed(attributes.get("content") or "")
            if value is not None:
                named.setdefault(name, value)
    best = next((name for name in _TAGS if name in named), None)
    return Seen(named[best], "tag", best) if best is not None else None


def _labels(document: Document) -> Iterator[Seen]:
    """Labelled dates, the most telling label first; refused where a list repeats them."""
    text = document.text
    end: int | None = None
    unfilled: int | None = None  # where a label stands whose date only a script writes
    found: list[tuple[int, int, Seen]] = []
    for match in _LABEL.finditer(text):
        word = _word_before(text, match.start()) if match[0][0] in "时日" else "发布"
        rank = _RANK.get(word)
        gap = _GAP.match(text, match.end())
        printed = printed_at(text, gap.end()) if rank is not None and gap is not None else None
        if rank is None or printed is None:
            if rank == 0 and word and unfilled is None:
                unfilled = match.start()
            continue
        end = _end_of_article(document) if end is None else end
        refused = None
        if match.start() > end:
            refused = "below the article"
        elif not word and _WEEKDAY.match(text, printed.end):
            refused = "today-is clock"
        elif not word and (_EVENT.match(text, printed.end) or _inside_text(document, match.start())):
            refused = "the time of an event"
        elif _RANGE.match(text, printed.end):
            refused = "a span of time"
        elif _PLANNED.search(text[max(0, match.start() - _BEFORE_PLAN) : match.start()]):
            refused = "a day that is planned"
        found.append(
            (rank, match.start(), Seen(printed.value, "label", text[match.start() : printed.end], refused))
        )
    taken = [position for _, position, seen in found if seen.refused is None]
    if unfilled is not None and unfilled < min(taken, default=len(text)):
        yield from _written_by_script(document)
    found.sort(key=lambda item: item[:2])
    yield from _unless_repeated(found)


def _written_by_script(document: Document) -> Iterator[Seen]:
    """The date that the script beside a label writes: `发布时间：<script>document.write('2024-06-04')</script>`."""
    for written in _WRITTEN.finditer(document.source):
        printed = next(find_printed(written[1]), None)
        if printed is not None:
            yield Seen(printed.value, "label", written[1].strip())
            return


def _inside_text(document: Document, position: int) -> bool:
    """Whether a place lies in the article's own text, past the first words of it."""
    body = start_of_body(document)
    title = _after_title(document)
    return body is not None and position > max(body, title or 0) + _PARTICULARS


def _unless_repeated(found: list[tuple[int, int, Seen]]) -> Iterator[Seen]:
    """Three or more of one label, evenly spaced with different dates, are the rows of a list."""
    best = [
        (position, seen) for rank, position, seen in found if rank == found[0][0] and seen.refused is None
    ]
    if len(best) >= 3 and len({seen.value for _, seen in best}) > 1:
        gaps = [later - earlier for (earlier, _), (later, _) in pairwise(best)]
        if gaps[0] < 3 * sorted(gaps[1:])[len(gaps[1:]) // 2]:
            for _, _, seen in found:
                yield seen._replace(refused=seen.refused or "one of many rows")
            return
    for _, _, seen in found:
        yield seen


def _word_before(text: str, position: int) -> str:
    """The word a label's 时间 or 日期 ends: 发布, 成文, 截止 …; empty for the bare label."""
    before = text[max(0, position - 16) : position]
    start = max((match.end() for match in _BOUNDARY.finditer(before)), default=0)
    word = before[start:]
    if word.endswith((" ", "\u3000", "\xa0")) and len(word.split()[-1:]) and len(word.split()[-1]) > 1:
        return ""
    word = "".join(word.split())
    return next((label for label in _RANK if label and word.endswith(label)), word)


def _particulars(document: Document) -> Iterator[Seen]:
    """A bare date in the lines between the title and the text, or the only bare date above the text."""
    text = document.text
    start = _after_title(document)
    if start is not None:
        runs = [run for run in (run.strip() for run in text[start : start + 1500].split("\n")) if run][
            :_PARTICULAR_RUNS
        ]
    else:
        end = start_of_body(document) or _end_of_article(document)
        runs = [run for run in (run.strip() for run in text[:end].split("\n")) if run]
    dated: list[tuple[str, str, str]] = []
    before = ""
    for run in runs:
        if start is not None and (len(run) > _PARTICULARS or (len(run) > 40 and _SENTENCE.search(run))):
            break
        value = _bare_date(run)
        if value is not None and not _OTHER_LABEL.search(before) and not _is_value(before):
            dated.append((value, run, before))
        before = run
    at_once = (
        dated and start is not None and dated[0][1] is runs[0]
    )  # right below the title, whatever follows
    if not dated and start is not None:
        dated = list(_right_above(document))
    for number, (value, run, before) in enumerate(dated):
        refused = None
        if _TODAY.search(before) or _TODAY.search(run):
            refused = "today-is clock"
        elif len(dated) > (2 if start is not None else 1) and not (at_once and number == 0):
            refused = "one of many rows"
        elif document.dates.is_to_come(value):
            refused = "in the future"
        yield Seen(value, "text", run, refused)


def _right_above(document: Document) -> Iterator[tuple[str, str, str]]:
    """A bare day in the line above the title, where layouts print the day first; a clock names the weekday as well."""
    title = shown_title(document)
    above = (
        document.text[max(0, title.start - _PARTICULARS_WINDOW) : title.start] if title is not None else ""
    )
    runs = [run for run in map(str.strip, above.split("\n")) if run]
    value = _bare_date(runs[-1]) if runs else None
    if value is not None and sum(1 for _ in find_printed(above)) == 1:  # else the last of several rows
        yield value, runs[-1], runs[-2] if len(runs) > 1 else ""


_ANY_LABEL = re.compile(
    r"(?P<label>[\u4e00-\u9fffA-Za-z]{2,10})\s{0,4}(?:[】\]]\s{0,4}[:：]?|[:：|｜丨](?:\s{0,4}[|｜丨])?|(?<=[间期于])\s)\s{0,4}$"
)
_OF_ANOTHER_DAY = re.compile(
    r"截|止|期限|效|[施执]行|实施|举[办行]|召开|会议|活动|公示|开[标始庭工]|起|报名|考试|面试|出生|[办受]理|营业|服务|征[集求]|听证|中标|成交|今|现在|当前"
    # What people set out for, do with goods, houses and machines, measure, and are told by an office to wait for.
    r"|出发|[到抵]达|离[开境岗]|到[岗账场期]|签[到订约署]|交[货付易割房]|[提发]货|生产|出[厂院席]|[监检观探]测|采样|检[修查验疫]|体检"
    r"|停[水电气运课工业诊]|[通发乘停班限]车|航班|限行|施工|[竣完复]工|验收|通水|拍[摄卖]|开[馆放业课学盘幕业]|闭[馆幕]|申[领请报]|领取|缴|处罚|决定"
    r"|立案|结案|判|注销|成立|任[职命免]|预[计定约]|计划|下[次期]|入[住学职园伙]|答辩|放假|复课|补课|合同|批准|登记|核准|通过|演出|上映|比赛|[首播]映|摇号|抽签"
)
_OF_A_DAY = re.compile(r"[时日][间期]?$|于$|date$|time$", re.IGNORECASE)
# What pages say of themselves beside their day; in its company a label that nobody knows is one of them.
_COMPANY = re.compile(
    r"来\s?源|稿\s?源|作\s?者|编\s?辑|供\s?稿|浏\s?览|阅\s?读|点\s?击|访\s?问|人\s?气|字\s?[体号]|打\s?印|分\s?享|索\s?引\s?号|文\s?号|审\s?核"
)
# What happens to a piece of news, and what such a piece is called; a day of anything else is a doubt.
_OF_NEWS = re.compile(
    r"发[布表稿文送帖]|[编刊播转签摘印]发|[登刊转挂收]载|刊[登播于]|播[出报]|[录收]录|录入|上[传网线]|[入挂]网|[推报投]送|提[交供]|加入|入库|[添增]加|新增"
    r"|创建|生成|更新|[修改编]订|修改|编辑|采[编写集]|撰[写稿]|[来投供]稿|审核|同步|归档|张贴|公[布开告]|信息|文章|稿件|新闻|内容|资讯|页面|网页|本文|文档"
)
_OFFICE = re.compile(r".{2}(?:[办局厅委部处室科院所署府社网]|中心|[日晚]报|电视台|网站|[员协学商联总]会)$")
_BESIDE = 3  # lines; each element of a line of particulars is one
_SHORTEST_NAME = 2
_PARTS_WORDS = frozenset("[【（(|｜丨·，,")
_APART = " \t\u3000\xa0[]【】()（）|｜丨·,，、/—-"


def _under_the_title(document: Document) -> Iterator[Seen]:
    """The only day between title and text: behind whatever label says that it names a day, or alone in a line of particulars.

    Not where the words before it speak of something that happens on that day. A label that does not say so (出发：, 交货：) may be
    of anything.
    """
    start = _after_title(document)
    if start is None:
        return
    body = start_of_body(document)
    end = min(start + _PARTICULARS_WINDOW, _end_of_article(document))
    window = document.text[start : min(end, body) if body is not None and body >= start else end]
    found = list(find_printed(window))
    for printed in found:
        label = _ANY_LABEL.search(window[max(0, printed.start - 20) : printed.start])
        words = "" if label is None else label["label"].removesuffix("时间").removesuffix("日期")
        if label is not None and words in _RANK and words != label["label"]:
            continue  # a label that is known has had its say
        if label is None and not _is_alone(window, printed):
            continue
        line = window[window.rfind("\n", 0, printed.start) + 1 : printed.end]
        named = label["label"] if label is not None else _last_word(line[: printed.start - printed.end])
        refused = None
        if _OF_ANOTHER_DAY.search(named):
            refused = "its label speaks of another day"
        elif label is not None and words not in _RANK and _is_value(label[0]):
            refused = "its label does not say that it names a day"
        elif not (label and words in _RANK) and _is_of_something(document, start, window, printed, named):
            refused = "it may be the day of something else"
        elif _RANGE.match(window, printed.end):
            refused = "a span of time"
        elif len({each.value[:10] for each in found}) > 1:
            refused = "one of several days"
        elif document.dates.is_to_come(printed.value):
            refused = "in the future"
        elif label is None and (
            _TODAY.search(line[: printed.start - printed.end]) or _is_clock(document, window, printed)
        ):
            refused = "today-is clock"
        near = line if label is None else f"{label[0]}{window[printed.start : printed.end]}"
        yield Seen(printed.value, "text" if label is None else "label", near, refused)
    if not found:
        yield from _in_blocks_below(document, window)


def _has_company(window: str, printed: Printed) -> bool:
    """Whether a source, an author, a counter stand in the line of a day or right beside it: what is said of the page itself."""
    above = window[: printed.start].split("\n")[-_BESIDE - 1 :]
    behind = window[printed.end :].split("\n")[: _BESIDE + 1]
    return _COMPANY.search("\n".join((*above, *behind))) is not None


def _is_of_something(document: Document, start: int, window: str, printed: Printed, named: str) -> bool:
    """Whether a day may be that of something named before it rather than of the page (出发时间：2026-03-18, 笔试 2026-03-18).

    Nobody knows all names. The page's own is a day in the company of source, author or counter, one that is told of what happens
    to a piece of news, and one behind the name of an office, unless the page speaks of what is named.
    """
    name = named.strip(_APART + "：:")
    name = name.removesuffix("时间").removesuffix("日期")
    if len(name) < _SHORTEST_NAME:
        return False
    title = shown_title(document)
    if title is not None and name in title.text:
        return True
    if document.text.count(name, start, _end_of_article(document)) > 1:  # once before the day itself
        return True
    return not (_has_company(window, printed) or _OF_NEWS.search(name) or _OFFICE.search(name))


def _says_a_day(label: str) -> bool:
    """Whether a label says that a day follows it, or speaks of source and author, behind which the day stands alone."""
    return _OF_A_DAY.search(label) is not None or _SOURCE_FIRST.match(label) is not None


def _is_value(before: str) -> bool:
    """Whether a run above a day is a label of something else, which has the day for its value."""
    label = before.rstrip()
    return label.endswith(("：", ":")) and not _says_a_day(label[:-1].strip("】] "))


def _is_alone(window: str, printed: Printed) -> bool:
    """Whether a day stands apart from the words beside it, in a line that is no sentence."""
    begin = window.rfind("\n", 0, printed.start) + 1
    end = window.find("\n", printed.end)
    before, behind = window[begin : printed.start], window[printed.end : end if end >= 0 else len(window)]
    if len(before) + len(behind) > _PARTICULARS or _STOP.search(before + behind):
        return False
    return (not before or before[-1] in _APART) and (not behind or behind[0] in _APART)


def _last_word(before: str) -> str:
    """The last word of a line, with the signs behind it."""
    start = len(before)
    while start and (_parts_words(before[start - 1]) or before[start - 1] in "：:"):
        start -= 1
    while start and not _parts_words(before[start - 1]):
        start -= 1
    return before[start:]


def _parts_words(character: str) -> bool:
    return character.isspace() or character in _PARTS_WORDS


def _is_clock(document: Document, window: str, printed: Printed) -> bool:
    """Whether it may be the clock of the page: the day of the inspection with its weekday."""
    return document.dates.is_today(printed.value) and _WEEKDAY.match(window, printed.end) is not None


def _in_blocks_below(document: Document, window: str) -> Iterator[Seen]:
    """The day that a calendar leaf right below the title prints in pieces: 18 | 2026-03."""
    pieces = [piece for piece in map(str.strip, window.split("\n")) if piece][:_MOST_PIECES]
    day = date_in_blocks(list(takewhile(is_part_of_date, pieces)))
    if day is not None and day.on is not None:
        late = "in the future" if document.dates.is_to_come(day.on) else None
        yield Seen(day.on, "text", " ".join(pieces), late)


_BARE = re.compile(r"[\s【\[（(|·]*")
_AFTER_BARE = re.compile(
    r"[\s】\]）)|·]*(?:$|来源|作者|编辑|浏览|阅读|点击|访问|字[体号]|【|\[|信息来源|发布|责任|稿源|文章|打印|\|)"
)
_SOURCE_FIRST = re.compile(r"(?:信息|文章|稿件|新闻)?(?:来源|作者|编辑|供稿|稿源|字体|浏览|阅读|点击)")


def _bare_date(run: str) -> str | None:
    """The date of a line that is nothing but particulars: a date alone, or beside source, author, counter."""
    return _date_of_particulars(run) if len(run) <= _PARTICULARS else None


@lru_cache(maxsize=4096)  # the same menus stand on every page of a site
def _date_of_particulars(run: str) -> str | None:
    lead = _BARE.match(run)
    printed = printed_at(run, lead.end() if lead is not None else 0)
    if printed is not None:
        return printed.value if _AFTER_BARE.match(run, printed.end) else None
    if _SOURCE_FIRST.match(run):
        printed = next(find_printed(run), None)
        if printed is not None and _AFTER_BARE.match(run, printed.end):
            return printed.value
    return None


def _signature(document: Document) -> Iterator[Seen]:
    lines = content_lines(document)
    for number, line in enumerate(reversed(lines[-_CLOSING_LINES:])):
        match = _SIGNATURE.fullmatch(_without_issuer(line)) if len(line) < _LONGEST_SIGNATURE else None
        printed = printed_at(match["date"], 0) if match is not None else None
        if match is None or printed is None or printed.end < len(match["date"].rstrip()):
            continue
        above = lines[-number - 2] if len(lines) > number + 1 else ""
        refused = (
            "in the future"
            if document.dates.is_to_come(printed.value)
            else "part of a list"
            if parse_printed(above) and len(above) < 30
            else None
        )
        yield Seen(printed.value, "signature", line, refused)
        return


def _without_issuer(line: str) -> str:
    """A line without the name before its day; as it is where the words before it are no name."""
    signed = _SIGNED.match(line)
    if (
        signed is None
        or _OF_ANOTHER_DAY.search(signed["issuer"])
        or signed["issuer"].rstrip()[-1] in "于自从在至到间期"
    ):
        return line
    return line[signed.end() :]


def _after_title(document: Document) -> int | None:
    """Where the text goes on after the page's title; None when the title is nowhere shown."""
    title = shown_title(document)
    return title.end if title is not None else None


def _end_of_article(document: Document) -> int:
    """Where in the shown text neighbouring news or the foot of the site begins."""
    text = document.text
    start = _after_title(document) or 0
    tail = _TAIL.search(text, start)
    foot = FOOT.search(text, max(start, len(text) * 6 // 10))
    return min(tail.start() if tail else len(text), foot.start() if foot else len(text))
