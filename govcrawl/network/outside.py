"""Fetches addresses that a person names, outside any run: one by one, through the crawl's handlers and middlewares."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from scrapy import Spider
from scrapy.crawler import AsyncCrawlerProcess
from scrapy.settings import Settings

from govcrawl.network.requests import FetchFacts, answered, failed, named_request
from govcrawl.network.resolve import trust_number

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable, Mapping

    Ask = Callable[[str], Awaitable["Fetch"]]
    Work = Callable[[Ask], Awaitable[None]]

_WRITERS = "govcrawl.extensions."
"""What writes to a run folder; it is switched off here, since there is no run."""


class Fetch(NamedTuple):
    """The facts of one request, and the headers of its answer (names in lower case)."""

    facts: FetchFacts
    headers: dict[str, str]


def ask_outside_a_run(work: Work, settings: Mapping[str, Any]) -> None:
    """Run `work`, which fetches addresses one after the other, on the reactor of this process; once per process.

    An exception of `work` is raised here again.
    """
    all_settings = Settings()
    all_settings.setmodule("govcrawl.settings", priority="project")
    all_settings.set("SPIDER_MODULES", [], priority="project")
    for name in ("LOG_ENABLED", "LOG_INSTALL_ROOT_HANDLER"):
        all_settings.set(name, value=False, priority="project")
    for kind in ("EXTENSIONS", "DOWNLOADER_MIDDLEWARES"):
        parts = all_settings.getdict(kind)
        without = {name: None if name.startswith(_WRITERS) else order for name, order in parts.items()}
        all_settings.set(kind, without, priority="project")
    all_settings.update(dict(settings), priority="cmdline")
    raised: list[BaseException] = []
    process = AsyncCrawlerProcess(all_settings)
    process.crawl(_Asker, work=work, raised=raised)
    process.start()
    if raised:
        raise raised[0]


class _Asker(Spider):
    name = "asker"

    def __init__(self, work: Work, raised: list[BaseException]) -> None:
        super().__init__()
        self._work = work
        self._raised = raised

    async def start(self) -> AsyncIterator[Any]:
        try:
            await self._work(self._ask)
        except BaseException as error:  # noqa: BLE001 - raised again by ask_outside_a_run
            self._raised.append(error)
        for nothing in list[Any]():  # makes this an asynchronous generator, which Scrapy expects
            yield nothing

    async def _ask(self, url: str) -> Fetch:
        assert self.crawler.engine is not None  # noqa: S101 - a spider asks while its engine runs
        trust_number(url)
        request = named_request(url)
        try:
            response = await self.crawler.engine.download_async(request)
        except Exception as error:  # noqa: BLE001 - every end of a request has an outcome
            return Fetch(failed(request, error), {})
        headers = {
            name.decode("latin-1").lower(): b", ".join(values).decode("latin-1")
            for name, values in response.headers.items()
        }
        return Fetch(answered(response), headers)
