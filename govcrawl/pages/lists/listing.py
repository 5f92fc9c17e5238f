"""The entries of a section's list page or of a home page: title, absolute address, printed date.

Rows with dates are entries; a page without any dated row is read by its structure. Then what only looks like a
list is left out: navigation, breadcrumbs, friend links, "hot articles" and other blocks beside the list.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from govcrawl.pages.dates.printed import day_of
from govcrawl.pages.dates.row_dates import (
    RowDate,
    date_in_title,
    day_of_month,
    is_part_of_date,
    month_heading,
    year_heading,
    year_in_heading,
)
from govcrawl.pages.links.urls import is_front_page
from govcrawl.pages.lists.beside import Surroundings, surroundings
from govcrawl.pages.lists.list_data import data_calls, drawn_by_script, entries_of_data, script_markup
from govcrawl.pages.lists.next_pages import next_pages
from govcrawl.pages.lists.rows import DATE_SIGN, MANY, Place, Row, rows, runs
from govcrawl.pages.lists.tooltips import day_told, title_told
from govcrawl.pages.markup.document import LONGEST_REFERENCE, LONGEST_TITLE
from govcrawl.pages.markup.patterns import short
from govcrawl.pages.markup.unfilled import UNFILLED
from govcrawl.records.items import Entry

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from selectolax.lexbor import LexborNode

    from govcrawl.pages.dates.date_reader import DateReader
    from govcrawl.pages.markup.document import Document

__all__ = ["data_calls", "drawn_by_script", "entries", "entries_of_data", "next_pages"]

_LONGEST_NO_TITLE = 60  # characters; longer rows of dots and lines say nothing either, and are rare
_NO_TITLE = short(
    r"[\W_]*(?:更多|more|详细|详情|查看(?:详情|详细|更多|全文)?|阅读(?:全文|更多)|点击(?:查看|下载)|下载.{0,4}|首页|上一页|下一页|末页|尾页|\d{1,4})?[\W_]*",
    _LONGEST_NO_TITLE,
    re.IGNORECASE,
)
_BLANK = re.compile(
    r"暂无(?:相关)?(?:数据|内容|信息|文章|记录)|没有(?:找到)?(?:相关|符合条件的)?(?:信息|记录|数据|内容)|栏目内容(?:更新|建设)中|该栏目下无"
    r"|共\s*0\s*[条页篇]|记录\s*[：:]?\s*0\s*条"
)
_CUT = re.compile(r"(?:(?<!…)…+|(?<!\.)\.{2,}|(?<!⋯)⋯+)\s*$")
_BULLET = re.compile(r"^[\s·•◆▪■●◇□▶►»›>＞☆★※→‧∙・﹒|\-]+(?=\S)")
_HEADINGS = "h1, h2, h3, h4, h5, h6, strong, [class*=title], [class*=tit], [class*=til], [class*=bt]"
_COLUMN = re.compile(r"/col/col(\d+)/|/(?:art|col)_(\d+)_")
_OWN_SHARE = 0.5  # of a block's addresses; below the page's directory they are the section's own
_MIN_TITLE = 8  # characters; a column's or unit's name before the title is shorter
_MIN_UNDATED_TITLE = 8  # characters on average; navigation has four
_SCRIPTED_TITLE = 6  # characters; a dated title whose target only a script knows is an entry all the same
_LEAST_ROWS = 3  # of a block without dates that is worth a word
_MOST_CONSIDERED = 60
_LISTS = "ul, ol, dl, tbody"
_NOT_EMPTY = "img, iframe, video, input, button, svg, i, span"  # what draws something without words
_MOST_LISTS = 400
_WORDS = re.compile(r"[\u4e00-\u9fff]+")
_TRAIL = re.compile(
    r"位置\s{0,3}[:：]?\s{0,9}[\u4e00-\u9fff]{2,12}(?:\s{0,9}[>›»＞→/\\|-]{1,3}\s{0,9}[\u4e00-\u9fff]{2,12}){0,6}"
)
_PINNED = "置顶"


@dataclass(slots=True)
class Candidate:
    """A row with a title, and its date as far as the row prints one."""

    row: Row
    title: str
    url: str
    when: RowDate | None
    leads: bool = True  # to a web address; else `url` is the reference as written


class Block:
    """The rows of one list, or of several lists side by side in one element."""

    def __init__(self, items: list[Candidate]) -> None:
        self.items = items

    @cached_property
    def surroundings(self) -> Surroundings:
        """What stands above the list, and what its elements are called."""
        return surroundings(self.items[0].row.listing.node, self.items[0].title)


def entries(document: Document, selector: str | None = None) -> list[Entry]:
    """The entries in page order. `selector` (registry: entry_selector) names the rows where given."""
    if document.seen is None:
        return []
    if selector:
        found = [item for node in document.seen.css(selector) for item in _selected(document, node)]
        return _as_entries(document, found)
    home = is_front_page(document.url)
    seen = document.seen
    blocks = _list_blocks(document, rows(seen, near_dates=True), lambda: rows(seen), home=home)
    if not blocks and not home:
        opened = rows(seen, of_any_script=True)
        scripted = _list_blocks(document, opened, lambda: opened, home=home)
        blocks = [block for block in scripted if any(item.when for item in block.items)]
    return _as_entries(document, [item for block in blocks for item in block.items])


def _list_blocks(
    document: Document, near_dates: list[Row], every: Callable[[], list[Row]], *, home: bool
) -> list[Block]:
    """The blocks of rows that are the page's list; of a home page every dated one. `every` row is asked for where no date helps."""
    blocks = _blocks(_all_dated(document, near_dates))
    if not home:
        blocks = _main_blocks(document, blocks)
    if not home and not any(_share_of(block, document.url) for block in blocks):
        if says_blank(document):
            return []
        plain = _undated_block(document, _blocks(_undated(document, every()), by_shape=True))
        if plain is not None and (not blocks or _is_rather(plain, blocks, document.url)):
            return [plain]
    elif not blocks:
        plain = _undated_block(document, _blocks(_undated(document, every()), by_shape=True))
        return [plain] if plain is not None else []
    return blocks


