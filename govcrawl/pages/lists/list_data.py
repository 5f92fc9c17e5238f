"""Lists that are data instead of markup: records in a script block, JSON or XML that the page's script fetches."""

from __future__ import annotations

import json
import re
from datetime import date
from html import escape, unescape
from itertools import islice
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from govcrawl.pages.dates.date_reader import DateReader
from govcrawl.pages.lists.records import DATE_KEYS, TITLE_KEYS, URL_KEYS, fields_of, first_of, flat
from govcrawl.pages.markup.document import LONGEST_REFERENCE, LONGEST_TITLE, joined_url
from govcrawl.records.items import Entry

if TYPE_CHECKING:
    from govcrawl.pages.lists.records import Fields, Record
    from govcrawl.pages.markup.document import Document

_MAX_DEPTH = 12
_MAX_RECORDS = 5000
_FEWEST_RECORDS = 2  # of a script's own data; one may be anything
_MOST_OF_AN_ANSWER = 2_000_000  # characters
_OF_ANY_DAY = DateReader(date(2099, 1, 1))  # what weighs a field asks whether it holds days, not which
_MOST_OF_A_SCRIPT = 200_000
_MOST_TRIED = 4  # beginnings of lists in one script

_CDATA, _CDATA_END = "<![CDATA[", "]]>"
_XML_PIECE = re.compile(
    r"<!\[CDATA\[(?P<data>.*?)(?:\]\]>|$)|<(?P<close>/?)(?P<name>[A-Za-z][\w:.-]*+)(?P<attributes>[^<>]*)>|(?P<text>[^<]+)",
    re.DOTALL,
)
_XML_ATTRIBUTE = re.compile(r"(?<![\w:-])([\w:-]+)\s*=\s*(?:\"([^\"]*)\"|'([^']*)')")
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
# Strings as they stand, and what JSON writes otherwise: strings in single quotes, bare keys, trailing commas, comments.
_SCRIPT_PIECE = re.compile(
    r"\"(?:[^\"\\]|\\.)*+(?:\"|$)|'(?P<single>(?:[^'\\]|\\.)*+)(?:'|$)|(?<=[{,\s])(?P<key>[A-Za-z_$][\w$]*)(?P<colon>\s{0,9}:)"
    r"|(?P<comma>,)\s{0,99}(?P<end>[\]}])|(?P<comment>/\*.*?(?:\*/|$)|(?<![:\"'/])//[^\n]*)",
    re.DOTALL,
)
_DATA = re.compile(
    r"[\ufeff\s]*(?:/\*\*?/)?\s*(?:(?:(?:var|let|const)\s{1,9})?[\w$.]{1,60}\s{0,9}=|;?[\w$.]{1,60}\()?\s*(?:\{\s*[\"'}]|\{\s*\w{1,40}\s*:|\[\s*[\[{\]])"
)
_XML = re.compile(r"[\ufeff\s]*<\?xml\b(?![\s\S]{0,2000}<html)", re.IGNORECASE)
_TAG = re.compile(r"<[^<>]*>")
_DAY_IN_DATA = re.compile(r"[\"'](?:19|20)\d\d[-/.年]\d{1,2}[-/.月]\d{1,2}|[:\"' ]1\d{12}(?!\d)")
_RECORDS_BEGIN = re.compile(r"\[\s*\{\s*[\"'\w]")

# Systems whose records hold a number instead of an address: part of the data's address → where the article is read.
_ADDRESSES = ((re.compile(r"/cbircweb/"), "docid", "/cbircweb/DocInfo/SelectByDocId?docId={}"),)


def script_markup(document: Document) -> Document | None:
    """The list hidden in a page's scripts as a page of its own.

    Markup in records (`<record><![CDATA[…]]></record>`), also with its signs written as entities, and records of a
    script's own data (`var list = [{…}]`).
    """
    records: list[str] = []
    for script in document.tree.css("script, xml, textarea"):
        text = script.text() if script.tag == "script" else script.inner_html or ""
        if "CDATA[" in text or "<record" in text or "&lt;record" in text:
            if "&lt;" in text and "<" not in text.replace("<!--", ""):
                text = unescape(text)
            if "CDATA[" in text or "<record" in text:
                records += _enclosed(text, "<record>", "</record>") or _enclosed(text, _CDATA, _CDATA_END)
    rows = [record for record in records if "href" in record]
    if not rows:
        rows = [
            f'<a href="{escape(entry.url)}">{escape(entry.title)}</a><span>{entry.published_on}</span>'
            for entry in _of_script_data(document)
            if entry.published_on is not None
        ]
    if not rows:
        return None
    return document.part("<div>" + "".join(f"<div>{row}</div>" for row in rows) + "</div>", document.base_url)


def _enclosed(text: str, start: str, end: str) -> list[str]:
    """What stands between starts and ends, without a CDATA mark of its own; what has no end is none."""
    pieces = (piece.partition(end) for piece in text.split(start)[1:])
    return [
        inside.strip().removeprefix(_CDATA).removesuffix(_CDATA_END).strip()
        for inside, found, _ in pieces
        if found
    ]


def _of_script_data(document: Document) -> list[Entry]:
    """The entries in the largest list of records that an inline script holds as data."""
    best: list[Entry] = []
    for script in document.scripts:
        if "[" not in script or not _DAY_IN_DATA.search(script, 0, _MOST_OF_A_SCRIPT):
            continue
        for begin in islice(_RECORDS_BEGIN.finditer(script, 0, _MOST_OF_A_SCRIPT), _MOST_TRIED):
            value = parsed(script[begin.start() : begin.start() + _MOST_OF_A_SCRIPT])
            found = _as_entries(_json_records(value), document.base_url, document.dates)
            best = max(best, found, key=len)
    return best if len(best) >= _FEWEST_RECORDS else []


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
    """Whether the document is an answer to a script (JSON, also as JSONP or a script's variable; XML) and no page."""
    return _DATA.match(document.source) is not None or _XML.match(document.source) is not None


