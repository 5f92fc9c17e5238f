"""Which fields of a list's records hold title, address and day.

Every system names them in its own way, so names decide only where they are known. Else the values tell: titles are the
Chinese texts that differ from record to record, addresses look like addresses, days are whole dates. A field is chosen
for the list as a whole; where two unknown fields hold different days neither is taken, for a wrong date is worse than none.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from govcrawl.pages.dates.date_reader import DateReader

Record = dict[str, Any]

TITLE_KEYS: Final = (
    "title", "doctitle", "subdoctitle", "articletitle", "newstitle", "infotitle", "docsubtitle", "subject", "bt", "tit", "name",
    "f_title", "titles", "maintitle", "linktitle", "topic",
)  # fmt: skip
URL_KEYS: Final = (
    "url", "docpuburl", "puburl", "link", "linkurl", "href", "infourl", "articleurl", "detailurl", "visiturl", "docurl",
    "newsurl", "pageurl", "staticurl", "weburl", "path", "htmlurl", "contenturl", "doc_pub_url",
)  # fmt: skip
_PUBLISHED_KEYS: Final = (
    "publishdate", "pubdate", "publishtime", "pubtime", "docreltime", "publishedtime", "releasetime", "releasedate", "infodate",
    "publishedtimestr", "displaydate", "fbsj", "fbrq", "docpubtime", "docrelpubtime", "date", "time", "newsdate", "showtime", "webdate",
)  # fmt: skip
# When a record was made: the day of the article only where nothing tells its publication.
_MADE_KEYS: Final = ("createtime", "createdate", "crtime", "updatetime", "deploytime")
DATE_KEYS: Final = (*_PUBLISHED_KEYS, *_MADE_KEYS)

_MOST_ASKED: Final = 50  # records whose values are looked at to tell what a field holds
_CHINESE: Final = re.compile(r"[\u4e00-\u9fff]")
_MARKUP: Final = re.compile(r"<[^<>]*>")
_SHORTEST_TITLE, _LONGEST_TITLE = 6, 120  # characters, on average
_MOST: Final = 0.6  # of the records must hold what the field is taken for
_ADDRESS: Final = re.compile(
    r"(?:https?:)?//[\w.-]+\.\w|(?:\.{0,2}/)?[\w./~%-]+\.(?:s?html?|jsp|aspx?|php|do|action)\b|\.{0,2}/[\w~%-]+/",
    re.IGNORECASE,
)
_PICTURE: Final = re.compile(
    r"\.(?:jpe?g|png|gif|bmp|webp|svg|ico|mp4|css|js)(?:$|\?)|^\s*data:", re.IGNORECASE
)
_NO_TITLE: Final = re.compile(
    r"content|html|clob|body|summary|abstract|desc|remark|keyword|source|author|channel|column|site|org|dept|unit|class|cat|type|status|creator|editor|user|addr"
)
_NO_PAGE: Final = re.compile(
    r"img|image|pic|photo|thumb|logo|icon|cover|video|audio|file|attach|channel|column|site|home"
)
_NO_PUBLICATION: Final = re.compile(
    r"end|exp|dead|stop|close|over|until|invalid|jz|js|begin|start|effect|valid|birth|kb|hf|reply|answer|delet|archive"
)
_PUBLICATION: Final = re.compile(
    r"pub|rel|issue|fb|show|display|news|info|write|post|online|sj$|rq$|^date$|^time$|^day$"
)
_OF_THE_SYSTEM: Final = re.compile(
    r"cr|create|insert|add|input|upd|modif|edit|oper|last|sync|save|audit|import"
)
_NUMBER: Final = re.compile(
    r"(?:\w*_)?(?:id|guid|uuid|code|no|key)|(?:doc|article|info|news|content|manuscript|item|data|record)\w{0,12}id|\w*guid"
)


class Fields(NamedTuple):
    """The names of a list's fields; None where no field holds such a thing."""

    title: str | None
    address: str | None
    day: str | None
    number: str | None


def flat(record: Record) -> Record:
    """A record under lower-case keys, with and without underscores."""
    return {key.lower().replace("_", ""): value for key, value in record.items()} | {
        key.lower(): value for key, value in record.items()
    }