def _is_rather(plain: Block, dated: list[Block], url: str) -> bool:
    """Whether an undated block is the section's own rather than dated ones; names before the titles of these are not."""
    lists = {item.row.listing.key for block in dated for item in block.items}
    return _share_of(plain, url) >= _OWN_SHARE and any(
        item.row.listing.key not in lists for item in plain.items
    )


def says_blank(document: Document) -> bool:
    """Whether a page says in words that its list holds nothing."""
    return speaks_of_blank(document.text)


def speaks_of_blank(text: str) -> bool:
    """Whether a text says that a list holds nothing."""
    return _BLANK.search(text) is not None


@dataclass(frozen=True, slots=True)
class Considered:
    """One block of rows of a page; `refused` says why it is not the page's list, None where it is."""

    heading: str
    rows: int
    dated: int
    first: str  # title of its first row
    refused: str | None


def considered(document: Document, taken: list[Entry]) -> list[Considered]:
    """Every block that could have been a list of the page from which `taken` were read."""
    if document.seen is None:
        return []
    every = rows(document.seen)
    dated = _all_dated(document, every)
    anchors = {item.row.anchor.mem_id for item in dated}
    plain = [item for item in _undated(document, every) if item.row.anchor.mem_id not in anchors]
    names = {(entry.title, entry.url) for entry in taken}
    return [
        Considered(
            heading=block.surroundings.heading,
            rows=len(block.items),
            dated=sum(item.when is not None for item in block.items),
            first=block.items[0].title,
            refused=_refusal(block, names, document.url),
        )
        for block in _blocks(dated) + _blocks(plain, by_shape=True)
        if len(block.items) >= _LEAST_ROWS or any(item.when for item in block.items)
    ][:_MOST_CONSIDERED]


def _refusal(block: Block, taken: set[tuple[str, str]], url: str) -> str | None:
    if all((item.title, item.url) in taken for item in block.items):
        return None
    if block.surroundings.named_beside:
        return "its heading names a block beside the list"
    if block.surroundings.called_beside:
        return "its class names say that it stands beside the list"
    if not any(item.when for item in block.items):
        if block.surroundings.is_frame:
            return "its class names say navigation, pager or friend links"
        if _title_length(block) < _MIN_UNDATED_TITLE:
            return "its titles are as short as those of a menu"
    if not taken:
        return "the page was not read as a list"
    if _share_of(block, url) < _OWN_SHARE:
        return "its addresses lie outside the page's section, and another list fits better"
    return "another list of the page fits better"


