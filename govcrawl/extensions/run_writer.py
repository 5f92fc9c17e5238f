"""Writes the records of spiders into the run folder; no other part of a crawl writes records."""

from __future__ import annotations

import asyncio
import logging
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Self

from scrapy import signals
from scrapy.exceptions import NotConfigured

from govcrawl.records.errors import UserError
from govcrawl.spiders.base import RunSpider
from govcrawl.spiders.signals import record_made, task_begun, task_done, task_lost

if TYPE_CHECKING:
    from scrapy.crawler import Crawler

    from govcrawl.records.runs import TaskWriter

logger = logging.getLogger(__name__)


class RunWriter:
    """Opens the files of a task when it begins, appends its records, and gives the files their final names at its end.

    When the folder cannot be written, the crawl stops, so that sites are not visited for records that are lost.
    """

    def __init__(self, crawler: Crawler, spider: RunSpider) -> None:
        self._crawler = crawler
        self._assignment = spider.assignment
        self._writers: dict[str, TaskWriter] = {}
        self._stopping: asyncio.Future[None] | None = None

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        if not isinstance(crawler.spider, RunSpider):
            raise NotConfigured("not a spider of a run")
        writer = cls(crawler, crawler.spider)
        for handler, signal in (
            (writer.task_begun, task_begun),
            (writer.record_made, record_made),
            (writer.task_done, task_done),
            (writer.task_lost, task_lost),
            (writer.spider_closed, signals.spider_closed),
        ):
            crawler.signals.connect(handler, signal=signal)
        return writer

    def task_begun(self, task: str) -> None:
        try:
            self._writers[task] = self._assignment.run.writer(task)
        except UserError as error:
            self._stop(error)

    def record_made(self, task: str, record: Any) -> None:
        if self._stopping or task not in self._writers:
            return
        try:
            self._writers[task].write(record)
        except UserError as error:
            self._stop(error)

    def task_done(self, task: str) -> None:
        if self._stopping or task not in self._writers:
            return
        try:
            self._writers.pop(task).finish()
        except UserError as error:
            self._stop(error)

    def task_lost(self, task: str) -> None:
        if writer := self._writers.pop(task, None):
            writer.close()

    def spider_closed(self, reason: str) -> None:
        for writer in self._writers.values():
            writer.close()
        run = self._assignment.run
        if left := set(run.open_tasks()) & set(self._assignment.tasks):
            logger.error("%s: stopped (%s) with %d tasks open", run.folder, reason, len(left))
        elif self._assignment.alone:
            run.seal(reason, datetime.now(UTC))
            logger.info("%s: finished", run.folder)

    def _stop(self, error: UserError) -> None:
        if self._stopping is None:
            logger.critical("%s", error)
            self._stopping = asyncio.ensure_future(self._crawler.stop_async())
