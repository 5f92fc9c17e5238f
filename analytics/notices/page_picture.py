"""A picture of a stored page with the place of a finding framed: shown even where the page hides it.

The page is drawn from our copy, with its scripts off and every request refused, so opening a hostile page runs nothing
and tells nobody. A page that never ends to draw is given up.
"""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from playwright.sync_api import Error, sync_playwright

from analytics.words.marked_words import pattern_of
from govcrawl.network.chromium import find_browser, quiet_arguments
from govcrawl.records.errors import UserError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from playwright.sync_api import BrowserContext, Page

_LONGEST_MS = 15_000
_WIDTH, _HEIGHT, _TALLEST = 1280, 800, 6000
_CLOSE = {"width": 1000, "height": 480}  # of a close-up
_LONGEST_WORDS = 40  # characters that a place is looked for by
_FRAME = (
    "<style>{place}{{display:block!important;visibility:visible!important;opacity:1!important;position:static!important;"
    "margin:8px!important;clip:auto!important;clip-path:none!important;transform:none!important;filter:none!important;"
    "text-indent:0!important;width:auto!important;height:auto!important;max-height:none!important;overflow:visible!important;"
    "outline:4px solid #d00!important;background:#fffbe6!important}}"
    "{place},{place} *{{font-size:14px!important;line-height:1.6!important;color:#111!important}}</style>"
)


@contextmanager
def browser() -> Iterator[BrowserContext]:
    """A browser that runs no script and asks nobody; UserError where Chromium cannot be started or gives up."""
    try:
        with sync_playwright() as playwright:
            chromium = playwright.chromium.launch(executable_path=find_browser(), args=quiet_arguments())
            try:
                context = chromium.new_context(
                    java_script_enabled=False, offline=True, viewport={"width": _WIDTH, "height": _HEIGHT}
                )
                context.set_default_timeout(_LONGEST_MS)
                context.route("**/*", lambda route: route.abort())
                yield context
            finally:
                chromium.close()
    except Error as error:
        reason = str(error).splitlines()[0]
        raise UserError(
            f"no picture: Chromium did not draw the page ({reason}); look with `govcrawl doctor`"
        ) from error


def picture(markup: str, place: str | None, path: Path, *words: str) -> None:
    """Write a PNG of a page, framed at the CSS selector `place`, else where any of `words` stand; UserError where Chromium cannot do it."""
    with browser() as context:
        page = context.new_page()
        _draw(page, markup, place)
        if place is None:
            _frame(page, None, words)
        page.screenshot(
            path=path,
            full_page=True,
            clip={"x": 0, "y": 0, "width": _WIDTH, "height": _TALLEST},
            timeout=_LONGEST_MS,
        )


def close_up(
    context: BrowserContext, markup: str, place: str | None, *words: str, only_framed: bool = False
) -> bytes | None:
    """A JPEG of the part of a page around a place, framed: the selector `place`, else the first that shows any of `words`.

    Where none is found it is the top of the page, or None if it should be `only_framed`; None too where the page does not
    let itself be drawn.
    """
    page = context.new_page()
    try:
        page.set_viewport_size({"width": _CLOSE["width"], "height": _CLOSE["height"]})
        _draw(page, markup, place)
        if not _frame(page, place, words) and only_framed:
            return None
        return page.screenshot(type="jpeg", quality=60)
    except Error:
        return None
    finally:
        page.close()


def _frame(page: Page, place: str | None, words: Sequence[str]) -> bool:
    """Bring the place into view and draw a frame round it; False where there is none that can be seen."""
    body = page.locator("body")
    for target in (
        *([page.locator(place)] if place is not None else ()),
        *(body.get_by_text(pattern_of(each[:_LONGEST_WORDS])) for each in words if each),
    ):
        if target.count() and target.first.is_visible():  # else without waiting for what will not come
            target.first.evaluate(
                "node => { node.style.outline = '4px solid #d00'; node.scrollIntoView({block: 'center'}); "
                "if (node.getBoundingClientRect().left + scrollX < innerWidth / 2) scrollTo(0, scrollY); }"
            )
            return True
    return False


def _draw(page: Page, markup: str, place: str | None) -> None:
    if place is not None and not any(sign in place for sign in "{}<;"):  # it is put into a style sheet
        markup += _FRAME.format(place=place)
    page.set_content(markup, wait_until="domcontentloaded", timeout=_LONGEST_MS)
