"""The further pages of the same list, in reading order."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl, urlsplit

from govcrawl.pages.markup.patterns import short

if TYPE_CHECKING:
    from collections.abc import Iterator

    from govcrawl.pages.markup.document import Document

MAX_PAGES = 200  # as many as any term needs; a script may claim millions

# TRS and its kin: createPageHTML(count, current, "index", "html"), sometimes with an element's id before it and the
# number of entries behind. The first page is index.html, the second index_1.html.
_CREATE = re.compile(r"createPage\w{0,40}\s*\(([^()]{5,200})\)", re.IGNORECASE)
# Dongyuan: page 2 of 16 is <name>_<component>_15.html, the last page is …_1.html.
_DESCENDING = re.compile(r"maxPageNum\s*=\s*(\d{1,5})\s*;")
_COMPONENT = re.compile(r"maxPageNum(\d{3,})=")
_NUMBER = re.compile(r"[\[【(（\s]*(\d{1,5})[\]】)）\s]*")
_LONGEST_TURN = 40  # characters of what turns a page
_TURN = short(
    r"[\s<«‹]*(?:下一页|下页|下一頁|后一页|next(?:\s*page)?|加载更多|查看更多|点击加载更多|浏览更多|首页|第一页|上一页|上页|尾页|末页|最后一页"
    r"|last|first|prev\w*|>+|›|»)[\s>›»]*",
    _LONGEST_TURN,
    re.IGNORECASE,
)
_FILE_NAME = re.compile(r"[\w./-]+")
_QUOTED = re.compile(r"""["']([^"'\s]{2,300})["']""")
_FILE = re.compile(r"^(?P<stem>.*?)(?P<number>[_-]?\d{1,5})?(?P<suffix>\.\w+)?$")
_FIRST_FILES = {"index", "list", "default", "page", ""}
_PAGE_KEYS = (
    "page",
    "pageno",
    "pagenum",
    "pageindex",
    "currentpage",
    "curpage",
    "p",
    "pn",
    "cur_page",
    "pagenumber",
)
_CALLED_PAGE = re.compile(rf"(?<=[?&])((?:{'|'.join(_PAGE_KEYS)})=)(\d{{1,5}})(?=&|$)", re.IGNORECASE)
_CALLED_SIZE = re.compile(
    r"[?&](?:pagesize|page_size|perpage|rows|limit|size)=(\d{1,4})(?:&|$)", re.IGNORECASE
)


def next_pages(document: Document) -> list[str]:
    """Addresses of the list's other pages, absolute, in reading order; empty where the list has one page."""
    found = list(dict.fromkeys(_written(document))) or _filled(sorted(set(_linked(document)), key=_order))
    return [url for url in found if not _same_page(url, document.url)][:MAX_PAGES]


def next_call(url: str) -> str | None:
    """The address of the next page of a data call, where its address holds the number of the page."""
    found = _CALLED_PAGE.search(url)
    if found is None:
        return None
    return f"{url[: found.start()]}{found[1]}{int(found[2]) + 1}{url[found.end() :]}"


def called_size(url: str) -> int | None:
    """How many entries a data call asks for, where its address says so."""
    found = _CALLED_SIZE.search(url)
    return int(found[1]) if found is not None else None


def _linked(document: Document) -> Iterator[str]:
    """Pages that the markup links: numbered, 下一页, load more; only of this very list."""
    for node in document.tree.css("a, [data-url], option[value]"):
        text = node.text()
        if len(text) > _LONGEST_TURN or not (_NUMBER.fullmatch(text) or _TURN.fullmatch(text)):
            continue
        attributes = node.attributes
        named = [attributes.get(name) or "" for name in ("href", "data-url", "value", "tagname")]
        quoted = _QUOTED.search(attributes.get("onclick") or "")
        for reference in [*named, quoted[1] if quoted is not None else ""]:
            if not reference or reference.startswith("#") or reference[:11].lower() == "javascript:":
                continue
            url = document.absolute(reference)
            if url is not None and _same_list(document.url, url):
                yield url.partition("#")[0]