def entries_of_data(text: str, url: str, dates: DateReader) -> list[Entry]:
    """The entries in a JSON or XML answer read from `url`; empty when it holds no list of titles."""
    text = text.strip().lstrip("\ufeff")
    if not text.startswith("<"):
        return _as_entries(_json_records(parsed(text)), url, dates)
    return _as_entries(_xml_records(text), url, dates)


def _as_entries(records: list[Record], url: str, dates: DateReader) -> list[Entry]:
    records = records[:_MAX_RECORDS]
    fields = fields_of(records, dates)
    found = [entry for record in records if (entry := _entry(record, fields, url, dates)) is not None]
    return list({(entry.url, entry.title): entry for entry in found}.values())


def parsed(text: str) -> Any:
    """JSON, also inside a JSONP call or a browser's `<pre>`, or as a script writes it; None when it is none."""
    start = min((position for position in (text.find("{"), text.find("[")) if position >= 0), default=-1)
    if start < 0:
        return None
    for written in (text[start:], _as_json(text[start:])):
        try:
            return json.JSONDecoder(strict=False).raw_decode(written)[0]
        except (ValueError, RecursionError):
            continue
    return None


def _as_json(script: str) -> str:
    """What a script writes as data with the quotes that JSON asks for: `{title: 'a',}` → `{"title": "a"}`."""
    return _SCRIPT_PIECE.sub(_quoted, script[:_MOST_OF_A_SCRIPT])


def _quoted(piece: re.Match[str]) -> str:
    if piece["single"] is not None:
        return json.dumps(piece["single"].replace("\\'", "'"), ensure_ascii=False)
    if piece["key"] is not None:
        return f'"{piece["key"]}"{piece["colon"]}'
    if piece["comma"] is not None:
        return piece["end"]
    return "" if piece["comment"] is not None else piece[0]


def _json_records(value: Any, depth: int = 0) -> list[Record]:
    """The list of objects anywhere in the value that is likeliest to be one of articles."""
    best: list[Record] = []
    if depth > _MAX_DEPTH:
        return best
    if isinstance(value, list):
        best = [flat(item) for item in value[:_MAX_RECORDS] if isinstance(item, dict)]
        if best and not _weight(best):
            best = []
    children = value if isinstance(value, list) else value.values() if isinstance(value, dict) else ()
    for child in children:
        if isinstance(child, dict | list):
            found = _json_records(child, depth + 1)
            if found and (not best or _weight(found) > _weight(best)):
                best = found
    return best


def _weight(records: list[Record]) -> int:
    """How much records say that entries say: a title each, and in sum an address and a day."""
    fields = fields_of(records, _OF_ANY_DAY)
    if fields.title is None:
        return 0
    return sum(
        (record.get(fields.title) not in (None, ""))
        * (1 + (fields.day is not None) + (fields.address is not None))
        for record in records
    )


def _xml_records(text: str) -> list[Record]:
    """The elements of an XML answer that hold nothing but values, as records under the names of what they hold."""
    found: list[Record] = []
    open_: list[tuple[str, Record, list[str]]] = []  # name, what it holds, its text
    for piece in _XML_PIECE.finditer(text[:_MOST_OF_AN_ANSWER]):
        if piece["name"] is None:
            if open_:
                open_[-1][2].append(piece["data"] if piece["data"] is not None else unescape(piece["text"]))
            continue
        if not piece["close"]:
            attributes: Record = {
                name: unescape(double or single)
                for name, double, single in _XML_ATTRIBUTE.findall(piece["attributes"])
            }
            if not piece["attributes"].endswith("/"):
                open_.append((piece["name"], attributes, []))
            elif len(attributes) > 1:
                found.append(flat(attributes))
            continue
        while open_:
            name, held, words = open_.pop()
            if len(held) > 1:
                found.append(flat(held))
            elif open_:
                open_[-1][1].setdefault(name, "".join(words).strip())
            if name == piece["name"]:
                break
    return found


def _entry(record: Record, fields: Fields, url: str, dates: DateReader) -> Entry | None:
    title = record.get(fields.title) if fields.title is not None else None
    title = title if isinstance(title, str | int) and title != "" else first_of(record, TITLE_KEYS)
    if title is None:
        return None
    name = " ".join(_TAG.sub("", unescape(str(title))).split())
    address = _address(record, fields, url)
    if not name or address is None or len(address) > LONGEST_REFERENCE:
        return None
    day = record.get(fields.day) if fields.day is not None else None
    on = dates.of_value(day if day not in (None, "") else first_of(record, DATE_KEYS))
    return Entry(name[:LONGEST_TITLE], address, on, "list" if on else None)


def _address(record: Record, fields: Fields, url: str) -> str | None:
    """Where an entry leads; what names it to the script, as it is written, where only a script knows the way."""
    target = record.get(fields.address) if fields.address is not None else None
    target = target if isinstance(target, str) and target.strip() else first_of(record, URL_KEYS)
    if target is not None:
        return joined_url(url, unescape(str(target)))
    for system, key, path in _ADDRESSES:
        if system.search(url) and record.get(key) is not None:
            return joined_url(url, path.format(record[key]))
    number = record.get(fields.number) if fields.number is not None else None
    return f"{fields.number}={number}" if isinstance(number, str | int) and number != "" else None
