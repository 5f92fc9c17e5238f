"""Fetches the attachments of sites and reads their text, which from there on is a text like that of a page.

One that nobody has fetched is asked for once: what comes says whether the link works, and is read. Of the others the links spider asks
whether they are there; where a host says something else than when the file was fetched, it is fetched again. What cannot be had or read is
recorded with the reason: the link works all the same.
"""

from __future__ import annotations

import asyncio
import hashlib
from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from govcrawl.network.requests import file_request, keep_for
from govcrawl.pages.links.file_names import HOLDS_TEXT
from govcrawl.pages.links.promised import file_extension
from govcrawl.records.items import AttachmentReading, PageText
from govcrawl.records.link_kinds import LinkKind
from govcrawl.records.outcomes import Outcome
from govcrawl.records.states import FileState
from govcrawl.spiders.known_texts import KnownTexts
from govcrawl.spiders.reading import copy_of
from govcrawl.spiders.signals import page_read
from govcrawl.spiders.targets import host_of
from govcrawl.texts.files import FileText, text_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from govcrawl.network.requests import FetchFacts
    from govcrawl.spiders.base import RunSpider
    from govcrawl.spiders.targets import Target

AT_HAND: Final = 4  # files that a process holds in memory at a time


@dataclass(frozen=True, slots=True)
class Waiting:
    """An attachment that opened and is to be fetched, with what its host said of it."""

    target: Target
    size_bytes: int | None
    whole: FetchFacts | None  # it came whole already

    @classmethod
    def of(cls, target: Target, facts: FetchFacts) -> Waiting:
        return cls(target, facts.size_bytes or None, None if facts.partial or not facts.body else facts)

    @property
    def turn(self) -> tuple[bool, bool, str]:
        return turn_of(self.target)


