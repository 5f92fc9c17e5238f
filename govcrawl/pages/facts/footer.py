"""The footer items every page must print (2019 indicators, 网站标识 and 找错 rows), told by their signatures.

Pages mark their footer in every way and in none, so nothing depends on its markup: marks that stand nowhere else
(site code, ICP and police numbers, the addresses of the mark and of the ticket entry) are looked for in the whole
page, words that also occur in articles (主办, 联系电话) only from where the footer's own words begin.
Scripts count as well as markup: the party mark and the ticket entry are drawn by scripts on most sites.
"""

from __future__ import annotations

import re
from functools import lru_cache
from html import unescape
from typing import TYPE_CHECKING, Final

from govcrawl.pages.markup.template_lines import TemplateLines
from govcrawl.pages.markup.unfilled import UNFILLED

if TYPE_CHECKING:
    from govcrawl.pages.markup.document import Document

REQUIRED: Final = ("party_mark", "site_code", "icp", "police_record", "unit", "contact")
TICKET_ENTRY: Final = "ticket_entry"
# Not an item: the script or frame that draws the footer, where the page itself holds none.
ELSEWHERE: Final = "elsewhere"

_ADDRESS_ENDS: Final = re.compile(r"[\s\"'<>()\\]")
# What the addresses (or the element a script fills) contain; nothing else on a page does. First what all have in common.
_PARTY_MARK: Final = (("onac",), ("conac.cn", "_ideConac"))
_ICP_ADDRESS: Final = (("beian",), ("beian.miit.gov.cn", "miitbeian.gov.cn", "miibeian.gov.cn"))
_POLICE_ADDRESS: Final = (("beian",), ("www.beian.gov.cn", "//beian.gov.cn", "beian.mps.gov.cn"))
# A part of each of the names the entry goes by, here and in the net for it.
TICKET_PARTS: Final = ("cuo", "错", "pucha", "exposure")
_TICKET_ADDRESS: Final = (TICKET_PARTS, ("www.gov.cn/exposure", "jiucuo."))
_PARTS: Final = frozenset((*_PARTY_MARK[0], *_ICP_ADDRESS[0], *_POLICE_ADDRESS[0], *TICKET_PARTS))
_LINES: Final = TemplateLines(_PARTS)
# The element that the entry's script fills or hangs itself on, whatever stands before and behind the name.
_TICKET_ELEMENT: Final = re.compile(
    r"""(?:class|id)\s{0,3}=\s{0,3}["']?[^"'<>]{0,120}?jiucuo[\w-]{0,60}""", re.IGNORECASE
)
_TICKET_WORDS: Final = re.compile(r"(?m)^\s*(?:我为)?(?:政府)?网站找错\s*$|[\"']我为政府网站找错[\"']")

