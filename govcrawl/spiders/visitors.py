"""The visitors in whose name a site is asked, besides our own: six requests a site and week.

A site that was broken into shows search engines, and readers they send, another page than everybody else, most often at
addresses that do not exist. So a made-up path is requested, too.
"""

from __future__ import annotations

from dataclasses import dataclass
from http.cookies import CookieError, SimpleCookie
from typing import TYPE_CHECKING, Final

from govcrawl.pages.answers.error_pages import missing_address
from govcrawl.spiders.earlier_looks import earlier_runs

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date
    from pathlib import Path

    from govcrawl.network.requests import FetchFacts

EVERY_DAYS: Final = 7
MOST_REQUESTS: Final = 6

_BROWSER: Final = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0.0.0 Safari/537.36"
_SPIDER: Final = "Mozilla/5.0 (compatible; Baiduspider/2.0; +http://www.baidu.com/search/spider.html)"
_PHONE: Final = "Mozilla/5.0 (Linux; Android 14; Pixel 8) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0.0.0 Mobile Safari/537.36"
_RESULTS: Final = "https://www.baidu.com/s?wd=%E6%94%BF%E5%BA%9C"


@dataclass(frozen=True, slots=True)
class Visitor:
    """One way to ask for one page; `returns`: with the cookies of the first visit."""

    channel: str
    name: str
    url: str
    headers: Mapping[str, str]
    depth: int = 0
    returns: bool = False


PLAIN: Final = Visitor("plain", "plain", "", {})

_AS: Final[dict[str, dict[str, str]]] = {
    "spider": {"User-Agent": _SPIDER},
    "referrer": {"User-Agent": _BROWSER, "Referer": _RESULTS},
    "phone": {"User-Agent": _PHONE},
    "second-visit": {"User-Agent": _BROWSER},
}


def visitors(home_url: str, sample: str | None, as_of: date, run_id: str) -> list[Visitor]:
    """The visitors of this week.

    The home page and a made-up path, as a search engine and as a reader it sends; then, in turn by week, the home page as a phone
    and on a second visit, or one article as a search engine.
    """
    unknown = missing_address(run_id, home_url)
    visitors = [Visitor(name, name, home_url, _AS[name]) for name in ("spider", "referrer")]
    visitors += [
        Visitor("unknown-path", name, unknown, _AS[name], depth=1) for name in ("spider", "referrer")
    ]
    if sample is not None and as_of.isocalendar().week % 2:
        visitors += [Visitor(name, name, sample, _AS[name], depth=1) for name in ("spider", "referrer")]
    else:
        visitors.append(Visitor("phone", "phone", home_url, _AS["phone"]))
        visitors.append(Visitor("second-visit", "second-visit", home_url, _AS["second-visit"], returns=True))
    return visitors[:MOST_REQUESTS]


def cookies_of(facts: FetchFacts) -> dict[str, str]:
    """The cookies an answer set, by name."""
    found: dict[str, str] = {}
    for name, value in facts.headers:
        if name.lower() == "set-cookie":
            try:
                found |= {key: morsel.value for key, morsel in SimpleCookie(value).items()}
            except CookieError:
                continue
    return found


def shown_lately(run_folder: Path, as_of: date) -> frozenset[str]:
    """The sites that finished runs of the last six days asked for their faces."""
    runs = earlier_runs(run_folder, as_of, EVERY_DAYS)
    return frozenset[str]().union(*(run.tasks.get("face_trial", frozenset()) for run in runs))
