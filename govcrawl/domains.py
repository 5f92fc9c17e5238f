"""Registrable domains of hosts, by the list of public suffixes that comes with tldextract."""

from __future__ import annotations

from functools import lru_cache
from typing import Final

import tldextract

# The list that comes with the package: no network, and no cache directory to fill.
_extract: Final = tldextract.TLDExtract(suffix_list_urls=(), cache_dir=None)


@lru_cache(maxsize=65536)
def registrable_domain(host: str) -> str:
    """`hangzhou.gov.cn` of `www.hangzhou.gov.cn`; empty for addresses in numbers and unknown suffixes."""
    found = _extract.extract_str(host)
    return f"{found.domain}.{found.suffix}" if found.domain and found.suffix else ""
