"""Saves the pages that were read, byte for byte, until the night is judged and those that are evidence are known."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Self

from scrapy import signals
from scrapy.exceptions import NotConfigured

from govcrawl.records.evidence import TaskArchive
from govcrawl.spiders.base import RunSpider
from govcrawl.spiders.signals import page_read, task_done, task_lost

if TYPE_CHECKING:
    from scrapy.crawler import Crawler

    from govcrawl.records.evidence import Copy

logger = logging.getLogger(__name__)


class KeepPages:
    """Writes one archive per task. When a page cannot be saved, only its evidence is lost; the crawl goes on."""

    def __init__(self, crawler: Crawler, spider: RunSpider) -> None:
        self._folder = spider.assignment.run.folder
        self._max_bytes = crawler.settings.getint("EVIDENCE_MAX_BYTES")
        self._archives: dict[str, TaskArchive] = {}
        self._given_up: set[str] = set()

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        if not isinstance(crawler.spider, RunSpider):
            raise NotConfigured("not a spider of a run")
        keeper = cls(crawler, crawler.spider)
        for handler, signal in (
            (keeper.page_read, page_read),
            (keeper.task_ended, task_done),
            (keeper.task_ended, task_lost),
            (keeper.spider_closed, signals.spider_closed),
        ):
            crawler.signals.connect(handler, signal=signal)
        return keeper

    def page_read(self, task: str, sha256: str, copy: Copy) -> None:
        if task in self._given_up:
            return
        try:
            if task not in self._archives:
                self._archives[task] = TaskArchive(self._folder, task, self._max_bytes)
            self._archives[task].add(sha256, copy)
        except OSError as error:
            self._give_up(task, error)

    def task_ended(self, task: str) -> None:
        if archive := self._archives.pop(task, None):
            try:
                archive.close()
            except OSError as error:
                self._give_up(task, error)

    def spider_closed(self) -> None:
        for task in list(self._archives):
            self.task_ended(task)

    def _give_up(self, task: str, error: OSError) -> None:
        self._archives.pop(task, None)
        self._given_up.add(task)
        logger.warning(
            "%s: pages of task %s are not kept from here on (%s)", self._folder, task, error.strerror
        )
