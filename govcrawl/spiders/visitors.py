"""The kinds of visitors in whose name a site is requested beside our own: six requests a site and week.

A site that was broken into shows search engines, and readers who come from them, another page than everybody else, most often at
addresses that do not exist. So a made-up path is requested, too.
"""

from __future__ import annotations

from dataclasses import dataclass
from http.cookies import CookieError, SimpleCookie
from typing import TYPE_CHECKING, Final

from govcrawl.pages.answers.error_pages import missing_address
from govcrawl.pages.tampering.faces import UNKNOWN
from govcrawl.pages.tampering.site_files import FIXED_PROOFS, MAP
from govcrawl.spiders.earlier_looks import earlier_runs

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
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

_RETURNING: Final = "second-visit"
_AS: Final[dict[str, dict[str, str]]] = {
    "spider": {"User-Agent": _SPIDER},
    "referrer": {"User-Agent": _BROWSER, "Referer": _RESULTS},
    "phone": {"User-Agent": _PHONE},
    "second-visit": {"User-Agent": _BROWSER},
    "browser": {"User-Agent": _BROWSER},
}


def visitors(home_url: str, sample: str | None, as_of: date, run_id: str) -> list[Visitor]:
    """The visitors of this week: `sample` is an article.

    Engines and readers they send ask for the home page and a made-up path every week, the others in turn, each once in four weeks.
    """
    always = [*_home(home_url, "spider", "referrer"), *_unknown(home_url, run_id, "spider", "referrer")]
    match as_of.isocalendar().week % 4:
        case 0:
            return [*always, *_home(home_url, "phone", "second-visit")]
        case 1:
            return [*always, *_sample(sample, "spider", "referrer")]
        case 2:  # the sixth is for `file_of_week`
            return [*always, *_unknown(home_url, run_id, "browser")]
        case _:
            return [*always, *_unknown(home_url, run_id, "phone", "second-visit")]


def file_of_week(as_of: date) -> str | None:
    """The file that one request of every fourth week is for: the map, in which a stranger's pages may be listed, or a proof in its place."""
    month, turn = divmod(as_of.isocalendar().week, 4)
    return (MAP, FIXED_PROOFS[0], MAP, FIXED_PROOFS[1])[month % 4] if turn == 2 else None


def every_visitor(home_url: str, samples: Sequence[str], run_id: str) -> list[Visitor]:
    """All of them, for a re-check: which of them a fault was shown to, another must not be asked in its place."""
    return [
        *_home(home_url, "spider", "referrer", "phone", "second-visit"),
        *_unknown(home_url, run_id, "browser", "spider", "referrer", "phone", "second-visit"),
        *(visitor for sample in samples for visitor in _sample(sample, "spider", "referrer")),
    ]


def _home(home_url: str, *names: str) -> list[Visitor]:
    return [Visitor(name, name, home_url, _AS[name], returns=name == _RETURNING) for name in names]


def _unknown(home_url: str, run_id: str, *names: str) -> list[Visitor]:
    url = missing_address(run_id, home_url)
    return [Visitor(UNKNOWN, name, url, _AS[name], depth=1, returns=name == _RETURNING) for name in names]


def _sample(url: str | None, *names: str) -> list[Visitor]:
    return [] if url is None else [Visitor(name, name, url, _AS[name], depth=1) for name in names]


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
