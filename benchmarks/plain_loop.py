"""A yardstick: no framework. An aiohttp loop with Lexbor that follows every internal link and notes each answer.

python -m benchmarks.plain_loop URL,URL,… OUT
"""

from __future__ import annotations

import asyncio
import sys
from pathlib import Path
from urllib.parse import urldefrag, urljoin, urlsplit

import aiohttp
import orjson
from selectolax.lexbor import LexborHTMLParser

AT_ONCE, OF_A_HOST = 16, 8  # as site_spider.CONCURRENCY


async def crawl(homes: list[str]) -> list[dict[str, object]]:
    hosts, seen = {urlsplit(url).netloc for url in homes}, set(homes)
    answers: list[dict[str, object]] = []
    waiting: asyncio.Queue[str] = asyncio.Queue()
    for url in homes:
        waiting.put_nowait(url)

    async def work(session: aiohttp.ClientSession) -> None:
        while True:
            url = await waiting.get()
            async with session.get(url) as answer:
                body = await answer.read()
            answers.append({"url": url, "status": answer.status})
            for link in LexborHTMLParser(body).css("a[href]"):
                target = urldefrag(urljoin(url, link.attributes["href"] or ""))[0]
                if target not in seen and urlsplit(target).netloc in hosts:
                    seen.add(target)
                    waiting.put_nowait(target)
            waiting.task_done()

    connector = aiohttp.TCPConnector(limit=AT_ONCE, limit_per_host=OF_A_HOST)
    async with aiohttp.ClientSession(connector=connector) as session, asyncio.TaskGroup() as group:
        workers = [group.create_task(work(session)) for _ in range(AT_ONCE)]
        await waiting.join()
        for worker in workers:
            worker.cancel()
    return answers


if __name__ == "__main__":
    found = asyncio.run(crawl(sys.argv[1].split(",")))
    Path(sys.argv[2]).write_bytes(b"".join(orjson.dumps(answer) + b"\n" for answer in found))
