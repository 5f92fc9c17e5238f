"""What a host shows for addresses that cannot exist, and which pages are therefore error pages that answer 200.

One such address is asked for at the root of each host, another beside a page that says of itself that there is
none. The address is made from the run id, so that the evidence can be repeated.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from urllib.parse import urljoin

from govcrawl.pages.links.urls import directory_of

if TYPE_CHECKING:
    from govcrawl.pages.answers.soft404 import Fingerprint


def missing_address(run_id: str, directory: str) -> str:
    """An address below `directory` that nobody ever gave out; the same all night."""
    name = hashlib.blake2b(f"{run_id} {directory}".encode(), digest_size=10).hexdigest()
    return f"{directory}{name}.html"


@dataclass(slots=True)
class ErrorPages:
    """Of one host, as far as it was asked."""

    _shown: dict[str, Fingerprint | None] = field(
        default_factory=dict
    )  # by directory; None: 404 as it should be

    def learn(self, directory: str, shown: Fingerprint | None) -> None:
        """Note what came for an address below `directory` that cannot exist; None when no page came."""
        self._shown[directory] = shown

    def unknown(self, url: str, *, says_not_found: bool) -> str | None:
        """The directory that has to be asked about before a page can be judged."""
        directory = directory_of(url)
        if says_not_found and directory not in self._shown:
            return directory
        root = urljoin(url, "/")
        return None if root in self._shown else root

    def near(self, url: str) -> Fingerprint | None:
        """What is shown for addresses beside this one that cannot exist; None where nothing is."""
        return self._shown.get(directory_of(url)) or self._shown.get(urljoin(url, "/"))