def _as_entries(document: Document, found: list[Candidate]) -> list[Entry]:
    """Candidates with their years resolved list by list; the same title and address once."""
    _take_days_of_attributes(found)
    _take_months_from_headings(found)
    _take_years_from_headings(found)
    lists: dict[int, list[Candidate]] = {}
    for item in found:
        lists.setdefault(item.row.listing.key, []).append(item)
    days: dict[int, str | None] = {}
    dates = document.dates
    hints = {
        id(item): dates.in_url(item.url) if item.when and item.when.on is None else None for item in found
    }
    unhinted = [item for item in found if item.when and hints[id(item)] is None]
    likely = hints | _days_of_headings(unhinted, dates)
    for items in lists.values():
        days |= zip(map(id, items), _days(items, [likely[id(item)] for item in items], dates), strict=True)
    unique: dict[tuple[str, str, str | None], Entry] = {}
    for item in found:
        if len(item.url) > LONGEST_REFERENCE:
            continue
        day = days[id(item)]
        title = item.title[:LONGEST_TITLE]
        name = (item.url, title, None if item.leads else day)
        assumed = item.when is not None and item.when.on is None and hints[id(item)] is None
        unique.setdefault(
            name, Entry(title, item.url, day, "list" if day else None, day is not None and assumed)
        )
    return list(unique.values())


def _take_days_of_attributes(found: list[Candidate]) -> None:
    """Give the rows that print no day the one their title attribute tells."""
    for item in found:
        if item.when is None:
            day = day_told(item.row.title_attribute)
            item.when = None if day is None else RowDate(day)


def _take_months_from_headings(found: list[Candidate]) -> None:
    """Give the rows that print a day only (`20日`) the month that stands above them, where one does."""
    months: dict[int, int | None] = {}
    for item in found:
        if item.when is None and _is_signed(item.row.line):
            month = item.row.headed_by(month_heading, months)
            beside = [] if month is None else [*item.row.own, *item.row.after, *item.row.before]
            day = None if month is None else day_of_month(beside, month)
            item.when = None if day is None else RowDate(day)


def _take_years_from_headings(found: list[Candidate]) -> None:
    """Give the rows that print month and day only the year that stands above them, where one does."""
    years: dict[int, int | None] = {}
    for item in found:
        if item.when is not None and item.when.on is None:
            year = item.row.headed_by(year_heading, years)
            day = None if year is None else day_of(year, item.when.month, item.when.day)
            item.when = item.when if day is None else RowDate(day)


def _days_of_headings(found: list[Candidate], dates: DateReader) -> dict[int, str]:
    """By id of a row without a year: the day it has if the year that a heading above names beside other words is its own."""
    years: dict[int, int | None] = {}
    likely: dict[int, str] = {}
    for item in found:
        if item.when is not None and item.when.on is None:
            year = item.row.headed_by(year_in_heading, years)
            day = None if year is None else day_of(year, item.when.month, item.when.day)
            if day is not None and not dates.is_to_come(day):
                likely[id(item)] = day
    return likely


def settle_years(found: Iterable[Entry], dates: DateReader) -> None:
    """Give the entries whose year is assumed the one that fits those proven meanwhile; it stays assumed."""
    found = [entry for entry in found if entry.published_on is not None and _PINNED not in entry.title]
    printed = [
        RowDate(None, int(entry.published_on[5:7]), int(entry.published_on[8:]))
        if entry.year_assumed
        else RowDate(entry.published_on)
        for entry in found
        if entry.published_on is not None
    ]
    for entry, day in zip(found, dates.with_years(list(printed), [None] * len(printed)), strict=True):
        entry.published_on = day


def _days(items: list[Candidate], hints: list[str | None], dates: DateReader) -> list[str | None]:
    """The days of one list; a pinned row stands outside the order of the others."""
    pinned = [_PINNED in item.title for item in items]
    ordered = [None if pin else item.when for item, pin in zip(items, pinned, strict=True)]
    days = dates.with_years(ordered, hints)
    for number, (item, pin) in enumerate(zip(items, pinned, strict=True)):
        if pin:
            days[number] = dates.with_years([item.when], [hints[number]])[0]
    return days


def _selected(document: Document, node: LexborNode) -> list[Candidate]:
    """The entry in an element that the registry calls a row."""
    found = rows(node)
    items = _dated(document, found) or _undated(document, found)
    if items and items[0].when is None:
        items[0].when = document.dates.among(runs(node))
    return items[:1]


