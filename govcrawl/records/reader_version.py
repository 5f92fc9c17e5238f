"""Which code reads tonight: a hash that changes with the source, so that a reading is carried forward by its own reader only."""

from __future__ import annotations

import hashlib
from functools import cache
from importlib import metadata
from pathlib import Path
from typing import Final

PACKAGE: Final = Path(__file__).parents[1]
PARSERS: Final = ("selectolax", "lxml", "charset-normalizer", "opencc")
"""Packages that decide what is read of a page."""


@cache
def reader_sha256(package: Path = PACKAGE) -> str:
    """The hash of a package's modules, the lists beside those that read pages, and the versions of the parsers.

    Taken once a process. The number of a release does not do: a checkout changes without one.
    """
    digest = hashlib.sha256()
    beside = (path for path in (package / "pages").rglob("*") if path.is_file() and path.suffix != ".pyc")
    for path in sorted({*package.rglob("*.py"), *beside}):
        source = path.read_bytes()
        digest.update(f"{path.relative_to(package).as_posix()} {len(source)}\n".encode() + source)
    for parser in PARSERS:
        digest.update(f"{parser} {metadata.version(parser)}\n".encode())
    return digest.hexdigest()
