"""File endings that say what an address or an anchor stands for, in lower case and without the dot."""

from __future__ import annotations

from typing import Final

NEVER_MARKUP: Final = frozenset(
    [
        "pdf",
        "docx",
        "docm",
        "xlsx",
        "xlsm",
        "xlsb",
        "pptx",
        "ppsx",
        "ofd",
        "odt",
        "ods",
        "odp",
        "ceb",
        "caj",
        "zip",
        "rar",
        "7z",
        "gz",
        "tgz",
        "bz2",
        "xz",
        "iso",
        "apk",
        "exe",
        "msi",
    ]
)
"""Documents, programs and archives that are never written in markup: a web page in their place is not the file."""

HOLDS_TEXT: Final = frozenset(["pdf", "docx", "docm", "dotx", "xlsx", "xlsm", "xlsb", "xls", "et"])
"""Documents whose text `govcrawl.texts.files` can read."""

ATTACHMENTS: Final = NEVER_MARKUP | frozenset(
    [
        "doc",
        "dot",
        "dotx",
        "rtf",
        "wps",
        "wpt",
        "xls",
        "et",
        "ett",
        "csv",
        "ppt",
        "pps",
        "dps",
        "sep",
        "gw",
        "gd",
        "txt",
        "tar",
        "dwg",
    ]
)
"""Files a reader takes away. Offices save some of them (.doc, .xls) as web pages, and Word opens these."""

IMAGES: Final = frozenset(["jpg", "jpeg", "png", "gif", "bmp", "webp", "svg", "ico", "tif", "tiff"])
"""Pictures."""

MEDIA: Final = frozenset(
    [
        "mp3",
        "mp4",
        "wav",
        "wma",
        "wmv",
        "avi",
        "flv",
        "swf",
        "rm",
        "rmvb",
        "mov",
        "mpg",
        "mpeg",
        "m4v",
        "m4a",
        "m3u8",
        "webm",
        "ogg",
        "f4v",
    ]
)
"""Sound and moving pictures."""
