"""Prints HTML documents as PDF with the machine's Chromium: fonts embedded, tagged, pages as the style sheet sets them.

Scripts and network are switched off in the browser; a document needs neither. The printed copy of a document brings its
Chinese fonts along (`print_fonts`).
"""

from __future__ import annotations

import asyncio
import re
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

from analytics.notices.formats.print_fonts import font_faces
from govcrawl.network.chromium import find_browser, quiet_arguments

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from playwright.async_api import Browser, Page

DOCUMENTS_AT_ONCE = 2  # a core each; more only wait for each other
PAGES_A_CONTEXT = 50  # then a new context, so that what a page leaves behind is given back


BLANK_PAGE = "blank-page"  # id of the page in document.html's colophon
_PAGE = re.compile(rb"/Type\s*/Page\b")
_OPTIONS: dict[str, Any] = {
    "prefer_css_page_size": True,
    "print_background": True,
    "tagged": True,
    "outline": True,
}


class NoBrowserError(Exception):
    """Raised by `print_pdfs` where no Chromium prints; the message says what to do."""


def print_pdfs(
    documents: Sequence[tuple[Path, Path]], progress: Callable[[int, int], None] = lambda _done, _all: None
) -> None:
    """Print each HTML file to its PDF file; `progress` is told how many of how many are done."""
    if not documents:
        return
    fonts = font_faces({character for html, _ in documents for character in html.read_text("utf-8")})
    with tempfile.TemporaryDirectory(prefix="govcrawl-print-") as folder:
        asyncio.run(_print_all(documents, Path(folder), f"<style>{fonts}</style></head>", progress))


async def _print_all(
    documents: Sequence[tuple[Path, Path]], folder: Path, fonts: str, progress: Callable[[int, int], None]
) -> None:
    from playwright.async_api import Error, async_playwright  # noqa: PLC0415 - a night prints nothing

    done = 0
    waiting = iter(documents)

    async def work(browser: Browser) -> None:
        nonlocal done
        while batch := _take(waiting, PAGES_A_CONTEXT):
            # The fonts are no part of the document, so its policy does not let them in; nothing else comes in here either.
            context = await browser.new_context(java_script_enabled=False, offline=True, bypass_csp=True)
            page = await context.new_page()
            for html, pdf in batch:
                copy = folder / f"{done}-{html.name}"
                copy.write_text(html.read_text("utf-8").replace("</head>", fonts, 1), "utf-8")
                pdf.write_bytes(await _print(page, copy.as_uri()))
                copy.unlink()
                done += 1
                progress(done, len(documents))
            await context.close()

    try:
        async with async_playwright() as playwright:
            browser = await playwright.chromium.launch(
                executable_path=find_browser(), args=quiet_arguments(), headless=True
            )
            try:
                await asyncio.gather(*(work(browser) for _ in range(min(DOCUMENTS_AT_ONCE, len(documents)))))
            finally:
                await browser.close()
    except (Error, OSError) as error:
        reason = str(error).strip().splitlines()[0]
        raise NoBrowserError(
            f"not printed, Chromium did not do it ({reason}); install it (`apt-get install chromium`), look with "
            "`govcrawl doctor`, and run the same command again"
        ) from error


async def _print(page: Page, uri: str) -> bytes:
    """The printed document; with a blank page before its last one where the 版记 would stand on an odd page.

    The blank page is in the document and comes up when the address names it: nothing else need change.
    """
    await page.goto(uri)
    printed = await page.pdf(**_OPTIONS)
    if len(_PAGE.findall(printed)) % 2 and await page.locator(f"#{BLANK_PAGE}").count():
        await page.goto(f"{uri}#{BLANK_PAGE}")
        printed = await page.pdf(**_OPTIONS)
    return printed


def _take(waiting: Iterable[tuple[Path, Path]], number: int) -> list[tuple[Path, Path]]:
    return [pair for pair, _ in zip(waiting, range(number), strict=False)]
