"""A night of a few pages, crawled and judged by the commands themselves, without what other tests look at.

Its pauses, our own pages, the reading of texts and the documents are left out: each has tests of its own, and together they
cost two thirds of so small a night.
"""

from datetime import date
from pathlib import Path

from tests.netlab.ready import govcrawl
from tests.night.pauses import NO_PAUSES

PATIENCE_S = 900


def small_night(registry: Path, data: Path, day: date, *words: object, settings: tuple[str, ...] = ()) -> str:
    """Crawl, judge and publish; `words`: further words for the crawl. Returns what the crawl said."""
    crawl = ["crawl", "--registry", registry, "--as-of", day, *words]
    for setting in (*NO_PAUSES, *settings):
        crawl += ["-s", setting]
    told = _done(*crawl, "--data", data)
    for stage in (["load"], ["publish"], ["assess", "--as-of", day], ["load"], ["publish"]):
        _done(*stage, "--data", data)
    return told


def _done(*words: object) -> str:
    ended = govcrawl(*words, timeout_s=PATIENCE_S)
    assert ended.returncode == 0, ended.stdout + ended.stderr
    return ended.stdout + ended.stderr
