"""Every target a page names, once, with the words a reader sees and whether a reader sees them.

A page of a government site repeats the same hundred navigation links, so what an href means is worked out
once per directory of the site and remembered (`LinkMemo`); after that a link costs one dictionary look-up.

A reference that cannot work for anybody outside is a wrong link and needs no request to prove it. Where the
markup leaves room for doubt (a script may give a `#` its meaning) nothing is said: a false accusation costs
more than a miss.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from enum import Enum
from typing import TYPE_CHECKING, Final

from govcrawl.pages.links import urls
from govcrawl.pages.links.file_names import ATTACHMENTS, IMAGES, MEDIA
from govcrawl.pages.markup.document import LONGEST_REFERENCE
from govcrawl.pages.markup.places import Places
from govcrawl.records.items import Link
from govcrawl.records.link_kinds import LinkKind

if TYPE_CHECKING:
    from collections.abc import Container

    from selectolax.lexbor import LexborNode

    from govcrawl.pages.markup.document import Document

LONGEST_TEXT: Final = 300
MOST_LINKS: Final = 20_000  # of one page; further ones are left out
_MOST_REMEMBERED: Final = 100_000  # hrefs of one site; a calendar that never ends must not fill the memory

# Attributes that lazy-loading scripts read the address of an image from.
_IMAGE_ATTRIBUTES: Final = (
    "src",
    "data-src",
    "data-original",
    "data-lazy",
    "data-lazy-src",
    "lazy-src",
    "original",
)
_SET_ATTRIBUTES: Final = ("srcset", "data-srcset")
_TARGETS: Final = (
    "a,area,img,script,link,iframe,frame,embed,object,video,audio,source,track,input,button[formaction],meta"
)
_FOLLOWED: Final = frozenset(("a", "area"))
_ICON_RELATIONS: Final = frozenset(("icon", "apple-touch-icon", "apple-touch-icon-precomposed"))

_PICTURE_NAME: Final = re.compile(r"image|logo|icon", re.IGNORECASE)
_PICTURE_ADDRESS: Final = re.compile(
    r"^(?:https?:)?//|^[^\s;,]*\.(?:png|jpe?g|gif|svg|ico|webp|bmp)(?:\?|$)", re.IGNORECASE
)
_ROOTED: Final = re.compile(r"[\\/]|[a-z][a-z0-9+.-]*:", re.IGNORECASE)
_FILE_NAME: Final = re.compile(r"(?<![^/?#])[^/?#]+\.[A-Za-z]\w{1,4}(?:[?#]|$)")
_REFRESH: Final = re.compile(r"^\s*[\d.]*\s*[;,\s]\s*(?:url\s*=\s*)?['\"]?([^'\"]+)", re.IGNORECASE)
_CANDIDATE: Final = re.compile(r"([^\s,]\S*?)(?:\s+[\d.]+[wxh]\s*(?:,|$)|,(?=\s)|,?\s*$)")
_DOUBLED_SCHEME: Final = re.compile(
    r"(?:https?:)?/{2,}https?(?::|/|$)"  # http://http://…, http://https//…
    r"|https?:https?:"
    r"|https?:/{3,}"
    r"|https?://[^/?#]*https?://",  # http://www.x.gov.cnhttp://…
    re.IGNORECASE,
)
_MISTYPED_SCHEME: Final = re.compile(
    r"(?!https?:)h{0,2}t{1,3}p{1,2}s{0,2}:/"  # htttp://, ttp://
    r"|https?(?:[;.：]|::)?//",  # http//, http;//, http：//
    re.IGNORECASE,
)
_DRIVE: Final = re.compile(r"/{0,3}[a-z](?::(?=[\\/])|\|/)|[a-z]:", re.IGNORECASE)
_HOST_WITH_PORT: Final = re.compile(r"[a-z][a-z0-9\-]*(?:\.[a-z0-9\-]+)+:\d{1,5}(?:[/?#]|$)", re.IGNORECASE)
_ADDRESS_IN_NUMBERS: Final = re.compile(r"(\d{1,3}(?:\.\d{1,3}){3})(?::\d{1,5})?(?:[/?#]|$)")
_IDLE_SCRIPT: Final = re.compile(
    r"javascript:\s*(?:void\s*\(?\s*(?:0|null|'')?\s*\)?|null|undefined|return(?:\s+false)?|false|//|#)?[;\s]*",
    re.IGNORECASE,
)

# Names for which a reader expects another page or a file, and words on things that act on the page itself.
_PROMISE: Final = re.compile(
    r"更多|more\s*(?:>|»|$)|查看(?:详情|详细|全文|原文|更多|全部)|详细信息|详情|阅读全文|全文阅读|原文(?:链接|下载)|点击(?:进入|查看|下载|这里)"
    r"|(?:下载|附件)|进入专题|\.(?:pdf|docx?|xlsx?|wps|et|ofd|zip|rar|pptx?)\s*$",
    re.IGNORECASE,
)
_HEADLINE: Final = re.compile(
    r"关于|通知|公告|公示|通报|方案|意见|办法|规定|条例|决定|报告|会议|解读|召开|举行|印发|调研|名单"
)
_ACTS_ON_PAGE: Final = re.compile(
    r"返回|顶部|关闭|打印|字[号体]|收藏|设为首页|登[录陆]|注册|退出|注销|展开|收起|分享|繁[体體]|简体|无障碍|长者|关怀|语音|客服|智能"
    r"|上一[页条张]|下一[页条张]|首页|尾页|末页|切换|搜索|查询|提交|重置|刷新|播放|暂停|点赞|评论|暂无|^无$|扫一扫|二维码|微信|微博"
)
_SCRIPT_HANDLES: Final = frozenset(("id", "role", "name"))
_SCRIPT_PREFIXES: Final = ("on", "data-", "aria-", "v-", "ng-", "@", ":")
_ROW_DATE: Final = re.compile(r"(?:19|20)\d\d\s*[-./年]\s*\d{1,2}|(?<!\d)[01]?\d[-/][0-3]\d(?!\d)")
_HEADLINE_CHARACTERS: Final = 10


@dataclass(slots=True)
class Destination:
    """What an href of one directory means; `kind` is what its name says it is: page attachment image media."""

    url: str
    kind: str
    internal: bool
    wrong: str | None = None
    bare: Link = field(init=False)  # the link without what one page adds to it; shared by all pages

    def __post_init__(self) -> None:
        self.bare = Link(self.url, self.kind, internal=self.internal, wrong=self.wrong)


class _NoTarget(Enum):
    ELSEWHERE = "a mail address, a telephone number, a place on this page, a script with work to do"
    INERT = "nothing at all: whether that is a fault depends on the words it stands behind"


# What the hrefs of one directory, or of a whole host, mean.
Meanings = dict[str, "Destination | _NoTarget"]


class LinkMemo:
    """What the hrefs of one site mean, remembered by page charset and directory.

    An href that begins with a slash or a scheme means the same in every directory of a host and is remembered
    once. `home_url` decides what is internal, and which address is no fault although nobody outside reaches it:
    that of a site inspected on a staging server.
    """

    def __init__(self, home_url: str) -> None:
        self.home_url = urls.normalise(home_url)
        self._site = urls.site_key(self.home_url)
        home = urls.split(self.home_url)
        self._home_host = home.host if home else ""
        self._meanings: dict[tuple[str, str], Meanings] = {}
        self._remembered = 0

    def meanings(self, base_url: str, charset: str) -> tuple[Meanings, Meanings]:
        """What is known of the host and of the directory of `base_url`."""
        if self._remembered >= _MOST_REMEMBERED:
            self._meanings.clear()
            self._remembered = 0
        return (
            self._meanings.setdefault((urls.origin_of(base_url), charset), {}),
            self._meanings.setdefault((urls.directory_of(base_url), charset), {}),
        )

    def read(
        self, of_host: Meanings, of_directory: Meanings, base_url: str, charset: str, reference: str
    ) -> Destination | _NoTarget:
        """Work out a reference not met yet, and remember it as far as it holds."""
        cleaned = urls.clean(reference)
        target = self._target(base_url, charset, reference, cleaned)
        if not cleaned.startswith("?"):  # `?page=2` means something else on each page
            everywhere = cleaned.startswith("/") or "://" in cleaned[:10]
            (of_host if everywhere else of_directory)[reference] = target
            self._remembered += 1
        return target

    def _target(self, base_url: str, charset: str, reference: str, cleaned: str) -> Destination | _NoTarget:
        if cleaned in ("", "#", "#!", "#none", "#nogo", "###", "##"):
            return _NoTarget.INERT
        if cleaned[0] == "#":
            return _NoTarget.ELSEWHERE
        wrong = _wrong_as_written(cleaned)
        if wrong:
            return Destination(reference, LinkKind.PAGE, internal=False, wrong=wrong)
        scheme = urls.scheme_of(cleaned)
        if scheme == "javascript":
            return _NoTarget.INERT if _IDLE_SCRIPT.fullmatch(cleaned) else _NoTarget.ELSEWHERE
        if scheme and scheme not in urls.DEFAULT_PORTS:
            return _NoTarget.ELSEWHERE
        absolute = urls.join(base_url, cleaned)
        address = urls.split(absolute, charset)
        if address is None and not scheme and urls.scheme_of(base_url) not in urls.DEFAULT_PORTS:
            return Destination(absolute, _kind_by_name(absolute), internal=True)  # a file of somebody's disk
        if address is None:
            return Destination(reference, LinkKind.PAGE, internal=False, wrong="malformed")
        network = None if address.host == self._home_host else urls.network_of(address.host)
        if network:
            return Destination(reference, LinkKind.PAGE, internal=False, wrong=network)
        url = str(address)
        return Destination(url, _kind_by_name(url), internal=urls.site_key_of(address) == self._site)


def links(
    doc: Document, memo: LinkMemo, charset: str = "utf-8", links_before: Container[str] = ()
) -> list[Link]:
    """Each target once, in document order; `charset` is what the page was read with.

    Targets in `links_before` have their first origin elsewhere, so the words and the place they have here are not worked out.
    """
    base_url = doc.base_url
    of_host, of_directory = memo.meanings(base_url, charset)
    hidden = doc.hidden
    places = Places(doc)
    found: dict[str, Link] = {}
    for node in doc.tree.css(_TARGETS):
        tag = node.tag or ""
        if tag == "a":  # nine of ten, and most of them menus that were read on other pages
            href = node.attrs.get("href") or ""
            remembered = of_host.get(href) or of_directory.get(href)
            if remembered.__class__ is Destination and remembered.url in links_before:
                found.setdefault(remembered.url, remembered.bare)
                continue
        attributes = node.attributes
        anchor = node if tag in _FOLLOWED else None
        for kind, reference in _references(tag, attributes, node):
            target = of_host.get(reference) or of_directory.get(reference)
            if target is None:
                if len(reference) > LONGEST_REFERENCE:
                    continue
                target = memo.read(of_host, of_directory, base_url, charset, reference)
            if target.__class__ is not Destination:
                if target is _NoTarget.ELSEWHERE or anchor is None or not _promises_page(anchor, attributes):
                    continue
                wrong = "script" if "javascript" in reference.lower() else "empty"
                target = Destination(reference, LinkKind.PAGE, internal=True, wrong=wrong)
            before = found.get(target.url)
            if target.url in links_before:
                found[target.url] = before or target.bare
            elif before is None:
                found[target.url] = Link(
                    target.url,
                    kind or target.kind,
                    _words(anchor, attributes)
                    if anchor is not None
                    else _squeezed(attributes.get("alt") or ""),
                    anchor is not None and hidden.covers(anchor),
                    target.internal,
                    target.wrong,
                    places.selector(node),
                )
            elif anchor is not None:
                # Seen once is seen, and the first words are the words.
                if before.hidden:
                    before.hidden = hidden.covers(anchor)
                before.text = before.text or _words(anchor, attributes)
        if len(found) >= MOST_LINKS:
            break
    return list(found.values())


def _references(tag: str, attributes: dict[str, str | None], node: LexborNode) -> list[tuple[str, str]]:
    """(kind, reference) pairs of one element; an empty kind is read from the name of the target."""
    if tag in _FOLLOWED:
        if "href" not in attributes:
            return []
        return [("", attributes["href"] or "")]
    if tag == "img":
        return _image_references(attributes)
    if tag == "script":
        return [(LinkKind.SCRIPT, attributes.get("src") or "")]
    if tag == "link":
        return _linked_resource(attributes)
    if tag in ("iframe", "frame"):
        return [(LinkKind.FRAME, attributes.get("src") or "")]
    if tag == "meta":
        if (attributes.get("http-equiv") or "").strip().lower() != "refresh":
            return _named_picture(attributes)
        found = _REFRESH.match(attributes.get("content") or "")
        return [(LinkKind.REFRESH, found[1].strip())] if found else []
    if tag in ("input", "button"):
        is_image = tag == "input" and (attributes.get("type") or "").lower() == "image"
        pictured: list[tuple[str, str]] = [(LinkKind.IMAGE, attributes.get("src") or "")] if is_image else []
        return pictured + _form_target(attributes, node)
    if tag == "source":
        parent = node.parent
        if parent is not None and parent.tag == "picture":
            return _image_references(attributes)
        return [(LinkKind.MEDIA, attributes.get("src") or "")]
    if tag == "object":
        return _object_references(attributes)
    pairs: list[tuple[str, str]] = [(LinkKind.MEDIA, attributes.get("src") or "")]
    if attributes.get("poster"):
        pairs.append((LinkKind.IMAGE, attributes["poster"] or ""))
    return pairs


def _named_picture(attributes: dict[str, str | None]) -> list[tuple[str, str]]:
    """The picture a `<meta>` names for tiles, cards and bookmarks: msapplication-TileImage, og:image."""
    name = attributes.get("name") or attributes.get("property") or attributes.get("itemprop") or ""
    content = (attributes.get("content") or "").strip()
    return (
        [(LinkKind.IMAGE, content)] if _PICTURE_NAME.search(name) and _PICTURE_ADDRESS.search(content) else []
    )


def _form_target(attributes: dict[str, str | None], node: LexborNode) -> list[tuple[str, str]]:
    """Where a button leads by itself; what it would post to, nobody can open."""
    target = attributes.get("formaction")
    form: LexborNode | None = node
    while form is not None and form.tag != "form":
        form = form.parent
    method = (
        attributes.get("formmethod") or (form.attributes.get("method") if form is not None else None) or "get"
    )
    return [("", target)] if target and method.lower() != "post" else []


def _object_references(attributes: dict[str, str | None]) -> list[tuple[str, str]]:
    """The data of an `<object>`, which lies below its codebase, and the file that the codebase itself may be."""
    data, base = attributes.get("data") or "", (attributes.get("codebase") or "").strip()
    pairs: list[tuple[str, str]] = [(LinkKind.MEDIA, base)] if base and _FILE_NAME.search(base) else []
    if data and base and not pairs:
        data = data if _ROOTED.match(data) else f"{base.rstrip('/')}/{data}"
    return [*pairs, (LinkKind.MEDIA, data)]


def _image_references(attributes: dict[str, str | None]) -> list[tuple[str, str]]:
    pairs: list[tuple[str, str]] = [
        (LinkKind.IMAGE, value) for name in _IMAGE_ATTRIBUTES if (value := attributes.get(name))
    ]
    for name in _SET_ATTRIBUTES:
        candidates = attributes.get(name)
        if candidates and len(candidates) <= LONGEST_REFERENCE:
            pairs += [(LinkKind.IMAGE, found[1]) for found in _CANDIDATE.finditer(candidates)]
    return pairs


def _linked_resource(attributes: dict[str, str | None]) -> list[tuple[str, str]]:
    relations = (attributes.get("rel") or "").lower().split()
    reference = attributes.get("href") or ""
    if "stylesheet" in relations:
        return [(LinkKind.STYLE, reference)]
    return [(LinkKind.IMAGE, reference)] if _ICON_RELATIONS.intersection(relations) else []


def _wrong_as_written(cleaned: str) -> str | None:
    """What is wrong with a reference whatever page it stands on; None where that cannot be said."""
    lowered = cleaned[:300].lower().replace("\\", "/")
    if lowered.startswith("file:"):
        return "file"
    if _DRIVE.match(lowered):
        return "drive"
    if _DOUBLED_SCHEME.match(lowered):
        return "doubled_scheme"
    if _MISTYPED_SCHEME.match(lowered) or _HOST_WITH_PORT.match(lowered):
        return "malformed"
    if lowered.startswith("localhost:"):
        return "loopback"
    in_numbers = _ADDRESS_IN_NUMBERS.match(lowered)
    if in_numbers:  # without a scheme a browser takes it for a file name
        return urls.network_of(in_numbers[1]) or "malformed"
    return None


def _kind_by_name(url: str) -> str:
    # `download.jsp?file=plan.pdf` names a file as well as `/plan.pdf` does.
    path, _, query = url.partition("?")
    for name in (path[path.find("//") + 2 :].partition("/")[2], query):
        extension = name[name.rfind(".") + 1 :].lower() if "." in name[-6:] else ""
        if extension in ATTACHMENTS:
            return LinkKind.ATTACHMENT
        if extension in IMAGES:
            return LinkKind.IMAGE
        if extension in MEDIA:
            return LinkKind.MEDIA
    return LinkKind.PAGE


def _promises_page(anchor: LexborNode, attributes: dict[str, str | None]) -> bool:
    """Whether an anchor that leads nowhere stands where a reader must expect a page.

    Tabs, menus and buttons are given their work by scripts that find them by id, class or data attributes, so
    an anchor carrying one of these is believed, except in a dated row of a list.
    """
    if _is_scripted(attributes):
        return False
    text = _words(anchor, attributes)
    if not text or (len(text) < _HEADLINE_CHARACTERS and _ACTS_ON_PAGE.search(text)):
        return False  # a button; a headline may speak of 查询 or 注册 and leads somewhere all the same
    parent = anchor.parent
    if parent is None or parent.tag in ("dt", "h1", "h2", "h3", "h4") or _is_scripted(parent.attributes):
        return False
    grandparent = parent.parent
    if grandparent is not None and any(name.startswith("on") for name in grandparent.attributes):
        return False
    if _is_dated_row(parent, text):
        return True
    if "class" in attributes:
        return False
    # A new window is asked for only by a link that is meant to open something.
    if (attributes.get("target") or "").lower() == "_blank":
        return True
    return bool(_PROMISE.search(text)) or (len(text) > _HEADLINE_CHARACTERS and bool(_HEADLINE.search(text)))


def _is_dated_row(parent: LexborNode, text: str) -> bool:
    """Whether the anchor is the title of a list row: a headline with a date beside it and no other link."""
    row = parent.parent if parent.tag in ("td", "span", "div", "p") and parent.parent is not None else parent
    if len(text) <= _HEADLINE_CHARACTERS or row.tag not in ("li", "tr", "dd", "p", "div"):
        return False
    words = row.text()
    return (
        len(words) < len(text) + 80
        and bool(_ROW_DATE.search(words.replace(text, "")))
        and len(row.css("a")) == 1
    )


def _is_scripted(attributes: dict[str, str | None]) -> bool:
    """Whether a script has a handle on the element: a handler, or a name scripts find it by."""
    return any(name in _SCRIPT_HANDLES or name.startswith(_SCRIPT_PREFIXES) for name in attributes)


def _words(anchor: LexborNode, attributes: dict[str, str | None]) -> str:
    text = _squeezed(anchor.text())
    if text:
        return text
    title = attributes.get("title") or attributes.get("alt")
    if title and title.strip():
        return _squeezed(title)
    image = anchor.css_first("img")
    return _squeezed(image.attributes.get("alt") or image.attributes.get("title") or "") if image else ""


def _squeezed(text: str) -> str:
    return " ".join(text[: LONGEST_TEXT * 4].split())[:LONGEST_TEXT]