def first_of(record: Record, keys: Sequence[str]) -> Any:
    """The first text or number that a record has under one of the keys."""
    return next(
        (record[key] for key in keys if isinstance(record.get(key), str | int) and record[key] != ""), None
    )


def fields_of(records: Sequence[Record], dates: DateReader) -> Fields:
    """What the fields of flat records hold, by the names known, else by their values."""
    sample = records[:_MOST_ASKED]
    names = list(dict.fromkeys(name for record in sample for name in record))
    address = _key_in_use(sample, URL_KEYS) or _likeliest(sample, names, _is_address, _NO_PAGE, differ=True)
    title = _key_in_use(sample, TITLE_KEYS) or _title(sample, [name for name in names if name != address])
    number = next(
        (
            name
            for name in names
            if _NUMBER.fullmatch(name) and name not in (title, address) and _differ(sample, name)
        ),
        None,
    )
    day = (
        _key_in_use(sample, _PUBLISHED_KEYS)
        or _day_field(sample, names, dates)
        or _key_in_use(sample, _MADE_KEYS)
    )
    return Fields(title, address, day, number)


def _key_in_use(records: Sequence[Record], keys: Sequence[str]) -> str | None:
    """The first known name under which most records hold something."""
    for key in keys:
        held = sum(
            isinstance(record.get(key), str | int) and record[key] not in ("", None) for record in records
        )
        if held and held >= _MOST * len(records):
            return key
    return next(
        (key for key in keys if any(first_of(record, (key,)) is not None for record in records)), None
    )


def _likeliest(
    records: Sequence[Record],
    names: list[str],
    holds: Callable[[Any], bool],
    unless: re.Pattern[str],
    *,
    differ: bool,
) -> str | None:
    """The first field that holds such a thing in most records."""
    for name in names:
        held = sum(holds(record.get(name)) for record in records)
        if (
            held
            and held >= _MOST * len(records)
            and not unless.search(name)
            and (not differ or _differ(records, name))
        ):
            return name
    return None


def _title(records: Sequence[Record], names: list[str]) -> str | None:
    """The field whose texts are Chinese, differ, and are neither as short as a label nor as long as an article."""
    best, best_length = None, 0.0
    for name in names:
        texts = [_MARKUP.sub("", record[name]) for record in records if isinstance(record.get(name), str)]
        texts = [text for text in texts if _CHINESE.search(text)]
        if len(texts) < _MOST * len(records) or _NO_TITLE.search(name) or not _differ(records, name):
            continue
        length = sum(map(len, texts)) / len(texts)
        if _SHORTEST_TITLE <= length <= _LONGEST_TITLE and length > best_length:
            best, best_length = name, length
    return best


def _day_field(records: Sequence[Record], names: list[str], dates: DateReader) -> str | None:
    days: dict[str, list[str | None]] = {}
    for name in names:
        if _NO_PUBLICATION.search(name):
            continue
        whole = [_whole_day(record.get(name), dates) for record in records]
        if sum(day is not None for day in whole) >= _MOST * len(records):
            days[name] = whole
    published = [name for name in days if _PUBLICATION.search(name) and not _OF_THE_SYSTEM.search(name)]
    for candidates in (published, list(days)):
        if candidates and all(days[name] == days[candidates[0]] for name in candidates):
            return candidates[0]
    return None


def _whole_day(value: Any, dates: DateReader) -> str | None:
    """The day a value is, and nothing else than a day: no number of a document, no sentence that speaks of one."""
    if isinstance(value, str) and len(value.strip()) > 32:
        return None
    day = dates.of_value(value)
    return day if day is not None and "2000" <= day[:4] <= str(dates.as_of.year + 1) else None


def _is_address(value: Any) -> bool:
    return isinstance(value, str) and _ADDRESS.match(value.strip()) is not None and not _PICTURE.search(value)


def _differ(records: Sequence[Record], name: str) -> bool:
    values = [str(record[name]) for record in records if record.get(name) not in (None, "")]
    return len(values) == 1 or len(set(values)) * 2 > len(values)
