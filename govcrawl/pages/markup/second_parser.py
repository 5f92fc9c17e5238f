"""Another parser's view of a page that breaks ours, for reading it all the same.

libxml2 is forgiving in other places than Lexbor: what it makes of a page is written out as clean markup, without
doctype, processing instructions and comments, and read again. See docs/decisions/seen.md.
"""

from __future__ import annotations

from lxml import html


def clean_markup(text: str) -> str:
    """The same page as libxml2 understands it; raises `lxml.etree.LxmlError` or ValueError where it cannot either."""
    parser = html.HTMLParser(remove_comments=True, remove_pis=True, encoding="utf-8")
    root = html.document_fromstring(text.encode("utf-8", "replace"), parser=parser)
    written: str = html.tostring(root, encoding="unicode")
    return written
