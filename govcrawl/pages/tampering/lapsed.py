"""Spam on the page that a link of a site leads to. Names that expire are often bought by gambling sites."""

from __future__ import annotations

from typing import TYPE_CHECKING

from govcrawl.pages.tampering.jargon import spam_in, spam_in_text, united

if TYPE_CHECKING:
    from govcrawl.pages.markup.document import Document

_TITLE = 3  # weight of words in title and keywords
_TEXT = 8
_LONGEST = 20_000  # characters of the text that are weighed


def spam_of(doc: Document) -> tuple[str, ...]:
    """The words of spam that a foreign page advertises with, each with its class; empty for an honest page."""
    keywords = doc.tree.css_first('meta[name="keywords"], meta[name="Keywords"]')
    keyword_text = (keywords.attributes.get("content") or "") if keywords is not None else ""
    head = united((spam_in(doc.title or ""), spam_in(keyword_text)))
    if head.subject and head.weight >= _TITLE:
        return head.words
    text = spam_in_text(doc.text[:_LONGEST])
    return text.words if text.subject and text.weight >= _TEXT else ()
