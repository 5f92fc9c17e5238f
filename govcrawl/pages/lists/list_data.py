"""Lists that are data instead of markup: records in a script block, JSON or XML that the page's script fetches."""

from __future__ import annotations

import json
import re
from datetime import datetime
from html import unescape
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from govcrawl.pages.dates.printed import parse_printed, relative_day
from govcrawl.pages.markup.document import Document, joined_url
from govcrawl.records.items import CIVIL, Entry

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

_MAX_DEPTH = 12
_MAX_RECORDS = 5000

_RECORD = re.compile(r"<record>\s*(?:<!\[CDATA\[)?(.*?)(?:\]\]>)?\s*</record>", re.DOTALL)
_CDATA = re.compile(r"<!\[CDATA\[(.*?)\]\]>", re.DOTALL)
_ITEM = re.compile(r"<(item|record|row|doc|news|article|entry)\b[^>]*>(.*?)</\1>", re.DOTALL | re.IGNORECASE)
_FIELD = re.compile(r"<([\w:-]+)\b[^>]*>(.*?)</\1>", re.DOTALL)
_CALL = re.compile(
    r"""(?:\burl\s*[:=]|\$\.(?:get|post|getJSON|ajax|load)\s*\(|\bfetch\s*\(|\.open\s*\(\s*["'](?:GET|POST)["']\s*,|axios\.(?:get|post)\s*\(|\.load\s*\()\s*["']([^"'<>\s]{4,400})["']""",
    re.IGNORECASE,
)
_DATA_ADDRESS = re.compile(
    r"\.(?:json|xml)\b|/(?:api|interface|data|search|query|list|get|select)\w*[/.?]|dataproxy|jpage|getlist|pageNo=|page=",
    re.IGNORECASE,
)
_CONTAINER = "ul, ol, tbody, dl, div[id*=list], div[class*=list], div[id*=page], #app, #root, [v-for], [ng-repeat], [data-bind]"
# What a script that fills a list says; plain tests over the whole source, forty times cheaper than one alternation.
_FILLS = (
    "v-for=", "ng-repeat=", ".append(", ".html(", "insertadjacenthtml", "document.write(", "new vue", "createapp",
    "template(", "$.tmpl",
)  # fmt: skip
_SETS_MARKUP = re.compile(r"\.innerhtml\s*[+=]")
_DATA = re.compile(r"[\ufeff\s]*(?:[\w$.]{1,60}\()?\s*(?:\{\s*[\"}]|\[\s*[\[{\]])")
_ARRAY = re.compile(r"(?:=|:|\()\s*(\[\s*\{.*?\}\s*\])", re.DOTALL)

TITLE_KEYS = (
    "title", "doctitle", "subdoctitle", "articletitle", "newstitle", "infotitle", "docsubtitle", "subject", "bt", "tit", "name",
    "f_title", "titles", "maintitle", "linktitle", "topic",
)  # fmt: skip
_URL_KEYS = (
    "url", "docpuburl", "puburl", "link", "linkurl", "href", "infourl", "articleurl", "detailurl", "visiturl", "docurl",
    "newsurl", "pageurl", "staticurl", "weburl", "path", "htmlurl", "contenturl", "doc_pub_url",
)  # fmt: skip
DATE_KEYS = (
    "publishdate", "pubdate", "publishtime", "pubtime", "docreltime", "publishedtime", "releasetime", "releasedate", "infodate",
    "publishedtimestr", "displaydate", "fbsj", "fbrq", "docpubtime", "date", "time", "newsdate", "showtime", "createtime",
    "createdate", "crtime", "updatetime", "deploytime", "webdate",
)  # fmt: skip
# Systems whose records hold a number instead of an address: part of the data's address → where the article is read.
_ADDRESSES = ((re.compile(r"/cbircweb/"), "docid", "/cbircweb/DocInfo/SelectByDocId?docId={}"),)


def script_markup(document: Document) -> Document | None:
    """The markup hidden in a script block's records (`<record><![CDATA[…]]></record>`) as a page of its own."""
    if "CDATA[" not in document.source and "<record" not in document.source:
        return None
    records: list[str] = []
    for script in document.tree.css("script, xml, textarea"):
        text = script.text() if script.tag == "script" else script.inner_html or ""
        if "CDATA[" in text or "<record" in text:
            records += _RECORD.findall(text) or _CDATA.findall(text)
    if not any("href" in record for record in records):
        return None
    return document.part(
        "<div>" + "".join(f"<div>{record}</div>" for record in records) + "</div>", document.base_url
    )


def drawn_by_script(document: Document) -> bool:
    """Whether the plain page cannot hold its list: an empty list container and a script that fills one."""
    source = document.source
    if not _fills(source.lower()):
        return False
    if "v-for=" in source or "ng-repeat=" in source:
        return True
    empty = any(not node.text().strip() for node in document.tree.css(_CONTAINER))
    return empty and (bool(data_calls(document)) or _frameworks(source))


