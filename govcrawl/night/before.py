"""Checks that come before a night's first request: disk space, the named sites are registered, the User-Agent names a contact."""

from __future__ import annotations

import difflib
import shutil
import tempfile
from typing import TYPE_CHECKING

from govcrawl.network.resolve_rules import rules_of
from govcrawl.pages.links.urls import network_of, split
from govcrawl.records.errors import UserError
from govcrawl.settings import GOVCRAWL_CONTACT

if TYPE_CHECKING:
    from collections.abc import Sequence
    from collections.abc import Set as AbstractSet
    from pathlib import Path

    from govcrawl.registry import Registry

MIN_FREE_BYTES = 1 << 30  # a prefecture's night writes some hundred megabytes, and DuckDB copies the whole


def check_surroundings(data: Path, min_free_bytes: int = MIN_FREE_BYTES) -> None:
    """Refuse to begin a night that could not be kept."""
    try:
        data.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=data):
            pass
        free = shutil.disk_usage(data).free
    except OSError as error:
        raise UserError(
            f"{data}: the data directory cannot be written ({error.strerror}). "
            "Change its owner or permissions, or name another with --data."
        ) from error
    if free < min_free_bytes:
        raise UserError(
            f"{data}: only {free >> 20} MiB are free and a night needs {min_free_bytes >> 20}. "
            "Make room (old published/*.duckdb may go) or name another directory with --data."
        )


def refuse_unknown_sites(registry: Registry, only: AbstractSet[str]) -> None:
    """Refuse to begin a night of a site that nobody registered, or that is closed."""
    running = {site.site_code for site in registry.running_sites()}
    for code in sorted(only - running):
        near = difflib.get_close_matches(code, sorted(running), 1, 0.6)
        raise UserError(
            f"--only {code}: no running site of the registry has this code"
            + (f"; did you mean {near[0]}?" if near else "")
        )


def refuse_without_contact(registry: Registry, settings: Sequence[str]) -> None:
    """Refuse to knock at other people's doors without saying who it is; this machine's own may be asked."""
    given = dict(setting.split("=", 1) for setting in settings)
    if any(given.get(name) for name in ("GOVCRAWL_CONTACT", "USER_AGENT")) or GOVCRAWL_CONTACT:
        return
    here = {rule.host for rule in rules_of(given) if rule.address.is_loopback}
    for site in registry.running_sites():
        address = split(site.home_url)
        if address is not None and address.host not in here and network_of(address.host) != "loopback":
            raise UserError(
                f"{site.home_url}: this night leaves the machine and nobody could be asked about it. Set "
                "GOVCRAWL_CONTACT to an address that is answered, e.g. export GOVCRAWL_CONTACT=web@your-office.example"
            )