def _all_dated(document: Document, every: list[Row]) -> list[Candidate]:
    """The dated rows of the markup, and of the records a script holds."""
    dated = _dated(document, every)
    markup = script_markup(document)
    if markup is not None and markup.seen is not None:
        dated += _dated(markup, rows(markup.seen))
    return dated


def _dated(document: Document, found: list[Row]) -> list[Candidate]:
    """The rows that print a date, their own or beside them; of a line with several anchors one."""
    dates = document.dates
    around = [row for row in found if _is_signed(row.line)]
    signed = [row for row in around if row.line.is_line or _near_a_sign(row)]
    leaning: Counter[int] = Counter()
    own: dict[int, tuple[str, RowDate | None]] = {}
    for row in signed:
        own[id(row)] = title_and_date = _title_and_date(row, dates)
        if title_and_date[1] is None:
            leaning[row.listing.key] += dates.beside(row.after) is not None
            leaning[row.listing.key] -= dates.beside(row.before) is not None
    items: list[Candidate] = []
    lines: set[int] = set()
    for row in signed:
        title, when = own[id(row)]
        if when is None:
            when = dates.beside(row.after if leaning[row.listing.key] >= 0 else row.before)
        items.append(Candidate(row, title, "", when))
        if when is not None:
            lines.add(row.line.key)
    for item in items:
        if item.when is None and item.row.line.is_line and item.row.line.key not in lines:
            lines.add(item.row.line.key)
            item.when = dates.among(item.row.line_runs())
    items = _one_a_line([item for item in items if not _is_no_title(item.title)])
    return _addressed(document, _with_undated_rows(items, around))


def _with_undated_rows(items: list[Candidate], around: list[Row]) -> list[Candidate]:
    """The dated rows, and between them the rows of the same list and markup that print no date."""
    own_rows = {id(item.row) for item in items}
    # A paragraph with breaks is a line for its markup and a list for its reader.
    lines = {item.row.line.key for item in items if item.row.line.is_line and item.row.line.held < MANY}
    lists = {item.row.listing.key for item in items if item.when is not None}
    others = [
        row
        for row in around
        if id(row) not in own_rows and row.line.key not in lines and row.listing.key in lists
    ]
    if not others:
        return items
    counted = Counter((item.row.listing.key, item.row.shape) for item in items if item.when is not None)
    filled = {id(item.row): item for item in items}
    for row in others:
        if counted[row.listing.key, row.shape] > 1:
            title = _shown_title(row, row.inside)
            if len(title) >= _MIN_UNDATED_TITLE:
                filled[id(row)] = Candidate(row, title, "", None)
    return [filled[id(row)] for row in around if id(row) in filled]


def _is_signed(place: Place) -> bool:
    """Whether anything in an element looks like a date; most of a page's links stand where nothing does."""
    if place.signed is None:
        place.signed = DATE_SIGN.search(place.node.text(separator=" ")) is not None
    return place.signed


def _near_a_sign(row: Row) -> bool:
    return (
        any(map(DATE_SIGN.search, row.own))
        or any(map(DATE_SIGN.search, row.after))
        or any(map(DATE_SIGN.search, row.before))
    )


def _undated(document: Document, found: list[Row]) -> list[Candidate]:
    """Every row with a title, for a page whose list prints no dates."""
    items = [Candidate(row, _shown_title(row, row.inside), "", None) for row in found]
    return _addressed(document, [item for item in items if not _is_no_title(item.title)])


def _is_no_title(title: str) -> bool:
    """Whether the words of a row tell no title: a button, a sign, a place of a template that nothing has filled in."""
    return _NO_TITLE.fullmatch(title) is not None or UNFILLED.fullmatch(title) is not None


def _addressed(document: Document, items: list[Candidate]) -> list[Candidate]:
    """Those that lead somewhere; a title whose target only a script knows keeps its reference as written."""
    for item in items:
        url = document.absolute(item.row.href) if item.row.leads else None
        least = _SCRIPTED_TITLE if item.when is not None else _MIN_UNDATED_TITLE
        scripted = len(item.title) >= least
        item.url = url or (item.row.href if scripted else "")
        item.leads = url is not None
    return [item for item in items if item.url]


