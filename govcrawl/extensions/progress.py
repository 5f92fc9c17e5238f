"""Writes the progress of this process once a second to a file in the run folder (not part of the record)."""

from __future__ import annotations

import asyncio
import os
import time
from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Self

import orjson
from scrapy import signals
from scrapy.exceptions import NotConfigured
from scrapy.utils.asyncio import create_looping_call

from govcrawl.records.at_hand import Hands, hands_path
from govcrawl.records.items import HostCheck, SiteVisit, instant
from govcrawl.records.outcomes import FAILED
from govcrawl.spiders.base import RunSpider
from govcrawl.spiders.signals import page_taken, record_made, task_done

if TYPE_CHECKING:
    from scrapy.crawler import Crawler

EVERY_S = 1.0


@dataclass(slots=True)
class Tally:
    """What one process has done so far: the content of its progress file."""

    share: int
    pid: int
    tasks: int
    tasks_done: int = 0
    sites: int = 0
    sites_done: int = 0
    pages: int = 0  # records of requests: pages, sections, probes, link targets
    faults: int = 0  # of these, how many failed; nothing is confirmed yet
    outcomes: Counter[str] = field(default_factory=Counter)  # if all are the same, the cause is likely ours
    requests: int = 0
    queue: int = 0
    beat_s: float = 0.0  # when it was last active, in seconds of time.monotonic
    updated_at: str = ""
    finish_reason: str | None = None


class WriteProgress:
    """Counts what a process does, and writes the counts for the command line to show."""

    def __init__(self, crawler: Crawler, spider: RunSpider) -> None:
        self._crawler = crawler
        self._spider = spider
        assignment = spider.assignment
        folder = assignment.run.folder / "progress"
        folder.mkdir(exist_ok=True)
        self._path = folder / f"{assignment.number}.json"
        self._tally = Tally(assignment.number, os.getpid(), len(assignment.tasks), sites=spider.site_count())
        self._hands = Hands(hands_path(assignment.run.folder, assignment.number))
        self._loop = create_looping_call(self._write)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        if not isinstance(crawler.spider, RunSpider):
            raise NotConfigured("not a spider of a run")
        progress = cls(crawler, crawler.spider)
        for handler, signal in (
            (progress.spider_opened, signals.spider_opened),
            (progress.record_made, record_made),
            (progress.task_done, task_done),
            (progress.page_taken, page_taken),
            (progress.spider_closed, signals.spider_closed),
        ):
            crawler.signals.connect(handler, signal=signal)
        return progress

    def spider_opened(self) -> None:
        self._loop.start(EVERY_S)

    def record_made(self, record: Any) -> None:
        if not hasattr(record, "outcome"):  # a summary such as SiteVisit, not the record of a request
            self._tally.sites_done += isinstance(record, SiteVisit | HostCheck)
            return
        self._tally.pages += 1
        self._tally.outcomes[str(record.outcome)] += 1
        if record.outcome in FAILED:
            self._tally.faults += 1

    def task_done(self) -> None:
        self._tally.tasks_done += 1

    def page_taken(self, url: str, content_type: str | None, body: bytes) -> None:
        """Write the page to the file of `at_hand` while it is read; it is cleared when the event loop runs again."""
        try:
            self._hands.take(url, content_type, body)
            asyncio.get_running_loop().call_soon(self._hands.put_down)
        except OSError:  # the run writer reports a full disk
            return

    def spider_closed(self, reason: str) -> None:
        self._loop.stop()
        self._tally.finish_reason = reason
        self._write()

    def _write(self) -> None:
        tally = self._tally
        tally.requests = self._spider.sent
        tally.queue = self._spider.waiting()
        tally.beat_s = time.monotonic()
        tally.updated_at = instant(datetime.now(UTC))
        part = self._path.with_suffix(".part")
        try:
            part.write_bytes(orjson.dumps(tally))
            part.replace(self._path)
        except OSError:  # the run writer reports a full disk; the progress is not needed later
            return