_SITE_CODE: Final = re.compile(
    r"标识码(?:\s|&nbsp;|<[^<>]{1,200}>){0,20}[:\uff1a]?(?:\s|&nbsp;|<[^<>]{1,200}>){0,20}(65bm\d{6}|bm\d{8}|\d{10})(?!\d)",
    re.IGNORECASE,
)
# Number plates' short names, and the others that provinces go by (蜀 滇 黔 陇 秦 …): whatever single character stands there.
_PLACE: Final = r"[\u4e00-\u9fff]"
_ICP: Final = re.compile(
    rf"{_PLACE}\s*ICP\s*[备证]\s*(?:字\s*)?(?:第\s*)?\d{{5,11}}\s*号?(?:\s*[-—－]\s*\d+)?",
    re.IGNORECASE,
)
_POLICE: Final = re.compile(
    rf"{_PLACE}\s*公\s*网\s*安\s*备\s*(?:案\s*号?)?\s*[:\uff1a]?\s*(?:第\s*)?\d{{11,14}}\s*(?:号(?:\s*[-—－]\s*\d+)?)?"
)
_UNIT: Final = re.compile(
    r"主办(?:单位|方|机构)?(?:\s{0,9}[:\uff1a]\s{0,9}|\s{0,3}/\s{0,3}承办(?:单位)?\s{0,3}[:\uff1a]\s{0,3}|\s{1,9})"
    r"([^\n:\uff1a|｜]{3,60})"
)
# "云泽市教育局主办", "由中共某市委、某市人民政府主办": the sponsor before the word, at the end of its line or before the next.
_SPONSOR: Final = re.compile(
    r"(?m)(?:^|[\s|｜])(?:本?(?:网站|站|网)?由)?((?:(?!由)[\u4e00-\u9fff（）()]){2,30}(?:[、，,](?:(?!由)[\u4e00-\u9fff（）()]){2,30}){0,3})\s?主办"
    r"(?=\s*(?:$|[\s|｜;；,，。.]|[\u4e00-\u9fff、]{2,30}(?:承办|协办|维护|建设)))"
)
_UNIT_END: Final = re.compile(
    r"\s*(?:[|｜;；,，]|\s{2,}|承\s?办|协\s?办|主管|技术支持|维护|建设单位|地\s*址|电\s*话|联系|邮\s*编|版权|网站|备案"
    r"|ICP|copyright|[(\uff08]c[)\uff09]|©).*",
    re.IGNORECASE | re.DOTALL,
)
_LABELLED_CONTACT: Final = re.compile(
    r"(?:联系(?:电话|方式|人|邮箱)|电\s{0,3}话|热\s{0,3}线|邮\s{0,3}箱|电子邮件|E(?i:-?mail)|e(?i:-?mail)|T(?i:el)|t(?i:el))"
    r"[^\d@\n]{0,12}\s{0,3}"
    r"(?:[(\uff08+]?\d[\d\-—－()\uff08\uff09 +]{5,24}\d|[\w.\-]{1,40}@[\w.\-]{1,60}|1[12]\d{3})"
)
_MAIL_ADDRESS: Final = re.compile(r"[\w.\-]{2,40}@[\w\-]{1,40}(?:\.[\w\-]{1,20}){1,3}")
_CONTACT_LINK: Final = re.compile(r"联系(?:我们|方式|本站)")
# Words with which footers begin; what stands a little above them belongs to the footer too.
_FOOTER_WORDS: Final = (
    "版权所有", "Copyright", "copyright", "COPYRIGHT", "©", "标识码", "ICP备", "ICP 备", "公网安备", "主办单位", "主办：", "主办:",
    "网站声明", "法律声明", "技术支持",
)  # fmt: skip
_COMMENT: Final = re.compile(r"<!--.*?(?:-->|\Z)", re.DOTALL)  # one that never ends hides all behind it
STRAY_ITEMS: Final = 2  # as many an article may print by chance; a page with more has a footer of its own
_MOST_MENTIONS: Final = 20
_ABOVE: Final = 150  # characters
_TAIL: Final = 3000
_TAIL_WITHOUT_WORDS: Final = 500
_LONGEST_VALUE: Final = 200
_FOOTER_ELSEWHERE: Final = re.compile(
    r"(?:^|[/_\-.])(?:foot(?:er)?|bottom|copyright|banquan|bq|dibu|wzdb|page_?foot)\w{0,12}\.(?:js|s?html?|jsp|aspx?|php|inc)\b",
    re.IGNORECASE,
)


def footer(doc: Document) -> dict[str, str]:
    """Item → the text or address seen, for the items found; `elsewhere` names what draws the rest, if anything."""
    scripts = "\n".join(doc.scripts)
    text = f"{scripts}\n{doc.text}"  # what a script writes is shown, and the page's own words come last
    tail = tail_of(doc.text)
    written = tail_of(scripts) if "document.write" in scripts else ""
    found: dict[str, str] = {}
    for item, value in (
        ("party_mark", _address(_PARTY_MARK, doc, scripts)),
        ("site_code", _numbered("标识码", _SITE_CODE, text)),
        ("icp", _numbered("ICP", _ICP, text) or _address(_ICP_ADDRESS, doc, scripts)),
        ("police_record", _numbered("安备", _POLICE, text) or _address(_POLICE_ADDRESS, doc, scripts)),
        ("unit", _unit(tail) or _unit(written)),
        ("contact", _contact(tail) or _contact(written)),
        (TICKET_ENTRY, _address(_TICKET_ADDRESS, doc, scripts) or _ticket_words(doc)),
    ):
        if value:
            found[item] = " ".join(unescape(value[:_LONGEST_VALUE]).split())
    if len(found) <= STRAY_ITEMS and (elsewhere := _drawn_elsewhere(doc)):
        found[ELSEWHERE] = elsewhere
    return found