def _one_a_line(items: list[Candidate]) -> list[Candidate]:
    """Of a line with several anchors and one date, the first full title is the entry (others: column, 解读, unit)."""
    lines: dict[int, list[Candidate]] = {}
    for item in items:
        lines.setdefault(item.row.line.key, []).append(item)
    kept: set[int] = set()
    for line in lines.values():
        dated = [item for item in line if item.when is not None]
        if len(line) >= 2 and len(dated) == 1 and line[0].row.line.is_line:
            titled = next((item for item in line if len(item.title) >= _MIN_TITLE), None)
            entry = titled or max(line, key=lambda item: len(item.title))
            entry.when = dated[0].when
            dated = [entry]
        kept |= {id(item) for item in dated}
    return [item for item in items if id(item) in kept]


def _title_and_date(row: Row, dates: DateReader) -> tuple[str, RowDate | None]:
    """The full title, and the date inside the row: beside the anchor, else in a run of its own within it."""
    inside = row.inside
    beside = list(row.own)
    for run in inside:
        if run in beside:
            beside.remove(run)
    when = dates.beside(beside)
    text = inside[0] if len(inside) == 1 else ""
    if len(inside) > 1:
        dated = [run for run in inside if is_part_of_date(run)]
        when = when or dates.among(dated)
        words = [run for run in inside if run not in dated]
        text = _title_among(row, words)
    if when is None and text:
        split = date_in_title(text)
        if split is not None:
            text, when = split
    if _NO_TITLE.fullmatch(text):
        others = [run for run in beside if dates.among([run]) is None and not _NO_TITLE.fullmatch(run)]
        text = max(others, key=len, default="") if when is not None else ""
    return _full_title(text, row.title_attribute), when


def _shown_title(row: Row, words: list[str]) -> str:
    return _full_title(_title_among(row, words), row.title_attribute)


def _title_among(row: Row, words: list[str]) -> str:
    """The title among the runs of a row; one that only a script opens holds number, unit and title side by side."""
    longest = max(words, key=len) if words and (_is_card(words) or row.anchor.tag != "a") else "".join(words)
    return _heading_inside(row.anchor) or longest


def _is_card(words: list[str]) -> bool:
    """Whether runs are title and summary rather than one title in pieces of emphasis."""
    return len(words) > 1 and sum(map(len, words)) > 90


def _heading_inside(anchor: LexborNode) -> str:
    heading = anchor.css_first(_HEADINGS)
    return "" if heading is None or heading.mem_id == anchor.mem_id else "".join(runs(heading))


def _full_title(text: str, attribute: str) -> str:
    """The shown title, or the title attribute where the shown one is cut short or missing."""
    text = _BULLET.sub("", text).strip()
    if not attribute:
        return text
    attribute = _BULLET.sub("", " ".join(title_told(attribute).split())).strip()
    shown = _CUT.sub("", text).strip()
    if (
        attribute
        and len(attribute) > len(shown)
        and (not shown or attribute.startswith(shown[:10]) or shown in attribute)
    ):
        return attribute if shown or len(attribute) >= 4 else text
    return text


def _blocks(found: list[Candidate], *, by_shape: bool = False) -> list[Block]:
    """Rows by the list they stand in (and by their markup); lists following each other in one element are one."""
    members: dict[tuple[int, str], list[Candidate]] = {}
    for item in found:
        node = item.row.listing.node
        above = node.parent if node.tag in {"ul", "ol", "tbody", "dl", "table"} else node
        key = above.mem_id if above is not None else node.mem_id
        members.setdefault((key, item.row.shape if by_shape else ""), []).append(item)
    return [Block(items) for items in members.values()]


def _main_blocks(document: Document, blocks: list[Block]) -> list[Block]:
    """Of the dated blocks of a section page those that are the section: not beside it, and of its directory.

    What stands beside the list is never taken for it, even where nothing else is left: an empty list shows nothing. Where a
    list stands empty on the page, what lies elsewhere under a name that is not the page's is a box of other news.
    """
    own = [block for block in blocks if not _stands_beside(block) and not _is_other_news(block, document)]
    if len(own) <= 1:
        return own
    url = document.url
    shares = [_share_of(block, url) for block in own]
    if max(shares) >= _OWN_SHARE:
        return [block for block, share in zip(own, shares, strict=True) if share >= _OWN_SHARE]
    # A list that stands under the name of the page is the page's; what stands under another name is not.
    otherwise = [
        is_named_otherwise(block.surroundings.heading, document) and all(item.leads for item in block.items)
        for block in own
    ]
    if any(_is_named_so(block.surroundings.heading, document) for block in own) and any(otherwise):
        return [block for block, other in zip(own, otherwise, strict=True) if not other]
    sizes = sorted((len(block.items) for block in own), reverse=True)
    if sizes[0] >= 8 and sizes[0] >= 1.5 * sizes[1]:
        return [block for block in own if len(block.items) == sizes[0]]
    return own


