"""The search a site offers, and whether a page of results shows a known title.

A form is read as a browser would send it: hidden fields, chosen options, the button, the charset of its page. A title
counts as found where a link of the page shows it or leads to the entry; a page that only repeats the question does
not show it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final
from urllib.parse import urlencode, urlsplit

from govcrawl.invisible import INVISIBLE
from govcrawl.pages.links.urls import normalise
from govcrawl.records.service_words import SearchWay

if TYPE_CHECKING:
    from collections.abc import Iterable

    from selectolax.lexbor import LexborNode

    from govcrawl.pages.markup.document import Document

_TELLING: Final = re.compile(
    r"搜\s*索|检\s*索|全文|站内|关键[词字]|search|query|keyword|key_?words?|sousuo|jiansuo|chaxun|\bq\b|\bkw\b|\bwd\b|\bkey\b|\bso\b",
    re.IGNORECASE,
)
_OTHER_PURPOSE: Final = re.compile(r"登录|登陆|注册|密码|订阅|投票|login|passw|subscribe|vote", re.IGNORECASE)
_GUARD: Final = re.compile(r"验证码|captcha|verify_?code", re.IGNORECASE)
_LINK_WORDS: Final = re.compile(r"^(?:站内|高级|全文|智能|本站|一键)?(?:搜索|检索)$")
_CAPTCHA: Final = re.compile(
    r"请?(?:输入|填写|点击|完成|滑动)[^\n]{0,12}验证|验证码(?:错误|不正确|不能为空)|滑块验证|访问(?:过于)?频繁|操作过于频繁|搜索(?:过于|太)?频繁"
)
_NONE: Final = re.compile(
    r"(?:没有|未能?|无|暂无|找不到|not?\b)[^\n。]{0,12}(?:找到|[检搜]索到|查[到询]|结果|信息|内容|记录|数据|found|results?)|(?<!\d)[0零]\s*[条项篇个](?:结果|记录|信息|数据|内容)?",
    re.IGNORECASE,
)
_NOISE: Final = re.compile(rf"[\s{INVISIBLE}“”\"'‘’《》〈〉()（）\[\]【】〔〕,，.。:：;；、!！?？\-—_·|]+")
_CUT_SHORT: Final = re.compile(r"(?:(?<!\.)\.{2,}|(?<!…)…+)$")
_LEAST_OF_A_TITLE: Final = 10  # characters before the dots that tell a shortened title from others
_OPENED: Final = "a[href], li[onclick], tr[onclick], div[onclick], [data-url], [data-href]"
_TYPED: Final = frozenset({"", "text", "search"})
_LEFT_OUT: Final = frozenset({"submit", "button", "image", "reset", "file", "checkbox", "radio", "password"})
_MOST_FIELDS: Final = 60
_LONGEST_VALUE: Final = 2000


@dataclass(frozen=True, slots=True)
class SearchForm:
    """How a site is asked: `question` gives address, method and body for one text."""

    action: str  # absolute
    method: str  # GET POST
    name: str  # of the field that takes the text
    fixed: tuple[tuple[str, str], ...]
    charset: str
    box: str | None  # selector of that field, for the browser's hand

    def question(self, text: str) -> tuple[str, bytes]:
        """The address to ask and the body to send; the body of a GET is empty."""
        fields = [(name, value) for name, value in self.fixed if name != self.name]
        data = urlencode([*fields, (self.name, text)], encoding=self.charset, errors="xmlcharrefreplace")
        if self.method == "POST":
            return self.action, data.encode("ascii")
        return f"{self.action.partition('?')[0]}?{data}", b""


@dataclass(frozen=True, slots=True)
class SearchOffer:
    """What a page offers: a `form`, a `box` that a script operates (its selector), a `link` to a search page.

    `guarded`: the form asks for proof of a human, so it is there and cannot be tried.
    """

    page_url: str
    form: SearchForm | None = None
    box: str | None = None
    link: str | None = None
    guarded: bool = False

    @property
    def way(self) -> SearchWay:
        """The first of these that the page has: a guard, a form, a box, a link; else `NONE`."""
        if self.guarded:
            return SearchWay.GUARDED
        if self.form:
            return SearchWay.FORM
        return SearchWay.BOX if self.box else SearchWay.LINK if self.link else SearchWay.NONE


@dataclass(slots=True)
class _Candidate:
    node: LexborNode
    field: LexborNode
    weight: int


def search_offer(doc: Document, charset: str) -> SearchOffer:
    """Find the search of a page; `charset` is the one the page is written in."""
    form = box = None
    for candidate in _candidates(doc):
        if _GUARD.search(_attributes_within(candidate.node)):
            return SearchOffer(doc.url, guarded=True)
        if form := _form(doc, candidate, charset):
            break
        box = box or _selector(candidate.field)
    if form is None and box is None:
        box = next((_selector(node) for node in _loose_fields(doc)), None)
    return SearchOffer(doc.url, form, form.box if form else box, _link(doc))


def results(doc: Document, title: str, entry_url: str) -> tuple[bool, int]:
    """Whether the page shows the title as a result, and how many links it has that could be results."""
    wanted, address = essence(title), normalise(entry_url)
    page = normalise(doc.url)
    found, count = False, 0
    for node in doc.tree.css(_OPENED):
        target = doc.absolute(node.attributes.get("href") or "") if node.tag == "a" else None
        shown = _CUT_SHORT.sub("", " ".join(node.text().split()))
        texts = [essence(text) for text in (shown, node.attributes.get("title") or "")]
        if len(texts[0]) < _LEAST_OF_A_TITLE:
            continue
        count += 1
        url = normalise(target) if target else ""
        if _path_of(url) == _path_of(page):  # the search's own links repeat the question
            continue
        if url == address or any(_shows(text, wanted) for text in texts):
            found = True
    return found, count


def says_none(doc: Document) -> bool:
    """Whether the page says in words that nothing was found; one that shows nothing and says nothing proves nothing."""
    return _NONE.search(doc.text) is not None


def asks_for_proof(doc: Document) -> bool:
    """Whether the page wants a human before it answers."""
    return bool(_CAPTCHA.search(doc.text))


def boxes_beside_search(doc: Document) -> list[LexborNode]:
    """Text boxes of the page that by their names, and those of their forms, are none of a search or a login."""
    found = []
    for node in doc.tree.css("input"):
        if _type(node) in _TYPED:
            form = node.parent
            while form is not None and form.tag != "form":
                form = form.parent
            words = _attributes(node) + ("" if form is None else f" {_attributes(form)}")
            if not _TELLING.search(words) and not _OTHER_PURPOSE.search(words):
                found.append(node)
    return found


def essence(text: str) -> str:
    """A title without blanks and punctuation, which lists and engines write each in their own way."""
    return _NOISE.sub("", text).lower()


def _shows(text: str, wanted: str) -> bool:
    return wanted in text or (len(text) >= _LEAST_OF_A_TITLE and wanted.startswith(text))


def _path_of(url: str) -> str:
    return url.partition("?")[0].partition("#")[0]


def _candidates(doc: Document) -> list[_Candidate]:
    """The forms that look like a search, the likeliest first."""
    found = []
    for node in doc.tree.css("form"):
        inputs = node.css("input")
        fields = [one for one in inputs if _type(one) in _TYPED]
        if not fields or any(_type(one) == "password" for one in inputs):
            continue
        words = " ".join([_attributes(node), *(_attributes(one) for one in inputs), node.text()[:200]])
        weight = len(_TELLING.findall(words))
        if weight and not _OTHER_PURPOSE.search(words):
            best = max(fields, key=lambda one: len(_TELLING.findall(_attributes(one))))
            found.append(_Candidate(node, best, weight))
    return sorted(found, key=lambda one: -one.weight)


def _form(doc: Document, candidate: _Candidate, charset: str) -> SearchForm | None:
    """The form as it would be sent; None where only a script knows how."""
    node = candidate.node
    action = (node.attributes.get("action") or "").strip()
    name = candidate.field.attributes.get("name")
    if not name or not action or action.startswith("#") or action.lower().startswith("javascript:"):
        return None
    address = doc.absolute(action)
    if address is None:
        return None
    enctype = (node.attributes.get("enctype") or "").lower()
    method = "POST" if (node.attributes.get("method") or "").upper() == "POST" else "GET"
    if method == "POST" and "multipart" in enctype:
        return None
    return SearchForm(
        action=address,
        method=method,
        name=name,
        fixed=tuple(_fixed(node))[:_MOST_FIELDS],
        charset=_charset(node.attributes.get("accept-charset") or charset),
        box=_selector(candidate.field),
    )


def _fixed(form: LexborNode) -> Iterable[tuple[str, str]]:
    """The fields a browser sends beside the text, and the first button."""
    button = None
    for one in form.css("input,select,button"):
        name, value = one.attributes.get("name"), one.attributes.get("value") or ""
        kind = _type(one)
        if not name or "disabled" in one.attributes:
            continue
        if one.tag == "select":
            chosen = one.css_first("option[selected]") or one.css_first("option")
            if chosen is not None:
                yield name, (chosen.attributes.get("value") or chosen.text().strip())[:_LONGEST_VALUE]
        elif one.tag == "button" or kind == "submit":
            if button is None and kind in {"", "submit"}:
                button = name, value
        elif kind not in _LEFT_OUT or (kind in {"checkbox", "radio"} and "checked" in one.attributes):
            yield name, (value or ("on" if kind in {"checkbox", "radio"} else ""))[:_LONGEST_VALUE]
    if button is not None:
        yield button


def _loose_fields(doc: Document) -> Iterable[LexborNode]:
    """Boxes outside any form, which a script operates."""
    for node in doc.tree.css("input"):
        words = _attributes(node)
        if _type(node) in _TYPED and _TELLING.search(words) and not _OTHER_PURPOSE.search(words):
            yield node


def _selector(node: LexborNode) -> str | None:
    """A CSS selector that names the box; None where nothing does."""
    for name in ("id", "name", "placeholder", "class"):
        value = node.attributes.get(name)
        if value and '"' not in value and "\\" not in value:
            return f'input[{name}="{value}"]'
    return None


def _link(doc: Document) -> str | None:
    for node in doc.tree.css("a[href]"):
        if _LINK_WORDS.match("".join((node.text() or node.attributes.get("title") or "").split())):
            target = doc.absolute(node.attributes.get("href") or "")
            if target and _path_of(target) != _path_of(doc.url) and urlsplit(target).netloc:
                return normalise(target)
    return None


def _type(node: LexborNode) -> str:
    return (node.attributes.get("type") or "").strip().lower()


def _attributes(node: LexborNode) -> str:
    names = ("id", "class", "name", "action", "placeholder", "value", "title", "alt", "onclick", "onsubmit")
    return " ".join((node.attributes.get(name) or "")[:200] for name in names)


def _attributes_within(form: LexborNode) -> str:
    return " ".join(_attributes(one) for one in form.css("input,img"))


def _charset(name: str) -> str:
    try:
        "".encode(name.split(",", maxsplit=1)[0].split(maxsplit=1)[0])
    except (LookupError, IndexError):
        return "utf-8"
    return name.split(",", maxsplit=1)[0].split(maxsplit=1)[0]