def _filled(urls: list[str]) -> list[str]:
    """With 下一页 and 尾页 known, the pages between them are known as well."""
    numbers = [_order(url)[0] for url in urls]
    if len(urls) < 2 or numbers[-1] - numbers[0] < len(urls) or numbers[-1] > 10_000:
        return urls
    pattern, number = urls[-1], str(numbers[-1])
    head, found, tail = pattern.rpartition(number)
    if not found:
        return urls
    by_number = dict(zip(numbers, urls, strict=True))
    first = numbers[1] if numbers[0] == 0 else numbers[0]
    filled = [
        by_number.get(page, f"{head}{page}{tail}")
        for page in range(first, min(numbers[-1], first + MAX_PAGES) + 1)
    ]
    return ([by_number[0]] if 0 in by_number else []) + filled


def _written(document: Document) -> Iterator[str]:
    """Pages that a script writes links to."""
    for script in document.scripts:
        for call in _CREATE.finditer(script):
            yield from _of_call(document, [argument.strip().strip("\"'") for argument in call[1].split(",")])
        count = _DESCENDING.findall(script)
        component = _COMPONENT.search(script)
        if count and component is not None:
            stem = urlsplit(document.url).path.rpartition("/")[2].rpartition(".")[0] or "index"
            for number in range(int(count[-1]) - 1, max(int(count[-1]) - 1 - MAX_PAGES, 0), -1):
                url = document.absolute(f"{stem}_{component[1]}_{number}.html")
                if url is not None:
                    yield url


def _of_call(document: Document, arguments: list[str]) -> Iterator[str]:
    for position in range(len(arguments) - 3):
        count, current, name, suffix = arguments[position : position + 4]
        if count.isdecimal() and current.isdecimal() and _FILE_NAME.fullmatch(name) and suffix.isalnum():
            for number in range(min(int(count[:6]), MAX_PAGES)):
                url = document.absolute(f"{name}.{suffix}" if number == 0 else f"{name}_{number}.{suffix}")
                if url is not None:
                    yield url
            return


def _same_list(here: str, there: str) -> bool:
    """Whether two addresses differ in nothing but a page number."""
    a, b = urlsplit(here), urlsplit(there)
    return (
        a.netloc == b.netloc
        and bool(_stems(a.path) & _stems(b.path))
        and _other_arguments(a.query) == _other_arguments(b.query)
    )


def _stems(path: str) -> set[str]:
    """What a page's path may be called without its page number."""
    directory, _, file = path.rpartition("/")
    match = _FILE.match(file)
    name, number = (match["stem"], match["number"] or "") if match is not None else (file, "")
    return {f"{directory}/{'' if stem in _FIRST_FILES else stem}" for stem in (name, name + number)}


def _same_page(url: str, here: str) -> bool:
    a, b = urlsplit(url), urlsplit(here)
    return a.query == b.query and _bare(a.path) == _bare(b.path)


def _bare(path: str) -> str:
    directory, _, file = path.rpartition("/")
    return directory if file in {"", "index.html", "index.htm", "index.shtml"} else path


def _other_arguments(query: str) -> list[tuple[str, str]]:
    return sorted((key, value) for key, value in parse_qsl(query) if key.lower() not in _PAGE_KEYS)


def _order(url: str) -> tuple[int, str]:
    """(page number, address); an address without a number is the first page."""
    parts = urlsplit(url)
    for key, value in parse_qsl(parts.query):
        if key.lower() in _PAGE_KEYS and value.isdecimal():
            return int(value[:9]), url
    match = _FILE.match(parts.path.rpartition("/")[2])
    number = (match["number"] or "").strip("_-") if match is not None else ""
    return int(number) if number else 0, url
