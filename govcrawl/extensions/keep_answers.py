"""Keeps the answers of hosts until their task is done, and uses them when the task is begun again after a crash.

A task that was interrupted is done again from its start, because its records are whole only at its end. With the kept answers
no host is asked twice.
"""

from __future__ import annotations

import logging
import struct
from collections import defaultdict, deque
from dataclasses import fields
from typing import TYPE_CHECKING, Final, Self

import orjson
from scrapy import signals
from scrapy.exceptions import NotConfigured

from govcrawl.network.requests import FetchFacts, answer_from, kept_as
from govcrawl.records.compression import zstd
from govcrawl.records.outcomes import Outcome
from govcrawl.spiders.base import RunSpider
from govcrawl.spiders.signals import answer_came, task_begun, task_done, task_lost

if TYPE_CHECKING:
    from pathlib import Path

    from scrapy import Request
    from scrapy.crawler import Crawler
    from scrapy.http import Response

logger = logging.getLogger(__name__)

FOLDER: Final = "answers"
MOST_BYTES: Final = 256 * 1024 * 1024
"""Of one task, compressed; what comes beyond is not kept, and would be asked for again."""
_PACKING: Final = {
    int(zstd.CompressionParameter.compression_level): 1,  # nearly every file is removed unread
    int(zstd.CompressionParameter.checksum_flag): 1,
}
_HEAD = struct.Struct(">HI")  # bytes of the name, bytes of the answer
_WITHOUT_BODY = tuple(field.name for field in fields(FetchFacts) if field.name != "body")


class TaskAnswers:
    """The answers of one task in one file, appended as they come. Those of a name are given out again in their order.

    Every answer reaches the system at once, so a killed process loses none. A torn one at the end is cut off.
    """

    def __init__(self, path: Path) -> None:
        self._file = path.open("a+b", buffering=0)
        self._places: defaultdict[str, deque[tuple[int, int]]] = defaultdict(deque)
        self._end = self._read_places(path.stat().st_size)
        self._file.truncate(self._end)

    def take(self, name: str) -> FetchFacts | None:
        """The next answer kept under a name, each once; None when there is none, or it cannot be read."""
        places = self._places.get(name)
        if not places:
            return None
        offset, size = places.popleft()
        self._file.seek(offset)
        try:
            head, _, body = zstd.decompress(self._file.read(size)).partition(b"\n")
            values = orjson.loads(head)
        except (OSError, ValueError, zstd.ZstdError):
            return None
        values["outcome"] = Outcome(values["outcome"])
        values["headers"] = tuple((key, value) for key, value in values["headers"])
        return FetchFacts(**values, body=body)

    def add(self, name: str, facts: FetchFacts) -> None:
        """Append an answer, as long as there is room."""
        head = orjson.dumps({key: getattr(facts, key) for key in _WITHOUT_BODY})
        answer = zstd.compress(head + b"\n" + facts.body, options=_PACKING)
        named = name.encode()
        if len(named) > 0xFFFF or self._end + len(named) + len(answer) > MOST_BYTES:
            return
        whole = _HEAD.pack(len(named), len(answer)) + named + answer
        self._file.write(whole)
        self._end += len(whole)

    def close(self) -> None:
        self._file.close()

    def _read_places(self, size: int) -> int:
        """Note where each whole answer lies; return where the last of them ends."""
        self._file.seek(0)
        at = 0
        while len(head := self._file.read(_HEAD.size)) == _HEAD.size:
            of_name, of_answer = _HEAD.unpack(head)
            end = at + _HEAD.size + of_name + of_answer
            if end > size:
                break
            name = self._file.read(of_name).decode(errors="replace")
            self._places[name].append((end - of_answer, of_answer))
            at = end
            self._file.seek(end)
        return at


class KeepAnswers:
    """Extension and downloader middleware in one: it writes answers of open tasks, and gives out what it wrote before."""

    def __init__(self, spider: RunSpider) -> None:
        self._folder = spider.assignment.run.folder / FOLDER
        self._tasks: dict[str, TaskAnswers] = {}

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        if not isinstance(crawler.spider, RunSpider):
            raise NotConfigured("not a spider of a run")
        keeper = cls(crawler.spider)
        for handler, signal in (
            (keeper.task_begun, task_begun),
            (keeper.answer_came, answer_came),
            (keeper.task_done, task_done),
            (keeper.task_lost, task_lost),
            (keeper.spider_closed, signals.spider_closed),
        ):
            crawler.signals.connect(handler, signal=signal)
        return keeper

    async def process_request(self, request: Request) -> Response | None:
        """Answer from the file, where the host has answered already."""
        task, name = kept_as(request)
        if task not in self._tasks or (facts := self._tasks[task].take(name)) is None:
            return None
        return answer_from(request, facts)

    def task_begun(self, task: str) -> None:
        try:
            self._folder.mkdir(exist_ok=True)
            self._tasks[task] = TaskAnswers(self._folder / task)
        except OSError as error:
            self._give_up(task, error)

    def answer_came(self, request: Request, facts: FetchFacts) -> None:
        task, name = kept_as(request)
        if task not in self._tasks:
            return
        try:
            self._tasks[task].add(name, facts)
        except OSError as error:
            self._give_up(task, error)

    def task_done(self, task: str) -> None:
        self.task_lost(task)
        (self._folder / task).unlink(missing_ok=True)

    def task_lost(self, task: str) -> None:
        if answers := self._tasks.pop(task, None):
            answers.close()

    def spider_closed(self) -> None:
        for task in list(self._tasks):
            self.task_lost(task)

    def _give_up(self, task: str, error: OSError) -> None:
        """Without the file the crawl goes on: only a crash would cost the hosts a second visit."""
        self._tasks.pop(task, None)
        logger.warning("%s: answers to task %s are not kept (%s)", self._folder, task, error.strerror)
