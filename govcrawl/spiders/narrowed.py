"""What a re-check lets the spiders visit: the setting RECHECK_OF names a file of addresses.

`{"pages": {site_code: [address …]}, "targets": [address …], "faces": {site_code: [address …]}}`: beside the home page a site
is asked for these pages only, whatever they link to; of the links on them only these targets are checked, and the pages of `faces` are
asked for as every kind of visitor.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import orjson

if TYPE_CHECKING:
    from scrapy.settings import BaseSettings

RECHECK_OF = "RECHECK_OF"
STANDING_FILE = "standing.json"
"""In the folder of a visit: the pages that carry standing faults, `{site_code: [address …]}`; asked for before all others."""


def recheck_pages(settings: BaseSettings, site_code: str) -> list[str]:
    """The pages of a site that a re-check visits; none in a night."""
    path = settings.get(RECHECK_OF)
    pages: list[str] = _addresses(path)["pages"].get(site_code, []) if path else []
    return pages


def recheck_targets(settings: BaseSettings) -> frozenset[str] | None:
    """The link targets that a re-check asks for; None in a night, which asks for all."""
    path = settings.get(RECHECK_OF)
    return frozenset(_addresses(path)["targets"]) if path else None


def recheck_faces(settings: BaseSettings, site_code: str) -> list[str] | None:
    """The pages of a site that a re-check asks for as different visitors, none for most sites; None in a night."""
    path = settings.get(RECHECK_OF)
    return _addresses(path)["faces"].get(site_code, []) if path else None


def standing_pages(run_folder: Path, site_code: str) -> list[str]:
    """The pages of a site that carry faults which still stand, as the night has handed them over; none without the file."""
    return _standing(run_folder / STANDING_FILE).get(site_code, [])


@cache
def _standing(path: Path) -> dict[str, list[str]]:
    pages: dict[str, list[str]] = orjson.loads(path.read_bytes()) if path.exists() else {}
    return pages


@cache
def _addresses(path: str) -> dict[str, Any]:
    addresses: dict[str, Any] = orjson.loads(Path(path).read_bytes())
    return addresses
