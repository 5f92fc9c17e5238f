"""Addresses a person names, asked for outside any run: one by one, through the handlers and middlewares of the crawl."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from scrapy import Spider
from scrapy.crawler import AsyncCrawlerProcess
from scrapy.settings import Settings

from govcrawl.network.requests import FetchFacts, answered, failed, named_request
from govcrawl.network.resolve import trust_number

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable, Mapping

    Ask = Callable[[str], Awaitable["Answer"]]
    Work = Callable[[Ask], Awaitable[None]]

_WRITERS = "govcrawl.extensions."
"""They write what a run leaves; here there is none."""


class Answer(NamedTuple):
    """What became of one address, and the headers that came (lower case)."""

    facts: FetchFacts
    headers: dict[str, str]


def ask_outside_a_run(work: Work, settings: Mapping[str, Any]) -> None:
    """Run `work`, which asks for addresses and waits for each, on the reactor of this process; once a process.

    What `work` raises is raised here.
    """
    all_settings = Settings()
    all_settings.setmodule("govcrawl.settings", priority="project")
    all_settings.set("SPIDER_MODULES", [], priority="project")
    for name in ("LOG_ENABLED", "LOG_INSTALL_ROOT_HANDLER"):
        all_settings.set(name, value=False, priority="project")
    extensions = all_settings.getdict("EXTENSIONS")
    all_settings.set(
        "EXTENSIONS",
        {name: None if name.startswith(_WRITERS) else order for name, order in extensions.items()},
        priority="project",
    )
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
        except BaseException as error:  # noqa: BLE001 - handed to whoever gave the work
            self._raised.append(error)
        for nothing in list[Any]():  # an asynchronous generator all the same, as Scrapy asks
            yield nothing

    async def _ask(self, url: str) -> Answer:
        assert self.crawler.engine is not None  # noqa: S101 - a spider asks while its engine runs
        trust_number(url)
        request = named_request(url)
        try:
            response = await self.crawler.engine.download_async(request)
        except Exception as error:  # noqa: BLE001 - whatever ends a request has its word
            return Answer(failed(request, error), {})
        headers = {
            name.decode("latin-1").lower(): b", ".join(values).decode("latin-1")
            for name, values in response.headers.items()
        }
        return Answer(answered(response), headers)
