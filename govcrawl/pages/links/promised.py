"""Whether what came can be the file that an address names.

Offices save `.doc` and `.xls` as web pages, and Word opens them; nothing opens a PDF or an archive that is a web page.
"""

from __future__ import annotations

from typing import Final
from urllib.parse import urlsplit

from govcrawl.pages.links.file_names import NEVER_MARKUP

_MARK: Final = b"\xef\xbb\xbf"
_OPENS_WORDS: Final = (
    b"<!doctype",
    b"<html",
    b"<head",
    b"<body",
    b"<script",
    b"<meta",
    b"<?xml",
    b"<!--",
    b'{"',
)


def file_extension(url: str) -> str:
    """The extension a path ends in, in lower case; what stands in the query is no promise."""
    try:
        name = urlsplit(url).path.rpartition("/")[2]
    except ValueError:
        return ""
    return name.rpartition(".")[2].lower() if "." in name else ""


def cannot_be(extension: str, body: bytes) -> bool:
    """Whether a body that begins with markup or JSON came for a file that is never written in markup."""
    head = body[:200].removeprefix(_MARK).lstrip().lower()
    return extension in NEVER_MARKUP and head.startswith(_OPENS_WORDS)