def missing_items(found: dict[str, str]) -> list[str]:
    """Required items a page does not print; none can be said to be missing where the footer is drawn elsewhere."""
    return [] if ELSEWHERE in found else [item for item in (*REQUIRED, TICKET_ENTRY) if item not in found]


@lru_cache(maxsize=4)
def tail_of(text: str) -> str:
    """The end of a text from where the footer's own words begin."""
    start = max(len(text) - _TAIL, 0)
    words = [at for word in _FOOTER_WORDS if (at := text.find(word, start)) >= 0]
    return text[max(min(words) - _ABOVE if words else len(text) - _TAIL_WITHOUT_WORDS, 0) :]


@lru_cache(maxsize=2)
def _parts_there(doc: Document) -> frozenset[str]:
    """Those parts of the foot's addresses that stand anywhere in the markup."""
    telling = _LINES.without(doc.source)
    return frozenset(part for part in _PARTS if part in telling)


def speaks_of_a_ticket(doc: Document) -> bool:
    """Whether a part of any name that the ticket entry goes by stands on the page."""
    return not _parts_there(doc).isdisjoint(TICKET_PARTS)


def _address(addresses: tuple[tuple[str, ...], tuple[str, ...]], doc: Document, scripts: str) -> str | None:
    """Text between two quotes, brackets or blanks around the first of the parts: a whole address, short or long."""
    common, parts = addresses
    if _parts_there(doc).isdisjoint(common):
        return None
    source = doc.source
    for part in parts:
        at = scripts.find(part)
        if at >= 0:
            return _around(scripts, at)
        for _ in range(_MOST_MENTIONS):
            at = source.find(part, at + 1)
            if at < 0:
                break
            if source.rfind("<!--", 0, at) <= source.rfind("-->", 0, at):  # not in a comment
                return _around(source, at)
    return None


def _around(text: str, at: int) -> str:
    before = _ADDRESS_ENDS.split(text[max(at - _LONGEST_VALUE, 0) : at])[-1]
    return before + _ADDRESS_ENDS.split(text[at : at + _LONGEST_VALUE], maxsplit=1)[0]


def _numbered(word: str, pattern: re.Pattern[str], text: str) -> str | None:
    """Last number behind its word: an article may quote that of another site, the footer stands below it."""
    at = len(text)
    for _ in range(_MOST_MENTIONS):
        at = text.rfind(word, 0, at)
        if at < 0:
            return None
        found = pattern.search(text, max(at - 10, 0), at + 200)
        if found:
            return found[pattern.groups]
    return None


def _contact(tail: str) -> str | None:
    for word, pattern in (("", _LABELLED_CONTACT), ("@", _MAIL_ADDRESS), ("联系", _CONTACT_LINK)):
        if word in tail and (found := pattern.search(tail)):
            return found[0]
    return None


def _ticket_words(doc: Document) -> str | None:
    if not speaks_of_a_ticket(doc):
        return None
    markup, text = doc.source, doc.text
    found = _TICKET_ELEMENT.search(_COMMENT.sub("", markup)) if "jiucuo" in markup else None
    if found is None and "网站找错" in markup:
        found = _TICKET_WORDS.search(text) or _TICKET_WORDS.search(markup)
    return found[0].strip(" \"'") if found else None


def _unit(tail: str) -> str | None:
    for found in _UNIT.finditer(tail):
        name = _UNIT_END.sub("", found[1].strip()).strip(" \u3000:\uff1a")
        if len(name) >= 3 and not UNFILLED.search(name):
            return name
    sponsor = _SPONSOR.search(tail)
    name = sponsor[1].removesuffix("主管").strip() if sponsor is not None else ""  # 某局主管主办
    return name or None


def _drawn_elsewhere(doc: Document) -> str | None:
    for node in doc.tree.css("script[src],iframe[src],frame[src]"):
        source = node.attributes.get("src") or ""
        if _FOOTER_ELSEWHERE.search(source[:500]):
            return source[:_LONGEST_VALUE]
    return None
