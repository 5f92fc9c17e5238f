"""A picture of a stored page with the place of a finding framed: shown even where the page hides it.

The page is drawn from our copy, with its scripts off and every request refused, so opening a hostile page runs nothing
and tells nobody. A page that never ends to draw is given up.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from playwright.sync_api import Error, sync_playwright

from govcrawl.network.chromium import find_browser, quiet_arguments
from govcrawl.records.errors import UserError

if TYPE_CHECKING:
    from pathlib import Path

_LONGEST_MS = 15_000
_WIDTH, _HEIGHT, _TALLEST = 1280, 800, 6000
_FRAME = (
    "<style>{place}{{display:block!important;visibility:visible!important;opacity:1!important;position:static!important;"
    "margin:8px!important;clip:auto!important;clip-path:none!important;transform:none!important;filter:none!important;"
    "text-indent:0!important;width:auto!important;height:auto!important;max-height:none!important;overflow:visible!important;"
    "outline:4px solid #d00!important;background:#fffbe6!important}}"
    "{place},{place} *{{font-size:14px!important;line-height:1.6!important;color:#111!important}}</style>"
)


def picture(markup: str, place: str | None, path: Path) -> None:
    """Write a PNG of a page, framed at the CSS selector `place`; UserError where Chromium cannot do it."""
    if place is not None and not any(sign in place for sign in "{}<;"):  # it is put into a style sheet
        markup += _FRAME.format(place=place)
    try:
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=find_browser(), args=quiet_arguments())
            try:
                context = browser.new_context(
                    java_script_enabled=False, offline=True, viewport={"width": _WIDTH, "height": _HEIGHT}
                )
                context.set_default_timeout(_LONGEST_MS)
                page = context.new_page()
                page.route("**/*", lambda route: route.abort())
                page.set_content(markup, wait_until="domcontentloaded", timeout=_LONGEST_MS)
                page.screenshot(
                    path=path,
                    full_page=True,
                    clip={"x": 0, "y": 0, "width": _WIDTH, "height": _TALLEST},
                    timeout=_LONGEST_MS,
                )
            finally:
                browser.close()
    except Error as error:
        reason = str(error).splitlines()[0]
        raise UserError(
            f"no picture: Chromium did not draw the page ({reason}); look with `govcrawl doctor`"
        ) from error