def _fills(lowered: str) -> bool:
    return any(said in lowered for said in _FILLS) or (
        ".innerhtml" in lowered and _SETS_MARKUP.search(lowered) is not None
    )


def _frameworks(source: str) -> bool:
    return "createApp" in source or "new Vue" in source or 'id="app"' in source


def data_calls(document: Document) -> list[str]:
    """Addresses of the JSON or XML that the page's own inline scripts fetch, where they stand as plain text."""
    found: dict[str, None] = {}
    host = urlsplit(document.url).netloc
    for script in document.scripts:
        for match in _CALL.finditer(script):
            url = document.absolute(unescape(match[1]))
            if url is not None and _DATA_ADDRESS.search(url) and urlsplit(url).netloc == host:
                found[url] = None
    return list(found)


def is_data(document: Document) -> bool:
    """Whether the document is an answer to a script (JSON, also as JSONP) and no page."""
    return _DATA.match(document.source) is not None


def entries_of_data(text: str, url: str, as_of: date) -> list[Entry]:
    """The entries in a JSON or XML answer read from `url`; empty when it holds no list of titles."""
    text = text.strip().lstrip("\ufeff")
    if text.startswith("<"):
        records: list[dict[str, Any]] = list(_xml_records(text))
    else:
        records = _json_records(parsed(text))
    entries = [
        entry for record in records[:_MAX_RECORDS] if (entry := _entry(record, url, as_of)) is not None
    ]
    return list({(entry.url, entry.title): entry for entry in entries}.values())


def parsed(text: str) -> Any:
    """JSON, also inside a JSONP call or a browser's `<pre>`; None when it is none."""
    start = min((position for position in (text.find("{"), text.find("[")) if position >= 0), default=-1)
    if start < 0:
        return None
    try:
        return json.JSONDecoder(strict=False).raw_decode(text, start)[0]
    except (ValueError, RecursionError):
        return None


def _json_records(value: Any, depth: int = 0) -> list[dict[str, Any]]:
    """The largest list of objects with titles anywhere in the value."""
    best: list[dict[str, Any]] = []
    if depth > _MAX_DEPTH:
        return best
    if isinstance(value, list):
        own = [flat(item) for item in value[:_MAX_RECORDS] if isinstance(item, dict)]
        best = [record for record in own if first_of(record, TITLE_KEYS)]
    children = value if isinstance(value, list) else value.values() if isinstance(value, dict) else ()
    for child in children:
        if isinstance(child, dict | list):
            found = _json_records(child, depth + 1)
            if sum(map(len, found)) > 0 and (not best or _weight(found) > _weight(best)):
                best = found
    return best


def _weight(records: list[dict[str, Any]]) -> int:
    return sum(
        1 + (first_of(record, DATE_KEYS) is not None) + (first_of(record, _URL_KEYS) is not None)
        for record in records
    )


def flat(record: dict[str, Any]) -> dict[str, Any]:
    """A record under lower-case keys, with and without underscores."""
    return {key.lower().replace("_", ""): value for key, value in record.items()} | {
        key.lower(): value for key, value in record.items()
    }


def _xml_records(text: str) -> Iterator[dict[str, Any]]:
    for item in _ITEM.finditer(text[:2_000_000]):
        fields = {name.lower(): _CDATA.sub(r"\1", value).strip() for name, value in _FIELD.findall(item[2])}
        if fields:
            yield fields


def _entry(record: dict[str, Any], url: str, as_of: date) -> Entry | None:
    title = first_of(record, TITLE_KEYS)
    if title is None:
        return None
    name = " ".join(re.sub(r"<[^>]*>", "", unescape(str(title))).split())
    target = first_of(record, _URL_KEYS)
    address = joined_url(url, unescape(str(target))) if target is not None else _known_address(record, url)
    if not name or address is None:
        return None
    on = _day(first_of(record, DATE_KEYS), as_of)
    return Entry(name, address, on, "list" if on else None)


def _known_address(record: dict[str, Any], url: str) -> str | None:
    for system, key, path in _ADDRESSES:
        if system.search(url) and record.get(key) is not None:
            return joined_url(url, path.format(record[key]))
    return None


def first_of(record: dict[str, Any], keys: tuple[str, ...]) -> Any:
    """The first text or number that a record has under one of the keys."""
    return next(
        (record[key] for key in keys if isinstance(record.get(key), str | int) and record[key] != ""), None
    )


def _day(value: Any, as_of: date) -> str | None:
    """A civil day from printed text or from seconds or milliseconds since 1970."""
    if value is None:
        return None
    text = str(value).strip()
    if text.isdecimal() and len(text) in {10, 13}:
        seconds = int(text[:10])
        return datetime.fromtimestamp(seconds, CIVIL).date().isoformat()
    printed = parse_printed(text)
    return printed[:10] if printed is not None else relative_day(text, as_of)