def _is_other_news(block: Block, document: Document) -> bool:
    """Whether a block lies outside the section, under a name that is not the page's, while a list of the page is empty."""
    return (
        is_named_otherwise(block.surroundings.heading, document)
        and all(item.leads for item in block.items)  # where to only a script knows, nobody can say
        and not _share_of(block, document.url)
        and bool(_empty_lists(document))
    )


def is_named_otherwise(heading: str, document: Document) -> bool:
    """Whether a heading says something else than the page's title and the trail to it do."""
    words = "".join(_WORDS.findall(heading))
    names = _names(document)
    return (
        len(words) > 1
        and not any(words in name for name in names)
        and not any(len(name) > 1 and name in words for name in names)
    )


def _is_named_so(heading: str, document: Document) -> bool:
    """Whether a heading says what the page's title and the trail to it say."""
    words = "".join(_WORDS.findall(heading))
    return any(len(name) > 1 and name in words for name in _names(document))


@lru_cache(maxsize=2)
def _names(document: Document) -> list[str]:
    """What the page is called: in its title, and at the end of the trail that leads to it."""
    names = _WORDS.findall(document.title or "")
    trail = _TRAIL.search(document.text)
    return [*names, *_WORDS.findall(trail[0].rpartition("位置")[2])] if trail is not None else names


@lru_cache(maxsize=2)
def own_list_is_empty(document: Document) -> bool:
    """Whether a list that holds nothing stands right under the name of the page."""
    headings = (surroundings(node, "").heading for node in _empty_lists(document))
    return any(heading and not is_named_otherwise(heading, document) for heading in headings)


@lru_cache(maxsize=2)
def _empty_lists(document: Document) -> list[LexborNode]:
    """The lists and tables of a page that hold no word and nothing drawn."""
    lists = [] if document.seen is None else document.seen.css(_LISTS)[:_MOST_LISTS]
    return [node for node in lists if not (node.text() or "").strip() and node.css_first(_NOT_EMPTY) is None]


def _stands_beside(block: Block) -> bool:
    """Whether heading or class names call a block something other than the page's list."""
    return block.surroundings.named_beside or block.surroundings.called_beside


def _share_of(block: Block, url: str) -> float:
    """The share of a block's addresses that lie below the page's directory or carry its column's number."""
    page = urlsplit(url)
    directory = page.path.rpartition("/")[0] + "/"
    column = _COLUMN.search(page.path)
    number = next((group for group in column.groups() if group), None) if column is not None else None
    hits = leading = 0
    for item in block.items:
        if not item.leads:
            continue
        leading += 1
        target = urlsplit(item.url)
        if target.netloc != page.netloc:
            continue
        own = _COLUMN.search(target.path)
        if (directory != "/" and target.path.startswith(directory)) or (
            own is not None and number in own.groups()
        ):
            hits += 1
    return hits / leading if leading else 0.0


def _title_length(block: Block) -> float:
    """Characters of a block's titles on average; one long title does not make a list."""
    return sum(min(len(item.title), 40) for item in block.items) / len(block.items)


def _is_stray(block: Block, url: str) -> bool:
    """Whether a block is one link to another part of the web: a hotline above the menu, not what the section has published.

    Were it taken for the list, a list that a script draws would never be looked for, and the link be called undated.
    """
    if len(block.items) > 1 or _share_of(block, url):
        return False
    page, target = urlsplit(url), urlsplit(block.items[0].url)
    return target.netloc != page.netloc or page.path.rpartition("/")[0] != ""


def _undated_block(document: Document, blocks: list[Block]) -> Block | None:
    """The one block of a page without dates that looks most like a list of articles."""
    url = document.url
    best: Block | None = None
    best_score = 0.0
    for block in blocks:
        length = _title_length(block)
        if length < _MIN_UNDATED_TITLE or _stands_beside(block) or _is_other_news(block, document):
            continue
        if block.surroundings.is_frame or _is_stray(block, url):
            continue
        host = urlsplit(url).netloc
        inside = sum(item.leads and urlsplit(item.url).netloc == host for item in block.items) / len(
            block.items
        )
        score = length * len(block.items) * (0.2 + inside) * (1 + _share_of(block, url))
        if score > best_score:
            best, best_score = block, score
    return best