class Attachments:
    """The attachments of a links run. Hosts are asked side by side, the files of one after the other, so many a night."""

    def __init__(
        self,
        spider: RunSpider,
        task_of: Callable[[str], str],
        opened: Callable[[Target, FetchFacts], bool],
        settled: Callable[[Target], None],
    ) -> None:
        """`opened` says whether the link to an attachment works, by what came, and sees to one that does not.

        `settled` is told of each attachment when nothing more is to be done for it tonight.
        """
        settings = spider.settings
        self._spider, self._task_of, self._opened, self._settled = spider, task_of, opened, settled
        self._wanted = settings.getbool("TEXTS_KEPT")
        self._most = settings.getint("ATTACHMENTS_MAX_PER_HOST")
        self._most_bytes = settings.getint("ATTACHMENTS_MAX_BYTES")
        self._largest = settings.getint("ATTACHMENT_MAX_BYTES")
        self._waiting: defaultdict[str, list[Waiting]] = defaultdict(list)
        self._files: Counter[str] = Counter()  # files of a host, and the bytes of them
        self._received: Counter[str] = Counter()
        self._texts: set[tuple[str, str]] = set()  # of which site, and its hash
        self._known_texts = KnownTexts.of_run(spider.assignment.run.folder)
        self._room = asyncio.Semaphore(AT_HAND)
        self._parser = asyncio.Semaphore(1)  # its process takes a core

    def take(self, target: Target, facts: FetchFacts) -> bool:
        """Put an attachment that opened in line; False where nothing is to be fetched for it."""
        if not self._is_ours(target):
            return False
        if any(_is_same(facts, (one.etag, one.last_modified, one.size_bytes)) for one in target.known_files):
            return False
        self._waiting[host_of(target.url)].append(Waiting.of(target, facts))
        return True

    async def fetch(self, targets: Iterable[Target]) -> list[Target]:
        """Fetch and read what nobody has fetched, as far as tonight's allowance goes; return all that are still to be asked for."""
        others: list[Target] = []
        hosts: defaultdict[str, list[Target]] = defaultdict(list)
        for target in targets:
            new = self._is_ours(target) and not target.known_files
            to_read = new and file_extension(target.url) in HOLDS_TEXT
            (hosts[host_of(target.url)] if to_read else others).append(target)
        beyond = await asyncio.gather(
            *(self._fetch_host(host, sorted(files, key=turn_of)) for host, files in hosts.items())
        )
        return others + [target for left in beyond for target in left]

    async def _fetch_host(self, host: str, targets: list[Target]) -> list[Target]:
        for place, target in enumerate(targets):
            # Those that do not open, or are too large, are not counted; of a host with many the links are asked side by side.
            if place >= 2 * self._most or not self._may_fetch(host):
                return targets[place:]
            async with self._room:
                facts = await self._fetch(target)
                if self._opened(target, facts):
                    self._files[host] += bool(facts.body)
                    try:
                        self._received[host] += await self._read(Waiting.of(target, facts), facts)
                    except Exception:  # one file must not cost the others
                        self._spider.logger.exception("%s cannot be read", target.url)
                    self._settled(target)
            if facts.outcome is Outcome.TIMEOUT:  # the others would hold a place as long
                return targets[place + 1 :]
        return []

    async def read(self) -> None:
        """Fetch and read what waits, as far as tonight's allowance goes; the rest is fetched in the nights to come."""
        hosts = list(self._waiting.items())
        self._waiting.clear()
        await asyncio.gather(
            *(self._read_host(host, sorted(files, key=lambda one: one.turn)) for host, files in hosts)
        )

    def _is_ours(self, target: Target) -> bool:
        """Whether an attachment is one whose text is checked: of a site, on that site."""
        is_own = target.internal and bool(target.site_code)
        return self._wanted and is_own and target.kind == LinkKind.ATTACHMENT

    def _may_fetch(self, host: str) -> bool:
        room = self._files[host] < self._most and self._received[host] < self._most_bytes
        return room and not self._spider.out_of_time()

    async def _read_host(self, host: str, files: list[Waiting]) -> None:
        for file in files:
            try:
                if file_extension(file.target.url) not in HOLDS_TEXT:
                    self._record(file, None, FileText("", "不是可以检查的文件格式", state=FileState.OTHER))
                elif (file.size_bytes or 0) > self._largest:
                    self._record(file, None, FileText("", self._too_large, state=FileState.TOO_LARGE))
                elif self._may_fetch(host):
                    self._files[host] += 1
                    async with self._room:
                        facts = file.whole or await self._fetch(file.target)
                        self._received[host] += await self._read(file, facts)
            except Exception:  # one file must not cost the others
                self._spider.logger.exception("%s cannot be read", file.target.url)
            self._settled(file.target)

    @property
    def _too_large(self) -> str:
        return f"文件超过{self._largest // 1_000_000}MB，未读取"

    async def _fetch(self, target: Target) -> FetchFacts:
        return await self._spider.fetch(
            keep_for(file_request(target.url, self._largest), self._task_of(target.url))
        )

    async def _read(self, file: Waiting, facts: FetchFacts) -> int:
        """Read one that was fetched; return the bytes that came."""
        too_large = facts.size_bytes > self._largest or (facts.partial and len(facts.body) >= self._largest)
        if facts.outcome is Outcome.TOO_LARGE or too_large:
            found = FileText("", self._too_large, state=FileState.TOO_LARGE)
        elif facts.outcome is not Outcome.OK or facts.partial or not facts.body:
            found = FileText("", f"未能取得文件（{facts.outcome}）", state=FileState.NOT_FETCHED)
        else:
            async with self._parser:
                found = await asyncio.to_thread(text_of, facts.body)
        self._record(file, facts, found)
        return len(facts.body)

    def _record(self, file: Waiting, facts: FetchFacts | None, found: FileText) -> None:
        """Write down what became of an attachment, and its text once."""
        target, spider = file.target, self._spider
        task = self._task_of(target.url)
        record = AttachmentReading(
            site_code=target.site_code,
            target_url=target.url,
            fetched_at=(facts and facts.fetched_at) or spider.now(),
            state=found.state,
            problem=found.problem,
            pictured=found.pictured,
            size_bytes=file.size_bytes,
        )
        if facts is not None and found.state != FileState.NOT_FETCHED:
            record.etag, record.last_modified, record.size_bytes = (
                facts.etag,
                facts.last_modified,
                facts.size_bytes,
            )
            if found.state != FileState.TOO_LARGE:  # of one that was cut off nobody has the whole
                record.body_sha256 = hashlib.sha256(facts.body).hexdigest()
        if facts is not None and found.text.strip():
            record.text_sha256 = hashlib.sha256(found.text.encode("utf-8", "replace")).hexdigest()
            self._keep_text(task, record, found.text)
            copy = copy_of(facts, facts.final_url or facts.url, record.fetched_at)
            spider.crawler.signals.send_catch_log(page_read, task=task, sha256=record.body_sha256, copy=copy)
        spider.record(task, record)

    def _keep_text(self, task: str, record: AttachmentReading, text: str) -> None:
        sha256 = record.text_sha256
        if sha256 is None or (record.site_code, sha256) in self._texts or self._known_texts.holds(sha256):
            return
        self._texts.add((record.site_code, sha256))
        self._spider.record(
            task,
            PageText(
                site_code=record.site_code,
                sha256=sha256,
                text=text,
                url=record.target_url,
                first_seen_at=record.fetched_at,
            ),
        )


def turn_of(target: Target) -> tuple[bool, bool, str]:
    """Which comes first: what was never fetched, then what readers meet first; the same every time."""
    return bool(target.known_files), not target.on_home, target.url


def _is_same(facts: FetchFacts, fetched_as: tuple[str | None, str | None, int | None]) -> bool:
    """Whether a host says of a file what it said when it was fetched; one that says nothing by which to tell has it fetched anew."""
    etag, last_modified, size_bytes = fetched_as
    if etag and facts.etag:
        return etag == facts.etag
    return bool(last_modified) and (facts.last_modified, facts.size_bytes) == (last_modified, size_bytes)
