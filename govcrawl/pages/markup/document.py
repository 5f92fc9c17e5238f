"""One page, parsed once; every reader in this package works on the same Document."""

from __future__ import annotations

import re
from functools import cached_property
from typing import TYPE_CHECKING
from urllib.parse import urljoin, urlsplit

from selectolax.lexbor import LexborHTMLParser, SelectolaxError

from govcrawl.pages.dates.date_reader import DateReader
from govcrawl.pages.markup.hidden import Hidden, hides
from govcrawl.pages.markup.hidden_copies import copies, says_twice
from govcrawl.pages.markup.tame import short_blanks, tame

if TYPE_CHECKING:
    from datetime import date

    from selectolax.lexbor import LexborNode

LONGEST_TITLE = 1_000  # characters; what is beyond is data, or an attack
LONGEST_REFERENCE = 8192  # no server takes more

_PLAIN = re.compile(r"(?:\./)?[A-Za-z0-9_][A-Za-z0-9_-]*(?:/[A-Za-z0-9_-]+)*(?:\.[A-Za-z]{2,5})?")
_ROOTED = re.compile(r"(?:/[A-Za-z0-9_-]+)+(?:/|\.[A-Za-z]{2,5})?")
_NO_WORDS = re.compile(r"\s*(?:[\u4e00-\u9fff]{0,4}(?:时间|日期)\s*[：:])?[\s\d年月日时分秒:：./\-]{1,40}")
_UNSEEN = ["script", "style", "noscript", "template", "select", "textarea", "svg"]
_TEXT_INSIDE = "p, div, table"  # an object that Word never closed holds the rest of the text


class Document:
    """The text of a page as Lexbor's tree, with the address it was read from and the day it is read on.

    `tree` is shared by all readers and must not be changed. `as_of` is the day of the inspection; whoever reads dates asks `dates`.
    """

    def __init__(self, text: str, url: str, as_of: date | None = None) -> None:
        self.source, self.whole = tame(text)  # whether nothing of the markup had to be left out
        self.url = url
        self._as_of = as_of
        self._mentioned: dict[str, bool] = {}
        self._text: str | None = None  # of `seen`, where it was read on the way
        try:
            self.tree = LexborHTMLParser(self.source)
        except UnicodeEncodeError:  # half a pair of surrogates: no charset holds it, a script's answer may
            self.source = self.source.encode("utf-8", "replace").decode("utf-8")
            self.tree = LexborHTMLParser(self.source)

    @cached_property
    def dates(self) -> DateReader:
        """What reads the dates of the page; ValueError where the page was taken up without the day of the inspection."""
        if self._as_of is None:
            raise ValueError(f"{self.url}: give the Document the day on which its dates are read")
        return DateReader(self._as_of)

    def part(self, markup: str, url: str | None = None) -> Document:
        """Markup found within this page, as a page of the same day."""
        return Document(markup, url or self.url, self._as_of)

    @cached_property
    def base_url(self) -> str:
        """What relative references are joined to: the first `<base href>` that is a web address, else `url`."""
        node = next((node for node in self.tree.tags("base") if "href" in node.attributes), None)
        if node is not None:
            joined = joined_url(self.url, node.attributes.get("href") or "")
            if joined is not None and urlsplit(joined).netloc:
                return joined
        return self.url

    @cached_property
    def title(self) -> str | None:
        """The text of `<title>` on one line, as far as anybody reads it; None where there is none."""
        node = self.tree.css_first("head title") or self.tree.css_first("title")
        text = " ".join(node.text()[: LONGEST_TITLE * 4].split())[:LONGEST_TITLE] if node is not None else ""
        return text or None

    @cached_property
    def metas(self) -> list[dict[str, str | None]]:
        """The attributes of each `<meta>`, in document order; several readers ask for a few of them."""
        return [node.attributes for node in self.tree.css("meta")]

    @cached_property
    def seen(self) -> LexborNode | None:
        """The body without scripts, styles, form choices and the like: a copy, with nothing but what is shown.

        Hidden words stay, for a click may show them, unless they are a copy of shown ones; a hidden date or number is
        none that anybody is told.
        """
        copy = self._copy()
        copy.strip_tags(_UNSEEN)
        for node in copy.tags("object"):
            if node.css_first(_TEXT_INSIDE) is None:
                node.decompose()
        hidden = []
        for node in reversed(copy.css("[style], [hidden]")):  # inner ones first
            if hides(node):
                if _NO_WORDS.fullmatch(node.text()):
                    node.decompose()
                else:
                    hidden.append(node)
        seen = copy.body or copy.root
        self._text = "" if seen is None else seen.text(separator="\n")
        if seen is not None and says_twice(self._text):
            for node in copies(copy, hidden[::-1], self.source, self.styles):
                node.decompose()
                self._text = None
        return seen

    def _copy(self) -> LexborHTMLParser:
        """The tree once more. Lexbor cannot clone every tree it has parsed (`<!DOCTYPE html SYSTEM …>`)."""
        try:
            return self.tree.clone()
        except SelectolaxError:
            return LexborHTMLParser(self.source)

    @cached_property
    def spaced_text(self) -> str:
        """The shown text with its white space as it stands."""
        if self.seen is None:
            return ""
        return self.seen.text(separator="\n") if self._text is None else self._text

    @cached_property
    def text(self) -> str:
        """The shown text in document order, one line for each run of text between two tags."""
        return short_blanks(self.spaced_text)

    @cached_property
    def hidden(self) -> Hidden:
        """What of the page its reader does not see; worked out once for all who ask."""
        return Hidden(self)

    @cached_property
    def scripts(self) -> tuple[str, ...]:
        """The inline scripts and data blocks, in document order."""
        return tuple(node.text() for node in self.tree.tags("script") if "src" not in node.attributes)

    @cached_property
    def is_scripted(self) -> bool:
        """Whether the page has any script of its own or of another address."""
        return bool(self.tree.tags("script"))

    @cached_property
    def styles(self) -> str:
        """The rules of the page's own style blocks, in document order."""
        return "\n".join(node.text() for node in self.tree.tags("style"))

    def mentions(self, word: str) -> bool:
        """Whether a word stands anywhere in the markup; several readers ask for the same few."""
        answer = self._mentioned.get(word)
        if answer is None:
            answer = self._mentioned[word] = word in self.source
        return answer

    def absolute(self, reference: str) -> str | None:
        """`reference` as an absolute web address, or None when it names none (script, mail, broken)."""
        directory = self._directory
        # Most references of a list; joining by the book costs ten times.
        if directory and _PLAIN.fullmatch(reference):
            return directory + reference.removeprefix("./")
        if directory and _ROOTED.fullmatch(reference):
            return directory[: directory.index("/", directory.index("//") + 2)] + reference
        return joined_url(self.base_url, reference)

    @cached_property
    def _directory(self) -> str:
        address = self.base_url.partition("#")[0].partition("?")[0]
        return address[: address.rfind("/") + 1] if address.count("/") > 2 else ""


def joined_url(base: str, reference: str) -> str | None:
    """`reference` joined to `base` if that gives an http or https address; never raises.

    On a saved page whose address nobody gave, what is relative lies beside the file.
    """
    reference = reference.strip().replace("\n", "").replace("\r", "").replace("\t", "")
    try:
        url = urljoin(base, reference)
        saved = base.startswith("file:") and not reference[:5].lower().startswith("file:")
        return url if urlsplit(url).scheme in {"http", "https", "file" if saved else "https"} else None
    except ValueError:
        return None
