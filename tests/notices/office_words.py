"""What may not stand in a document of the office, nor on one of its pages: the words of a machine.

Taken off before a page is read: addresses, what is quoted (also as the place where a page was altered), codes of sites, numbers of letters and telephones, and names of
the registry. What is left is our own sentences, in templates, phrases, reasons and tables.
"""

from __future__ import annotations

import re

from selectolax.lexbor import LexborHTMLParser

TERMS = {"IPv6", "IP", "HTTPS", "ICP", "XLSX", "PDF", "DOCX", "gov.cn", "www", "px"}
"""Latin letters that an office writes itself."""

UNFIT = {
    "a day that is not written out": r"\d{4}-\d{2}(?:-\d{2})?(?!\d)",
    "a hash or an id": r"(?<![\w.])(?=[0-9a-f]*\d)(?=[0-9a-f]*[a-f])[0-9a-f]{8,}(?![\w.])",
    "a mark of the data": r"(?:account|message|ticket|section|site):",
    "a word of the protocol": r"HTTP(?!S)|AAAA|robots|\bDNS\b|\bTLS\b|\bURL\b|\bUTC\b|状态码",
    "a command": r"govcrawl|(?<!-)--[a-z]",
    "the first person": "我们|我方|本系统|本机(?!地址|生成)",
    "a cut sentence": "…(?!…)",
    "a missing phrase": "缺词",
    "a machine's word": "拒绝连接|返回空白|请求被判|循环跳转|协议头|脚本写错|浏览器渲染|访问限额|没有翻到|先改什么|从头到尾|机器能够|机器依据",
}
_ADDRESS = re.compile(
    r"(?:https?|hxxps?)://[^\s，；、（）]+|(?:[a-z0-9-]+\[?\.\]?)+(?:cn|com|example)\b[^\s，；、（）]*"
)
_QUOTED = re.compile(r"“[^“”]*”|《[^《》]*》")
_OWN_NUMBER = re.compile(r"编号\S+|〔\d{4}〕\d+号(?:-\d+)?|\d{3,4}-\d{7,8}|\d{10}")
_LATIN = re.compile(r"(?<![\w.])[A-Za-z][A-Za-z.]*[A-Za-z](?![\w.])")


def own_sentences(html: str) -> list[str]:
    """What a page says in our own words, a block a line."""
    body = LexborHTMLParser(html).body
    for node in body.css("script, style, svg, .code, td.code, .names, .altered"):
        node.decompose()
    lines = []
    for node in body.css("h1, h2, h3, p, li, td, th, dt, dd, summary, figcaption, footer, aside"):
        text = re.sub(r"\s+", " ", node.text(separator=" ")).strip()
        for taken in (_QUOTED, _ADDRESS, _OWN_NUMBER):
            text = taken.sub("", text)
        lines.append(text)
    return lines


def unfit(html: str) -> list[str]:
    """Each unfit word of a page with what is wrong with it and the line it stands in."""
    found = []
    for line in own_sentences(html):
        found += [
            f"{what}: {hit[0]} in {line[:80]}"
            for what, sign in UNFIT.items()
            if (hit := re.search(sign, line))
        ]
        found += [f"English: {word} in {line[:80]}" for word in _LATIN.findall(line) if word not in TERMS]
    return found
