"""A copy of a page that a clerk can open safely: its content, below a heading with address and time.

Of an attachment the text is shown. The content is in a frame without permissions: no scripts, no forms, no windows. The file's
security policy forbids all requests. So opening a hostile page runs no code and sends nothing to anyone.
"""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from analytics.words.text import defanged
from govcrawl.invisible import seen
from govcrawl.pages.markup.charset import decode
from govcrawl.texts.files import kind_of, text_of

if TYPE_CHECKING:
    from govcrawl.records.evidence import Copy

_FRAME = """<!DOCTYPE html>
<html lang="zh-CN">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>留存页面</title>
<style>
body {{ margin: 0; font: 14px/1.6 sans-serif; display: flex; flex-direction: column; height: 100vh }}
header {{ padding: 8px 16px; background: #f3f4f6; border-bottom: 1px solid #9ca3af; overflow-wrap: anywhere }}
iframe {{ flex: 1; border: 0 }}
</style>
</head>
<body>
<header><strong>留存页面</strong> 网址 {url}<br>抓取时间（UTC）{fetched_at} 原文 SHA-256 {sha256}<br>
以下为抓取时的页面原文。样式、图片和程序不予加载，显示与原页面可能不同。</header>
<iframe sandbox srcdoc="{page}" title="页面原文"></iframe>
</body>
</html>
"""
_LONGEST_URL = 500  # characters


def page_copy(sha256: str, copy: Copy) -> str:
    """The text of an HTML file to open in a browser."""
    return _FRAME.format(
        url=escape(defanged(copy.url, _LONGEST_URL)),
        fetched_at=escape(seen(copy.fetched_at)),
        sha256=sha256,
        page=escape(markup_of(copy) or f"<pre>{escape(text_of(copy.body).text)}</pre>"),
    )


def markup_of(copy: Copy) -> str:
    """The markup of a page that was put aside; empty of an attachment, whose text is read in its own way."""
    return decode(copy.body, copy.content_type).text if kind_of(copy.body) is None else ""
